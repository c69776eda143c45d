//! Tests on files that other programs wrote. They are not in the repository: `CRM_TEST_DATA` names their folder, and
//! without it each test says that it was skipped.

mod csv_spectrum;
mod maven;
mod vendors;

//! What still needs a definition that a step would take away: records, other definitions, saved views.

mod by_definitions;
mod by_records;
mod by_views;

pub(super) use by_definitions::by_definitions;
pub(super) use by_records::by_records;
pub(super) use by_views::by_views;

//! The language of filters and formulas: what a text says, and what it means for the kinds of a schema. No store: the
//! records that a text names are told by whoever reads it (`resolve::NamedRecords`).
//!
//! It stands below the store, which keeps the values of formulas and so has to read them.

pub mod field_path;
pub mod filter;
pub mod formula;
pub mod measure;
pub mod resolve;
pub mod reverse_links;
pub mod syntax;
mod unknown;

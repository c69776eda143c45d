//! What every operation is made of: its declaration as data, the reading of its words, its run against a store.
//!
//! The operations themselves are in [`crate::ops`].

pub mod args;
pub mod assignments;
pub mod confirmation;
pub mod done;
pub mod duplicate_hint;
pub mod field_suggestions;
pub mod foreign_names;
pub mod global_options;
pub mod leading_ids;
pub mod namesakes;
pub mod op;
pub mod owner_scope;
pub mod question;
pub mod quote_hint;
pub mod quoting;
pub mod record_ref;
pub mod row_options;
pub mod run;
pub mod selection;
pub mod word_classes;

pub use op::{Noun, Op};

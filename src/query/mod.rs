//! Asking: the filter language, sorting, counting, and rows to show. Read-only.

pub mod as_of;
pub mod candidates;
pub mod count;
pub mod duplicates;
pub mod explain;
pub mod field_path;
pub mod filter;
pub mod find;
pub mod formulas;
pub mod grid;
pub mod names;
pub mod next_followup;
pub mod number_set;
pub mod parallel;
pub mod phones;
pub mod pinyin_order;
pub mod plan;
pub mod recheck;
pub mod resolve;
pub mod select;
#[cfg(test)]
pub(crate) mod tests;
pub mod trash;
pub mod views;

pub use crate::language::{reverse_links, syntax};

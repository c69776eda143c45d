//! Asking: the filter language, sorting, counting, and rows to show. Read-only.

pub mod agenda;
pub mod board;
pub mod conversation;
pub mod count;
pub mod difference;
pub mod dossier;
pub mod explain;
pub mod export;
pub mod field_path;
pub mod filter;
pub mod find;
pub mod found;
pub mod grid;
pub mod history;
pub mod lineup;
pub mod list;
pub mod look;
pub mod names;
pub mod numbers;
pub mod owners;
pub mod parallel;
pub mod past;
pub mod phones;
pub mod placed;
pub mod plan;
pub mod planned;
pub mod queue;
pub mod relation;
pub mod resolve;
pub mod select;
pub mod sounded;
pub mod story;
#[cfg(test)]
pub(crate) mod story_tests;
pub mod syntax;
#[cfg(test)]
mod tests;
mod timeline;
pub mod twins;
pub mod views;

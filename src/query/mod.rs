//! Asking: the filter language, sorting, counting, and rows to show. Read-only.

pub mod grid;
pub mod history;
pub mod names;
pub mod past;
pub mod story;
pub mod syntax;
mod timeline;

#[cfg(test)]
pub(crate) mod tests;

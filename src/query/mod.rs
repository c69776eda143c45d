//! Asking: the filter language, sorting, counting, and rows to show. Read-only.

pub mod grid;

pub mod names;

pub mod syntax;

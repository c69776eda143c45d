//! Asking records whether they pass a filter.

mod asked;
mod evaluate;

pub use crate::language::filter::{
    Check, Edge, Filter, Node, Ranges, Spans, WordTest, is_nought_when_absent, year_day,
};
pub use evaluate::{Evaluator, Visit};

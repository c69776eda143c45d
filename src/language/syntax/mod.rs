//! The filter language, as far as it can be read without knowing any field: text to a tree with places in the text.
//!
//! [`parse`] reads one string, [`parse_terms`] words of a command line, into the same [`Expr`]; its `Display` writes
//! the canonical spelling, which reads back as the same tree. [`split_assignment`] reads the other half of a command
//! line, `field=value`. Names and values stay text: what they mean depends on the kind of record.

mod assign;
mod ast;
pub(crate) mod chars;
mod error;
pub(crate) mod part;
mod print;
mod read;
mod stray;
mod term;
#[cfg(test)]
mod tests;
mod tree;
mod value;

pub use assign::{AssignOp, Assignment, before_colon, seems_assignment, seems_filter, split_any, split_assignment};
pub use ast::{Expr, Lit, Name, Path, Pattern, Span, Term, Test};
pub use error::{SyntaxError, SyntaxErrorKind, caret};
pub(crate) use read::parse_clause;
pub use read::{parse, parse_terms, source_of};
pub use stray::stray_minus;

/// Tells whether a text names a field: its code, or its label in any language.
pub type IsFieldName<'k> = dyn Fn(&str) -> bool + 'k;

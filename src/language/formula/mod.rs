//! Formulas: values that are worked out of fields, in the words of the filter language.
//!
//! `amount * (1 - discount)`, `sum(lines.amount where status:open)`, `if(customer.grade = A, 5%, 0%)`.
//!
//! [`parse`] reads a text into a [`Tree`] that knows places but no fields; its `Display` reads back as the same tree.
//! [`Formula::define`] gives it meaning for a kind of record: names become fields through [`Names`], values that are
//! written out become what stands beside them, and every part has a type. [`Formula::evaluate`] works it out over
//! [`Values`], exactly; only [`Formula::value_for`] rounds, as the field has it that keeps the value.
//! [`Formula::dependencies`] says what is read, [`Formula::rolls_up`] whether a summary can serve it.

mod arithmetic;
mod by_schema;
mod calls;
mod check;
mod clause;
mod datum;
mod define;
mod dependencies;
mod evaluate;
mod fields;
mod functions;
mod lex;
mod literal;
mod names;
mod node;
mod operators;
mod parse;
mod print;
mod reason;
mod record_values;
mod roll_up;
mod stays;
mod summed;
mod tally;
mod target;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod types;
mod unknown_names;

pub use by_schema::children;
pub use datum::{Amount, Datum};
pub use define::Formula;
pub use dependencies::{Dependencies, Hop, Read};
pub use evaluate::{EvalContext, Outcome, Values, Visit};
pub use fields::FormulaLanguage;
pub use functions::{Arg, ArgType, FUNCTIONS, Function, FunctionId, ResultType};
pub use names::{ChildLink, Names};
pub use node::{Children, Clause, Live, Roll, RollOp};
pub use parse::{KnownChild, parse};
pub use reason::{Reason, ReasonKind};
pub use roll_up::RollUp;
pub use tree::{Binary, Comparison, Prefix, Tree};
pub use types::Ty;

//! The kinds of record of the program.

pub use super::tables::Schema;
use super::{Kind, activity, contact, customer, deal, define, followup, pipeline, stage, ticket, user, view};

/// Every kind of the program, in the order in which they are exported.
pub(super) static KINDS: &[&Kind] = &[
    &user::KIND,
    &customer::KIND,
    &contact::KIND,
    &pipeline::KIND,
    &stage::KIND,
    &deal::KIND,
    &activity::KIND,
    &followup::KIND,
    &ticket::KIND,
    &view::KIND,
    &define::kind::KIND,
    &define::field::KIND,
    &define::choice::KIND,
    &define::section::KIND,
];

/// The program's own tables: those of a store in which nobody has defined anything.
pub static BASE: Schema = Schema::new(KINDS);

//! What only the queue does.

use crate::tui::action::Verb;

use super::{dispatch::Table, fill::begin, verbs::ask};

pub(super) const ACTIONS: Table = &[
    ("ticket reply", |state, _, effects| ask(state, Verb::Ticket("reply"), effects)),
    ("ticket note", |state, _, effects| ask(state, Verb::Ticket("note"), effects)),
    ("ticket priority", |state, _, _| begin(state, "ticket set {ticket} priority=")),
    ("ticket merge", |state, _, _| begin(state, "ticket merge {ticket} ")),
    ("ticket satisfaction", |state, _, _| begin(state, "ticket set {ticket} satisfaction=")),
];

//! What only the queue does.

use crate::tui::action::Verb;

use super::{dispatch::Table, fill::begin, verbs::ask};

pub(super) const ACTIONS: Table = &[
    ("ticket reply", |state, _, effects| ask(state, Verb::Ticket("reply"), effects)),
    ("ticket note", |state, _, effects| ask(state, Verb::Ticket("note"), effects)),
    ("ticket priority", |state, _, effects| begin(state, "ticket set {ticket} priority=", effects)),
    ("ticket merge", |state, _, effects| begin(state, "ticket merge {ticket} ", effects)),
    ("ticket satisfaction", |state, _, effects| begin(state, "ticket set {ticket} satisfaction=", effects)),
];

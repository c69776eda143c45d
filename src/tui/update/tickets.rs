//! What only the queue does.

use super::{dispatch::Table, fill::begin, verbs::gesture};

pub(super) const ACTIONS: Table = &[
    ("ticket reply", |state, _, effects| gesture(state, "ticket reply", effects)),
    ("ticket note", |state, _, effects| gesture(state, "ticket note", effects)),
    ("ticket priority", |state, _, _| begin(state, "ticket set {ticket} priority=")),
    ("ticket merge", |state, _, _| begin(state, "ticket merge {ticket} ")),
    ("ticket satisfaction", |state, _, effects| gesture(state, "ticket satisfaction", effects)),
];

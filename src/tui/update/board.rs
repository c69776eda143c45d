//! What only the board does.

use crate::tui::action::Verb;

use super::{dispatch::Table, verbs::ask};

pub(super) const ACTIONS: Table = &[
    ("card left", |state, _, effects| ask(state, Verb::Move("previous"), effects)),
    ("card stage", |state, _, effects| ask(state, Verb::Move(""), effects)),
    ("card won", |state, _, effects| ask(state, Verb::Move("won"), effects)),
    ("card lost", |state, _, effects| ask(state, Verb::Move("lost"), effects)),
];

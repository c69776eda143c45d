//! What only the agenda does.

use crate::tui::panes::Action as List;

use super::{
    lists::{list, reread},
    table::Table,
};

pub(super) const ACTIONS: Table = &[
    ("calendar", |state, _, _| list(state, List::Calendar)),
    ("calendar next", |state, _, _| list(state, List::NextMonth)),
    ("calendar previous", |state, _, _| list(state, List::PreviousMonth)),
    ("calls", |state, _, effects| {
        let question = &mut state.agenda.question;
        question.calls = !question.calls;
        effects.extend(reread(state));
    }),
];

//! What only the board does.

use crate::tui::{action::Verb, panes::Action as List};

use super::{
    dispatch::Table,
    lists::{list, reread},
    verbs::ask,
};

pub(super) const ACTIONS: Table = &[
    ("card left", |state, _, effects| ask(state, Verb::Move("previous"), effects)),
    ("card stage", |state, _, effects| ask(state, Verb::Move(""), effects)),
    ("card won", |state, _, effects| ask(state, Verb::Move("won"), effects)),
    ("card lost", |state, _, effects| ask(state, Verb::Move("lost"), effects)),
    ("column first", |state, _, _| list(state, List::FirstColumn)),
    ("column last", |state, _, _| list(state, List::LastColumn)),
    ("pipeline next", |state, _, effects| match state.pipeline.next_pipeline() {
        true => effects.extend(reread(state)),
        false => {
            let words = state.lang.pick("There is no other pipeline", "没有其他销售流程");
            state.toast = Some(words.to_owned());
        }
    }),
];

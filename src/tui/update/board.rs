//! What only the board does.

use crate::{
    domain::{RecordId, deal},
    tui::{
        action::Verb,
        panes::{Action as List, Pane, pipeline::To},
        state::State,
    },
};

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

/// Shows at once what words are going to do to the board; what the store says afterwards stands instead.
pub(super) fn foresee(state: &mut State, words: &[String]) {
    let [noun, verb, rest @ ..] = words else { return };
    if state.pane != Pane::Pipeline || (noun.as_str(), verb.as_str()) != (deal::KIND.noun, "move") {
        return;
    }
    let deals: Vec<RecordId> =
        rest.iter().map_while(|word| RecordId::parse(word, None).filter(|id| id.kind == deal::ID)).collect();
    if let Some(to) = rest.get(deals.len()).and_then(|word| To::said(word, &state.pipeline)) {
        state.pipeline.moved(&deals, to);
    }
}

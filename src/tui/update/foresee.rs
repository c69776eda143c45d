//! What words are going to do, shown before the store has done it.

use crate::{
    domain::{RecordId, deal},
    ops::globals::DRY_RUN,
    tui::{
        panes::{Pane, pipeline::To},
        state::State,
    },
};

/// Shows at once what words are going to do to the board; what the store says afterwards stands instead.
pub(super) fn foresee(state: &mut State, words: &[String]) {
    let [noun, verb, rest @ ..] = words else { return };
    if state.pane != Pane::Pipeline || (noun.as_str(), verb.as_str()) != (deal::KIND.noun, "move") {
        return;
    }
    if words.iter().any(|word| word.strip_prefix("--") == Some(DRY_RUN.def.name)) {
        return;
    }
    let deals: Vec<RecordId> =
        rest.iter().map_while(|word| RecordId::parse(word, None).filter(|id| id.kind == deal::ID)).collect();
    if let Some(to) = rest.get(deals.len()).and_then(|word| To::said(word, &state.pipeline)) {
        state.pipeline.moved(&deals, to);
    }
}

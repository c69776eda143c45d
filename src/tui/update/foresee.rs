//! What words are going to do, shown before the store has done it.

use crate::{
    domain::{RecordId, deal},
    ops::{
        Noun,
        globals::DRY_RUN,
        spoken::{self, Request},
    },
    tui::{
        panes::{Pane, pipeline::To},
        state::State,
    },
};

/// Shows at once what words are going to do to the board; what the store says afterwards stands instead.
pub(super) fn foresee(state: &mut State, words: &[String]) {
    if state.pane != Pane::Pipeline {
        return;
    }
    let Ok(Request::Run(op, _, rest)) = spoken::request(words.to_vec()) else { return };
    if (op.noun, op.verb) != (Noun::Kind(deal::KIND.noun), "move") {
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

//! What words are going to do, shown before the store has done it.

use crate::{
    command::{Noun, global_options::DRY_RUN},
    domain::{RecordId, deal},
    grammar::{self, Request},
    tui::{
        panes::{Pane, board::MoveTarget},
        state::State,
    },
};

/// Shows at once what words are going to do to the board; what the store says afterwards stands instead.
pub fn foresee(state: &mut State, words: &[String]) {
    if state.pane != Pane::Board {
        return;
    }
    let Ok(Request::Run(op, _, rest)) = grammar::request(state.schema, words.to_vec()) else { return };
    if (op.noun, op.verb) != (Noun::Kind(deal::KIND.noun), "move") {
        return;
    }
    if words.iter().any(|word| word.strip_prefix("--") == Some(DRY_RUN.def.name)) {
        return;
    }
    let deals: Vec<RecordId> =
        rest.iter().map_while(|word| RecordId::parse(word, None).filter(|id| id.kind == deal::ID)).collect();
    if let Some(to) = rest.get(deals.len()).and_then(|word| MoveTarget::said(word, &state.board)) {
        state.board.moved(&deals, to);
    }
}

//! A question that is answered with yes or no.

use crate::tui::{action::Effect, state::State};

use super::{Effects, dispatch::Table};

/// Enter is no answer: it is pressed too easily.
pub(super) const ACTIONS: Table = &[("accept", |_, _, _| {})];

/// Takes a letter as the answer.
pub(super) fn answer(state: &mut State, letter: &str, effects: &mut Effects) {
    match letter {
        "y" | "Y" => {
            if let Some((_, words)) = state.question.take() {
                state.busy = true;
                effects.push(Effect::Run(words, true));
            }
        }
        "n" | "N" | "q" => state.question = None,
        _ => {}
    }
}

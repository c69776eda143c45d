//! A question that is answered with yes or no.

use crate::tui::state::State;

use super::{Effects, popup, table::ActionTable};

/// Enter is no answer: it is pressed too easily. What would change can be read over.
pub const ACTIONS: ActionTable = &[
    ("accept", |_, _, _| {}),
    ("cursor down", |state, _, _| popup::step(state, 1)),
    ("cursor up", |state, _, _| popup::step(state, -1)),
    ("page down", |state, _, _| popup::step(state, 10)),
    ("page up", |state, _, _| popup::step(state, -10)),
];

/// Answers with no.
pub fn dismiss(state: &mut State) {
    state.question = None;
    state.popup = None;
    state.saying = None;
}

/// Takes a letter as the answer; an input method for Chinese sends it in full width, or the word.
pub fn answer(state: &mut State, letter: &str, effects: &mut Effects) {
    match letter {
        "y" | "Y" | "ｙ" | "Ｙ" | "是" => {
            if let Some((_, effect)) = state.question.take() {
                state.popup = None;
                state.busy = true;
                effects.push(effect);
            }
        }
        "n" | "N" | "q" | "ｎ" | "Ｎ" | "ｑ" | "否" => dismiss(state),
        _ => {}
    }
}

//! A list of choices: what is picked becomes words, or whatever it was opened for.

use crate::tui::{
    picker::{Act, Answer, For},
    state::State,
};

use super::{Effects, fill::answered, form};

/// Does it to the picker that is open.
pub(super) fn press(state: &mut State, act: Act, effects: &mut Effects) {
    let lines = state.size.1;
    let Some((picker, _)) = &mut state.picker else { return };
    let height = picker.height(lines.saturating_sub(crate::tui::state::FRAME));
    match picker.update(act, height) {
        Answer::Open => {}
        Answer::Asked(_) => {
            let picker = picker.clone();
            form::ask(state, &picker, effects);
        }
        answer => done(state, answer, effects),
    }
}

/// Something was picked, or nothing.
pub(super) fn done(state: &mut State, answer: Answer, effects: &mut Effects) {
    match (&state.picker, answer) {
        (Some((_, For::Field)), answer) => form::answered(state, answer, effects),
        (Some((_, For::Words(words))), Answer::Picked(picked)) => {
            let words = For::filled(words, &picked);
            state.picker = None;
            answered(state, words, effects);
        }
        _ => state.picker = None,
    }
}

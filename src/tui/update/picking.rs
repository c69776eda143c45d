//! A list of choices: what is picked becomes words, or whatever it was opened for.

use crate::tui::{
    picker::{Act, Answer, For},
    state::State,
};

use super::{Effects, run};

/// Does it to the picker that is open.
pub(super) fn press(state: &mut State, act: Act, effects: &mut Effects) {
    let lines = state.size.1;
    let Some((picker, purpose)) = &mut state.picker else { return };
    let height = picker.height(lines.saturating_sub(crate::tui::state::FRAME));
    match picker.update(act, height) {
        Answer::Open | Answer::Asked(_) => {}
        Answer::Closed | Answer::Create(_) => state.picker = None,
        Answer::Picked(picked) => {
            let For::Words(words) = purpose;
            let words = For::filled(words, &picked);
            state.picker = None;
            run(state, words, effects);
        }
    }
}

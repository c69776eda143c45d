//! A list of choices: what is picked becomes words, or whatever it was opened for.

use crate::tui::{
    picker::{Act, Answer, For, Picked},
    state::State,
};

use super::{Effects, dispatch, run};

/// Does it to the picker that is open.
pub(super) fn press(state: &mut State, act: Act, effects: &mut Effects) {
    let lines = state.size.1;
    let Some((picker, purpose)) = &mut state.picker else { return };
    let height = picker.height(lines.saturating_sub(crate::tui::state::FRAME));
    let answer = picker.update(act, height);
    let purpose = purpose.clone();
    if !matches!(answer, Answer::Open | Answer::Asked(_)) {
        state.picker = None;
    }
    match (answer, purpose) {
        (Answer::Picked(picked), For::Words(words)) => run(state, For::filled(&words, &picked), effects),
        (Answer::Picked(picked), For::Screen(name)) => dispatch::act(state, name, &picked.values.join(","), effects),
        (Answer::Create(typed), For::Screen(name)) => dispatch::act(state, name, &typed, effects),
        (Answer::Create(typed), For::Words(words)) => {
            run(state, For::filled(&words, &Picked { values: vec![typed] }), effects);
        }
        (Answer::Open | Answer::Asked(_) | Answer::Closed, _) => {}
    }
}

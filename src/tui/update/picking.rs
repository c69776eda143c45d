//! A list of choices: what is picked becomes words, or whatever it was opened for.

use crate::tui::{
    action::Action,
    picker::{Act, Answer, For, Picked},
    state::State,
};

use super::{Effects, apply, fill::answered, form};

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
    let purpose = state.picker.as_ref().map(|(_, purpose)| purpose.clone());
    if let Some(For::Field) = purpose {
        return form::answered(state, answer, effects);
    }
    state.picker = None;
    match (answer, purpose) {
        (Answer::Picked(picked), Some(For::Words(words))) => answered(state, For::filled(&words, &picked), effects),
        (Answer::Picked(picked), Some(For::Screen(name))) => {
            apply(state, Action::Screen(name, picked.values.join(",")), effects);
        }
        (Answer::Create(typed), Some(For::Screen(name))) => apply(state, Action::Screen(name, typed), effects),
        (Answer::Create(typed), Some(For::Words(words))) => {
            answered(state, For::filled(&words, &Picked { values: vec![typed] }), effects);
        }
        _ => {}
    }
}

//! A list of choices: what is picked becomes words, or whatever it was opened for.

use crate::tui::{
    action::Action,
    form::Act as FormAct,
    picker::{Act, Answer, For, Onward, Picked},
    state::State,
};

use super::{Effects, apply, fill::answered, form};

/// Does in the list of choices of a field what a key does in its form: what is under the cursor is taken, and then one
/// goes on to another field, or the form is saved. Whether there is such a list.
pub(super) fn onward(state: &mut State, name: &str, effects: &mut Effects) -> bool {
    let Some((picker, For::Field)) = &mut state.picker else { return false };
    picker.onward = match name {
        "field next" => Onward::Next,
        "choice mark" if !picker.is_many() => Onward::Next,
        "field previous" => Onward::Previous,
        "form save" => Onward::Save,
        _ => return false,
    };
    let nothing = picker.current().is_none() && !picker.is_waiting() && !picker.is_many();
    if !nothing {
        press(state, Act::Accept, effects);
    } else if picker.typed().trim().is_empty() {
        let act = match picker.onward {
            Onward::Next => FormAct::Field(1),
            Onward::Previous => FormAct::Field(-1),
            Onward::Save => FormAct::Save,
        };
        state.picker = None;
        form::press(state, act, effects);
    }
    // What is looked for and not there is not made on the way: it stays to be seen.
    true
}

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

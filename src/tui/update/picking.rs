//! A list of choices: what is picked becomes words, or whatever it was opened for.

use crate::tui::{
    action::Action,
    form::FormAction as FormAct,
    picker::{AfterChoice, Answer, PickedChoices, PickerAction, PickerPurpose},
    state::State,
};

use super::{Effects, apply, form, placeholders::answered};

/// Does in the list of choices of a field what a key does in its form: what is under the cursor is taken, and then one
/// goes on to another field, or the form is saved. Whether there is such a list.
pub fn onward(state: &mut State, name: &str, effects: &mut Effects) -> bool {
    let Some((picker, PickerPurpose::Field)) = &mut state.picker else { return false };
    picker.onward = match name {
        "field next" => AfterChoice::Next,
        "choice mark" if !picker.is_many() => AfterChoice::Next,
        "field previous" => AfterChoice::Previous,
        "form save" => AfterChoice::Save,
        _ => return false,
    };
    let nothing = picker.current().is_none() && !picker.is_waiting() && !picker.is_many();
    if !nothing {
        press(state, PickerAction::Accept, effects);
    } else if picker.typed().trim().is_empty() {
        let act = match picker.onward {
            AfterChoice::Next => FormAct::Field(1),
            AfterChoice::Previous => FormAct::Field(-1),
            AfterChoice::Save => FormAct::Save,
        };
        state.picker = None;
        form::press(state, act, effects);
    }
    // What is looked for and not there is not made on the way: it stays to be seen.
    true
}

/// Does it to the picker that is open.
pub fn press(state: &mut State, act: PickerAction, effects: &mut Effects) {
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
pub fn done(state: &mut State, answer: Answer, effects: &mut Effects) {
    let purpose = state.picker.as_ref().map(|(_, purpose)| purpose.clone());
    if let Some(PickerPurpose::Field) = purpose {
        return form::answered(state, answer, effects);
    }
    state.picker = None;
    match (answer, purpose) {
        (Answer::Picked(picked), Some(PickerPurpose::Words(words))) => {
            answered(state, PickerPurpose::filled(&words, &picked), effects)
        }
        (Answer::Picked(picked), Some(PickerPurpose::Screen(name))) => {
            apply(state, Action::Screen(name, picked.values.join(",")), effects);
        }
        (Answer::Create(typed), Some(PickerPurpose::Screen(name))) => {
            apply(state, Action::Screen(name, typed), effects)
        }
        (Answer::Create(typed), Some(PickerPurpose::Words(words))) => {
            answered(state, PickerPurpose::filled(&words, &PickedChoices { values: vec![typed] }), effects);
        }
        _ => {}
    }
}

//! Records and long texts in the person's own editor.

use crate::{
    error::Result,
    tui::{
        action::Effect,
        form::{Act, Ask, Wish},
        state::State,
    },
};

use super::{Effects, dispatch::Table, failed, form};

pub(super) const ACTIONS: Table = &[("edit outside", |state, _, effects| edit(state, effects))];

/// Edits the record at hand; what an earlier edit left unsaved is offered again.
fn edit(state: &mut State, effects: &mut Effects) {
    let Some(id) = form::only(state) else { return };
    let ask = Ask::outside(id);
    match state.kept.take_if(|draft| draft.ask == ask) {
        Some(draft) => form::reopen(state, draft, vec![Act::Outside], effects),
        None => {
            state.opening = Some(vec![Act::Outside]);
            effects.push(Effect::Form(Box::new(Wish::Open(ask, None))));
        }
    }
}

/// What came back from the editor. A record that was edited there is saved; the form stays open where that fails.
pub(super) fn edited(state: &mut State, number: u64, text: Result<Option<String>>, effects: &mut Effects) {
    let lang = state.lang;
    let Some(open) = state.forms.last_mut().filter(|form| form.number == number) else { return };
    let (whole, text) = (open.ask.outside, text.map(|text| text.map(|text| open.take(text))));
    if let Err(error) = text {
        if whole && !open.is_changed() {
            form::close(state, effects);
        } else {
            open.error = Some(error.clone());
        }
        return failed(state, error);
    }
    if !open.is_changed() {
        if whole {
            form::close(state, effects);
        }
        state.toast = Some(lang.pick("Nothing was changed", "未作更改").to_owned());
    } else if open.outside.is_some() {
        form::keep(state, effects);
    } else {
        form::changed(state, effects);
        // An editor that ended with a failure is no consent to save.
        if whole && text == Ok(Some(())) {
            form::save(state, effects);
        }
    }
}

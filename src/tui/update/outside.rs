//! What other programs do: the person's own editor, and whatever opens an address.

use crate::{
    domain::RecordId,
    error::{Error, Result},
    text::{Said, said},
    tui::{
        action::Effect,
        address,
        form::{FormAction, FormRequest, FormTarget},
        hints::key,
        layer::Layer,
        picker::{Choice, Picker, PickerPurpose},
        state::State,
    },
};

use super::{Effects, failed, form, table::ActionTable};

pub const ACTIONS: ActionTable = &[
    ("edit outside", |state, _, effects| edit(state, effects)),
    ("open link", |state, word, effects| visit(state, word, effects)),
];

/// Edits the record at hand; what an earlier edit left unsaved is offered again.
fn edit(state: &mut State, effects: &mut Effects) {
    let Some(id) = form::only(state) else { return };
    let ask = FormTarget::outside(state.schema, id);
    match state.kept.iter().rposition(|draft| draft.ask == ask) {
        Some(at) => {
            let draft = state.kept.remove(at);
            form::reopen(state, draft, vec![FormAction::Outside], effects);
        }
        None => {
            state.opening = Some(vec![FormAction::Outside]);
            effects.push(Effect::Form(Box::new(FormRequest::Open(ask, None))));
        }
    }
}

/// What came back from the editor. A record that was edited there is saved; the form stays open where that fails.
pub fn edited(state: &mut State, number: u64, text: Result<Option<String>>, effects: &mut Effects) {
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

/// Opens an address; without one, finds out which the record at hand has.
fn visit(state: &mut State, address: &str, effects: &mut Effects) {
    let lang = state.lang;
    if address.is_empty() {
        effects.extend(form::only(state).map(Effect::Addresses));
    } else if address::is_opened(address) {
        state.toast = Some(lang.pick(format!("Opening {address}"), format!("正在打开 {address}")));
        effects.push(Effect::Visit(address.to_owned()));
    } else {
        let error = Error::usage(said!("{address} is no address", "{address} 不是地址"));
        failed(state, error.hint(Said::same("tel: mailto: https://")));
    }
}

/// What the record can be reached by: the one, or a choice.
pub fn reached(state: &mut State, id: RecordId, found: Vec<Choice>, effects: &mut Effects) {
    // Whoever has gone on meanwhile is not followed.
    if state.subject() != [id] || !matches!(state.layer(), Layer::Pane(_) | Layer::Record) {
        return;
    }
    let lang = state.lang;
    match found.as_slice() {
        [] => {
            let edit = key(state, "edit");
            let error = Error::usage(said!("No phone, mail or web address is known here", "此处没有电话、邮箱或网址"));
            failed(state, error.hint(said!("{edit} fills them in", "按 {edit} 填写")));
        }
        [one] => visit(state, &one.value, effects),
        _ => state.picker = Some((Picker::new(lang.pick("Open", "打开"), found), PickerPurpose::Screen("open link"))),
    }
}

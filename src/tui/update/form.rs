//! Forms: opened, filled in, saved, left; and what is picked for their fields.

use ratatui::layout::Rect;

use crate::{
    domain::RecordId,
    error::{Error, ErrorKind},
    query::field_path::FieldPath,
    text::said,
    tui::{
        action::Effect,
        answer_collector::Outcome,
        form::{AfterAction, Draft, Form, FormAction, FormRequest, FormTarget, RecordQuery, text_cols},
        hints::key,
        panes::Pane,
        picker::{AfterChoice, Answer, PickedChoices, Picker, PickerPurpose},
        state::{FRAME, State},
    },
};

use super::{
    Effects, failed,
    placeholders::{answered as answered_by, many_marked, nothing_here},
    table::ActionTable,
};

pub const ACTIONS: ActionTable = &[
    ("add", |state, _, effects| {
        state.welcome = None;
        open(state, FormTarget::add(state.pane.noun(), None), effects);
    }),
    ("add contact", |state, _, effects| add_to(state, "contact", effects)),
    ("add deal", |state, _, effects| add_to(state, "deal", effects)),
    ("add followup", |state, _, effects| add_to(state, "followup", effects)),
    ("add ticket", |state, _, effects| add_to(state, "ticket", effects)),
    ("edit", |state, _, effects| open(state, FormTarget::edit(state.schema, &state.subject()), effects)),
    ("edit cell", |state, _, effects| edit_cell(state, effects)),
    ("edit tags", |state, _, effects| open(state, FormTarget::cell(state.schema, &state.subject(), "tag"), effects)),
    ("draft open", |state, _, effects| resume(state, effects)),
    ("draft drop", |state, _, effects| {
        state.kept.pop();
        keep(state, effects);
    }),
];

/// Opens a form. Keys that are pressed until it is there are for it.
pub fn open(state: &mut State, ask: FormTarget, effects: &mut Effects) {
    state.opening = Some(Vec::new());
    effects.push(Effect::Form(Box::new(FormRequest::Open(ask, None))));
}

/// Opens a form that was left.
pub fn reopen(state: &mut State, draft: Draft, ahead: Vec<FormAction>, effects: &mut Effects) {
    state.opening = Some(ahead);
    effects.push(Effect::Form(Box::new(FormRequest::Open(draft.ask.clone(), Some(Box::new(draft))))));
}

/// The one record that a key is about.
pub fn only(state: &mut State) -> Option<RecordId> {
    let error = match state.subject().as_slice() {
        [one] => return Some(*one),
        [] => nothing_here(state, None),
        many => many_marked(state, many.len()),
    };
    failed(state, error);
    None
}

fn add_to(state: &mut State, noun: &str, effects: &mut Effects) {
    match state.subject().as_slice() {
        [] => open(state, FormTarget::add(noun, None), effects),
        [one] => open(state, FormTarget::add(noun, Some(*one)), effects),
        many => {
            let error = many_marked(state, many.len());
            failed(state, error);
        }
    }
}

/// The field under the cursor, by itself.
fn edit_cell(state: &mut State, effects: &mut Effects) {
    let lang = state.lang;
    let Some(id) = state.here() else {
        let error = nothing_here(state, None);
        return failed(state, error);
    };
    let Some(kind) = state.schema.kind(id.kind) else { return };
    if let (None, Pane::Customers, Some(path)) = (state.open.last(), state.pane, state.customers.field()) {
        let heading = path.column().heading(lang).to_owned();
        return match path.own_field() {
            Some(def) if def.is_settable() => open(state, FormTarget::cell(state.schema, &[id], def.code), effects),
            _ => {
                let error = fixed(state, path, &heading);
                failed(state, error);
            }
        };
    }
    let code = match state.open.last() {
        Some(reading) => {
            let told = reading.told.as_ref().and_then(|told| told.lines.get(reading.cursor));
            let label = told.map_or("", |line| line.label.as_str());
            kind.all_fields().find(|def| def.label(lang) == label).filter(|def| def.is_settable()).map(|def| def.code)
        }
        None => Some(kind.name_field().code),
    };
    match code {
        Some(code) => open(state, FormTarget::cell(state.schema, &[id], code), effects),
        None => failed(state, Error::usage(said!("This is no field that can be edited", "此处不是可编辑的字段"))),
    }
}

/// Why a column of customers is not edited.
fn fixed(state: &State, path: &FieldPath, heading: &str) -> Error {
    let (english, chinese) = match path.own_field() {
        Some(_) => ("the program works it out or keeps it by itself", "由程序计算或维护"),
        None if path.is_own_id() => ("an id never changes", "编号不会改变"),
        None => ("it belongs to another record", "属于另一条记录"),
    };
    let error = Error::usage(said!("{heading} cannot be edited: {english}", "{heading}不能编辑：{chinese}"));
    let [left, right, edit] = ["cursor left", "cursor right", "edit"].map(|words| key(state, words));
    error.hint(said!(
        "{left} and {right} go to another column, {edit} edits the record",
        "{left}、{right} 移到其他列，{edit} 编辑记录"
    ))
}

/// Opens the form that was left last.
fn resume(state: &mut State, effects: &mut Effects) {
    match state.kept.pop() {
        Some(draft) => reopen(state, draft, Vec::new(), effects),
        None => {
            failed(state, Error::failure(said!("No form was left unfinished", "没有未完成的表单")));
        }
    }
}

/// Does it in the form that is open.
pub fn press(state: &mut State, act: FormAction, effects: &mut Effects) {
    if let Some(ahead) = &mut state.opening {
        return ahead.push(act);
    }
    let body = Rect::new(0, 0, state.size.0, state.size.1.saturating_sub(FRAME));
    let Some(form) = state.forms.last_mut().filter(|form| !form.saving) else { return };
    let cols = text_cols(form, body);
    match form.update(act, cols) {
        AfterAction::Stay => {}
        AfterAction::Outside => effects.push(Effect::Outside(form.letter())),
        AfterAction::Changed => changed(state, effects),
        AfterAction::Pick(picker) => pick(state, *picker, effects),
        AfterAction::Save => save(state, effects),
        AfterAction::Leave => leave(state, effects),
    }
}

/// What stands in the form is another: it is tried, and kept.
pub fn changed(state: &mut State, effects: &mut Effects) {
    // What takes longer comes after that.
    keep(state, effects);
    if let Some(form) = state.forms.last() {
        effects.push(Effect::Form(Box::new(FormRequest::Try(form.wanted()))));
    }
}

/// Keeps what is not saved yet.
pub fn keep(state: &State, effects: &mut Effects) {
    let drafts = state.kept.iter().cloned().chain(state.forms.iter().filter_map(Draft::of)).collect();
    effects.push(Effect::Form(Box::new(FormRequest::Keep(drafts))));
}

fn pick(state: &mut State, picker: Picker, effects: &mut Effects) {
    if picker.is_waiting() {
        ask(state, &picker, effects);
    }
    state.picker = Some((picker, PickerPurpose::Field));
}

/// Asks for the choices of a picker.
pub fn ask(state: &State, picker: &Picker, effects: &mut Effects) {
    let mut source = picker.source().cloned().unwrap_or_default();
    // Stages are those of the pipeline, contacts and deals those of the customer, where the form names one.
    let owner = match source.noun.as_str() {
        "stage" => "pipeline",
        "contact" | "deal" => "customer",
        _ => "",
    };
    if let Some(id) = state.forms.last().and_then(|form| RecordId::parse(form.linked(owner)?, None)) {
        source.filter = format!("{owner}:{id} or no:{owner}");
    }
    effects.push(Effect::Form(Box::new(FormRequest::Look(RecordQuery { typed: picker.typed().to_owned(), source }))));
}

/// What was picked for the field of the cursor.
pub fn answered(state: &mut State, answer: Answer, effects: &mut Effects) {
    let Some((picker, _)) = state.picker.take() else { return };
    let schema = state.schema;
    let Some(form) = state.forms.last_mut() else { return };
    match answer {
        Answer::Picked(PickedChoices { values }) => {
            let called = values.first().and_then(|value| picker.choice(value)).map(|choice| choice.label.clone());
            form.picked(&values, &called.unwrap_or_default());
            if picker.onward == AfterChoice::Previous {
                form.update(FormAction::Field(-2), 0);
            }
            changed(state, effects);
            if picker.onward == AfterChoice::Save {
                save(state, effects);
            }
        }
        Answer::Create(name) => {
            let target = form.entry().and_then(|entry| schema.target(&entry.slot.def));
            let customer = form.linked("customer").and_then(|id| RecordId::parse(id, None));
            if let Some(kind) = target {
                let to = customer.filter(|_| kind.field("customer").is_some());
                open(state, FormTarget::add(kind.noun, to).called(schema, &name), effects);
            }
        }
        Answer::Open | Answer::Asked(_) | Answer::Closed => {}
    }
}

pub fn save(state: &mut State, effects: &mut Effects) {
    let Some(form) = state.forms.last_mut() else { return };
    if let Some((at, error)) = form.flaw() {
        form.at = at;
        form.error = Some(error);
        return;
    }
    if form.ask.edits && !form.is_changed() {
        return close(state, effects);
    }
    if form.outside.is_some() {
        let error =
            Error::invalid(said!("The text from the editor is not in the form yet", "编辑器中的文本尚未填入表单"));
        form.error = Some(error.hint(said!("open it again, or leave the form", "请重新打开编辑器，或离开表单")));
        return;
    }
    form.saving = true;
    form.error = None;
    let words = form.words();
    state.prompted = form.ask.ids().collect();
    answered_by(state, words, effects);
}

/// So many forms that were left are kept.
const KEPT: usize = 9;

/// Leaves the form; what was put into it is kept.
fn leave(state: &mut State, effects: &mut Effects) {
    let draft = state.forms.last().filter(|form| form.is_changed()).and_then(Draft::of);
    if let Some(draft) = draft {
        let (title, open) = (&draft.title, key(state, "draft open"));
        state.toast = Some(
            state
                .lang
                .pick(format!("Not saved: {title}. {open} brings it back"), format!("未保存：{title}。{open} 可恢复")),
        );
        state.kept.push(draft);
        let old = state.kept.len().saturating_sub(KEPT);
        state.kept.drain(..old);
    }
    close(state, effects);
}

pub fn close(state: &mut State, effects: &mut Effects) {
    state.forms.pop();
    state.picker = None;
    keep(state, effects);
}

/// What came of saving; whether the form took care of it.
pub fn ran(state: &mut State, outcome: &Outcome, error: Option<&Error>, effects: &mut Effects) -> bool {
    let Some(form) = state.forms.last_mut().filter(|form| form.saving) else { return false };
    if outcome.question.is_some() {
        return false;
    }
    form.saving = false;
    let Some(error) = error else {
        let made = outcome.about.first().copied();
        let name = form.kind().and_then(|kind| form.field(kind.name_field().code));
        let name = name.map(|entry| entry.text().to_owned()).unwrap_or_default();
        close(state, effects);
        if let (Some(parent), Some(id)) = (state.forms.last_mut(), made) {
            parent.picked(&[id.to_string()], &name);
            changed(state, effects);
        }
        return false;
    };
    if error.kind() == ErrorKind::Conflict && form.version.is_some() {
        effects.push(Effect::Form(Box::new(FormRequest::Compare(Box::new(form.clone())))));
    } else if error.kind() != ErrorKind::Declined {
        form.refuse(error, false);
        state.messages.push(error.message(state.lang));
    }
    true
}

/// A form came that can be filled in.
pub fn opened(state: &mut State, mut form: Form, effects: &mut Effects) {
    state.made += 1;
    form.number = state.made;
    state.forms.push(form);
    let ahead = state.opening.take().unwrap_or_default();
    changed(state, effects);
    for act in ahead {
        press(state, act, effects);
    }
}

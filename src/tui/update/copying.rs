//! Taking a row along, or a part of it.

use crate::tui::{
    action::{CopiedPart, Effect},
    layer::Layer,
    panes::Pane,
    state::State,
};

use super::{Effects, table::ActionTable};

pub const ACTIONS: ActionTable = &[
    ("copy row", |state, _, effects| copy(state, CopiedPart::Row, effects)),
    ("copy phone", |state, _, effects| copy(state, CopiedPart::Phone, effects)),
    ("copy email", |state, _, effects| copy(state, CopiedPart::Email, effects)),
    ("copy id", |state, _, effects| copy(state, CopiedPart::Id, effects)),
];

fn copy(state: &mut State, part: CopiedPart, effects: &mut Effects) {
    let row = state.customers.current().filter(|_| state.layer() == Layer::Pane(Pane::Customers));
    let id = state.here().map(|id| id.to_string()).unwrap_or_default();
    let text = match (part, row) {
        (CopiedPart::Id, _) => id,
        (CopiedPart::Row, Some(row)) => row.cells.join("\t"),
        (CopiedPart::Phone, Some(row)) => row.phone.clone(),
        (CopiedPart::Email, Some(row)) => row.email.clone(),
        (_, None) => {
            state.open.last().and_then(|reading| Some(reading.told.as_ref()?.title.clone())).unwrap_or_default()
        }
    };
    let lang = state.lang;
    if text.is_empty() {
        state.toast = Some(lang.pick("There is nothing to copy", "没有可复制的内容").to_owned());
    } else {
        state.toast = Some(lang.pick(format!("Copied: {text}"), format!("已复制：{text}")));
        effects.push(Effect::Copy(text));
    }
}

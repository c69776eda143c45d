//! Lines to read above everything else: moving in them, and what they hold.

use crate::{
    keymap::{Bound, Scope},
    tui::{
        keys::vocabulary,
        state::{Popup, State},
    },
};

use super::{dispatch::Table, record};

pub(super) const ACTIONS: Table = &[
    ("cursor down", |state, _, _| step(state, 1)),
    ("cursor up", |state, _, _| step(state, -1)),
    ("cursor left", |_, _, _| {}),
    ("cursor right", |_, _, _| {}),
    ("cursor top", |state, _, _| step(state, isize::MIN / 2)),
    ("cursor bottom", |state, _, _| step(state, isize::MAX / 2)),
    ("half down", |state, _, _| step(state, height(state) / 2)),
    ("half up", |state, _, _| step(state, -height(state) / 2)),
    ("page down", |state, _, _| step(state, height(state))),
    ("page up", |state, _, _| step(state, -height(state))),
    ("open", |state, _, effects| {
        let line = state.popup.as_ref().and_then(|popup| popup.lines.get(popup.cursor));
        if let Some(id) = line.and_then(|(_, id)| *id) {
            state.popup = None;
            record::open(state, id, effects);
        }
    }),
];

fn height(state: &State) -> isize {
    isize::try_from(state.size.1.saturating_sub(6)).unwrap_or(1).max(2)
}

fn step(state: &mut State, by: isize) {
    let height = height(state).unsigned_abs();
    if let Some(popup) = &mut state.popup {
        popup.cursor = popup.cursor.saturating_add_signed(by).min(popup.lines.len().saturating_sub(1));
        popup.scroll = popup.scroll.clamp((popup.cursor + 1).saturating_sub(height), popup.cursor);
    }
}

/// What was said in this session, the newest first.
pub(super) fn messages(state: &mut State) {
    let lines = state.messages.iter().rev().flat_map(|text| text.lines().map(|line| (line.to_owned(), None))).collect();
    state.popup = Some(Popup { title: state.lang.pick("Messages", "消息").to_owned(), lines, ..Popup::default() });
}

/// The keys of this place, by the place whose section they stand in.
pub(super) fn help(state: &mut State) {
    let (lang, scope) = (state.lang, state.layer().scope());
    let mut lines = Vec::new();
    for section in scope.chain() {
        let mut told: Vec<(String, String)> = Vec::new();
        for Bound { keys, binding, .. } in state.keymap.bound(scope).filter(|bound| bound.scope == *section) {
            let means = match binding.action(&vocabulary()) {
                Some((action, "")) => action.text(lang).to_owned(),
                Some((action, word)) => format!("{}: {word}", action.text(lang)),
                None => binding.to_string(),
            };
            match told.iter_mut().find(|(_, known)| *known == means) {
                Some((held, _)) => *held = format!("{held} {keys}"),
                None => told.push((keys.to_string(), means)),
            }
        }
        if !told.is_empty() {
            lines.push((section.title(lang).to_owned(), None));
            lines.extend(told.into_iter().map(|(keys, means)| (format!("  {keys:<20} {means}"), None)));
        }
    }
    let place = |scope: Scope| scope.title(lang);
    let title = lang.pick(format!("Keys: {}", place(scope)), format!("按键：{}", place(scope)));
    state.popup = Some(Popup { title, lines, ..Popup::default() });
}

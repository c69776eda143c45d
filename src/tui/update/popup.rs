//! Lines to read above everything else: moving in them, searching them, and what they hold.

use crate::{
    grammar::help as topics,
    keymap::{BoundKeys, Effect, Keys, Scope},
    tui::{
        hints::told,
        line::{InputEdit, TextInput},
        popup::{Entry, LineTarget, Popup},
        route,
        state::State,
    },
};

use super::{Effects, apply, failed, opening, table::ActionTable};

pub const ACTIONS: ActionTable = &[
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
    ("open", |state, _, effects| open(state, effects)),
    ("narrow", |state, _, _| {
        if let Some(popup) = &mut state.popup {
            popup.line = Some(TextInput::new(popup.search.clone()));
        }
    }),
];

/// While the lines are searched.
pub const SEARCH: ActionTable = &[
    ("accept", |state, _, _| {
        if let Some(popup) = &mut state.popup {
            popup.line = None;
        }
    }),
    ("cursor down", |state, _, _| step(state, 1)),
    ("cursor up", |state, _, _| step(state, -1)),
    ("page down", |state, _, _| step(state, height(state))),
    ("page up", |state, _, _| step(state, -height(state))),
];

/// Types into the search, and shows what holds it.
pub fn edit(state: &mut State, edit: &InputEdit) {
    let Some(popup) = &mut state.popup else { return };
    let Some(line) = &mut popup.line else { return };
    if line.text().is_empty() && *edit == InputEdit::Backspace {
        popup.line = None;
    } else if line.edit(edit) {
        let text = line.text().to_owned();
        popup.search(&text);
    }
}

/// Gives up the search.
pub fn leave_search(state: &mut State) {
    if let Some(popup) = &mut state.popup {
        popup.line = None;
        popup.search("");
    }
}

fn height(state: &State) -> isize {
    isize::try_from(state.popup_height()).unwrap_or(1).max(2)
}

/// Moves the cursor.
pub fn step(state: &mut State, by: isize) {
    let height = state.popup_height().into();
    if let Some(popup) = &mut state.popup {
        popup.step(by, height);
    }
}

fn open(state: &mut State, effects: &mut Effects) {
    let leads = state.popup.as_ref().and_then(Popup::current).map(|entry| entry.leads.clone());
    match leads {
        None | Some(LineTarget::Nowhere | LineTarget::Heading) => {}
        Some(LineTarget::Record(id)) => {
            state.popup = None;
            opening::open(state, id, effects);
        }
        Some(LineTarget::Action(action)) => {
            state.popup = None;
            apply(state, *action, effects);
        }
    }
}

/// What was said in this session, the newest first.
pub fn messages(state: &mut State) {
    let text: Vec<&str> = state.messages.iter().rev().map(String::as_str).collect();
    state.popup = Some(Popup::text(state.lang.pick("Messages", "消息"), &text.join("\n")));
}

/// What the command line says about a topic, a noun or a command.
pub fn topic(state: &mut State, words: &[String]) {
    match topics::page(state.schema, words, state.lang) {
        Ok(page) => state.popup = Some(Popup::text(words.join(" "), &page)),
        Err(error) => failed(state, error),
    }
}

/// The keys of this place, by the place whose section they stand in; Enter does what a line says.
pub fn help(state: &mut State) {
    let (lang, scope) = (state.lang, state.layer().scope());
    let mut entries: Vec<Entry> = Vec::new();
    for section in scope.chain() {
        let first = entries.len();
        entries.push(Entry { text: section.title(lang).to_owned(), leads: LineTarget::Heading, ..Entry::default() });
        for BoundKeys { keys, binding, .. } in state.keymap.bound(scope).filter(|bound| bound.scope == *section) {
            let text = told(binding, state.schema, lang);
            match entries[first..].iter_mut().find(|entry| entry.text == text && !entry.label.is_empty()) {
                Some(entry) => entry.label = format!("{} {keys}", entry.label),
                None => {
                    let leads = LineTarget::Action(Box::new(route::meant(binding, state.schema)));
                    let words = binding.to_string();
                    // What is said in Chinese can be typed in English too.
                    let operation = matches!(binding.does(), Effect::Run | Effect::Complete);
                    let note = if operation && words != text { words.clone() } else { String::new() };
                    entries.push(Entry { label: Keys::to_string(keys), text, words, note, leads });
                }
            }
        }
        if entries.len() == first + 1 {
            entries.pop();
        }
    }
    let place = |scope: Scope| scope.title(lang);
    let title = lang.pick(format!("Keys: {}", place(scope)), format!("按键：{}", place(scope)));
    let mut popup = Popup::new(title, entries);
    popup.cursor = 1.min(popup.found.len().saturating_sub(1));
    state.popup = Some(popup);
}

//! Lines that are being typed at the foot: searches, filters, commands, answers.

use crate::{
    ops::spoken,
    tui::{
        action::Effect,
        complete,
        layer::Layer,
        line::{Edit, Line},
        panes::{self, Pane},
        state::{Bar, State},
    },
};

use super::{
    Effects,
    dispatch::{Table, act},
    failed,
    fill::answered,
    lists::{list, narrow, reread},
    places::back,
    popup, run,
};

pub(super) const ACTIONS: Table = &[
    ("accept", |state, _, effects| accept(state, effects)),
    ("field next", |state, _, _| complete(state)),
    ("cursor up", |state, _, _| up_or_down(state, 1)),
    ("cursor down", |state, _, _| up_or_down(state, -1)),
    ("page up", |state, _, _| list(state, panes::Action::PageUp)),
    ("page down", |state, _, _| list(state, panes::Action::PageDown)),
    ("cursor left", |state, _, effects| edit(state, &Edit::Left, effects)),
    ("cursor right", |state, _, effects| edit(state, &Edit::Right, effects)),
    ("line start", |state, _, effects| edit(state, &Edit::Home, effects)),
    ("line end", |state, _, effects| edit(state, &Edit::End, effects)),
    ("word left", |state, _, effects| edit(state, &Edit::WordLeft, effects)),
    ("word right", |state, _, effects| edit(state, &Edit::WordRight, effects)),
    ("delete left", |state, _, effects| edit(state, &Edit::Backspace, effects)),
    ("delete right", |state, _, effects| edit(state, &Edit::Delete, effects)),
    ("delete word", |state, _, effects| edit(state, &Edit::DeleteWord, effects)),
    ("delete line", |state, _, effects| edit(state, &Edit::DeleteToStart, effects)),
    ("delete rest", |state, _, effects| edit(state, &Edit::DeleteRest, effects)),
];

/// Closes the line; what it has changed is as it was before.
pub(super) fn leave(state: &mut State, effects: &mut Effects) {
    match std::mem::take(&mut state.bar) {
        Bar::Narrow(_, before) => *state.narrow() = before,
        Bar::Filter(_, before) => *state.filter() = before,
        Bar::Palette(..) | Bar::Prompt { .. } | Bar::None => return,
    }
    asked_anew(state, effects, true);
}

/// Rows came for the filter that was typed: it stands, and the line closes.
pub(super) fn understood(state: &mut State) {
    let typed = match &state.bar {
        Bar::Filter(line, before) if line.text() != before => line.text().to_owned(),
        _ => return,
    };
    if typed == *state.filter() {
        state.bar = Bar::None;
    }
}

/// Reads the rows of the pane for another question; the cursor stays on its record, or goes to the top.
pub(super) fn asked_anew(state: &mut State, effects: &mut Effects, keep: bool) {
    if state.pane != Pane::Customers {
        return effects.extend(reread(state));
    }
    if !keep {
        (state.customers.cursor, state.customers.offset) = (0, 0);
    }
    let height = state.list_height();
    effects.push(Effect::Customers(state.customers.again(height, keep)));
}

/// Types a text; where no line is open, the search opens with it.
pub(super) fn type_in(state: &mut State, text: String, effects: &mut Effects) {
    if matches!(state.layer(), Layer::Pane(_)) {
        narrow(state);
    }
    edit(state, &Edit::Insert(text), effects);
}

fn edit(state: &mut State, edit: &Edit, effects: &mut Effects) {
    let Some(line) = state.bar.line_mut() else { return };
    let empty = line.text().is_empty();
    let changed = line.edit(edit);
    if empty && matches!(edit, Edit::Backspace) {
        return back(state, effects);
    }
    if changed && let Bar::Narrow(line, _) = &state.bar {
        let text = line.text().to_owned();
        *state.narrow() = text;
        asked_anew(state, effects, false);
    }
}

/// In the palette through the history, else through the rows.
fn up_or_down(state: &mut State, by: isize) {
    if let Bar::Palette(line, at) = &mut state.bar {
        *at = at.saturating_add_signed(by).min(state.history.len());
        let text = state.history.len().checked_sub(*at).and_then(|at| state.history.get(at));
        *line = Line::new(text.cloned().unwrap_or_default());
    } else {
        list(state, if by > 0 { panes::Action::Up } else { panes::Action::Down });
    }
}

fn complete(state: &mut State) {
    if let Bar::Palette(line, _) = &mut state.bar
        && let [first, more @ ..] = complete::offers(line.text(), state.lang).as_slice()
    {
        let end = if more.is_empty() && !first.line.ends_with(['=', ':']) { " " } else { "" };
        *line = Line::new(format!("{}{end}", first.line));
    }
}

fn accept(state: &mut State, effects: &mut Effects) {
    match std::mem::take(&mut state.bar) {
        Bar::None | Bar::Narrow(..) => {}
        Bar::Filter(line, _) if line.text() == state.filter().as_str() => {}
        Bar::Filter(line, before) => {
            line.text().clone_into(state.filter());
            state.bar = Bar::Filter(line, before);
            asked_anew(state, effects, false);
        }
        Bar::Palette(line, _) => command(state, line.text().trim(), effects),
        Bar::Prompt { mut words, mut steps, line } => {
            let answer = line.text().trim();
            let Some(step) = steps.first() else { return };
            if answer.is_empty() && !step.optional {
                state.bar = Bar::Prompt { words, steps, line };
                return;
            }
            match (answer.is_empty(), step.prefix) {
                (true, _) => {}
                (false, "") => words.extend(answer.split_whitespace().map(str::to_owned)),
                (false, prefix) => words.push(format!("{prefix}{answer}")),
            }
            steps.remove(0);
            if steps.is_empty() {
                answered(state, words, effects);
            } else {
                state.bar = Bar::Prompt { words, steps, line: Line::default() };
            }
        }
    }
}

/// Runs a line of the palette: a row, an action of the screen, else an operation.
fn command(state: &mut State, text: &str, effects: &mut Effects) {
    let text = text.strip_prefix("crm ").unwrap_or(text);
    if text.is_empty() {
        return;
    }
    state.history.retain(|held| held != text);
    state.history.push(text.to_owned());
    if let Ok(row) = text.parse() {
        return list(state, panes::Action::Row(row));
    }
    if let Some(about) = text.strip_prefix("help ").map(spoken::split).transpose().unwrap_or_default() {
        return popup::topic(state, &about);
    }
    if let Some((action, word)) = action_named(text) {
        return act(state, action, word, effects);
    }
    match spoken::split(text) {
        Ok(words) => run(state, words, effects),
        Err(error) => failed(state, error),
    }
}

/// The action that a line names. What an operation is called too is the operation.
fn action_named(text: &str) -> Option<(&'static str, &str)> {
    if text == "q" {
        return Some(("quit", ""));
    }
    let is_operation = spoken::heads().iter().any(|head| text == *head || text.starts_with(&format!("{head} ")));
    let binding = crate::keymap::ACTIONS.iter().find_map(|action| {
        let rest = text.strip_prefix(action.words)?;
        let word = if action.takes.is_some() { rest.strip_prefix(' ').map(str::trim)? } else { rest };
        (action.takes.is_some() != word.is_empty()).then_some((action.words, word))
    });
    binding.filter(|_| !is_operation)
}

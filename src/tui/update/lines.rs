//! Lines that are being typed at the foot: searches, filters, commands, answers.

use crate::{
    error::Error,
    tui::{
        action::{Action, Effect},
        filter_completion,
        layer::Layer,
        line::{InputEdit, TextInput},
        palette::{EnterMeaning, Palette},
        panes,
        state::{Bar, State},
    },
};

use super::{
    Effects, apply,
    lists::{asked_anew, list, narrow},
    palette::{find, open_palette},
    placeholders, popup, run,
    table::ActionTable,
};

pub const ACTIONS: ActionTable = &[
    ("accept", |state, _, effects| accept(state, effects)),
    ("field next", |state, _, effects| complete(state, 1, effects)),
    ("field previous", |state, _, effects| complete(state, -1, effects)),
    ("cursor up", |state, _, effects| up_or_down(state, 1, effects)),
    ("cursor down", |state, _, effects| up_or_down(state, -1, effects)),
    ("page up", |state, _, _| list(state, panes::Action::PageUp)),
    ("page down", |state, _, _| list(state, panes::Action::PageDown)),
    ("cursor left", |state, _, effects| edit(state, &InputEdit::Left, effects)),
    ("cursor right", |state, _, effects| edit(state, &InputEdit::Right, effects)),
    ("line start", |state, _, effects| edit(state, &InputEdit::Home, effects)),
    ("line end", |state, _, effects| edit(state, &InputEdit::End, effects)),
    ("word left", |state, _, effects| edit(state, &InputEdit::WordLeft, effects)),
    ("word right", |state, _, effects| edit(state, &InputEdit::WordRight, effects)),
    ("delete left", |state, _, effects| edit(state, &InputEdit::Backspace, effects)),
    ("delete right", |state, _, effects| edit(state, &InputEdit::Delete, effects)),
    ("delete word", |state, _, effects| edit(state, &InputEdit::DeleteWord, effects)),
    ("delete line", |state, _, effects| edit(state, &InputEdit::DeleteToStart, effects)),
    ("delete rest", |state, _, effects| edit(state, &InputEdit::DeleteRest, effects)),
];

/// Closes the line; what it has changed is as it was before.
pub fn leave(state: &mut State, effects: &mut Effects) {
    match std::mem::take(&mut state.bar) {
        Bar::Narrow(_, before) => *state.narrow() = before,
        Bar::Filter(_, before) => *state.filter() = before,
        Bar::Palette(..) | Bar::None => return,
    }
    asked_anew(state, effects, true);
}

/// Rows came for the filter that was typed: it stands, and the line closes.
pub fn understood(state: &mut State) {
    let typed = match &state.bar {
        Bar::Filter(line, before) if line.text() != before => line.text().to_owned(),
        _ => return,
    };
    if typed == *state.filter() {
        state.bar = Bar::None;
    }
}

/// Types a text; where no line is open, the search opens with it.
pub fn type_in(state: &mut State, text: String, effects: &mut Effects) {
    if matches!(state.layer(), Layer::Pane(_)) {
        narrow(state);
    }
    edit(state, &InputEdit::Insert(text), effects);
}

fn edit(state: &mut State, edit: &InputEdit, effects: &mut Effects) {
    let Some(line) = state.bar.line_mut() else { return };
    let empty = line.text().is_empty();
    let changed = match &mut state.bar {
        Bar::Palette(palette) => palette.edit(edit),
        bar => bar.line_mut().is_some_and(|line| line.edit(edit)),
    };
    if empty && matches!(edit, InputEdit::Backspace) {
        return leave(state, effects);
    }
    if state.bar.palette().is_some() {
        // The caret says which word may become something else.
        return find(state, effects);
    }
    if changed && let Bar::Filter(line, _) = &state.bar {
        effects.extend(filter_completion::sought(state.schema, line.before()).map(Effect::Seek));
    }
    if changed && let Bar::Narrow(line, _) = &state.bar {
        let text = line.text().to_owned();
        *state.narrow() = text;
        asked_anew(state, effects, false);
    }
}

/// In the palette through the history, else through the rows.
fn up_or_down(state: &mut State, by: isize, effects: &mut Effects) {
    let history = std::mem::take(&mut state.history);
    let palette = match &mut state.bar {
        Bar::Palette(palette) => {
            if palette.chosen.is_some() {
                palette.cycle(-by);
            } else {
                palette.history(by, &history);
            }
            true
        }
        _ => false,
    };
    state.history = history;
    if !palette {
        list(state, if by > 0 { panes::Action::Up } else { panes::Action::Down });
    } else if state.bar.palette().is_some_and(|palette| palette.chosen.is_none()) {
        find(state, effects);
    }
}

fn complete(state: &mut State, by: isize, effects: &mut Effects) {
    if let Bar::Filter(line, _) = &mut state.bar {
        if let [first, more @ ..] =
            filter_completion::offers(state.schema, line.text(), state.lang, &state.people).as_slice()
        {
            let end = if more.is_empty() && !first.line.ends_with(':') { " " } else { "" };
            *line = TextInput::new(format!("{}{end}", first.line));
        }
        return;
    }
    if state.with_palette(|palette, _| palette.cycle(by)) == Some(true) {
        find(state, effects);
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
        Bar::Palette(palette) => command(state, *palette, effects),
    }
}

/// Runs a line of the palette: a row, an action of the screen, else an operation.
fn command(state: &mut State, palette: Palette, effects: &mut Effects) {
    let meant = palette.meant(state.schema);
    if let EnterMeaning::Complete(line) = meant {
        state.bar = Bar::Palette(Box::new(Palette::new(line, palette.from)));
        return find(state, effects);
    }
    let text = match &meant {
        EnterMeaning::Nothing | EnterMeaning::Complete(_) => return,
        EnterMeaning::Words(text) => text.clone(),
        EnterMeaning::Row(_) | EnterMeaning::Screen(..) => palette.line.text().trim().to_owned(),
    };
    if state.history.last() != Some(&text) {
        effects.push(Effect::Remember(text.clone()));
    }
    state.history.retain(|held| *held != text);
    state.history.push(text.clone());
    match meant {
        EnterMeaning::Row(row) => list(state, panes::Action::Row(row)),
        EnterMeaning::Screen(name, word) => apply(state, Action::Screen(name, word), effects),
        EnterMeaning::Words(_) => {
            let words = crate::command::quoting::split(&text);
            match words.as_deref() {
                Ok([help, about @ ..]) if help == "help" || help == "帮助" => popup::topic(state, about),
                Ok([demo]) if demo == "demo" || demo == "演示" => effects.push(Effect::Demo),
                Ok(_) => match placeholders::typed(state, words.unwrap_or_default()) {
                    Ok(words) => {
                        run(state, words, effects);
                        state.line_run = Some(text);
                    }
                    Err(error) => mistaken(state, text, error, effects),
                },
                Err(error) => mistaken(state, text, error.clone(), effects),
            }
        }
        EnterMeaning::Nothing | EnterMeaning::Complete(_) => {}
    }
}

/// Shows a line again with what was wrong with it.
pub fn mistaken(state: &mut State, text: String, error: Error, effects: &mut Effects) {
    open_palette(state, &text, effects);
    state.with_palette(|palette, _| palette.wrong = Some(error));
}

//! Lines that are being typed: narrowing, filters, commands, answers; and taking them back.

use crate::{
    ops::spoken,
    tui::{
        action::{Action, Effect},
        line::{Edit, Line},
        panes::{self, Pane},
        state::{Bar, State},
    },
};

use super::{apply, failed, list, messages, reread, run};

pub(super) fn back(state: &mut State, effects: &mut Vec<Effect>) {
    match std::mem::take(&mut state.bar) {
        Bar::Narrow(_, before) => {
            *state.narrow() = before;
            return asked_anew(state, effects, true);
        }
        Bar::Filter(_, before) => {
            *state.filter() = before;
            return asked_anew(state, effects, true);
        }
        Bar::Palette(..) | Bar::Prompt { .. } => return,
        Bar::None => {}
    }
    if state.popup.take().is_some() || state.open.pop().is_some() {
        return;
    }
    if state.pane != Pane::Customers {
        if state.marked() > 0 {
            list(state, panes::Action::Unmark);
        } else if !state.narrow().is_empty() || !state.filter().is_empty() {
            state.narrow().clear();
            state.filter().clear();
            effects.extend(reread(state));
        }
        return;
    }
    let customers = &mut state.customers;
    if customers.anchor.take().is_some() {
    } else if !customers.marks.is_empty() {
        customers.marks.clear();
    } else if !customers.question.narrow.is_empty() || !customers.question.filter.is_empty() {
        customers.question.narrow.clear();
        customers.question.filter.clear();
        asked_anew(state, effects, true);
    }
}

pub(super) fn interrupt(state: &mut State, effects: &mut Vec<Effect>) {
    if state.question.take().is_none() && !matches!(state.bar, Bar::None) {
        back(state, effects);
    }
    state.toast = Some(state.lang.pick("^c again quits", "再按 ^c 退出").to_owned());
}

pub(super) fn asked_anew(state: &mut State, effects: &mut Vec<Effect>, keep: bool) {
    if state.pane != Pane::Customers {
        return effects.extend(reread(state));
    }
    if !keep {
        (state.customers.cursor, state.customers.offset) = (0, 0);
    }
    effects.push(Effect::Customers(state.customers.again(state.list_height(), keep)));
}

pub(super) fn type_in(state: &mut State, edit: &Edit, effects: &mut Vec<Effect>) {
    if matches!(state.bar, Bar::None) {
        let before = state.narrow().clone();
        state.bar = Bar::Narrow(Line::new(before.clone()), before);
    }
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

pub(super) fn accept(state: &mut State, effects: &mut Vec<Effect>) {
    match std::mem::take(&mut state.bar) {
        Bar::None | Bar::Narrow(..) => {}
        Bar::Filter(line, before) => {
            line.text().clone_into(state.filter());
            state.bar = Bar::Filter(line, before);
            asked_anew(state, effects, false);
        }
        Bar::Palette(line, _) => command(state, line.text().trim(), effects),
        Bar::Prompt { mut words, mut steps, line } => {
            let answer = line.text().trim();
            let step = steps.remove(0);
            if answer.is_empty() && !step.optional {
                return;
            }
            match (answer.is_empty(), step.prefix) {
                (true, _) => {}
                (false, "") => words.extend(answer.split_whitespace().map(str::to_owned)),
                (false, prefix) => words.push(format!("{prefix}{answer}")),
            }
            if steps.is_empty() {
                run(state, words, effects);
            } else {
                state.bar = Bar::Prompt { words, steps, line: Line::default() };
            }
        }
    }
}

fn command(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    let text = text.strip_prefix("crm ").unwrap_or(text);
    if text.is_empty() {
        return;
    }
    state.history.retain(|held| held != text);
    state.history.push(text.to_owned());
    if let Ok(row) = text.parse() {
        return list(state, panes::Action::Row(row));
    }
    match text {
        "q" | "quit" => return effects.push(Effect::Quit),
        "messages" => return messages(state),
        "help" => return apply(state, Action::Help, effects),
        _ => {}
    }
    match spoken::split(text) {
        Ok(words) => run(state, words, effects),
        Err(error) => failed(state, error),
    }
}

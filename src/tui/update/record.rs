//! A record that was opened: moving in it, following its links, its neighbours in the list.

use crate::tui::{
    action::Effect,
    panes::Action as List,
    picker::{Choice, Picker, PickerPurpose},
    record::EventFilter,
    state::{OpenRecord, State},
};

use super::{
    Effects,
    lists::{list, narrow},
    opening::open,
    table::ActionTable,
};

pub const ACTIONS: ActionTable = &[
    ("cursor down", |state, _, _| step(state, 1)),
    ("cursor up", |state, _, _| step(state, -1)),
    ("cursor left", |_, _, _| {}),
    ("cursor right", |_, _, _| {}),
    ("cursor top", |state, _, _| step(state, isize::MIN / 2)),
    ("cursor bottom", |state, _, _| step(state, isize::MAX / 2)),
    ("half down", |state, _, _| step(state, half(state))),
    ("half up", |state, _, _| step(state, -half(state))),
    ("page down", |state, _, _| step(state, half(state) * 2)),
    ("page up", |state, _, _| step(state, -half(state) * 2)),
    ("open", |state, _, effects| {
        if let Some(id) = state.open.last().and_then(OpenRecord::link) {
            open(state, id, effects);
        }
    }),
    ("section next", |state, _, _| section(state, true)),
    ("section previous", |state, _, _| section(state, false)),
    ("timeline", |state, word, _| timeline(state, word)),
    ("narrow", |state, _, _| narrow(state)),
    ("record next", |state, _, effects| neighbour(state, List::Down, effects)),
    ("record previous", |state, _, effects| neighbour(state, List::Up, effects)),
];

/// Takes back what limits the lines of the record; whether there was anything.
pub fn loosen(state: &mut State) -> bool {
    let size = state.reading_size();
    let Some(reading) = state.open.last_mut() else { return false };
    let found = !std::mem::take(&mut reading.find).is_empty();
    let limited = !found && reading.only.take().is_some();
    reading.settle(size);
    found || limited
}

/// Limits the timeline to one sort of thing; without one, asks for it.
fn timeline(state: &mut State, word: &str) {
    const ALL: &str = "all";
    let (lang, size) = (state.lang, state.reading_size());
    let Some(reading) = state.open.last_mut() else { return };
    if word.is_empty() {
        let all = Choice::new(ALL, lang.pick("Everything", "全部"));
        let sorts = EventFilter::ALL.into_iter().map(|what| Choice::new(what.code(), what.label(lang)));
        let picker =
            Picker::new(lang.pick("The timeline shows", "时间线显示"), [all].into_iter().chain(sorts).collect())
                .at(reading.only.map_or(ALL, EventFilter::code));
        state.picker = Some((picker, PickerPurpose::Screen("timeline")));
        return;
    }
    reading.only = EventFilter::ALL.into_iter().find(|what| what.code() == word);
    reading.restart(size);
}

fn section(state: &mut State, forward: bool) {
    let size = state.reading_size();
    if let Some(reading) = state.open.last_mut() {
        reading.section(forward, size);
    }
}

fn half(state: &State) -> isize {
    isize::try_from(state.reading_size().1 / 2).unwrap_or(1).max(1)
}

fn step(state: &mut State, by: isize) {
    let size = state.reading_size();
    if let Some(reading) = state.open.last_mut() {
        reading.step(by, size);
    }
}

/// The next record of the list below, in place of the one that was opened from it.
fn neighbour(state: &mut State, way: List, effects: &mut Effects) {
    if let [_] = state.open.as_slice() {
        list(state, way);
        let open = std::mem::take(&mut state.open);
        match state.here() {
            Some(id) => {
                state.open = vec![OpenRecord::new(id)];
                effects.push(Effect::Tell(id));
            }
            None => state.open = open,
        }
    }
}

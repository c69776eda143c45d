//! A record that was opened: moving in it, following its links, its neighbours in the list.

use crate::{
    domain::RecordId,
    tui::{
        action::Effect,
        panes::Action as List,
        state::{Reading, State},
    },
};

use super::{Effects, dispatch::Table, lists::list, places::depart};

pub(super) const ACTIONS: Table = &[
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
        if let Some(id) = state.open.last().and_then(Reading::link) {
            open(state, id, effects);
        }
    }),
    ("record next", |state, _, effects| neighbour(state, List::Down, effects)),
    ("record previous", |state, _, effects| neighbour(state, List::Up, effects)),
];

/// Opens a record over what is there.
pub(super) fn open(state: &mut State, id: RecordId, effects: &mut Effects) {
    depart(state);
    let mut reading = Reading::new(id);
    reading.told = state.panel.as_ref().filter(|told| told.id == Some(id)).cloned();
    state.open.push(reading);
    effects.push(Effect::Tell(id));
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
                state.open = vec![Reading::new(id)];
                effects.push(Effect::Tell(id));
            }
            None => state.open = open,
        }
    }
}

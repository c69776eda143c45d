//! A record opened over what is there, and the way back that is remembered.

use crate::{
    domain::RecordId,
    tui::{
        action::Effect,
        jumps::Place,
        state::{Reading, State},
    },
};

use super::Effects;

/// Opens a record over what is there.
pub(super) fn open(state: &mut State, id: RecordId, effects: &mut Effects) {
    depart(state);
    let mut reading = Reading::new(id);
    reading.told = state.panel.as_ref().filter(|told| told.id == Some(id)).cloned();
    state.open.push(reading);
    effects.push(Effect::Tell(id));
}

/// Where we are.
pub(super) fn place(state: &State) -> Place {
    let open = state.open.iter().map(|reading| (reading.id, reading.cursor, reading.scroll)).collect();
    Place { pane: state.pane, open }
}

/// Remembers where we are, because we go elsewhere.
pub(super) fn depart(state: &mut State) {
    let place = place(state);
    state.jumps.leave(place);
}

//! A record opened over what is there, and the way back that is remembered.

use crate::{
    domain::RecordId,
    tui::{
        action::Effect,
        jump_list::JumpEntry,
        state::{OpenRecord, State},
    },
};

use super::Effects;

/// Opens a record over what is there.
pub fn open(state: &mut State, id: RecordId, effects: &mut Effects) {
    depart(state);
    let mut reading = OpenRecord::new(id);
    reading.told = state.panel.as_ref().filter(|told| told.id == Some(id)).cloned();
    state.open.push(reading);
    effects.push(Effect::Tell(id));
}

/// Where we are.
pub fn place(state: &State) -> JumpEntry {
    let open = state.open.iter().map(|reading| (reading.id, reading.cursor, reading.scroll)).collect();
    JumpEntry { pane: state.pane, open }
}

/// Remembers where we are, because we go elsewhere.
pub fn depart(state: &mut State) {
    let place = place(state);
    state.jumps.leave(place);
}

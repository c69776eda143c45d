//! Moving in lists and what every pane can do with its rows.

use crate::tui::{
    action::Effect,
    line::TextInput,
    panes::{self, Action as List, Pane},
    state::{Bar, State},
};

use super::{Effects, opening::open, table::ActionTable};

pub const ACTIONS: ActionTable = &[
    ("cursor down", |state, _, _| list(state, List::Down)),
    ("cursor up", |state, _, _| list(state, List::Up)),
    ("cursor left", |state, _, _| list(state, List::Left)),
    ("cursor right", |state, _, _| list(state, List::Right)),
    ("cursor top", |state, _, _| list(state, List::Top)),
    ("cursor bottom", |state, _, _| list(state, List::Bottom)),
    ("half down", |state, _, _| list(state, List::HalfDown)),
    ("half up", |state, _, _| list(state, List::HalfUp)),
    ("page down", |state, _, _| list(state, List::PageDown)),
    ("page up", |state, _, _| list(state, List::PageUp)),
    ("attention next", |state, _, _| list(state, List::NextUrgent)),
    ("attention previous", |state, _, _| list(state, List::PreviousUrgent)),
    ("mark", |state, _, _| list(state, List::Mark)),
    ("mark range", |state, _, _| list(state, List::Range)),
    ("mark invert", |state, _, _| list(state, List::Invert)),
    ("mark none", |state, _, _| list(state, List::Unmark)),
    ("open", |state, _, effects| {
        if let Some(id) = state.here() {
            open(state, id, effects);
        }
    }),
    ("narrow", |state, _, _| narrow(state)),
    ("filter", |state, _, _| filter(state)),
    ("owner next", |state, _, effects| {
        let pane = state.pane;
        let whose = state.scope();
        *whose = whose.next(pane);
        asked_anew(state, effects, true);
    }),
    ("record next", |state, _, _| list(state, List::Down)),
    ("record previous", |state, _, _| list(state, List::Up)),
];

/// Moves in the pane.
pub fn list(state: &mut State, action: panes::Action) {
    let height = state.pane_height();
    match state.pane {
        Pane::Customers => {
            let height = state.list_height();
            state.customers.update(action, height)
        }
        Pane::Board => state.board.update(action, height),
        Pane::Agenda => state.agenda.update(action, (state.size.0, height), state.tz),
        Pane::Queue => state.queue.update(action, height),
    };
}

/// Takes the marks of a pane away.
pub fn unmark(state: &mut State, pane: Pane) {
    let here = std::mem::replace(&mut state.pane, pane);
    list(state, List::Unmark);
    state.pane = here;
}

/// Reads the pane that is open, unless it is customers, which has its own ways.
pub fn reread(state: &State) -> Option<Effect> {
    state.wish(true).map(Effect::Pane)
}

/// Reads the rows of the pane for another question; the cursor stays on its record, or goes to the top.
pub fn asked_anew(state: &mut State, effects: &mut Effects, keep: bool) {
    let size = state.reading_size();
    if let Some(reading) = state.open.last_mut() {
        // Its lines are all there.
        return reading.restart(size);
    }
    if state.pane != Pane::Customers {
        return effects.extend(reread(state));
    }
    if !keep {
        (state.customers.cursor, state.customers.offset) = (0, 0);
    }
    let height = state.list_height();
    effects.push(Effect::Customers(state.customers.again(height, keep)));
}

/// Opens the line of the text that the rows are to hold.
pub fn narrow(state: &mut State) {
    let before = state.narrow().clone();
    state.bar = Bar::Narrow(TextInput::new(before.clone()), before);
}

fn filter(state: &mut State) {
    let before = state.filter().clone();
    state.bar = Bar::Filter(TextInput::new(before.clone()), before);
}

//! Moving: in a list, in a record, from pane to pane.

use crate::tui::{
    action::Effect,
    panes::{self, Pane},
    state::State,
};

pub(super) fn list(state: &mut State, action: panes::Action) {
    use panes::Action as List;
    if let Some(popup) = &mut state.popup {
        let height = usize::from(state.size.1.saturating_sub(6)).max(1);
        let last = popup.lines.len().saturating_sub(1);
        popup.cursor = match action {
            List::Down => popup.cursor + 1,
            List::Up => popup.cursor.saturating_sub(1),
            List::PageDown | List::HalfDown => popup.cursor + height / 2,
            List::PageUp | List::HalfUp => popup.cursor.saturating_sub(height / 2),
            List::Top => 0,
            List::Bottom => last,
            _ => popup.cursor,
        }
        .min(last);
        popup.scroll = popup.scroll.clamp((popup.cursor + 1).saturating_sub(height), popup.cursor);
        return;
    }
    let size = state.reading_size();
    if let Some(reading) = state.open.last_mut() {
        let half = isize::try_from(size.1 / 2).unwrap_or(1);
        match action {
            List::Down => reading.step(1, size),
            List::Up => reading.step(-1, size),
            List::PageDown | List::HalfDown => reading.step(half, size),
            List::PageUp | List::HalfUp => reading.step(-half, size),
            List::Top => reading.step(isize::MIN / 2, size),
            List::Bottom => reading.step(isize::MAX / 2, size),
            _ => {}
        }
        return;
    }
    if state.pane == Pane::Customers {
        let height = state.list_height();
        state.customers.update(action, height);
        return;
    }
    let height = state.pane_height();
    match state.pane {
        Pane::Customers => false,
        Pane::Pipeline => state.pipeline.update(action, height),
        Pane::Agenda => state.agenda.update(action, height, state.tz),
        Pane::Tickets => state.tickets.update(action, height),
    };
}

/// Reads the pane that is open, unless it is customers, which has its own ways.
pub(super) fn reread(state: &State) -> Option<Effect> {
    state.wish(true).map(Effect::Pane)
}

pub(super) fn go(state: &mut State, pane: Pane, effects: &mut Vec<Effect>) {
    state.pane = pane;
    state.open.clear();
    state.popup = None;
    effects.extend(reread(state));
}

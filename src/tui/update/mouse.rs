//! The mouse, where it is ours: a click goes to a pane or a row, the wheel moves.

use crate::{
    text::width,
    tui::{
        hints::tab,
        layer::Layer,
        panes::{self, Pane, customers::Line},
        state::State,
    },
};

use super::{Effects, dispatch::act, lists::list, places::go};

/// A row of the customers stands so many lines below the top.
const ABOVE: u16 = 3;

/// Goes to the pane whose name was clicked, or to the row.
pub(super) fn click(state: &mut State, (x, y): (u16, u16), effects: &mut Effects) {
    if !matches!(state.layer(), Layer::Pane(_) | Layer::Record | Layer::Welcome) {
        return;
    }
    if y == 0 {
        let mut edge = 1;
        for pane in Pane::ALL {
            edge += width(&tab(state, pane));
            if usize::from(x) < edge {
                return go(state, pane, effects);
            }
            let count = state.count_of(pane);
            edge += if count > 0 { width(&format!("{count}!")) } else { 0 } + 1;
        }
    } else if state.layer() == Layer::Pane(Pane::Customers)
        && let Some(row) = y.checked_sub(ABOVE)
    {
        let line = state.customers.offset + usize::from(row);
        if line < state.customers.lines()
            && let Line::Row(at) = state.customers.at_line(line)
        {
            list(state, panes::Action::Row(at + 1));
        }
    }
}

/// Moves by so many lines in whatever has the keys.
pub(super) fn wheel(state: &mut State, by: isize, effects: &mut Effects) {
    let name = if by > 0 { "cursor down" } else { "cursor up" };
    if matches!(state.layer(), Layer::Pane(_) | Layer::Record | Layer::Popup) {
        (0..by.unsigned_abs()).for_each(|_| act(state, name, "", effects));
    }
}

//! The mouse, where it is ours: a click goes to a pane or a row, the wheel moves.

use crate::{
    text::width,
    tui::{
        hints::tab,
        layer::Layer,
        panes::{self, Pane},
        state::State,
    },
};

use super::{
    Effects,
    dispatch::{act, is_done},
    lists::list,
    places::go,
};

/// The title of a pane stands so many lines below the top, and so many the first row of customers.
const TITLE: u16 = 1;
const ROWS: u16 = 3;

/// Goes to the pane whose name was clicked, or to the row.
pub fn click(state: &mut State, (x, y): (u16, u16), effects: &mut Effects) {
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
    } else if matches!(state.layer(), Layer::Pane(_)) {
        row(state, (x, y));
    }
}

/// Goes to the row at a place, or to the first one under a heading.
fn row(state: &mut State, (x, y): (u16, u16)) {
    let height = state.pane_height();
    let Some(line) = y.checked_sub(TITLE).filter(|line| *line < height) else { return };
    let hit = match state.pane {
        Pane::Customers => y.checked_sub(ROWS).and_then(|row| state.customers.hit(row.into())),
        Pane::Board => {
            state.board.click((x, line), (state.size.0, height));
            None
        }
        Pane::Agenda => state.agenda.hit((x, line), (state.size.0, height), state.plain),
        Pane::Queue => state.queue.hit(line, height),
    };
    if let Some(at) = hit {
        list(state, panes::Action::Row(at + 1));
    }
}

/// Moves by so many lines in whatever has the keys; in a form, by so many fields.
pub fn wheel(state: &mut State, by: isize, effects: &mut Effects) {
    let (down, up) = match state.layer() {
        Layer::Form => ("field next", "field previous"),
        _ => ("cursor down", "cursor up"),
    };
    let name = if by > 0 { down } else { up };
    if is_done(state.layer(), name) {
        (0..by.unsigned_abs()).for_each(|_| act(state, name, "", effects));
    }
}

//! A box over everything else, with a title above and what its keys do below.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::text::{Align, tail, width};

use super::{
    draw_context::{DrawContext, Role},
    paint,
};

/// Empties a box, draws its edge with the title and the keys in it, and gives the room inside.
pub fn framed(title: &str, keys: &str, look: &DrawContext<'_>, area: Rect, buf: &mut Buffer) -> Rect {
    let area = area.intersection(buf.area);
    if area.width < 4 || area.height < 3 {
        return Rect { width: 0, height: 0, ..area };
    }
    empty(buf, area);
    let [along, down, corners @ ..] = ["─", "│", "┌", "┐", "└", "┘"];
    let rule = look.of(Role::Rule);
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    let edge = along.repeat(usize::from(area.width) - 2);
    for (y, left_corner, right_corner) in [(area.y, corners[0], corners[1]), (bottom, corners[2], corners[3])] {
        buf.set_string(area.x, y, format!("{left_corner}{edge}{right_corner}"), rule);
    }
    for y in area.y + 1..bottom {
        buf.set_string(area.x, y, down, rule);
        buf.set_string(right, y, down, rule);
    }
    let said = |buf: &mut Buffer, y: u16, text: &str, role: Role| {
        if !text.is_empty() {
            paint::run(buf, (area.x + 2, y), right, &format!(" {text} "), look.of(role));
        }
    };
    said(buf, area.y, title, Role::Heading);
    said(buf, bottom, keys, Role::Dim);
    Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

/// A box of that size in the middle of an area, as far as it fits.
pub fn centred(area: Rect, (cols, lines): (u16, u16)) -> Rect {
    let (cols, lines) = (cols.min(area.width), lines.min(area.height));
    Rect { x: area.x + (area.width - cols) / 2, y: area.y + (area.height - lines) / 2, width: cols, height: lines }
}

/// Empties a part of the screen. A wide character that reached into it goes whole, or the line would be crooked.
fn empty(buf: &mut Buffer, area: Rect) {
    paint::clear(buf, area);
    let Some(left) = area.x.checked_sub(1) else { return };
    for y in area.rows().map(|row| row.y) {
        if width(buf[(left, y)].symbol()) > 1 {
            buf[(left, y)].set_symbol(" ");
        }
    }
}

/// A long text of one line, of which the part before the caret is seen; gives the column of the caret.
pub fn typed((before, behind): (&str, &str), cells: Rect, look: &DrawContext<'_>, buf: &mut Buffer) -> u16 {
    let room = usize::from(cells.width.saturating_sub(1));
    let seen = tail(before, room);
    // What is pasted may be very long; more than there are columns is not looked at.
    let behind: String = behind.chars().take(usize::from(cells.width)).collect();
    let text = format!("{seen}{behind}");
    paint::cell(buf, (cells.x, cells.y), cells.width, &text, Align::Left, look.of(Role::Text));
    cells.x + width(seen) as u16
}

//! Text into cells: scrubbed, cut and filled to its columns.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::text::{Align, fit, pad, scrub, width};

/// Writes text at a place, in exactly `cols` columns.
pub fn cell(buf: &mut Buffer, (x, y): (u16, u16), cols: u16, text: &str, align: Align, style: Style) {
    let cols = cols.min(buf.area.right().saturating_sub(x));
    if y >= buf.area.bottom() || cols == 0 {
        return;
    }
    buf.set_stringn(x, y, pad(&scrub(text), cols.into(), align), cols.into(), style);
}

/// Writes text as far as there is room, and gives the column after it.
pub fn run(buf: &mut Buffer, (x, y): (u16, u16), end: u16, text: &str, style: Style) -> u16 {
    let end = end.min(buf.area.right());
    if y >= buf.area.bottom() || x >= end {
        return x;
    }
    let text = scrub(text);
    let shown = fit(&text, (end - x).into());
    buf.set_stringn(x, y, &shown, (end - x).into(), style);
    x + width(&shown) as u16
}

/// Writes text so that it ends at the right edge of a line, and gives the column where it begins.
pub fn right(buf: &mut Buffer, line: Rect, text: &str, style: Style) -> u16 {
    let wide = (width(&scrub(text)) as u16).min(line.width);
    let x = line.right() - wide;
    run(buf, (x, line.y), line.right(), text, style);
    x
}

/// Empties a part of the screen.
pub fn clear(buf: &mut Buffer, area: Rect) {
    for y in area.intersection(buf.area).rows().map(|row| row.y) {
        buf.set_stringn(area.x, y, " ".repeat(area.width.into()), area.width.into(), Style::reset());
    }
}

//! The picture of a record.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    text::{Align, pad, width},
    tui::{
        draw_context::{DrawContext, Role},
        paint,
    },
};

use super::{LineKind, OpenRecord, RecordLine, RecordView, measure::Measure};

/// Draws a record, of one that was opened the part where a person is, and gives the place of the cursor.
pub fn draw(
    told: &RecordView,
    reading: Option<&OpenRecord>,
    look: &DrawContext<'_>,
    area: Rect,
    buf: &mut Buffer,
) -> Position {
    let mut cursor = Position::new(area.x, area.y);
    if area.height < 3 || area.width < 12 {
        return cursor;
    }
    let badge = width(&told.badge) as u16;
    let room = if badge > 0 && badge + 12 < area.width { area.width - badge - 1 } else { area.width };
    paint::cell(buf, (area.x, area.y), room, &told.title, Align::Left, look.of(Role::Heading));
    if room < area.width {
        let badged = Rect { height: 1, ..area };
        paint::right(buf, badged, &told.badge, look.of(Role::Text));
    }
    paint::cell(buf, (area.x, area.y + 1), area.width, &told.about, Align::Left, look.of(Role::Dim));
    let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let measure = Measure::new(told, area.width);
    let shown = match reading {
        Some(reading) => reading.shown(),
        None => (0..told.lines.len()).collect(),
    };
    let mut y = body.y;
    for at in shown.into_iter().skip_while(|at| reading.is_some_and(|reading| *at < reading.scroll)) {
        if y >= body.bottom() {
            break;
        }
        let (line, here) = (&told.lines[at], reading.is_some_and(|reading| reading.cursor == at));
        if here {
            cursor = Position::new(body.x, y);
        }
        for (n, text) in measure.texts(line).iter().enumerate() {
            let row = Rect { y: y + n as u16, height: 1, ..body };
            if row.y >= body.bottom() {
                break;
            }
            draw_line((line, n == 0, text), &measure, look, row, buf);
            if here {
                buf.set_style(row, look.cursor());
            }
        }
        y = y.saturating_add(measure.height(line) as u16);
    }
    if told.older && reading.is_none_or(|reading| reading.find.is_empty()) && y < body.bottom() {
        let said = look.lang.pick("older …", "更早…");
        paint::run(buf, (body.x, y), body.right(), said, look.of(Role::Dim));
    }
    cursor
}

fn draw_line(
    (line, first, text): (&RecordLine, bool, &str),
    measure: &Measure,
    look: &DrawContext<'_>,
    row: Rect,
    buf: &mut Buffer,
) {
    let (left, right) = match line.sort {
        LineKind::Heading => (Role::Heading, Role::Text),
        LineKind::Next => (Role::Soon, Role::Soon),
        LineKind::Late => (Role::Dim, Role::Late),
        LineKind::Aside => (Role::Mark, Role::Dim),
        LineKind::Columns => (Role::Dim, Role::Dim),
        _ => (Role::Dim, Role::Text),
    };
    if line.sort == LineKind::Heading {
        let x = paint::run(buf, (row.x, row.y), row.right(), &line.label, look.of(left));
        paint::run(buf, (x + 2, row.y), row.right(), text, look.of(right));
        return;
    }
    let (indent, label) = measure.label(line);
    let shown = if first { pad(&line.label, label, Align::Left) } else { " ".repeat(label) };
    let x = row.x + indent as u16;
    let end = paint::run(buf, (x, row.y), row.right(), &shown, look.of(left));
    let gap = if end > x { 2 } else { 0 };
    paint::run(buf, (end + gap, row.y), row.right(), text, look.of(right));
}

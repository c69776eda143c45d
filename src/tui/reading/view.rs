//! The picture of a record.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{
    text::{Align, pad, width, wrap},
    tui::{
        look::{Look, Role},
        paint,
    },
};

use super::{Line, Reading, Sort, Told};

/// How wide labels are, and what is left for the texts behind them.
pub(super) struct Measure {
    fields: usize,
    links: usize,
    events: usize,
    cols: usize,
}

impl Measure {
    /// The widths of a record in so many columns.
    pub(super) fn new(told: &Told, cols: u16) -> Self {
        let cols = usize::from(cols);
        let labels = |sorts: &[Sort]| {
            let lines = told.lines.iter().filter(|line| sorts.contains(&line.sort));
            lines.map(|line| width(&line.label)).max().unwrap_or_default().min(cols / 2)
        };
        Self {
            fields: labels(&[Sort::Field, Sort::Late, Sort::Next]),
            links: labels(&[Sort::Link]),
            events: labels(&[Sort::Event, Sort::Aside]),
            cols,
        }
    }

    /// Where a line begins, and how wide its label is.
    const fn label(&self, line: &Line) -> (usize, usize) {
        match line.sort {
            Sort::Gap => (0, 0),
            Sort::Heading => (0, self.cols),
            Sort::Field | Sort::Late | Sort::Next => (0, self.fields),
            Sort::Link => (2, self.links),
            Sort::Event | Sort::Aside => (0, self.events),
        }
    }

    fn texts(&self, line: &Line) -> Vec<String> {
        let (indent, label) = self.label(line);
        match line.sort {
            Sort::Gap | Sort::Heading => vec![line.text.clone()],
            _ => wrap(&line.text, self.cols.saturating_sub(indent + label + 2).max(8)),
        }
    }

    /// So many lines of the screen.
    pub(super) fn height(&self, line: &Line) -> usize {
        self.texts(line).len().max(1)
    }
}

/// Draws a record, of one that was opened the part where a person is, and gives the place of the cursor.
pub fn draw(told: &Told, reading: Option<&Reading>, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Position {
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
    (line, first, text): (&Line, bool, &str),
    measure: &Measure,
    look: &Look<'_>,
    row: Rect,
    buf: &mut Buffer,
) {
    let (left, right) = match line.sort {
        Sort::Heading => (Role::Heading, Role::Text),
        Sort::Next => (Role::Soon, Role::Soon),
        Sort::Late => (Role::Dim, Role::Late),
        Sort::Aside => (Role::Mark, Role::Dim),
        _ => (Role::Dim, Role::Text),
    };
    if line.sort == Sort::Heading {
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

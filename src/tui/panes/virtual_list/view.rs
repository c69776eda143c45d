//! A long list drawn: a title, the names of the columns, rows under headings.

use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    text::{Align, scrub, width},
    tui::{
        draw_context::{DrawContext, Role},
        panes::{
            columns::{ColumnWidth, SeenWidth, widths},
            line_writer::LineWriter,
        },
    },
};

use super::{ListLine, ListRow, VirtualList};

/// Cursor, mark, and the sign of what wants attention.
const SIGNS: usize = 4;

/// A text of a row, and how it looks.
pub type StyledText<'t> = (Cow<'t, str>, Style);

/// What a list has of its own.
pub struct ListStyle<'a, R> {
    /// What it is, at the left of the title, and how much, at the right.
    pub title: (String, String),
    /// How wide its columns may be.
    pub asks: &'a [ColumnWidth],
    /// What they are called; nothing where that goes without saying.
    pub names: &'a [&'static str],
    /// The heading of a part.
    pub heading: &'a dyn Fn(u8) -> (&'static str, Role),
    /// The sign of a row that wants attention, and how rows look that are not marked.
    pub sign: &'a dyn Fn(&R) -> (&'static str, Role),
    /// The texts of a row, column by column, in the plain style or one of their own.
    pub texts: &'a dyn Fn(&'a R, Style) -> Vec<StyledText<'a>>,
    /// What is said where there are no rows.
    pub empty: String,
}

/// The lines above the rows: the title, an empty one, and the names of columns.
const fn above(named: bool) -> u16 {
    if named { 3 } else { 2 }
}

/// How many lines of rows and headings a list of this height shows.
pub fn lines_in(height: u16, named: bool) -> usize {
    usize::from(height.saturating_sub(above(named)))
}

/// Draws a list.
pub fn draw<'a, R: ListRow>(
    list: &'a VirtualList<R>,
    sheet: &ListStyle<'a, R>,
    look: &DrawContext<'_>,
    area: Rect,
    buf: &mut Buffer,
) {
    let (left, right) = &sheet.title;
    let (left, right) = ((left.as_str(), look.of(Role::Heading)), (&*format!("{right} "), look.of(Role::Dim)));
    LineWriter::new(buf, area, 0).skip(1).ends(left, right);
    if !list.loaded {
        let words = look.lang.pick("reading …", "读取中…");
        LineWriter::new(buf, area, 2).skip(SIGNS).say(words, look.of(Role::Dim));
        return;
    }
    if list.read.order.is_empty() {
        LineWriter::new(buf, area, 2).skip(SIGNS).say(&sheet.empty, look.of(Role::Dim));
        return;
    }
    let widths = widths(usize::from(area.width).saturating_sub(SIGNS), sheet.asks, &seen(list, sheet, area, look));
    if !sheet.names.is_empty() {
        let mut pen = LineWriter::new(buf, area, 2);
        pen.skip(SIGNS);
        for (name, width) in sheet.names.iter().zip(&widths).filter(|(_, width)| **width > 0) {
            pen.put(name, *width, Align::Left, look.of(Role::Dim)).skip(1);
        }
    }
    let above = above(!sheet.names.is_empty());
    let (lines, span) = (list.lines(), list.selection.span(&list.lines()));
    let first = list.selection.first(&lines, usize::from(area.height.saturating_sub(above)));
    for (y, line) in (above..area.height).zip(lines.from(first)) {
        match line {
            ListLine::Heading(part) => {
                let (words, role) = (sheet.heading)(part);
                LineWriter::new(buf, area, y).skip(1).say(words, look.of(role));
            }
            ListLine::Row(at) => {
                let id = super::SelectableRows::id(&lines, at);
                let marked = id.is_some_and(|id| list.selection.marks.contains(&id))
                    || span.as_ref().is_some_and(|span| span.contains(&at));
                let here = at == list.selection.at;
                row(list.row_at(at), (here, marked), (sheet, &widths), look, LineWriter::new(buf, area, y));
                if here {
                    buf.set_style(Rect { y: area.y + y, height: 1, ..area }, look.cursor());
                }
            }
        }
    }
}

/// What stands in the columns of the rows that are seen.
fn seen<'a, R: ListRow>(
    list: &'a VirtualList<R>,
    sheet: &ListStyle<'a, R>,
    area: Rect,
    look: &DrawContext<'_>,
) -> Vec<SeenWidth> {
    let name = |at: usize| sheet.names.get(at).map_or(0, |name| width(name));
    let mut seen: Vec<SeenWidth> = (0..sheet.asks.len()).map(|at| SeenWidth { name: name(at), text: 0 }).collect();
    let height = lines_in(area.height, !sheet.names.is_empty());
    let lines = list.lines();
    let first = list.selection.first(&lines, height);
    for line in lines.from(first).take(height) {
        let ListLine::Row(at) = line else { continue };
        let Some(row) = list.row_at(at) else { continue };
        for (seen, (text, _)) in seen.iter_mut().zip((sheet.texts)(row, look.of(Role::Text))) {
            seen.text = seen.text.max(width(&scrub(&text)));
        }
    }
    seen
}

fn row<'a, R>(
    row: Option<&'a R>,
    (here, marked): (bool, bool),
    (sheet, widths): (&ListStyle<'a, R>, &[usize]),
    look: &DrawContext<'_>,
    mut pen: LineWriter<'_>,
) {
    let (sign, role) = row.map_or(("", Role::Text), sheet.sign);
    let plain = look.of(if marked { Role::Mark } else { role });
    pen.sign(if here { ">" } else { "" }, 1, plain);
    pen.sign(if marked { "+" } else { "" }, 1, look.of(Role::Mark)).sign(sign, 2, look.of(Role::Late));
    // A row that is still being read is seen in the next moment.
    let Some(row) = row else { return };
    for ((text, style), width) in (sheet.texts)(row, plain).iter().zip(widths).filter(|(_, width)| **width > 0) {
        pen.put(text, *width, Align::Left, *style).skip(1);
    }
}

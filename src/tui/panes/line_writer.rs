//! Text put on one line of the screen, cell by cell, so that columns stay straight whatever stands in them.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::text::{Align, fit, pad, scrub, width};

/// A place on a line, from which the next text goes on.
pub(super) struct LineWriter<'b> {
    buf: &'b mut Buffer,
    x: u16,
    y: u16,
    right: u16,
}

impl<'b> LineWriter<'b> {
    /// The beginning of a line of an area, counted from its top; nothing is drawn below it.
    pub(super) fn new(buf: &'b mut Buffer, area: Rect, line: u16) -> Self {
        let right = if line < area.height { area.right() } else { area.left() };
        Self { buf, x: area.x, y: area.y.saturating_add(line), right }
    }

    /// How many cells are left.
    pub(super) const fn room(&self) -> usize {
        self.right.saturating_sub(self.x) as usize
    }

    /// Leaves cells as they are.
    pub(super) fn skip(&mut self, cols: usize) -> &mut Self {
        self.x = self.x.saturating_add(cells(cols)).min(self.right);
        self
    }

    /// Exactly so many cells.
    pub(super) fn put(&mut self, text: &str, cols: usize, align: Align, style: Style) -> &mut Self {
        let cols = cols.min(self.room());
        if cols > 0 {
            self.buf.set_stringn(self.x, self.y, pad(&scrub(text), cols, align), cols, style);
        }
        self.skip(cols)
    }

    /// A sign of its own column, so many cells wide; where there is none, the cells stay as they are.
    pub(super) fn sign(&mut self, sign: &str, cols: usize, style: Style) -> &mut Self {
        let wide = width(sign).min(cols);
        if wide > 0 {
            self.put(sign, wide, Align::Left, style);
        }
        self.skip(cols - wide)
    }

    /// As many cells as the text needs.
    pub(super) fn say(&mut self, text: &str, style: Style) -> &mut Self {
        let text = scrub(text);
        let cols = width(&text);
        self.put(&text, cols, Align::Left, style)
    }

    /// Text at the left, text at the right; the right one is whole as long as there is room for it.
    pub(super) fn ends(&mut self, left: (&str, Style), right: (&str, Style)) -> &mut Self {
        let said = scrub(right.0);
        let last = fit(&said, self.room());
        let cols = width(&last);
        let first = self.room().saturating_sub(if cols > 0 { cols + 1 } else { 0 });
        self.put(left.0, first, Align::Left, left.1);
        let between = self.room().saturating_sub(cols);
        self.skip(between).put(&last, cols, Align::Left, right.1)
    }
}

/// A number of cells as the screen counts them.
pub(super) fn cells(cols: usize) -> u16 {
    u16::try_from(cols).unwrap_or(u16::MAX)
}

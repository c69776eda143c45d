//! How a record's lines are laid out: the width of labels, the height of texts.

use crate::text::{width, wrap};

use super::{Line, Sort, Told};

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
    pub(super) const fn label(&self, line: &Line) -> (usize, usize) {
        match line.sort {
            Sort::Gap => (0, 0),
            Sort::Heading => (0, self.cols),
            Sort::Field | Sort::Late | Sort::Next => (0, self.fields),
            Sort::Link => (2, self.links),
            Sort::Event | Sort::Aside => (0, self.events),
        }
    }

    pub(super) fn texts(&self, line: &Line) -> Vec<String> {
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

//! How a record's lines are laid out: the width of labels, the height of texts.

use crate::text::{width, wrap};

use super::{LineKind, RecordLine, RecordView, parts};

/// How wide labels are, and what is left for the texts behind them.
pub(super) struct Measure {
    fields: usize,
    links: usize,
    events: usize,
    cols: usize,
}

impl Measure {
    /// The widths of a record in so many columns.
    pub(super) fn new(told: &RecordView, cols: u16) -> Self {
        let cols = usize::from(cols);
        let labels = |sorts: &[LineKind]| {
            let lines = told.lines.iter().filter(|line| sorts.contains(&line.sort));
            lines.map(|line| width(&line.label)).max().unwrap_or_default().min(cols / 2)
        };
        Self {
            fields: labels(&[LineKind::Field, LineKind::Late, LineKind::Next]),
            links: labels(&[LineKind::Link, LineKind::Part]),
            events: labels(&[LineKind::Event, LineKind::Aside]),
            cols,
        }
    }

    /// Where a line begins, and how wide its label is.
    pub(super) const fn label(&self, line: &RecordLine) -> (usize, usize) {
        match line.sort {
            LineKind::Gap => (0, 0),
            LineKind::Heading => (0, self.cols),
            LineKind::Field | LineKind::Late | LineKind::Next => (0, self.fields),
            LineKind::Link | LineKind::Columns | LineKind::Part => (2, self.links),
            LineKind::Event | LineKind::Aside => (0, self.events),
        }
    }

    pub(super) fn texts(&self, line: &RecordLine) -> Vec<String> {
        let (indent, label) = self.label(line);
        match line.sort {
            LineKind::Gap | LineKind::Heading => vec![line.text.clone()],
            LineKind::Columns | LineKind::Part => {
                vec![parts::line(&line.cells, self.cols.saturating_sub(indent + label + 2))]
            }
            _ => wrap(&line.text, self.cols.saturating_sub(indent + label + 2).max(8)),
        }
    }

    /// So many lines of the screen.
    pub(super) fn height(&self, line: &RecordLine) -> usize {
        self.texts(line).len().max(1)
    }
}

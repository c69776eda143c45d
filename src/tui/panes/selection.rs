//! Going over rows: a cursor, what of them is on the screen, and marks.

use std::{collections::BTreeSet, ops::RangeInclusive};

use crate::domain::RecordId;

use super::Action;

/// Where a person is among rows, and what is marked.
///
/// It holds no rows: they are handed in as their ids, as often as they are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    /// The row under the cursor.
    pub at: usize,
    /// The first line on the screen.
    pub offset: usize,
    /// What is marked, whether it is shown at present or not.
    pub marks: BTreeSet<RecordId>,
    /// Where a range began.
    pub from: Option<RecordId>,
}

/// Rows as a list goes over them.
pub(super) trait SelectableRows {
    /// How many there are.
    fn len(&self) -> usize;
    /// The record of a row.
    fn id(&self, at: usize) -> Option<RecordId>;
    /// Whether somebody should look at it.
    fn is_urgent(&self, at: usize) -> bool;
    /// The line on which it stands, headings counted.
    fn line(&self, at: usize) -> usize {
        at
    }
    /// The line that says what it belongs to, if it is the first below it.
    fn head(&self, at: usize) -> usize {
        self.line(at)
    }
    /// How many lines there are.
    fn lines(&self) -> usize {
        self.len()
    }
}

impl Selection {
    /// Acts on rows of which so many lines are shown; whether anything is different now.
    pub(super) fn update(&mut self, action: Action, rows: &dyn SelectableRows, height: usize) -> bool {
        let before = self.clone();
        let page = height.max(1);
        match action {
            Action::Down => self.at += 1,
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::PageDown => self.at += page,
            Action::PageUp => self.at = self.at.saturating_sub(page),
            Action::HalfDown => self.at += page.div_ceil(2),
            Action::HalfUp => self.at = self.at.saturating_sub(page.div_ceil(2)),
            Action::Top => self.at = 0,
            Action::Bottom => self.at = usize::MAX,
            Action::Row(row) => self.at = row.saturating_sub(1),
            Action::NextUrgent => self.at = urgent(rows, self.at, 1).unwrap_or(self.at),
            Action::PreviousUrgent => {
                let back = rows.len().saturating_sub(1);
                self.at = urgent(rows, self.at, back).unwrap_or(self.at);
            }
            Action::Mark => {
                self.toggle(rows.id(self.at));
                self.at += 1;
            }
            Action::Range => self.range(rows),
            Action::Invert => (0..rows.len()).for_each(|at| self.toggle(rows.id(at))),
            Action::Unmark => {
                self.marks.clear();
                self.from = None;
            }
            Action::Left
            | Action::Right
            | Action::Calendar
            | Action::NextMonth
            | Action::PreviousMonth
            | Action::FirstColumn
            | Action::LastColumn => {}
        }
        self.settle(rows, height);
        *self != before
    }

    /// Keeps the cursor among the rows, and on the screen.
    pub(super) fn settle(&mut self, rows: &dyn SelectableRows, height: usize) {
        self.at = self.at.min(rows.len().saturating_sub(1));
        self.offset = self.first(rows, height);
    }

    /// The first line to show, were the screen so high.
    pub(super) fn first(&self, rows: &dyn SelectableRows, height: usize) -> usize {
        let (line, height) = (rows.line(self.at), height.max(1));
        // A heading is seen above its first row, where both fit.
        let top = if line - rows.head(self.at) < height { rows.head(self.at) } else { line };
        let most = rows.lines().saturating_sub(height);
        self.offset.min(most).clamp((line + 1).saturating_sub(height), top)
    }

    /// Rows were read again: the cursor stays on its record, or else where it is.
    pub(super) fn follow(&mut self, held: Option<RecordId>, rows: &dyn SelectableRows) {
        if let Some(id) = held
            && rows.id(self.at) != Some(id)
            && let Some(at) = (0..rows.len()).find(|at| rows.id(*at) == Some(id))
        {
            // The rest of the screen moves as little as it can.
            self.offset = (self.offset + rows.line(at)).saturating_sub(rows.line(self.at));
            self.at = at;
        }
        self.at = self.at.min(rows.len().saturating_sub(1));
    }

    /// What a verb acts on: what is marked, else the row under the cursor.
    pub(super) fn subject(&self, rows: &dyn SelectableRows) -> Vec<RecordId> {
        let marked = self.marked(rows);
        if marked.is_empty() { rows.id(self.at).into_iter().collect() } else { marked.into_iter().collect() }
    }

    /// What is shown as marked: the marks, and the range that was begun.
    pub(super) fn marked(&self, rows: &dyn SelectableRows) -> BTreeSet<RecordId> {
        let ranged = self.span(rows).into_iter().flatten().filter_map(|at| rows.id(at));
        self.marks.iter().copied().chain(ranged).collect()
    }

    /// The rows of the range that was begun, were it to end at the cursor.
    pub(super) fn span(&self, rows: &dyn SelectableRows) -> Option<RangeInclusive<usize>> {
        let from = self.from?;
        let from = (0..rows.len()).find(|at| rows.id(*at) == Some(from))?;
        Some(from.min(self.at)..=from.max(self.at))
    }

    fn toggle(&mut self, id: Option<RecordId>) {
        if let Some(id) = id
            && !self.marks.remove(&id)
        {
            self.marks.insert(id);
        }
    }

    fn range(&mut self, rows: &dyn SelectableRows) {
        if self.span(rows).is_some() {
            self.marks = self.marked(rows);
            self.from = None;
        } else {
            self.from = rows.id(self.at);
        }
    }
}

/// The nearest row, in steps of so many round the end, that wants attention.
fn urgent(rows: &dyn SelectableRows, from: usize, step: usize) -> Option<usize> {
    let len = rows.len();
    (1..len).map(|n| (from + n * step) % len).find(|at| rows.is_urgent(*at))
}

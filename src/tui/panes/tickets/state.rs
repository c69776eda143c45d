//! The queue on the screen: rows, cursor, marks.

use std::collections::BTreeSet;

use crate::{
    domain::{Instant, RecordId},
    query::queue::{Left, QueueRow},
    tui::panes::list::{List, Listed},
};

use super::Rows;

/// What the pane knows.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub(super) rows: Rows,
    pub(super) list: List,
}

impl State {
    /// New rows; the cursor stays on its record, marks stay.
    pub fn loaded(&mut self, rows: Rows) {
        let held = self.row().map(|row| row.id);
        self.rows = rows;
        self.list.follow(held, &self.rows);
    }

    /// What a verb acts on: what is marked, else the row under the cursor.
    pub fn subject(&self) -> Vec<RecordId> {
        self.list.subject(&self.rows)
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&QueueRow> {
        self.rows.rows.get(self.list.at)
    }

    /// The customer of the row under the cursor.
    pub fn customer(&self) -> Option<RecordId> {
        self.row()?.customer.as_ref().map(|(id, _)| *id)
    }

    /// What is marked.
    pub const fn marks(&self) -> &BTreeSet<RecordId> {
        &self.list.marks
    }

    /// The number of the row under the cursor, counted from one, and how many there are.
    pub fn position(&self) -> (usize, usize) {
        let rows = self.rows.rows.len();
        ((self.list.at + 1).min(rows), rows)
    }

    /// How many tickets are over their limit.
    pub fn breached(&self, now: Instant) -> usize {
        self.rows.rows.iter().filter(|row| left(row, now).is_breached()).count()
    }
}

/// The time that is left now; it goes on while nothing is read.
pub(super) fn left(row: &QueueRow, now: Instant) -> Left {
    match (row.left, row.due) {
        (Left::Seconds(_), Some(due)) => Left::Seconds((due.0 - now.0).div_euclid(1000)),
        (left, _) => left,
    }
}

impl Listed for Rows {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn id(&self, at: usize) -> Option<RecordId> {
        self.rows.get(at).map(|row| row.id)
    }

    fn is_urgent(&self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|row| row.left.is_breached())
    }
}

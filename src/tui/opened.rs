//! A record that was opened: where its cursor and its window stand.

use crate::domain::RecordId;

use super::reading::{Sort, Told};

/// A record that was opened.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Which.
    pub id: RecordId,
    /// What it says, once it is read.
    pub told: Option<Told>,
    /// The line of the cursor.
    pub cursor: usize,
    /// The first line that is seen.
    pub scroll: usize,
}

impl Reading {
    /// A record that is still to be read.
    pub const fn new(id: RecordId) -> Self {
        Self { id, told: None, cursor: 0, scroll: 0 }
    }

    /// The record that the line under the cursor leads to.
    pub fn link(&self) -> Option<RecordId> {
        self.told.as_ref()?.lines.get(self.cursor)?.to
    }

    /// Moves the cursor over so many lines that say something, and the window with it.
    pub fn step(&mut self, by: isize, (cols, height): (u16, u16)) {
        let Some(told) = &self.told else { return };
        let stops: Vec<usize> =
            told.lines.iter().enumerate().filter(|(_, line)| line.sort != Sort::Gap).map(|(at, _)| at).collect();
        let here = stops.iter().position(|at| *at >= self.cursor).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(stops.len().saturating_sub(1));
        self.cursor = stops.get(there).copied().unwrap_or(0);
        let rows = told.laid_out(cols);
        let first = rows.iter().position(|(at, ..)| *at == self.cursor).unwrap_or(0);
        let last = rows.iter().rposition(|(at, ..)| *at == self.cursor).unwrap_or(first);
        let height = usize::from(height).max(1);
        if first < self.scroll || there == 0 {
            self.scroll = if there == 0 { 0 } else { first };
        } else if last >= self.scroll + height {
            self.scroll = (last + 1 - height).min(first);
        }
    }
}

//! The agenda on the screen: rows under headings, cursor, marks.

use std::collections::BTreeSet;

use crate::{
    domain::RecordId,
    query::agenda::{AgendaRow, Section},
    tui::panes::list::{List, Listed},
};

use super::Rows;

/// What the pane knows.
#[derive(Clone, Debug)]
pub struct State {
    pub(super) rows: Rows,
    pub(super) sections: Sections,
    pub(super) list: List,
    pub(super) calendar: bool,
}

impl Default for State {
    fn default() -> Self {
        Self { rows: Rows::default(), sections: Sections::default(), list: List::default(), calendar: true }
    }
}

/// The sections that have rows, each with the number of its first row and how many it has.
pub(super) type Sections = Vec<(Section, usize, usize)>;

/// A line of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The heading of a section.
    Heading(Section),
    /// A row.
    Row(usize),
}

impl State {
    /// New rows; the cursor stays on its record, marks stay.
    pub fn loaded(&mut self, rows: Rows) {
        let held = self.row().map(|row| row.id);
        self.rows = rows;
        self.sections.clear();
        for (at, row) in self.rows.rows.iter().enumerate() {
            match self.sections.last_mut() {
                Some((section, _, len)) if *section == row.section => *len += 1,
                _ => self.sections.push((row.section, at, 1)),
            }
        }
        self.list.follow(held, &Lines { rows: &self.rows.rows, sections: &self.sections });
    }

    /// What a verb acts on: what is marked, else the row under the cursor.
    pub fn subject(&self) -> Vec<RecordId> {
        self.list.subject(&self.lines())
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&AgendaRow> {
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

    /// How many rows a section has.
    pub fn count(&self, wanted: Section) -> usize {
        self.sections.iter().find(|(section, ..)| *section == wanted).map_or(0, |(.., len)| *len)
    }

    pub(super) fn lines(&self) -> Lines<'_> {
        Lines { rows: &self.rows.rows, sections: &self.sections }
    }
}

/// Rows with the headings between them.
pub(super) struct Lines<'s> {
    pub(super) rows: &'s [AgendaRow],
    pub(super) sections: &'s Sections,
}

impl Lines<'_> {
    /// The lines from one on.
    pub(super) fn from(&self, first: usize) -> impl Iterator<Item = Line> {
        let each = self.sections.iter().enumerate();
        each.flat_map(move |(before, (section, at, len))| {
            // Where the section stands: rows before it, and a heading for each section before it.
            let skip = first.saturating_sub(at + before);
            let heading = (skip == 0).then_some(Line::Heading(*section));
            let rows = (at + skip.saturating_sub(1).min(*len)..at + len).map(Line::Row);
            heading.into_iter().chain(rows)
        })
    }

    fn section(&self, at: usize) -> Option<(usize, usize)> {
        let before = self.sections.partition_point(|(_, first, _)| *first <= at).checked_sub(1)?;
        self.sections.get(before).map(|(_, first, _)| (before, *first))
    }
}

impl Listed for Lines<'_> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn id(&self, at: usize) -> Option<RecordId> {
        self.rows.get(at).map(|row| row.id)
    }

    fn is_urgent(&self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|row| row.section == Section::Overdue)
    }

    fn line(&self, at: usize) -> usize {
        self.section(at).map_or(0, |(before, _)| at + before + 1)
    }

    fn head(&self, at: usize) -> usize {
        match self.section(at) {
            Some((before, first)) if first == at => at + before,
            _ => self.line(at),
        }
    }

    fn lines(&self) -> usize {
        self.rows.len() + self.sections.len()
    }
}

//! A long list on the screen: all places of it, the rows that are seen, cursor and marks. The agenda and the queue are
//! such lists.

mod view;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    domain::{KindId, RecordId},
    read_model::positions::Position,
};

use super::{
    Action,
    question::{PaneQuery, RowWindow},
    selection::{SelectableRows, Selection},
};

pub(super) use view::{ListStyle, StyledText, draw, lines_in};

/// A row of a long list.
pub trait ListRow {
    /// The kind of its records.
    const KIND: KindId;

    /// Which record it is.
    fn id(&self) -> RecordId;
    /// What it is called.
    fn name(&self) -> &str;
    /// The customer that it is about.
    fn customer(&self) -> Option<RecordId>;
}

/// What was read of a list.
#[derive(Clone, Debug)]
pub struct LoadedRows<R> {
    /// To which question this is the answer.
    pub question: PaneQuery,
    /// Whose it is.
    pub whose: String,
    /// What the people in it are called.
    pub people: BTreeMap<u64, String>,
    /// Every record in its place.
    pub order: Arc<[Position]>,
    /// The place of the first row.
    pub from: usize,
    /// The rows that were read.
    pub rows: Vec<R>,
}

impl<R> Default for LoadedRows<R> {
    fn default() -> Self {
        Self {
            question: PaneQuery::default(),
            whose: String::new(),
            people: BTreeMap::new(),
            order: Arc::from([]),
            from: 0,
            rows: Vec::new(),
        }
    }
}

/// A part of the list: which, the place of its first row, and how many it has.
pub(super) type ListPart = (u8, usize, usize);

/// The list.
#[derive(Clone, Debug)]
pub struct VirtualList<R> {
    pub(super) read: LoadedRows<R>,
    pub(super) parts: Vec<ListPart>,
    pub(super) selection: Selection,
    /// Whether parts stand below headings.
    headed: bool,
    /// So many places at the beginning want attention.
    pub(super) urgent: usize,
    /// Whether anything was read yet.
    pub loaded: bool,
    /// What a step was just done to: when it is read again the cursor does not go with it, but keeps its place.
    pub acted: Vec<RecordId>,
}

impl<R: ListRow> VirtualList<R> {
    /// A list that nothing is read of yet.
    pub(super) fn new(headed: bool) -> Self {
        let (read, parts, selection) = (LoadedRows::default(), Vec::new(), Selection::default());
        Self { read, parts, selection, headed, urgent: 0, loaded: false, acted: Vec::new() }
    }

    /// Takes what was read; the cursor stays on its record, or at its place where that was acted on; marks stay.
    pub(super) fn take(&mut self, read: LoadedRows<R>, urgent: usize) {
        let held = self.keep().map(|(id, _)| id);
        self.acted.clear();
        self.read = read;
        self.urgent = urgent;
        self.loaded = true;
        self.parts.clear();
        let order = &self.read.order;
        let mut first = 0;
        while let Some(place) = order.get(first) {
            let len = order[first..].partition_point(|other| other.part <= place.part);
            self.parts.push((place.part, first, len));
            first += len;
        }
        let lines = LineLayout::new(&self.read, &self.parts, self.headed, self.urgent);
        self.selection.follow(held, &lines);
    }

    /// Acts on the list; whether anything is different now.
    pub(super) fn act(&mut self, action: Action, height: usize) -> bool {
        if action != Action::Unmark {
            self.acted.clear();
        }
        self.selection.update(action, &LineLayout::new(&self.read, &self.parts, self.headed, self.urgent), height)
    }

    /// What has to be read so that all rows that are seen are there; nothing where they are.
    pub(super) fn missing(&self, height: usize) -> Option<RowWindow> {
        let seen = self.seen(height);
        let there = self.read.from..self.read.from + self.read.rows.len();
        let whole = self.loaded && seen.clone().all(|at| there.contains(&at));
        (!whole).then(|| RowWindow::around(seen.start, height))
    }

    /// What is read when everything is read again.
    pub(super) fn window(&self, height: usize) -> RowWindow {
        RowWindow::around(self.seen(height).start, height)
    }

    /// The places of the rows that are seen.
    fn seen(&self, height: usize) -> std::ops::Range<usize> {
        let lines = self.lines();
        let first = self.selection.first(&lines, height);
        let mut rows = lines.from(first).take(height).filter_map(|line| match line {
            ListLine::Row(at) => Some(at),
            ListLine::Heading(_) => None,
        });
        rows.next().map_or(0..0, |start| start..rows.last().unwrap_or(start) + 1)
    }

    /// The place of the row at a line of a pane of this height; of a heading, its first row.
    pub(super) fn hit(&self, line: u16, height: u16, named: bool) -> Option<usize> {
        let seen = lines_in(height, named);
        let below = usize::from(line).checked_sub(usize::from(height) - seen)?;
        let lines = self.lines();
        match lines.from(self.selection.first(&lines, seen)).take(seen).nth(below)? {
            ListLine::Row(at) => Some(at),
            ListLine::Heading(part) => self.parts.iter().find(|(known, ..)| *known == part).map(|(_, first, _)| *first),
        }
    }

    /// The row in a place, if it was read.
    pub(super) fn row_at(&self, at: usize) -> Option<&R> {
        self.read.rows.get(at.checked_sub(self.read.from)?)
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&R> {
        self.row_at(self.selection.at)
    }

    /// The record under the cursor.
    pub fn id(&self) -> Option<RecordId> {
        self.lines().id(self.selection.at)
    }

    /// The record that the cursor stays on, and its place.
    pub fn keep(&self) -> Option<(RecordId, usize)> {
        self.id().filter(|id| !self.acted.contains(id)).map(|id| (id, self.selection.at))
    }

    /// What a record is called, if its row was read.
    pub fn called(&self, id: RecordId) -> Option<&str> {
        self.read.rows.iter().find(|row| row.id() == id).map(ListRow::name)
    }

    /// The customer of the row under the cursor.
    pub fn customer(&self) -> Option<RecordId> {
        self.row()?.customer()
    }

    /// What a verb acts on: what is marked, else the row under the cursor.
    pub fn subject(&self) -> Vec<RecordId> {
        self.selection.subject(&self.lines())
    }

    /// What is shown as marked.
    pub fn marked(&self) -> BTreeSet<RecordId> {
        self.selection.marked(&self.lines())
    }

    /// The number of the row under the cursor, counted from one, and how many there are.
    pub fn position(&self) -> (usize, usize) {
        let rows = self.read.order.len();
        ((self.selection.at + 1).min(rows), rows)
    }

    /// How many rows a part has.
    pub(super) fn count(&self, wanted: u8) -> usize {
        self.parts.iter().find(|(part, ..)| *part == wanted).map_or(0, |(.., len)| *len)
    }

    /// The lines with the headings between them.
    pub(super) fn lines(&self) -> LineLayout<'_> {
        LineLayout::new(&self.read, &self.parts, self.headed, self.urgent)
    }
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListLine {
    /// The heading of a part.
    Heading(u8),
    /// The row in a place.
    Row(usize),
}

/// Rows with the headings between them.
pub(super) struct LineLayout<'s> {
    kind: KindId,
    order: &'s [Position],
    parts: &'s [ListPart],
    /// A heading takes so many lines.
    heading: usize,
    urgent: usize,
}

impl<'s> LineLayout<'s> {
    fn new<R: ListRow>(read: &'s LoadedRows<R>, parts: &'s [ListPart], headed: bool, urgent: usize) -> Self {
        Self { kind: R::KIND, order: &read.order, parts, heading: usize::from(headed), urgent }
    }

    /// The lines from one on.
    pub(super) fn from(&self, first: usize) -> impl Iterator<Item = ListLine> + use<'s> {
        let heading = self.heading;
        self.parts.iter().enumerate().flat_map(move |(before, (part, at, len))| {
            // Where the part stands: rows before it, and a heading for each part before it.
            let skip = first.saturating_sub(at + before * heading);
            let head = (skip < heading).then_some(ListLine::Heading(*part));
            let rows = (at + skip.saturating_sub(heading).min(*len)..at + len).map(ListLine::Row);
            head.into_iter().chain(rows)
        })
    }

    /// The number of parts before the one of a place, and the place of its first row.
    fn part(&self, at: usize) -> Option<(usize, usize)> {
        let before = self.parts.partition_point(|(_, first, _)| *first <= at).checked_sub(1)?;
        self.parts.get(before).map(|(_, first, _)| (before, *first))
    }
}

impl SelectableRows for LineLayout<'_> {
    fn len(&self) -> usize {
        self.order.len()
    }

    fn id(&self, at: usize) -> Option<RecordId> {
        self.order.get(at).map(|place| RecordId::new(self.kind, place.num))
    }

    fn is_urgent(&self, at: usize) -> bool {
        at < self.urgent
    }

    fn line(&self, at: usize) -> usize {
        self.part(at).map_or(at, |(before, _)| at + (before + 1) * self.heading)
    }

    fn head(&self, at: usize) -> usize {
        match self.part(at) {
            Some((before, first)) if first == at => at + before * self.heading,
            _ => self.line(at),
        }
    }

    fn lines(&self) -> usize {
        self.order.len() + self.parts.len() * self.heading
    }
}

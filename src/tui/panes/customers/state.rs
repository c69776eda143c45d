//! Where the cursor stands in the list, what is marked, and the rows around the cursor.
//!
//! The list is a number for each customer; a row is read when it comes near the window. So the cursor goes anywhere,
//! and marks and ranges know every record, without waiting for the store.

use std::{collections::HashMap, sync::Arc};

use crate::{
    domain::{RecordId, Schema, customer, schema::BASE},
    query::{field_path::FieldPath, number_set::NumberSet},
};

use super::{
    column,
    load::{CustomerList, ListRequest},
    question::CustomerQuery,
    rows::CustomerRow,
};

/// The pane.
#[derive(Clone, Debug)]
pub struct State {
    /// Which customers.
    pub question: CustomerQuery,
    /// The last list that was read.
    pub list: CustomerList,
    /// What of each is shown.
    pub columns: Arc<[FieldPath]>,
    /// The rows around the window, by number.
    pub(super) rows: HashMap<u64, CustomerRow>,
    /// The rows are older than the store.
    pub(super) stale: bool,
    /// The place of the cursor.
    pub cursor: usize,
    /// The first line that is seen, headings counted.
    pub offset: usize,
    /// The column of the cursor, once one was chosen.
    pub cell: Option<usize>,
    /// Marked customers.
    pub marks: NumberSet,
    /// The customer at which a range began.
    pub anchor: Option<u64>,
    /// Whether anything was read yet.
    pub loaded: bool,
    /// The saved view that was opened last.
    pub view: Option<String>,
    /// The customer that the cursor is to be on when the list comes.
    keep: Option<u64>,
    /// A customer that was just added: the cursor goes there when the list comes that holds it.
    pub added: Option<u64>,
    /// The place that the cursor is to be at when all of the list is there: counted from the first row, or back from
    /// `usize::MAX` where it is counted from the last.
    pub(super) bound_for: Option<usize>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            question: CustomerQuery::default(),
            list: CustomerList::default(),
            columns: column::standard(&BASE),
            rows: HashMap::new(),
            stale: false,
            cursor: 0,
            offset: 0,
            cell: None,
            marks: NumberSet::new(),
            anchor: None,
            loaded: false,
            view: None,
            keep: None,
            added: None,
            bound_for: None,
        }
    }
}

/// What a line of the list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListLine {
    /// The heading of a group.
    Heading(usize),
    /// The row at a place.
    Row(usize),
}

/// So many rows are read before and after those that are seen.
const AHEAD: usize = 60;

impl State {
    /// How many rows there are, as far as is known.
    pub fn total(&self) -> usize {
        self.list.numbers.len()
    }

    /// The number of the customer at a place.
    pub fn number(&self, at: usize) -> Option<u64> {
        self.list.numbers.get(at).copied()
    }

    /// The row at a place, if it is read.
    pub fn row(&self, at: usize) -> Option<&CustomerRow> {
        self.rows.get(&self.number(at)?)
    }

    /// The row under the cursor, if it is read.
    pub fn current(&self) -> Option<&CustomerRow> {
        self.row(self.cursor)
    }

    /// What a customer is called, if its row was read.
    pub fn called(&self, id: RecordId) -> Option<&str> {
        let name = self.columns.iter().position(|path| path.own_field() == Some(&customer::NAME.def()))?;
        self.rows.get(&id.num)?.cells.get(name).map(String::as_str)
    }

    /// The customer under the cursor.
    pub fn here(&self) -> Option<RecordId> {
        self.number(self.cursor).map(id)
    }

    /// The field of the cell under the cursor.
    pub fn field(&self) -> Option<&FieldPath> {
        self.columns.get(self.cell?)
    }

    /// What a verb is about: the marks and the range that was begun, else the row under the cursor.
    pub fn subject(&self) -> Vec<RecordId> {
        let ranged = self.ranged();
        if self.marks.is_empty() && ranged.is_empty() {
            return self.here().into_iter().collect();
        }
        let mut chosen = self.marks.clone();
        ranged.iter().for_each(|num| chosen.insert(*num));
        chosen.iter().map(id).collect()
    }

    /// How many customers are shown as marked.
    pub fn marked(&self) -> usize {
        self.marks.len() + self.ranged().iter().filter(|num| !self.marks.contains(**num)).count()
    }

    /// The customers of the range that was begun.
    pub(super) fn ranged(&self) -> &[u64] {
        self.span().and_then(|span| self.list.numbers.get(span)).unwrap_or_default()
    }

    /// The places of the range that was begun, were it to end at the cursor.
    pub fn span(&self) -> Option<std::ops::RangeInclusive<usize>> {
        let anchor = self.anchor?;
        let from = self.list.numbers.iter().position(|num| *num == anchor)?;
        Some(from.min(self.cursor)..=from.max(self.cursor))
    }

    /// Takes a list; the cursor stays on its record. An answer to an older question is dropped.
    pub fn loaded(&mut self, list: CustomerList) {
        if list.question != self.question {
            return;
        }
        // The beginning of what is there already, or of what is waited for to find a record in it.
        let known = self.loaded && self.list.question == list.question && self.list.whole;
        if !list.whole && (known || self.keep.is_some()) {
            return;
        }
        let place = |num: u64| list.numbers.iter().position(|held| *held == num);
        let added = self.added.and_then(place);
        if added.is_some() {
            self.added = None;
        }
        let same = added.or_else(|| self.keep.and_then(place));
        let line = self.line(self.cursor);
        self.list = list;
        let read = std::mem::take(&mut self.list.rows);
        self.rows.extend(read.into_iter().map(|row| (row.num, row)));
        self.loaded = true;
        if let Some(at) = same {
            self.cursor = at;
            self.offset = (self.offset + self.line(at)).saturating_sub(line);
        } else if let Some(place) = self.bound_for {
            let behind = usize::MAX - place;
            self.cursor = if behind < place { (self.total().saturating_sub(1)).saturating_sub(behind) } else { place };
        }
        if self.list.whole {
            (self.keep, self.bound_for) = (None, None);
        }
        self.cursor = self.cursor.min(self.total().saturating_sub(1));
    }

    /// Shows other columns.
    pub fn show(&mut self, columns: Arc<[FieldPath]>) {
        self.cell = self.cell.filter(|cell| *cell < columns.len());
        self.columns = columns;
        self.rows.clear();
    }

    /// Shows the same columns as fields of another schema; where it does not have all of them, the usual ones.
    pub fn renew(&mut self, schema: &'static Schema) {
        let columns = column::read(schema, &column::written(&self.columns));
        self.show(columns.unwrap_or_else(|_| column::standard(schema)));
    }

    /// Takes rows that were read; those of other columns are dropped.
    pub fn fill(&mut self, columns: &Arc<[FieldPath]>, rows: Vec<CustomerRow>) {
        if *columns == self.columns {
            self.rows = rows.into_iter().map(|row| (row.num, row)).collect();
            self.stale = false;
        }
    }

    /// The customers whose rows are to be read so that the window is full; none where it is.
    pub fn wish(&self, height: u16) -> Option<Vec<u64>> {
        let seen = self.seen(height.into());
        let there = !self.stale && seen.clone().all(|at| self.row(at).is_some());
        if there || seen.is_empty() {
            return None;
        }
        let (from, end) = (seen.start.saturating_sub(AHEAD), (seen.end + AHEAD).min(self.total()));
        self.list.numbers.get(from..end).map(<[u64]>::to_vec)
    }

    /// What is to be asked because the store or the question has changed.
    pub fn again(&mut self, height: u16, keep: bool) -> ListRequest {
        self.stale = true;
        self.bound_for = self.bound_for.filter(|_| keep);
        self.keep = self.number(self.cursor).filter(|_| keep && self.bound_for.is_none());
        let (question, columns) = (self.question.clone(), self.columns.clone());
        ListRequest { question, columns, first: usize::from(height) + AHEAD }
    }

    /// The line of a row, headings counted.
    pub fn line(&self, at: usize) -> usize {
        at + self.list.groups.partition_point(|group| group.start <= at)
    }

    /// What a line is.
    pub fn at_line(&self, line: usize) -> ListLine {
        let groups = &self.list.groups;
        let mut before = 0;
        let mut after = groups.len();
        while before < after {
            let middle = usize::midpoint(before, after);
            if groups[middle].start + middle <= line { before = middle + 1 } else { after = middle }
        }
        match before.checked_sub(1) {
            Some(group) if groups[group].start + group == line => ListLine::Heading(group),
            _ => ListLine::Row(line - before),
        }
    }

    /// The row at a line of the window; of a heading, its first row.
    pub fn hit(&self, below: usize) -> Option<usize> {
        let line = self.offset + below;
        (line < self.lines()).then(|| match self.at_line(line) {
            ListLine::Row(at) => at,
            ListLine::Heading(group) => self.list.groups[group].start,
        })
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.total() + self.list.groups.len()
    }

    /// The places of the rows that are seen.
    fn seen(&self, height: usize) -> std::ops::Range<usize> {
        let row = |line: usize| match self.at_line(line) {
            ListLine::Row(at) => at,
            ListLine::Heading(group) => self.list.groups[group].start,
        };
        let total = self.total();
        row(self.offset).min(total)..row(self.offset + height).min(total)
    }
}

fn id(num: u64) -> RecordId {
    RecordId::new(customer::ID, num)
}

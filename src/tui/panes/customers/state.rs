//! Where the cursor stands in the list, what is marked, and the rows around the cursor.

use std::collections::BTreeSet;

use crate::{domain::RecordId, tui::panes::Scope};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// The best first.
    Grade,
    /// By city.
    City,
    /// The longest silence first.
    LastContact,
    /// What is due first.
    Next,
    /// The newest first.
    Created,
}

impl Sort {
    /// The one after it.
    pub const fn next(self) -> Self {
        match self {
            Self::Name => Self::Grade,
            Self::Grade => Self::City,
            Self::City => Self::LastContact,
            Self::LastContact => Self::Next,
            Self::Next => Self::Created,
            Self::Created => Self::Name,
        }
    }

    /// As an order is written.
    pub const fn order(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Grade => "grade",
            Self::City => "city",
            Self::LastContact => "last_contact",
            Self::Next => "next_followup",
            Self::Created => "-created",
        }
    }

    /// What it is called.
    pub fn label(self, lang: crate::text::Lang) -> &'static str {
        match self {
            Self::Name => lang.pick("by name", "按名称"),
            Self::Grade => lang.pick("by grade", "按级别"),
            Self::City => lang.pick("by city", "按城市"),
            Self::LastContact => lang.pick("by last contact", "按最后跟进"),
            Self::Next => lang.pick("by next step", "按下次跟进"),
            Self::Created => lang.pick("newest first", "最新在前"),
        }
    }
}

/// Which customers are asked for, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Whose.
    pub scope: Scope,
    /// In the filter language.
    pub filter: String,
    /// A plain text that they hold.
    pub narrow: String,
    /// In which order.
    pub sort: Sort,
}

/// What the worker is to read.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Which customers.
    pub question: Question,
    /// From this place of the list on.
    pub from: usize,
    /// So many.
    pub count: usize,
    /// The record that the cursor stays on, whose place is to be told.
    pub keep: Option<RecordId>,
}

/// How much a row's next step wants attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// Not now.
    #[default]
    None,
    /// Today.
    Today,
    /// It should have been done.
    Late,
}

/// A customer in the list, in words.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Which; none only before anything is read.
    pub id: Option<RecordId>,
    /// What they are called.
    pub name: String,
    /// Grade.
    pub grade: String,
    /// City.
    pub city: String,
    /// The login of the owner.
    pub owner: String,
    /// When somebody was last in touch.
    pub last: String,
    /// When the next step is due.
    pub next: String,
    /// Whether that is now.
    pub urgency: Urgency,
    /// The first telephone number.
    pub phone: String,
    /// The first e-mail address.
    pub email: String,
}

/// What the worker read.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// To which question this is the answer.
    pub question: Question,
    /// The place of the first row.
    pub from: usize,
    /// The rows.
    pub rows: Vec<Row>,
    /// How many pass.
    pub total: usize,
    /// How many customers there are.
    pub all: usize,
    /// Whether `total` is known; the rest is still being counted otherwise.
    pub whole: bool,
    /// The place of the record to keep.
    pub at: Option<usize>,
}

/// The pane.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Which customers.
    pub question: Question,
    /// The last that was read.
    pub rows: Rows,
    /// The place of the cursor.
    pub cursor: usize,
    /// The place of the first line.
    pub offset: usize,
    /// Marked records.
    pub marks: BTreeSet<RecordId>,
    /// Where a range began.
    pub anchor: Option<usize>,
    /// Whether anything was read yet.
    pub loaded: bool,
}

/// So many rows are read before and after those that are seen.
const AHEAD: usize = 150;

impl State {
    /// The row at a place, if it is read.
    pub fn row(&self, at: usize) -> Option<&Row> {
        at.checked_sub(self.rows.from).and_then(|at| self.rows.rows.get(at))
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&Row> {
        self.row(self.cursor)
    }

    /// What a verb is about: the marks, else the row under the cursor.
    pub fn subject(&self) -> Vec<RecordId> {
        if self.marks.is_empty() {
            return self.current().and_then(|row| row.id).into_iter().collect();
        }
        self.marks.iter().copied().collect()
    }

    /// Takes what was read; the cursor stays on its record. An answer to an older question is dropped.
    pub fn loaded(&mut self, rows: Rows) {
        if rows.question != self.question {
            return;
        }
        if let Some(at) = rows.at {
            self.offset = (self.offset + at).saturating_sub(self.cursor);
            self.cursor = at;
        }
        self.rows = rows;
        self.loaded = true;
        self.cursor = self.cursor.min(self.rows.total.saturating_sub(1));
    }

    /// What is to be read so that the window is full; none where it is.
    pub fn wish(&self, height: u16) -> Option<Wish> {
        let height = usize::from(height);
        let end = (self.offset + height).min(self.rows.total.max(1));
        let there = self.loaded
            && self.rows.from <= self.offset
            && (end <= self.rows.from + self.rows.rows.len() || self.rows.total == 0);
        (!there).then(|| self.window(height, None))
    }

    /// What is to be read anew because the store or the question has changed.
    pub fn again(&self, height: u16, keep: bool) -> Wish {
        let keep = if keep { self.current().and_then(|row| row.id) } else { None };
        self.window(height.into(), keep)
    }

    fn window(&self, height: usize, keep: Option<RecordId>) -> Wish {
        let from = self.offset.saturating_sub(AHEAD);
        Wish { question: self.question.clone(), from, count: self.offset - from + height + AHEAD, keep }
    }
}

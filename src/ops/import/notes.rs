//! Notes that several rows add to: what is said beside a number or an address is added to the note of the record, what
//! stands in a column of notes takes its place.

use std::collections::{HashMap, HashSet};

use crate::domain::common::NOTE;

use super::file_row::FileRow;

/// A note in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Note {
    /// What a column of notes, or the store, has.
    text: String,
    /// The lines from beside numbers and addresses, each once.
    aside: Vec<String>,
    /// The same lines, to look them up.
    known: HashSet<String>,
}

impl Note {
    /// The note that a record of the store has.
    pub fn held(text: Option<String>) -> Self {
        Self { text: text.unwrap_or_default(), ..Self::default() }
    }

    /// The note that a row makes.
    pub fn of_row(row: &FileRow<'_>) -> Self {
        let note = row.fields.get(NOTE).unwrap_or_default();
        let end = note.len().saturating_sub(row.aside as usize);
        let (text, aside) = note.split_at_checked(end).unwrap_or((note, ""));
        let mut note = Self { text: text.to_owned(), ..Self::default() };
        note.extend(aside.lines().filter(|line| !line.is_empty()).map(str::to_owned));
        note
    }

    fn extend(&mut self, lines: impl Iterator<Item = String>) {
        for line in lines {
            if self.known.insert(line.clone()) {
                self.aside.push(line);
            }
        }
    }

    fn take(&mut self, newer: Self) {
        if !newer.text.is_empty() {
            self.text = newer.text;
        }
        self.extend(newer.aside.into_iter());
    }

    /// All of it, each line once.
    fn whole(self) -> String {
        let Self { mut text, aside, .. } = self;
        let held: HashSet<String> = text.lines().map(str::to_owned).collect();
        for line in aside.iter().filter(|line| !held.contains(*line)) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
        text
    }
}

/// The notes of the records that rows change, as the rows so far have made them.
pub(super) struct Notes {
    needed: bool,
    by_num: HashMap<u64, Note>,
    /// How many rows to come say something for the note of each record.
    to_come: HashMap<u64, u32>,
}

impl Notes {
    /// No notes yet. They are kept only where any row says something beside a number or an address.
    pub fn of(rows: &[FileRow<'_>]) -> Self {
        let needed = rows.iter().any(|row| row.aside > 0);
        Self { needed, by_num: HashMap::new(), to_come: HashMap::new() }
    }

    /// Whether a row may add to a note.
    pub const fn are_needed(&self) -> bool {
        self.needed
    }

    /// Says that a row changes this record.
    pub fn announce(&mut self, num: u64, row: &FileRow<'_>) {
        if self.needed && row.fields.get(NOTE).is_some() {
            *self.to_come.entry(num).or_default() += 1;
        }
    }

    /// Whether an earlier row has changed the note of this record.
    pub fn knows(&self, num: u64) -> bool {
        self.by_num.contains_key(&num)
    }

    /// Adds what a row says to the note of a record, and gives the note where no row to come adds to it; `before` is the
    /// one that the record had before the first such row.
    pub fn with(&mut self, num: u64, before: Note, row: &FileRow<'_>) -> Option<String> {
        self.by_num.entry(num).or_insert(before).take(Note::of_row(row));
        let to_come = self.to_come.entry(num).or_insert(1);
        *to_come -= 1;
        if *to_come == 0 { self.by_num.remove(&num).map(Note::whole) } else { None }
    }
}

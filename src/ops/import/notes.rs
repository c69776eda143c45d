//! Notes that several rows add to: what is said beside a number or an address is added to the note of the record, what
//! stands in a column of notes takes its place.

use std::collections::HashMap;

use crate::domain::common::NOTE;

use super::file_row::FileRow;

/// A note in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Note {
    /// What a column of notes, or the store, has.
    text: String,
    /// The lines from beside numbers and addresses.
    aside: Vec<String>,
}

impl Note {
    /// The note that a record of the store has.
    pub fn held(text: Option<String>) -> Self {
        Self { text: text.unwrap_or_default(), aside: Vec::new() }
    }

    /// The note that a row makes.
    pub fn of_row(row: &FileRow<'_>) -> Self {
        let note = row.fields.get(NOTE).unwrap_or_default();
        let end = note.len().saturating_sub(row.aside as usize);
        let (text, aside) = note.split_at_checked(end).unwrap_or((note, ""));
        Self {
            text: text.to_owned(),
            aside: aside.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        }
    }

    fn take(&mut self, newer: Self) {
        if !newer.text.is_empty() {
            self.text = newer.text;
        }
        self.aside.extend(newer.aside);
    }

    /// All of it, each line from beside once.
    fn whole(&self) -> String {
        let mut all: Vec<&str> = Vec::from_iter((!self.text.is_empty()).then_some(self.text.as_str()));
        for line in &self.aside {
            if !all.contains(&line.as_str()) && !self.text.lines().any(|known| known == line) {
                all.push(line);
            }
        }
        all.join("\n")
    }
}

/// The notes of the records that rows change, as the rows so far have made them.
pub(super) struct Notes {
    needed: bool,
    by_num: HashMap<u64, Note>,
}

impl Notes {
    /// No notes yet. They are kept only where any row says something beside a number or an address.
    pub fn of(rows: &[FileRow<'_>]) -> Self {
        Self { needed: rows.iter().any(|row| row.aside > 0), by_num: HashMap::new() }
    }

    /// Whether a row may add to a note.
    pub const fn are_needed(&self) -> bool {
        self.needed
    }

    /// Whether an earlier row has changed the note of this record.
    pub fn knows(&self, num: u64) -> bool {
        self.by_num.contains_key(&num)
    }

    /// The note of a record with what a row says; `before` is the one that it had before the first such row.
    pub fn with(&mut self, num: u64, before: Note, row: &FileRow<'_>) -> String {
        let note = self.by_num.entry(num).or_insert(before);
        note.take(Note::of_row(row));
        note.whole()
    }
}

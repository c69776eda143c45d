//! The journal: every step anybody took, with what it changed and how to take it back.
//!
//! `Space::Journal` holds an [`Entry`] for each sequence number (8 bytes, big-endian); `Space::Changes` holds what it
//! changed, in chunks keyed (sequence, kind, first number). A record's row names the sequence that changed it last, and
//! each change names the one before: a record's history is a linked list. Records that a step created are named, not
//! copied; taking the step back stores them, for redo.

use std::{borrow::Cow, ops::RangeInclusive};

use crate::domain::{KindId, Record};

pub use crate::domain::Residence;

use super::keys::put_num;

/// One step: a command, a bulk edit, an import, an undo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// When, in milliseconds, as the clock or `--now` said: entries stand in the order of their sequence numbers, and
    /// mostly but not always in that of time.
    pub at: i64,
    /// The number of the user.
    pub by: u64,
    /// The full-screen session it was part of, if any.
    pub session: Option<String>,
    /// What was said: the words of the command.
    pub words: String,
    /// What kind of step it is.
    pub deed: StepType,
    /// How many records it made, changed and removed.
    pub tally: Tally,
    /// The latest time of the entries before it, where that is later than its own.
    pub highest: Option<i64>,
    /// Fields that this version does not write: those in [`super::entry`] that are meant for later, and unknown ones.
    pub more: Record,
}

impl Entry {
    /// The latest time up to this entry: it never goes back from one entry to the next.
    pub fn latest(&self) -> i64 {
        self.highest.map_or(self.at, |highest| highest.max(self.at))
    }
}

/// What kind of step an entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepType {
    /// Making the store or a new user: no step that anybody takes back.
    Setup,
    /// A step.
    #[default]
    Do,
    /// It took back the step with that sequence number.
    Undo(u64),
    /// It did that step again.
    Redo(u64),
    /// It removed records for good; it cannot be taken back.
    Purge,
}

/// How many records a step touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that were not there before.
    pub created: u64,
    /// Records that differ.
    pub changed: u64,
    /// Records that went to the trash or are gone.
    pub removed: u64,
}

/// What a step changed about one record, or about a run of new ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The number of the record.
    pub num: u64,
    /// The sequence that changed the record before; 0 for none.
    pub prev: u64,
    /// What happened.
    pub what: ChangeType<'a>,
}

impl Change<'_> {
    /// The records that it is about.
    pub fn numbers(&self) -> RangeInclusive<u64> {
        match self.what {
            ChangeType::Made { last, .. } => self.num..=last,
            _ => self.num..=self.num,
        }
    }
}

/// What happened to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeType<'a> {
    /// It was made, and so were all up to the number `last`; or an undone making was done again.
    Made {
        /// The last number of the run.
        last: u64,
        /// Where they were put.
        to: Residence,
    },
    /// Fields changed, and perhaps the place.
    Changed {
        /// Where it was.
        from: Residence,
        /// Where it is.
        to: Residence,
        /// The fields, in the order of their tags.
        fields: Vec<FieldChange<'a>>,
    },
    /// Its making was taken back: all of it, so that it can be done again.
    Unmade {
        /// Where it was.
        from: Residence,
        /// Its fields as stored.
        row: Cow<'a, [u8]>,
    },
    /// It was removed for good; nothing is kept, of this change or those before it.
    Purged,
}

/// The stored bytes of one field before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange<'a> {
    /// The field.
    pub tag: u16,
    /// What it was.
    pub old: Option<Cow<'a, [u8]>>,
    /// What it is.
    pub new: Option<Cow<'a, [u8]>>,
}

/// The key of an entry.
pub const fn entry_key(seq: u64) -> [u8; 8] {
    seq.to_be_bytes()
}

/// The key of a chunk that begins with record `num`.
pub fn chunk_key(seq: u64, kind: KindId, num: u64) -> Vec<u8> {
    let mut key = seq.to_be_bytes().to_vec();
    key.push(kind.byte());
    put_num(&mut key, num);
    key
}

/// The prefix of all chunks of an entry.
pub fn chunks_prefix(seq: u64) -> Vec<u8> {
    seq.to_be_bytes().to_vec()
}

//! Entries and chunks as the first format of the store has them: by position, as `postcard` writes. They are only read;
//! what is written again is written in the format of today.

use std::{borrow::Cow, ops::ControlFlow};

use serde::Deserialize;

use crate::domain::Record;

use super::journal::{Change, ChangeType, Entry, FieldChange, Residence, StepType, Tally};

#[derive(Deserialize)]
struct FirstEntry {
    at: i64,
    by: u64,
    session: Option<String>,
    words: String,
    deed: FirstStepType,
    tally: [u64; 3],
}

#[derive(Deserialize)]
enum FirstStepType {
    Setup,
    Do,
    Undo(u64),
    Redo(u64),
    Purge,
}

#[derive(Deserialize)]
enum FirstResidence {
    Live,
    Trash,
}

impl From<FirstResidence> for Residence {
    fn from(place: FirstResidence) -> Self {
        match place {
            FirstResidence::Live => Self::Live,
            FirstResidence::Trash => Self::Trash,
        }
    }
}

#[derive(Deserialize)]
struct FirstChange<'a> {
    num: u64,
    prev: u64,
    #[serde(borrow)]
    what: FirstChangeType<'a>,
}

#[derive(Deserialize)]
enum FirstChangeType<'a> {
    Made {
        last: u64,
        to: FirstResidence,
    },
    Changed {
        from: FirstResidence,
        to: FirstResidence,
        #[serde(borrow)]
        fields: Vec<FirstField<'a>>,
    },
    Unmade {
        from: FirstResidence,
        row: &'a [u8],
    },
    Purged,
}

/// Tag, what it was, what it is.
#[derive(Deserialize)]
struct FirstField<'a>(u16, #[serde(borrow)] Option<&'a [u8]>, #[serde(borrow)] Option<&'a [u8]>);

/// Reads an entry.
pub fn entry(stored: &[u8]) -> Option<Entry> {
    let entry: FirstEntry = postcard::from_bytes(stored).ok()?;
    let [created, changed, removed] = entry.tally;
    Some(Entry {
        at: entry.at,
        by: entry.by,
        session: entry.session,
        words: entry.words,
        deed: match entry.deed {
            FirstStepType::Setup => StepType::Setup,
            FirstStepType::Do => StepType::Do,
            FirstStepType::Undo(of) => StepType::Undo(of),
            FirstStepType::Redo(of) => StepType::Redo(of),
            FirstStepType::Purge => StepType::Purge,
        },
        tally: Tally { created, changed, removed },
        highest: None,
        more: Record::new(),
    })
}

/// The changes of a chunk one by one; nothing where they cannot be read.
pub fn each<'a>(chunk: &'a [u8], visit: &mut dyn FnMut(Change<'a>) -> ControlFlow<()>) -> Option<ControlFlow<()>> {
    let (count, mut rest) = postcard::take_from_bytes::<u64>(chunk).ok()?;
    for _ in 0..count {
        let (change, after) = postcard::take_from_bytes::<FirstChange<'_>>(rest).ok()?;
        if visit(change.into()).is_break() {
            return Some(ControlFlow::Break(()));
        }
        rest = after;
    }
    Some(ControlFlow::Continue(()))
}

impl<'a> From<FirstChange<'a>> for Change<'a> {
    fn from(change: FirstChange<'a>) -> Self {
        let lent = |side: Option<&'a [u8]>| side.map(Cow::Borrowed);
        let field = |FirstField(tag, old, new)| FieldChange { tag, old: lent(old), new: lent(new) };
        let what = match change.what {
            FirstChangeType::Made { last, to } => ChangeType::Made { last, to: to.into() },
            FirstChangeType::Changed { from, to, fields } => ChangeType::Changed {
                from: from.into(),
                to: to.into(),
                fields: fields.into_iter().map(field).collect(),
            },
            FirstChangeType::Unmade { from, row } => ChangeType::Unmade { from: from.into(), row: Cow::Borrowed(row) },
            FirstChangeType::Purged => ChangeType::Purged,
        };
        Self { num: change.num, prev: change.prev, what }
    }
}

/// The bytes that the first version made of these changes.
#[cfg(test)]
pub(super) const CHUNK: [u8; 36] = [
    4, 1, 0, 0, 5, 0, 7, 2, 1, 0, 1, 2, 3, 1, 2, b'a', b'b', 0, 3, 1, 2, b'a', b'b', 0, 8, 3, 2, 1, 3, b'r', b'o',
    b'w', 0xAC, 2, 4, 3,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_the_first_format_are_read() {
        let stored = [&[0x80, 0xea, 0xb4, 0xdc, 0x95, 0x67, 3, 1, 2][..], b"s1", &[3], b"add", &[2, 7, 0, 0xac, 2, 1]];
        let expected = Entry {
            at: 1_772_442_000_000,
            by: 3,
            session: Some("s1".to_owned()),
            words: "add".to_owned(),
            deed: StepType::Undo(7),
            tally: Tally { created: 0, changed: 300, removed: 1 },
            ..Entry::default()
        };
        assert_eq!(entry(&stored.concat()), Some(expected));
        assert_eq!(entry(&stored.concat()[..9]), None);
    }

    #[test]
    fn chunks_of_the_first_format_are_read() {
        let field = FieldChange { tag: 3, old: Some(Cow::Borrowed(&b"ab"[..])), new: None };
        let changed =
            ChangeType::Changed { from: Residence::Live, to: Residence::Trash, fields: vec![field.clone(), field] };
        let expected = [
            Change { num: 1, prev: 0, what: ChangeType::Made { last: 5, to: Residence::Live } },
            Change { num: 7, prev: 2, what: changed },
            Change { num: 8, prev: 3, what: ChangeType::Unmade { from: Residence::Trash, row: Cow::Borrowed(b"row") } },
            Change { num: 300, prev: 4, what: ChangeType::Purged },
        ];
        let mut read = Vec::new();
        let mut keep = |change| {
            read.push(change);
            ControlFlow::Continue(())
        };
        assert_eq!(each(&CHUNK, &mut keep), Some(ControlFlow::Continue(())));
        assert_eq!(read, expected);
        for end in 0..CHUNK.len() {
            assert_eq!(each(&CHUNK[..end], &mut |_| ControlFlow::Continue(())), None, "cut off after {end} bytes");
        }
    }
}

//! A step's changes as the journal keeps them: differences of fields, in chunks, and back again.

use std::{
    borrow::Cow,
    ops::{Bound, ControlFlow, RangeInclusive},
};

use crate::{
    domain::{KindId, Record, RecordId, bytes},
    error::{Error, Result},
    text::said,
};

use super::{
    change::{RecordChange, by_kind},
    chunk,
    engine::{KeyRange, Read, Space, Write},
    entry,
    journal::{Change, ChangeType, FieldChange, Residence, chunk_key, chunks_prefix, entry_key},
    keys::take_num,
    row,
};

/// A chunk is closed when it holds this many bytes of changes.
const CHUNK_BYTES: usize = 32 << 10;

/// The chunks of a step: keys and values in order.
pub fn of(seq: u64, changes: &[RecordChange], purge: bool) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut chunks = Vec::new();
    for (kind, group) in by_kind(changes) {
        let mut open: Vec<Change<'_>> = Vec::new();
        let mut size = 0;
        for change in group {
            if size > CHUNK_BYTES {
                close(seq, kind, &mut open, &mut chunks);
                size = 0;
            }
            let what = what_of(change, purge);
            if let (
                ChangeType::Made { to, .. },
                Some(Change { num, prev: 0, what: ChangeType::Made { last, to: run } }),
            ) = (&what, open.last_mut())
                && change.prev == 0
                && *last + 1 == change.id.num
                && run == to
                && *num < change.id.num
            {
                *last += 1;
                continue;
            }
            size += size_of(&what);
            open.push(Change { num: change.id.num, prev: change.prev, what });
        }
        close(seq, kind, &mut open, &mut chunks);
    }
    chunks
}

fn close(seq: u64, kind: KindId, open: &mut Vec<Change<'_>>, chunks: &mut Vec<(Vec<u8>, Vec<u8>)>) {
    if let Some(first) = open.first() {
        let key = chunk_key(seq, kind, first.num);
        chunks.push((key, chunk::write(open)));
        open.clear();
    }
}

fn size_of(what: &ChangeType<'_>) -> usize {
    16 + match what {
        ChangeType::Made { .. } | ChangeType::Purged => 0,
        ChangeType::Unmade { row, .. } => row.len(),
        ChangeType::Changed { fields, .. } => {
            let length = |side: &Option<Cow<'_, [u8]>>| side.as_ref().map_or(0, |bytes| bytes.len());
            fields.iter().map(|field| 4 + length(&field.old) + length(&field.new)).sum()
        }
    }
}

fn what_of(change: &RecordChange, purge: bool) -> ChangeType<'_> {
    match (&change.before, &change.after) {
        (_, None) if purge => ChangeType::Purged,
        (Some(before), None) => ChangeType::Unmade { from: before.place, row: before.record.row().bytes().into() },
        (None, Some(after)) => ChangeType::Made { last: change.id.num, to: after.place },
        (Some(before), Some(after)) => ChangeType::Changed {
            from: before.place,
            to: after.place,
            fields: differing(&before.record, &after.record),
        },
        (None, None) => ChangeType::Purged,
    }
}

/// The fields in which two records differ, in the order of their tags.
pub fn differing<'a>(before: &'a Record, after: &'a Record) -> Vec<FieldChange<'a>> {
    let fields = before.row().differing(after.row());
    fields
        .map(|(tag, old, new)| FieldChange { tag, old: old.map(Cow::Borrowed), new: new.map(Cow::Borrowed) })
        .collect()
}

/// Visits every change of a step, kind by kind, in the order of numbers.
pub fn visit(read: &dyn Read, seq: u64, visit: &mut dyn FnMut(KindId, Change<'_>) -> ControlFlow<()>) -> Result<()> {
    scan(read, seq..=seq, None, &mut |kind, chunk| chunk::each(chunk, &mut |change| visit(kind, change)))
}

/// The same of several steps, in their order; of all kinds, or of one.
pub fn visit_steps(
    read: &dyn Read,
    steps: RangeInclusive<u64>,
    kind: Option<KindId>,
    visit: &mut dyn FnMut(KindId, Change<'_>) -> ControlFlow<()>,
) -> Result<()> {
    scan(read, steps, kind, &mut |kind, chunk| chunk::each(chunk, &mut |change| visit(kind, change)))
}

/// Visits the numbers of the records that a step touched, kind by kind, in rising order: a large step is passed at a
/// fraction of the cost of its changes.
pub fn visit_numbers(
    read: &dyn Read,
    seq: u64,
    visit: &mut dyn FnMut(KindId, RangeInclusive<u64>) -> ControlFlow<()>,
) -> Result<()> {
    scan(read, seq..=seq, None, &mut |kind, chunk| chunk::numbers(chunk, &mut |numbers| visit(kind, numbers)))
}

/// Takes a chunk of a kind; gives nothing where it cannot be read.
type Chunk<'c> = dyn FnMut(KindId, &[u8]) -> Option<ControlFlow<()>> + 'c;

/// Visits the chunks of some steps, of all kinds or of one.
fn scan(read: &dyn Read, steps: RangeInclusive<u64>, wanted: Option<KindId>, visit: &mut Chunk<'_>) -> Result<()> {
    let (first, end) = (chunks_prefix(*steps.start()), chunks_prefix(steps.end().saturating_add(1)));
    let (range, mut bad) = (KeyRange::between(Bound::Included(&first), Bound::Excluded(&end)), None);
    read.scan(Space::Changes, range, false, &mut |key, chunk| {
        let flow = match kind_in(key) {
            Some(kind) if wanted.is_some_and(|wanted| wanted != kind) => return ControlFlow::Continue(()),
            kind => kind.and_then(|kind| visit(kind, chunk)),
        };
        flow.unwrap_or_else(|| {
            bad = Some(key.first_chunk().map_or(*steps.start(), |seq| u64::from_be_bytes(*seq)));
            ControlFlow::Break(())
        })
    })?;
    bad.map_or(Ok(()), |seq| Err(unreadable(seq)))
}

/// What a step changed about one record.
pub fn find(read: &dyn Read, seq: u64, id: RecordId) -> Result<Option<Change<'static>>> {
    let mut found = Some(None);
    with_chunk(read, seq, id, &mut |_, stored| {
        found = chunk::find(stored, id.num).map(|change| change.map(into_owned));
    })?;
    found.ok_or_else(|| unreadable(seq))
}

/// Shows the chunk of a step that a record would be in, with its key.
fn with_chunk(read: &dyn Read, seq: u64, id: RecordId, look: &mut dyn FnMut(&[u8], &[u8])) -> Result<()> {
    let (first, last) = (chunk_key(seq, id.kind, 0), chunk_key(seq, id.kind, id.num));
    let range = KeyRange::between(Bound::Included(&first), Bound::Included(&last));
    Ok(read.scan(Space::Changes, range, true, &mut |key, stored| {
        look(key, stored);
        ControlFlow::Break(())
    })?)
}

/// Blanks all that the journal holds of a record, from its change `seq` backwards: values, and the words of the steps,
/// in which values may stand.
pub fn forget(txn: &mut dyn Write, id: RecordId, seq: u64) -> Result<()> {
    let mut next = seq;
    while next != 0 {
        let Some(change) = find(txn, next, id)? else { return Ok(()) };
        // A run of new records holds no values, and stands for the others too.
        if !matches!(change.what, ChangeType::Made { .. }) {
            let mut held = None;
            with_chunk(txn, next, id, &mut |key, stored| held = Some((key.to_vec(), chunk::without(stored, id.num))))?;
            if let Some((key, blanked)) = held {
                txn.put(Space::Changes, &key, &blanked.ok_or_else(|| unreadable(next))?)?;
            }
        }
        forget_words(txn, next)?;
        next = change.prev;
    }
    Ok(())
}

/// Blanks the words of a step.
pub(super) fn forget_words(txn: &mut dyn Write, seq: u64) -> Result<()> {
    if let Some(stored) = txn.get(Space::Journal, &entry_key(seq))? {
        let mut entry = entry::read(&stored).ok_or_else(|| unreadable(seq))?;
        PURGED.clone_into(&mut entry.words);
        entry.more.clear(entry::NOTE);
        txn.put(Space::Journal, &entry_key(seq), &entry::write(&entry))?;
    }
    Ok(())
}

/// What stands in the journal in the place of words that spoke of a purged record.
pub const PURGED: &str = "(purged)";

pub(super) fn kind_in(key: &[u8]) -> Option<KindId> {
    take_num(key.get(9..)?)?;
    Some(KindId::new(*key.get(8)?))
}

pub(super) fn unreadable(seq: u64) -> Error {
    Error::failure(said!("The changes of journal entry {seq} cannot be read", "无法读取第 {seq} 条日志的更改"))
}

/// The change, with copies of what it borrowed.
pub fn into_owned(change: Change<'_>) -> Change<'static> {
    let owned = |side: Option<Cow<'_, [u8]>>| side.map(|bytes| Cow::Owned(bytes.into_owned()));
    let what = match change.what {
        ChangeType::Made { last, to } => ChangeType::Made { last, to },
        ChangeType::Unmade { from, row } => ChangeType::Unmade { from, row: Cow::Owned(row.into_owned()) },
        ChangeType::Purged => ChangeType::Purged,
        ChangeType::Changed { from, to, fields } => ChangeType::Changed {
            from,
            to,
            fields: fields
                .into_iter()
                .map(|field| FieldChange { tag: field.tag, old: owned(field.old), new: owned(field.new) })
                .collect(),
        },
    };
    Change { num: change.num, prev: change.prev, what }
}

/// Where a record was, and its fields, before a change; `None` where it did not exist.
pub fn unapply(state: Option<(Residence, Record)>, change: &Change<'_>) -> Option<(Residence, Record)> {
    match &change.what {
        ChangeType::Made { .. } | ChangeType::Purged => None,
        ChangeType::Unmade { from, row } => Some((*from, Record::from_bytes(row.to_vec()))),
        ChangeType::Changed { from, fields, .. } => state.map(|(_, mut record)| {
            for field in fields {
                record.set_raw(field.tag, field.old.as_deref());
            }
            (*from, record)
        }),
    }
}

/// The sequence that removed a record whose row is gone.
pub fn gone_at(read: &dyn Read, id: RecordId) -> Result<Option<u64>> {
    Ok(read.get(Space::Gone, &row::key(id.kind, id.num))?.and_then(|value| bytes::unsigned(&value)))
}

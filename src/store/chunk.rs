//! The bytes of a chunk of changes.
//!
//! | part | bytes |
//! | --- | --- |
//! | mark | `FF 00`, a number with a byte more than it needs, with which no chunk of the first format begins |
//! | format | one byte |
//! | fields of the chunk | length, then tag, length, bytes of each; none yet |
//! | each change | length, number, how many more numbers it is about, then tag, length, bytes of each field |
//!
//! Fields of a change are `PREV` to `ROW` below; numbers are LEB128. Who looks for numbers passes the rest by the length.
//! `FIELDS` is a run of: tag, length of what it was plus one (0 where it was not set), the bytes, the same of what it is.

use std::{
    borrow::Cow,
    ops::{ControlFlow, RangeInclusive},
};

use crate::domain::{
    Record, Row,
    bytes::{put_unsigned, take_unsigned, unsigned},
};

use super::{
    first,
    journal::{Change, ChangeType, FieldChange, Residence},
};

const MARK: [u8; 2] = [0xff, 0];

/// The format of chunks that this version writes.
pub const FORMAT: u8 = 2;

const PREV: u16 = 1;
const WHAT: u16 = 2;
const FROM: u16 = 3;
const TO: u16 = 4;
const FIELDS: u16 = 5;
const ROW: u16 = 6;

const MADE: u64 = 0;
const CHANGED: u64 = 1;
const UNMADE: u64 = 2;
const PURGED: u64 = 3;

/// The tags of a change and the numbers of what happened and of places, by name: these never change.
pub const NUMBERS: &[(&str, &str, u64)] = &[
    ("field", "prev", PREV as u64),
    ("field", "what", WHAT as u64),
    ("field", "from", FROM as u64),
    ("field", "to", TO as u64),
    ("field", "fields", FIELDS as u64),
    ("field", "row", ROW as u64),
    ("what", "made", MADE),
    ("what", "changed", CHANGED),
    ("what", "unmade", UNMADE),
    ("what", "purged", PURGED),
    ("place", "live", place_number(Residence::Live)),
    ("place", "trash", place_number(Residence::Trash)),
];

const fn place_number(place: Residence) -> u64 {
    match place {
        Residence::Live => 0,
        Residence::Trash => 1,
    }
}

/// A chunk of these changes, which are in the order of their numbers.
pub fn write(changes: &[Change<'_>]) -> Vec<u8> {
    let mut writer = Writer::new(&[]);
    changes.iter().for_each(|change| writer.put(change));
    writer.chunk
}

/// A chunk on its way, and room for the parts whose lengths stand before them.
struct Writer {
    chunk: Vec<u8>,
    change: Vec<u8>,
    fields: Vec<u8>,
}

impl Writer {
    /// A chunk without changes, with these fields of its own.
    fn new(own: &[u8]) -> Self {
        let mut chunk = [&MARK[..], &[FORMAT]].concat();
        put_unsigned(&mut chunk, own.len() as u64);
        chunk.extend_from_slice(own);
        Self { chunk, change: Vec::new(), fields: Vec::new() }
    }

    fn put(&mut self, change: &Change<'_>) {
        self.change.clear();
        let last = match change.what {
            ChangeType::Made { last, .. } => last,
            _ => change.num,
        };
        put_unsigned(&mut self.change, change.num);
        put_unsigned(&mut self.change, last - change.num);
        put_number(&mut self.change, PREV, change.prev);
        let what = match change.what {
            ChangeType::Made { .. } => MADE,
            ChangeType::Changed { .. } => CHANGED,
            ChangeType::Unmade { .. } => UNMADE,
            ChangeType::Purged => PURGED,
        };
        put_number(&mut self.change, WHAT, what);
        match &change.what {
            ChangeType::Made { to, .. } => put_place(&mut self.change, TO, *to),
            ChangeType::Changed { from, to, fields } => {
                put_place(&mut self.change, FROM, *from);
                put_place(&mut self.change, TO, *to);
                self.fields.clear();
                for field in fields {
                    put_unsigned(&mut self.fields, u64::from(field.tag));
                    put_side(&mut self.fields, field.old.as_deref());
                    put_side(&mut self.fields, field.new.as_deref());
                }
                put_bytes(&mut self.change, FIELDS, &self.fields);
            }
            ChangeType::Unmade { from, row } => {
                put_place(&mut self.change, FROM, *from);
                put_bytes(&mut self.change, ROW, row);
            }
            ChangeType::Purged => {}
        }
        put_unsigned(&mut self.chunk, self.change.len() as u64);
        self.chunk.extend_from_slice(&self.change);
    }
}

fn put_number(out: &mut Vec<u8>, tag: u16, number: u64) {
    put_unsigned(out, u64::from(tag));
    // So many bytes of seven bits; 0 is one, too.
    put_unsigned(out, u64::from((64 - (number | 1).leading_zeros()).div_ceil(7)));
    put_unsigned(out, number);
}

fn put_bytes(out: &mut Vec<u8>, tag: u16, bytes: &[u8]) {
    put_unsigned(out, u64::from(tag));
    put_unsigned(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Most records are in use: that is not said.
fn put_place(out: &mut Vec<u8>, tag: u16, place: Residence) {
    if place != Residence::Live {
        put_number(out, tag, place_number(place));
    }
}

fn put_side(out: &mut Vec<u8>, side: Option<&[u8]>) {
    put_unsigned(out, side.map_or(0, |bytes| bytes.len() as u64 + 1));
    out.extend_from_slice(side.unwrap_or_default());
}

/// The changes of a chunk one by one; nothing where they cannot be read.
pub fn each<'a>(chunk: &'a [u8], visit: &mut dyn FnMut(Change<'a>) -> ControlFlow<()>) -> Option<ControlFlow<()>> {
    let Some(parts) = Parts::of(chunk)? else { return first::each(chunk, visit) };
    parts.each(&mut |stored| Some(visit(stored.change()?)))
}

/// The numbers that the changes of a chunk are about; nothing where they cannot be read.
pub fn numbers(chunk: &[u8], visit: &mut dyn FnMut(RangeInclusive<u64>) -> ControlFlow<()>) -> Option<ControlFlow<()>> {
    match Parts::of(chunk)? {
        Some(parts) => parts.each(&mut |stored| Some(visit(stored.num..=stored.last))),
        None => first::each(chunk, &mut |change| visit(change.numbers())),
    }
}

/// What a chunk says of one record, or that it says nothing; no answer where it cannot be read.
pub fn find<'a>(chunk: &'a [u8], num: u64) -> Option<Option<Change<'a>>> {
    let mut found = None;
    let mut look = |change: Change<'a>| {
        if !change.numbers().contains(&num) {
            return ControlFlow::Continue(());
        }
        found = Some(change);
        ControlFlow::Break(())
    };
    let _flow = match Parts::of(chunk)? {
        Some(parts) => parts.each(&mut |stored| match (stored.num..=stored.last).contains(&num) {
            true => Some(look(stored.change()?)),
            false => Some(ControlFlow::Continue(())),
        })?,
        None => first::each(chunk, &mut look)?,
    };
    Some(found)
}

/// The chunk without anything that it says of one record but that it was purged: its fields go, those of this version
/// and those of others. Other changes stay as they are.
pub fn without(chunk: &[u8], num: u64) -> Option<Vec<u8>> {
    let purged = |prev| Change { num, prev, what: ChangeType::Purged };
    let parts = Parts::of(chunk)?;
    let mut writer = Writer::new(parts.as_ref().map_or(&[][..], |parts| parts.own));
    let _flow = match parts {
        None => first::each(chunk, &mut |change| {
            writer.put(&if change.num == num { purged(change.prev) } else { change });
            ControlFlow::Continue(())
        })?,
        Some(parts) => parts.each(&mut |stored| {
            if stored.num == num {
                writer.put(&purged(stored.prev()?));
            } else {
                put_unsigned(&mut writer.chunk, stored.whole.len() as u64);
                writer.chunk.extend_from_slice(stored.whole);
            }
            Some(ControlFlow::Continue(()))
        })?,
    };
    Some(writer.chunk)
}

/// The chunk without the values of some fields, before and after each change; nothing where it cannot be read, and then
/// nothing where it holds none.
pub fn without_fields(chunk: &[u8], tags: &[u16]) -> Option<Option<Vec<u8>>> {
    let mut writer = Writer::new(Parts::of(chunk)?.map_or(&[][..], |parts| parts.own));
    let mut found = false;
    let _flow = each(chunk, &mut |mut change| {
        match &mut change.what {
            ChangeType::Changed { fields, .. } => {
                let before = fields.len();
                fields.retain(|field| !tags.contains(&field.tag));
                found |= fields.len() < before;
            }
            ChangeType::Unmade { row, .. } if Row::new(row).raw_fields().any(|(tag, _)| tags.contains(&tag)) => {
                let mut record = Record::from_bytes(row.to_vec());
                tags.iter().for_each(|tag| record.set_raw(*tag, None));
                *row = Cow::Owned(record.row().bytes().to_vec());
                found = true;
            }
            ChangeType::Unmade { .. } | ChangeType::Made { .. } | ChangeType::Purged => {}
        }
        writer.put(&change);
        ControlFlow::Continue(())
    })?;
    Some(found.then_some(writer.chunk))
}

/// A chunk of this format, taken apart.
struct Parts<'a> {
    own: &'a [u8],
    changes: &'a [u8],
}

/// A stored change, of which only the numbers are read yet.
struct StoredChange<'a> {
    whole: &'a [u8],
    num: u64,
    last: u64,
    fields: Row<'a>,
}

impl<'a> Parts<'a> {
    /// Takes a chunk apart; `Some(None)` where it is of the first format, nothing where it is of none.
    fn of(chunk: &'a [u8]) -> Option<Option<Self>> {
        let Some(rest) = chunk.strip_prefix(&MARK) else { return Some(None) };
        let (format, mut rest) = rest.split_first()?;
        if *format != FORMAT {
            return None;
        }
        let own = take_bytes(&mut rest)?;
        Some(Some(Self { own, changes: rest }))
    }

    fn each(&self, visit: &mut dyn FnMut(StoredChange<'a>) -> Option<ControlFlow<()>>) -> Option<ControlFlow<()>> {
        let mut rest = self.changes;
        while !rest.is_empty() {
            let whole = take_bytes(&mut rest)?;
            let mut fields = whole;
            let (num, more) = (take_unsigned(&mut fields)?, take_unsigned(&mut fields)?);
            let stored = StoredChange { whole, num, last: num.checked_add(more)?, fields: Row::new(fields) };
            if visit(stored)?.is_break() {
                return Some(ControlFlow::Break(()));
            }
        }
        Some(ControlFlow::Continue(()))
    }
}

impl<'a> StoredChange<'a> {
    fn prev(&self) -> Option<u64> {
        self.fields.raw(PREV).and_then(unsigned)
    }

    fn change(&self) -> Option<Change<'a>> {
        let mut found = [None; ROW as usize];
        let mut rest = self.fields.bytes();
        while !rest.is_empty() {
            let (tag, bytes) = (take_unsigned(&mut rest)?, take_bytes(&mut rest)?);
            // What stands under other tags is of a later version, and no part of what this one knows of a change.
            if let Some(place) = usize::try_from(tag).ok()?.checked_sub(1).and_then(|at| found.get_mut(at)) {
                *place = Some(bytes);
            }
        }
        let [prev, what, from, to, fields, row] = found;
        let place = |stored: Option<&[u8]>| match stored.map(unsigned) {
            None => Some(Residence::Live),
            Some(number) if number == Some(place_number(Residence::Trash)) => Some(Residence::Trash),
            Some(_) => None,
        };
        let what = match unsigned(what?)? {
            MADE => ChangeType::Made { last: self.last, to: place(to)? },
            CHANGED => ChangeType::Changed { from: place(from)?, to: place(to)?, fields: read_fields(fields?)? },
            UNMADE => ChangeType::Unmade { from: place(from)?, row: Cow::Borrowed(row?) },
            PURGED => ChangeType::Purged,
            _ => return None,
        };
        Some(Change { num: self.num, prev: unsigned(prev?)?, what })
    }
}

fn read_fields(mut run: &[u8]) -> Option<Vec<FieldChange<'_>>> {
    let mut fields = Vec::new();
    while !run.is_empty() {
        let tag = take_unsigned(&mut run)?.try_into().ok()?;
        let (old, new) = (take_side(&mut run)?, take_side(&mut run)?);
        fields.push(FieldChange { tag, old: old.map(Cow::Borrowed), new: new.map(Cow::Borrowed) });
    }
    Some(fields)
}

fn take_side<'a>(run: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    match take_unsigned(run)? {
        0 => Some(None),
        more => take(run, more - 1).map(Some),
    }
}

fn take_bytes<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = take_unsigned(rest)?;
    take(rest, length)
}

fn take<'a>(rest: &mut &'a [u8], length: u64) -> Option<&'a [u8]> {
    let (bytes, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    *rest = after;
    Some(bytes)
}

#[cfg(test)]
mod tests;

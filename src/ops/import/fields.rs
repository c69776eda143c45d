//! Fields of rows as records and as what to do with records.

use crate::{
    commit::{Assign, Assignment},
    domain::{
        Items, Kind, Record, Row, Value,
        bytes::{put, put_unsigned},
        decode as read_stored,
    },
};

/// A number as links are stored.
pub(super) fn unsigned(number: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4);
    put_unsigned(&mut bytes, number);
    bytes
}

/// The fields of a row with its links among them, in the order of tags; the links of each of these lists stand together.
pub(super) fn record(fields: Row<'_>, links: &[(u16, u64)], lists: &[u16]) -> Record {
    if links.is_empty() {
        return Record::from_bytes(fields.bytes().to_vec());
    }
    let mut bytes = Vec::with_capacity(fields.bytes().len() + links.len() * 6);
    let mut links = links.chunk_by(|one, next| one.0 == next.0 && lists.contains(&one.0)).peekable();
    let mut append = |tag: u16, stored: &[u8]| {
        put_unsigned(&mut bytes, u64::from(tag));
        put_unsigned(&mut bytes, stored.len() as u64);
        bytes.extend_from_slice(stored);
    };
    let stored = |run: &[(u16, u64)]| match run {
        [(tag, target)] if !lists.contains(tag) => unsigned(*target),
        list => list_of(list.iter().map(|(_, target)| *target)),
    };
    let tag_of = |run: &[(u16, u64)]| run.first().map_or(u16::MAX, |(tag, _)| *tag);
    for (tag, field) in fields.raw_fields() {
        while let Some(run) = links.next_if(|run| tag_of(run) < tag) {
            append(tag_of(run), &stored(run));
        }
        append(tag, field);
    }
    links.for_each(|run| append(tag_of(run), &stored(run)));
    Record::from_bytes(bytes)
}

/// A list of links as it is stored, each once.
pub(super) fn list_of(numbers: impl Iterator<Item = u64>) -> Vec<u8> {
    let (mut items, mut bytes) = (Items::default(), Vec::new());
    numbers.for_each(|num| items.include(Value::Link(num)));
    items.into_value().iter().for_each(|list| put(&mut bytes, list));
    bytes
}

/// The fields of a record as what to do with another one.
pub(super) fn assignments(kind: &'static Kind, record: &Record) -> Vec<Assignment> {
    let set = |(tag, stored)| {
        let def = kind.field_by_tag(tag)?;
        Some((def, Assign::Set(read_stored(def, stored)?)))
    };
    record.row().raw_fields().filter_map(set).collect()
}

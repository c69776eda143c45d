//! Fields of rows as records and as what to do with records.

use crate::{
    commit::{Assign, Assignment},
    domain::{Kind, Record, Row, bytes::put_unsigned, decode as read_stored},
};

/// A number as links are stored.
pub(super) fn unsigned(number: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4);
    put_unsigned(&mut bytes, number);
    bytes
}

/// The fields of a row with its links among them, in the order of tags.
pub(super) fn record(fields: Row<'_>, links: &[(u16, u64)]) -> Record {
    if links.is_empty() {
        return Record::from_bytes(fields.bytes().to_vec());
    }
    let mut bytes = Vec::with_capacity(fields.bytes().len() + links.len() * 6);
    let mut links = links.iter().peekable();
    let mut put = |tag: u16, stored: &[u8]| {
        put_unsigned(&mut bytes, u64::from(tag));
        put_unsigned(&mut bytes, stored.len() as u64);
        bytes.extend_from_slice(stored);
    };
    for (tag, stored) in fields.raw_fields() {
        while let Some((link, target)) = links.next_if(|(link, _)| *link < tag) {
            put(*link, &unsigned(*target));
        }
        put(tag, stored);
    }
    links.for_each(|(link, target)| put(*link, &unsigned(*target)));
    Record::from_bytes(bytes)
}

/// The fields of a record as what to do with another one.
pub(super) fn assignments(kind: &'static Kind, record: &Record) -> Vec<Assignment> {
    let set = |(tag, stored)| {
        let def = kind.field_by_tag(tag)?;
        Some((def, Assign::Set(read_stored(def, stored)?)))
    };
    record.row().raw_fields().filter_map(set).collect()
}

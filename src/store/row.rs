//! A record as it stands in the store: format, the sequence that changed it last, its fields.

use crate::domain::{
    KindId, Record, Row,
    bytes::{put_unsigned, take_unsigned},
};

use super::keys::put_num;

/// The format of rows that this version writes.
pub const FORMAT: u8 = 1;

/// A stored record: the sequence that changed it last, and its fields.
#[derive(Clone, Copy)]
pub struct Stored<'a> {
    /// The journal entry that changed it last.
    pub head: u64,
    /// Its fields.
    pub row: Row<'a>,
}

impl<'a> Stored<'a> {
    /// Reads a stored value; `None` where it is no row of a format that this version knows.
    pub fn read(value: &'a [u8]) -> Option<Self> {
        let (format, mut rest) = value.split_first()?;
        if *format != FORMAT {
            return None;
        }
        let head = take_unsigned(&mut rest)?;
        Some(Self { head, row: Row::new(rest) })
    }
}

/// Writes the stored value of a record.
pub fn write(out: &mut Vec<u8>, head: u64, record: &Record) {
    out.push(FORMAT);
    put_unsigned(out, head);
    out.extend_from_slice(record.row().bytes());
}

/// The key of a record, the same in every space that is keyed by record.
pub fn key(kind: KindId, num: u64) -> Vec<u8> {
    let mut key = Vec::with_capacity(10);
    put_key(&mut key, kind, num);
    key
}

/// Appends the key of a record.
pub fn put_key(out: &mut Vec<u8>, kind: KindId, num: u64) {
    out.push(kind.byte());
    put_num(out, num);
}

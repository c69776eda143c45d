//! What the store says about itself: its format, who wrote it, its sequence number, and the counters of records.

use crate::{
    domain::{KindId, bytes},
    error::Result,
};

use super::engine::{Read, Space, Write};

/// The format of the file that this version writes. Those before it, it reads, and raises them before it writes.
pub const FORMAT: u64 = 2;
/// The format of a store that has definitions, which else is as the one before: a program that knows nothing of definitions
/// does not keep the indexes of what they define, and so refuses it.
pub const FORMAT_WITH_DEFINITIONS: u64 = 3;

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The key of the format.
pub const FORMAT_KEY: &[u8] = b"format";
/// The key of the version of the program that wrote the store last.
pub const WRITTEN_BY: &[u8] = b"written_by";
/// The key of what that version keeps beside the records.
pub const LAYOUT: &[u8] = b"layout";
/// The key of the digest of the definitions.
pub const SCHEMA: &[u8] = b"schema";
/// The key of the tables that the definitions make.
pub const TABLES: &[u8] = b"tables";
/// The key of the sequence number of the last step.
pub const SEQ: &[u8] = b"seq";

/// The key of the most that a step is dated before one that was taken earlier, in milliseconds.
pub const BACK: &[u8] = b"back";

/// The key of the sequence number up to which the lists of the search tell everything.
pub const SEARCH: &[u8] = b"search";

/// All keys; `counter/` stands before the number of a kind.
pub const KEYS: &[&[u8]] = &[FORMAT_KEY, WRITTEN_BY, LAYOUT, SEQ, BACK, SEARCH, SCHEMA, TABLES, BUILD, COUNTER];

/// Stands before the number of the `field` record whose index is unfinished.
pub const BUILD: &[u8] = b"build/";

const COUNTER: &[u8] = b"counter/";

/// The key of the last number given to a record of a kind.
pub fn counter(kind: KindId) -> Vec<u8> {
    [COUNTER, &[kind.byte()]].concat()
}

/// A number, 0 where there is none.
pub fn number(read: &dyn Read, key: &[u8]) -> Result<u64> {
    Ok(read.get(Space::Meta, key)?.and_then(|value| bytes::unsigned(&value)).unwrap_or_default())
}

/// Sets a number.
pub fn set_number(txn: &mut dyn Write, key: &[u8], number: u64) -> Result<()> {
    let mut value = Vec::new();
    bytes::put_unsigned(&mut value, number);
    Ok(txn.put(Space::Meta, key, &value)?)
}

//! Which indexes are unfinished: notes in `meta`, by the number of the `field` record that asks for each.

use std::ops::ControlFlow;

use crate::{
    domain::bytes::{put_unsigned, take_unsigned},
    error::Result,
};

use super::{
    engine::{KeyRange, Read, Space, Write},
    meta,
};

/// An unfinished index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnfinishedIndex {
    /// The number of the `field` record that asks for it.
    pub field: u64,
    /// The number of the record that comes next.
    pub next: u64,
    /// When somebody worked on it last by the clock of the machine, in milliseconds of the Unix epoch.
    pub at: u64,
}

impl UnfinishedIndex {
    fn read(key: &[u8], mut value: &[u8]) -> Option<Self> {
        let field = key.strip_prefix(meta::BUILD).and_then(|mut rest| take_unsigned(&mut rest))?;
        Some(Self { field, next: take_unsigned(&mut value)?, at: take_unsigned(&mut value)? })
    }

    pub(super) fn write(self, txn: &mut dyn Write) -> Result<()> {
        let mut value = Vec::new();
        put_unsigned(&mut value, self.next);
        put_unsigned(&mut value, self.at);
        Ok(txn.put(Space::Meta, &key(self.field), &value)?)
    }
}

/// The unfinished indexes, in the order of the numbers of their `field` records.
///
/// # Errors
/// What the engine says.
pub fn unfinished_indexes(read: &dyn Read) -> Result<Vec<UnfinishedIndex>> {
    let mut found = Vec::new();
    read.scan(Space::Meta, KeyRange::prefix(meta::BUILD), false, &mut |key, value| {
        found.extend(UnfinishedIndex::read(key, value));
        ControlFlow::Continue(())
    })?;
    found.sort_unstable_by_key(|unfinished| unfinished.field);
    Ok(found)
}

/// The key of the note about the `field` record of this number.
pub(super) fn key(num: u64) -> Vec<u8> {
    let mut key = meta::BUILD.to_vec();
    put_unsigned(&mut key, num);
    key
}

//! The write transaction.
//!
//! redb ties an open table to a borrow of its transaction and lets a table be open once only, so each call opens the
//! one it needs. Reads copy what they found and close the table before they lend it: a visitor may read again.

use std::borrow::Borrow;
use std::ops::{Bound, ControlFlow};

use redb::{ReadableTableMetadata, WriteTransaction};

use super::guard::guarded;
use super::{
    bulk::{self, WriteTable},
    snapshot::{look_up, walk},
    table,
};
use crate::store::engine::{EngineError, Entries, KeyRange, Read, Space, Visit, Write, WriteTxn};

/// What a scan copies before it lends it, in bytes: large enough to spread the cost of a descent.
const BATCH: usize = 64 << 10;

/// The transaction, or one of the hands that write in it.
pub(super) struct RedbTxn<T = WriteTransaction>(T);

impl RedbTxn {
    pub(super) fn new(transaction: WriteTransaction) -> Self {
        Self(transaction)
    }
}

impl<T: Borrow<WriteTransaction>> RedbTxn<T> {
    fn table(&self, space: Space) -> Result<WriteTable<'_>, EngineError> {
        guarded(|| self.0.borrow().open_table(table(space)))
    }
}

impl<T: Borrow<WriteTransaction>> Read for RedbTxn<T> {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        look_up(&self.table(space)?, key, |found| found.map(<[u8]>::to_vec))
    }

    fn get_with(&self, space: Space, key: &[u8], f: &mut dyn FnMut(&[u8])) -> Result<bool, EngineError> {
        let found = self.get(space, key)?;
        if let Some(value) = &found {
            f(value);
        }
        Ok(found.is_some())
    }

    fn get_many(
        &self,
        space: Space,
        keys: &[&[u8]],
        visit: &mut dyn FnMut(usize, Option<&[u8]>),
    ) -> Result<(), EngineError> {
        let mut copied = Vec::new();
        let mut ends = Vec::new();
        let mut next = 0;
        while next < keys.len() {
            copied.clear();
            ends.clear();
            {
                let table = self.table(space)?;
                for key in &keys[next..] {
                    let found = look_up(&table, key, |found| {
                        copied.extend_from_slice(found.unwrap_or_default());
                        found.is_some()
                    })?;
                    ends.push((found, copied.len()));
                    if copied.len() >= BATCH {
                        break;
                    }
                }
            }
            let mut start = 0;
            for (place, (found, end)) in ends.iter().enumerate() {
                visit(next + place, found.then(|| &copied[start..*end]));
                start = *end;
            }
            next += ends.len();
        }
        Ok(())
    }

    fn scan(&self, space: Space, range: KeyRange<'_>, reverse: bool, visit: &mut Visit<'_>) -> Result<(), EngineError> {
        let mut batch = Batch::default();
        let mut last: Option<Vec<u8>> = None;
        loop {
            let bounds = match (&last, reverse) {
                (None, _) => (range.start(), range.end()),
                (Some(key), false) => (Bound::Excluded(&**key), range.end()),
                (Some(key), true) => (range.start(), Bound::Excluded(&**key)),
            };
            batch.clear();
            walk(&self.table(space)?, bounds, reverse, &mut |key, value| batch.push(key, value))?;
            if batch.visit(visit).is_break() || !batch.is_full() {
                return Ok(());
            }
            last = batch.last().map(<[u8]>::to_vec);
        }
    }

    fn len(&self, space: Space) -> Result<u64, EngineError> {
        Ok(self.table(space)?.len()?)
    }
}

impl<T: Borrow<WriteTransaction>> Write for RedbTxn<T> {
    fn put(&mut self, space: Space, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        let mut table = self.table(space)?;
        guarded(|| table.insert(key, value).map(drop))
    }

    fn remove(&mut self, space: Space, key: &[u8]) -> Result<bool, EngineError> {
        let mut table = self.table(space)?;
        guarded(|| table.remove(key).map(|removed| removed.is_some()))
    }

    fn load(&mut self, space: Space, entries: &mut dyn Entries) -> Result<u64, EngineError> {
        bulk::load(&mut self.table(space)?, entries)
    }

    fn unload(&mut self, space: Space, keys: &mut dyn Iterator<Item = &[u8]>) -> Result<u64, EngineError> {
        bulk::unload(&mut self.table(space)?, keys)
    }
}

impl WriteTxn for RedbTxn {
    fn hands(&mut self) -> [Box<dyn Write + Send + '_>; 2] {
        [Box::new(RedbTxn(&self.0)), Box::new(RedbTxn(&self.0))]
    }

    fn commit(self: Box<Self>) -> Result<(), EngineError> {
        guarded(|| self.0.commit())
    }
}

/// Entries of a scan, end to end in one buffer.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    ends: Vec<(usize, usize)>,
}

impl Batch {
    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// Takes an entry and breaks when there is enough.
    fn push(&mut self, key: &[u8], value: &[u8]) -> ControlFlow<()> {
        self.bytes.extend_from_slice(key);
        let key_end = self.bytes.len();
        self.bytes.extend_from_slice(value);
        self.ends.push((key_end, self.bytes.len()));
        if self.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn is_full(&self) -> bool {
        self.bytes.len() >= BATCH
    }

    fn visit(&self, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let mut start = 0;
        for (key_end, end) in &self.ends {
            visit(&self.bytes[start..*key_end], &self.bytes[*key_end..*end])?;
            start = *end;
        }
        ControlFlow::Continue(())
    }

    fn last(&self) -> Option<&[u8]> {
        let (key_end, _) = *self.ends.last()?;
        let start = self.ends.len().checked_sub(2).map_or(0, |before| self.ends[before].1);
        Some(&self.bytes[start..key_end])
    }
}

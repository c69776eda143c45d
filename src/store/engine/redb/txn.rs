//! The write transaction.
//!
//! redb ties an open table to a borrow of its transaction and lets a table be open once only, so each call opens the
//! one it needs. Reads copy what they found and close the table before they lend it: a visitor may read again.

use std::ops::{Bound, ControlFlow};

use redb::{ReadableTableMetadata, WriteTransaction};

use super::{
    Source,
    bulk::{self, WriteTable},
    guard::{Held, guarded},
    snapshot::{look_up, walk},
    table,
    watch::Stage,
};
use crate::store::engine::{EngineError, Entries, KeyRange, Read, Space, Visit, Write, WriteTxn};

/// What a scan copies before it lends it, in bytes: large enough to spread the cost of a descent.
const BATCH: usize = 64 << 10;

/// The transaction.
pub(super) struct RedbTxn {
    transaction: Held<WriteTransaction>,
    source: Source,
}

impl RedbTxn {
    pub(super) const fn new(transaction: Held<WriteTransaction>, source: Source) -> Self {
        Self { transaction, source }
    }
}

/// One of the hands that write in a transaction.
struct ParallelWriter<'t>(&'t RedbTxn);

/// What writes in a transaction.
trait TableWriter {
    fn txn(&self) -> &RedbTxn;

    /// Does something with a table. Of a failure that redb repeats, its cause is told.
    fn with<T>(
        &self,
        space: Space,
        work: impl FnOnce(&mut WriteTable<'_>) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let RedbTxn { transaction, source } = self.txn();
        let work = || {
            let transaction = transaction.get()?;
            let mut held = guarded(|| transaction.open_table(table(space)).map(Held::new))?;
            work(held.get_mut()?)
        };
        work().map_err(|error| source.watch().cause(error))
    }
}

impl TableWriter for RedbTxn {
    fn txn(&self) -> &RedbTxn {
        self
    }
}

impl TableWriter for ParallelWriter<'_> {
    fn txn(&self) -> &RedbTxn {
        self.0
    }
}

impl<T: TableWriter> Read for T {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.with(space, |table| look_up(table, key, |found| found.map(<[u8]>::to_vec)))
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
            self.with(space, |table| {
                for key in &keys[next..] {
                    let found = look_up(table, key, |found| {
                        copied.extend_from_slice(found.unwrap_or_default());
                        found.is_some()
                    })?;
                    ends.push((found, copied.len()));
                    if copied.len() >= BATCH {
                        break;
                    }
                }
                Ok(())
            })?;
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
            self.with(space, |table| walk(table, bounds, reverse, &mut |key, value| batch.push(key, value)))?;
            if batch.visit(visit).is_break() || !batch.is_full() {
                return Ok(());
            }
            last = batch.last().map(<[u8]>::to_vec);
        }
    }

    fn len(&self, space: Space) -> Result<u64, EngineError> {
        self.with(space, |table| guarded(|| table.len()))
    }
}

impl<T: TableWriter> Write for T {
    fn put(&mut self, space: Space, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        self.with(space, |table| guarded(|| table.insert(key, value).map(drop)))
    }

    fn remove(&mut self, space: Space, key: &[u8]) -> Result<bool, EngineError> {
        self.with(space, |table| guarded(|| table.remove(key).map(|removed| removed.is_some())))
    }

    fn load(&mut self, space: Space, entries: &mut dyn Entries) -> Result<u64, EngineError> {
        self.with(space, |table| bulk::load(table, entries))
    }

    fn unload(&mut self, space: Space, keys: &mut dyn Iterator<Item = &[u8]>) -> Result<u64, EngineError> {
        self.with(space, |table| bulk::unload(table, keys))
    }
}

impl WriteTxn for RedbTxn {
    fn hands(&mut self) -> [Box<dyn Write + Send + '_>; 2] {
        [Box::new(ParallelWriter(self)), Box::new(ParallelWriter(self))]
    }

    fn commit(mut self: Box<Self>) -> Result<(), EngineError> {
        self.source.in_place()?;
        let transaction = self.transaction.take()?;
        self.source.watch().begin();
        let Err(error) = guarded(|| transaction.commit()) else { return Ok(()) };
        let error = self.source.watch().cause(error);
        match (error, self.source.watch().stage()) {
            (error @ EngineError::Corrupt(_), _) | (error, Stage::Unpublished) => Err(error),
            (error, Stage::Published) => Err(EngineError::Doubtful(Box::new(error))),
            // It stands. That what comes after it went wrong is told at the end.
            (error, Stage::Durable) => {
                self.source.stands(error);
                Ok(())
            }
        }
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

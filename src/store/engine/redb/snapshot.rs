//! Reading one committed state.

use std::{ops::Bound, sync::OnceLock};

use redb::{ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata, StorageError};

use super::{
    existing,
    guard::{Held, guarded, unguarded},
    table,
};
use crate::store::engine::{EngineError, KeyRange, Read, Snapshot, Space, Visit};

type Table = ReadOnlyTable<&'static [u8], &'static [u8]>;

/// A read transaction with the tables it has opened so far: opening one costs more than a look-up in it.
pub(super) struct RedbSnapshot(Held<Opened>);

struct Opened {
    transaction: ReadTransaction,
    tables: [OnceLock<Option<Table>>; Space::ALL.len()],
}

impl RedbSnapshot {
    pub(super) fn new(transaction: ReadTransaction) -> Self {
        Self(Held::new(Opened { transaction, tables: Default::default() }))
    }

    fn table(&self, space: Space) -> Result<Option<&Table>, EngineError> {
        let held = self.0.get()?;
        let slot = &held.tables[space as usize];
        if let Some(opened) = slot.get() {
            return Ok(opened.as_ref());
        }
        let opened = guarded(|| existing(held.transaction.open_table(table(space))))?;
        Ok(slot.get_or_init(|| opened).as_ref())
    }
}

impl Snapshot for RedbSnapshot {}

impl Read for RedbSnapshot {
    fn get_with(&self, space: Space, key: &[u8], f: &mut dyn FnMut(&[u8])) -> Result<bool, EngineError> {
        let Some(table) = self.table(space)? else { return Ok(false) };
        look_up(table, key, |found| found.map(f).is_some())
    }

    fn get_many(
        &self,
        space: Space,
        keys: &[&[u8]],
        visit: &mut dyn FnMut(usize, Option<&[u8]>),
    ) -> Result<(), EngineError> {
        let table = self.table(space)?;
        for (place, key) in keys.iter().enumerate() {
            match table {
                Some(table) => look_up(table, key, |found| visit(place, found))?,
                None => visit(place, None),
            }
        }
        Ok(())
    }

    fn scan(&self, space: Space, range: KeyRange<'_>, reverse: bool, visit: &mut Visit<'_>) -> Result<(), EngineError> {
        match self.table(space)? {
            Some(table) => walk(table, (range.start(), range.end()), reverse, visit),
            None => Ok(()),
        }
    }

    fn len(&self, space: Space) -> Result<u64, EngineError> {
        let Some(table) = self.table(space)? else { return Ok(0) };
        guarded(|| table.len())
    }
}

/// Lends the value under `key`, or `None`.
pub(super) fn look_up<T>(
    table: &impl ReadableTable<&'static [u8], &'static [u8]>,
    key: &[u8],
    f: impl FnOnce(Option<&[u8]>) -> T,
) -> Result<T, EngineError> {
    guarded(|| {
        let found = table.get(key)?;
        let value = found.as_ref().map(|value| value.value());
        Ok::<_, StorageError>(unguarded(|| f(value)))
    })
}

/// Visits the entries between two bounds, which redb requires to be in order.
pub(super) fn walk(
    table: &impl ReadableTable<&'static [u8], &'static [u8]>,
    bounds: (Bound<&[u8]>, Bound<&[u8]>),
    reverse: bool,
    visit: &mut Visit<'_>,
) -> Result<(), EngineError> {
    if KeyRange::between(bounds.0, bounds.1).is_empty() {
        return Ok(());
    }
    guarded(|| {
        let mut entries = table.range::<&[u8]>(bounds)?;
        while let Some(entry) = if reverse { entries.next_back() } else { entries.next() } {
            let (key, value) = entry?;
            let (key, value) = (key.value(), value.value());
            if unguarded(|| visit(key, value)).is_break() {
                break;
            }
        }
        Ok::<_, StorageError>(())
    })
}

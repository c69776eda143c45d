//! Derived rows and their index entries, gathered so that they are written in order.

use crate::{
    domain::{KindId, Record},
    error::Result,
    store::{
        arena::Keys,
        engine::{Space, Write, entries},
        row,
        step_schemas::{StepIndex, StepKind},
    },
};

/// From this many rows on they go in as one run.
const BULK: usize = 256;

/// What one rank writes.
pub(super) struct DerivedWriter {
    kind: KindId,
    indexes: Vec<StepIndex>,
    rows: Vec<(u64, Record)>,
    removed: Keys,
    added: Keys,
}

impl DerivedWriter {
    pub(super) fn new(id: KindId, kind: StepKind) -> Self {
        let mut indexes = kind.indexes();
        indexes.retain(|held| held.index.is_derived());
        Self { kind: id, indexes, rows: Vec::new(), removed: Keys::mixed(), added: Keys::mixed() }
    }

    /// Puts the derived fields of a record in the place of what they were.
    pub(super) fn replace(&mut self, num: u64, before: &Record, after: Record) -> Result<()> {
        let mut scratch = Vec::new();
        let (removed, added) = (&mut self.removed, &mut self.added);
        for index in &self.indexes {
            index.difference(num, (Some(before), Some(&after)), &mut scratch, removed, added)?;
        }
        self.rows.push((num, after));
        Ok(())
    }

    pub(super) fn flush(self, txn: &mut dyn Write) -> Result<()> {
        if self.rows.len() < BULK {
            self.put_each(txn)?;
        } else {
            self.put_as_run(txn)?;
        }
        self.removed.sort().remove_from(txn, Space::Index)?;
        self.added.sort().put_into(txn, Space::Index)
    }

    fn put_each(&self, txn: &mut dyn Write) -> Result<()> {
        for (num, record) in &self.rows {
            let key = row::key(self.kind, *num);
            if record.row().bytes().is_empty() {
                txn.remove(Space::Derived, &key)?;
            } else {
                txn.put(Space::Derived, &key, record.row().bytes())?;
            }
        }
        Ok(())
    }

    /// Each record stands in it once, in the order of their numbers.
    fn put_as_run(&self, txn: &mut dyn Write) -> Result<()> {
        let key = |num: &u64| row::key(self.kind, *num);
        let (gone, held): (Vec<_>, Vec<_>) = self.rows.iter().partition(|(_, record)| record.row().bytes().is_empty());
        let gone: Vec<Vec<u8>> = gone.iter().map(|(num, _)| key(num)).collect();
        txn.unload(Space::Derived, &mut gone.iter().map(Vec::as_slice))?;
        txn.load(Space::Derived, &mut entries(held.iter().map(|(num, record)| (key(num), record.row().bytes()))))?;
        Ok(())
    }
}

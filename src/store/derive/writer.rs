//! Derived rows and their index entries, gathered so that they are written in order.

use crate::{
    domain::{KindId, Record},
    error::Result,
    store::{
        arena::Keys,
        engine::{Space, Write},
        row,
        step_schemas::{StepIndex, StepKind},
    },
};

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
        for (num, record) in &self.rows {
            let key = row::key(self.kind, *num);
            if record.row().bytes().is_empty() {
                txn.remove(Space::Derived, &key)?;
            } else {
                txn.put(Space::Derived, &key, record.row().bytes())?;
            }
        }
        self.removed.sort().remove_from(txn, Space::Index)?;
        self.added.sort().put_into(txn, Space::Index)
    }
}

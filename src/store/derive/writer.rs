//! Derived rows and their index entries, gathered so that they are written in order.

use crate::{
    domain::{Kind, Record},
    error::Result,
    store::{
        arena::Keys,
        change::difference,
        engine::{Space, Write},
        index::{Index, indexes_of},
        row,
    },
};

/// What one rank writes.
pub(super) struct DerivedWriter {
    kind: &'static Kind,
    indexes: Vec<Index>,
    rows: Vec<(u64, Record)>,
    removed: Keys,
    added: Keys,
}

impl DerivedWriter {
    pub(super) fn new(kind: &'static Kind) -> Self {
        let indexes = indexes_of(kind).into_iter().filter(Index::is_derived).collect();
        Self { kind, indexes, rows: Vec::new(), removed: Keys::mixed(), added: Keys::mixed() }
    }

    /// Puts the derived fields of a record in the place of what they were.
    pub(super) fn replace(&mut self, num: u64, before: &Record, after: Record) -> Result<()> {
        let mut scratch = Vec::new();
        let (removed, added) = (&mut self.removed, &mut self.added);
        for index in &self.indexes {
            difference(index, num, Some(before), Some(&after), &mut scratch, removed, added)?;
        }
        self.rows.push((num, after));
        Ok(())
    }

    pub(super) fn flush(self, txn: &mut dyn Write) -> Result<()> {
        for (num, record) in &self.rows {
            let key = row::key(self.kind.id, *num);
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

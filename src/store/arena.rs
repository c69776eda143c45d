//! Many keys in one run of bytes, sorted before they are written.

use rayon::slice::ParallelSliceMut;

use crate::error::Result;

use super::engine::{EngineError, Entries, Space, WriteTxn};

/// Keys as they come.
#[derive(Default)]
pub struct Keys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Keys {
    /// Adds a key.
    pub fn push(&mut self, key: &[u8]) {
        self.bytes.extend_from_slice(key);
        self.ends.push(self.bytes.len());
    }

    fn get(&self, at: u32) -> &[u8] {
        let at = at as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.bytes[start..self.ends[at]]
    }

    /// Puts the keys in order.
    pub fn sort(self) -> SortedKeys {
        let count = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let mut order: Vec<u32> = (0..count).collect();
        if order.len() > 10_000 {
            order.par_sort_unstable_by(|a, b| self.get(*a).cmp(self.get(*b)));
        } else {
            order.sort_unstable_by(|a, b| self.get(*a).cmp(self.get(*b)));
        }
        order.dedup_by(|a, b| self.get(*a) == self.get(*b));
        SortedKeys { keys: self, order }
    }
}

/// Keys in order, each once.
pub struct SortedKeys {
    keys: Keys,
    order: Vec<u32>,
}

/// From this many keys on they are written as a run instead of one by one.
const RUN: usize = 8;

impl SortedKeys {
    /// The keys in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.order.iter().map(|at| self.keys.get(*at))
    }

    /// Writes the keys, without values.
    pub fn put_into(&self, txn: &mut dyn WriteTxn, space: Space) -> Result<()> {
        if self.order.len() < RUN {
            for key in self.iter() {
                txn.put(space, key, &[])?;
            }
            return Ok(());
        }
        txn.load(space, &mut Run { keys: self, at: 0 })?;
        Ok(())
    }

    /// Removes the keys.
    pub fn remove_from(&self, txn: &mut dyn WriteTxn, space: Space) -> Result<()> {
        if self.order.len() < RUN {
            for key in self.iter() {
                txn.remove(space, key)?;
            }
            return Ok(());
        }
        txn.unload(space, &mut self.iter())?;
        Ok(())
    }
}

/// Sorted keys as entries without values.
struct Run<'k> {
    keys: &'k SortedKeys,
    at: usize,
}

impl Entries for Run<'_> {
    fn next_entry(&mut self) -> Result<Option<(&[u8], &[u8])>, EngineError> {
        let key = self.keys.order.get(self.at).map(|at| self.keys.keys.get(*at));
        self.at += 1;
        Ok(key.map(|key| (key, &[][..])))
    }
}

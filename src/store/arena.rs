//! Many keys in one run of bytes, sorted before they are written.

use rayon::slice::ParallelSliceMut;

use crate::error::Result;

use super::engine::{EngineError, Entries, Space, WriteTxn};

/// Keys as they come. Together they stay below 4 GiB: an index of a step is far smaller.
#[derive(Default)]
pub struct Keys {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// So many bytes all keys have in common at their front.
    shared: usize,
}

impl Keys {
    /// Keys of one index, which begin alike: with the kind and the number of the index.
    pub fn of_index() -> Self {
        Self { shared: 3, ..Self::default() }
    }

    /// Adds a key.
    pub fn push(&mut self, key: &[u8]) {
        self.bytes.extend_from_slice(key);
        self.ends.push(self.bytes.len() as u32);
    }

    fn get(&self, at: u32) -> &[u8] {
        let at = at as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.bytes[start..self.ends[at] as usize]
    }

    /// Puts the keys in order.
    pub fn sort(self) -> SortedKeys {
        let count = self.ends.len() as u32;
        let mut order: Vec<(u64, u32)> = (0..count).map(|at| (self.head(at), at)).collect();
        let compare = |a: &(u64, u32), b: &(u64, u32)| a.0.cmp(&b.0).then_with(|| self.get(a.1).cmp(self.get(b.1)));
        if order.len() > 10_000 {
            order.par_sort_unstable_by(compare);
        } else {
            order.sort_unstable_by(compare);
        }
        let mut order: Vec<u32> = order.into_iter().map(|(_, at)| at).collect();
        order.dedup_by(|a, b| self.get(*a) == self.get(*b));
        SortedKeys { keys: self, order }
    }

    /// The first eight bytes that keys may differ in: they settle nearly every comparison without a look at the key.
    fn head(&self, at: u32) -> u64 {
        let key = self.get(at);
        let mut head = [0; 8];
        let shared = self.shared.min(key.len());
        let take = (key.len() - shared).min(8);
        head[..take].copy_from_slice(&key[shared..shared + take]);
        u64::from_be_bytes(head)
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

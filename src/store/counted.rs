//! A snapshot that counts what is read from it, so that a question can be told what it cost.

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use super::engine::{EngineError, KeyRange, Read, Snapshot, Space, Visit};

/// A snapshot and how many entries of each key space were read through this.
pub struct Counted<'a> {
    snapshot: &'a dyn Snapshot,
    counts: [AtomicU64; Space::ALL.len()],
}

impl<'a> Counted<'a> {
    /// Counts from nothing.
    pub fn new(snapshot: &'a dyn Snapshot) -> Self {
        Self { snapshot, counts: Default::default() }
    }

    /// How many entries of a key space were read so far.
    pub fn read(&self, space: Space) -> u64 {
        self.counts[space as usize].load(Relaxed)
    }

    fn add(&self, space: Space, count: u64) {
        self.counts[space as usize].fetch_add(count, Relaxed);
    }
}

impl Snapshot for Counted<'_> {}

impl Read for Counted<'_> {
    fn get_with(&self, space: Space, key: &[u8], f: &mut dyn FnMut(&[u8])) -> Result<bool, EngineError> {
        self.add(space, 1);
        self.snapshot.get_with(space, key, f)
    }

    fn get_many(
        &self,
        space: Space,
        keys: &[&[u8]],
        visit: &mut dyn FnMut(usize, Option<&[u8]>),
    ) -> Result<(), EngineError> {
        self.add(space, keys.len() as u64);
        self.snapshot.get_many(space, keys, visit)
    }

    fn scan(&self, space: Space, range: KeyRange<'_>, reverse: bool, visit: &mut Visit<'_>) -> Result<(), EngineError> {
        let mut seen = 0;
        let scanned = self.snapshot.scan(space, range, reverse, &mut |key, value| -> ControlFlow<()> {
            seen += 1;
            visit(key, value)
        });
        self.add(space, seen);
        scanned
    }

    fn len(&self, space: Space) -> Result<u64, EngineError> {
        self.snapshot.len(space)
    }
}

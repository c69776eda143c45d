//! Locks on ranges of bytes, which belong to an open file and exclude other open files, of the same process too.

use std::ops::Bound;

pub(super) type Range = (Bound<u64>, Bound<u64>);

#[derive(Debug)]
struct Lock {
    process: usize,
    owner: usize,
    range: Range,
    shared: bool,
}

/// The locks of one file.
#[derive(Debug, Default)]
pub(super) struct Locks {
    held: Vec<Lock>,
    taken: usize,
}

/// The first byte and the last.
fn ends((start, end): Range) -> (u64, u64) {
    let first = match start {
        Bound::Included(at) => at,
        Bound::Excluded(at) => at + 1,
        Bound::Unbounded => 0,
    };
    let last = match end {
        Bound::Included(at) => at,
        Bound::Excluded(at) => at - 1,
        Bound::Unbounded => u64::MAX,
    };
    (first, last)
}

fn overlap(one: Range, other: Range) -> bool {
    let (one, other) = (ends(one), ends(other));
    one.0 <= other.1 && other.0 <= one.1
}

impl Locks {
    /// Whether a lock there would conflict with one of another open file.
    pub(super) fn conflicts(&self, owner: usize, range: Range, shared: bool) -> bool {
        self.held.iter().any(|lock| lock.owner != owner && !(shared && lock.shared) && overlap(lock.range, range))
    }

    /// Takes a lock for a process and an open file of it, where nothing conflicts. The same range again is the same
    /// lock.
    pub(super) fn take(&mut self, (process, owner): (usize, usize), range: Range, shared: bool) -> bool {
        if self.conflicts(owner, range, shared) {
            return false;
        }
        self.release(owner, range);
        self.held.push(Lock { process, owner, range, shared });
        self.taken += 1;
        true
    }

    /// Gives back the lock on exactly this range.
    pub(super) fn release(&mut self, owner: usize, range: Range) {
        self.held.retain(|lock| lock.owner != owner || ends(lock.range) != ends(range));
    }

    /// Gives back all locks of an open file.
    pub(super) fn release_by(&mut self, owner: usize) {
        self.held.retain(|lock| lock.owner != owner);
    }

    /// Gives back all locks of a process.
    pub(super) fn release_of(&mut self, process: usize) {
        self.held.retain(|lock| lock.process != process);
    }

    /// The ranges that are held, first byte and last, in order.
    pub(super) fn held(&self) -> Vec<(u64, u64)> {
        let mut held: Vec<_> = self.held.iter().map(|lock| ends(lock.range)).collect();
        held.sort_unstable();
        held
    }

    /// How many were ever taken.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }
}

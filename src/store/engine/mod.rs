//! Ordered bytes: the small, synchronous, object-safe surface that everything above stores through.
//!
//! An engine holds a closed list of key spaces. A [`Snapshot`] reads one committed state and never changes; a
//! [`WriteTxn`] sees its own writes, and there is at most one in the whole world of a store at a time. Nothing above
//! this module knows what keeps the bytes: [`open`] gives a file that any number of processes share, [`memory`] the
//! same thing without a file for unit tests, and one suite of tests holds every engine to the same behaviour.
//!
//! Keys and values are any bytes; a key may be empty and sorts first. Keys sort bytewise.

mod alive;
mod draft;
mod error;
mod memory;
mod range;
mod redb;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod files;
#[cfg(test)]
mod processes;

use std::{ops::ControlFlow, time::Duration};

pub use draft::{Draft, folder_of, limits_are_errors, signals_are_handled, sweep_drafts};
pub use error::EngineError;
pub use memory::memory;
pub use range::KeyRange;
#[cfg(test)]
pub(crate) use redb::simulated;
pub use redb::{Access, OpenOptions, catches_panics, create_folder, is_a_database, name_file, open};

/// A key space: one ordered map of bytes. The list is closed, and a name never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Space {
    /// What the store says about itself: format, sequence, counters.
    Meta,
    /// Live records, one row each.
    Rows,
    /// Records in the trash.
    Trash,
    /// Fields computed from other records, beside the rows and without a version.
    Derived,
    /// Index entries: field value to record.
    Index,
    /// Counts and sums that screens show at once.
    Summary,
    /// Journal entries: who did what, when, in which words.
    Journal,
    /// The changes of a journal entry, in chunks.
    Changes,
    /// What an undone entry had created, kept for redo.
    Gone,
    /// Postings of the text search.
    Search,
}

impl Space {
    /// Every key space.
    pub const ALL: &'static [Self] = &[
        Self::Meta,
        Self::Rows,
        Self::Trash,
        Self::Derived,
        Self::Index,
        Self::Summary,
        Self::Journal,
        Self::Changes,
        Self::Gone,
        Self::Search,
    ];

    /// Its name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Rows => "rows",
            Self::Trash => "trash",
            Self::Derived => "derived",
            Self::Index => "index",
            Self::Summary => "summary",
            Self::Journal => "journal",
            Self::Changes => "changes",
            Self::Gone => "gone",
            Self::Search => "search",
        }
    }
}

/// One step of a scan: key and value, borrowed for the call. `Break` ends the scan.
pub type Visit<'v> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'v;

/// Reading, from a snapshot or from inside a write transaction.
///
/// A visitor may read again from the same reader, the same key space included.
pub trait Read {
    /// The value under `key`, copied.
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        let mut value = None;
        self.get_with(space, key, &mut |bytes| value = Some(bytes.to_vec()))?;
        Ok(value)
    }

    /// Lends the value under `key` to `f`; answers whether there is one.
    fn get_with(&self, space: Space, key: &[u8], f: &mut dyn FnMut(&[u8])) -> Result<bool, EngineError>;

    /// Looks up `keys` in their order and lends each value with the key's place in the list, `None` where there is
    /// nothing. Sorted keys are read fastest.
    fn get_many(
        &self,
        space: Space,
        keys: &[&[u8]],
        visit: &mut dyn FnMut(usize, Option<&[u8]>),
    ) -> Result<(), EngineError>;

    /// Visits the entries of `range` in key order, or against it, until the visitor breaks off.
    fn scan(&self, space: Space, range: KeyRange<'_>, reverse: bool, visit: &mut Visit<'_>) -> Result<(), EngineError>;

    /// How many entries the key space holds. Constant time.
    fn len(&self, space: Space) -> Result<u64, EngineError>;

    /// Whether the key space holds nothing.
    fn is_empty(&self, space: Space) -> Result<bool, EngineError> {
        Ok(self.len(space)? == 0)
    }
}

/// One committed state, unchanged by later writes. Threads may share it.
///
/// It pins the pages it reads: a snapshot that is held through thousands of commits makes the file grow.
pub trait Snapshot: Read + Send + Sync {}

/// A key and its value.
pub type Pair<'a> = (&'a [u8], &'a [u8]);

/// Entries lent one at a time, so that a merge of sorted runs needs no allocation for each. [`entries`] makes one of
/// an iterator.
pub trait Entries {
    /// The next entry, or `None` at the end.
    fn next_entry(&mut self) -> Result<Option<Pair<'_>>, EngineError>;
}

/// Lends what an iterator of keys and values yields, owned or borrowed: a map, a sorted vector.
pub fn entries<K: AsRef<[u8]>, V: AsRef<[u8]>>(pairs: impl IntoIterator<Item = (K, V)>) -> impl Entries {
    struct Lent<I, K, V>(I, Option<(K, V)>);

    impl<K: AsRef<[u8]>, V: AsRef<[u8]>, I: Iterator<Item = (K, V)>> Entries for Lent<I, K, V> {
        fn next_entry(&mut self) -> Result<Option<Pair<'_>>, EngineError> {
            self.1 = self.0.next();
            Ok(self.1.as_ref().map(|(key, value)| (key.as_ref(), value.as_ref())))
        }
    }

    Lent(pairs.into_iter(), None)
}

/// Writing, in a transaction that somebody else commits.
pub trait Write: Read {
    /// Sets `key` to `value`, over whatever was there.
    fn put(&mut self, space: Space, key: &[u8], value: &[u8]) -> Result<(), EngineError>;

    /// Removes `key`; answers whether it was there.
    fn remove(&mut self, space: Space, key: &[u8]) -> Result<bool, EngineError>;

    /// Sets many entries, several times faster than [`put`](Self::put) where they come in ascending order. Any order,
    /// repeated and existing keys are right too, only slower. Answers how many entries there were.
    fn load(&mut self, space: Space, entries: &mut dyn Entries) -> Result<u64, EngineError>;

    /// Removes many keys, fastest in ascending order; answers how many were there.
    fn unload(&mut self, space: Space, keys: &mut dyn Iterator<Item = &[u8]>) -> Result<u64, EngineError>;
}

/// The one write transaction of a store. Dropped without [`commit`](Self::commit), it leaves no trace.
pub trait WriteTxn: Write {
    /// Two hands, for two threads. Each sees what the other writes, and they may not be in the same key space at the
    /// same time: the one that comes second gets an error.
    fn hands(&mut self) -> [Box<dyn Write + Send + '_>; 2];

    /// Makes the writes durable and visible to later snapshots, all or none.
    fn commit(self: Box<Self>) -> Result<(), EngineError>;
}

/// A store of ordered bytes.
pub trait Engine: Send + Sync {
    /// The latest committed state.
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError>;

    /// Begins the write transaction, behind other writers for at most `wait`.
    ///
    /// # Errors
    /// [`EngineError::Busy`] when the wait is over, [`EngineError::ReadOnly`] on a store opened for reading.
    fn begin(&self, wait: Duration) -> Result<Box<dyn WriteTxn + '_>, EngineError>;

    /// Makes sure that the file that is open for writing is still the one of its name. A step asks this by itself.
    ///
    /// # Errors
    /// [`EngineError::Replaced`] where it is not.
    fn in_place(&self) -> Result<(), EngineError>;

    /// Closes the store; an error that dropping would have hidden is returned.
    fn close(self: Box<Self>) -> Result<(), EngineError>;
}

/// Runs `work` in a write transaction, commits when it succeeds and leaves no trace when it fails.
///
/// # Errors
/// What `work` returns, or the engine's own failure to begin or commit.
pub fn transact<T, E: From<EngineError>>(
    engine: &dyn Engine,
    wait: Duration,
    work: impl FnOnce(&mut dyn WriteTxn) -> Result<T, E>,
) -> Result<T, E> {
    let mut txn = engine.begin(wait)?;
    let value = work(&mut *txn)?;
    txn.commit()?;
    Ok(value)
}

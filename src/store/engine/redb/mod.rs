//! The engine on redb: one file, any number of processes, one write transaction at a time.

mod bulk;
mod fault;
mod guard;
mod header;
mod open;
mod snapshot;
mod txn;

use std::io;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use redb::backends::InMemoryBackend;
use redb::{Database, ReadOnlyDatabase, ReadTransaction, ReadableDatabase, TableDefinition, TransactionError};
use redb::{TableError, WriteTransaction};

use super::{Engine, EngineError, Snapshot, Space, WriteTxn};
pub use guard::catches_panics;
use guard::guarded;
pub use open::{Access, OpenOptions, create_folder, open};
use snapshot::RedbSnapshot;
use txn::RedbTxn;

type Definition = TableDefinition<'static, &'static [u8], &'static [u8]>;

const fn table(space: Space) -> Definition {
    TableDefinition::new(space.name())
}

/// A database opened for reading or for both.
pub(super) enum RedbEngine {
    Reading(ReadOnlyDatabase),
    Writing(Arc<Database>),
}

impl RedbEngine {
    /// A store without a file. Nothing shares it, so it needs no file locks.
    pub(super) fn in_memory() -> Result<Self, EngineError> {
        let database =
            Database::builder().set_cache_size(OpenOptions::WRITE_CACHE).create_with_backend(InMemoryBackend::new())?;
        Ok(Self::Writing(Arc::new(database)))
    }

    fn begin_read(&self) -> Result<ReadTransaction, TransactionError> {
        match self {
            Self::Reading(database) => database.begin_read(),
            Self::Writing(database) => database.begin_read(),
        }
    }
}

impl Engine for RedbEngine {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError> {
        Ok(Box::new(RedbSnapshot::new(self.begin_read()?)))
    }

    fn begin(&self, wait: Duration) -> Result<Box<dyn WriteTxn + '_>, EngineError> {
        let Self::Writing(database) = self else { return Err(EngineError::ReadOnly) };
        let transaction = if wait.is_zero() { database.try_begin_write()? } else { queue(database, wait)? };
        Ok(Box::new(RedbTxn::new(transaction)))
    }

    fn close(self: Box<Self>) -> Result<(), EngineError> {
        match *self {
            Self::Reading(database) => Ok(database.close()?),
            // A begin that gave up still waits in the kernel and shares the database; it closes it when it is through.
            Self::Writing(database) => Arc::into_inner(database).map_or(Ok(()), |database| Ok(database.close()?)),
        }
    }
}

/// Waits behind the other writers in the kernel's queue, which has no time-out of its own, hence the thread.
///
/// Taking a free lock at once would save 20 us, and let a process that commits in a loop overtake everybody who
/// waits: an unlocked file wakes its waiters, but it belongs to whoever asks first. With eight such loops the longest
/// wait is a whole loop; going through a thread leaves the others the time to wake up, and it is a few turns.
fn queue(database: &Arc<Database>, wait: Duration) -> Result<WriteTransaction, EngineError> {
    let database = Arc::clone(database);
    within(wait, move || database.begin_write())
}

/// What `work` returns, if it does within `wait`. A result that comes too late is dropped where it was made, which
/// gives back a lock or ends a transaction.
fn within<T: Send + 'static, E: Into<EngineError> + 'static>(
    wait: Duration,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, EngineError> {
    let start = Instant::now();
    let (sender, receiver) = mpsc::sync_channel(0);
    thread::Builder::new().name("store-wait".to_owned()).spawn(move || drop(sender.send(guarded(work))))?;
    receiver.recv_timeout(wait).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => EngineError::Busy { waited: start.elapsed() },
        mpsc::RecvTimeoutError::Disconnected => io::Error::other("the thread that waits for it ended").into(),
    })?
}

/// A table that no one has written to yet reads as empty.
fn existing<T>(opened: Result<T, TableError>) -> Result<Option<T>, EngineError> {
    match opened {
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        opened => Ok(Some(opened?)),
    }
}

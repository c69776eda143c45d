//! The engine on redb: one file, any number of processes, one write transaction at a time.

mod backend;
mod bulk;
mod fault;
mod guard;
mod header;
mod open;
#[cfg(test)]
pub(crate) mod simulated;
mod snapshot;
mod txn;

use std::io;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use redb::backends::InMemoryBackend;
use redb::{Database, ReadOnlyDatabase, ReadTransaction, ReadableDatabase, TableDefinition};
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
    Writing(Writer),
}

/// A database that other threads may be waiting to write to. It is there until it is closed.
pub(super) struct Writer(Option<Arc<Database>>);

impl Writer {
    fn new(database: Database) -> Self {
        Self(Some(Arc::new(database)))
    }

    fn database(&self) -> Result<&Arc<Database>, EngineError> {
        self.0.as_ref().ok_or(EngineError::Reopen)
    }

    /// Closes it, unless a begin that gave up still waits in the kernel: that one closes it when it is through.
    fn close(&mut self) -> Result<(), EngineError> {
        self.0.take().and_then(Arc::into_inner).map_or(Ok(()), |database| guarded(|| database.close()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Whoever wants to know about a failure closes explicitly.
        let _ = self.close();
    }
}

impl RedbEngine {
    /// A store without a file. Nothing shares it, so it needs no file locks.
    pub(super) fn in_memory() -> Result<Self, EngineError> {
        let database =
            Database::builder().set_cache_size(OpenOptions::CACHE).create_with_backend(InMemoryBackend::new())?;
        Ok(Self::Writing(Writer::new(database)))
    }

    fn begin_read(&self) -> Result<ReadTransaction, EngineError> {
        match self {
            Self::Reading(database) => guarded(|| database.begin_read()),
            Self::Writing(writer) => {
                let database = writer.database()?;
                guarded(|| database.begin_read())
            }
        }
    }
}

impl Engine for RedbEngine {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError> {
        Ok(Box::new(RedbSnapshot::new(self.begin_read()?)))
    }

    fn begin(&self, wait: Duration) -> Result<Box<dyn WriteTxn + '_>, EngineError> {
        let Self::Writing(writer) = self else { return Err(EngineError::ReadOnly) };
        let database = writer.database()?;
        let transaction = if wait.is_zero() { guarded(|| database.try_begin_write())? } else { queue(database, wait)? };
        Ok(Box::new(RedbTxn::new(transaction)))
    }

    fn close(self: Box<Self>) -> Result<(), EngineError> {
        match *self {
            Self::Reading(database) => guarded(|| database.close()),
            Self::Writing(mut writer) => writer.close(),
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

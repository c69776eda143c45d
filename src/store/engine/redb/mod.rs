//! The engine on redb: one file, any number of processes, one write transaction at a time.

mod backend;
mod bulk;
#[cfg(test)]
mod failing;
mod fault;
mod guard;
mod header;
mod open;
mod place;
#[cfg(test)]
pub(crate) mod simulated;
mod snapshot;
mod txn;
mod watch;

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use redb::{
    Database, ReadOnlyDatabase, ReadTransaction, ReadableDatabase, TableDefinition, TableError, TransactionError,
    WriteTransaction, backends::InMemoryBackend,
};

use super::{Engine, EngineError, Snapshot, Space, WriteTxn};
pub use guard::catches_panics;
use guard::{Held, guarded};
pub use header::is_a_database;
pub use open::{Access, OpenOptions, create_folder, name_file, open};
use place::FileIdentity;
use snapshot::RedbSnapshot;
use txn::RedbTxn;
use watch::{Watch, WriterTurn};

type Definition = TableDefinition<'static, &'static [u8], &'static [u8]>;

const fn table(space: Space) -> Definition {
    TableDefinition::new(space.name())
}

/// A database opened for reading or for both.
pub(super) enum RedbEngine {
    Reading(Held<ReadOnlyDatabase>),
    Writing(Writer),
}

/// A database that other threads may be waiting to write to. It is there until it is closed.
pub(super) struct Writer {
    database: Held<Arc<Database>>,
    source: Source,
}

/// What is known of the file under a database; nothing of one without a file.
#[derive(Clone, Default)]
pub(super) struct Source(Arc<Known>);

type Anew = Box<dyn Fn() -> Result<(), EngineError> + Send + Sync>;

#[derive(Default)]
struct Known {
    watch: Arc<Watch>,
    place: Option<FileIdentity>,
    /// Opens the file anew for writing and closes it, which shows everybody the newest commit.
    anew: Option<Anew>,
    /// What went wrong after a step had been made to last.
    late: Mutex<Option<EngineError>>,
}

impl Source {
    fn new(watch: Arc<Watch>, place: Option<FileIdentity>, anew: Anew) -> Self {
        Self(Arc::new(Known { watch, place, anew: Some(anew), late: Mutex::default() }))
    }

    fn watch(&self) -> &Watch {
        &self.0.watch
    }

    /// A step stands, and what came after it went wrong: that is kept until somebody can be told. It may be what shows the
    /// step to others; so the file is opened once more, as the next writer would.
    fn stands(&self, error: EngineError) {
        self.late().get_or_insert(error);
        if let Some(anew) = &self.0.anew {
            // Where that fails too, the next writer does it, or whoever opens the store.
            let _ = anew();
        }
    }

    fn late(&self) -> MutexGuard<'_, Option<EngineError>> {
        self.0.late.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes sure that what is written now is found under the name of the store.
    fn in_place(&self) -> Result<(), EngineError> {
        self.0.place.as_ref().map_or(Ok(()), FileIdentity::check)
    }
}

impl Writer {
    fn new(database: Database, source: Source) -> Self {
        Self { database: Held::new(Arc::new(database)), source }
    }

    /// Closes it, unless a begin that gave up still waits in the kernel: that one closes it when it is through.
    fn close(mut self) -> Result<(), EngineError> {
        let database = self.database.take()?;
        let closed = guarded(|| Arc::into_inner(database).map_or(Ok(()), Database::close));
        match self.source.late().take() {
            // redb repeats that there was an error; this is the error.
            Some(late) if !matches!(closed, Err(EngineError::Corrupt(_))) => Err(late),
            _ => closed,
        }
    }
}

impl RedbEngine {
    /// A store without a file. Nothing shares it, so it needs no file locks.
    pub(super) fn in_memory() -> Result<Self, EngineError> {
        let database =
            Database::builder().set_cache_size(OpenOptions::CACHE).create_with_backend(InMemoryBackend::new())?;
        Ok(Self::Writing(Writer::new(database, Source::default())))
    }

    fn begin_read(&self) -> Result<ReadTransaction, EngineError> {
        match self {
            Self::Reading(database) => {
                let database = database.get()?;
                guarded(|| database.begin_read())
            }
            Self::Writing(writer) => {
                let database = writer.database.get()?;
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
        let database = writer.database.get()?;
        let transaction = if wait.is_zero() { try_begin(database)? } else { queue(database, wait)? };
        writer.source.in_place()?;
        Ok(Box::new(RedbTxn::new(transaction, writer.source.clone())))
    }

    fn in_place(&self) -> Result<(), EngineError> {
        match self {
            Self::Reading(_) => Ok(()),
            Self::Writing(writer) => writer.source.in_place(),
        }
    }

    fn close(self: Box<Self>) -> Result<(), EngineError> {
        match *self {
            Self::Reading(mut database) => {
                let database = database.take()?;
                guarded(|| database.close())
            }
            Self::Writing(writer) => writer.close(),
        }
    }
}

/// The turn, if nobody else has it.
fn try_begin(database: &Database) -> Result<Held<WriteTransaction>, EngineError> {
    guarded(|| database.try_begin_write().map(Held::new))
}

/// Waits behind the other writers in the kernel's queue, which has no time-out of its own, hence the thread.
///
/// Taking a free lock at once would save 20 us, and let a process that commits in a loop overtake everybody who
/// waits: an unlocked file wakes its waiters, but it belongs to whoever asks first. With eight such loops the longest
/// wait is a whole loop; going through a thread leaves the others the time to wake up, and it is a few turns.
fn queue(database: &Arc<Database>, wait: Duration) -> Result<Held<WriteTransaction>, EngineError> {
    let asking = Arc::clone(database);
    within(
        wait,
        || Some(try_begin(database)),
        move || {
            // Another transaction of this process is in front, or the one that waits for another process.
            match asking.try_begin_write() {
                Err(TransactionError::WouldBlock) => {}
                begun => return begun.map(Held::new),
            }
            WriterTurn::of_this_thread(WriterTurn::REFUSED);
            asking.begin_write().map(Held::new)
        },
    )
}

/// So often is looked whether a thread that had no time yet has been told of its turn.
const SOON: Duration = Duration::from_millis(2);

/// What `work` returns, unless it waits for the writers' turn longer than `wait`; its own work may take longer. A result
/// that comes too late is dropped where it was made, which gives back a lock or ends a transaction.
///
/// When the wait is over before the thread has been told whether it has the turn, that is waited for: nobody else may try
/// meanwhile, since the thread itself may be in the way already.
///
/// `at_once` is what is asked again and again where the system allows no thread, `Busy` while others have the turn; where
/// it gives nothing, this thread does the work.
fn within<T: Send + 'static, E: Into<EngineError> + 'static>(
    wait: Duration,
    at_once: impl Fn() -> Option<Result<T, EngineError>>,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, EngineError> {
    let start = Instant::now();
    let (sender, receiver) = mpsc::sync_channel(0);
    let turn = Arc::new(WriterTurn::default());
    let told = Arc::clone(&turn);
    let work = Arc::new(Mutex::new(Some(work)));
    let take = |work: &Mutex<Option<_>>| work.lock().unwrap_or_else(PoisonError::into_inner).take();
    let theirs = Arc::clone(&work);
    let waits = move || {
        told.follow();
        drop(take(&theirs).map(|work| sender.send(guarded(work))));
    };
    if let Err(error) = thread::Builder::new().name("store-wait".to_owned()).spawn(waits) {
        // Where the system allows no thread, this one asks again and again, or does the work itself.
        loop {
            match at_once() {
                Some(Err(EngineError::Busy { .. })) if start.elapsed() < wait => thread::sleep(SOON),
                Some(result) => return result,
                None => return take(&work).map_or_else(|| Err(error.into()), |work| guarded(work)),
            }
        }
    }
    let mut left = wait;
    loop {
        match receiver.recv_timeout(left) {
            Ok(result) => return result,
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(io::Error::other("the thread that waits for it ended").into());
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        left = SOON;
        if turn.state() == WriterTurn::REFUSED {
            return Err(EngineError::Busy { waited: start.elapsed() });
        }
    }
}

/// A table that no one has written to yet reads as empty.
fn existing<T>(opened: Result<T, TableError>) -> Result<Option<T>, EngineError> {
    match opened {
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        opened => Ok(Some(opened?)),
    }
}

//! The file as redb is given it, watched for three things that redb does not tell.
//!
//! A commit that fails may be part of the file all the same: what comes after its last wait for the disk changes flags
//! and gives back pages and locks. So the headers that it writes are looked at. A commit writes the header with its own
//! slot as the second one, waits for the disk, writes it with that slot as the first, which publishes it, and waits
//! again, which makes it last (redb's `page_manager.rs`, `commit`).
//!
//! And an open, or the beginning of a step, that takes long may be waiting for another writer or be at work, repairing
//! say. Only the one is a reason to give up.
//!
//! And after a call that failed redb answers every other one, of another thread too, only that one failed before. A
//! person is told why.

use std::{
    cell::RefCell,
    io,
    ops::Bound,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU8, Ordering},
    },
};

use redb::{BackendError, StorageBackend};

use super::header::{FLAGS, LENGTH, TURN};
use crate::store::engine::EngineError;

/// The flag of the header that says which of its two slots is the newest commit: `PRIMARY_BIT` of redb's `header.rs`.
const PRIMARY: u8 = 1;

/// How far a commit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// The newest commit of the file is still another one.
    Unpublished,
    /// It is the newest commit of the file; whether it is on the disk is not known.
    Published,
    /// It is on the disk.
    Durable,
}

/// What is known of the commit that is being made, and of the file.
#[derive(Debug)]
pub(super) struct Watch(Mutex<State>);

#[derive(Debug)]
struct State {
    /// The slot of the newest commit, as the last header said that was read or written.
    newest: Option<bool>,
    stage: Stage,
    /// Why the first call failed that did.
    failure: Option<Failure>,
}

/// An error of the system, as it can be told several times.
#[derive(Debug, Clone, Copy)]
enum Failure {
    Code(i32),
    Kind(io::ErrorKind),
}

impl Failure {
    fn of(error: &io::Error) -> Self {
        error.raw_os_error().map_or(Self::Kind(error.kind()), Self::Code)
    }

    fn error(self) -> EngineError {
        match self {
            Self::Code(code) => io::Error::from_raw_os_error(code).into(),
            Self::Kind(kind) => io::Error::from(kind).into(),
        }
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self(Mutex::new(State { newest: None, stage: Stage::Unpublished, failure: None }))
    }
}

impl Watch {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// A commit begins.
    pub(super) fn begin(&self) {
        self.state().stage = Stage::Unpublished;
    }

    /// How far it has come.
    pub(super) fn stage(&self) -> Stage {
        self.state().stage
    }

    /// The error, or what it was that failed before it.
    pub(super) fn cause(&self, error: EngineError) -> EngineError {
        match (&error, self.state().failure) {
            (EngineError::Reopen, Some(failure)) => failure.error(),
            _ => error,
        }
    }

    fn note<T>(&self, answer: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &answer {
            self.state().failure.get_or_insert(Failure::of(error));
        }
        answer
    }
}

/// The slot of the newest commit, if this is a header.
fn newest(offset: u64, data: &[u8]) -> Option<bool> {
    (offset == 0 && data.len() == LENGTH).then(|| data[FLAGS] & PRIMARY != 0)
}

/// A file that is watched.
#[derive(Debug)]
pub(super) struct WatchedFile<B> {
    file: B,
    watch: Arc<Watch>,
}

impl<B> WatchedFile<B> {
    pub(super) fn new(file: B) -> Self {
        Self { file, watch: Arc::default() }
    }

    pub(super) fn watch(&self) -> Arc<Watch> {
        Arc::clone(&self.watch)
    }
}

impl<B: StorageBackend> StorageBackend for WatchedFile<B> {
    fn len(&self) -> io::Result<u64> {
        self.watch.note(self.file.len())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.watch.note(self.file.read(offset, out))?;
        if let Some(slot) = newest(offset, out) {
            self.watch.state().newest = Some(slot);
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.watch.note(self.file.set_len(len))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.watch.note(self.file.sync_data())?;
        let mut state = self.watch.state();
        if state.stage == Stage::Published {
            state.stage = Stage::Durable;
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let Some(slot) = newest(offset, data) else { return self.watch.note(self.file.write(offset, data)) };
        let mut state = self.watch.state();
        let publishes = state.newest.is_some_and(|before| before != slot);
        let written = self.file.write(offset, data);
        let mut found = [0; LENGTH];
        // Of a write that failed the file itself tells what became of it; if that cannot be read, nobody can tell.
        let is_there = written.is_ok() || self.file.read(0, &mut found).map_or(true, |()| found == *data);
        if is_there {
            state.newest = Some(slot);
            if publishes {
                state.stage = Stage::Published;
            }
        }
        drop(state);
        self.watch.note(written)
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        let locked = self.file.try_lock_range(start, end)?;
        if start == Bound::Included(TURN) {
            WriterTurn::of_this_thread(if locked { WriterTurn::GRANTED } else { WriterTurn::REFUSED });
        }
        Ok(locked)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        if start != Bound::Included(TURN) {
            return self.file.lock_range(start, end);
        }
        if !self.try_lock_range(start, end)? {
            self.file.lock_range(start, end)?;
            WriterTurn::of_this_thread(WriterTurn::GRANTED);
        }
        Ok(())
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.query_lock_range(start, end)
    }
}

/// Whether the thread that asks for the writers' turn has it.
#[derive(Debug, Default)]
pub(super) struct WriterTurn(AtomicU8);

thread_local! {
    static ASKS: RefCell<Option<Arc<WriterTurn>>> = const { RefCell::new(None) };
}

impl WriterTurn {
    /// It has asked, and somebody else has it.
    pub(super) const REFUSED: u8 = 1;
    /// It is at work.
    pub(super) const GRANTED: u8 = 2;

    /// 0 before it has asked.
    pub(super) fn state(&self) -> u8 {
        self.0.load(Ordering::Acquire)
    }

    /// This thread tells it from now on.
    pub(super) fn follow(self: Arc<Self>) {
        ASKS.set(Some(self));
    }

    pub(super) fn of_this_thread(state: u8) {
        ASKS.with_borrow(|turn| {
            if let Some(turn) = turn {
                turn.0.store(state, Ordering::Release);
            }
        });
    }
}

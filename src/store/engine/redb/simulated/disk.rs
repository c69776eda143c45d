//! A disk in memory that several processes write to, that keeps a log of it, and on which processes die and calls fail.
//!
//! What is written is seen by everybody at once, as through the page cache of a system. What of it a power cut would
//! leave is worked out from the log afterwards, by [`Cut`](super::cut::Cut).

use std::{
    fmt, io,
    ops::Bound,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use redb::{BackendError, StorageBackend};

use super::locks::{Locks, Range};

/// What happened to the file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// Bytes were written from this place on.
    Write(u64, Box<[u8]>),
    /// The file got this length.
    Length(u64),
    /// Everything before is on the disk.
    Flush,
}

/// A kind of call, for counting and failing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// Writing bytes.
    Write,
    /// Waiting for the disk.
    Flush,
    /// Making the file longer or shorter.
    Length,
    /// Taking a lock, or asking for one.
    Lock,
}

impl Call {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Write, Self::Flush, Self::Length, Self::Lock];
}

/// What will go wrong for a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlannedFailure {
    /// It is killed before its next call that changes the file after so many of them: its locks fall, and no later
    /// call of it does anything.
    Dies(usize),
    /// Of this kind the call after so many fails.
    Fails(Call, usize),
    /// Of this kind all calls after so many fail.
    KeepsFailing(Call, usize),
}

#[derive(Debug, Default)]
struct Process {
    fate: Option<PlannedFailure>,
    /// How many calls of each kind there were.
    calls: [usize; 4],
    dead: bool,
    failed: bool,
}

impl Process {
    /// Counts a call; an error where it does not take place.
    fn call(&mut self, call: Call) -> io::Result<()> {
        let changes = self.calls[0] + self.calls[1] + self.calls[2];
        let number = self.calls[call as usize];
        match self.fate {
            Some(PlannedFailure::Dies(after)) if call != Call::Lock && changes >= after => self.dead = true,
            Some(PlannedFailure::Fails(kind, after)) if kind == call && number == after => self.failed = true,
            Some(PlannedFailure::KeepsFailing(kind, after)) if kind == call && number >= after => self.failed = true,
            _ => {}
        }
        if self.dead {
            return Err(io::Error::other("this process was killed"));
        }
        self.calls[call as usize] += 1;
        match self.fate {
            Some(PlannedFailure::Fails(kind, after)) if kind == call && number == after => Err(refusal(call)),
            Some(PlannedFailure::KeepsFailing(kind, after)) if kind == call && number >= after => Err(refusal(call)),
            _ => Ok(()),
        }
    }
}

fn refusal(call: Call) -> io::Error {
    match call {
        Call::Write | Call::Length => io::ErrorKind::StorageFull.into(),
        Call::Flush | Call::Lock => io::Error::other("the disk does not answer"),
    }
}

#[derive(Default)]
struct State {
    bytes: Vec<u8>,
    log: Vec<Event>,
    locks: Locks,
    processes: Vec<Process>,
    files: usize,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    unlocked: Condvar,
}

/// The disk, which holds one file.
#[derive(Clone, Default)]
pub(crate) struct Disk(Arc<Shared>);

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Disk")
    }
}

impl Disk {
    /// A disk that holds these bytes, and holds them for certain.
    pub(crate) fn holding(bytes: Vec<u8>) -> Self {
        let disk = Self::default();
        disk.state().bytes = bytes;
        disk
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new process, with nothing of the file open.
    pub(crate) fn process(&self) -> ProcessOf {
        let mut state = self.state();
        state.processes.push(Process::default());
        ProcessOf { disk: self.clone(), number: state.processes.len() - 1 }
    }

    /// What everybody sees at this moment.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.state().bytes.clone()
    }

    /// How many events there were.
    pub(crate) fn at(&self) -> usize {
        self.state().log.len()
    }

    /// All events so far.
    pub(crate) fn log(&self) -> Vec<Event> {
        self.state().log.clone()
    }

    /// The bytes whose locks are held by anybody, first and last.
    pub(crate) fn locked(&self) -> Vec<(u64, u64)> {
        self.state().locks.held()
    }

    /// How many locks were ever taken.
    pub(crate) fn locks_taken(&self) -> usize {
        self.state().locks.taken()
    }
}

/// A process of this disk, which may open the file several times.
#[derive(Debug, Clone)]
pub(crate) struct ProcessOf {
    disk: Disk,
    number: usize,
}

impl ProcessOf {
    /// The file, opened once more.
    pub(crate) fn open(&self) -> DiskFile {
        let mut state = self.disk.state();
        state.files += 1;
        DiskFile { process: self.clone(), owner: state.files }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Process) -> T) -> T {
        work(&mut self.disk.state().processes[self.number])
    }

    /// Says what will go wrong for it, counted from now on; `None` heals it.
    pub(crate) fn set_fate(&self, fate: Option<PlannedFailure>) {
        self.with(|process| *process = Process { fate, dead: process.dead, ..Process::default() });
    }

    /// Whether a call of it was made to fail.
    pub(crate) fn has_failed(&self) -> bool {
        self.with(|process| process.failed)
    }
}

/// The file as one open of one process has it.
#[derive(Debug)]
pub(crate) struct DiskFile {
    process: ProcessOf,
    owner: usize,
}

/// A lock that is waited for so long is never given back.
const FOR_EVER: Duration = Duration::from_secs(20);

impl DiskFile {
    fn call(&self, call: Call) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.process.disk.state();
        let number = self.process.number;
        let outcome = state.processes[number].call(call);
        if state.processes[number].dead {
            state.locks.release_of(number);
            self.process.disk.0.unlocked.notify_all();
        }
        outcome.map(|()| state)
    }

    /// Reading is not counted, and the dead do not read.
    fn look(&self) -> io::Result<MutexGuard<'_, State>> {
        let state = self.process.disk.state();
        match state.processes[self.process.number].dead {
            true => Err(io::Error::other("this process was killed")),
            false => Ok(state),
        }
    }

    fn lock(&self, range: Range, shared: bool, wait: bool) -> Result<bool, BackendError> {
        let mut state = self.call(Call::Lock)?;
        let who = (self.process.number, self.owner);
        while !state.locks.take(who, range, shared) {
            if !wait {
                return Ok(false);
            }
            let (again, late) =
                self.process.disk.0.unlocked.wait_timeout(state, FOR_EVER).unwrap_or_else(PoisonError::into_inner);
            assert!(!late.timed_out(), "a lock of {range:?} is never given back");
            state = again;
        }
        Ok(true)
    }
}

impl StorageBackend for DiskFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.look()?.bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.look()?;
        let start = usize::try_from(offset).map_err(io::Error::other)?;
        let found = state.bytes.get(start..start + out.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(found);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.call(Call::Length)?;
        let event = Event::Length(len);
        apply(&mut state.bytes, &event);
        state.log.push(event);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.call(Call::Flush)?.log.push(Event::Flush);
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.call(Call::Write)?;
        let event = Event::Write(offset, data.into());
        apply(&mut state.bytes, &event);
        state.log.push(event);
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        let mut state = self.process.disk.state();
        state.locks.release_by(self.owner);
        self.process.disk.0.unlocked.notify_all();
        Ok(())
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.lock((start, end), false, false)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.lock((start, end), true, false)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.lock((start, end), false, true).map(drop)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.lock((start, end), true, true).map(drop)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        let mut state = self.look()?;
        state.locks.release(self.owner, (start, end));
        self.process.disk.0.unlocked.notify_all();
        Ok(())
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        Ok(self.call(Call::Lock)?.locks.conflicts(self.owner, (start, end), false))
    }
}

/// Does to the bytes of a file what an event says.
pub(super) fn apply(bytes: &mut Vec<u8>, event: &Event) {
    match event {
        Event::Write(at, data) => {
            let start = *at as usize;
            if bytes.len() < start + data.len() {
                bytes.resize(start + data.len(), 0);
            }
            bytes[start..start + data.len()].copy_from_slice(data);
        }
        Event::Length(length) => bytes.resize(*length as usize, 0),
        Event::Flush => {}
    }
}

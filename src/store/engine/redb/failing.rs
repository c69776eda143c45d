//! A file of which one call fails, and what is said of a step then.

use std::{
    fs::OpenOptions as FileOptions,
    io,
    ops::Bound,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

use redb::{BackendError, StorageBackend};

use super::{
    Access, FileIdentity, OpenOptions, RedbEngine, Source, Writer, backend::StoreFile, open, watch::WatchedFile,
};
use crate::store::engine::{Engine, EngineError, Space, transact};

/// So many calls are still answered, then one fails.
#[derive(Debug, Clone)]
struct CallsLeft(Arc<AtomicI64>, Arc<AtomicBool>);

impl CallsLeft {
    /// Asking for a lock takes this long from now on.
    const SLOW: Duration = Duration::from_millis(40);

    fn lock(&self) {
        if self.1.load(Ordering::SeqCst) {
            std::thread::sleep(Self::SLOW);
        }
    }

    fn call(&self) -> io::Result<()> {
        match self.0.fetch_sub(1, Ordering::SeqCst) {
            1 => Err(io::ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }
}

#[derive(Debug)]
struct Failing<B>(B, CallsLeft);

impl<B: StorageBackend> StorageBackend for Failing<B> {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.1.call().and_then(|()| self.0.set_len(len))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.1.call().and_then(|()| self.0.sync_data())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.1.call().and_then(|()| self.0.write(offset, data))
    }

    fn close(&self) -> io::Result<()> {
        self.0.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.1.lock();
        self.0.try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.1.call().map_err(BackendError::Io)?;
        self.0.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.unlock_range(start, end)?;
        self.1.call().map_err(BackendError::Io)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.query_lock_range(start, end)
    }
}

fn failing(path: &Path) -> (Box<dyn Engine>, CallsLeft) {
    let left = CallsLeft(Arc::default(), Arc::default());
    let file = FileOptions::new().read(true).write(true).open(path).unwrap();
    let place = FileIdentity::of(path, &file).unwrap();
    let file = WatchedFile::new(Failing(StoreFile::new(file).unwrap(), left.clone()));
    let source = Source::new(file.watch(), Some(place), Box::new(|| Ok(())));
    let database = OpenOptions::new(Access::Write).builder().create_with_backend(file).unwrap();
    (Box::new(RedbEngine::Writing(Writer::new(database, source))), left)
}

#[test]
fn what_is_said_of_a_step_is_what_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let wait = Duration::from_secs(5);
    open(&path, OpenOptions::new(Access::Create)).unwrap().close().unwrap();
    let (mut refused, mut doubtful, mut late) = (0, 0, 0);
    for call in 1_i64.. {
        let (engine, left) = failing(&path);
        left.0.store(call, Ordering::SeqCst);
        let said = transact(&*engine, wait, |txn| txn.put(Space::Rows, &call.to_be_bytes(), &[1; 10_000]));
        let closed = engine.close();
        let failed = left.0.load(Ordering::SeqCst) <= 0;
        let found = open(&path, OpenOptions::new(Access::Read)).unwrap();
        let is_there = found.snapshot().unwrap().get(Space::Rows, &call.to_be_bytes()).unwrap().is_some();
        found.close().unwrap();
        match said {
            Ok(()) => {
                assert!(is_there, "call {call}: it was said to stand");
                late += usize::from(closed.is_err());
                assert!(matches!(closed, Ok(()) | Err(EngineError::NoSpace)), "call {call}: {closed:?}");
            }
            Err(EngineError::NoSpace) => {
                assert!(!is_there, "call {call}: it was said that nothing changed");
                refused += 1;
            }
            Err(EngineError::Doubtful(why)) => {
                assert!(matches!(*why, EngineError::NoSpace), "call {call}: {why:?}");
                doubtful += 1;
            }
            Err(other) => panic!("call {call}: {other:?}"),
        }
        if !failed {
            break;
        }
    }
    assert!(refused > 2 && doubtful > 0 && late > 2, "{refused} refused, {doubtful} doubtful, {late} late");
}

#[test]
fn each_hand_tells_why_the_first_call_failed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    open(&path, OpenOptions::new(Access::Create)).unwrap().close().unwrap();
    let (engine, left) = failing(&path);
    let mut txn = engine.begin(Duration::ZERO).unwrap();
    left.0.store(1, Ordering::SeqCst);
    let [mut one, mut other] = txn.hands();
    let mut fill = |key: u32| one.put(Space::Rows, &key.to_be_bytes(), &[1; 100_000]);
    let first = (0..1_000).find_map(|key| fill(key).err());
    assert!(matches!(first, Some(EngineError::NoSpace)), "{first:?}");
    for _ in 0..2 {
        let again = other.put(Space::Index, b"key", &[1; 100_000]);
        assert!(matches!(again, Err(EngineError::NoSpace)), "{again:?}");
    }
}

#[test]
fn a_turn_that_the_system_is_slow_to_give_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let moment = Duration::from_nanos(1);
    open(&path, OpenOptions::new(Access::Create)).unwrap().close().unwrap();
    let (engine, left) = failing(&path);
    left.1.store(true, Ordering::SeqCst);
    for key in 0..3_u8 {
        transact(&*engine, moment, |txn| txn.put(Space::Rows, &[key], b"v")).unwrap();
    }
    let other = open(&path, OpenOptions::new(Access::Write)).unwrap();
    let wait = Duration::from_secs(5);
    let turn = other.begin(wait).unwrap();
    assert!(matches!(engine.begin(moment), Err(EngineError::Busy { waited }) if waited >= CallsLeft::SLOW));
    drop(turn);
    let _turn = engine.begin(wait).unwrap();
    assert!(matches!(engine.begin(moment), Err(EngineError::Busy { .. })), "this process has it");
}

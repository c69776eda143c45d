//! Several processes on one file. The test program runs itself again as the other processes: [`actor`] is a test that
//! does nothing unless the environment gives it a part.

use std::{
    env,
    io::{BufRead, BufReader, Read as _, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use super::{Access, Engine, EngineError, KeyRange, OpenOptions, Space, WriteTxn, open, transact};

const PART: &str = "CRM_TEST_ENGINE_PART";
const STORE: &str = "CRM_TEST_ENGINE_STORE";
const WRITERS: usize = 8;
const WRITES: usize = 50;
/// No writer among eight waits longer than this for its turn.
const FAIR: Duration = Duration::from_secs(2);

fn for_access(path: &Path, access: Access) -> Box<dyn Engine> {
    open(path, OpenOptions::new(access)).unwrap()
}

fn count(engine: &dyn Engine) -> u64 {
    engine.snapshot().unwrap().len(Space::Rows).unwrap()
}

/// Another process in one of the parts below.
struct Other {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Other {
    fn start(part: &str, path: &Path) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "--nocapture", "store::engine::processes::actor"]);
        command.env(PART, part).env(STORE, path).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { input: process.stdin.take(), process, output }
    }

    /// Waits until it says that it is where its part wants it.
    fn ready(mut self) -> Self {
        let mut line = String::new();
        while !line.ends_with("ready\n") {
            line.clear();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the other process ended early");
        }
        self
    }

    /// Lets it go on, and makes sure that it ends well.
    fn finish(mut self) {
        drop(self.input.take());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert!(self.process.wait().unwrap().success(), "{rest}");
    }

    /// Ends it by a signal, which it must not survive.
    #[cfg(unix)]
    fn signal(mut self, name: &str, number: i32) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
        let ended = self.process.wait().unwrap();
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&ended), Some(number), "{name}");
    }

    /// Ends it as kill -9 does.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Says that this process is in place and stays there until the other one lets go.
#[expect(clippy::print_stdout, reason = "the parent process reads it")]
fn stay() {
    println!("ready");
    std::io::stdout().flush().unwrap();
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

#[test]
fn actor() {
    let (Ok(part), Some(path)) = (env::var(PART), env::var_os(STORE).map(PathBuf::from)) else { return };
    match part.as_str() {
        "writer" => {
            let engine = for_access(&path, Access::Create);
            for serial in 0..WRITES {
                let asked = Instant::now();
                let mut waited = Duration::ZERO;
                transact(&*engine, OpenOptions::WAIT, |txn| {
                    waited = asked.elapsed();
                    txn.put(Space::Rows, format!("{}-{serial}", std::process::id()).as_bytes(), b"v")
                })
                .unwrap();
                assert!(waited < FAIR, "waited {waited:?}");
            }
            engine.close().unwrap();
        }
        "visitor" => {
            for serial in 0..WRITES {
                let asked = Instant::now();
                let engine = for_access(&path, Access::Write);
                transact(&*engine, OpenOptions::WAIT, |txn| {
                    txn.put(Space::Rows, format!("{}-{serial}", std::process::id()).as_bytes(), b"v")
                })
                .unwrap();
                engine.close().unwrap();
                assert!(asked.elapsed() < FAIR, "waited {:?}", asked.elapsed());
            }
        }
        "reader" => {
            let engine = for_access(&path, Access::Read);
            let snapshot = engine.snapshot().unwrap();
            let before = snapshot.len(Space::Rows).unwrap();
            stay();
            assert_eq!(snapshot.len(Space::Rows).unwrap(), before);
        }
        "holder" => {
            let engine = for_access(&path, Access::Write);
            let mut txn = engine.begin(OpenOptions::WAIT).unwrap();
            txn.put(Space::Rows, b"half done", &[9; 100_000]).unwrap();
            stay();
            drop(txn);
            engine.close().unwrap();
        }
        "maker" => {
            let draft = super::Draft::of(&path).unwrap();
            std::fs::write(draft.path(), "half a file").unwrap();
            stay();
        }
        other => panic!("no such part: {other}"),
    }
}

fn new_store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    for_access(&path, Access::Create).close().unwrap();
    (folder, path)
}

#[test]
fn eight_writers_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let writers: Vec<_> = (0..WRITERS).map(|_| Other::start("writer", &path)).collect();
    writers.into_iter().for_each(Other::finish);
    let engine = for_access(&path, Access::Read);
    assert_eq!(count(&*engine), (WRITERS * WRITES) as u64);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "one of them made the store, no draft is left");
}

#[test]
fn eight_commands_in_a_loop_take_turns() {
    let (_folder, path) = new_store();
    let writers: Vec<_> = (0..WRITERS).map(|_| Other::start("visitor", &path)).collect();
    writers.into_iter().for_each(Other::finish);
    assert_eq!(count(&*for_access(&path, Access::Read)), (WRITERS * WRITES) as u64);
}

#[test]
fn a_snapshot_blocks_nobody() {
    let (_folder, path) = new_store();
    let reader = Other::start("reader", &path).ready();
    let engine = for_access(&path, Access::Write);
    for serial in 0..20_u8 {
        transact(&*engine, Duration::from_millis(500), |txn| txn.put(Space::Rows, &[serial], b"v")).unwrap();
    }
    engine.close().unwrap();
    assert_eq!(count(&*for_access(&path, Access::Read)), 20);
    reader.finish();
}

#[test]
fn a_killed_writer_leaves_a_store_that_opens_at_once() {
    let (_folder, path) = new_store();
    for access in [Access::Read, Access::Write] {
        Other::start("holder", &path).ready().kill();
        let asked = Instant::now();
        let engine = for_access(&path, access);
        assert_eq!(count(&*engine), 0);
        assert!(asked.elapsed() < Duration::from_millis(500), "{:?}", asked.elapsed());
        engine.close().unwrap();
    }
}

#[cfg(unix)]
#[test]
fn only_who_may_write_puts_a_store_in_order() {
    let (_folder, path) = new_store();
    Other::start("holder", &path).ready().kill();
    if super::files::restrict(&path, 0o400) {
        let opened = open(&path, OpenOptions::new(Access::Read));
        assert!(matches!(opened, Err(EngineError::Unrecovered(named)) if named == path));
    }
}

#[test]
fn a_late_turn_is_given_back() {
    let (_folder, path) = new_store();
    let engine = for_access(&path, Access::Write);
    let holder = Other::start("holder", &path).ready();
    let wait = Duration::from_millis(200);
    let asked = Instant::now();
    assert!(matches!(engine.begin(wait), Err(EngineError::Busy { waited }) if waited >= wait));
    assert!(matches!(open(&path, OpenOptions::new(Access::Write).wait(wait)), Err(EngineError::Busy { .. })));
    assert!(asked.elapsed() < 4 * wait, "{:?}", asked.elapsed());
    // Reading goes on meanwhile, from here and from anew.
    assert_eq!(count(&*engine), 0);
    assert_eq!(count(&*for_access(&path, Access::Read)), 0);
    holder.finish();
    transact(&*engine, OpenOptions::WAIT, |txn| txn.put(Space::Rows, b"k", b"v")).unwrap();
    Other::start("holder", &path).ready().finish();
    assert_eq!(count(&*engine), 1);
    engine.close().unwrap();
}

#[test]
fn closing_while_a_late_turn_is_pending_harms_nothing() {
    let (_folder, path) = new_store();
    let engine = for_access(&path, Access::Write);
    let holder = Other::start("holder", &path).ready();
    assert!(matches!(engine.begin(Duration::from_millis(50)), Err(EngineError::Busy { .. })));
    engine.close().unwrap();
    holder.finish();
    let engine = for_access(&path, Access::Write);
    transact(&*engine, OpenOptions::WAIT, |txn| txn.put(Space::Rows, b"k", b"v")).unwrap();
    engine.close().unwrap();
}

/// A large step is given up after pages of it have left redb's memory; the other writer is given the same pages.
#[test]
fn what_a_step_that_was_given_up_wrote_is_in_nobodys_way() {
    let (_folder, path) = new_store();
    let (one, other) = (for_access(&path, Access::Write), for_access(&path, Access::Write));
    let fill = |txn: &mut dyn WriteTxn, space: Space, byte: u8| {
        (0..60_000_u32).try_for_each(|key| txn.put(space, &key.to_be_bytes(), &[byte; 100]))
    };
    let holds = |engine: &dyn Engine, space: Space, byte: u8| {
        let mut found = 0;
        let all = KeyRange::prefix(&[]);
        engine.snapshot().unwrap().scan(space, all, false, &mut |_, value| {
            assert_eq!(value, [byte; 100]);
            found += 1;
            ControlFlow::Continue(())
        })?;
        assert_eq!(found, 60_000);
        Ok::<_, EngineError>(())
    };
    for round in 0..4 {
        let mut given_up = one.begin(FAIR).unwrap();
        fill(&mut *given_up, Space::Trash, round).unwrap();
        drop(given_up);
        transact(&*other, FAIR, |txn| fill(txn, Space::Rows, 100 + round)).unwrap();
        holds(&*one, Space::Rows, 100 + round).unwrap();
        transact(&*one, FAIR, |txn| fill(txn, Space::Index, 200 + round)).unwrap();
        for engine in [&one, &other] {
            holds(&**engine, Space::Rows, 100 + round).unwrap();
            holds(&**engine, Space::Index, 200 + round).unwrap();
            assert_eq!(engine.snapshot().unwrap().len(Space::Trash).unwrap(), 0);
        }
    }
}

#[test]
fn a_wait_of_nothing_is_one_try() {
    let (_folder, path) = new_store();
    let at_once = |access| open(&path, OpenOptions::new(access).wait(Duration::ZERO));
    for serial in 0..20_u8 {
        let engine = at_once(Access::Write).unwrap();
        transact(&*engine, Duration::ZERO, |txn| txn.put(Space::Rows, &[serial], b"v")).unwrap();
        engine.close().unwrap();
        at_once(Access::Read).unwrap().close().unwrap();
    }
    // What a dead writer left is put in order, which takes longer than nothing.
    Other::start("holder", &path).ready().kill();
    assert_eq!(count(&*at_once(Access::Read).unwrap()), 20);
    // Last, since an open that gave up still takes its turn when it comes.
    let holder = Other::start("holder", &path).ready();
    assert!(matches!(at_once(Access::Write), Err(EngineError::Busy { .. })));
    at_once(Access::Read).unwrap().close().unwrap();
    holder.finish();
}

#[test]
fn a_wait_that_is_over_before_the_turn_was_asked_for_is_one_try() {
    let (_folder, path) = new_store();
    let moment = Duration::from_nanos(1);
    for serial in 0..20_u8 {
        let engine = open(&path, OpenOptions::new(Access::Write).wait(moment)).unwrap();
        transact(&*engine, moment, |txn| txn.put(Space::Rows, &[serial], b"v")).unwrap();
        engine.close().unwrap();
    }
    let engine = for_access(&path, Access::Write);
    let _turn = engine.begin(moment).unwrap();
    assert!(matches!(engine.begin(moment), Err(EngineError::Busy { .. })));
}

/// Another writer may die between the repair of what the one before it left and the next look.
#[test]
fn readers_never_notice_writers_that_are_killed() {
    let (_folder, path) = new_store();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    assert_eq!(count(&*for_access(&path, Access::Read)), 0);
                }
            });
        }
        for _ in 0..15 {
            Other::start("holder", &path).ready().kill();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[cfg(unix)]
#[test]
fn a_file_that_was_put_in_the_place_of_an_open_one_is_not_taken_for_it() {
    let (folder, path) = new_store();
    let engine = for_access(&path, Access::Write);
    let put = |key: &[u8]| transact(&*engine, FAIR, |txn| txn.put(Space::Rows, key, b"v"));
    put(b"1").unwrap();
    let aside = folder.path().join("aside.redb");
    let replaced =
        |outcome: Result<(), EngineError>| matches!(outcome, Err(EngineError::Replaced(named)) if named == path);
    let under_way = || {
        let mut txn = engine.begin(FAIR).unwrap();
        txn.put(Space::Rows, b"2", b"v").unwrap();
        txn
    };
    let txn = under_way();
    std::fs::rename(&path, &aside).unwrap();
    assert!(replaced(txn.commit()), "the name was taken away in the middle of a step");
    assert!(replaced(put(b"2")) && replaced(engine.in_place()));
    std::fs::copy(&aside, &path).unwrap();
    assert!(replaced(put(b"2")) && replaced(engine.in_place()), "a copy is another file");
    let bytes = std::fs::read(&path).unwrap();
    // It is told where it is tried, and the file of its own name takes steps again.
    std::fs::rename(&aside, &path).unwrap();
    engine.in_place().unwrap();
    put(b"3").unwrap();
    assert_eq!(count(&*engine), 2);
    assert_ne!(std::fs::read(&path).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_being_made_goes_with_the_process_that_makes_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.csv");
    let left = || std::fs::read_dir(folder.path()).unwrap().count();
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        // Those who run the tests in the background may have it ignored, and so does whatever they start.
        if super::draft::signals::is_ignored(number) {
            continue;
        }
        let maker = Other::start("maker", &path).ready();
        assert_eq!(left(), 1);
        maker.signal(name, number);
        assert_eq!(left(), 0, "{name}");
    }
    Other::start("maker", &path).ready().kill();
    let living = Other::start("maker", &path).ready();
    assert_eq!(
        left(),
        1,
        "what a dead process left goes with the next file of that name, what a living one makes stays"
    );
    drop(super::Draft::of(&path).unwrap());
    assert_eq!(left(), 1);
    living.finish();
    assert_eq!(left(), 0);
}

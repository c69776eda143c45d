//! What opening does to files that are no stores, not whole, or not ours to write. No byte of them changes.

use crate::text::Lang;
use std::{
    fs, io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    Access, Engine, EngineError, KeyRange, OpenOptions, Space, WriteTxn, catches_panics, create_folder, entries, open,
    transact,
};
use crate::error::{Error, ErrorKind};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.path();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn store(&self) -> PathBuf {
        let path = self.path();
        let engine = try_open(&path, Access::Create).unwrap();
        transact(&*engine, Duration::ZERO, |txn| {
            (0..20_000_u32).try_for_each(|key| txn.put(Space::Rows, &key.to_be_bytes(), &[1; 100]))
        })
        .unwrap();
        engine.close().unwrap();
        path
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("store.redb")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

fn try_open(path: &Path, access: Access) -> Result<Box<dyn Engine>, EngineError> {
    open(path, OpenOptions::new(access))
}

/// Opens `path` every way there is; each has to fail as `expected` says and leave the bytes alone.
#[track_caller]
fn refused(path: &Path, expected: impl Fn(&EngineError) -> bool) {
    let before = fs::read(path).ok();
    for access in [Access::Read, Access::Write, Access::Create] {
        let error = try_open(path, access).err().unwrap();
        assert!(expected(&error), "{access:?}: {error:?}");
        let shown = Error::from(error);
        assert_eq!(shown.kind(), ErrorKind::Failure);
        assert!(shown.message(Lang::En).ends_with('.') && shown.next_step(Lang::En).is_some(), "{shown:?}");
    }
    assert_eq!(fs::read(path).ok(), before);
}

#[test]
fn what_is_no_store_is_refused_and_kept() {
    let folder = Folder::new();
    refused(&folder.file(b""), |error| matches!(error, EngineError::Empty(_)));
    for other in [&[0; 10_000][..], b"name,phone\nLi,138\n", b"r", b"redb is a database\n", &[0xff; 400]] {
        let expected_short = b"redb".starts_with(other);
        refused(&folder.file(other), |error| match error {
            EngineError::NotAStore(_) => !expected_short,
            EngineError::Corrupt(_) => expected_short,
            _ => false,
        });
    }
    refused(folder.0.path(), |error| matches!(error, EngineError::IsDirectory(_)));
    assert_eq!(folder.names(), ["store.redb"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_store_that_is_not_there_stays_a_link() {
    let folder = Folder::new();
    std::os::unix::fs::symlink(folder.0.path().join("unmounted/store.redb"), folder.path()).unwrap();
    assert!(matches!(try_open(&folder.path(), Access::Create), Err(EngineError::DanglingLink(_))));
    assert!(folder.path().is_symlink());
    assert_eq!(folder.names(), ["store.redb"]);
}

#[test]
fn a_missing_store_is_made_only_on_request() {
    let folder = Folder::new();
    for access in [Access::Read, Access::Write] {
        assert!(matches!(try_open(&folder.path(), access), Err(EngineError::Missing(_))));
    }
    let nowhere = folder.0.path().join("no/folder/store.redb");
    assert!(matches!(try_open(&nowhere, Access::Create), Err(EngineError::Missing(path)) if path == nowhere));
    assert!(folder.names().is_empty());

    create_folder(nowhere.parent().unwrap()).unwrap();
    let engine = try_open(&nowhere, Access::Create).unwrap();
    assert!(engine.snapshot().unwrap().is_empty(Space::Rows).unwrap());
    engine.close().unwrap();
    assert_eq!(fs::read_dir(nowhere.parent().unwrap()).unwrap().count(), 1, "no draft is left behind");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&nowhere), 0o600);
        assert_eq!(mode(nowhere.parent().unwrap()), 0o700);
    }
}

#[test]
fn a_store_that_is_cut_short_is_damaged() {
    let folder = Folder::new();
    let whole = fs::read(folder.store()).unwrap();
    for length in [9, 64, 320, 4096, 8192, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        refused(&folder.file(&whole[..length]), |error| matches!(error, EngineError::Corrupt(_)));
    }
}

#[test]
fn a_store_with_a_damaged_header_is_refused() {
    let folder = Folder::new();
    let whole = fs::read(folder.store()).unwrap();
    let mut newer = whole.clone();
    newer[64] = 4;
    refused(&folder.file(&newer), |error| matches!(error, EngineError::Newer));
    for at in [0, 12, 20] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        refused(&folder.file(&damaged), |error| matches!(error, EngineError::Corrupt(_) | EngineError::NotAStore(_)));
    }
}

/// Reads everything that a store holds.
fn read_all(path: &Path, access: Access) -> Result<(), EngineError> {
    let engine = try_open(path, access)?;
    let snapshot = engine.snapshot()?;
    for space in Space::ALL {
        snapshot.scan(*space, KeyRange::all(), false, &mut |_, _| ControlFlow::Continue(()))?;
    }
    Ok(())
}

#[test]
fn damaged_pages_are_errors_and_not_panics() {
    let folder = Folder::new();
    let whole = fs::read(folder.store()).unwrap();
    let mut damage = (1_u64..).map(|step| step.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    for round in 0..20 {
        let mut damaged = whole.clone();
        for at in damage.by_ref().take(500 * (round + 1)) {
            let at = (at >> 20) as usize;
            damaged[4096 + at % (whole.len() - 4096)] = (at >> 40) as u8 | 1;
        }
        let path = folder.file(&damaged);
        for access in [Access::Read, Access::Write] {
            match read_all(&path, access) {
                Ok(()) | Err(EngineError::Corrupt(_)) => {}
                Err(error) => panic!("round {round}, {access:?}: {error:?}"),
            }
        }
    }
}

#[test]
fn a_store_open_for_reading_takes_no_writes() {
    let folder = Folder::new();
    let path = folder.store();
    let before = fs::read(&path).unwrap();
    let engine = try_open(&path, Access::Read).unwrap();
    assert!(matches!(engine.begin(Duration::ZERO), Err(EngineError::ReadOnly)));
    assert_eq!(engine.snapshot().unwrap().len(Space::Rows).unwrap(), 20_000);
    engine.close().unwrap();
    assert_eq!(fs::read(&path).unwrap(), before);
}

/// Takes rights on `path` away; answers whether that binds the person who runs the tests.
#[cfg(unix)]
pub(super) fn restrict(path: &Path, mode: u32) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    match fs::metadata(path).unwrap().is_dir() {
        true => fs::write(path.join("probe"), b"").and_then(|()| fs::remove_file(path.join("probe"))).is_err(),
        false => fs::OpenOptions::new().write(true).open(path).is_err(),
    }
}

#[cfg(unix)]
#[test]
fn a_file_of_somebody_else_is_read_but_not_written() {
    let folder = Folder::new();
    let path = folder.store();
    if !restrict(&path, 0o400) {
        return;
    }
    let engine = try_open(&path, Access::Read).unwrap();
    assert_eq!(engine.snapshot().unwrap().len(Space::Rows).unwrap(), 20_000);
    engine.close().unwrap();
    assert!(matches!(try_open(&path, Access::Write), Err(EngineError::PermissionDenied(_))));
    restrict(&path, 0o000);
    assert!(matches!(try_open(&path, Access::Read), Err(EngineError::PermissionDenied(_))));
}

#[cfg(unix)]
#[test]
fn a_folder_of_somebody_else_takes_no_new_store() {
    let folder = Folder::new();
    let path = folder.store();
    if !restrict(folder.0.path(), 0o500) {
        return;
    }
    try_open(&path, Access::Write).unwrap().close().unwrap();
    let other = path.with_file_name("other.redb");
    assert!(matches!(try_open(&other, Access::Create), Err(EngineError::PermissionDenied(path)) if path == other));
    restrict(folder.0.path(), 0o700);
}

#[test]
fn the_systems_errors_have_names() {
    let path = Path::new("store.redb");
    let name = |kind: io::ErrorKind| EngineError::from_io(kind.into(), path);
    assert!(matches!(name(io::ErrorKind::StorageFull), EngineError::NoSpace));
    assert!(matches!(name(io::ErrorKind::QuotaExceeded), EngineError::NoSpace));
    assert!(matches!(name(io::ErrorKind::ReadOnlyFilesystem), EngineError::ReadOnly));
    assert!(matches!(name(io::ErrorKind::PermissionDenied), EngineError::PermissionDenied(_)));
    assert!(matches!(name(io::ErrorKind::UnexpectedEof), EngineError::Corrupt(_)));
    let busy = Error::from(EngineError::Busy { waited: Duration::from_secs(5) });
    assert_eq!((busy.kind(), busy.kind().exit_code()), (ErrorKind::Busy, 5));
    assert_eq!(busy.message(Lang::En), "The store is busy: another process is writing to it (waited 5.0 s).");
}

/// Opens a store, reads all of it, writes to it and closes it.
fn use_all(path: &Path, access: Access, whole: bool) -> Result<(), EngineError> {
    let engine = open(path, OpenOptions::new(access).whole(whole))?;
    {
        let snapshot = engine.snapshot()?;
        for space in Space::ALL {
            snapshot.len(*space)?;
            snapshot.get(*space, b"k")?;
            snapshot.scan(*space, KeyRange::all(), true, &mut |_, _| ControlFlow::Continue(()))?;
        }
    }
    if access == Access::Write {
        transact(&*engine, Duration::from_secs(5), |txn| {
            txn.put(Space::Rows, b"new", &[3; 5000])?;
            txn.remove(Space::Index, &7_u32.to_be_bytes())?;
            let keys: Vec<_> = (0..40_u32).map(u32::to_be_bytes).collect();
            txn.unload(Space::Journal, &mut keys.iter().map(<[u8; 4]>::as_slice))?;
            txn.load(Space::Search, &mut entries(keys.iter().map(|key| (key, b"v")))).map(drop)
        })?;
    }
    engine.close()
}

/// Bytes that another program wrote, pages of another time, pages of another place, pages of nothing.
#[test]
fn whatever_is_damaged_is_an_error_and_no_panic() {
    const PAGE: usize = 4096;
    let folder = Folder::new();
    let path = folder.path();
    let engine = try_open(&path, Access::Create).unwrap();
    let mut before = Vec::new();
    for round in 0..6_u8 {
        let work = |txn: &mut dyn WriteTxn| {
            (0..80_u32).try_for_each(|key| {
                let spaces = [Space::Rows, Space::Index, Space::Journal, Space::Search];
                spaces.iter().try_for_each(|space| txn.put(*space, &(key * 3).to_be_bytes(), &[round; 60]))
            })
        };
        transact(&*engine, Duration::from_secs(5), work).unwrap();
        if round == 3 {
            before = fs::read(&path).unwrap();
        }
    }
    engine.close().unwrap();
    let whole = fs::read(&path).unwrap();
    let rounds = if std::env::var_os("CRM_TEST_FULL").is_some() { 5000 } else { 120 };
    let pages = whole.len() / PAGE;
    let used: Vec<usize> =
        (0..pages).filter(|page| whole[page * PAGE..][..PAGE].iter().any(|byte| *byte != 0)).collect();
    let mut dice = (1_u64..).map(|step| (step.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16) as usize);
    let mut refused = 0;
    for round in 0..rounds {
        let mut roll = |below: usize| dice.next().unwrap() % below.max(1);
        let page = used[roll(used.len())] * PAGE;
        let mut damaged = whole.clone();
        match round % 4 {
            0 => damaged[page + roll(64)] ^= 1 << roll(8),
            1 if page + PAGE <= before.len() => damaged[page..][..PAGE].copy_from_slice(&before[page..][..PAGE]),
            2 => damaged.copy_within(page..page + PAGE, used[roll(used.len())] * PAGE),
            _ => damaged[page + roll(2) * 320..page + PAGE].fill(0),
        }
        for (access, thorough) in [(Access::Read, false), (Access::Write, false), (Access::Write, true)] {
            match use_all(&folder.file(&damaged), access, thorough) {
                Ok(()) => {}
                Err(EngineError::Corrupt(_) | EngineError::NotAStore(_) | EngineError::Newer) => refused += 1,
                Err(error) => panic!("round {round}, {access:?}, page {}: {error:?}", page / PAGE),
            }
        }
    }
    assert!(refused > rounds / 2, "{refused} of {rounds}");
    assert!(!catches_panics());
}

//! Files on their way to a name: written beside it under a name of their own, and gone when nothing becomes of them.
//!
//! A draft of a store is `.NAME.` and a word for its kind with the number of the process that makes it, one of data
//! `.NAME.1.crm-part`, locked while it is written. One whose process is ended by a signal goes before the process does;
//! where it cannot (kill -9, a power cut), the next draft for the same name takes it away, and one of data that nobody
//! has locked goes with the next file of data in the same folder.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use super::alive::lives;

/// A file that is being made. It is removed when this is dropped, unless it was kept.
#[derive(Debug)]
pub struct Draft(Option<PathBuf>);

/// The drafts of this process.
static DRAFTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn drafts() -> MutexGuard<'static, Vec<PathBuf>> {
    DRAFTS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Draft {
    /// A draft for the file `path`, whose folder has to exist; nothing is made yet. Drafts for this name that processes
    /// left behind which are no more are removed.
    ///
    /// # Errors
    /// Where `path` has no name.
    pub fn of(path: &Path) -> io::Result<Self> {
        static SERIAL: AtomicU32 = AtomicU32::new(0);
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        sweep(path, name.as_encoded_bytes());
        signals::watch();
        let mut draft = OsString::from(".");
        draft.push(name);
        draft.push(format!(".{}-{}.part", std::process::id(), SERIAL.fetch_add(1, Ordering::Relaxed)));
        let draft = path.with_file_name(draft);
        // A process that had our number may have left one of this very name.
        let _ = fs::remove_file(&draft);
        drafts().push(draft.clone());
        Ok(Self(Some(draft)))
    }

    /// A draft for the file of data `path`, made and open: it is locked as long as the file is open. Drafts of data in the
    /// same folder whose processes are no more are removed.
    ///
    /// # Errors
    /// Where `path` has no name; what the system says.
    pub fn open(path: &Path) -> io::Result<(Self, File)> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        sweep(path, name.as_encoded_bytes());
        sweep_unlocked(folder_of(path));
        signals::watch();
        let mut serial: u32 = 1;
        loop {
            let mut draft = OsString::from(".");
            draft.push(name);
            draft.push(format!(".{serial}{LOCKED}"));
            let draft = path.with_file_name(draft);
            // Held, so that a signal finds the file that is made.
            let mut drafts = drafts();
            match create(&draft) {
                Ok(file) if is_mine(&file, &draft) => {
                    drafts.push(draft.clone());
                    return Ok((Self(Some(draft)), file));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            serial = serial.checked_add(1).ok_or(io::ErrorKind::AlreadyExists)?;
        }
    }

    /// Where it is to be written.
    pub fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    /// Gives it its name, over what had it: whoever looks finds the one or the other, also after a power cut.
    ///
    /// # Errors
    /// What the system says; the draft is then removed.
    pub fn keep(mut self, path: &Path) -> io::Result<()> {
        // Held, so that a signal finds either the draft or the file.
        let mut drafts = drafts();
        let Some(draft) = self.0.take() else { return Ok(()) };
        drafts.retain(|other| *other != draft);
        fs::rename(&draft, path).inspect_err(|_| {
            let _ = fs::remove_file(&draft);
        })?;
        drop(drafts);
        sync_folder(path);
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(draft) = self.0.take() {
            let mut drafts = drafts();
            // It may never have been made, or have got its name by a link; what went wrong before is what is told.
            let _ = fs::remove_file(&draft);
            drafts.retain(|other| *other != draft);
        }
    }
}

/// How the name of a draft ends that is locked while it is written.
const LOCKED: &str = ".crm-part";

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Locks a file that was just made; whether it has its name still, and is not one that somebody who sweeps has in hand.
fn is_mine(file: &File, path: &Path) -> bool {
    // Where a file system has no locks, nobody else can lock it either, and it stays.
    !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) && has_its_name(file, path).unwrap_or(false)
}

#[cfg(unix)]
fn has_its_name(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (file, named) = (file.metadata()?, fs::symlink_metadata(path)?);
    Ok((file.dev(), file.ino()) == (named.dev(), named.ino()))
}

#[cfg(not(unix))]
fn has_its_name(_: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

/// Removes drafts in a folder that are of the kind that is locked, and are not. What cannot be looked at stays.
fn sweep_unlocked(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|entry| entry.is_file());
        if !is_file || !is_locked_kind(entry.file_name().as_encoded_bytes()) {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a file is called as a draft that is locked: `.NAME.1.crm-part`.
fn is_locked_kind(file: &[u8]) -> bool {
    let Some(rest) = file.strip_prefix(b".").and_then(|rest| rest.strip_suffix(LOCKED.as_bytes())) else {
        return false;
    };
    let dot = rest.iter().rposition(|byte| *byte == b'.').filter(|dot| *dot > 0);
    dot.is_some_and(|dot| dot + 1 < rest.len() && rest[dot + 1..].iter().all(u8::is_ascii_digit))
}

/// The folder that a file is in: of a bare name the one in which the process is.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Waits until the names in the folder of a file are on the disk. Some file systems have no such wait, and what the file
/// holds is there.
pub(super) fn sync_folder(path: &Path) {
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
}

/// Removes drafts of the file `path` that processes left behind which are no more.
pub fn sweep_drafts(path: &Path) {
    if let Some(name) = path.file_name() {
        sweep(path, name.as_encoded_bytes());
    }
}

/// Removes drafts of `path` whose processes are no more. What cannot be looked at stays.
fn sweep(path: &Path, name: &[u8]) {
    let Ok(entries) = fs::read_dir(folder_of(path)) else { return };
    for entry in entries.flatten() {
        let maker = maker(entry.file_name().as_encoded_bytes(), name);
        if maker.is_some_and(|maker| maker != std::process::id() && !lives(maker)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The process that made this file, if it is a draft for `name`, or a draft of such a draft.
fn maker(file: &[u8], name: &[u8]) -> Option<u32> {
    let bare = file.iter().position(|byte| *byte != b'.').filter(|dots| (1..=2).contains(dots))?;
    let dots = name.iter().take_while(|byte| **byte == b'.').count();
    let rest = file[bare..].strip_prefix(&name[dots..])?.strip_prefix(b".")?;
    let rest = std::str::from_utf8(rest).ok()?;
    let mut parts = rest.split('.');
    let pid = parts.next()?.split_once('-').filter(|(_, serial)| serial.parse::<u32>().is_ok())?.0.parse().ok()?;
    let is_draft = |part: &str| part == "part" || part.split('-').all(|word| word.parse::<u32>().is_ok());
    (parts.clone().next() == Some("part") && parts.all(is_draft)).then_some(pid)
}

/// Somebody else in this process ends it on a signal, after putting things in order: the full screen. Drafts are then
/// removed, and no more.
static ENDED_ELSEWHERE: AtomicBool = AtomicBool::new(false);

/// From now on a write beyond the limit on the size of files fails, and no signal ends the process.
pub fn limits_are_errors() {
    #[cfg(unix)]
    {
        let seen = std::sync::Arc::new(AtomicBool::new(false));
        // Where that cannot be, the signal ends the process as it would have.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

/// From now on somebody else ends this process on a signal.
pub fn signals_are_handled() {
    ENDED_ELSEWHERE.store(true, Ordering::Release);
}

#[cfg(unix)]
pub(super) mod signals {
    use std::{
        fs,
        sync::{OnceLock, atomic::Ordering, mpsc},
        thread,
    };

    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
        low_level::emulate_default_handler,
    };

    /// Removes the drafts of this process when a signal ends it. Where the system gives no thread for that, they stay
    /// until the next draft.
    pub(super) fn watch() {
        static WATCHED: OnceLock<()> = OnceLock::new();
        WATCHED.get_or_init(|| {
            let (ready, is_ready) = mpsc::sync_channel(1);
            let obeys = move || {
                // A signal that is ignored, as under nohup, ends nothing.
                let ending = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
                let Ok(mut signals) = Signals::new(ending) else { return };
                let _ = ready.send(());
                for signal in signals.forever() {
                    remove_and_end(signal);
                }
            };
            if thread::Builder::new().name("drafts".to_owned()).spawn(obeys).is_ok() {
                let _ = is_ready.recv();
            }
        });
    }

    fn remove_and_end(signal: i32) {
        // Held to the end, so that nobody makes a file of a draft that is gone.
        let drafts = super::drafts();
        for draft in &*drafts {
            let _ = fs::remove_file(draft);
        }
        if !super::ENDED_ELSEWHERE.load(Ordering::Acquire) {
            let _ = emulate_default_handler(signal);
        }
    }

    /// Whether this process was started with the signal ignored, as Linux tells.
    pub(in crate::store::engine) fn is_ignored(signal: i32) -> bool {
        let Ok(status) = fs::read_to_string("/proc/self/status") else { return false };
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
        mask >> (signal - 1) & 1 == 1
    }
}

#[cfg(not(unix))]
mod signals {
    pub(super) const fn watch() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    /// The number of a process that has ended.
    fn dead() -> u32 {
        let mut process = std::process::Command::new("true").spawn().unwrap();
        process.wait().unwrap();
        process.id()
    }

    #[test]
    fn a_draft_becomes_the_file_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.csv");
        let draft = Draft::of(&path).unwrap();
        fs::write(draft.path(), "one").unwrap();
        assert_eq!(names(folder.path()).len(), 1);
        draft.keep(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        let draft = Draft::of(&path).unwrap();
        fs::write(draft.path(), "two").unwrap();
        drop(draft);
        drop(Draft::of(&path).unwrap());
        assert_eq!(names(folder.path()), ["records.csv"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert!(Draft::of(&path).unwrap().keep(&path).is_err(), "it was never made");
        assert!(Draft::of(Path::new("/")).is_err());
    }

    #[test]
    fn drafts_of_data_go_when_nobody_has_them_locked_whatever_their_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (one, held) = Draft::open(&at("a.csv")).unwrap();
        let (other, _open) = Draft::open(&at("a.csv")).unwrap();
        assert_eq!(one.path(), at(".a.csv.1.crm-part"));
        let kept = ["..crm-part", ".a.crm-part", ".a.csv.x.crm-part", ".a.csv.1.part", "a.csv.1.crm-part"];
        for name in kept.iter().chain(&[".b.jsonl.7.crm-part", ".a.csv.9.crm-part"]) {
            fs::write(at(name), "x").unwrap();
        }
        fs::create_dir(at(".folder.1.crm-part")).unwrap();
        let (third, file) = Draft::open(&at("c.csv")).unwrap();
        let mut expected = [&kept[..], &[".a.csv.1.crm-part", ".a.csv.2.crm-part", ".c.csv.1.crm-part"]].concat();
        expected.push(".folder.1.crm-part");
        expected.sort_unstable();
        assert_eq!(names(folder.path()), expected);
        third.keep(&at("c.csv")).unwrap();
        drop((one, other, held, file));
        assert!(at("c.csv").exists() && !names(folder.path()).iter().any(|name| name.starts_with(".a.csv.1.crm")));
        assert!(Draft::open(Path::new("/")).is_err());
        assert!(Draft::open(&at("none/a.csv")).is_err());
    }

    #[test]
    fn drafts_of_dead_processes_go_with_the_next_one_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let (dead, alive) = (dead(), std::process::id());
        let gone = [format!(".a.csv.{dead}-0.part"), format!("..a.csv.{dead}-1.part.{dead}-2.part")];
        let kept = [
            format!(".a.csv.{alive}-7.part"),
            format!(".a.csv.{}-0.part", std::os::unix::process::parent_id()),
            format!(".b.csv.{dead}-0.part"),
            format!("a.csv.{dead}-0.part"),
            format!(".a.csv.{dead}.part"),
            format!(".a.csv.{dead}-x.part"),
            format!(".a.csv.{dead}-0.part.txt"),
            ".a.csv.part".to_owned(),
            "a.csv".to_owned(),
        ];
        for name in gone.iter().chain(&kept) {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        drop(Draft::of(&path).unwrap());
        let mut kept = kept.to_vec();
        kept.sort_unstable();
        assert_eq!(names(folder.path()), kept);
    }
}

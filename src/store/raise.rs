//! Raising a store of an earlier format to that of this version, with a copy aside.
//!
//! It happens in a writer's turn, so that nobody writes meanwhile and of several processes one does it. First the copy:
//! under a name of its own until it is whole and on the disk. Then one transaction says the new format. A process that
//! is killed in between leaves the store as it was, and the next finds the copy and goes on.
//!
//! Rows stay as they are, and so do the entries and chunks of the journal that are there: each says of which format it
//! is. But the last entry is now one of this format, without changes. A session of an earlier program that is still open
//! reads the last entry before it writes, cannot, and writes nothing.

use std::{
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use crate::{
    domain::{Instant, user},
    error::{Error, Result},
    text::said,
};

use super::{
    chunk, dated,
    engine::{Access, Draft, EngineError, OpenOptions, Read, Space, folder_of, name_file},
    file::{Store, sign},
    journal::{Entry, StepType, chunk_key, entry_key},
    meta,
};

/// Raises a store that is open for writing; tells where the copy is, or nothing where there was nothing to raise.
/// `now` dates the entry.
///
/// # Errors
/// What the store or the system says; where there is no room for a copy, nothing is written.
pub fn raise(store: &Store, now: Instant) -> Result<Option<PathBuf>> {
    let mut txn = store.begin()?;
    let format = meta::number(&*txn, meta::FORMAT_KEY)?;
    if !(1..meta::FORMAT).contains(&format) {
        return Ok(None);
    }
    let copy = store.path().map(|path| copied(path, format, &*txn)).transpose()?;
    let seq = meta::number(&*txn, meta::SEQ)? + 1;
    let words = format!("format {}", meta::FORMAT);
    dated::append(&mut *txn, seq, Entry { at: now.0, words, deed: StepType::Setup, ..Entry::default() })?;
    // A search of an earlier program looks into what changed since; it must not take this for nothing. Any kind will do.
    txn.put(Space::Changes, &chunk_key(seq, user::ID, 0), &chunk::write(&[]))?;
    meta::set_number(&mut *txn, meta::FORMAT_KEY, meta::FORMAT)?;
    sign(&mut *txn)?;
    txn.commit()?;
    Ok(copy)
}

/// The copies that lie beside a store, each as it was before its format was raised, by name.
///
/// # Errors
/// Where the folder cannot be read.
pub fn copies(path: &Path) -> io::Result<Vec<PathBuf>> {
    let start = named(path, ".format-");
    let start = start.file_name().unwrap_or_default().as_encoded_bytes();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder_of(path))? {
        let name = entry?.file_name();
        let rest = name.as_encoded_bytes().strip_prefix(start);
        if rest.is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit)) {
            found.push(path.with_file_name(name));
        }
    }
    found.sort();
    Ok(found)
}

/// The copy of the store as it is now: one that is there already, or a new one.
fn copied(path: &Path, format: u64, now: &dyn Read) -> Result<PathBuf> {
    // Of those who were at this before nothing is left behind: it is done in the writer's turn.
    let draft = Draft::of(path).map_err(EngineError::from)?;
    let mut serial = 1;
    let copy = loop {
        let name = match serial {
            1 => format!(".format-{format}"),
            _ => format!(".format-{format}-{serial}"),
        };
        let copy = named(path, &name);
        if !copy.try_exists().unwrap_or(true) {
            break copy;
        }
        if is_this(&copy, now) {
            return Ok(copy);
        }
        serial += 1;
    };
    let failed = |error: io::Error| {
        Error::failure(said!(
            "The store has to be copied before its format is raised, and {} cannot be written: {error}",
            "升级数据文件格式前须先备份，而 {} 无法写入：{error}",
            copy.display()
        ))
        .hint(said!("the store was left as it is", "数据文件保持原样"))
    };
    room_for(path)?;
    fs::copy(path, draft.path()).map_err(failed)?;
    // Opened and closed, so that it is known to be sound and needs nothing more, and can be read by whoever may.
    let store = Store::open(draft.path(), Access::Write, OpenOptions::WAIT)?;
    let same = same_state(&*store.snapshot()?, now)?;
    store.close()?;
    if !same {
        return Err(failed(io::Error::other("the copy differs from the store")));
    }
    File::open(draft.path()).and_then(|file| file.sync_all()).map_err(failed)?;
    name_file(draft.path(), &copy).map_err(failed)?;
    // That takes away what it was called before.
    drop(draft);
    Ok(copy)
}

/// Whether a file that has the name of the copy is a copy of the store as it is.
fn is_this(copy: &Path, now: &dyn Read) -> bool {
    let same =
        Store::open(copy, Access::Read, OpenOptions::WAIT).and_then(|store| same_state(&*store.snapshot()?, now));
    same.unwrap_or(false)
}

/// Whether the last step of both is the same one.
fn same_state(one: &dyn Read, other: &dyn Read) -> Result<bool> {
    let last = |read: &dyn Read| -> Result<_> {
        let seq = meta::number(read, meta::SEQ)?;
        Ok((seq, meta::number(read, meta::FORMAT_KEY)?, read.get(Space::Journal, &entry_key(seq))?))
    };
    Ok(last(one)? == last(other)?)
}

/// The name of a file beside another: that of the other and some more.
fn named(path: &Path, more: &str) -> PathBuf {
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(more);
    path.with_file_name(name)
}

/// More than the copy is needed: the store itself grows by some pages.
const MARGIN: u64 = 1 << 20;

/// Refuses to begin where the copy does not fit.
fn room_for(path: &Path) -> Result<()> {
    let needed = fs::metadata(path).map_or(0, |file| file.len()) + MARGIN;
    match free(folder_of(path)) {
        Some(free) if free < needed => Err(Error::failure(said!(
            "The store has to be copied before its format is raised: that needs {needed} bytes, and {free} are free",
            "升级数据文件格式前须先备份：需要 {needed} 字节，而可用空间为 {free} 字节"
        ))
        .hint(said!(
            "make room beside {}; the store was left as it is",
            "请在 {} 所在磁盘腾出空间；数据文件保持原样",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// The bytes that this person may still write to a folder; nothing where the system does not say.
#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let system = rustix::fs::statvfs(folder).ok()?;
    system.f_bavail.checked_mul(system.f_frsize)
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

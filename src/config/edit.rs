//! `config set` and `config unset`: one value in the file changes, everything else stays as it was written.

use std::{
    ffi::OsStr,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::{file, keys::find, rows::unknown, values::Values};
use crate::{
    error::{Error, Result},
    text::{Lang, Said, said, scrub},
};

/// Writes a value into the file, which is made where it is missing. Comments and order stay.
///
/// # Errors
/// Where there is no such setting, it cannot be this, or the file cannot be read or written; `Busy` where another
/// process is at changing it for longer than `wait`.
pub fn set(path: &Path, code: &str, text: &OsStr, wait: Duration) -> Result<()> {
    let value = value(code, text)?;
    let _turn = turn(path, wait)?;
    write(path, &with(path, code, value)?)
}

/// What [`set`] would say against it; nothing is written.
///
/// # Errors
/// As [`set`], but for `Busy`.
pub fn check_set(path: &Path, code: &str, text: &OsStr) -> Result<()> {
    with(path, code, value(code, text)?).map(drop)
}

/// A setting's value as the file holds it.
fn value(code: &str, text: &OsStr) -> Result<Value> {
    let (_, key) = find(code).ok_or_else(|| unknown(code))?;
    let mut values = Values::default();
    key.ty
        .holds_everywhere(text)
        .and_then(|()| key.ty.set(&mut values, text))
        .map_err(|error| Error::from(error).at(Said::same(code)))?;
    Ok(key.ty.to_toml(&mut values))
}

/// The text of the file with a value in it.
fn with(path: &Path, code: &str, value: Value) -> Result<String> {
    let mut document = read(path)?;
    let (table, name) = reach(document.as_table_mut(), code).ok_or_else(|| {
        Error::failure(said!(
            "{}: {code} cannot be set, because a part of it is a value",
            "{}：无法设置 {code}，因为其中一段已是一个值",
            path.display()
        ))
        .hint(said!("remove that line first", "请先删除那一行"))
    })?;
    put(table, name, value);
    Ok(document.to_string())
}

/// Removes a setting from the file; whether it was there.
///
/// # Errors
/// Where there is no such setting, or the file cannot be read or written; `Busy` as for [`set`].
pub fn unset(path: &Path, code: &str, wait: Duration) -> Result<bool> {
    if !path.exists() {
        return check_unset(path, code);
    }
    let _turn = turn(path, wait)?;
    let changed = without(path, code)?;
    changed.as_ref().map_or(Ok(()), |text| write(path, text))?;
    Ok(changed.is_some())
}

/// Whether [`unset`] would remove something; nothing is written.
///
/// # Errors
/// As [`unset`], but for `Busy`.
pub fn check_unset(path: &Path, code: &str) -> Result<bool> {
    without(path, code).map(|text| text.is_some())
}

/// The text of the file without a setting, where it was in it.
fn without(path: &Path, code: &str) -> Result<Option<String>> {
    find(code).ok_or_else(|| unknown(code))?;
    let mut document = read(path)?;
    let (tables, name) = code.rsplit_once('.').unwrap_or(("", code));
    let start: Option<&mut dyn TableLike> = Some(document.as_table_mut());
    let mut parts = tables.split('.').filter(|part| !part.is_empty());
    let table = parts.try_fold(start, |table, part| Some(table?.get_mut(part).and_then(Item::as_table_like_mut)));
    let there = table.flatten().is_some_and(|table| table.remove(name).is_some());
    Ok(there.then(|| document.to_string()))
}

fn read(path: &Path) -> Result<DocumentMut> {
    let text = file::read(path)?.unwrap_or_default();
    text.parse().map_err(|error| file::broken(path, &text, &error))
}

/// The table that holds a setting, made where it is missing, and the setting's name in it.
fn reach<'t, 'c>(top: &'t mut dyn TableLike, code: &'c str) -> Option<(&'t mut dyn TableLike, &'c str)> {
    match code.split_once('.') {
        None => Some((top, code)),
        Some((first, rest)) => {
            let inner = top.entry(first).or_insert_with(|| {
                let mut table = Table::new();
                // A table of tables only needs no heading of its own.
                table.set_implicit(true);
                Item::Table(table)
            });
            reach(inner.as_table_like_mut()?, rest)
        }
    }
}

fn put(table: &mut dyn TableLike, name: &str, mut value: Value) {
    match table.get_mut(name).and_then(Item::as_value_mut) {
        Some(old) => {
            // The comment behind a value hangs on it.
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            table.insert(name, Item::Value(value));
        }
    }
}

/// The turn of one process at changing the file, from reading it to its being replaced; others wait until it is dropped.
/// What is locked is an empty file beside it, because the file itself is another one after each change.
fn turn(path: &Path, wait: Duration) -> Result<File> {
    // A device or a pipe is not replaced by a file.
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        let path = scrub(&path.to_string_lossy()).into_owned();
        return Err(Error::failure(said!("{path} is no ordinary file", "{path} 不是普通文件"))
            .hint(said!("name a file for the settings with CRM_CONFIG", "请用 CRM_CONFIG 指定一个设置文件")));
    }
    let opened = || {
        let path = real(path);
        make_folder(&folder_of(&path))?;
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let name = path.with_file_name(name);
        Ok((options.open(&name)?, name))
    };
    let (file, name) = opened().map_err(|error| unwritten(path, &error))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(unwritten(path, &error)),
            Err(TryLockError::WouldBlock) if start.elapsed() >= wait => return Err(busy(path, &name, wait)),
            Err(TryLockError::WouldBlock) => thread::sleep(STEP.min(wait)),
        }
    }
}

/// Between two tries for the turn.
const STEP: Duration = Duration::from_millis(20);

fn busy(path: &Path, lock: &Path, wait: Duration) -> Error {
    let (path, lock) = (scrub(&path.to_string_lossy()).into_owned(), scrub(&lock.to_string_lossy()).into_owned());
    let seconds = wait.as_secs_f64();
    Error::busy(said!(
        "Another process is changing the settings in {path} (waited {seconds:.1} s)",
        "另一个进程正在更改 {path} 中的设置（已等待 {seconds:.1} 秒）"
    ))
    .hint(said!(
        "it has {lock} open (lsof shows who that is); end it, try again, or wait longer with --wait SECONDS",
        "该进程打开着 {lock}（可用 lsof 查看）；请结束它、重试，或用 --wait 秒数 多等一会儿"
    ))
}

/// How long to wait for the turn, by what `--wait` says: the file is not asked, for it may be what is to be mended.
///
/// # Errors
/// Where that is no time to wait.
pub fn wait(said: Option<&str>) -> Result<Duration> {
    let mut values = Values::default();
    if let (Some(text), Some((_, key))) = (said, find("wait")) {
        key.ty.set(&mut values, OsStr::new(text)).map_err(|error| Error::from(error).at(Said::same("--wait")))?;
    }
    Ok(values.wait)
}

/// Where the file is: people keep it elsewhere and link to it.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Replaces the file in one step: whoever reads it sees the old one or the new one, and so does who loses power.
fn write(path: &Path, text: &str) -> Result<()> {
    replace(path, text.as_bytes()).map_err(|error| unwritten(path, &error))
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    let (why, path) = (Said::of_io(error), path.display());
    Error::failure(said!(
        ("The settings in {path} cannot be written: {error}"),
        ("无法写入 {path} 中的设置：{}", why.get(Lang::Zh))
    ))
    .hint(said!(
        "look at the permissions of the folder, or name another file with CRM_CONFIG",
        "请检查文件夹权限，或用 CRM_CONFIG 指定另一个文件"
    ))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link to the file stays.
    let path = real(path);
    let folder = folder_of(&path);
    make_folder(&folder)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let draft = folder.join(name);
    let written = write_draft(&draft, bytes).and_then(|()| fs::rename(&draft, &path));
    if written.is_err() {
        // Already failing; what is left of the draft does no harm.
        let _ = fs::remove_file(&draft);
    }
    written?;
    File::open(&folder)?.sync_all()
}

fn write_draft(draft: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;

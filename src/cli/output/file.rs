//! A file of data: all of it or nothing, and for its owner only.

use std::{
    fs::{File, OpenOptions},
    io::{BufWriter, ErrorKind, Write},
    path::Path,
};

use super::stdout::lost;
use crate::{
    error::{Error, Result},
    store::engine::{Draft, folder_of},
    text::{Lang, Said, said, scrub},
};

/// Writes a file beside its place and moves it there when it is whole; what was there is there until then. A link stays,
/// and the file that it leads to is replaced; a pipe or a device is written to.
pub fn replace<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let failed = |error: std::io::Error| unwritten(path, error);
    let there = path.metadata();
    if there.as_ref().is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(path).map_err(failed)?);
        let written = write(&mut out)?;
        out.flush().map_err(failed)?;
        return Ok(written);
    }
    let path = &match path.canonicalize() {
        Ok(real) if path.is_symlink() => real,
        _ => path.to_owned(),
    };
    if path.file_name().is_none() {
        return Err(Error::usage(said!("'{}' is no name of a file", "“{}”不是文件名", name(path)))
            .hint(said!("name a file to write", "请写明要写入的文件名")));
    }
    let (draft, file) = Draft::open(path).map_err(failed)?;
    let mut out = Watched { out: BufWriter::with_capacity(64 << 10, file), failed: None };
    let written = match (write(&mut out), out.failed) {
        (Ok(written), _) => written,
        // Whoever writes records takes it for a failure of what is printed.
        (Err(_), Some(error)) => return Err(failed(error)),
        (Err(error), None) => return Err(error),
    };
    let file = out.out.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)?;
    draft.keep(path).map_err(failed)?;
    // Until it has its name, its lock tells others that it is being made.
    drop(file);
    Ok(written)
}

/// A file of which is kept why the last write to it failed.
struct Watched {
    out: BufWriter<File>,
    failed: Option<std::io::Error>,
}

impl Watched {
    fn keep<T>(&mut self, done: std::io::Result<T>) -> std::io::Result<T> {
        if let Err(error) = &done {
            self.failed = Some(match error.raw_os_error() {
                Some(number) => std::io::Error::from_raw_os_error(number),
                None => error.kind().into(),
            });
        }
        done
    }
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let done = self.out.write(bytes);
        self.keep(done)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let done = self.out.flush();
        self.keep(done)
    }
}

/// Why a file could not be written, and what would help; nothing stands at its place that was not there before.
fn unwritten(path: &Path, error: std::io::Error) -> Error {
    let folder = folder_of(path);
    let hint = match error.kind() {
        ErrorKind::BrokenPipe => return lost(error),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => said!(
            "there is no room for it, and no file was made; make room and run the command again",
            "空间不足，未生成文件；请腾出空间后重新运行"
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            said!(
                ("choose a folder that you may write to, not {}", name(folder)),
                ("请换一个可写的文件夹，而不是 {}", name(folder))
            )
        }
        _ if !folder.is_dir() => said!(
            ("there is no folder {}: make it, or name another", name(folder)),
            ("没有文件夹 {}：请新建它，或换一个", name(folder))
        ),
        _ => said!("name another file", "请换一个文件名"),
    };
    let why = Said::of_io(&error);
    Error::failure(said!(("it cannot be written: {error}"), ("无法写入：{}", why.get(Lang::Zh))))
        .at(Said::same(name(path)))
        .hint(hint)
}

/// A path as messages show it.
pub fn name(path: &Path) -> String {
    scrub(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.jsonl");
        replace(&path, |out| out.write_all(b"one").map_err(lost)).unwrap();
        fs::write(folder.path().join(".other.csv.3.crm-part"), "of one that was killed").unwrap();
        let failure = replace(&path, |out| {
            out.write_all(b"two").map_err(lost)?;
            Err::<(), _>(Error::failure(Said::same("no more")))
        });
        assert_eq!(failure.unwrap_err().message(Lang::En), "no more");
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left lying about");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        assert!(replace(&folder.path().join("no/such/folder"), |_| Ok(())).is_err());
        assert!(replace(Path::new("/"), |_| Ok(())).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn why_the_last_write_failed_is_kept_and_told_with_what_became_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.jsonl");
        fs::write(&path, "one").unwrap();
        let mut out = Watched { out: BufWriter::with_capacity(0, File::open(&path).unwrap()), failed: None };
        assert!(out.write_all(b"two").is_err(), "it is open for reading");
        assert!(out.failed.is_some());
        let error = unwritten(&path, ErrorKind::FileTooLarge.into());
        assert!(error.next_step(Lang::En).unwrap().contains("no file was made"));
    }
}

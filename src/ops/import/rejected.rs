//! The rows that were not imported, in a file of their own, each with the reason.

use std::{
    fmt::Display,
    fs::{File, OpenOptions},
    io::{BufWriter, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use crate::{
    error::{Error, Result},
    text::{Lang, Said, said},
};

use super::{
    job::{ImportJob, each_row},
    own::REASON,
    report::ImportReport,
};

/// Where the rejected rows of a file go: `FILE.rejected.csv` beside it.
pub fn rejected_path(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".rejected.csv");
    name.into()
}

/// The file of the rejected rows, opened before anything is imported: whoever cannot have it must not have half of the
/// import either. One that was made and not needed goes again.
#[derive(Debug)]
pub struct RejectedFile {
    file: File,
    path: PathBuf,
    /// Whether it was not there, and nothing is in it yet.
    unused: bool,
}

impl RejectedFile {
    /// Makes it, for its owner only; one that is there already is used only to `overwrite` it.
    ///
    /// # Errors
    /// `Failure` where the file exists or cannot be written, and where something else than an ordinary file has its name:
    /// what a link leads to, the store perhaps, is never written over.
    pub fn open(path: PathBuf, overwrite: bool, store: Option<&Path>) -> Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(file) => Ok(Self { file, path, unused: true }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && overwrite => {
                if !is_ordinary(&path) || store.is_some_and(|store| is_same(&path, store)) {
                    return Err(Error::failure(said!(
                        "{} is no file of rejected rows, and the rejected rows are to be written there",
                        "{} 不是被拒绝的行的文件，而被拒绝的行应写入此处",
                        path.display()
                    ))
                    .hint(said!("nothing was imported; move it away", "尚未导入任何内容；请将它移走")));
                }
                let file = OpenOptions::new().write(true).open(&path).map_err(|error| unwritable(&path, &error))?;
                Ok(Self { file, path, unused: false })
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Err(Error::failure(said!(
                    "{} exists already, and the rejected rows are to be written there",
                    "{} 已存在，而未导入的行应写入此处",
                    path.display()
                ))
                .hint(said!(
                    "nothing was imported; move it away, as it may hold rows that are not imported yet, or write over it with --yes",
                    "尚未导入任何内容；其中可能有尚未导入的行，请将它移走，或用 --yes 覆盖"
                )))
            }
            Err(error) => Err(unwritable(&path, &error)),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the rejected rows of a report, as the file has them, with the reason in one more column. Those of a file in
    /// which this program wrote values between tabs are between commas: a tab in a cell is one again.
    ///
    /// # Errors
    /// `Failure` where it cannot be written.
    pub fn write(&mut self, job: &ImportJob, report: &ImportReport, lang: Lang) -> Result<()> {
        let Some(table) = job.table() else { return Ok(()) };
        self.unused = false;
        let (path, file) = (&self.path, &self.file);
        let failed = |error: &dyn Display| {
            Error::failure(said!("Cannot write {}: {error}", "无法写入 {}：{error}", path.display()))
                .hint(said!("the other rows are imported; crm undo takes that back", "其余各行已导入；crm undo 可撤销"))
        };
        file.set_len(0).map_err(|error| failed(&error))?;
        let delimiter = if table.is_escaped() { b',' } else { table.delimiter };
        let mut file = BufWriter::new(file);
        // A spreadsheet takes a file for UTF-8 only where a mark says so.
        if job.is_marked() || !table.is_ascii() || lang == Lang::Zh {
            file.write_all("\u{feff}".as_bytes()).map_err(|error| failed(&error))?;
        }
        let mut out = csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(file);
        let width = table.headings.len();
        let mut put = |cells: &mut dyn Iterator<Item = &str>, reason: &str| {
            let mut count = 0;
            for cell in cells {
                out.write_field(cell)?;
                count += 1;
            }
            for _ in count..width {
                out.write_field("")?;
            }
            out.write_field(reason)?;
            out.write_record(None::<&[u8]>)
        };
        put(&mut table.headings.iter().map(String::as_str), REASON).map_err(|error| failed(&error))?;
        let mut faults = report.faults.iter().peekable();
        each_row(table, &mut |line, row| {
            let mut reasons = Vec::new();
            while let Some(fault) = faults.next_if(|fault| fault.line == line) {
                reasons.push(match fault.field {
                    Some((code, zh)) => {
                        let reason = fault.reason.get(lang);
                        lang.pick(format!("{code}: {reason}"), format!("{zh}：{reason}"))
                    }
                    None => fault.reason.get(lang).to_owned(),
                });
            }
            if reasons.is_empty() {
                return Ok(());
            }
            put(&mut row.iter(), &reasons.join(lang.pick("; ", "；"))).map_err(|error| failed(&error))
        })?;
        let mut file = out.into_inner().map_err(|error| failed(&error))?;
        file.flush().map_err(|error| failed(&error))
    }
}

impl Drop for RejectedFile {
    fn drop(&mut self) {
        if self.unused {
            // It is empty: what cannot be taken away does no harm.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether a file, and no link, device or folder, has this name.
fn is_ordinary(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|there| there.is_file())
}

/// Whether two names are of one file.
fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    let id = |path: &Path| {
        use std::os::unix::fs::MetadataExt;
        path.metadata().ok().map(|there| (there.dev(), there.ino()))
    };
    #[cfg(not(unix))]
    let id = |path: &Path| path.canonicalize().ok();
    id(one).is_some_and(|held| Some(held) == id(other))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    let (why, path) = (Said::of_io(error), path.display());
    Error::failure(said!(("Cannot write {path}: {error}"), ("无法写入 {path}：{}", why.get(Lang::Zh))))
        .hint(said!("the rejected rows would be there; nothing was imported", "未导入的行应写入此处；尚未导入任何内容"))
}

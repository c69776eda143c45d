//! The rows that were not imported, in a file of their own, each with the reason.

use std::{
    fs::OpenOptions,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use crate::error::{Error, Result};
use crate::text::{Lang, said};

use super::{
    job::{ImportJob, each_row},
    report::ImportReport,
};

/// Where the rejected rows of a file go: `FILE.rejected.csv` beside it.
pub fn rejected_path(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".rejected.csv");
    name.into()
}

impl ImportJob {
    /// Writes the rejected rows of a report, as the file has them, with the reason in one more column. Only the owner
    /// may read the file; one that is there already stays unless `overwrite`.
    ///
    /// # Errors
    /// `Failure` where the file exists or cannot be written.
    pub fn write_rejected(&self, report: &ImportReport, path: &Path, (overwrite, lang): (bool, Lang)) -> Result<()> {
        let Some(table) = self.table() else { return Ok(()) };
        let failed = |error: &dyn std::fmt::Display| {
            Error::failure(said!("Cannot write {}: {error}", "无法写入 {}：{error}", path.display()))
        };
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(overwrite).create_new(!overwrite);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Error::failure(said!("{} exists already", "{} 已存在", path.display())).hint(said!(
                    "move it away: it may hold rows that are not imported yet",
                    "请将它移走：其中可能有尚未导入的行"
                ))
            }
            _ => failed(&error),
        })?;
        let mut out =
            csv::WriterBuilder::new().flexible(true).delimiter(table.delimiter).from_writer(BufWriter::new(file));
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
        put(&mut table.headings.iter().map(String::as_str), "reason").map_err(|error| failed(&error))?;
        let mut faults = report.faults.iter().peekable();
        each_row(table, &mut |line, row| {
            let mut reasons = Vec::new();
            while let Some(fault) = faults.next_if(|fault| fault.line == line) {
                reasons.push(match fault.field {
                    Some(field) => format!("{field}: {}", fault.reason.get(lang)),
                    None => fault.reason.get(lang).to_owned(),
                });
            }
            if reasons.is_empty() {
                return Ok(());
            }
            put(&mut row.iter(), &reasons.join("; ")).map_err(|error| failed(&error))
        })?;
        let mut file = out.into_inner().map_err(|error| failed(&error))?;
        file.flush().map_err(|error| failed(&error))
    }
}

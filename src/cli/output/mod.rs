//! The only place that prints: data on standard output, messages on standard error.
//!
//! [`Output`] is what a command prints through. Formats are files of their own and write to any `Write`, so that tests
//! read what a terminal or a pipe would get.

mod cell;
#[cfg(test)]
mod decimal_tests;
mod delimited;
mod details;
#[cfg(test)]
mod details_tests;
mod error;
mod export;
mod file;
mod format;
mod grid;
mod json;
mod late;
mod progress;
mod screen;
mod sections;
mod stdout;
mod table;
mod template;
#[cfg(test)]
mod tests;

use std::{io::Write, path::Path};

use crate::{
    commit::{Receipt, skipped::Skipped},
    domain::RecordId,
    error::{Error, ErrorKind, Result},
    query::{
        grid::{Grid, Sections},
        names::Names,
    },
    read_model::record_details::RecordDetails,
    store::journal::Tally,
    text::said,
};

pub use file::name as file_name;
pub use format::{Format, NAMES as FORMATS};
pub use late::Late;
pub use progress::Bar;
pub use screen::{Color, Screen, can_place_the_cursor};

use stdout::{Stdout, lost};

/// What a command prints through.
#[derive(Clone, Debug)]
pub struct Output {
    /// The form of its data.
    pub format: Format,
    /// Where it goes.
    pub screen: Screen,
    /// What is held back until it is certain.
    pub late: Late,
}

impl Output {
    /// Prints a grid; gives the number of its rows.
    pub fn grid(&self, grid: Grid<'_>) -> Result<u64> {
        self.print(self.format.is_table(), |out| grid::write(grid, &self.format, &self.screen, out))
    }

    /// Prints all there is to say about one record.
    pub fn details(&self, details: &RecordDetails, names: &Names<'_>) -> Result<()> {
        self.print(self.format.is_table(), |out| details::write(details, names, &self.format, &self.screen, out))
    }

    /// Prints rows under headings; programs get one grid.
    pub fn sections(&self, sections: Sections<'_>) -> Result<()> {
        self.print(self.format.is_table(), |out| sections::write(sections, &self.format, &self.screen, out))
    }

    /// Prints what a step is about: the ids, or in JSON an object with them and with what was written, which is there
    /// too where nothing was. `seq` is the number of the step, null where nothing differed.
    pub fn step(&self, ids: &[RecordId], receipt: &Receipt) -> Result<()> {
        self.partly(ids, receipt, None)
    }

    /// The same of a step with `--keep-going`: programs are told of each record that was left as it is, and why; in JSON
    /// lines whether each is done.
    pub fn partly(&self, ids: &[RecordId], receipt: &Receipt, left: Option<&[Skipped]>) -> Result<()> {
        let json = matches!(self.format, Format::Json);
        let lang = self.screen.lang;
        let one = |left: &Skipped| serde_json::json!({"id": left.id, "error": error::body(&left.error, lang)});
        self.print(false, |out| {
            if json {
                let ids: Vec<String> = ids.iter().map(RecordId::to_string).collect();
                let Tally { created, changed, removed } = receipt.tally;
                let mut step = serde_json::json!({
                    "schema_version": json::SCHEMA, "ids": ids, "seq": receipt.seq,
                    "created": created, "changed": changed, "removed": removed,
                });
                if let Some(left) = left {
                    step["left_out"] = left.iter().map(one).collect();
                }
                return writeln!(out, "{step}").map_err(lost);
            }
            for id in ids {
                let id = id.to_string();
                match (&self.format, left) {
                    (Format::JsonLines, None) => writeln!(out, "{}", serde_json::json!({"id": id})),
                    (Format::JsonLines, Some(_)) => {
                        writeln!(out, "{}", serde_json::json!({"id": id, "ok": true, "error": null}))
                    }
                    _ => writeln!(out, "{id}"),
                }
                .map_err(lost)?;
            }
            for left in left.filter(|_| matches!(self.format, Format::JsonLines)).unwrap_or_default() {
                let error = error::body(&left.error, lang);
                writeln!(out, "{}", serde_json::json!({"id": left.id, "ok": false, "error": error})).map_err(lost)?;
            }
            Ok(())
        })
    }

    /// Prints in JSON how much was done; in other formats nothing.
    pub fn tally(&self, root: &str, counts: &[(&str, u64)]) -> Result<()> {
        if !matches!(self.format, Format::Json) {
            return Ok(());
        }
        let counts: serde_json::Map<_, _> = counts.iter().map(|(name, n)| ((*name).to_owned(), (*n).into())).collect();
        self.print(false, |out| {
            writeln!(out, "{}", serde_json::json!({"schema_version": json::SCHEMA, root: counts})).map_err(lost)
        })
    }

    /// Prints records as stored, or writes them to a file; gives the number of rows.
    pub fn export(&self, grids: Vec<Grid<'_>>, one_kind: bool, to: Option<&Path>) -> Result<u64> {
        let format = export::form(&self.format, one_kind);
        match to {
            Some(path) => file::replace(path, |out| export::write(grids, &format, &self.screen, out)),
            None => self.print(false, |out| export::write(grids, &format, &self.screen, out)),
        }
    }

    /// How many rows an export would have.
    pub fn count_export(&self, grids: Vec<Grid<'_>>, one_kind: bool) -> Result<u64> {
        export::write(grids, &export::form(&self.format, one_kind), &self.screen, &mut std::io::sink())
    }

    /// Writes objects, a line each, or as one JSON document.
    pub fn document(&self, root: &'static str, lines: &[serde_json::Value], to: Option<&Path>) -> Result<u64> {
        let format = &self.format;
        match to {
            Some(path) => file::replace(path, |out| export::document(root, lines, format, out)),
            None => self.print(false, |out| export::document(root, lines, format, out)),
        }
    }

    /// Asks a question on the terminal; whether the answer was yes.
    pub fn ask(&self, prompt: &str) -> Result<bool> {
        if self.late.holds() {
            self.late.release().map_err(lost)?;
            self.late.hold();
        }
        let mut stderr = std::io::stderr().lock();
        write!(stderr, "{prompt}").and_then(|()| stderr.flush()).map_err(lost)?;
        let mut line = String::new();
        std::io::stdin()
            .read_line(&mut line)
            .map_err(|error| Error::failure(said!("The terminal cannot be read: {error}", "无法读取终端：{error}")))?;
        Ok(matches!(crate::text::fold(&line).as_str(), "y" | "yes" | "是" | "好"))
    }

    /// Prints a line of data.
    pub fn line(&self, line: &str) -> Result<()> {
        self.print(false, |out| writeln!(out, "{}", crate::text::scrub_lines(line)).map_err(lost))
    }

    /// Prints what `write` writes, as it is: bytes that are data already.
    pub fn bytes(&self, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
        self.print(false, |out| write(out).map_err(lost))
    }

    /// Says something that is not data, unless only data is wanted.
    pub fn note(&self, message: &str) {
        error::note(message, &self.screen, &self.late);
    }

    /// Says something to a person who looks, unless only data is wanted.
    pub fn note_on_terminal(&self, message: &str) {
        if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
            self.note(message);
        }
    }

    /// Warns of something that did not stop the command.
    pub fn warn(&self, message: &str) {
        error::warn(message, &self.screen, &self.late);
    }

    /// Prints what was held back: it is certain now.
    ///
    /// # Errors
    /// What the output says; a step that was written stands all the same.
    pub fn release(&self) -> Result<()> {
        let Err(error) = self.late.release().map_err(lost) else { return Ok(()) };
        if !self.late.has_made() || error.kind() == ErrorKind::BrokenPipe {
            return Err(error);
        }
        Err(error.hint(said!("the change itself was made; crm undo takes it back", "更改本身已完成；crm undo 可撤销")))
    }

    /// Says in a line of what else went wrong, whether or not only data is wanted.
    pub fn complain(&self, line: &str) {
        error::complain(line, &self.late);
    }

    /// Says what went wrong, and gives the exit code.
    pub fn error(&self, error: &Error) -> u8 {
        error::report(error, &self.format, &self.screen)
    }

    fn print<T>(&self, paged: bool, write: impl FnOnce(&mut Stdout) -> Result<T>) -> Result<T> {
        let mut out = match paged {
            true if self.screen.terminal => Stdout::paged(self.screen.height),
            false if self.late.holds() => Stdout::late(self.late.clone()),
            _ => Stdout::direct(),
        };
        let written = write(&mut out);
        // What was written before a failure is shown, and a pager is left, before the failure is told.
        let finished = out.finish().map_err(lost);
        let written = written?;
        finished.map(|()| written)
    }
}

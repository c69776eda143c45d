//! Values between commas or tabs.

use std::io::Write;

use super::{cell::Wording, stdout::lost};
use crate::{
    error::{Error, Result},
    query::grid::{Cell, Column},
};

/// Writes CSV: quotes where they are needed, lines end in `\n`.
pub struct Csv<'w> {
    out: csv::Writer<&'w mut dyn Write>,
    text: String,
}

impl<'w> Csv<'w> {
    /// Begins with the codes of the columns, unless no header is wanted.
    pub fn new(columns: &[Column], no_header: bool, out: &'w mut dyn Write) -> Result<Self> {
        let mut out = csv::WriterBuilder::new().from_writer(out);
        if !no_header {
            out.write_record(columns.iter().map(|column| column.code.as_bytes())).map_err(failed)?;
        }
        Ok(Self { out, text: String::new() })
    }

    /// Writes a row.
    pub fn push(&mut self, cells: &[Cell<'_>], words: &mut Wording<'_>) -> Result<()> {
        for cell in cells {
            self.text.clear();
            words.plain(cell, &mut self.text)?;
            self.out.write_field(&self.text).map_err(failed)?;
        }
        self.out.write_record(None::<&[u8]>).map_err(failed)
    }

    /// Writes what is still buffered.
    pub fn finish(mut self) -> Result<()> {
        self.out.flush().map_err(lost)
    }
}

fn failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => lost(error),
        other => Error::failure(format!("A row cannot be written as CSV: {other:?}")),
    }
}

/// Writes values between tabs; a tab, line end or backslash in a value is escaped, so that lines are rows.
#[derive(Default)]
pub struct Tsv {
    text: String,
    line: String,
}

impl Tsv {
    /// Writes the codes of the columns.
    pub fn header(&mut self, columns: &[Column], out: &mut dyn Write) -> Result<()> {
        self.line.clear();
        for (at, column) in columns.iter().enumerate() {
            self.put(at, &column.code);
        }
        self.end(out)
    }

    /// Writes a row.
    pub fn push(&mut self, cells: &[Cell<'_>], words: &mut Wording<'_>, out: &mut dyn Write) -> Result<()> {
        self.line.clear();
        let mut text = std::mem::take(&mut self.text);
        for (at, cell) in cells.iter().enumerate() {
            text.clear();
            words.plain(cell, &mut text)?;
            self.put(at, &text);
        }
        self.text = text;
        self.end(out)
    }

    fn put(&mut self, at: usize, text: &str) {
        if at > 0 {
            self.line.push('\t');
        }
        let mut rest = text;
        while let Some(found) = rest.find(['\t', '\n', '\r', '\\']) {
            self.line.push_str(&rest[..found]);
            self.line.push_str(match rest.as_bytes()[found] {
                b'\t' => "\\t",
                b'\n' => "\\n",
                b'\r' => "\\r",
                _ => "\\\\",
            });
            rest = &rest[found + 1..];
        }
        self.line.push_str(rest);
    }

    fn end(&mut self, out: &mut dyn Write) -> Result<()> {
        self.line.push('\n');
        out.write_all(self.line.as_bytes()).map_err(lost)
    }
}

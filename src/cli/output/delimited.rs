//! Values between commas or tabs, a line each row.

use super::cell::Wording;
use crate::{
    error::Result,
    query::grid::{Cell, Column},
};

/// How values stand on a line.
#[derive(Clone, Copy)]
pub enum Delimited {
    /// Between commas, in quotes where they need them.
    Csv,
    /// Between tabs; a tab, line end or backslash in a value is escaped, so that lines are rows.
    Tsv,
}

impl Delimited {
    /// Appends the line of the columns' codes.
    pub fn header(self, columns: &[Column], out: &mut Vec<u8>) {
        self.line(columns.len(), out, |at, out| {
            self.value(&columns[at].code, out);
            Ok(())
        })
        .unwrap_or_default();
    }

    /// Appends a row.
    pub fn row(self, cells: &[Cell<'_>], words: &mut Wording<'_>, out: &mut Vec<u8>) -> Result<()> {
        self.line(cells.len(), out, |at, out| {
            self.value(&words.text(&cells[at])?, out);
            Ok(())
        })
    }

    fn line(
        self,
        values: usize,
        out: &mut Vec<u8>,
        mut put: impl FnMut(usize, &mut Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        let start = out.len();
        for at in 0..values {
            if at > 0 {
                out.push(match self {
                    Self::Csv => b',',
                    Self::Tsv => b'\t',
                });
            }
            put(at, out)?;
        }
        if out.len() == start && matches!(self, Self::Csv) {
            // An empty line would be no row.
            out.extend_from_slice(b"\"\"");
        }
        out.push(b'\n');
        Ok(())
    }

    fn value(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::Csv => {
                if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
                    out.extend_from_slice(text.as_bytes());
                    return;
                }
                out.push(b'"');
                for (at, part) in text.split('"').enumerate() {
                    if at > 0 {
                        out.extend_from_slice(b"\"\"");
                    }
                    out.extend_from_slice(part.as_bytes());
                }
                out.push(b'"');
            }
            Self::Tsv => {
                for byte in text.bytes() {
                    match byte {
                        b'\t' => out.extend_from_slice(b"\\t"),
                        b'\n' => out.extend_from_slice(b"\\n"),
                        b'\r' => out.extend_from_slice(b"\\r"),
                        b'\\' => out.extend_from_slice(b"\\\\"),
                        _ => out.push(byte),
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_reader_of_csv_gets_the_values_back(values in prop::collection::vec("[a ,\"\n\r上;]{0,6}", 1..4)) {
            let mut out = Vec::new();
            Delimited::Csv
                .line(values.len(), &mut out, |at, out| {
                    Delimited::Csv.value(&values[at], out);
                    Ok(())
                })
                .unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*out);
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(rows, [csv::StringRecord::from(values)]);
        }
    }
}

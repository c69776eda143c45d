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
    use crate::{
        commit::{Context, Edit, Input},
        domain::{
            Instant,
            common::NOTE,
            customer,
            rules::{ServiceLevels, Settings},
            words::money::Currency,
        },
        ops::import::{ImportJob, ImportOptions},
        store::Store,
        text::Lang,
    };
    use proptest::prelude::*;

    fn context() -> Context {
        Context {
            now: Instant(1_767_225_600_000),
            ahead: 0,
            machine: || Instant(0),
            tz: chrono_tz::UTC,
            lang: Lang::En,
            user: None,
            login: "ann".to_owned(),
            session: None,
            settings: Settings {
                currency: Currency::CNY,
                week_start: chrono::Weekday::Mon,
                service: ServiceLevels::default(),
            },
            words: "import".to_owned(),
            input: Input::default(),
        }
    }

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

    proptest! {
        #[test]
        fn an_import_reads_the_texts_of_a_file_between_tabs_or_commas_back(
            notes in prop::collection::vec("[a\"'上]([ a,;:\\\\\"'\n\tnrt上海]{0,8}[a\\\\\"上])?", 1..5),
        ) {
            let store = Store::in_memory().unwrap();
            let context = context();
            // A tab in a text is stored as a space.
            let stored = |note: &String| note.replace('\t', " ");
            for form in [Delimited::Tsv, Delimited::Csv] {
                let mut out = Vec::new();
                let cells = |at: usize| match at {
                    0 => ["kind", "id", "name", "note"].map(str::to_owned),
                    at => ["customer".to_owned(), format!("C-{at}"), "Acme".to_owned(), notes[at - 1].clone()],
                };
                for at in 0..=notes.len() {
                    let cells = cells(at);
                    let put = |at: usize, out: &mut Vec<u8>| {
                        form.value(&cells[at], out);
                        Ok(())
                    };
                    form.line(cells.len(), &mut out, put).unwrap();
                }
                let options = ImportOptions::new(&crate::domain::schema::BASE, &customer::KIND);
                let job = ImportJob::read(out, options, &context, &mut |_, _| {}).unwrap();
                let snapshot = store.snapshot().unwrap();
                let (plan, _) = job.plan(&snapshot.reader()).unwrap();
                let read = plan.edits.iter().map(|edit| match edit {
                    Edit::Add { record, .. } => record.get(NOTE).unwrap_or_default().to_owned(),
                    other => format!("{other:?}"),
                });
                prop_assert_eq!(read.collect::<Vec<_>>(), notes.iter().map(stored).collect::<Vec<_>>());
            }
        }
    }
}

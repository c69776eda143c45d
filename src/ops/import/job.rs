//! An import in two parts: reading the file, which is long and needs no store, and planning (`draft`), which may be done
//! again.

use csv::StringRecord;

use crate::{
    commit::Context,
    domain::{Kind, Schema, words::figures::Mark},
    error::{Error, ErrorKind, Result},
    text::{Said, counted, said},
};

use super::{
    cell::Grammar,
    decode::{TextEncoding, decode},
    fault::Faults,
    identity::kind_of_rows,
    mapping::Mapping,
    options::ImportOptions,
    report::{ImportReport, listed},
    rows::FileRows,
    table::Table,
};

/// A file as a table, before anybody says what its rows are.
#[derive(Debug)]
pub struct ImportFile {
    table: Table,
    encoding: TextEncoding,
}

impl ImportFile {
    /// Decodes a file, which is read by the fields of these kinds.
    ///
    /// # Errors
    /// `Invalid` where it is no table.
    pub fn read(schema: &'static Schema, bytes: Vec<u8>) -> Result<Self> {
        let (text, encoding) = decode(bytes)?;
        Ok(Self { table: Table::new(text, schema)?, encoding })
    }

    /// The kind that all its rows say they are, if it is a file of this program.
    ///
    /// # Errors
    /// `Invalid` where they are of several kinds.
    pub fn kind(&self) -> Result<Option<&'static Kind>> {
        kind_of_rows(&self.table)
    }

    /// Whether it is an export of a kind without records: nothing but its headings.
    ///
    /// # Errors
    /// `Invalid` where it cannot be read.
    pub(super) fn is_empty_export(&self) -> Result<bool> {
        let headings = &self.table.headings;
        let own = ["kind", "id", "version"].iter().all(|code| headings.iter().any(|heading| heading == code));
        let (mut rows, mut row) = (self.table.rows(), StringRecord::new());
        rows.next(&mut row)?;
        Ok(own && rows.next(&mut row)?.is_none())
    }
}

/// A file that has been read, ready to be planned.
#[derive(Debug)]
pub struct ImportJob {
    pub(super) options: ImportOptions,
    /// The number of the user who imports.
    pub(super) me: Option<u64>,
    encoding: TextEncoding,
    delimiter: u8,
    /// The columns that have cells and no heading.
    unnamed: Vec<usize>,
    /// What to tell of lines that are no rows.
    told: Vec<Said>,
    pub(super) mapping: Mapping,
    pub(super) rows: FileRows,
    /// The file itself, where rejected rows will be wanted.
    table: Option<Table>,
}

impl ImportJob {
    /// Reads a file: everything that does not depend on the store. `progress` is told how many bytes of how many are
    /// done.
    ///
    /// # Errors
    /// `Usage` where an option names what the file or the kind does not have, `Invalid` where the file is no table.
    /// Wrong rows are no error yet.
    pub fn read(
        bytes: Vec<u8>,
        options: ImportOptions,
        context: &Context,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self> {
        Self::of(ImportFile::read(options.schema, bytes)?, options, context, progress)
    }

    /// The same of a file that is decoded already.
    ///
    /// # Errors
    /// As [`ImportJob::read`].
    pub fn of(
        file: ImportFile,
        options: ImportOptions,
        context: &Context,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self> {
        let ImportFile { table, encoding } = file;
        let mapping = Mapping::new(&table, &options)?;
        let grammar = Grammar {
            now: context.now,
            tz: context.tz,
            week_start: context.settings.week_start,
            currency: options.currency.unwrap_or(context.settings.currency),
            date_format: options.date_format.clone(),
        };
        // What this program writes has its decimals behind a point.
        let decimal = options.decimal.or(table.own.then_some(Mark::Point));
        let mut signs = vec![decimal; mapping.targets.len()];
        let mut rows = FileRows::read(&table, &mapping, &options, &grammar, &signs, progress)?;
        if decimal.is_none() {
            let mut again = false;
            for ((heard, target), sign) in rows.heard.iter().zip(&mapping.targets).zip(&mut signs) {
                let heading = target.sources.first().map_or(target.def.code, |source| &table.headings[source.column]);
                *sign = heard.decide(heading)?;
                // Cells that do not tell were read with a point, and those that differ by their own sign.
                again |= heard.disagrees();
                again |= *sign == Some(Mark::Comma) && heard.either.is_some();
            }
            if again {
                rows = FileRows::read(&table, &mapping, &options, &grammar, &signs, progress)?;
            }
        }
        let (delimiter, unnamed, told) = (table.delimiter, table.unnamed()?, table.told.clone());
        let table = options.skip_errors.then_some(table);
        Ok(Self { options, me: context.user, encoding, delimiter, unnamed, told, mapping, rows, table })
    }

    /// The file, where errors are skipped.
    pub(super) fn table(&self) -> Option<&Table> {
        self.table.as_ref()
    }

    /// Whether a byte order mark stands before the file.
    pub(super) const fn is_marked(&self) -> bool {
        self.encoding.marked
    }

    pub(super) fn refusal(&self, faults: &Faults) -> Error {
        let be = if faults.rows == 1 { "is" } else { "are" };
        let (rows, list) = (counted(self.rows.seen, "row"), listed(faults));
        let (en, zh) = list.both();
        let kind = if faults.conflicts == faults.rows { ErrorKind::Conflict } else { ErrorKind::Invalid };
        Error::new(
            kind,
            said!(
                ("{} of {rows} {be} wrong, so nothing is imported:\n{en}", faults.rows),
                ("{} 行中有 {} 行有误，因此没有导入：\n{zh}", self.rows.seen, faults.rows)
            ),
        )
        .hint(said!(
            "mend the file, or import the other rows with --skip-errors",
            "请修正文件，或用 --skip-errors 导入其余各行"
        ))
    }

    pub(super) fn report(&self, faults: Faults) -> ImportReport {
        let mut warnings = Vec::new();
        if self.encoding.guessed {
            warnings.push(said!(
                "The file says nothing about its encoding; it was read as {}",
                "文件没有标明编码，已按 {} 读取",
                self.encoding.name
            ));
        }
        warnings.extend(self.told.iter().cloned());
        for column in &self.unnamed {
            warnings.push(said!(
                "Not imported, since it has no heading: column {column}",
                "第 {column} 列没有列标题，未导入"
            ));
        }
        if self.rows.empty > 0 {
            warnings.push(said!(
                ("Empty and passed over: {}", counted(self.rows.empty, "row")),
                ("已跳过 {} 个空行", self.rows.empty)
            ));
        }
        warnings.extend(self.rows.remarks.iter().cloned());
        ImportReport {
            kind: self.options.kind,
            rows: self.rows.seen,
            added: 0,
            updates: Vec::new(),
            rejected: faults.rows,
            faults: faults.listed,
            columns: self.mapping.columns.clone(),
            encoding: self.encoding,
            delimiter: char::from(self.delimiter),
            created_links: Vec::new(),
            warnings,
            added_lines: Vec::new(),
        }
    }
}

/// Visits the rows of a file once more, each with its line.
pub(super) fn each_row(table: &Table, visit: &mut dyn FnMut(u32, &StringRecord) -> Result<()>) -> Result<()> {
    let (mut rows, mut row) = (table.rows(), StringRecord::new());
    rows.next(&mut row)?;
    while let Some(line) = rows.next(&mut row)? {
        visit(line, &row)?;
    }
    Ok(())
}

//! A file as a table: its delimiter, its headings, its rows with their lines.

use csv::StringRecord;

use crate::{
    domain::Schema,
    error::{Error, Result},
    text::{Said, said},
};

use super::{
    edges::{self, SkippedLines, reader},
    own::{self, TabDialect},
    quotes::refuse_unclosed,
};

/// The characters that may stand between cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows are looked at to tell which one does.
const SAMPLE_ROWS: usize = 30;

/// A decoded file whose first row holds the headings.
#[derive(Debug)]
pub(super) struct Table {
    /// The kinds of record of the store.
    pub schema: &'static Schema,
    text: String,
    /// What stands between cells.
    pub delimiter: u8,
    /// The headings, trimmed.
    pub headings: Vec<String>,
    /// The line of the headings.
    pub heading_line: u32,
    /// Whether this program wrote it.
    pub own: bool,
    /// How it did, where values stand between tabs.
    tabs: Option<TabDialect>,
    /// What stands before the headings.
    before: SkippedLines,
    /// What to tell of lines that are no rows.
    pub told: Vec<Said>,
}

impl Table {
    /// Finds out what stands between cells and reads the headings.
    pub fn new(text: String, schema: &'static Schema) -> Result<Self> {
        if text.trim().is_empty() {
            return Err(Error::invalid(said!("The file is empty", "文件是空的")).hint(said!(
                "its first line holds headings, such as name,email",
                "第一行应是列标题，例如“客户名称,电话”"
            )));
        }
        let mut text = text;
        let named = edges::separator_named(&text);
        if let Some((_, line)) = named {
            text.replace_range(..line, "");
        }
        let tabs = own::tabs(schema, &text).filter(|_| named.is_none());
        if let Some(separated) = edges::with_ascii_separators(&text).filter(|_| tabs.is_none() && named.is_none()) {
            text = separated;
        }
        let delimiter = match (tabs, named) {
            (Some(_), _) => b'\t',
            (None, Some((separator, _))) => separator,
            (None, None) => sniff(&text),
        };
        if tabs != Some(TabDialect::Plain) {
            refuse_unclosed(&text, delimiter)?;
        }
        let mut before = if tabs.is_some() { SkippedLines::default() } else { edges::before(schema, &text, delimiter) };
        let mut told = Vec::from_iter(before.told.take());
        if tabs.is_none()
            && !edges::has_own_headings(schema, &text[before.bytes..], delimiter)
            && let Some((end, totals)) = edges::totals(&text, before.bytes, delimiter)
        {
            text.truncate(end);
            told.push(totals);
        }
        let own = tabs.is_some();
        let mut table =
            Self { schema, delimiter, text, headings: Vec::new(), heading_line: 1, own, tabs, before, told };
        let (mut first, mut rows) = (StringRecord::new(), table.rows());
        table.heading_line = rows.next(&mut first)?.unwrap_or(1);
        table.headings = first.iter().map(|heading| crate::text::scrub(heading).trim().to_owned()).collect();
        table.own = table.own || table.is_own()?;
        Ok(table)
    }

    fn is_own(&self) -> Result<bool> {
        let headings = self.headings.iter().map(String::as_str);
        let Some(column) = own::column_headed_id(headings.clone()) else { return Ok(false) };
        let (mut rows, mut row) = (self.rows(), StringRecord::new());
        rows.next(&mut row)?;
        while rows.next(&mut row)?.is_some() {
            let id = row.get(column).unwrap_or_default().trim();
            if !id.is_empty() {
                return Ok(own::is_own(self.schema, headings, id));
            }
        }
        Ok(false)
    }

    /// The rows from the first on, the headings among them.
    pub fn rows(&self) -> TableRows<'_> {
        let mut format = csv::ReaderBuilder::new();
        format
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .quoting(self.tabs != Some(TabDialect::Plain));
        let text = &self.text.as_bytes()[self.before.bytes..];
        TableRows { reader: format.from_reader(text), text, before: self.before.lines, escaped: self.tabs.is_some() }
    }

    /// Whether this program wrote it with what stands for tabs and the ends of lines.
    pub const fn is_escaped(&self) -> bool {
        self.tabs.is_some()
    }

    /// The columns, counted from one, that have cells and no heading.
    pub fn unnamed(&self) -> Result<Vec<usize>> {
        let mut open: Vec<usize> = (0..self.headings.len()).filter(|at| self.headings[*at].is_empty()).collect();
        let (mut found, mut row, mut rows) = (Vec::new(), StringRecord::new(), self.rows());
        rows.next(&mut row)?;
        while !open.is_empty() && rows.next(&mut row)?.is_some() {
            let is_empty = |at: usize| row.get(at).unwrap_or_default().trim().is_empty();
            found.extend(open.iter().filter(|at| !is_empty(**at)).map(|at| at + 1));
            open.retain(|at| is_empty(*at));
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Whether all of it is ASCII, which reads alike in every encoding.
    pub fn is_ascii(&self) -> bool {
        self.text.is_ascii()
    }

    /// How long the text is.
    pub fn len(&self) -> usize {
        self.text.len()
    }
}

/// Rows one after the other, into a record that is used again.
pub(super) struct TableRows<'a> {
    reader: csv::Reader<&'a [u8]>,
    text: &'a [u8],
    /// How many lines stand before it in the file.
    before: u32,
    escaped: bool,
}

impl TableRows<'_> {
    /// The next row and the line at which it begins; `None` at the end.
    pub fn next(&mut self, row: &mut StringRecord) -> Result<Option<u32>> {
        let start = self.reader.position().clone();
        if !self.reader.read_record(row).map_err(unreadable)? {
            return Ok(None);
        }
        if self.escaped {
            own::unescape(row);
        }
        // The reader's position is behind the last cell, which may be before the line end and empty lines.
        let from = usize::try_from(start.byte()).unwrap_or(usize::MAX);
        let skipped = self.text.get(from..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let line = start.line() + skipped.filter(|byte| **byte == b'\n').count() as u64;
        Ok(Some(u32::try_from(line).unwrap_or(u32::MAX).saturating_add(self.before)))
    }

    /// How many bytes have been read.
    pub fn read(&self) -> u64 {
        self.reader.position().byte()
    }
}

fn unreadable(error: csv::Error) -> Error {
    Error::invalid(said!("The file cannot be read as CSV: {error}", "无法按 CSV 读取此文件：{error}"))
        .hint(said!("save it again as CSV in UTF-8", "请重新存为 UTF-8 编码的 CSV"))
}

/// The delimiter by which the first rows have the most cells, and the same number in each: as many as the headings, or
/// where a title stands before these as the fullest row.
fn sniff(text: &str) -> u8 {
    let as_first = sniff_by(text, |counts| counts.first().copied());
    as_first.or_else(|| sniff_by(text, |counts| counts.iter().max().copied())).unwrap_or(b',')
}

fn sniff_by(text: &str, columns: impl Fn(&[usize]) -> Option<usize>) -> Option<u8> {
    let mut best = (0, 0, None);
    for delimiter in DELIMITERS {
        let mut rows = reader(text.as_bytes(), delimiter);
        let mut row = csv::ByteRecord::new();
        let mut counts = Vec::new();
        while counts.len() < SAMPLE_ROWS && rows.read_byte_record(&mut row).unwrap_or(false) {
            counts.push(row.len());
        }
        let Some(columns) = columns(&counts) else { continue };
        if columns > 1 {
            let even = counts.iter().filter(|count| **count == columns).count();
            let score = (even * 100 / counts.len().max(1), columns, Some(delimiter));
            if (score.0, score.1) > (best.0, best.1) {
                best = score;
            }
        }
    }
    best.2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schema::BASE;

    fn table(text: &str) -> Table {
        Table::new(text.to_owned(), &BASE).unwrap()
    }

    #[test]
    fn delimiters_show_by_even_rows() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2\n", b';'),
            ("a\tb, c\n1\t2\n", b'\t'),
            ("a|b|c\n1|2|3\n", b'|'),
            ("a,b\n\"x;y;z\",\"1;2;3\"\n", b','),
            ("name\nAcme\n", b','),
        ] {
            assert_eq!(table(text).delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn lines_are_those_of_the_file() {
        for end in ["\n", "\r\n"] {
            let text = ["", "a,b", "\"1", "2\",x", "", "", "3,y", "4,z", ""].join(end);
            let table = table(&text);
            let (mut rows, mut row, mut lines) = (table.rows(), StringRecord::new(), Vec::new());
            while let Some(line) = rows.next(&mut row).unwrap() {
                lines.push((line, row.get(1).unwrap().to_owned()));
            }
            let expected = [(2, "b"), (3, "x"), (7, "y"), (8, "z")];
            assert_eq!(lines, expected.map(|(line, cell)| (line, cell.to_owned())), "{end:?}");
        }
    }

    #[test]
    fn the_separator_that_the_first_line_names_is_taken() {
        let table = table("sep=;\r\nname;note\r\nA;x, y, z\r\n");
        assert_eq!((table.delimiter, table.heading_line, table.told.len()), (b';', 2, 0));
        assert_eq!(table.headings, ["name", "note"]);
        let (mut rows, mut row, mut lines) = (table.rows(), StringRecord::new(), Vec::new());
        while let Some(line) = rows.next(&mut row).unwrap() {
            lines.push((line, row.get(1).unwrap().to_owned()));
        }
        assert_eq!(lines, [(2, "note".to_owned()), (3, "x, y, z".to_owned())]);
    }

    #[test]
    fn an_empty_file_is_an_error() {
        assert!(Table::new(" \n\n".to_owned(), &BASE).is_err());
    }
}

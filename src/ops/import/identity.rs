//! Whether a file has the ids of this program, so that its rows are records that are known.

use csv::StringRecord;

use crate::{
    domain::{Kind, RecordId},
    error::{Error, Result},
    text::{said, scrub},
};

use super::{heading::plain, table::Table, target::ColumnUse};

/// What a file with ids of this program has beside them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OwnColumns {
    /// The column with the kind of each record.
    pub kind: Option<usize>,
    /// The column that tells what was in the trash.
    pub trashed: Option<usize>,
    /// The column with the version of each record.
    pub version: Option<usize>,
    /// Whether the person said that the ids are those of this store.
    pub trusted: bool,
}

/// The column of ids, where nobody has said what it is and the first id in it is one of this kind: `C-12`. A bare number
/// is one of another program, and so is one with letters that no kind has, or with zeros in front of its digits.
///
/// # Errors
/// `Invalid` where the first id is one of another kind.
pub(super) fn id_column(table: &Table, kind: &Kind, columns: &[ColumnUse]) -> Result<Option<usize>> {
    let named = |column: &&ColumnUse| !column.given && is_id(&column.heading);
    let Some(at) = columns.iter().position(|column| named(&column)) else { return Ok(None) };
    let (mut rows, mut row) = (table.rows(), StringRecord::new());
    rows.next(&mut row)?;
    while let Some(line) = rows.next(&mut row)? {
        let cell = row.get(at).unwrap_or_default().trim();
        if !cell.is_empty() {
            return match kind_of_id(cell) {
                Some(of) if of.id == kind.id => Ok(Some(at)),
                Some(of) => Err(of_another_kind(line, (&table.headings[at], cell), of, kind)),
                None => Ok(None),
            };
        }
    }
    Ok(None)
}

/// The kind of an id as this program writes it.
fn kind_of_id(cell: &str) -> Option<&'static Kind> {
    let (_, digits) = cell.split_once('-')?;
    let id = RecordId::parse(cell, None).filter(|_| !digits.starts_with(['0', '０']))?;
    id.kind.kind()
}

fn of_another_kind(line: u32, (heading, cell): (&str, &str), of: &Kind, kind: &Kind) -> Error {
    let field = if kind.field("external_id").is_some() { "external_id" } else { "" };
    Error::invalid(said!(
        ("line {line}: '{}' is the id of a {}, and the rows are to be {}", scrub(cell), of.noun, kind.plural),
        ("第 {line} 行：“{}”是{}的编号，而各行要导入为{}", scrub(cell), of.zh, kind.zh)
    ))
    .hint(said!(
        ("say --into {}, or, if they are ids of another program, --map '{heading}={field}'", of.noun),
        ("请用 --into {}；若是其他程序的编号，请用 --map '{heading}={field}'", of.noun)
    ))
}

/// Whether a heading is that of a column of ids.
pub(super) fn is_id(heading: &str) -> bool {
    matches!(plain(heading).as_str(), "id" | "编号")
}

impl OwnColumns {
    /// The columns beside the ids, which are used.
    pub fn find(columns: &mut [ColumnUse], trusted: bool) -> Self {
        let mut column = |code: &'static str| {
            let at = columns.iter().position(|column| !column.given && column.heading == code)?;
            columns[at].codes = vec![code];
            Some(at)
        };
        Self { kind: column("kind"), trashed: column("trashed"), version: column("version"), trusted }
    }
}

//! Whether a file has the ids of this program, so that its rows are records that are known.

use csv::StringRecord;

use crate::{
    domain::Kind,
    error::{Error, Result},
    text::{n_before, said, scrub},
};

use super::{
    heading::plain,
    own::{has_own_columns, is_id_of_none, kind_of_id},
    table::Table,
    target::ColumnUse,
};

/// What a file with ids of this program has beside them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OwnColumns {
    /// The column with the kind of each record.
    pub kind: Option<usize>,
    /// The column that tells what was in the trash.
    pub trashed: Option<usize>,
    /// The column with the version of each record.
    pub version: Option<usize>,
    /// The column that tells when each record was changed last.
    pub updated: Option<usize>,
    /// Whether the person said that the ids are those of this store.
    pub trusted: bool,
}

/// The column of ids, where nobody has said what it is and the first id in it is one of this kind: `C-12`. A bare number
/// is one of another program, and so is one with letters that no kind has, or with zeros in front of its digits.
///
/// # Errors
/// `Invalid` where the first id is one of another kind.
pub(super) fn own_ids(table: &Table, kind: &Kind, columns: &[ColumnUse]) -> Result<Option<usize>> {
    let named = |column: &&ColumnUse| !column.given && heads_ids(&column.heading);
    let Some(at) = columns.iter().position(|column| named(&column)) else { return Ok(None) };
    let is_export = has_own_columns(table.headings.iter().map(String::as_str));
    let (mut rows, mut row) = (table.rows(), StringRecord::new());
    rows.next(&mut row)?;
    while let Some(line) = rows.next(&mut row)? {
        let cell = row.get(at).unwrap_or_default().trim();
        if !cell.is_empty() {
            return match kind_of_id(table.schema, cell) {
                Some(of) if of.id == kind.id => Ok(Some(at)),
                Some(of) => Err(of_another_kind(line, (&table.headings[at], cell), of, kind)),
                None if is_id_of_none(table.schema, cell) || is_export => {
                    Err(damaged(line, (&table.headings[at], cell)))
                }
                None => Ok(None),
            };
        }
    }
    Ok(None)
}

/// An id that this program has not written so, where it has written the file.
fn damaged(line: u32, (heading, cell): (&str, &str)) -> Error {
    Error::invalid(said!(
        ("line {line}: '{}' is no id of this program, as the file has them", scrub(cell)),
        ("第 {line} 行：“{}”不是本程序的编号，而文件应含这种编号", scrub(cell))
    ))
    .hint(said!(
        ("export again, and keep the column '{heading}' as it is; to add all rows as new records, --map '{heading}='"),
        ("请重新导出，并保持“{heading}”列不变；若要将各行都作为新记录添加，请用 --map '{heading}='")
    ))
}

fn of_another_kind(line: u32, (heading, cell): (&str, &str), of: &Kind, kind: &Kind) -> Error {
    let field = if kind.field("external_id").is_some() { "external_id" } else { "" };
    Error::invalid(said!(
        (
            "line {line}: '{}' is the id of a{} {}, and the rows are to be {}",
            scrub(cell),
            n_before(of.noun),
            of.noun,
            kind.plural
        ),
        ("第 {line} 行：“{}”是{}的编号，而各行要导入为{}", scrub(cell), of.zh, kind.zh)
    ))
    .hint(said!(
        ("say --into {}, or, if they are ids of another program, --map '{heading}={field}'", of.noun),
        ("请用 --into {}；若是其他程序的编号，请用 --map '{heading}={field}'", of.noun)
    ))
}

/// Reads a cell that names a kind.
type ReadKind<'r> = dyn Fn(&str) -> Option<&'static Kind> + 'r;

/// The kind that all rows of a file say they are: in a column `kind`, else by ids of this program.
///
/// # Errors
/// `Invalid` where they are of several kinds, or a row cannot be read.
pub(super) fn kind_of_rows(table: &Table) -> Result<Option<&'static Kind>> {
    let column = |is: &dyn Fn(&str) -> bool| table.headings.iter().position(|heading| is(heading));
    let schema = table.schema;
    let (by_word, by_id) = (|cell: &str| schema.named(cell), |cell: &str| kind_of_id(schema, cell));
    let reads: [(_, &ReadKind<'_>); 2] = [(column(&|heading| heading == KIND), &by_word), (column(&heads_ids), &by_id)];
    for (at, read) in reads {
        if let Some(at) = at
            && let Some(kind) = kind_in(table, at, read)?
        {
            return Ok(Some(kind));
        }
    }
    Ok(None)
}

/// The kind that the cells of a column name; none where one of them names none.
fn kind_in(table: &Table, at: usize, read: &ReadKind<'_>) -> Result<Option<&'static Kind>> {
    let mut found: Option<(&'static Kind, u32)> = None;
    let (mut rows, mut row) = (table.rows(), StringRecord::new());
    rows.next(&mut row)?;
    while let Some(line) = rows.next(&mut row)? {
        let cell = row.get(at).unwrap_or_default().trim();
        if cell.is_empty() {
            continue;
        }
        let Some(kind) = read(cell) else { return Ok(None) };
        let (first, first_line) = *found.get_or_insert((kind, line));
        if first.id != kind.id {
            return Err(Error::invalid(said!(
                (
                    "line {first_line} is a{} {}, and line {line} a{} {}",
                    n_before(first.noun),
                    first.noun,
                    n_before(kind.noun),
                    kind.noun
                ),
                ("第 {first_line} 行是{}，而第 {line} 行是{}", first.zh, kind.zh)
            ))
            .hint(said!(
                "import each kind from a file of its own, as crm export {} -o csv writes it",
                "请将每一类放在各自的文件中导入，可由 crm export {} -o csv 导出",
                first.noun
            )));
        }
    }
    Ok(found.map(|(kind, _)| kind))
}

/// Why a file is refused of which some rows are in the trash, where the rows are not known by their ids: none is to come
/// back as a record in use.
pub(super) fn trashed_row(table: &Table, columns: &[ColumnUse]) -> Result<Option<Error>> {
    let is_of_trash = |column: &ColumnUse| !column.given && column.codes.is_empty() && column.heading == "trashed";
    let is_export = ["id", "kind"].iter().any(|code| table.headings.iter().any(|heading| heading == code));
    let Some(at) = columns.iter().position(is_of_trash).filter(|_| is_export) else { return Ok(None) };
    let (mut rows, mut row) = (table.rows(), StringRecord::new());
    rows.next(&mut row)?;
    while let Some(line) = rows.next(&mut row)? {
        if is_yes(row.get(at).unwrap_or_default().trim()) {
            return Ok(Some(
                Error::invalid(said!(
                    "line {line} is in the trash, and would come back as a record in use",
                    "第 {line} 行在回收站中，导入后会成为正在使用的记录"
                ))
                .hint(said!(
                    "leave such rows out of the file, or, to import them as well, --map 'trashed='",
                    "请从文件中去掉这些行；若也要导入，请用 --map 'trashed='"
                )),
            ));
        }
    }
    Ok(None)
}

/// Whether a cell of the column `trashed` says that its record is in the trash.
pub(super) fn is_yes(cell: &str) -> bool {
    matches!(&*crate::text::fold(cell), "yes" | "true" | "1" | "是")
}

/// The heading of the column in which an export says the kind of each record.
const KIND: &str = "kind";

/// Whether a heading is that of a column of ids.
pub(super) fn heads_ids(heading: &str) -> bool {
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
        Self {
            kind: column(KIND),
            trashed: column("trashed"),
            version: column("version"),
            updated: column("updated"),
            trusted,
        }
    }
}

//! Whether a file has the ids of this program, so that its rows are records that are known.

use csv::StringRecord;

use crate::{
    domain::{Kind, RecordId},
    error::Result,
};

use super::{heading::plain, table::Table, target::ColumnUse};

/// What a file with ids of this program has beside them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OwnColumns {
    /// The column with the kind of each record.
    pub kind: Option<usize>,
    /// The column that tells what was in the trash.
    pub trashed: Option<usize>,
    /// Whether the person said that the ids are those of this store.
    pub trusted: bool,
}

/// The column of ids, where nobody has said what it is and the first id in it is one of this kind: `C-12`. A bare number
/// is one of another program.
pub(super) fn id_column(table: &Table, kind: &Kind, columns: &[ColumnUse]) -> Result<Option<usize>> {
    let named = |column: &&ColumnUse| !column.given && is_id(&column.heading);
    let Some(at) = columns.iter().position(|column| named(&column)) else { return Ok(None) };
    let (mut rows, mut row) = (table.rows(), StringRecord::new());
    rows.next(&mut row)?;
    while rows.next(&mut row)?.is_some() {
        let cell = row.get(at).unwrap_or_default().trim();
        if !cell.is_empty() {
            let ours = cell.contains('-') && RecordId::parse(cell, None).is_some_and(|id| id.kind == kind.id);
            return Ok(ours.then_some(at));
        }
    }
    Ok(None)
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
        Self { kind: column("kind"), trashed: column("trashed"), trusted }
    }
}

//! Lists: the records of a query with the columns that are asked for.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    domain::{Kind, Lookup, RecordId, Row},
    error::Result,
};

use super::{
    field_path::{FieldPath, Found, Leaf},
    filter::is_nought_when_absent,
    grid::{Cell, Column, Grid, Sink},
    names::Names,
    select::Query,
};

/// The columns of a list unless others are asked for; the id stands before them.
pub fn default_columns(kind: &'static Kind) -> Vec<FieldPath> {
    kind.columns.iter().filter_map(|code| kind.field(code)).map(FieldPath::field).collect()
}

/// Every field as a column, except the id.
pub fn all_columns(kind: &'static Kind) -> Vec<FieldPath> {
    kind.all_fields().map(FieldPath::field).collect()
}

/// Reads `name,customer.city,id`.
pub fn columns(text: &str, kind: &'static Kind) -> Result<Vec<FieldPath>> {
    text.split([',', '，']).filter(|name| !name.trim().is_empty()).map(|name| FieldPath::parse(name, kind)).collect()
}

/// The records of a query as nothing but their ids: an index that tells them saves reading the rows.
pub fn ids<'a>(query: Query, names: &'a Names<'a>) -> Grid<'a> {
    list(Query { bare: true, ..query }, Vec::new(), names)
}

/// The records of a query as rows: the id, then a cell for each column. An id among the columns is that first cell.
pub fn list<'a>(query: Query, columns: Vec<FieldPath>, names: &'a Names<'a>) -> Grid<'a> {
    let columns: Vec<FieldPath> = columns.into_iter().filter(|path| !path.is_own_id()).collect();
    let mut headings = vec![Column::new("id", "ID", "编号")];
    headings.extend(columns.iter().map(FieldPath::column));
    let kind = query.kind();
    let rows = Box::new(move |sink: &mut Sink<'_>| {
        let reader = names.reader();
        let derived = columns.iter().any(|path| path.own_field().is_some_and(|def| def.derived));
        query.for_each(&reader, &mut |num, row| {
            let id = RecordId::new(kind.id, num);
            let derived = if derived { reader.derived(id)? } else { crate::domain::Record::new() };
            give(names, &columns, id, (row, derived.row()), sink)
        })
    });
    Grid { root: "records", kind: Some(kind), columns: headings, rows, names }
}

/// Gives one row of cells, borrowed from the record as far as they are its own.
fn give(
    names: &Names<'_>,
    columns: &[FieldPath],
    id: RecordId,
    (row, derived): (Row<'_>, Row<'_>),
    sink: &mut Sink<'_>,
) -> Result<ControlFlow<()>> {
    let mut cells = Vec::with_capacity(columns.len() + 1);
    cells.push(Cell::Id(id));
    for path in columns {
        cells.push(match path.own_field() {
            Some(def) => {
                let stored = if def.derived { derived.raw(def.tag) } else { row.raw(def.tag) };
                let nought = is_nought_when_absent(def).then_some(&[0_u8][..]);
                stored.or(nought).map_or(Cell::Empty, |stored| Cell::Field(def, Cow::Borrowed(stored)))
            }
            None => linked(names, path, id, row)?,
        });
    }
    sink(&cells)
}

/// The cell of a linked record, copied from it.
fn linked(names: &Names<'_>, path: &FieldPath, id: RecordId, row: Row<'_>) -> Result<Cell<'static>> {
    path.look(&names.reader(), id, row, |found| match (found, path.leaf()) {
        (Some(Found::Id(id)), Leaf::Id) => Cell::Id(id),
        (Some(Found::Stored(def, stored)), _) => Cell::Field(def, Cow::Owned(stored.to_vec())),
        _ => Cell::Empty,
    })
}

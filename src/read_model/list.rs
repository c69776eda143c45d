//! Lists: the records of a query with the columns that are asked for.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    domain::{FieldDef, Kind, Lookup, Record, RecordId, Row, Schema, customer},
    error::Result,
};

use crate::query::{
    field_path::{FieldPath, Leaf, PathValue},
    filter::is_nought_when_absent,
    grid::{Cell, Grid, Parts, Sink, SplitRows},
    names::Names,
    next_followup,
    select::{Query, SelectedParts},
};

/// The columns of a list unless others are asked for, without the id.
pub fn default_columns(kind: &'static Kind) -> Vec<FieldPath> {
    kind.columns.iter().filter_map(|code| kind.field(code)).map(FieldPath::field).collect()
}

/// Every field as a column, except the id.
pub fn all_columns(kind: &'static Kind) -> Vec<FieldPath> {
    kind.all_fields().map(FieldPath::field).collect()
}

/// Reads `name,customer.city,id`.
pub fn columns(text: &str, kind: &'static Kind, schema: &Schema) -> Result<Vec<FieldPath>> {
    text.split([',', '，', '、'])
        .filter(|name| !name.trim().is_empty())
        .map(|name| FieldPath::parse(name, kind, schema))
        .collect()
}

/// The columns, the id before them unless it is one of them.
pub fn with_id(columns: Vec<FieldPath>) -> Vec<FieldPath> {
    if columns.iter().any(FieldPath::is_own_id) {
        return columns;
    }
    std::iter::once(FieldPath::id()).chain(columns).collect()
}

/// The records of a query as nothing but their ids: an index that tells them saves reading the rows.
pub fn ids<'a>(query: Query, names: &'a Names<'a>) -> Grid<'a> {
    list(Query { bare: true, ..query }, vec![FieldPath::id()], names)
}

/// The records of a query as rows, with a cell for each column.
pub fn list<'a>(query: Query, columns: Vec<FieldPath>, names: &'a Names<'a>) -> Grid<'a> {
    let headings = columns.iter().map(FieldPath::column).collect();
    let kind = query.kind();
    let cells = Cells::new(kind, columns);
    let (of_parts, in_parts) = (cells.clone(), query.clone());
    let rows = Box::new(move |sink: &mut Sink<'_>| {
        query.for_each(&names.reader(), &mut |num, row| cells.give(names, num, row, sink))
    });
    let parts: SplitRows<'a> = Box::new(move || {
        let pieces = in_parts.pieces(&names.reader())?;
        Ok(pieces.map(|pieces| -> Box<dyn Parts> { Box::new(ListParts { pieces, cells: of_parts }) }))
    });
    Grid { root: "records", columns: headings, rows, parts: Some(parts), names }
}

struct ListParts {
    pieces: SelectedParts,
    cells: Cells,
}

impl Parts for ListParts {
    fn count(&self) -> usize {
        self.pieces.count()
    }

    fn rows(&self, part: usize, names: &Names<'_>, sink: &mut Sink<'_>) -> Result<()> {
        self.pieces.visit(part, &names.reader(), &mut |num, row| self.cells.give(names, num, row, sink))
    }
}

/// The cells of a record.
#[derive(Clone)]
struct Cells {
    kind: &'static Kind,
    columns: Vec<(FieldPath, From)>,
    /// The stored fields among them, by rising tag.
    tags: Vec<u16>,
    derived: bool,
}

/// Where a cell comes from.
#[derive(Clone, Copy)]
enum From {
    /// The stored field at this place of those that are picked.
    Row(&'static FieldDef, usize),
    Derived(&'static FieldDef),
    /// Its own id.
    Id,
    /// Another record.
    Linked,
}

impl Cells {
    fn new(kind: &'static Kind, columns: Vec<FieldPath>) -> Self {
        let own = || columns.iter().filter_map(FieldPath::own_field);
        let mut tags: Vec<u16> = own().filter(|def| !def.derived).map(|def| def.tag).collect();
        tags.sort_unstable();
        tags.dedup();
        let derived = own().any(|def| def.derived);
        let from = |path: &FieldPath| match path.own_field() {
            Some(def) if def.derived => From::Derived(def),
            Some(def) => From::Row(def, tags.partition_point(|tag| *tag < def.tag)),
            None if path.is_own_id() => From::Id,
            None => From::Linked,
        };
        let columns = columns.into_iter().map(|path| (from(&path), path)).map(|(from, path)| (path, from)).collect();
        Self { kind, columns, tags, derived }
    }

    /// Gives the cells of a record, borrowed from it as far as they are its own.
    fn give(&self, names: &Names<'_>, num: u64, row: Row<'_>, sink: &mut Sink<'_>) -> Result<ControlFlow<()>> {
        let id = RecordId::new(self.kind.id, num);
        let derived = if self.derived { names.reader().derived(id)? } else { Record::new() };
        let mut found = vec![None; self.tags.len()];
        row.pick(&self.tags, &mut found);
        let mut cells = Vec::with_capacity(self.columns.len());
        for (path, from) in &self.columns {
            let (def, stored) = match *from {
                From::Row(def, at) => (def, found[at]),
                From::Derived(def) => {
                    let nought = is_nought_when_absent(def).then_some(&[0_u8][..]);
                    let Some(stored) = derived.row().raw(def.tag).or(nought) else {
                        cells.push(Cell::Empty);
                        continue;
                    };
                    let (def, stored) = next_followup::shown(&names.reader(), id, def, stored)?;
                    cells.push(Cell::Field(def, stored));
                    continue;
                }
                From::Id => {
                    cells.push(Cell::Id(id));
                    continue;
                }
                From::Linked => {
                    cells.push(linked(names, path, id, row)?);
                    continue;
                }
            };
            cells.push(stored.map_or(Cell::Empty, |stored| Cell::Field(def, Cow::Borrowed(stored))));
        }
        sink(&cells)
    }
}

/// The cell of a linked record, copied from it.
fn linked(names: &Names<'_>, path: &FieldPath, id: RecordId, row: Row<'_>) -> Result<Cell<'static>> {
    let reader = names.reader();
    let cell = path.look(&reader, id, row, |found| match (found, path.leaf()) {
        (Some(PathValue::Id(id)), Leaf::Id) => Cell::Id(id),
        (Some(PathValue::Stored(def, stored)), _) => Cell::Field(def, Cow::Owned(stored.to_vec())),
        _ => Cell::Empty,
    })?;
    match cell {
        Cell::Field(def, stored) if customer::is_next_followup(def) => {
            let Some(end) = path.end(&reader, id, row)? else { return Ok(Cell::Empty) };
            let (def, stored) = next_followup::shown(&reader, end, def, &stored)?;
            Ok(Cell::Field(def, Cow::Owned(stored.into_owned())))
        }
        cell => Ok(cell),
    }
}

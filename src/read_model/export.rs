//! Everything that records hold, for a file: stored fields only, and nothing that other records decide.
//!
//! The same records give the same rows, whoever asks and when: links are ids, rows stand in the order of numbers, and
//! what is computed stays out.

use std::{borrow::Cow, iter::Peekable, ops::ControlFlow};

use crate::{
    domain::{Field, FieldDef, Kind, KindId, Record, RecordId, Row, Schema, links, types::YesNo},
    error::Result,
    store::Reader,
};

use crate::query::{
    grid::{Cell, Column, Grid, Parts, Sink, SplitRows},
    names::Names,
    select::{Query, SelectedParts},
};

/// Whether a record is in the trash; stored not as a field but by where the record is.
static TRASHED: FieldDef = Field::<YesNo>::new(0, "trashed", "In the trash", "在回收站").def();

/// The records of some kinds as rows: kind, id, whether it is in the trash, then every stored field of these kinds.
/// A filter names records in use; without one the trash is there too.
pub fn export<'a>(kinds: &'a [&'static Kind], filter: Option<Query>, names: &'a Names<'a>) -> Grid<'a> {
    let table = ExportColumns::of(kinds, names.reader().schema());
    let columns = table.columns();
    let (of_parts, in_parts) = (table.clone(), filter.clone());
    let rows = Box::new(move |sink: &mut Sink<'_>| {
        let reader = names.reader();
        if let Some(query) = filter {
            let kind = query.kind();
            return query.for_each(&reader, &mut |num, row| table.give(kind, num, row, false, sink));
        }
        for kind in kinds {
            let trash = trashed(&reader, kind)?;
            if each(&reader, kind, (0, u64::MAX), &trash, &mut |num, row, trashed| {
                table.give(kind, num, row, trashed, sink)
            })?
            .is_break()
            {
                break;
            }
        }
        Ok(())
    });
    let parts: SplitRows<'a> = Box::new(move || {
        let reader = names.reader();
        Ok(match in_parts {
            Some(query) => {
                let (kind, pieces) = (query.kind(), query.pieces(&reader)?);
                pieces.map(|pieces| -> Box<dyn Parts> { Box::new(FilteredParts { kind, table: of_parts, pieces }) })
            }
            None => {
                let stretch = |kind: &&'static Kind| {
                    let parts = (reader.last_num(kind.id)? / PART + 1) as usize;
                    Ok(KindRange { kind, trash: trashed(&reader, kind)?, parts })
                };
                let stretches = kinds.iter().map(stretch).collect::<Result<Vec<_>>>()?;
                Some(Box::new(AllParts { table: of_parts, stretches }))
            }
        })
    });
    Grid { root: "records", columns, rows, parts: Some(parts), names }
}

/// So many numbers of a kind make a part.
const PART: u64 = 1_024;

struct FilteredParts {
    kind: &'static Kind,
    table: ExportColumns,
    pieces: SelectedParts,
}

impl Parts for FilteredParts {
    fn count(&self) -> usize {
        self.pieces.count()
    }

    fn rows(&self, part: usize, names: &Names<'_>, sink: &mut Sink<'_>) -> Result<()> {
        let give = &mut |num, row: Row<'_>| self.table.give(self.kind, num, row, false, sink);
        self.pieces.visit(part, &names.reader(), give)
    }
}

struct AllParts {
    table: ExportColumns,
    stretches: Vec<KindRange>,
}

/// The records of a kind.
struct KindRange {
    kind: &'static Kind,
    trash: Vec<u64>,
    parts: usize,
}

impl Parts for AllParts {
    fn count(&self) -> usize {
        self.stretches.iter().map(|stretch| stretch.parts).sum()
    }

    fn rows(&self, mut part: usize, names: &Names<'_>, sink: &mut Sink<'_>) -> Result<()> {
        for KindRange { kind, trash, parts } in &self.stretches {
            if part < *parts {
                let numbers = (part as u64 * PART, (part as u64 + 1) * PART);
                let give = &mut |num, row: Row<'_>, trashed| self.table.give(kind, num, row, trashed, sink);
                return each(&names.reader(), kind, numbers, trash, give).map(drop);
            }
            part -= parts;
        }
        Ok(())
    }
}

/// The columns before the fields: kind, id, trashed.
const BEFORE: usize = 3;

/// A field, its column, and the kind that it links to.
type FieldPlace = (&'static FieldDef, usize, Option<KindId>);

/// Which field of which kind stands in which column.
#[derive(Clone)]
struct ExportColumns {
    /// The kind, where there is one only.
    kind: Option<KindId>,
    fields: Vec<&'static FieldDef>,
    /// By the number of a kind, then by tag.
    places: Vec<Vec<Option<FieldPlace>>>,
}

impl ExportColumns {
    /// Fields of different kinds with one code share a column.
    fn of(kinds: &[&'static Kind], schema: &Schema) -> Self {
        let kind = if let [kind] = kinds { Some(kind.id) } else { None };
        let mut table = Self { kind, fields: Vec::new(), places: Vec::new() };
        for kind in kinds {
            let number = usize::from(kind.id.byte());
            if table.places.len() <= number {
                table.places.resize(number + 1, Vec::new());
            }
            for def in kind.all_fields().filter(|def| !def.derived) {
                let at = table.fields.iter().position(|field| field.code == def.code).unwrap_or_else(|| {
                    table.fields.push(def);
                    table.fields.len() - 1
                });
                let (places, tag) = (&mut table.places[number], usize::from(def.tag));
                if places.len() <= tag {
                    places.resize(tag + 1, None);
                }
                places[tag] = Some((def, BEFORE + at, schema.target(def).map(|kind| kind.id)));
            }
        }
        table
    }

    fn columns(&self) -> Vec<Column> {
        let before = [Column::new("kind", "Kind", "类别"), Column::new("id", "ID", "编号"), Column::of(&TRASHED)];
        let columns = before.into_iter().chain(self.fields.iter().map(|def| Column::of(def)));
        columns.map(|column| Column { kind: self.kind, ..column }).collect()
    }

    fn give(
        &self,
        kind: &'static Kind,
        num: u64,
        row: Row<'_>,
        trashed: bool,
        sink: &mut Sink<'_>,
    ) -> Result<ControlFlow<()>> {
        let mut cells = vec![Cell::Empty; BEFORE + self.fields.len()];
        cells[0] = Cell::Text(kind.noun.into());
        cells[1] = Cell::Id(RecordId::new(kind.id, num));
        if trashed {
            cells[2] = Cell::Field(&TRASHED, Cow::Borrowed(&[1]));
        }
        let places = self.places.get(usize::from(kind.id.byte())).map(Vec::as_slice).unwrap_or_default();
        for (tag, stored) in row.raw_fields() {
            if let Some((def, at, target)) = places.get(usize::from(tag)).copied().flatten() {
                cells[at] = cell(def, target, stored);
            }
        }
        sink(&cells)
    }
}

/// A link by its id, which no change of the other record changes.
fn cell<'r>(def: &'static FieldDef, target: Option<KindId>, stored: &'r [u8]) -> Cell<'r> {
    let Some(kind) = target else { return Cell::Field(def, Cow::Borrowed(stored)) };
    let mut ids = links(def, Some(stored)).map(|num| RecordId::new(kind, num));
    if def.many {
        return Cell::Ids(ids.collect());
    }
    ids.next().map_or(Cell::Field(def, Cow::Borrowed(stored)), Cell::Id)
}

/// Takes the number and the fields of a record, and whether it is in the trash.
type Visit<'v> = dyn FnMut(u64, Row<'_>, bool) -> Result<ControlFlow<()>> + 'v;

/// The numbers of the records of a kind that are in the trash.
fn trashed(reader: &Reader<'_>, kind: &'static Kind) -> Result<Vec<u64>> {
    let mut trash = Vec::new();
    reader.trashed(kind.id, &mut |num, _| {
        trash.push(num);
        ControlFlow::Continue(())
    })?;
    Ok(trash)
}

/// Visits the records of a kind with numbers from the one on and before the other, in use or in the trash.
fn each(
    reader: &Reader<'_>,
    kind: &'static Kind,
    (from, end): (u64, u64),
    trash: &[u64],
    visit: &mut Visit<'_>,
) -> Result<ControlFlow<()>> {
    let mut trash = trash[trash.partition_point(|num| *num < from)..].iter().copied().peekable();
    let mut last = Ok(ControlFlow::Continue(()));
    reader.rows_between(kind.id, (from, end), false, &mut |num, row| {
        last = match trashed_before(reader, kind, &mut trash, num, visit) {
            Ok(ControlFlow::Continue(())) => visit(num, row, false),
            other => other,
        };
        if matches!(last, Ok(ControlFlow::Continue(()))) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    if last?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    trashed_before(reader, kind, &mut trash, end, visit)
}

/// Visits the records in the trash that come before a number.
fn trashed_before(
    reader: &Reader<'_>,
    kind: &'static Kind,
    trash: &mut Peekable<impl Iterator<Item = u64>>,
    before: u64,
    visit: &mut Visit<'_>,
) -> Result<ControlFlow<()>> {
    while let Some(num) = trash.next_if(|num| *num < before) {
        let record = reader.held(RecordId::new(kind.id, num))?.map_or_else(Record::new, |held| held.record);
        if visit(num, record.row(), true)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

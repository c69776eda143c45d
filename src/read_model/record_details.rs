//! Everything about one record: its fields, what links to it, and what happened.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, Instant, Kind, Lookup as _, Record, RecordId, common::CREATED, print::View},
    error::{Failed, Result},
    store::{Reader, engine::KeyRange, index::link_prefix, journal::Residence, keys::num_after, last_until},
};

use super::{history::history, timeline::Timeline};
use crate::query::{
    as_of,
    grid::{Cell, Column, Grid},
    names::Names,
    next_followup::shown,
};

pub use super::timeline::{Event, EventKind};

/// So many linked records of each sort are told by name; the others are counted.
pub const LINKS: usize = 20;

/// So many parts are told, for they are what the record consists of.
const PARTS: usize = 200;

/// What a list of linked records says about each, besides its name: as many of these as it has.
const FACTS: [&str; 7] = ["title", "role", "stage", "amount", "status", "due", "priority"];

/// Everything about one record.
#[derive(Clone, Debug)]
pub struct RecordDetails {
    /// What kind of record it is.
    pub kind: &'static Kind,
    /// Which one.
    pub id: RecordId,
    /// Every field with its stored bytes, derived ones included unless it tells of the past.
    pub fields: Vec<(&'static FieldDef, Option<Vec<u8>>)>,
    /// The records that link to it, by kind and field.
    pub links: Vec<LinkedRecords>,
    /// What happened, oldest first.
    pub timeline: Vec<Event>,
    /// In use or in the trash.
    pub place: Residence,
    /// The point in time that this tells of; `None` for now.
    pub as_of: Option<Instant>,
}

impl RecordDetails {
    /// The record alone, as a row of all its fields.
    pub fn as_row<'a>(&self, names: &'a Names<'a>) -> Grid<'a> {
        let id = Column::new("id", "ID", "编号");
        let columns = std::iter::once(id).chain(self.fields.iter().map(|(def, _)| Column::of(def)));
        let columns = columns.map(|column| column.of_kind(self.id.kind)).collect();
        let cell = |(def, stored): &(&'static FieldDef, Option<Vec<u8>>)| match stored {
            Some(stored) => Cell::Field(def, stored.clone().into()),
            None => Cell::Empty,
        };
        let row = std::iter::once(Cell::Id(self.id)).chain(self.fields.iter().map(cell)).collect();
        Grid::of_rows("records", columns, vec![row], names)
    }
}

/// The records that link here by one field.
#[derive(Clone, Debug)]
pub struct LinkedRecords {
    /// The plural of their kind, and the field where it is not simply named after us: `customers_parent`.
    pub code: String,
    /// Their kind.
    pub kind: &'static Kind,
    /// The field that links here.
    pub field: &'static FieldDef,
    /// An English heading.
    pub en: String,
    /// A Chinese heading.
    pub zh: String,
    /// What parts are told by, besides their names: the columns of their kind. None of other records.
    pub columns: Vec<&'static FieldDef>,
    /// The newest of them; of parts the first, in the order in which they were made.
    pub records: Vec<LinkedRecord>,
    /// How many more there are.
    pub more: u64,
}

/// A record that links here.
#[derive(Clone, Debug)]
pub struct LinkedRecord {
    /// Which.
    pub id: RecordId,
    /// What it is called.
    pub name: String,
    /// What else there is to say in a line: fields as stored.
    pub facts: Vec<(&'static FieldDef, Vec<u8>)>,
}

/// Tells of a record as it is, or as it was at `as_of`; `None` where it does not, or did not, exist.
///
/// Of the past only what the journal knows is told: derived fields are left out, and records that link here now but
/// were made later are left out.
pub fn details(
    reader: Reader<'_>,
    id: RecordId,
    names: &Names<'_>,
    view: View,
    as_of: Option<Instant>,
) -> Result<Option<RecordDetails>> {
    let Some(kind) = reader.schema().kind(id.kind) else { return Ok(None) };
    let held = match as_of {
        Some(at) => as_of::as_of(reader, id, at)?,
        None => reader.held(id)?.map(|held| (held.place, held.record)),
    };
    let Some((place, record)) = held else { return Ok(None) };
    let derived = if as_of.is_none() { reader.derived(id)? } else { Record::new() };
    let stored = |def: &FieldDef| if def.is_derived() { derived.row() } else { record.row() }.raw(def.tag);
    // What was computed then nobody knows: such a field is left out, for an empty one would say that it had none.
    let known = |def: &&'static FieldDef| as_of.is_none() || !def.is_derived();
    let field = |def: &'static FieldDef| match stored(def) {
        Some(stored) => shown(&reader, id, def, stored).map(|(def, stored)| (def, Some(stored.into_owned()))),
        None => Ok((def, None)),
    };
    let fields = kind.all_fields().filter(known).map(field).collect::<Result<_>>()?;

    let mut timeline = Timeline::new(names, view);
    timeline.add_linked(id)?;
    let mut steps = history(reader, id)?;
    if let Some(at) = as_of {
        timeline.until(at);
        let last = last_until(&reader, at)?;
        steps.retain(|step| step.seq <= last);
    }
    timeline.add_changes(&steps, record.get(CREATED))?;
    let timeline = timeline.in_order();

    let links = links(names, kind, id, as_of)?;
    Ok(Some(RecordDetails { kind, id, fields, links, timeline, place, as_of }))
}

/// The records that link here, by kind and field.
pub(super) fn links(
    names: &Names<'_>,
    target: &'static Kind,
    id: RecordId,
    as_of: Option<Instant>,
) -> Result<Vec<LinkedRecords>> {
    let mut found = Vec::new();
    for kind in names.reader().schema().kinds().iter().copied() {
        for field in kind.fields.iter().filter(|def| def.target == Some(target.noun) && def.indexed()) {
            let (records, more) = newest(names, kind, field, id, as_of)?;
            if !records.is_empty() {
                found.push(headed(target, kind, field, records, more));
            }
        }
    }
    Ok(found)
}

/// An English label of several.
pub(super) fn plural(label: &str) -> String {
    let vowel = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    match label.strip_suffix('y') {
        // A label in another language has no plural.
        _ if !label.ends_with(|c: char| c.is_ascii_alphabetic()) => label.to_owned(),
        Some(stem) if !vowel(stem) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| label.ends_with(end)) => format!("{label}es"),
        _ => format!("{label}s"),
    }
}

fn headed(
    target: &Kind,
    kind: &'static Kind,
    field: &'static FieldDef,
    records: Vec<LinkedRecord>,
    more: u64,
) -> LinkedRecords {
    let plural = plural(kind.en);
    // Of a link that is called as what it leads to, the heading need not say which it is.
    let is_plain = field.code == target.noun;
    let code = if is_plain { kind.plural.to_owned() } else { format!("{}_{}", kind.plural, field.code) };
    let en = if is_plain || [target.en, target.zh].contains(&field.en) {
        plural
    } else {
        format!("{plural} ({})", field.en)
    };
    let zh = if is_plain || [target.en, target.zh].contains(&field.zh) {
        kind.zh.to_owned()
    } else {
        format!("{}（{}）", kind.zh, field.zh)
    };
    let columns = if field.part_of { columns(kind, field) } else { Vec::new() };
    LinkedRecords { code, kind, field, en, zh, columns, records, more }
}

/// The columns of a kind of parts that are fields of its own, without the link to the whole and the name.
fn columns(kind: &'static Kind, link: &FieldDef) -> Vec<&'static FieldDef> {
    let known = kind.columns.iter().filter_map(|code| kind.field(code));
    known.filter(|def| !def.name && *def != link && *def != kind.name_field()).collect()
}

/// The newest records that link here, or the first where they are parts, and how many more there are; of those made by
/// `as_of`, if it is given.
fn newest(
    names: &Names<'_>,
    kind: &'static Kind,
    field: &'static FieldDef,
    id: RecordId,
    as_of: Option<Instant>,
) -> Result<(Vec<LinkedRecord>, u64)> {
    let (prefix, reader) = (link_prefix(kind.id, field.tag, id.num), names.reader());
    let (mut numbers, mut more, mut failed) = (Vec::new(), 0, Failed::default());
    let most = if field.part_of { PARTS } else { LINKS };
    let was_there = |num: u64| -> Result<bool> {
        let Some(at) = as_of else { return Ok(true) };
        let created = reader.with_row(RecordId::new(kind.id, num), |row| row.get(CREATED))?.flatten();
        Ok(created.is_none_or(|created| created <= at))
    };
    reader.index(KeyRange::prefix(&prefix), !field.part_of, &mut |key| {
        let Some(num) = num_after(key, prefix.len()) else { return ControlFlow::Continue(()) };
        failed.flow(was_there(num).map(|was_there| {
            match was_there {
                false => {}
                true if numbers.len() < most => numbers.push(num),
                true => more += 1,
            }
            ControlFlow::Continue(())
        }))
    })?;
    failed.end()?;
    let mut records = Vec::with_capacity(numbers.len());
    for num in numbers {
        records.extend(linked(names, kind, field, num)?);
    }
    if field.part_of && as_of.is_none() {
        worked_out(&reader, &columns(kind, field), &mut records)?;
    }
    Ok((records, more))
}

fn linked(names: &Names<'_>, kind: &'static Kind, link: &'static FieldDef, num: u64) -> Result<Option<LinkedRecord>> {
    let (id, name_field) = (RecordId::new(kind.id, num), kind.name_field());
    let facts = names.reader().with_row(id, |row| {
        if link.part_of {
            let told = columns(kind, link).into_iter();
            return told
                .filter_map(|def| Some((def, row.raw(def.tag).filter(|_| !def.is_derived())?.to_vec())))
                .collect();
        }
        let defs = FACTS.iter().filter_map(|code| kind.field(code)).filter(|def| *def != name_field && *def != link);
        defs.filter_map(|def| Some((def, row.raw(def.tag)?.to_vec()))).collect()
    })?;
    facts.map(|facts| Ok(LinkedRecord { id, name: names.of(id)?, facts })).transpose()
}

/// Adds to parts what is worked out of their fields.
fn worked_out(reader: &Reader<'_>, columns: &[&'static FieldDef], records: &mut [LinkedRecord]) -> Result<()> {
    let derived: Vec<_> = columns.iter().copied().filter(|def| def.is_derived()).collect();
    for record in records.iter_mut().filter(|_| !derived.is_empty()) {
        let values = reader.derived(record.id)?;
        record.facts.extend(derived.iter().filter_map(|def| Some((*def, values.row().raw(def.tag)?.to_vec()))));
    }
    Ok(())
}

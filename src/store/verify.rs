//! Whether what the store keeps beside its rows is what the rows say, and making it so: indexes, derived fields,
//! summaries, counters, the lists of the search.
//!
//! A store that passes answers every question the same way whether it is asked of an index or of the records. Mending
//! writes nothing but what differs, and never a record: whatever the rows say is true.

use std::collections::HashSet;

use crate::{
    domain::{Kind, KindId, RecordId, Row, Schema},
    error::Result,
};

use super::{
    dangling::dangling,
    definitions,
    engine::{Space, Write, entries},
    index::{Index, indexes_of},
    kept::{DerivedPart, Difference},
    keys::{num_after, split_value},
    misplaced::misplaced,
    reader::Reader,
    search::{self, ListFlaw},
    summary,
};

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is not there.
    Lacking,
    /// It is there and should not be.
    Extra,
    /// It is something else.
    Wrong,
    /// A record points to one that is not there. That is for a person to mend: no record is changed here.
    Dangling,
    /// A deal does not agree with its stage. That is for a person to mend, too.
    Misplaced,
}

/// Something that the store keeps and that is not what the rows say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where: an index, derived fields, a summary; rows and trash for a link that leads nowhere.
    pub space: Space,
    /// The kind it is about.
    pub kind: Option<KindId>,
    /// Which index, which fields, which summary.
    pub name: String,
    /// The record that the entry is about.
    pub record: Option<RecordId>,
    /// What is wrong.
    pub problem: Problem,
}

/// Everything that differs from what the rows say; nothing for a sound store.
///
/// # Errors
/// What the store says.
pub fn verify(reader: &Reader<'_>) -> Result<Vec<Flaw>> {
    let mut flaws = Vec::new();
    check(reader, &mut |flaw| flaws.push(flaw), &mut |_, _| {})?;
    Ok(flaws)
}

/// The same, one flaw after the other; `progress` is told how many of the parts are done.
///
/// # Errors
/// What the store says.
pub fn check(reader: &Reader<'_>, sink: &mut dyn FnMut(Flaw), progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
    let schema = reader.schema();
    let parts = DerivedPart::all(schema.derivations()?);
    let of = parts.len() as u64;
    for (done, part) in parts.iter().enumerate() {
        progress(done as u64, of);
        part.differences(reader, &mut |difference| sink(Flaw::of(&difference, schema)))?;
    }
    search::verify(reader, &mut |amiss| sink(Flaw::of_search(amiss)))?;
    if !definitions::are_tables_true(reader.raw())? {
        let name = "tables of own fields".to_owned();
        sink(Flaw { space: Space::Meta, kind: None, name, record: None, problem: Problem::Wrong });
    }
    dangling(reader, &mut |space, id, def| {
        let (kind, name, record) = (Some(id.kind), def.code.to_owned(), Some(id));
        sink(Flaw { space, kind, name, record, problem: Problem::Dangling });
    })?;
    misplaced(reader, &mut |space, id, def| {
        let (kind, name, record) = (Some(id.kind), def.code.to_owned(), Some(id));
        sink(Flaw { space, kind, name, record, problem: Problem::Misplaced });
    })?;
    progress(of, of);
    Ok(())
}

/// Makes everything what the rows say; gives how many entries were not. The caller commits.
///
/// # Errors
/// What the store says.
pub fn rebuild(txn: &mut dyn Write, progress: &mut dyn FnMut(u64, u64)) -> Result<u64> {
    // All else is worked out by them.
    let mut mended = u64::from(definitions::mend_tables(txn)?);
    let schema = Reader::inside(txn)?.schema();
    let parts = DerivedPart::all(schema.derivations()?);
    let of = parts.len() as u64;
    for (done, part) in parts.iter().enumerate() {
        progress(done as u64, of);
        mended += mend_part(part, txn, schema)?;
    }
    let mut amiss = 0;
    search::verify(&Reader::within(txn, schema), &mut |_| amiss += 1)?;
    if amiss > 0 {
        search::rebuild(txn)?;
    }
    mended += amiss;
    progress(of, of);
    Ok(mended)
}

/// Makes all that is computed what the rows say: derived fields, their indexes, counts and sums.
///
/// # Errors
/// What the store says.
pub(super) fn remake_computed(txn: &mut dyn Write, schema: &'static Schema) -> Result<()> {
    for part in DerivedPart::all(schema.derivations()?).iter().filter(|part| part.is_computed()) {
        mend_part(part, txn, schema)?;
    }
    Ok(())
}

/// Makes a part what the rows say; gives how many entries were not.
fn mend_part(part: &DerivedPart<'_>, txn: &mut dyn Write, schema: &'static Schema) -> Result<u64> {
    let mut differences = Vec::new();
    part.differences(&Reader::within(txn, schema), &mut |difference| differences.push(difference))?;
    differences.sort_by(|a, b| (a.space, &a.key).cmp(&(b.space, &b.key)));
    for of_space in differences.chunk_by(|a, b| a.space == b.space) {
        mend(of_space, txn)?;
    }
    Ok(differences.len() as u64)
}

fn mend(differences: &[Difference], txn: &mut dyn Write) -> Result<()> {
    let Some(space) = differences.first().map(|difference| difference.space) else { return Ok(()) };
    let gone = differences.iter().filter(|difference| difference.wanted.is_none());
    txn.unload(space, &mut gone.map(|difference| difference.key.as_slice()))?;
    let wanted = differences.iter().filter_map(|difference| Some((&difference.key, difference.wanted.as_ref()?)));
    txn.load(space, &mut entries(wanted))?;
    Ok(())
}

impl Flaw {
    /// What is wrong with the lists of the search.
    fn of_search(amiss: ListFlaw) -> Self {
        let (record, problem) = match amiss {
            ListFlaw::All => (None, Problem::Wrong),
            ListFlaw::Record { id, lacking: true, extra: false } => (Some(id), Problem::Lacking),
            ListFlaw::Record { id, lacking: false, .. } => (Some(id), Problem::Extra),
            ListFlaw::Record { id, .. } => (Some(id), Problem::Wrong),
        };
        Self { space: Space::Search, kind: record.map(|id| id.kind), name: "words".to_owned(), record, problem }
    }

    fn of(difference: &Difference, schema: &Schema) -> Self {
        let Difference { space, key, held, wanted } = difference;
        let problem = match (held, wanted) {
            (None, _) => Problem::Lacking,
            (_, None) => Problem::Extra,
            _ => Problem::Wrong,
        };
        let byte = if *space == Space::Meta { key.last() } else { key.first() };
        let kind = byte.and_then(|byte| schema.kind(KindId::new(*byte)));
        let (name, num) = match (space, kind) {
            (Space::Index, Some(kind)) => index_entry(kind, key),
            (Space::Derived, Some(kind)) => {
                let (held, wanted) = (held.as_deref().unwrap_or_default(), wanted.as_deref().unwrap_or_default());
                (fields(kind, Row::new(held), Row::new(wanted)), num_after(key, 1))
            }
            (Space::Summary, Some(kind)) => (summary_name(kind, key), None),
            (Space::Meta, _) => ("last number".to_owned(), None),
            _ => ("unknown".to_owned(), None),
        };
        let record = kind.zip(num).map(|(kind, num)| RecordId::new(kind.id, num));
        Self { space: *space, kind: kind.map(|kind| kind.id), name, record, problem }
    }
}

/// The index of an entry, and the number of its record.
fn index_entry(kind: &'static Kind, key: &[u8]) -> (String, Option<u64>) {
    let found = indexes_of(kind).into_iter().find(|index| key.starts_with(&index.prefix()));
    let Some(index) = found else { return ("unknown".to_owned(), None) };
    let codes: Vec<&str> = index.fields.iter().map(|def| def.code).collect();
    let by_sound = if index.by_sound { " by sound" } else { "" };
    (format!("{}{by_sound}", codes.join("+")), number_of(&index, key))
}

fn number_of(index: &Index, key: &[u8]) -> Option<u64> {
    let mut rest = key.get(index.prefix().len()..)?;
    for def in index.fields {
        (_, rest) = split_value(def.ty, rest)?;
    }
    num_after(rest, 0)
}

/// The derived fields in which two rows differ.
fn fields(kind: &Kind, held: Row<'_>, wanted: Row<'_>) -> String {
    let tags: HashSet<u16> = held.raw_fields().chain(wanted.raw_fields()).map(|(tag, _)| tag).collect();
    let differs = |tag: &u16| held.raw(*tag) != wanted.raw(*tag);
    let mut codes: Vec<&str> =
        tags.into_iter().filter(differs).map(|tag| kind.ever_by_tag(tag).map_or("unknown", |def| def.code)).collect();
    codes.sort_unstable();
    codes.join(", ")
}

/// What a summary counts by.
fn summary_name(kind: &Kind, key: &[u8]) -> String {
    let number = summary::number_of(key).unwrap_or_default();
    match kind.summaries.iter().find(|def| def.number == number) {
        Some(def) => def.by.iter().map(|field| field.code).collect::<Vec<_>>().join("+"),
        None if number == 0 => "all".to_owned(),
        None => "unknown".to_owned(),
    }
}

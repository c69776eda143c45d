//! Whether what the store keeps beside its rows is what the rows say: indexes, derived fields, summaries, the lists of
//! the search.
//!
//! Everything is computed anew from the rows and compared. A store that passes answers every question the same way
//! whether it is asked of an index or of the records.

use std::{collections::BTreeMap, ops::ControlFlow};

use crate::{
    domain::{KINDS, Kind, Lookup, Record, RecordId, Row},
    error::Result,
};

use super::{
    engine::{KeyRange, Space},
    index::indexes_of,
    keys::put_num,
    reader::Reader,
    row, search,
    summary::{Both, Deltas, contribute},
};

/// The differences between what is kept and what the rows say; empty for a sound store.
///
/// # Errors
/// What the store says.
pub fn verify(reader: &Reader<'_>) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    let (mut index, mut derived, mut deltas) = (BTreeMap::new(), BTreeMap::new(), Deltas::new());
    for kind in KINDS {
        for (num, record) in records(reader, kind)? {
            expect(reader, kind, num, &record, &mut index, &mut derived, &mut deltas)?;
        }
    }
    compare(reader, Space::Index, &index, &mut complaints)?;
    compare(reader, Space::Derived, &derived, &mut complaints)?;
    let summaries =
        deltas.into_iter().filter_map(|(key, summary)| summary.encode().map(|value| (key, value))).collect();
    compare(reader, Space::Summary, &summaries, &mut complaints)?;
    search::verify(reader, &mut complaints)?;
    Ok(complaints)
}

type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

fn records(reader: &Reader<'_>, kind: &Kind) -> Result<Vec<(u64, Record)>> {
    let mut records = Vec::new();
    reader.rows(kind.id, 0, false, &mut |num, row| {
        records.push((num, Record::from_bytes(row.bytes().to_vec())));
        ControlFlow::Continue(())
    })?;
    Ok(records)
}

fn expect(
    reader: &Reader<'_>,
    kind: &'static Kind,
    num: u64,
    record: &Record,
    index: &mut Entries,
    derived: &mut Entries,
    deltas: &mut Deltas,
) -> Result<()> {
    let id = RecordId::new(kind.id, num);
    let computed = match kind.derivation {
        Some(derivation) => (derivation.compute)(id, record, reader as &dyn Lookup)?,
        None => Record::new(),
    };
    let mut scratch = Vec::new();
    for each in indexes_of(kind) {
        let row: Row<'_> = if each.is_derived() { computed.row() } else { record.row() };
        each.values(row, &mut scratch, &mut |value| {
            let mut key = value.to_vec();
            put_num(&mut key, num);
            index.insert(key, Vec::new());
        });
    }
    contribute(deltas, kind, Both { row: record.row(), derived: computed.row() }, 1);
    if !computed.row().bytes().is_empty() {
        derived.insert(row::key(kind.id, num), computed.row().bytes().to_vec());
    }
    Ok(())
}

fn compare(reader: &Reader<'_>, space: Space, expected: &Entries, complaints: &mut Vec<String>) -> Result<()> {
    let mut seen = 0;
    reader.raw().scan(space, KeyRange::all(), false, &mut |key, value| {
        match expected.get(key) {
            Some(wanted) if wanted == value => seen += 1,
            Some(wanted) => {
                seen += 1;
                complaints.push(format!("{space:?} {key:02x?} holds {value:02x?} instead of {wanted:02x?}"));
            }
            None => complaints.push(format!("{space:?} {key:02x?} should not be there")),
        }
        ControlFlow::Continue(())
    })?;
    if seen < expected.len() {
        complaints.push(format!("{space:?} lacks {} entries", expected.len() - seen));
    }
    Ok(())
}

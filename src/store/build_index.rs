//! Unfinished indexes.
//!
//! An index of a field that many records hold already is not filled in the step that asks for it: the lock would be held
//! for seconds. That step notes in `meta` that the index is unfinished. From then on every writer keeps its keys, and
//! no question looks into it (`FieldDef::unfinished`). Then the records go by in the order of their numbers, a part in
//! each transaction, which puts their keys in. A key that a writer has put there already is put there once more, which
//! changes nothing; so a process that dies between two parts has done no harm, and any other goes on from the note.

use std::ops::ControlFlow;

use crate::{
    domain::{
        FieldDef, Kind, Lookup, Record, RecordId, Schema,
        define::{field, numbers},
    },
    error::{Failed, Result},
};

use super::{
    arena::Keys,
    change::difference,
    definitions::{self, schema_of},
    engine::{Read, Space, Write},
    index::{Index, indexes_of},
    reader::Reader,
    unfinished::{UnfinishedIndex, key, unfinished_indexes},
};

/// Of a kind with more records than this an index is filled in parts.
const MANY: u64 = if cfg!(test) { 20 } else { 10_000 };
/// So many records go by in a transaction: a writer behind it waits for a tenth of a second.
const PART: usize = if cfg!(test) { 7 } else { 8_192 };

/// Whether an index of a kind is to be filled in parts.
///
/// # Errors
/// What the engine says.
pub(super) fn in_parts(txn: &dyn Read, schema: &'static Schema, kind: &Kind, index: &Index) -> Result<bool> {
    let [def] = index.fields else { return Ok(false) };
    // Whether a value is unique is asked of its index, and that must be whole.
    // One of what is worked out is filled as that is.
    Ok(!def.unique && !index.by_sound && !index.is_derived() && Reader::within(txn, schema).total(kind.id)? > MANY)
}

/// Notes that the index of this field is unfinished; whether a record defines it, which the note is about.
///
/// # Errors
/// What the engine says.
pub(super) fn begin(txn: &mut dyn Write, kind: &Kind, def: &FieldDef, at: u64) -> Result<bool> {
    let mut by = None;
    Reader::inside(txn)?.rows(field::ID, 0, false, &mut |num, row| {
        let record = Record::from_bytes(row.bytes().to_vec());
        let own = numbers::tag(num) == Some(def.tag);
        let told = def.tag < numbers::FIRST_TAG && !field::is_own(&record) && record.get(field::CODE) == Some(def.code);
        if record.get(field::OF) == Some(kind.noun) && (own || told) {
            by = Some(num);
        }
        ControlFlow::Continue(())
    })?;
    let Some(field) = by else { return Ok(false) };
    UnfinishedIndex { field, next: 1, at }.write(txn)?;
    Ok(true)
}

/// Forgets what is unfinished but is not kept any more.
///
/// # Errors
/// What the engine says.
pub(super) fn forget_others(txn: &mut dyn Write, schema: &'static Schema) -> Result<()> {
    for UnfinishedIndex { field, .. } in unfinished_indexes(txn)? {
        if field_of(txn, schema, field)?.is_none() {
            txn.remove(Space::Meta, &key(field))?;
        }
    }
    Ok(())
}

/// Finishes those of fields that are unique now: whether a value is there already is asked of the index, which must be whole.
///
/// # Errors
/// As [`build_part`].
pub(super) fn finish_unique(txn: &mut dyn Write, schema: &'static Schema) -> Result<()> {
    for UnfinishedIndex { field, next, .. } in unfinished_indexes(txn)? {
        if let Some((kind, index)) = field_of(txn, schema, field)?.filter(|(_, index)| index.fields[0].unique) {
            fill(&index, kind, (next, usize::MAX), schema, txn)?;
            txn.remove(Space::Meta, &key(field))?;
        }
    }
    Ok(())
}

/// The index that a record asks for, of a field in the trash too: it is kept on, for the field may come back.
fn field_of(read: &dyn Read, schema: &'static Schema, num: u64) -> Result<Option<(&'static Kind, Index)>> {
    let held = Reader::within(read, schema).held(RecordId::new(field::ID, num))?;
    let Some(record) = held.map(|held| held.record) else { return Ok(None) };
    let Some(kind) = record.get(field::OF).and_then(|of| schema.named(of)) else { return Ok(None) };
    let own = numbers::tag(num).and_then(|tag| kind.ever_by_tag(tag));
    let def = own.or_else(|| record.get(field::CODE).and_then(|code| kind.field(code)));
    let index = def.and_then(|def| indexes_of(kind).into_iter().find(|index| index.number == def.tag));
    Ok(index.map(|index| (kind, index)))
}

/// Puts the keys of the next records into the first unfinished index; whether there is more to do. `at` is when.
///
/// # Errors
/// What the engine says, or a record that cannot be read.
pub fn build_part(txn: &mut dyn Write, at: u64) -> Result<bool> {
    let all = unfinished_indexes(txn)?;
    let Some(first) = all.first().copied() else { return Ok(false) };
    let schema = schema_of(txn)?;
    let last = match field_of(txn, schema, first.field)? {
        Some((kind, index)) => fill(&index, kind, (first.next, PART), schema, txn)?,
        None => None,
    };
    if let Some(last) = last {
        UnfinishedIndex { next: last + 1, at, ..first }.write(txn)?;
        return Ok(true);
    }
    txn.remove(Space::Meta, &key(first.field))?;
    definitions::note(txn)?;
    Ok(all.len() > 1)
}

/// Puts the keys of so many records into an index, beginning with a number; the last of them where there may be more.
///
/// # Errors
/// As [`build_part`].
pub(super) fn fill(
    index: &Index,
    kind: &'static Kind,
    (from, most): (u64, usize),
    schema: &'static Schema,
    txn: &mut dyn Write,
) -> Result<Option<u64>> {
    let (mut removed, mut added, mut scratch) = (Keys::mixed(), Keys::mixed(), Vec::new());
    let reader = Reader::within(txn, schema);
    let (mut failed, mut seen, mut last) = (Failed::default(), 0, None);
    reader.rows(kind.id, from, false, &mut |num, row| {
        if seen == most {
            return ControlFlow::Break(());
        }
        (seen, last) = (seen + 1, Some(num));
        let read = if index.is_derived() {
            reader.derived(RecordId::new(kind.id, num))
        } else {
            Ok(Record::from_bytes(row.bytes().to_vec()))
        };
        let keys =
            read.and_then(|record| difference(index, num, None, Some(&record), &mut scratch, &mut removed, &mut added));
        failed.flow(keys.map(|()| ControlFlow::Continue(())))
    })?;
    failed.end()?;
    added.sort().put_into(txn, Space::Index)?;
    Ok(last.filter(|_| seen == most))
}

//! The definitions that a store holds, and the schema that they make.
//!
//! A store in which somebody has defined something is of a format of its own, so that for any other nothing is read. It
//! says in `meta` a digest of its definitions: a process reads them and makes a schema of them once for each digest,
//! however many stores, steps and looks have it.

use std::{
    collections::{BTreeMap, HashSet},
    ops::{Bound, ControlFlow},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    domain::{
        KindId, Record, RecordId, Schema, bytes,
        checksum::Checksum,
        define::{self, Definition, Names, Problem, compile_with},
        schema::BASE,
    },
    error::{Error, Result},
    language::formula::FormulaLanguage,
    text::said,
};

use super::{
    change::RecordChange,
    engine::{KeyRange, Read, Space, Write},
    journal::Residence,
    keys::num_after,
    layout::layout,
    meta,
    row::{self, Stored},
    unfinished::unfinished_indexes,
};

/// The schema of a state of the store.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub fn schema_of(read: &dyn Read) -> Result<&'static Schema> {
    schema_in(read, meta::number(read, meta::FORMAT_KEY)?)
}

/// The same where the format of the store is known.
pub(super) fn schema_in(read: &dyn Read, format: u64) -> Result<&'static Schema> {
    if format != meta::FORMAT_WITH_DEFINITIONS {
        return Ok(&BASE);
    }
    let digest = meta::number(read, meta::SCHEMA)?;
    let known = made().get(&(digest, Names::Stored)).copied();
    if let Some(made) = known {
        return Ok(&made.schema);
    }
    Ok(match packed_in(read, digest)? {
        Some(schema) => &keep(digest, Names::Stored, || Made { schema, problems: Vec::new() }).schema,
        // Within a step the digest may be of before it.
        None => &made_of(definitions(read)?, Names::Stored).schema,
    })
}

/// The definitions of a state of the store that do not fit into its schema, each with why.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub fn left_out(read: &dyn Read, names: Names) -> Result<&'static [Problem]> {
    Ok(&made_of(definitions(read)?, names).problems)
}

/// Notes the digest of the definitions, and the tables that they make: after the rows of a step that changes them.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub(super) fn note(txn: &mut dyn Write) -> Result<()> {
    let definitions = definitions(txn)?;
    let digest = digest(&definitions);
    meta::set_number(txn, meta::SCHEMA, digest)?;
    match packed(digest, made_of(definitions, Names::Stored)) {
        Some(tables) => txn.put(Space::Meta, meta::TABLES, &tables)?,
        None => drop(txn.remove(Space::Meta, meta::TABLES)?),
    }
    Ok(())
}

/// Whether the tables that a store keeps, if it keeps any, are those that its definitions make.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub(super) fn are_tables_true(read: &dyn Read) -> Result<bool> {
    let digest = meta::number(read, meta::SCHEMA)?;
    let Some(kept) = read.get(Space::Meta, meta::TABLES)?.filter(|kept| body(kept, digest).is_some()) else {
        return Ok(true);
    };
    let (schema, problems) = compile_with(&BASE, definitions(read)?, Names::Stored, &FormulaLanguage);
    Ok(packed(digest, &Made { schema, problems }).as_deref() == Some(&*kept))
}

/// Makes them so; whether they were not.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub(super) fn mend_tables(txn: &mut dyn Write) -> Result<bool> {
    let wrong = !are_tables_true(txn)?;
    if wrong {
        let digest = meta::number(txn, meta::SCHEMA)?;
        made().retain(|(of, _), _| *of != digest);
        note(txn)?;
    }
    Ok(wrong)
}

/// What is kept of the tables of definitions: of which definitions they are, with which tables of the program they were
/// made, and they themselves. Where a definition did not fit, nothing is kept, for that has to be found again.
fn packed(digest: u64, made: &Made) -> Option<Vec<u8>> {
    let mut out = heading(digest);
    out.extend(made.problems.is_empty().then(|| define::pack(&BASE, &made.schema))??);
    Some(out)
}

/// The schema of the tables that are kept of these definitions, if this version of the program kept them.
fn packed_in(read: &dyn Read, digest: u64) -> Result<Option<Schema>> {
    let kept = read.get(Space::Meta, meta::TABLES)?;
    let body = kept.as_deref().and_then(|kept| body(kept, digest));
    // Names and labels are borrowed from it for as long as the program lives.
    Ok(body.and_then(|body| define::unpack(&BASE, body.to_vec().leak(), &FormulaLanguage)))
}

fn body(kept: &[u8], digest: u64) -> Option<&[u8]> {
    kept.strip_prefix(&*heading(digest))
}

fn heading(digest: u64) -> Vec<u8> {
    let mut heading = Vec::new();
    bytes::put_unsigned(&mut heading, digest);
    heading.push(define::PACKING);
    bytes::put_unsigned(&mut heading, layout(&BASE));
    bytes::put_unsigned(&mut heading, meta::VERSION.len() as u64);
    heading.extend_from_slice(meta::VERSION.as_bytes());
    heading
}

/// The schema that a store has once these changes are written, and the definitions that do not fit into it.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub fn schema_after(
    read: &dyn Read,
    changes: &[RecordChange],
    names: Names,
) -> Result<(&'static Schema, &'static [Problem])> {
    let mut definitions = definitions(read)?;
    let changed: HashSet<RecordId> = changes.iter().map(|change| change.id).collect();
    definitions.retain(|definition| !changed.contains(&definition.id));
    for change in changes.iter().filter(|change| define::is_definition(change.id.kind)) {
        definitions.extend(change.after.as_ref().map(|after| Definition {
            id: change.id,
            record: after.record.clone(),
            trashed: after.place == Residence::Trash,
            unfinished: false,
        }));
    }
    definitions.sort_by_key(|definition| definition.id);
    let made = made_of(definitions, names);
    Ok((&made.schema, &made.problems))
}

/// Every definition, those in the trash too, in the order of their ids.
fn definitions(read: &dyn Read) -> Result<Vec<Definition>> {
    let mut found = Vec::new();
    for kind in define::KINDS {
        for (space, trashed) in [(Space::Rows, false), (Space::Trash, true)] {
            read_kind(read, kind.id, (space, trashed), &mut found)?;
        }
    }
    found.sort_by_key(|definition| definition.id);
    for unfinished in unfinished_indexes(read)? {
        let id = RecordId::new(define::field::ID, unfinished.field);
        found.iter_mut().filter(|definition| definition.id == id).for_each(|definition| definition.unfinished = true);
    }
    Ok(found)
}

fn read_kind(
    read: &dyn Read,
    kind: KindId,
    (space, trashed): (Space, bool),
    found: &mut Vec<Definition>,
) -> Result<()> {
    let (start, end) = (row::key(kind, 0), row::key(kind, u64::MAX));
    let range = KeyRange::between(Bound::Included(&start), Bound::Excluded(&end));
    let mut bad = false;
    read.scan(space, range, false, &mut |key, value| {
        let stored = num_after(key, 1).zip(Stored::read(value));
        let Some((num, stored)) = stored else {
            bad = true;
            return ControlFlow::Break(());
        };
        let record = Record::from_bytes(stored.row.bytes().to_vec());
        found.push(Definition { id: RecordId::new(kind, num), record, trashed, unfinished: false });
        ControlFlow::Continue(())
    })?;
    if bad {
        return Err(Error::failure(said!("A definition cannot be read", "有一条定义无法读取"))
            .hint(said!("the store may be damaged", "数据文件可能已损坏")));
    }
    Ok(())
}

/// A schema, and the definitions that did not fit into it.
struct Made {
    schema: Schema,
    problems: Vec<Problem>,
}

/// What was made in this process, by the digest of the definitions and whether their names were judged.
fn made() -> MutexGuard<'static, BTreeMap<(u64, Names), &'static Made>> {
    static MADE: Mutex<BTreeMap<(u64, Names), &'static Made>> = Mutex::new(BTreeMap::new());
    MADE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The schema of these definitions, made once in a process.
fn made_of(definitions: Vec<Definition>, names: Names) -> &'static Made {
    let digest = digest(&definitions);
    let made_now = keep(digest, names, || {
        let (schema, problems) = compile_with(&BASE, definitions, names, &FormulaLanguage);
        Made { schema, problems }
    });
    if made_now.problems.is_empty() {
        made().entry((digest, Names::Stored)).or_insert(made_now);
    }
    made_now
}

fn keep(digest: u64, names: Names, make: impl FnOnce() -> Made) -> &'static Made {
    made().entry((digest, names)).or_insert_with(|| Box::leak(Box::new(make())))
}

/// What tells two sets of definitions apart: a number of their ids, places and fields, 0 where there are none.
fn digest(definitions: &[Definition]) -> u64 {
    let mut sum = Checksum::new();
    for definition in definitions {
        sum.add(&row::key(definition.id.kind, definition.id.num));
        sum.add(&[u8::from(definition.trashed), u8::from(definition.unfinished)]);
        let record = definition.record.row().bytes();
        sum.add(&(record.len() as u64).to_be_bytes());
        sum.add(record);
    }
    if definitions.is_empty() { 0 } else { sum.number() }
}

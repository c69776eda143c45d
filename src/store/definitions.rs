//! The definitions that a store holds, and the schema that they make.
//!
//! A store in which somebody has defined something is of a format of its own, so that for any other nothing is read. It
//! says in `meta` a digest of its definitions: a process reads them and makes a schema of them once for each digest,
//! however many stores, steps and looks have it.

use std::{
    collections::BTreeMap,
    ops::{Bound, ControlFlow},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    domain::{
        KindId, Record, RecordId, Schema,
        define::{self, Definition, Names, Problem, compile_with},
        schema::BASE,
    },
    error::{Error, Result},
    language::formula::FormulaLanguage,
    text::said,
};

use super::{
    change::RecordChange,
    engine::{KeyRange, Read, Space},
    journal::Residence,
    keys::num_after,
    layout::Sum,
    meta,
    row::{self, Stored},
    unfinished::unfinished,
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
    let known = made().get(&digest).copied();
    match known {
        Some(made) => Ok(&made.schema),
        None => Ok(&made_of(digest, definitions(read)?, Names::Stored).schema),
    }
}

/// The digest of the definitions of a state of the store.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub fn digest_of(read: &dyn Read) -> Result<u64> {
    Ok(digest(&definitions(read)?))
}

/// The schema that a store has once these changes are written, and the definitions that do not fit into it.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub fn schema_after(read: &dyn Read, changes: &[RecordChange]) -> Result<(&'static Schema, &'static [Problem])> {
    let mut definitions = definitions(read)?;
    definitions.retain(|definition| !changes.iter().any(|change| change.id == definition.id));
    for change in changes.iter().filter(|change| define::is_definition(change.id.kind)) {
        definitions.extend(change.after.as_ref().map(|after| Definition {
            id: change.id,
            record: after.record.clone(),
            trashed: after.place == Residence::Trash,
            building: false,
        }));
    }
    definitions.sort_by_key(|definition| definition.id);
    let made = made_of(digest(&definitions), definitions, Names::Judged);
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
    for unfinished in unfinished(read)? {
        let id = RecordId::new(define::field::ID, unfinished.field);
        found.iter_mut().filter(|definition| definition.id == id).for_each(|definition| definition.building = true);
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
        found.push(Definition { id: RecordId::new(kind, num), record, trashed, building: false });
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

/// What was made in this process, by the digest of the definitions.
fn made() -> MutexGuard<'static, BTreeMap<u64, &'static Made>> {
    static MADE: Mutex<BTreeMap<u64, &'static Made>> = Mutex::new(BTreeMap::new());
    MADE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The schema of these definitions, made once in a process.
fn made_of(digest: u64, definitions: Vec<Definition>, names: Names) -> &'static Made {
    made().entry(digest).or_insert_with(|| {
        let (schema, problems) = compile_with(&BASE, definitions, names, &FormulaLanguage);
        Box::leak(Box::new(Made { schema, problems }))
    })
}

/// What tells two sets of definitions apart: a number of their ids, places and fields, 0 where there are none.
fn digest(definitions: &[Definition]) -> u64 {
    let mut sum = Sum::new();
    for definition in definitions {
        sum.add(&row::key(definition.id.kind, definition.id.num));
        sum.add(&[u8::from(definition.trashed), u8::from(definition.building)]);
        let record = definition.record.row().bytes();
        sum.add(&(record.len() as u64).to_be_bytes());
        sum.add(record);
    }
    if definitions.is_empty() { 0 } else { sum.number() }
}

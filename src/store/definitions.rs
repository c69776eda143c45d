//! The definitions that a store holds, and the schema that they make.
//!
//! A store says in `meta` with which sequence number its definitions changed last; nothing where nobody ever defined
//! anything, and then not even that is read. A process makes a schema once for each set of definitions, however many
//! stores and steps have it.

use std::{
    collections::BTreeMap,
    ops::{Bound, ControlFlow},
    sync::{Mutex, PoisonError},
};

use crate::{
    domain::{
        KindId, Record, RecordId, Schema,
        define::{self, Definition, Problem, compile},
        schema::BASE,
    },
    error::{Error, Result},
    text::said,
};

use super::{
    change::RecordChange,
    engine::{KeyRange, Read, Space},
    journal::Residence,
    keys::num_after,
    meta,
    row::{self, Stored},
};

/// Whether anything was ever defined: the number of its schema, or 0.
///
/// # Errors
/// What the engine says.
pub fn number(read: &dyn Read) -> Result<u64> {
    meta::number(read, meta::SCHEMA)
}

/// The schema of a state of the store.
///
/// # Errors
/// What the engine says; a definition that cannot be read.
pub fn schema_of(read: &dyn Read) -> Result<&'static Schema> {
    if number(read)? == 0 { Ok(&BASE) } else { Ok(&made_of(&definitions(read)?).schema) }
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
        }));
    }
    definitions.sort_by_key(|definition| definition.id);
    let made = made_of(&definitions);
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
        found.push(Definition { id: RecordId::new(kind, num), record, trashed });
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

/// The schema of these definitions, made once in a process.
fn made_of(definitions: &[Definition]) -> &'static Made {
    static MADE: Mutex<BTreeMap<Vec<u8>, &'static Made>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.entry(bytes_of(definitions)).or_insert_with(|| {
        let (schema, problems) = compile(&BASE, definitions);
        Box::leak(Box::new(Made { schema, problems }))
    })
}

/// What tells two sets of definitions apart.
fn bytes_of(definitions: &[Definition]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for definition in definitions {
        bytes.extend_from_slice(&row::key(definition.id.kind, definition.id.num));
        bytes.push(u8::from(definition.trashed));
        let record = definition.record.row().bytes();
        bytes.extend_from_slice(&(record.len() as u64).to_be_bytes());
        bytes.extend_from_slice(record);
    }
    bytes
}

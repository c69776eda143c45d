//! Records that have a telephone number, in whatever spelling.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, KindId, RecordId, Row, Value, words::phone},
    error::Result,
    store::{Reader, engine::KeyRange, index, keys},
};

/// The live records of a kind that have this number in an indexed field: its last digits find them, and the rest must
/// agree.
///
/// # Errors
/// What the store says.
pub fn with_phone(reader: &Reader<'_>, kind: KindId, def: &FieldDef, number: &str) -> Result<Vec<RecordId>> {
    if !phone::is_whole(number) {
        return Ok(Vec::new());
    }
    let mut key = index::prefix(kind, def.tag);
    keys::put_last_digits(&mut key, number);
    let mut numbers = Vec::new();
    reader.index(KeyRange::prefix(&key), false, &mut |entry| {
        let end = entry[3..].iter().position(|byte| *byte == keys::ABSENT).map(|at| at + 4);
        numbers.extend(end.and_then(|end| keys::num_after(entry, end)));
        ControlFlow::Continue(())
    })?;
    let same = |row: Row<'_>| match row.value(def) {
        Some(Value::List(phones)) => {
            phones.iter().any(|item| matches!(item, Value::Phone(held) if phone::same(&held.number, number)))
        }
        _ => false,
    };
    let mut found = Vec::new();
    for id in numbers.into_iter().map(|num| RecordId::new(kind, num)) {
        if reader.with_row(id, same)? == Some(true) {
            found.push(id);
        }
    }
    Ok(found)
}

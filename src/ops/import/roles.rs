//! What becomes of each row: a new record, a change of one in the store, or of one that an earlier row makes.

use std::collections::HashMap;

use crate::{
    domain::{Kind, RecordId, Value},
    error::Result,
    store::Reader,
    text::{fold, said},
};

use super::{fault::Fault, finder::Finder, mapping::Mapping, rows::FileRow};

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A new record.
    Add,
    /// Fields of this record of the store.
    Update(u64),
    /// Fields of the record that this earlier row makes: it has the same key.
    Again(u32),
    /// Nothing: something is wrong with it.
    Wrong,
}

/// The role of every row, as the key decides; what is wrong goes to `fault`.
pub(super) fn roles(
    reader: Reader<'_>,
    kind: &'static Kind,
    mapping: &Mapping,
    rows: &[FileRow<'_>],
    fault: &mut dyn FnMut(Fault),
) -> Result<Vec<Role>> {
    let mut roles = vec![Role::Add; rows.len()];
    if mapping.key.is_none() && mapping.id_column.is_none() {
        return Ok(roles);
    }
    let mut finder = Finder::new(reader, kind)?;
    let mut first: HashMap<String, u32> = HashMap::new();
    for (at, (row, role)) in rows.iter().zip(&mut roles).enumerate() {
        if mapping.id_column.is_some() {
            if row.id != 0 {
                *role = if finder.exists(row.id)? {
                    Role::Update(row.id)
                } else {
                    let id = RecordId::new(kind.id, row.id);
                    let reason = said!(("there is no {} {id}", kind.noun), ("没有{} {id}", kind.zh));
                    fault(Fault { line: row.line, field: Some("id"), reason });
                    Role::Wrong
                };
            }
            continue;
        }
        let Some(def) = mapping.key else { continue };
        let Some(key) = row.fields.value(def).and_then(first_text) else { continue };
        match finder.find(def, &key)?.as_slice() {
            [] => {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                let known = *first.entry(fold(&key)).or_insert(at);
                if known != at {
                    *role = Role::Again(known);
                }
            }
            [num] => *role = Role::Update(*num),
            several => {
                let ids: Vec<_> = several.iter().take(5).map(|num| RecordId::new(kind.id, *num).to_string()).collect();
                let (n, ids) = (several.len(), ids.join(", "));
                let reason =
                    said!(("{n} {} have '{key}': {ids}", kind.plural), ("有 {n} 条{}为“{key}”：{ids}", kind.zh));
                fault(Fault { line: row.line, field: Some(def.code), reason });
                *role = Role::Wrong;
            }
        }
    }
    Ok(roles)
}

fn first_text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        Value::Phone(phone) => Some(phone.number),
        Value::List(items) => items.into_iter().next().and_then(first_text),
        _ => None,
    }
}

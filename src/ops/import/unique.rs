//! Values that no two records may have: which rows give one that a record of the store, or an earlier row, has.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{FieldDef, Kind, Lookup, RecordId, Value, user},
    error::Result,
    store::Reader,
    text::{fold, said},
};

use super::{fault::Fault, file_row::FileRow, roles::Role};

/// The unique values of the rows so far.
pub(super) struct UniqueValues {
    kind: &'static Kind,
    fields: Vec<&'static FieldDef>,
    /// The line of the row that gives a value first.
    lines: HashMap<(u16, String), u32>,
    /// The records that rows change: what they have now says nothing of what they will have.
    changed: HashSet<u64>,
}

impl UniqueValues {
    pub fn new(kind: &'static Kind, roles: &[Role]) -> Self {
        // Users of one login get others from the import.
        let asked = |def: &&FieldDef| def.unique && def.is_settable() && kind.id != user::ID;
        let fields: Vec<_> = kind.fields.iter().filter(asked).collect();
        let num = |role: &Role| match role {
            Role::Update(num) | Role::Replace(num) => Some(*num),
            _ => None,
        };
        let changed = if fields.is_empty() { HashSet::new() } else { roles.iter().filter_map(num).collect() };
        Self { kind, fields, lines: HashMap::new(), changed }
    }

    /// What is wrong with a row, which is that of this record, if there is one.
    pub fn taken(&mut self, reader: &Reader<'_>, row: FileRow<'_>, num: Option<u64>) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        for def in &self.fields {
            let Some(Value::Text(text)) = row.fields.value(def) else { continue };
            let fault = |reason| Fault { line: row.line, field: Some((def.code, def.zh)), reason };
            let key = (def.tag, fold(&text));
            if let Some(line) = self.lines.get(&key) {
                faults.push(fault(said!("line {line} has the same", "与第 {line} 行相同")));
                continue;
            }
            let holder = reader.holder(self.kind.id, def, &Value::Text(text), num.unwrap_or_default())?;
            match holder.filter(|num| !self.changed.contains(num)) {
                Some(num) => {
                    let id = RecordId::new(self.kind.id, num);
                    faults.push(fault(said!("{id} has the same", "{id} 已有相同的值")));
                }
                None => drop(self.lines.insert(key, row.line)),
            }
        }
        Ok(faults)
    }
}

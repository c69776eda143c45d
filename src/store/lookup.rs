//! What rules and derivations ask of the store, answered by a reader.

use std::ops::ControlFlow;

use crate::{
    domain::{
        FieldDef, KindId, Lookup, Record, RecordId, Row, Value,
        kind::IndexDef,
        lookup::{Kinds, Made},
    },
    error::Result,
};

use super::{
    engine::{KeyRange, Space},
    index::link_prefix,
    keys::{num_after, split_value},
    reader::{Reader, has_index},
    row,
};

impl Lookup for Reader<'_> {
    fn kinds(&self) -> &'static dyn Kinds {
        self.schema()
    }

    fn record(&self, id: RecordId) -> Result<Option<Record>> {
        self.with_row(id, |row| Record::from_bytes(row.bytes().to_vec()))
    }

    fn derived(&self, id: RecordId) -> Result<Record> {
        let stored = self.raw().get(Space::Derived, &row::key(id.kind, id.num))?;
        Ok(stored.map(Record::from_bytes).unwrap_or_default())
    }

    fn linking(
        &self,
        kind: KindId,
        link: &FieldDef,
        target: u64,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()> {
        has_index(link)?;
        let key = link_prefix(kind, link.tag, target);
        self.index(KeyRange::prefix(&key), false, &mut |entry| match num_after(entry, key.len()) {
            Some(num) => visit(num),
            None => ControlFlow::Continue(()),
        })
    }

    fn linking_by(
        &self,
        kind: KindId,
        index: &IndexDef,
        target: u64,
        reverse: bool,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()> {
        let key = link_prefix(kind, index.number, target);
        let rest_of = index.fields.get(1..).unwrap_or_default();
        self.index(KeyRange::prefix(&key), reverse, &mut |entry| {
            let mut rest = &entry[key.len()..];
            for field in rest_of {
                match split_value(field.ty, rest) {
                    Some((_, after)) => rest = after,
                    None => return ControlFlow::Continue(()),
                }
            }
            num_after(rest, 0).map_or(ControlFlow::Continue(()), &mut *visit)
        })
    }

    fn each(&self, kind: KindId, visit: &mut dyn FnMut(u64, &Record) -> ControlFlow<()>) -> Result<()> {
        self.rows(kind, 0, false, &mut |num, row| visit(num, &Record::from_bytes(row.bytes().to_vec())))
    }

    fn each_trashed(&self, kind: KindId, visit: &mut dyn FnMut(u64, &Record) -> ControlFlow<()>) -> Result<()> {
        self.trashed(kind, &mut |num, row| visit(num, &Record::from_bytes(row.bytes().to_vec())))
    }

    fn steps_giving(&self, id: RecordId, field: &FieldDef, value: &Value) -> Result<Vec<u64>> {
        super::made::steps_giving(self.raw(), (id, self.head(id)?), field, value)
    }

    fn made_by(&self, step: u64, kind: KindId, same: &[u16]) -> Result<std::rc::Rc<Made>> {
        super::made::made_by(self.raw(), (step, kind), same, &|id| self.record(id)).map(Into::into)
    }

    fn holder(&self, kind: KindId, field: &FieldDef, value: &Value, except: u64) -> Result<Option<u64>> {
        for num in self.numbers_by_value(kind, field, value)? {
            let same = |row: Row<'_>| row.value(field).is_some_and(|held| same_text(&held, value));
            if num != except && self.with_row(RecordId::new(kind, num), same)? == Some(true) {
                return Ok(Some(num));
            }
        }
        Ok(None)
    }
}

fn same_text(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => crate::text::fold(a) == crate::text::fold(b),
        _ => a == b,
    }
}

//! What a kept formula reads of a record: what a derivation may look at.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, Lookup, Record, RecordId, Value, bytes, decode},
    error::{Failed, Result},
    language::{
        field_path::{FieldPath, Leaf},
        filter::is_nought_when_absent,
    },
};

use super::{
    by_schema::ANYWHERE,
    evaluate::{EvalContext, Values, Visit},
    node::Children,
};

/// A record that a derivation is computed for.
pub(super) struct RecordValues<'a> {
    pub(super) id: RecordId,
    pub(super) record: &'a Record,
    pub(super) lookup: &'a dyn Lookup,
}

impl Values for RecordValues<'_> {
    fn context(&self) -> &EvalContext {
        &ANYWHERE
    }

    fn own(&self, path: &FieldPath) -> Result<Option<Value>> {
        let [link] = path.links() else { return at_end(path, self.id, self.record, self.lookup) };
        let target = self.lookup.kinds().target(link);
        let number = match link.derived {
            true => self.lookup.derived(self.id)?.row().raw(link.tag).and_then(bytes::unsigned),
            false => self.record.row().raw(link.tag).and_then(bytes::unsigned),
        };
        let Some((kind, number)) = target.zip(number) else { return Ok(None) };
        let id = RecordId::new(kind, number);
        self.lookup.record(id)?.map_or(Ok(None), |record| at_end(path, id, &record, self.lookup))
    }

    fn children(&self, of: &Children, item: Option<&FieldPath>, visit: &mut Visit<'_>) -> Result<()> {
        let filter = of.filter.as_ref().map(|clause| &clause.filter);
        let mut failed = Failed::default();
        let look = |num: u64, visit: &mut Visit<'_>| {
            if filter.is_none() && item.is_none() {
                return Ok(visit(None));
            }
            let id = RecordId::new(of.kind.id, num);
            let Some(child) = self.lookup.record(id)? else { return Ok(ControlFlow::Continue(())) };
            if let Some(filter) = filter
                && !filter.passes(id, &child, self.lookup)?
            {
                return Ok(ControlFlow::Continue(()));
            }
            let value = item.map(|path| at_end(path, id, &child, self.lookup)).transpose()?;
            Ok(visit(value.flatten()))
        };
        self.lookup.linking(of.kind.id, of.link, self.id.num, &mut |num| failed.flow(look(num, visit)))?;
        failed.end()
    }
}

/// What the record at the end of a path has there.
fn at_end(path: &FieldPath, id: RecordId, record: &Record, lookup: &dyn Lookup) -> Result<Option<Value>> {
    let def = match path.leaf() {
        Leaf::Id => return Ok(Some(Value::Link(id.num))),
        Leaf::Field(def) => def,
    };
    if !def.derived {
        return Ok(value_of(def, record));
    }
    let nought = || is_nought_when_absent(def).then_some(Value::Whole(0));
    Ok(value_of(def, &lookup.derived(id)?).or_else(nought))
}

fn value_of(def: &FieldDef, record: &Record) -> Option<Value> {
    record.row().raw(def.tag).and_then(|stored| decode(def, stored))
}

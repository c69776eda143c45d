//! What rules and derivations may ask of the store, without knowing it.

use std::{any::Any, collections::HashMap, ops::ControlFlow, rc::Rc};

use super::{
    KindId, Record, RecordId, Value,
    field::FieldDef,
    indexes::{IndexDef, SummaryDef},
    words::money::Currency,
};
use crate::error::{Failed, Result};

/// The kinds of record that there are, to what stands below their tables.
pub trait Kinds: Any + Send + Sync {
    /// The kind that a link points to; none for a field that is no link.
    fn target(&self, link: &FieldDef) -> Option<KindId>;
}

/// What rules and derivations may ask of the store.
pub trait Lookup {
    /// The kinds of record that there are; `Schema::of` tells all of them.
    fn kinds(&self) -> &'static dyn Kinds;

    /// A record that is not in the trash; sees the changes that the same step makes before.
    fn record(&self, id: RecordId) -> Result<Option<Record>>;

    /// The derived fields of a record, as last computed.
    fn derived(&self, id: RecordId) -> Result<Record>;

    /// Visits the records of `kind` whose `link` points to `target`, in the order of their numbers.
    fn linking(
        &self,
        kind: KindId,
        link: &FieldDef,
        target: u64,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()>;

    /// Visits the records whose first field of `index` is a link to `target`, in the order of the index or against it.
    fn linking_by(
        &self,
        kind: KindId,
        index: &IndexDef,
        target: u64,
        reverse: bool,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()>;

    /// Visits every record of a kind.
    fn each(&self, kind: KindId, visit: &mut dyn FnMut(u64, &Record) -> ControlFlow<()>) -> Result<()>;

    /// Visits every record of a kind that lies in the trash, as it was before the step.
    fn each_trashed(&self, _: KindId, _: &mut dyn FnMut(u64, &Record) -> ControlFlow<()>) -> Result<()> {
        Ok(())
    }

    /// The steps before this one which gave a record's field this value, the latest first.
    fn steps_giving(&self, id: RecordId, field: &FieldDef, value: &Value) -> Result<Vec<u64>>;

    /// The records of a kind that such a step made, to be found by their fields `same`: always the same ones for a kind.
    fn made_by(&self, step: u64, kind: KindId, same: &[u16]) -> Result<Rc<Made>>;

    /// The count and sums of a group of a summary, as they are once the step is done; none where that is not known yet,
    /// so that the records have to be looked at.
    fn total_of(&self, _: KindId, _: &SummaryDef, _: &[Option<&[u8]>]) -> Result<Option<GroupTotal>> {
        Ok(None)
    }

    /// A record of `kind` whose indexed text `field` has this value, other than `except`.
    fn holder(&self, kind: KindId, field: &FieldDef, value: &Value, except: u64) -> Result<Option<u64>>;
}

/// What a summary says of some records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupTotal {
    /// How many.
    pub count: i64,
    /// What they have of its first field, in each currency of which there is an amount.
    pub sums: Vec<(Currency, i128)>,
}

/// The records of a kind that a step made and that are in use, by some of their fields.
#[derive(Debug)]
pub struct Made {
    /// Whether the step made one record of the kind and changed one other.
    pub one_each: bool,
    numbers: Vec<u64>,
    by_fields: HashMap<Vec<Option<Vec<u8>>>, Vec<u64>>,
}

impl Made {
    /// Without any record yet.
    pub fn new(one_each: bool) -> Self {
        Self { one_each, numbers: Vec::new(), by_fields: HashMap::new() }
    }

    /// Adds one.
    pub fn add(&mut self, num: u64, record: &Record, same: &[u16]) {
        self.numbers.push(num);
        self.by_fields.entry(stored(record, same)).or_default().push(num);
    }

    /// All numbers.
    pub fn all(&self) -> &[u64] {
        &self.numbers
    }

    /// The numbers of those whose fields `same`, with which they were added, are those of a record.
    pub fn like(&self, record: &Record, same: &[u16]) -> &[u64] {
        self.by_fields.get(&stored(record, same)).map_or(&[], Vec::as_slice)
    }
}

fn stored(record: &Record, tags: &[u16]) -> Vec<Option<Vec<u8>>> {
    tags.iter().map(|tag| record.row().raw(*tag).map(<[u8]>::to_vec)).collect()
}

/// Reads the records of `kind` that `walk` names, one after the other, until `each` breaks off.
pub fn visit_linked(
    lookup: &dyn Lookup,
    kind: KindId,
    walk: impl FnOnce(&mut dyn FnMut(u64) -> ControlFlow<()>) -> Result<()>,
    mut each: impl FnMut(&Record) -> ControlFlow<()>,
) -> Result<()> {
    let mut failed = Failed::default();
    walk(&mut |num| {
        let record = lookup.record(RecordId::new(kind, num));
        failed.flow(record.map(|record| record.map_or(ControlFlow::Continue(()), |record| each(&record))))
    })?;
    failed.end()
}

//! What rules and derivations may ask of the store, without knowing it.

use std::ops::ControlFlow;

use super::{
    KindId, Record, RecordId, Value,
    field::{FieldDef, IndexDef},
};
use crate::error::{Failed, Result};

/// What rules and derivations may ask of the store.
pub trait Lookup {
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

    /// The numbers of the records that were made by the steps which gave a record's field this value, of its own kind.
    fn made_along(&self, id: RecordId, field: &FieldDef, value: &Value) -> Result<Vec<u64>>;

    /// A record of `kind` whose indexed text `field` has this value, other than `except`.
    fn holder(&self, kind: KindId, field: &FieldDef, value: &Value, except: u64) -> Result<Option<u64>>;
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

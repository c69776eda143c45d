//! What derivations see while a step is written: the records as the step leaves them, and summaries with what it adds.

use std::{ops::ControlFlow, rc::Rc};

use crate::{
    domain::{
        FieldDef, KindId, Lookup, Record, RecordId, Value,
        kind::{IndexDef, SummaryDef},
        lookup::{GroupTotal, Kinds, Made},
    },
    error::Result,
    store::{
        reader::Reader,
        step_schemas::StepSchemas,
        summary::{Deltas, group_key},
    },
};

/// A reader of the step's transaction, and what is not written to the summaries yet.
pub(super) struct StepLookup<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) schemas: StepSchemas,
    pub(super) deltas: &'a Deltas,
}

impl Lookup for StepLookup<'_> {
    fn kinds(&self) -> &'static dyn Kinds {
        self.reader.kinds()
    }

    fn record(&self, id: RecordId) -> Result<Option<Record>> {
        self.reader.record(id)
    }

    fn derived(&self, id: RecordId) -> Result<Record> {
        self.reader.derived(id)
    }

    fn linking(
        &self,
        kind: KindId,
        link: &FieldDef,
        target: u64,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()> {
        self.reader.linking(kind, link, target, visit)
    }

    fn linking_by(
        &self,
        kind: KindId,
        index: &IndexDef,
        target: u64,
        reverse: bool,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()> {
        self.reader.linking_by(kind, index, target, reverse, visit)
    }

    fn each(&self, kind: KindId, visit: &mut dyn FnMut(u64, &Record) -> ControlFlow<()>) -> Result<()> {
        self.reader.each(kind, visit)
    }

    fn steps_giving(&self, id: RecordId, field: &FieldDef, value: &Value) -> Result<Vec<u64>> {
        self.reader.steps_giving(id, field, value)
    }

    fn made_by(&self, step: u64, kind: KindId, same: &[u16]) -> Result<Rc<Made>> {
        self.reader.made_by(step, kind, same)
    }

    /// A step that changes definitions may make a summary that nothing is counted in yet.
    fn total_of(&self, kind: KindId, def: &SummaryDef, group: &[Option<&[u8]>]) -> Result<Option<GroupTotal>> {
        if !self.schemas.stay() {
            return Ok(None);
        }
        let key = group_key(kind, def, group)?;
        let mut held = self.reader.summary(&key)?;
        if let Some(delta) = self.deltas.get(&key) {
            held.merge(delta);
        }
        Ok(Some(held.total()))
    }

    fn holder(&self, kind: KindId, field: &FieldDef, value: &Value, except: u64) -> Result<Option<u64>> {
        self.reader.holder(kind, field, value, except)
    }
}

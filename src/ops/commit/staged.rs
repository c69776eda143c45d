//! The store as it will be when the changes prepared so far are written: what rules look at.

use std::{cell::RefCell, collections::HashMap, ops::ControlFlow};

use crate::{
    domain::{FieldDef, KindId, Lookup, Record, RecordId, Value, field::IndexDef},
    error::Result,
    store::{Held, Reader, RecordChange, Spreading},
};

/// Changes in the making, over a reader.
pub(super) struct Staged<'a> {
    reader: Reader<'a>,
    changes: RefCell<Changes>,
    exists: RefCell<HashMap<RecordId, bool, Spreading>>,
    /// Records that the next edits change, read beforehand.
    expected: RefCell<HashMap<RecordId, Held, Spreading>>,
}

struct Changes {
    list: Vec<RecordChange>,
    at: HashMap<RecordId, usize, Spreading>,
}

impl<'a> Staged<'a> {
    /// With room for so many changes.
    pub(super) fn new(reader: Reader<'a>, room: usize) -> Self {
        let at = HashMap::with_capacity_and_hasher(room, Spreading::default());
        let changes = Changes { list: Vec::with_capacity(room), at };
        Self { reader, changes: RefCell::new(changes), exists: RefCell::default(), expected: RefCell::default() }
    }

    /// The record as it was before the step, and as the step has made it so far.
    pub(super) fn change_of(&self, id: RecordId) -> Result<Option<RecordChange>> {
        let changes = self.changes.borrow();
        if let Some(at) = changes.at.get(&id) {
            return Ok(Some(changes.list[*at].clone()));
        }
        let expected = self.expected.borrow_mut().remove(&id);
        let held = expected.map_or_else(|| self.reader.held(id), |held| Ok(Some(held)))?;
        Ok(held.map(|held| {
            let state = crate::store::State { place: held.place, record: held.record };
            RecordChange { id, prev: held.head, before: Some(state.clone()), after: Some(state) }
        }))
    }

    /// Takes records, as the reader sees them, that the next edits change.
    pub(super) fn foresee(&self, records: Vec<(RecordId, Held)>) {
        let mut expected = self.expected.borrow_mut();
        expected.clear();
        expected.extend(records);
    }

    /// Puts a change in the place of an earlier one of the same record.
    pub(super) fn put(&self, change: RecordChange) {
        let mut changes = self.changes.borrow_mut();
        match changes.at.get(&change.id).copied() {
            Some(at) => changes.list[at] = change,
            None => {
                let at = changes.list.len();
                changes.at.insert(change.id, at);
                changes.list.push(change);
            }
        }
    }

    /// Whether a live record of that id will exist; remembers what the store says.
    pub(super) fn exists(&self, id: RecordId) -> Result<bool> {
        if let Some(at) = self.changes.borrow().at.get(&id) {
            return Ok(self.changes.borrow().list[*at].live_after().is_some());
        }
        if let Some(known) = self.exists.borrow().get(&id) {
            return Ok(*known);
        }
        let found = self.reader.with_row(id, |_| ())?.is_some();
        self.exists.borrow_mut().insert(id, found);
        Ok(found)
    }

    /// The changes, in the order in which they were first made.
    pub(super) fn into_changes(self) -> Vec<RecordChange> {
        self.changes.into_inner().list
    }

    fn staged(&self, id: RecordId) -> Option<Option<Record>> {
        let changes = self.changes.borrow();
        changes.at.get(&id).map(|at| changes.list[*at].live_after().cloned())
    }
}

impl Lookup for Staged<'_> {
    fn record(&self, id: RecordId) -> Result<Option<Record>> {
        match self.staged(id) {
            Some(staged) => Ok(staged),
            None => self.reader.record(id),
        }
    }

    /// As they were before the step: they are computed when it is written.
    fn derived(&self, id: RecordId) -> Result<Record> {
        self.reader.derived(id)
    }

    /// As the index was before the step.
    fn linking(
        &self,
        kind: KindId,
        link: &FieldDef,
        target: u64,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()> {
        self.reader.linking(kind, link, target, visit)
    }

    /// As the index was before the step.
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
        let mut broke = false;
        self.reader.each(kind, &mut |num, record| {
            let flow = match self.staged(RecordId::new(kind, num)) {
                Some(Some(staged)) => visit(num, &staged),
                Some(None) => ControlFlow::Continue(()),
                None => visit(num, record),
            };
            broke = flow.is_break();
            flow
        })?;
        if broke {
            return Ok(());
        }
        let added: Vec<(u64, Record)> = {
            let changes = self.changes.borrow();
            let new = changes.list.iter().filter(|change| change.id.kind == kind && change.live_before().is_none());
            new.filter_map(|change| change.live_after().map(|record| (change.id.num, record.clone()))).collect()
        };
        for (num, record) in added {
            if visit(num, &record).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn holder(&self, kind: KindId, field: &FieldDef, value: &Value, except: u64) -> Result<Option<u64>> {
        let same = |record: &Record| {
            record.row().value(field).is_some_and(|held| match (&held, value) {
                (Value::Text(held), Value::Text(value)) => crate::text::fold(held) == crate::text::fold(value),
                _ => held == *value,
            })
        };
        {
            let changes = self.changes.borrow();
            let staged = changes.list.iter().filter(|change| change.id.kind == kind && change.id.num != except);
            for change in staged {
                if change.live_after().is_some_and(same) {
                    return Ok(Some(change.id.num));
                }
            }
        }
        let found = self.reader.holder(kind, field, value, except)?;
        Ok(found.filter(|num| self.staged(RecordId::new(kind, *num)).is_none()))
    }
}

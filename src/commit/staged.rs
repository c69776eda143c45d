//! The store as it will be when the changes prepared so far are written: what rules look at.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap, HashSet},
    ops::ControlFlow,
    rc::Rc,
};

use crate::{
    domain::{
        FieldDef, KindId, Lookup, Record, RecordId, Schema, Value, bytes,
        kind::IndexDef,
        lookup::{Kinds, Made},
        tables::PartKind,
    },
    error::Result,
    store::{MultiplyHash, Reader, RecordChange, StoredRecord},
};

/// Changes in the making, over a reader.
pub(super) struct Staged<'a> {
    reader: Reader<'a>,
    changes: RefCell<Changes>,
    exists: RefCell<HashMap<RecordId, bool, MultiplyHash>>,
    /// What was there before each change since the last mark, where there is one.
    since: RefCell<Option<Vec<PreviousChange>>>,
    /// New records of the step to which it links before it makes them.
    coming: HashSet<RecordId>,
    /// Records that the next edits change, read beforehand.
    expected: RefCell<HashMap<RecordId, StoredRecord, MultiplyHash>>,
    /// What earlier steps made, of each kind.
    made: RefCell<HashMap<(u64, KindId), Rc<Made>>>,
}

/// A record of the step, and its change before the last one; none where that was its first.
type PreviousChange = (RecordId, Option<RecordChange>);

struct Changes {
    list: Vec<RecordChange>,
    at: HashMap<RecordId, usize, MultiplyHash>,
    /// The places of the changes of each kind: rules ask for all stages of each of many deals.
    of_kind: HashMap<KindId, Vec<usize>>,
    /// The parts of each whole, by their kinds, and some that were; none where nobody has asked yet.
    parts: Option<HashMap<(KindId, u64), BTreeSet<u64>>>,
    /// The records that have, or had, a value of a unique field.
    holders: HashMap<(KindId, u16, Vec<u8>), Vec<u64>>,
}

impl Changes {
    /// Remembers what a record is a part of.
    fn join(parts: &mut HashMap<(KindId, u64), BTreeSet<u64>>, change: &RecordChange, schema: &Schema) {
        let Some(after) = change.after.as_ref().filter(|_| !schema.parts().is_empty()) else { return };
        if let Some(whole) = schema.whole_of(change.id.kind, after.record.row()) {
            parts.entry((change.id.kind, whole.num)).or_default().insert(change.id.num);
        }
    }

    /// Remembers the values of unique fields that a record is about to have.
    fn hold(&mut self, change: &RecordChange, schema: &Schema) {
        let Some((record, kind)) = change.live_after().zip(schema.kind(change.id.kind)) else { return };
        for field in kind.all_fields().filter(|def| def.unique) {
            let Some(value) = record.row().value(field) else { continue };
            let holders = self.holders.entry((kind.id, field.tag, compared(&value))).or_default();
            if !holders.contains(&change.id.num) {
                holders.push(change.id.num);
            }
        }
    }
}

/// A value of a unique field as it is compared: all of it, where the keys of its index are cut.
pub(super) fn compared(value: &Value) -> Vec<u8> {
    match value {
        Value::Text(text) => crate::text::fold(text).into_bytes(),
        other => {
            let mut stored = Vec::new();
            bytes::put(&mut stored, other);
            stored
        }
    }
}

impl<'a> Staged<'a> {
    /// With room for so many changes; `coming` are new records to which edits link before they are made.
    pub(super) fn new(reader: Reader<'a>, room: usize, coming: HashSet<RecordId>) -> Self {
        let at = HashMap::with_capacity_and_hasher(room, MultiplyHash::default());
        let (of_kind, holders) = (HashMap::new(), HashMap::new());
        let list = Vec::with_capacity(room);
        let changes = RefCell::new(Changes { list, at, of_kind, parts: None, holders });
        Self {
            reader,
            changes,
            coming,
            exists: RefCell::default(),
            since: RefCell::default(),
            expected: RefCell::default(),
            made: RefCell::default(),
        }
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
            let state = crate::store::RecordState { place: held.place, record: held.record };
            RecordChange { id, prev: held.head, before: Some(state.clone()), after: Some(state) }
        }))
    }

    /// Takes records, as the reader sees them, that the next edits change.
    pub(super) fn foresee(&self, records: Vec<(RecordId, StoredRecord)>) {
        let mut expected = self.expected.borrow_mut();
        expected.clear();
        expected.extend(records);
    }

    /// Puts a change in the place of an earlier one of the same record.
    pub(super) fn put(&self, change: RecordChange) {
        let mut changes = self.changes.borrow_mut();
        if let Some(since) = self.since.borrow_mut().as_mut() {
            let held = changes.at.get(&change.id).map(|at| changes.list[*at].clone());
            since.push((change.id, held));
        }
        changes.hold(&change, self.reader.schema());
        if let Some(parts) = &mut changes.parts {
            Changes::join(parts, &change, self.reader.schema());
        }
        match changes.at.get(&change.id).copied() {
            Some(at) => changes.list[at] = change,
            None => {
                let at = changes.list.len();
                changes.at.insert(change.id, at);
                changes.of_kind.entry(change.id.kind).or_default().push(at);
                changes.list.push(change);
            }
        }
    }

    /// Whether the step has made or changed the record so far.
    pub(super) fn is_changed(&self, id: RecordId) -> bool {
        self.changes.borrow().at.contains_key(&id)
    }

    /// The records of the step so far that are parts of a whole, wherever they are.
    pub(super) fn parts(&self, part: &PartKind, whole: u64) -> Vec<RecordId> {
        let mut changes = self.changes.borrow_mut();
        let schema = self.reader.schema();
        if changes.parts.is_none() {
            let mut parts = HashMap::new();
            changes.list.iter().for_each(|change| Changes::join(&mut parts, change, schema));
            changes.parts = Some(parts);
        }
        let of_whole = changes.parts.as_ref().and_then(|parts| parts.get(&(part.kind.id, whole)));
        let links = |id: &RecordId| {
            let after = changes.at.get(id).and_then(|at| changes.list[*at].after.as_ref());
            after.and_then(|after| after.record.row().raw(part.link.tag)).and_then(bytes::unsigned) == Some(whole)
        };
        of_whole.into_iter().flatten().map(|num| RecordId::new(part.kind.id, *num)).filter(links).collect()
    }

    /// Remembers how things stand, for [`Staged::back`].
    pub(super) fn mark(&self) {
        self.since.replace(Some(Vec::new()));
    }

    /// Takes back what was put since the last mark.
    pub(super) fn back(&self) {
        let mut changes = self.changes.borrow_mut();
        for (id, held) in self.since.take().unwrap_or_default().into_iter().rev() {
            match (held, changes.at.get(&id).copied()) {
                (Some(held), Some(at)) => changes.list[at] = held,
                // It came as the last one, and those behind it are gone already.
                (None, Some(at)) => {
                    changes.list.truncate(at);
                    changes.at.remove(&id);
                    if let Some(places) = changes.of_kind.get_mut(&id.kind) {
                        places.pop();
                    }
                }
                (_, None) => {}
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

    /// Whether a later edit of the step makes that record.
    pub(super) fn is_coming(&self, id: RecordId) -> bool {
        self.coming.contains(&id)
    }

    /// Visits the changes made so far.
    pub(super) fn each_change(&self, visit: &mut dyn FnMut(&RecordChange) -> Result<()>) -> Result<()> {
        self.changes.borrow().list.iter().try_for_each(visit)
    }

    /// Visits what was put since the last mark: the change as it stands, and the record in use that was there before.
    pub(super) fn each_since(&self, visit: &mut dyn FnMut(&RecordChange, Option<&Record>) -> Result<()>) -> Result<()> {
        let (changes, since) = (self.changes.borrow(), self.since.borrow());
        for (id, held) in since.iter().flatten() {
            let Some(change) = changes.at.get(id).map(|at| &changes.list[*at]) else { continue };
            visit(change, held.as_ref().map_or_else(|| change.live_before(), RecordChange::live_after))?;
        }
        Ok(())
    }

    /// The number of the record to which a record will link.
    pub(super) fn link_of(&self, id: RecordId, link: &FieldDef) -> Result<Option<u64>> {
        let changes = self.changes.borrow();
        if let Some(at) = changes.at.get(&id) {
            let record = changes.list[*at].live_after();
            return Ok(record.and_then(|record| record.row().raw(link.tag).and_then(bytes::unsigned)));
        }
        Ok(self.reader.with_row(id, |row| row.raw(link.tag).and_then(bytes::unsigned))?.flatten())
    }

    /// The changes, in the order in which they were first made.
    pub(super) fn into_changes(self) -> Vec<RecordChange> {
        self.changes.into_inner().list
    }

    /// The kinds of record that there are.
    pub(super) const fn schema(&self) -> &'static Schema {
        self.reader.schema()
    }

    fn staged(&self, id: RecordId) -> Option<Option<Record>> {
        let changes = self.changes.borrow();
        changes.at.get(&id).map(|at| changes.list[*at].live_after().cloned())
    }
}

impl Lookup for Staged<'_> {
    fn kinds(&self) -> &'static dyn Kinds {
        self.reader.schema()
    }

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

    fn each_trashed(&self, kind: KindId, visit: &mut dyn FnMut(u64, &Record) -> ControlFlow<()>) -> Result<()> {
        self.reader.each_trashed(kind, visit)
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
            let places = changes.of_kind.get(&kind).into_iter().flatten();
            let new = places.map(|at| &changes.list[*at]).filter(|change| change.live_before().is_none());
            new.filter_map(|change| change.live_after().map(|record| (change.id.num, record.clone()))).collect()
        };
        for (num, record) in added {
            if visit(num, &record).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn steps_giving(&self, id: RecordId, field: &FieldDef, value: &Value) -> Result<Vec<u64>> {
        self.reader.steps_giving(id, field, value)
    }

    /// As they were before the step; read once for all records that ask for them.
    fn made_by(&self, step: u64, kind: KindId, same: &[u16]) -> Result<Rc<Made>> {
        if let Some(made) = self.made.borrow().get(&(step, kind)) {
            return Ok(Rc::clone(made));
        }
        let made = self.reader.made_by(step, kind, same)?;
        self.made.borrow_mut().insert((step, kind), Rc::clone(&made));
        Ok(made)
    }

    fn holder(&self, kind: KindId, field: &FieldDef, value: &Value, except: u64) -> Result<Option<u64>> {
        let wanted = compared(value);
        {
            let changes = self.changes.borrow();
            let holders = changes.holders.get(&(kind, field.tag, wanted.clone()));
            for num in holders.into_iter().flatten().filter(|num| **num != except) {
                let change = changes.at.get(&RecordId::new(kind, *num)).map(|at| &changes.list[*at]);
                let held = change.and_then(RecordChange::live_after).and_then(|record| record.row().value(field));
                if held.is_some_and(|held| compared(&held) == wanted) {
                    return Ok(Some(*num));
                }
            }
        }
        let found = self.reader.holder(kind, field, value, except)?;
        Ok(found.filter(|num| self.staged(RecordId::new(kind, *num)).is_none()))
    }
}

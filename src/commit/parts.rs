//! Parts of records: they go to the trash with the whole, come back with it, and are purged with it. So do the choices of a
//! field.
//!
//! Which parts went with a whole is told by the journal: the step that moved a part to the trash is the step that moved
//! the whole there.

mod choices;
#[cfg(test)]
mod random;
#[cfg(test)]
pub(super) mod tests;

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    ops::ControlFlow,
    rc::Rc,
};

use crate::{
    domain::{KindId, Lookup, RecordId, Schema, bytes, define::field, tables::PartKind},
    error::{Error, Result},
    store::{
        Reader, RecordChange, find_change,
        journal::{ChangeType, Residence},
        visit_numbers,
    },
    text::{Said, counted, said},
};

use super::{skipped::SkippedRecords, staged::Staged};

/// The parts in the trash of a kind, by the number of the whole.
type Trashed = HashMap<u64, Vec<u64>>;

/// Looks for the parts of records, in the store and among what the step has made of them so far.
pub(super) struct Parts<'a> {
    reader: Reader<'a>,
    /// Of each kind, read once for all wholes that go for good: no index knows what is in the trash.
    trashed: RefCell<HashMap<KindId, Rc<Trashed>>>,
    /// Of each step, what it changed and is in the trash, read once for all wholes that it moved there.
    changed_by: RefCell<HashMap<(u64, KindId), Rc<Trashed>>>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(reader: Reader<'a>) -> Self {
        Self { reader, trashed: RefCell::default(), changed_by: RefCell::default() }
    }

    /// The parts of a record that are in use.
    pub(super) fn in_use(&self, staged: &Staged<'_>, whole: RecordId) -> Result<Vec<RecordId>> {
        let mut parts = self.choices_in_use(staged, whole)?;
        for part in self.reader.schema().parts_of(whole.kind) {
            let of_step = staged.parts(part, whole.num);
            parts.extend(self.in_use_before(part, whole.num)?.into_iter().filter(|id| !staged.is_changed(*id)));
            for id in of_step {
                if staged.exists(id)? {
                    parts.push(id);
                }
            }
        }
        Ok(parts)
    }

    /// The parts of a record in the trash that the step moved there which moved the record there.
    pub(super) fn gone_with(&self, staged: &Staged<'_>, whole: &RecordChange) -> Result<Vec<RecordId>> {
        let mut parts = self.choices_gone_with(staged, whole)?;
        for part in self.reader.schema().parts_of(whole.id.kind) {
            let step = self.moved_by(whole)?;
            let held = self.changed_by(step, part)?;
            let held = held.get(&whole.id.num).into_iter().flatten().map(|num| RecordId::new(part.kind.id, *num));
            let before = held.filter(|id| !staged.is_changed(*id));
            for id in before.chain(staged.parts(part, whole.id.num)) {
                let Some(change) = staged.change_of(id)? else { continue };
                let in_trash = change.after.as_ref().is_some_and(|after| after.place == Residence::Trash);
                if in_trash && self.moved_by(&change)? == step {
                    parts.push(id);
                }
            }
        }
        Ok(parts)
    }

    fn in_use_before(&self, part: &PartKind, whole: u64) -> Result<Vec<RecordId>> {
        let mut parts = Vec::new();
        self.reader.linking(part.kind.id, part.link, whole, &mut |num| {
            parts.push(RecordId::new(part.kind.id, num));
            ControlFlow::Continue(())
        })?;
        Ok(parts)
    }

    fn trashed(&self, part: &PartKind) -> Result<Rc<Trashed>> {
        if let Some(known) = self.trashed.borrow().get(&part.kind.id) {
            return Ok(Rc::clone(known));
        }
        let mut found = Trashed::new();
        self.reader.trashed(part.kind.id, &mut |num, row| {
            if let Some(whole) = row.raw(part.link.tag).and_then(bytes::unsigned) {
                found.entry(whole).or_default().push(num);
            }
            ControlFlow::Continue(())
        })?;
        let found = Rc::new(found);
        self.trashed.borrow_mut().insert(part.kind.id, Rc::clone(&found));
        Ok(found)
    }

    fn changed_by(&self, step: u64, part: &PartKind) -> Result<Rc<Trashed>> {
        let key = (step, part.kind.id);
        if let Some(known) = self.changed_by.borrow().get(&key) {
            return Ok(Rc::clone(known));
        }
        let mut nums = Vec::new();
        visit_numbers(self.reader.raw(), step, &mut |kind, changed| {
            if kind == part.kind.id {
                nums.extend(changed);
            }
            ControlFlow::Continue(())
        })?;
        let mut found = Trashed::new();
        for num in nums {
            let whole = self.reader.with_row_in(Residence::Trash, RecordId::new(part.kind.id, num), |row| {
                row.raw(part.link.tag).and_then(bytes::unsigned)
            })?;
            if let Some(whole) = whole.flatten() {
                found.entry(whole).or_default().push(num);
            }
        }
        let found = Rc::new(found);
        self.changed_by.borrow_mut().insert(key, Rc::clone(&found));
        Ok(found)
    }

    /// The step that moved a record in the trash there; 0 for the one that is being prepared.
    fn moved_by(&self, change: &RecordChange) -> Result<u64> {
        if change.before.as_ref().is_none_or(|before| before.place == Residence::Live) {
            return Ok(0);
        }
        let mut step = change.prev;
        while let Some(change) = find_change(self.reader.raw(), step, change.id)? {
            match change.what {
                ChangeType::Changed { from: Residence::Trash, .. } if change.prev != 0 => step = change.prev,
                _ => break,
            }
        }
        Ok(step)
    }
}

/// These records, and all that are parts of them, in use or in the trash.
///
/// # Errors
/// What the store says.
pub(super) fn with_parts(reader: &Reader<'_>, ids: &[RecordId]) -> Result<Vec<RecordId>> {
    let mut all = ids.to_vec();
    if reader.schema().parts().is_empty() && !ids.iter().any(|id| id.kind == field::ID) {
        return Ok(all);
    }
    let (parts, mut known) = (Parts::new(*reader), all.iter().copied().collect::<HashSet<_>>());
    let mut at = 0;
    while let Some(whole) = all.get(at).copied() {
        for part in reader.schema().parts_of(whole.kind) {
            let trashed = parts.trashed(part)?;
            let trashed = trashed.get(&whole.num).into_iter().flatten().map(|num| RecordId::new(part.kind.id, *num));
            let found = parts.in_use_before(part, whole.num)?.into_iter().chain(trashed);
            all.extend(found.filter(|id| known.insert(*id)));
        }
        all.extend(parts.choices(whole)?.into_iter().filter(|id| known.insert(*id)));
        at += 1;
    }
    Ok(all)
}

/// Where a record was before a step, and where it is then, if it is moved or goes for good.
fn moved(change: &RecordChange) -> Option<(Residence, Option<Residence>)> {
    let (before, after) = (change.before.as_ref()?.place, change.after.as_ref().map(|after| after.place));
    (Some(before) != after).then_some((before, after))
}

/// How many records go the way of what they are parts of.
pub fn going_along(schema: &Schema, changes: &[RecordChange]) -> u64 {
    going(schema, changes).count() as u64
}

/// The changes that go the way of what they are parts of, each with the whole.
fn going<'c>(schema: &Schema, changes: &'c [RecordChange]) -> impl Iterator<Item = (&'c RecordChange, RecordId)> {
    let ways: HashMap<RecordId, Option<Residence>> = match schema.parts().is_empty() {
        true => HashMap::new(),
        false => changes.iter().filter_map(|change| Some((change.id, moved(change)?.1))).collect(),
    };
    changes.iter().filter(|_| !schema.parts().is_empty()).filter_map(move |change| {
        let (_, to) = moved(change)?;
        let whole = schema.whole_of(change.id.kind, change.before.as_ref()?.record.row())?;
        (ways.get(&whole) == Some(&to)).then_some((change, whole))
    })
}

/// What a person should know of the parts that go along.
pub fn along(schema: &Schema, changes: &[RecordChange]) -> Option<Said> {
    let comes_back = |change: &RecordChange| moved(change).is_some_and(|(_, to)| to == Some(Residence::Live));
    let (back, along): (Vec<_>, Vec<_>) = going(schema, changes).partition(|(change, _)| comes_back(change));
    match (along.len() as u64, back.len() as u64) {
        (0, 0) => None,
        (0, count) => {
            Some(said!(("This brings {} back, too", counted(count, "part")), ("同时恢复 {count} 条从属记录")))
        }
        (count, _) => {
            Some(said!(("This takes {} along", counted(count, "part")), ("包括随之变动的 {count} 条从属记录")))
        }
    }
}

/// Leaves out the parts that would go the way of records which are left out.
pub(super) fn stay(
    schema: &Schema,
    changes: &[RecordChange],
    refused: &mut HashSet<RecordId>,
    left_out: &SkippedRecords,
) {
    loop {
        let more: Vec<(RecordId, RecordId)> = going(schema, changes)
            .filter(|(change, whole)| refused.contains(whole) && !refused.contains(&change.id))
            .map(|(change, whole)| (change.id, whole))
            .collect();
        if more.is_empty() {
            return;
        }
        for (id, whole) in more {
            let error = Error::conflict(said!("{id} is a part of {whole}", "{id} 从属于 {whole}"));
            left_out.add(Some(id.to_string()), error.at(id));
            refused.insert(id);
        }
    }
}

//! What a step intends: records to add and change, before rules and preconditions have had their say.

use std::{collections::HashSet, rc::Rc};

use crate::{
    domain::{FieldDef, KindId, Record, RecordId, Value, assign::Operand},
    error::{Error, Result},
    store::Reader,
    text::{Said, said},
};

use super::{computed::AssignedFormula, skipped::SkippedRecords};

/// What to do with one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Assign {
    /// Give it this value.
    Set(Value),
    /// Empty it.
    Clear,
    /// Give it these telephone numbers of a label in place of those that it has of that label.
    Numbers(u16, Option<Value>),
    /// Add items to a list, or to a number, date or instant.
    Add(Operand),
    /// Take items from a list, or from a number, date or instant.
    Remove(Operand),
    /// Give it what a formula gives for the record as it was before the step.
    Compute(AssignedFormula),
}

/// A field and what to do with it.
pub type Assignment = (&'static FieldDef, Assign);

/// One thing that a step does.
#[derive(Clone, Debug)]
pub enum Edit {
    /// A new record with the fields that are given.
    Add {
        /// Its id, from [`WritePlan::next_id`].
        id: RecordId,
        /// Its fields.
        record: Record,
        /// Fields that are to stay empty, whatever a new record would have there.
        blank: Box<[u16]>,
        /// Links taken over from another record, not named by anybody: they may lead to the trash.
        inherited: Box<[u16]>,
        /// Whether the step moves it to the trash at the end: it takes nothing from records in use then.
        trashed: bool,
    },
    /// Fields of a record in use.
    Set {
        /// The record.
        id: RecordId,
        /// What to do; a bulk edit shares one list.
        fields: Rc<[Assignment]>,
        /// The version that the edit was begun on: a conflict where one of the fields has changed since.
        based_on: Option<i64>,
    },
    /// To the trash.
    Trash(RecordId),
    /// Back from the trash.
    Restore(RecordId),
}

impl Edit {
    /// The record that it makes or changes.
    pub const fn id(&self) -> RecordId {
        match self {
            Self::Add { id, .. } | Self::Set { id, .. } | Self::Trash(id) | Self::Restore(id) => *id,
        }
    }
}

/// What a step intends.
#[derive(Clone, Debug)]
pub struct WritePlan {
    /// What it does, in order.
    pub edits: Vec<Edit>,
    /// Whether records come from a file: dates and owners of their own stand, defaults that name us do not apply.
    pub import: bool,
    /// Where records go that do not allow what is planned, so that the others are done; without it none is done then.
    pub left_out: Option<SkippedRecords>,
    /// What the person should know about it.
    pub remarks: Vec<Said>,
    /// Records that it adds, to which records link that it adds before them.
    pub coming: HashSet<RecordId>,
    counters: Vec<(KindId, u64)>,
}

impl WritePlan {
    /// An empty plan.
    pub fn new() -> Self {
        Self {
            edits: Vec::new(),
            import: false,
            left_out: None,
            remarks: Vec::new(),
            coming: HashSet::new(),
            counters: Vec::new(),
        }
    }

    /// The id of the next new record of a kind. Holds as long as the store stays at the reader's sequence number; a
    /// step whose store has moved on is planned again.
    pub fn next_id(&mut self, reader: &Reader<'_>, kind: KindId) -> Result<RecordId> {
        let at = match self.counters.iter().position(|(known, _)| *known == kind) {
            Some(at) => at,
            None => {
                self.counters.push((kind, reader.last_num(kind)?));
                self.counters.len() - 1
            }
        };
        let (_, last) = &mut self.counters[at];
        *last = last.checked_add(1).ok_or_else(|| {
            Error::failure(said!("There is no number left for a new record of this kind", "此类记录的编号已用完")).hint(
                said!(
                    "export the records and import them into a new store with --new-ids",
                    "请导出记录，并用 --new-ids 导入新的数据文件"
                ),
            )
        })?;
        Ok(RecordId::new(kind, *last))
    }

    /// Takes an id that a record is to have, so that later ones are numbered behind it.
    ///
    /// # Errors
    /// `Invalid` where it is higher than [`RecordId::HIGHEST_KEPT`].
    pub fn keep_id(&mut self, reader: &Reader<'_>, id: RecordId) -> Result<RecordId> {
        if id.num > RecordId::HIGHEST_KEPT {
            return Err(Error::invalid(too_high(id)));
        }
        match self.counters.iter_mut().find(|(known, _)| *known == id.kind) {
            Some((_, last)) => *last = id.num.max(*last),
            None => self.counters.push((id.kind, id.num.max(reader.last_num(id.kind)?))),
        }
        Ok(id)
    }

    /// Does what another plan intends too. That one was made beside the numbers that this one has taken.
    pub fn join(&mut self, other: Self) {
        self.edits.extend(other.edits);
        self.import |= other.import;
        self.left_out = match (self.left_out.take(), other.left_out) {
            (Some(own), Some(theirs)) => {
                own.join(&theirs);
                Some(own)
            }
            (own, theirs) => own.or(theirs),
        };
        self.remarks.extend(other.remarks);
        self.coming.extend(other.coming);
        for (kind, last) in other.counters {
            match self.counters.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, held)) => *held = last,
                None => self.counters.push((kind, last)),
            }
        }
    }

    /// The last number that it has given to each kind.
    pub fn taken(&self) -> &[(KindId, u64)] {
        &self.counters
    }

    /// The edits, and the plan without them, to number what follows from them.
    pub fn split(mut self) -> (Vec<Edit>, Self) {
        (std::mem::take(&mut self.edits), self)
    }

    /// Adds a record and gives its id.
    pub fn add(&mut self, reader: &Reader<'_>, kind: KindId, record: Record) -> Result<RecordId> {
        self.add_after(reader, kind, record, &[])
    }

    /// Adds a record that has taken over these links from another one, and gives its id.
    pub fn add_after(
        &mut self,
        reader: &Reader<'_>,
        kind: KindId,
        record: Record,
        inherited: &[u16],
    ) -> Result<RecordId> {
        let id = self.next_id(reader, kind)?;
        self.edits.push(Edit::Add { id, record, blank: Box::default(), inherited: inherited.into(), trashed: false });
        Ok(id)
    }

    /// Changes fields of a record.
    pub fn set(&mut self, id: RecordId, fields: Vec<Assignment>) {
        self.edits.push(Edit::Set { id, fields: fields.into(), based_on: None });
    }
}

/// Why an id is not kept.
pub fn too_high(id: RecordId) -> Said {
    said!(
        "the number of {id} is too high to be kept: the highest is {} (--new-ids adds the rows as new records)",
        "{id} 的编号过大，可保留的编号最大为 {}（--new-ids 可将各行作为新记录添加）",
        RecordId::HIGHEST_KEPT
    )
}

impl Default for WritePlan {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::customer, error::ErrorKind, store::Store};

    #[test]
    fn numbers_come_to_an_end_with_an_error() {
        let store = Store::in_memory().unwrap();
        let snapshot = store.snapshot().unwrap();
        let reader = snapshot.reader();
        let mut plan = WritePlan::new();
        plan.counters.push((customer::ID, u64::MAX - 1));
        assert_eq!(plan.next_id(&reader, customer::ID).unwrap().num, u64::MAX);
        assert_eq!(plan.next_id(&reader, customer::ID).map_err(|error| error.kind()), Err(ErrorKind::Failure));
        let kept = plan.keep_id(&reader, RecordId::new(customer::ID, RecordId::HIGHEST_KEPT + 1));
        assert_eq!(kept.map_err(|error| error.kind()), Err(ErrorKind::Invalid));
    }
}

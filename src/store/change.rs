//! A record before and after a step, and what follows for its index entries.

use crate::{
    domain::{KindId, Record, RecordId},
    error::Result,
};

use super::{arena::Keys, index::Index, journal::Residence};

/// Where a record is and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordState {
    /// In use or in the trash.
    pub place: Residence,
    /// Its fields.
    pub record: Record,
}

impl RecordState {
    /// A record in use.
    pub const fn live(record: Record) -> Self {
        Self { place: Residence::Live, record }
    }
}

/// A record before and after a step.
#[derive(Clone, Debug)]
pub struct RecordChange {
    /// Which record.
    pub id: RecordId,
    /// The sequence that changed it before; 0 for none.
    pub prev: u64,
    /// What it was; `None` where it did not exist.
    pub before: Option<RecordState>,
    /// What it becomes; `None` where it is to be gone.
    pub after: Option<RecordState>,
}

impl RecordChange {
    /// The fields before, if it was in use.
    pub fn live_before(&self) -> Option<&Record> {
        live(self.before.as_ref())
    }

    /// The fields after, if it is in use.
    pub fn live_after(&self) -> Option<&Record> {
        live(self.after.as_ref())
    }
}

fn live(state: Option<&RecordState>) -> Option<&Record> {
    state.filter(|state| state.place == Residence::Live).map(|state| &state.record)
}

/// The changes of each kind; they are sorted by id, so each kind is one run.
pub(super) fn by_kind(changes: &[RecordChange]) -> impl Iterator<Item = (KindId, &[RecordChange])> {
    changes.chunk_by(|a, b| a.id.kind == b.id.kind).filter_map(|group| Some((group.first()?.id.kind, group)))
}

/// The keys that an index loses and gains as a record changes.
pub(super) fn difference(
    index: &Index,
    num: u64,
    before: Option<&Record>,
    after: Option<&Record>,
    scratch: &mut Vec<u8>,
    removed: &mut Keys,
    added: &mut Keys,
) -> Result<()> {
    match (before, after) {
        (Some(before), Some(after)) => {
            if index.same(before.row(), after.row()) {
                return Ok(());
            }
            let (mut old, mut new) = (Vec::new(), Vec::new());
            index.values(before.row(), scratch, &mut |value| old.push(value.to_vec()))?;
            index.values(after.row(), scratch, &mut |value| new.push(value.to_vec()))?;
            old.iter().filter(|value| !new.contains(value)).for_each(|value| removed.push(value, num));
            new.iter().filter(|value| !old.contains(value)).for_each(|value| added.push(value, num));
        }
        (Some(before), None) => index.values(before.row(), scratch, &mut |value| removed.push(value, num))?,
        (None, Some(after)) => index.values(after.row(), scratch, &mut |value| added.push(value, num))?,
        (None, None) => {}
    }
    Ok(())
}

//! What a step was to change when somebody was asked about it, to tell later whether it still is that.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{
    domain::{Row, common::is_stamp},
    store::{RecordChange, RecordState},
};

/// The records of a step and what becomes of their fields, without the stamps of when and by whom. Two of them are
/// equal where a person who has agreed to the one has agreed to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepPreview {
    records: usize,
    hash: u64,
}

impl StepPreview {
    /// Of these changes, in their order.
    pub fn of(changes: &[RecordChange]) -> Self {
        let mut hash = DefaultHasher::new();
        changes.iter().for_each(|change| put(change, &mut hash));
        Self { records: changes.len(), hash: hash.finish() }
    }
}

fn put<'c>(change: &'c RecordChange, hash: &mut DefaultHasher) {
    let RecordChange { id, before, after, .. } = change;
    id.kind.hash(hash);
    // The number of a new record is given when it is written.
    before.as_ref().map(|_| id.num).hash(hash);
    let [before, after] = [before, after].map(Option::as_ref);
    let place = |state: &RecordState| state.place;
    (before.map(place), after.map(place)).hash(hash);
    let fields = |state: Option<&'c RecordState>| state.map_or(Row::default(), |state| state.record.row());
    for (tag, old, new) in fields(before).differing(fields(after)).filter(|(tag, ..)| !is_stamp(*tag)) {
        (tag, old, new).hash(hash);
    }
}

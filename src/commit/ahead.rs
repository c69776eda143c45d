//! The records of a large step, read on other threads while those before them are being changed.

use std::ops::ControlFlow;

use crate::{
    commit::Edit,
    domain::RecordId,
    error::Result,
    query::parallel::in_order,
    store::{Reader, StoredRecord},
};

use super::staged::Staged;

/// From so many records on it is worth a thread.
const MANY: usize = 2000;
/// So many edits are one part.
const PART: usize = 512;

/// Hands over the edits in their order. Records that they change are with `staged` before they are asked for, where the
/// step is large and its reader can be shared.
pub(super) fn each(
    reader: &Reader<'_>,
    staged: &Staged<'_>,
    edits: Vec<Edit>,
    take: &mut dyn FnMut(Edit) -> Result<()>,
) -> Result<()> {
    let many = edits.iter().filter_map(changed).nth(MANY - 1).is_some();
    let Some(snapshot) = reader.shared().filter(|_| many) else { return edits.into_iter().try_for_each(take) };
    let ids: Vec<Option<RecordId>> = edits.iter().map(changed).collect();
    let read = |reader: &mut Reader<'_>, part: usize| -> Result<Vec<(RecordId, StoredRecord)>> {
        let ids = ids.chunks(PART).nth(part).unwrap_or_default().iter().flatten();
        ids.filter_map(|id| reader.held(*id).map(|held| Some((*id, held?))).transpose()).collect()
    };
    let mut edits = edits.into_iter();
    in_order(ids.len().div_ceil(PART), || snapshot.reader(), read, &mut |held| {
        staged.foresee(held);
        edits.by_ref().take(PART).try_for_each(&mut *take)?;
        Ok(ControlFlow::Continue(()))
    })
}

/// The record that an edit changes.
const fn changed(edit: &Edit) -> Option<RecordId> {
    match edit {
        Edit::Add { .. } => None,
        Edit::Set { id, .. } | Edit::Trash(id) | Edit::Restore(id) => Some(*id),
    }
}

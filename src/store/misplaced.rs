//! Deals that do not agree with their stage: of another pipeline, so that they are on no board, or in a stage that closes
//! them, and without the day that did.
//!
//! No step leaves one behind, but earlier versions let a stage change under its deals, or beside those in the trash.

use std::{collections::HashMap, ops::ControlFlow};

use crate::{
    domain::{FieldDef, RecordId, Row, deal, stage},
    error::Result,
};

use super::{engine::Space, reader::Reader};

/// Tells of every such deal, where it is, and in which field.
///
/// # Errors
/// What the store says.
pub fn misplaced(reader: &Reader<'_>, sink: &mut dyn FnMut(Space, RecordId, &FieldDef)) -> Result<()> {
    let mut stages = HashMap::new();
    let mut keep = |num: u64, row: Row<'_>| {
        let closes = row.get(stage::OUTCOME).unwrap_or(stage::OPEN) != stage::OPEN;
        stages.insert(num, (row.get(stage::PIPELINE), closes));
        ControlFlow::Continue(())
    };
    reader.rows(stage::ID, 0, false, &mut keep)?;
    reader.trashed(stage::ID, &mut keep)?;
    let mut look = |space: Space, num: u64, row: Row<'_>| {
        let stage = row.get(deal::STAGE).and_then(|stage| stages.get(&stage));
        let Some((pipeline, closes)) = stage else { return ControlFlow::Continue(()) };
        let id = RecordId::new(deal::ID, num);
        if *pipeline != row.get(deal::PIPELINE) {
            sink(space, id, &deal::PIPELINE.def());
        } else if *closes && !row.has(deal::CLOSED) {
            sink(space, id, &deal::CLOSED.def());
        }
        ControlFlow::Continue(())
    };
    reader.rows(deal::ID, 0, false, &mut |num, row| look(Space::Rows, num, row))?;
    reader.trashed(deal::ID, &mut |num, row| look(Space::Trash, num, row))
}

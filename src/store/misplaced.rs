//! Deals whose pipeline is not that of their stage: they are on no board.
//!
//! No step leaves one behind, but earlier versions let a stage go to another pipeline under its deals.

use std::{collections::HashMap, ops::ControlFlow};

use crate::{
    domain::{RecordId, Row, deal, stage},
    error::Result,
};

use super::{engine::Space, reader::Reader};

/// Tells of every such deal, and where it is.
///
/// # Errors
/// What the store says.
pub fn misplaced(reader: &Reader<'_>, sink: &mut dyn FnMut(Space, RecordId)) -> Result<()> {
    let mut pipelines = HashMap::new();
    let mut keep = |num: u64, row: Row<'_>| {
        pipelines.insert(num, row.get(stage::PIPELINE));
        ControlFlow::Continue(())
    };
    reader.rows(stage::ID, 0, false, &mut keep)?;
    reader.trashed(stage::ID, &mut keep)?;
    let mut look = |space: Space, num: u64, row: Row<'_>| {
        let of_stage = row.get(deal::STAGE).and_then(|stage| pipelines.get(&stage));
        if of_stage.is_some_and(|pipeline| *pipeline != row.get(deal::PIPELINE)) {
            sink(space, RecordId::new(deal::ID, num));
        }
        ControlFlow::Continue(())
    };
    reader.rows(deal::ID, 0, false, &mut |num, row| look(Space::Rows, num, row))?;
    reader.trashed(deal::ID, &mut |num, row| look(Space::Trash, num, row))
}

//! Links that lead to no record, in use or in the trash.
//!
//! No step leaves one behind, but earlier versions did, and files are damaged. No index is asked: the rows say which
//! records there are, and which they point to.

use std::ops::ControlFlow;

use fixedbitset::FixedBitSet;

use crate::{
    domain::{FieldDef, Kind, RecordId, Row},
    error::Result,
};

use super::{engine::Space, reader::Reader};

/// Tells of every record with a link that leads nowhere, where the record is, and which field it is.
///
/// # Errors
/// What the store says.
pub fn dangling(reader: &Reader<'_>, sink: &mut dyn FnMut(Space, RecordId, &'static FieldDef)) -> Result<()> {
    let schema = reader.schema();
    let kinds = schema.kinds();
    let there = kinds.iter().map(|kind| numbers(reader, kind)).collect::<Result<Vec<_>>>()?;
    for kind in kinds {
        let links: Vec<(&'static FieldDef, &FixedBitSet)> = kind
            .all_fields()
            .filter(|def| !def.is_derived())
            .filter_map(|def| {
                Some((def, kinds.iter().position(|kind| Some(kind.id) == schema.target(def).map(|to| to.id))?))
            })
            .map(|(def, at)| (def, &there[at]))
            .collect();
        let mut look = |space: Space, num: u64, row: Row<'_>| {
            for (def, there) in &links {
                if row.links(def).any(|to| usize::try_from(to).is_ok_and(|to| !there.contains(to))) {
                    sink(space, RecordId::new(kind.id, num), def);
                }
            }
            ControlFlow::Continue(())
        };
        reader.rows(kind.id, 0, false, &mut |num, row| look(Space::Rows, num, row))?;
        reader.trashed(kind.id, &mut |num, row| look(Space::Trash, num, row))?;
    }
    Ok(())
}

/// The numbers of the records of a kind.
fn numbers(reader: &Reader<'_>, kind: &Kind) -> Result<FixedBitSet> {
    let mut there = FixedBitSet::new();
    let mut keep = |num: u64| {
        if let Ok(num) = usize::try_from(num) {
            there.grow_and_insert(num);
        }
        ControlFlow::Continue(())
    };
    reader.rows(kind.id, 0, false, &mut |num, _| keep(num))?;
    reader.trashed(kind.id, &mut |num, _| keep(num))?;
    Ok(there)
}

//! Which kinds can be parts of which: each of one other, and none of itself, by however many steps.

use crate::{
    domain::RecordId,
    error::Error,
    text::{Said, said},
};

use super::builder::KindBuilder;

/// Takes out the links that would make a kind a part of two others, or of itself.
pub(super) fn misplaced(kinds: &mut [KindBuilder]) -> Vec<(RecordId, Error)> {
    let mut problems = Vec::new();
    let mut take_out = |kinds: &mut [KindBuilder], id: RecordId, what: Said| {
        for kind in kinds {
            kind.fields.retain(|entry| entry.by != Some(id));
        }
        problems.push((id, Error::invalid(what)));
    };
    while let Some(id) = second(kinds) {
        take_out(kinds, id, said!("A record is a part of one other only", "一条记录只能从属于一条记录"));
    }
    while let Some(id) = circle(kinds) {
        take_out(kinds, id, said!("This would make it a part of itself", "这会使记录从属于自身"));
    }
    problems
}

/// The latest link of a kind that is a part by another one already.
fn second(kinds: &[KindBuilder]) -> Option<RecordId> {
    kinds.iter().find_map(|kind| {
        let parts = kind.fields.iter().filter(|entry| entry.def.part_of);
        (parts.clone().count() > 1).then(|| parts.filter_map(|entry| entry.by).max())?
    })
}

/// The latest link of a circle.
fn circle(kinds: &[KindBuilder]) -> Option<RecordId> {
    let up = |at: usize| {
        let link = kinds[at].defs().find(|def| def.part_of)?;
        let by = kinds[at].fields.iter().find(|entry| entry.def.tag == link.tag).and_then(|entry| entry.by);
        let target = kinds.iter().position(|kind| Some(kind.table.noun) == link.target)?;
        Some((target, by))
    };
    (0..kinds.len()).find_map(|start| {
        let (mut at, mut latest) = (start, None);
        for _ in 0..kinds.len() {
            let (target, by) = up(at)?;
            latest = latest.max(by);
            if target == start {
                return latest;
            }
            at = target;
        }
        None
    })
}

//! Steps that change definitions: they must fit together as the whole step leaves them, and take nothing away that records
//! or other definitions need.

use std::collections::HashSet;

use crate::{
    domain::{
        RecordId,
        define::{self, Names},
    },
    error::{Error, Result},
    store::{Reader, RecordChange, StepSchemas, definitions, journal::StepType},
    text::{Lang, said},
};

use super::{
    Context,
    fixed::keeps_its_values,
    held_once::held_once,
    needed::{by_definitions, by_records, by_views},
};

/// The schemas before and after a step.
///
/// # Errors
/// `Invalid` where definitions do not fit together after the step, or where records hold what it would take away.
pub(super) fn schemas(
    reader: &Reader<'_>,
    context: &Context,
    deed: StepType,
    changes: &[RecordChange],
) -> Result<StepSchemas> {
    let before = reader.schema();
    if !changes.iter().any(|change| define::is_definition(change.id.kind)) {
        return Ok(before.into());
    }
    for change in changes {
        keeps_its_values(change)?;
    }
    let leaves = |change: &&RecordChange| {
        let was_there = change.live_before().is_some() || change.after.is_none();
        define::is_definition(change.id.kind) && was_there && change.live_after().is_none()
    };
    let leaving: Vec<&RecordChange> = changes.iter().filter(leaves).collect();
    by_records(reader, &leaving, changes, deed)?;
    by_definitions(reader, &leaving, changes)?;
    let (judged, problems) = definitions::schema_after(reader.raw(), changes, Names::Judged)?;
    let touched: HashSet<RecordId> = changes.iter().map(|change| change.id).collect();
    let of_the_step = problems.iter().find(|problem| touched.contains(&problem.id));
    // What did not fit before the step is no fault of it: another version of the program may have written it.
    let known: HashSet<RecordId> = match problems {
        [] => HashSet::new(),
        _ => definitions::left_out(reader.raw(), Names::Judged)?.iter().map(|problem| problem.id).collect(),
    };
    if let Some(problem) = of_the_step.or_else(|| problems.iter().find(|problem| !known.contains(&problem.id))) {
        if let Some(gone) = leaving.first().filter(|_| of_the_step.is_none()) {
            return Err(Error::conflict(said!(
                ("{} needs it: {}", problem.id, problem.error.message(Lang::En)),
                ("{} 仍需要它：{}", problem.id, problem.error.message(Lang::Zh))
            ))
            .at(gone.id)
            .hint(said!("change or remove {} first", "请先更改或删除 {}", problem.id)));
        }
        return Err(problem.error.clone().at(problem.id));
    }
    let after = match problems {
        [] => judged,
        _ => definitions::schema_after(reader.raw(), changes, Names::Stored)?.0,
    };
    if !std::ptr::eq(before, after) {
        by_views(reader, context, after, changes)?;
    }
    let schemas = StepSchemas { before, after };
    held_once(reader, schemas, changes)?;
    Ok(schemas)
}

//! The index of words: lists of the records that have a gram, from which a search knows where to look.
//!
//! `gram` says which grams a text has and which ones a word asks for, `record` which a record has, `list` how a list
//! stands in the store, `gather` and `write` how a step changes lists, `recent` which records changed since, `lookup` how
//! a word is looked up, `whole` makes all lists anew, `verify` compares them with the rows.

mod gather;
mod gram;
mod list;
mod lookup;
mod recent;
mod record;
#[cfg(test)]
mod tests;
mod verify;
mod whole;
mod write;

use crate::error::Result;

use super::{
    change::{RecordChange, by_kind},
    cores,
    engine::Write,
    meta,
    step_schemas::StepSchemas,
};
use gather::{Difference, Gatherer};

pub use lookup::{ListReader, WordMatches, WordQuery, intersect, subtract, union};
pub use verify::{ListFlaw, verify};
pub use whole::{catch_up, rebuild, rebuild_within};

/// A step of more changes than this brings the lists up to date itself.
const LARGE: usize = 64;
/// From this many changes on the grams are gathered on all cores.
const PARALLEL: usize = 4_000;

/// What a step changes about the lists, gathered before the lock where the step is large.
pub struct ListChanges(Option<Vec<Difference>>);

impl ListChanges {
    /// What these changes, sorted by id, mean for the lists; `purge` takes every trace out at once.
    ///
    /// # Errors
    /// For records of a kind that this version does not know.
    pub fn new(schemas: StepSchemas, changes: &[RecordChange], purge: bool) -> Result<Self> {
        // What such a step changes is looked up by no other schema than its own.
        if changes.len() <= LARGE && !purge && schemas.stay() {
            return Ok(Self(None));
        }
        differences(schemas, changes).map(Some).map(Self)
    }

    /// Brings the lists up to date if it is time. Everything written so far is of earlier steps.
    ///
    /// # Errors
    /// What the store says.
    pub fn write(
        &mut self,
        schemas: StepSchemas,
        txn: &mut dyn Write,
        seq: u64,
        changes: &[RecordChange],
    ) -> Result<()> {
        if self.0.is_none() && seq < recent::known(txn)? + recent::SOME {
            return Ok(());
        }
        whole::catch_up_by(txn, schemas.before)?;
        let differences = self.0.take().map_or_else(|| differences(schemas, changes), Ok)?;
        for difference in differences {
            difference.write(txn)?;
        }
        meta::set_number(txn, meta::SEARCH, seq)
    }
}

fn differences(schemas: StepSchemas, changes: &[RecordChange]) -> Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for (kind, group) in by_kind(changes) {
        let tables = schemas.kind(kind)?;
        let gather = |part: &[RecordChange]| {
            let mut gatherer = Gatherer::of_step(kind, tables);
            for change in part {
                let (before, after) = (change.live_before(), change.live_after());
                gatherer.push(change.id.num, before.map(|it| it.row()), after.map(|it| it.row()));
            }
            gatherer
        };
        differences.push(if group.len() < PARALLEL {
            Difference::of([gather(group)])
        } else {
            let part = group.len().div_ceil(cores::count());
            Difference::of(cores::chunks(group, part, gather))
        });
    }
    Ok(differences)
}

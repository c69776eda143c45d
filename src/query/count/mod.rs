//! Counting records, alone or in groups, with sums that never mix currencies.

mod aggregate;
mod bucket;
mod group;
mod rows;
mod sums;

pub use crate::language::measure::Measure;
pub use aggregate::Aggregate;
pub use bucket::{Bucket, GroupBy};
pub use group::group;
pub use rows::Groups;

use crate::{error::Result, store::Reader};

use super::{
    candidates::Candidates,
    filter::{Filter, Node},
    plan::{PlanStep, QueryPlan, Wanted},
    recheck::Recheck,
};

/// How many records pass a filter.
pub fn count(reader: &Reader<'_>, filter: &Filter) -> Result<u64> {
    count_noting(reader, filter, &mut |_| {})
}

/// The same; tells `note` what was done.
pub fn count_noting(reader: &Reader<'_>, filter: &Filter, note: &mut dyn FnMut(PlanStep)) -> Result<u64> {
    if let [Node::Not(node)] = filter.conjuncts()
        && !filter.is_of_trash()
    {
        note(PlanStep::Others);
        let others = Filter::new(filter.kind(), (**node).clone());
        return Ok(reader.total(filter.kind().id)?.saturating_sub(count_noting(reader, &others, note)?));
    }
    let plan = QueryPlan::new(reader, filter, Wanted::ALL)?;
    if let Some(count) = plan.count_of_keys(reader, note)? {
        return Ok(count);
    }
    match plan.candidates(reader, note)? {
        Candidates::Found(found) => {
            let (sure, asked) = found.split();
            let asked = Candidates::Found(asked);
            Ok(sure + Recheck { reader, filter, candidates: &asked, bare: true }.count()?)
        }
        Candidates::All => Recheck { reader, filter, candidates: &Candidates::All, bare: true }.count(),
    }
}

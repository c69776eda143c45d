//! Counting records, alone or in groups, with sums that never mix currencies.

mod aggregate;
mod bucket;
mod group;
mod rows;
mod sums;

use std::ops::ControlFlow;

pub use aggregate::Aggregate;
pub use bucket::{Bucket, GroupBy};
pub use group::group;
pub use rows::Groups;
pub use sums::Measure;

use crate::{error::Result, store::Reader};

use super::{
    filter::Filter,
    plan::{Candidates, Plan},
    select,
};

/// How many records pass a filter.
pub fn count(reader: &Reader<'_>, filter: &Filter) -> Result<u64> {
    let plan = Plan::new(reader, filter)?;
    if let Some(count) = plan.count_of_keys(reader)? {
        return Ok(count);
    }
    if plan.is_exact()
        && let Candidates::Numbers { numbers, exact: true } = plan.candidates(reader)?
    {
        return Ok(numbers.len() as u64);
    }
    let mut count = 0;
    select::each(reader, filter, &mut |_, _| {
        count += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}

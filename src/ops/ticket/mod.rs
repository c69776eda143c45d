//! What tickets do besides what every record does.

use crate::{
    domain::{RecordId, standing::goes_to, ticket},
    error::Result,
};

use crate::{command::op::Invocation, commit::WritePlan};

pub mod answer;
pub mod merge;
pub mod next;
pub mod rate;
pub mod status;

/// The ticket on which work goes on: the one that was named, or the one that it was merged into, with a remark.
fn standing(ask: &Invocation<'_>, named: RecordId, plan: &mut WritePlan) -> Result<RecordId> {
    let id = RecordId::new(ticket::ID, ticket::standing_for(named.num, &ask.reader)?);
    if id != named {
        plan.remarks.push(goes_to(named.num, id.num));
    }
    Ok(id)
}

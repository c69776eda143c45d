//! `ticket next`: claim the most urgent ticket that nobody has.

use crate::{
    command::op::{Invocation, Noun, Op, Planned, Run},
    commit::WritePlan,
    domain::{Value, ticket},
    error::{Error, Result},
    ops::log::{edit, sets},
    read_model::queue::next_free,
    text::said,
};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "next",
    also: "领取",
    en: "Claim and open the most urgent ticket that nobody has",
    zh: "领取最紧急的未分配工单",
    examples: &["ticket next"],
    args: &[],
    run: Run::Change(plan),
};

/// The plan is made again inside the lock when somebody was faster, so two agents never get the same ticket.
fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let Some(id) = next_free(&ask.reader)? else {
        return Err(Error::failure(said!("No ticket is waiting for an agent", "没有等待分配的工单"))
            .hint(said!("crm queue --owner all shows the queue", "crm queue --owner all 可查看队列")));
    };
    let me = crate::commit::actor(ask.context)?;
    let mut fields = vec![sets(ticket::OWNER.lent(), Value::Link(me))];
    let status = ask.reader.held(id)?.and_then(|held| held.record.get(ticket::STATUS));
    if status == Some(ticket::NEW) {
        fields.push(sets(ticket::STATUS.lent(), Value::Choice(ticket::OPEN)));
    }
    let mut plan = WritePlan::new();
    plan.edits.push(edit(id, fields));
    Ok(Planned::about(plan, vec![id]))
}

//! `ticket next`: claim the most urgent ticket that nobody has.

use std::ops::ControlFlow;

use crate::{
    domain::{RecordId, Value, ticket},
    error::{Error, Result},
    ops::{
        Plan,
        log::{edit, sets},
        op::{Ask, Noun, Op, Planned, Run},
        tags::def,
    },
};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "next",
    en: "Claim and open the most urgent ticket that nobody has",
    zh: "领取最紧急的未分配工单",
    examples: &["ticket next"],
    args: &[],
    run: Run::Change(plan),
};

/// The plan is made again inside the lock when somebody was faster, so two agents never get the same ticket.
fn plan(ask: &Ask<'_>) -> Result<Planned> {
    let mut best: Option<(i64, std::cmp::Reverse<u16>, u64)> = None;
    ask.reader.rows(ticket::ID, 0, false, &mut |num, row| {
        let status = row.get(ticket::STATUS).unwrap_or(ticket::NEW);
        let free = !row.has(ticket::OWNER) && !row.has(ticket::MERGED_INTO);
        if free && ticket::is_open(status) && status != ticket::WAITING {
            let due = ticket::next_due(row).map_or(i64::MAX, |due| due.0);
            let rank = (due, std::cmp::Reverse(row.get(ticket::PRIORITY).unwrap_or_default()), num);
            best = Some(best.map_or(rank, |best| best.min(rank)));
        }
        ControlFlow::Continue(())
    })?;
    let Some((_, _, num)) = best else {
        return Err(Error::failure("No ticket is waiting for an agent").hint("crm queue --owner all shows the queue"));
    };
    let (kind, id) = (&ticket::KIND, RecordId::new(ticket::ID, num));
    let me = super::super::commit::actor(ask.context)?;
    let mut fields = vec![sets(def(kind, ticket::OWNER), Value::Link(me))];
    let status = ask.reader.held(id)?.and_then(|held| held.record.get(ticket::STATUS));
    if status == Some(ticket::NEW) {
        fields.push(sets(def(kind, ticket::STATUS), Value::Choice(ticket::OPEN)));
    }
    let mut plan = Plan::new();
    plan.edits.push(edit(id, fields));
    Ok(Planned::about(plan, vec![id]))
}

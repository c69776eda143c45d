//! `ticket merge`: two tickets about one thing become one.

use std::ops::ControlFlow;

use crate::{
    domain::{Lookup, RecordId, Value, activity, followup, ticket},
    error::{Error, Result},
    ops::{
        Plan,
        args::{Arg, One},
        assigning::finder,
        log::{edit, sets},
        op::{Ask, Noun, Op, Planned, Run},
    },
    text::said,
};

const TICKET: Arg<One> = Arg::word("ticket", "The ticket that goes", "被合并的工单");
const INTO: Arg<One> = Arg::word("into", "The ticket that stays", "保留的工单");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "merge",
    en: "Merge a ticket into another: its conversation moves there and it is closed",
    zh: "将工单合并至另一工单：对话移过去，原工单关闭",
    examples: &["ticket merge T-9 T-4"],
    args: &[TICKET.def, INTO.def],
    run: Run::Change(plan),
};

fn plan(ask: &Ask<'_>) -> Result<Planned> {
    let (kind, finder) = (&ticket::KIND, finder(ask, None));
    let from = finder.find(Some(kind), ask.words.one(TICKET).unwrap_or_default())?;
    let into = finder.find(Some(kind), ask.words.one(INTO).unwrap_or_default())?;
    if from == into {
        return Err(Error::invalid(said!(
            "{from}: a ticket cannot be merged into itself",
            "{from}：工单不能合并到自身"
        ))
        .hint(said!("name the one that goes, then the one that stays", "请先写要并入的工单，再写保留的工单")));
    }
    let target = ask.reader.record(into)?;
    if target.is_none_or(|target| target.get(ticket::MERGED_INTO).is_some()) {
        return Err(Error::invalid(said!(
            "{into} has been merged itself, or is in the trash",
            "{into} 已被合并，或在回收站中"
        ))
        .hint(said!("name the one that stays", "请写要保留的工单")));
    }
    let mut plan = Plan::new();
    plan.edits.push(edit(
        from,
        vec![
            sets(ticket::MERGED_INTO.lent(), Value::Link(into.num)),
            sets(ticket::STATUS.lent(), Value::Choice(ticket::CLOSED)),
        ],
    ));
    for (kind, link) in [(&activity::KIND, activity::TICKET.lent()), (&followup::KIND, followup::TICKET.lent())] {
        ask.reader.linking(kind.id, link, from.num, &mut |num| {
            plan.edits.push(edit(RecordId::new(kind.id, num), vec![sets(link, Value::Link(into.num))]));
            ControlFlow::Continue(())
        })?;
    }
    Ok(Planned::about(plan, vec![into]))
}

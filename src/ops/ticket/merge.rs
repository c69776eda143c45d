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
    text::{Said, said},
};

use super::standing;

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
    let (first, last) = (
        finder.find(Some(kind), ask.words.one(TICKET).unwrap_or_default())?,
        finder.find(Some(kind), ask.words.one(INTO).unwrap_or_default())?,
    );
    let mut plan = Plan::new();
    let (from, into) = (standing(ask, first, &mut plan)?, standing(ask, last, &mut plan)?);
    if from == into && first != last {
        return Err(Error::invalid(said!("{first} and {last} are merged already", "{first} 与 {last} 已合并")).hint(
            said!("crm ticket show {into} shows what came of them", "crm ticket show {into} 可查看合并后的工单"),
        ));
    }
    if from == into {
        return Err(Error::invalid(said!(
            "{from}: a ticket cannot be merged into itself",
            "{from}：工单不能合并到自身"
        ))
        .hint(said!("name the one that goes, then the one that stays", "请先写要并入的工单，再写保留的工单")));
    }
    for id in [from, into] {
        if ask.reader.record(id)?.is_none() {
            return Err(in_the_trash(id));
        }
    }
    // What a merged ticket was merged into is in the trash, or it would stand for it.
    let lost = ask.reader.record(into)?.and_then(|ticket| ticket.get(ticket::MERGED_INTO));
    if let Some(lost) = lost {
        return Err(in_the_trash(RecordId::new(ticket::ID, lost)).at(Said::same(into.to_string())));
    }
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

fn in_the_trash(id: RecordId) -> Error {
    Error::invalid(said!("{id} is in the trash", "{id} 在回收站中"))
        .hint(said!("crm restore {id} brings it back", "crm restore {id} 可恢复"))
}

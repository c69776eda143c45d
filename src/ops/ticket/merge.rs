//! `ticket merge`: two tickets about one thing become one.

use std::ops::ControlFlow;

use crate::{
    command::{
        args::{Arg, One},
        assignments::finder,
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::WritePlan,
    domain::{Lookup, RecordId, Value, activity, followup, ticket},
    error::{Error, Result},
    ops::log::{edit, sets},
    query::trash::in_the_trash,
    text::{Said, said},
};

use super::standing;

const TICKET: Arg<One> = Arg::word("ticket", "The ticket that goes", "被合并的工单");
const INTO: Arg<One> = Arg::word("into", "The ticket that stays", "保留的工单");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "merge",
    also: "合并",
    en: "Merge a ticket into another: its conversation moves there and it is closed",
    zh: "将工单合并至另一工单：对话移过去，原工单关闭",
    examples: &["ticket merge T-9 T-4"],
    args: &[TICKET.def, INTO.def],
    run: Run::Change(plan),
};

fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let (kind, finder) = (ask.table(&ticket::KIND), finder(ask, None));
    let (first, last) = (
        finder.find(Some(kind), ask.words.one(TICKET).unwrap_or_default())?,
        finder.find(Some(kind), ask.words.one(INTO).unwrap_or_default())?,
    );
    let mut plan = WritePlan::new();
    let into = standing(ask, last, &mut plan)?;
    let merged = ask.reader.record(first)?.and_then(|ticket| ticket.get(ticket::MERGED_INTO));
    let stands = RecordId::new(ticket::ID, ticket::standing_for(first.num, &ask.reader)?);
    if stands == into && first != last {
        return Err(Error::invalid(said!("{first} and {last} are merged already", "{first} 与 {last} 已合并")).hint(
            said!("crm ticket show {into} shows what came of them", "crm ticket show {into} 可查看合并后的工单"),
        ));
    }
    if let Some(merged) = merged {
        return Err(merged_already(first, RecordId::new(ticket::ID, merged), stands, into));
    }
    let from = first;
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

/// The error for a ticket that would be merged a second time: the one that stands for it is another ticket, and live.
fn merged_already(id: RecordId, merged: RecordId, stands: RecordId, into: RecordId) -> Error {
    let to = if stands == id { merged } else { stands };
    let error = Error::invalid(said!("{id} has been merged into {to} already", "{id} 此前已合并到 {to}"));
    error.hint(match stands == id {
        true => said!("{to} is in the trash: crm restore {to} brings it back", "{to} 在回收站中：crm restore {to} 可恢复"),
        false => said!(
            "crm ticket merge {to} {into} merges that one; crm ticket set {id} merged_into= takes this one from it first",
            "crm ticket merge {to} {into} 可合并那个工单；crm ticket set {id} 合并至= 可先取消此前的合并"
        ),
    })
}

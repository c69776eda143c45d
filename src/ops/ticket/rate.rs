//! `ticket rate`: how satisfied the customer is.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::{finder, speak, with_own},
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::WritePlan,
    domain::{Value, read, ticket},
    error::{Error, Result},
    ops::log::{edit, sets},
    text::said,
};

use super::standing;

const TICKET: Arg<One> = Arg::word("ticket", "The ticket", "工单");
const SCORE: Arg<One> = Arg::word("score", "From 1, not at all, to 5, very", "1 为非常不满意，5 为非常满意");
const WORDS: Arg<Many> = Arg::maybe_words("words", "What they said, and field=value", "客户评价，以及 字段=值").files();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("ticket"),
    verb: "rate",
    also: "评价",
    en: "Note how satisfied the customer is, from 1 to 5, and what they said",
    zh: "记录客户满意度（1 至 5）及评价",
    examples: &["ticket rate T-9 5", "ticket rate T-9 4 quick and friendly"],
    args: &[TICKET.def, SCORE.def, WORDS.def],
    run: Run::Change(plan),
};

fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let kind = ask.table(&ticket::KIND);
    let id = finder(ask, None).find(Some(kind), ask.words.one(TICKET).unwrap_or_default())?;
    let said = ask.words.one(SCORE).unwrap_or_default();
    let score = read::number_of(ticket::SATISFACTION.lent(), said, None)
        .ok()
        .filter(|score| (1..=5).contains(score))
        .ok_or_else(|| {
        Error::invalid(said!("'{}' is no score", "“{}”不是评分", crate::text::scrub(said)))
            .hint(said!("write a number from 1 to 5", "请写 1 到 5 的数字"))
    })?;
    let spoken = speak(ask, kind, &ticket::SATISFACTION_TEXT.def(), &ask.words.many(WORDS))?;
    let mut own = vec![sets(ticket::SATISFACTION.lent(), Value::Whole(score))];
    if let Some(words) = read::free(&ticket::SATISFACTION_TEXT.def(), &spoken.free)? {
        own.push(sets(ticket::SATISFACTION_TEXT.lent(), words));
    }
    let fields = with_own(&own, spoken.fields)?;
    let mut plan = WritePlan::new();
    let id = standing(ask, id, &mut plan)?;
    plan.edits.push(edit(id, fields));
    Ok(Planned::about(plan, vec![id]))
}

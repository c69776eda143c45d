//! `followup snooze`: later, by words or by so many days.

use crate::{
    command::{
        args::{Arg, Many, One},
        leading_ids::several,
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::{Context, Edit, WritePlan},
    domain::{
        Due, Instant, Lookup, RecordId, Value, followup, repeat,
        words::when::{self, When},
    },
    error::{Error, Result},
    ops::log::{due, edit, sets},
    text::said,
};

const FOLLOWUP: Arg<One> = Arg::word("followup", "The follow-up; ids of more may follow", "跟进计划；其后可跟更多编号");
const WHEN: Arg<Many> = Arg::words("when", "Until when, in words", "推迟到何时").hyphens();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("followup"),
    verb: "snooze",
    also: "推迟",
    en: "Put a follow-up off: to a day, or for so long from now",
    zh: "推迟跟进：到某日，或从现在起多久",
    examples: &[
        "followup snooze F-3 +3d",
        "followup snooze F-3 next mon",
        "followup snooze F-2 F-3 tomorrow",
        "followup snooze F-3 明天下午3点",
        "followup snooze F-3 三天",
    ],
    args: &[FOLLOWUP.def, WHEN.def],
    run: Run::Change(plan),
};

fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let (kind, context) = (ask.table(&followup::KIND), ask.context);
    let mut words: Vec<&str> = ask.words.one(FOLLOWUP).into_iter().collect();
    words.extend(ask.words.many(WHEN));
    let (ids, said) = several(ask, kind, &words)?;
    let words = said.join(" ");
    let when = when::parse_from_now(&words, context.now.utc(), context.tz, context.settings.week_start);
    let when = when.map_err(|error| {
        error.or_hint(said!(
            "write a day or how long from now: mon, +3d, 2h, 2026-12-03, 三天",
            "请写日期，或从现在起多久：下周一、三天、半小时、12月3日、明天下午3点"
        ))
    })?;
    if is_over(when, context) {
        let print = when.print(context.tz);
        return Err(Error::invalid(said!("{words} is {print}, which is over", "“{words}”是 {print}，已经过去")).hint(
            said!("write a day or a time to come: tomorrow, next-mon, +3d", "请写将来的时间，如 明天、下周一、3天后"),
        ));
    }
    ask.heard.hear(&context.view(), &followup::DUE.def(), &words, &Value::Due(due(when)));
    let mut plan = WritePlan::new();
    for id in &ids {
        plan.edits.push(put_off(ask, *id, &when)?);
    }
    Ok(Planned::about(plan, ids))
}

/// Whether it is before today, or an instant before now: nothing is put off until then.
fn is_over(when: When, context: &Context) -> bool {
    match when {
        When::Day(day) => day < context.now.day(context.tz),
        When::At(at) => at < context.now.utc(),
    }
}

fn put_off(ask: &Invocation<'_>, id: RecordId, when: &When) -> Result<Edit> {
    let context = ask.context;
    let held = ask.reader.record(id)?.unwrap_or_default();
    if held.get(followup::STATUS).is_some_and(|status| status != followup::OPEN) {
        return Err(Error::invalid(said!(
            "{id} is not open any more, so it cannot be put off",
            "{id} 已不是待办，不能推迟"
        ))
        .hint(said!(
            "crm followup set {id} status=open opens it again",
            "crm followup set {id} 状态=待办 可重新打开"
        )));
    }
    // A day without a time keeps the time of day that the follow-up has.
    let due = match (*when, held.get(followup::DUE)) {
        (When::Day(day), Some(due)) => repeat::moved_to(due, day, context.tz),
        (When::Day(day), None) => Due::Day(day),
        (When::At(at), _) => Due::At(Instant::from(at)),
    };
    Ok(edit(id, vec![sets(followup::DUE.lent(), Value::Due(due))]))
}

//! `followup snooze`: later, by words or by so many days.

use crate::{
    domain::{
        Due, Instant, Value, followup, repeat,
        words::when::{self, When},
    },
    error::{Error, Result},
    ops::{
        Plan,
        assigning::finder,
        log::{edit, sets},
        op::{Ask, Noun, Op, Planned, Run, Takes, arg},
        tags::def,
    },
};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("followup"),
    verb: "snooze",
    en: "Put a follow-up off: to a day, or by so many days from now",
    zh: "推迟跟进：到某日，或从现在起若干天",
    examples: &["followup snooze F-3 +3d", "followup snooze F-3 next mon", "followup snooze F-3 明天下午3点"],
    args: &[
        arg("followup", Takes::Word, "The follow-up", "跟进计划"),
        arg("when", Takes::Words, "Until when, in words", "推迟到何时"),
    ],
    run: Run::Change(plan),
};

fn plan(ask: &Ask<'_>) -> Result<Planned> {
    let (kind, context) = (&followup::KIND, ask.context);
    let id = finder(ask, None).find(Some(kind), ask.words.one("followup").unwrap_or_default())?;
    let words = ask.words.many("when").join(" ");
    let when = when::parse(&words, context.now.utc(), context.tz, context.settings.week_start)?;
    let held = ask.reader.held(id)?.map(|held| held.record).unwrap_or_default();
    if held.get(followup::STATUS).is_some_and(|status| status != followup::OPEN) {
        return Err(Error::invalid(format!("{id} is not open any more, so it cannot be put off"))
            .hint(format!("crm followup set {id} status=open opens it again")));
    }
    // A day without a time keeps the time of day that the follow-up has.
    let due = match (when, held.get(followup::DUE)) {
        (When::Day(day), Some(due)) => repeat::moved_to(due, day, context.tz),
        (When::Day(day), None) => Due::Day(day),
        (When::At(at), _) => Due::At(Instant::from(at)),
    };
    let mut plan = Plan::new();
    plan.edits.push(edit(id, vec![sets(def(kind, followup::DUE), Value::Due(due))]));
    Ok(Planned::about(plan, vec![id]))
}

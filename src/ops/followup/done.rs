//! `followup done`: finished, with what came of it and what comes next.

use crate::{
    domain::{Record, Value, followup},
    error::Result,
    ops::{
        Plan,
        assigning::{finder, speak, text},
        log::{edit, follow_up, next_step, sets},
        op::{Ask, Noun, Op, Planned, Run, Takes, arg},
        tags::def,
    },
};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("followup"),
    verb: "done",
    en: "Finish a follow-up, say what came of it, plan the next step",
    zh: "完成跟进，写明结果，安排下一步",
    examples: &["followup done F-3 sent the quote", "followup done F-3 next=\"next mon call again\""],
    args: &[
        arg("followup", Takes::Word, "The follow-up", "跟进计划"),
        arg("words", Takes::MaybeWords, "What came of it, and next=\"WHEN WHAT\"", "完成情况，以及 next=\"时间 事项\""),
    ],
    run: Run::Change(plan),
};

fn plan(ask: &Ask<'_>) -> Result<Planned> {
    let kind = &followup::KIND;
    let id = finder(ask, None).find(Some(kind), ask.words.one("followup").unwrap_or_default())?;
    let all = ask.words.many("words");
    let (next, words): (Vec<&str>, Vec<&str>) = all.iter().partition(|word| next_step(word).is_some());
    let spoken = speak(ask, kind, &words)?;
    let mut fields = vec![sets(def(kind, followup::STATUS), Value::Choice(followup::DONE))];
    if let Some(outcome) = text(&spoken.free) {
        fields.push(sets(def(kind, followup::OUTCOME), outcome));
    }
    fields.extend(spoken.fields);
    let mut plan = Plan::new();
    plan.edits.push(edit(id, fields));
    let mut about = vec![id];
    let held = ask.reader.held(id)?.map(|held| held.record).unwrap_or_default();
    for word in next {
        let mut record: Record = follow_up(ask, next_step(word).unwrap_or_default())?;
        for tag in [
            followup::CUSTOMER.tag(),
            followup::CONTACT.tag(),
            followup::DEAL.tag(),
            followup::TICKET.tag(),
            followup::TYPE.tag(),
        ] {
            record.set_raw(tag, held.row().raw(tag));
        }
        about.push(plan.add(&ask.reader, kind.id, record)?);
    }
    Ok(Planned::about(plan, about))
}

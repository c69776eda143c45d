//! `followup done`: finished, with what came of it and what comes next.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::{speak, with_own},
        leading_ids::several,
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::WritePlan,
    domain::{Record, RecordId, Value, followup, read},
    error::Result,
    ops::log::{LINKS, edit, follow_up, next_steps, sets},
};

const FOLLOWUP: Arg<One> = Arg::word("followup", "The follow-up; ids of more may follow", "跟进计划；其后可跟更多编号");
const WORDS: Arg<Many> =
    Arg::maybe_words("words", "What came of it, and next=\"WHEN WHAT\"", "完成情况，以及 下一步=\"时间 事项\"").files();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("followup"),
    verb: "done",
    also: "完成",
    en: "Finish a follow-up, say what came of it, plan the next step",
    zh: "完成跟进，写明结果，安排下一步",
    examples: &[
        "followup done F-3 sent the quote",
        "followup done F-2 F-3",
        "followup done F-3 next=\"next mon call again\"",
    ],
    args: &[FOLLOWUP.def, WORDS.def],
    run: Run::Change(plan),
};

fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let kind = ask.table(&followup::KIND);
    let mut all: Vec<&str> = ask.words.one(FOLLOWUP).into_iter().collect();
    all.extend(ask.words.many(WORDS));
    let (ids, all) = several(ask, kind, &all)?;
    let (next, words) = next_steps(ask, &all)?;
    let spoken = speak(ask, kind, &followup::OUTCOME.def(), &words)?;
    let mut own = vec![sets(followup::STATUS.lent(), Value::Choice(followup::DONE))];
    if let Some(outcome) = read::free(&followup::OUTCOME.def(), &spoken.free)? {
        own.push(sets(followup::OUTCOME.lent(), outcome));
    }
    let fields = with_own(&own, spoken.fields)?;
    let mut plan = WritePlan::new();
    let mut about = ids.clone();
    for id in ids {
        plan.edits.push(edit(id, fields.clone()));
        follow(ask, id, &next, &mut plan, &mut about)?;
    }
    Ok(Planned { made: Some(followup::ID), ..Planned::about(plan, about) })
}

/// Plans what comes next, for the same people and about the same things.
fn follow(
    ask: &Invocation<'_>,
    id: RecordId,
    next: &[&str],
    plan: &mut WritePlan,
    about: &mut Vec<RecordId>,
) -> Result<()> {
    let held = ask.reader.held(id)?.map(|held| held.record).unwrap_or_default();
    for text in next {
        let mut record: Record = follow_up(ask, text)?;
        for tag in LINKS.into_iter().chain([followup::TYPE.tag()]) {
            record.set_raw(tag, held.row().raw(tag));
        }
        about.push(plan.add_after(&ask.reader, followup::ID, record, &LINKS)?);
    }
    Ok(())
}

//! `deal move`: to a stage, to the next one, won or lost.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::{assignments, finder, with_own},
        done::listed,
        leading_ids::several,
        op::{Invocation, Noun, Op, Planned, Run},
        record_ref::Finder,
    },
    commit::{Assign, Assignment, WritePlan},
    domain::{RecordId, Value, deal, stage},
    error::{Error, Result},
    ops::log::{edit, sets},
    text::{Lang, Said, said},
};

use super::stage_meant::stage_for;

const DEAL: Arg<One> = Arg::word("deal", "The deal; ids of more may follow", "商机；其后可跟更多编号");
const STAGE: Arg<One> =
    Arg::word("stage", "A stage, next, previous, won or lost", "阶段名称，或 下一阶段、上一阶段、赢单、输单");
const FIELDS: Arg<Many> =
    Arg::maybe_words("fields", "field=value set in the same step", "同一步中设置的 字段=值").files();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("deal"),
    verb: "move",
    also: "移动",
    en: "Move deals to a stage, to the next or previous one, or to won or lost",
    zh: "将商机移至某阶段、下一或上一阶段、赢单或输单",
    examples: &[
        "deal move D-7 next",
        "deal move D-7 won",
        "deal move D-7 lost lost_reason=price",
        "deal move D-6 D-7 proposal",
    ],
    args: &[DEAL.def, STAGE.def, FIELDS.def],
    run: Run::Change(plan),
};

fn plan(ask: &Invocation<'_>) -> Result<Planned> {
    let finder = finder(ask, None);
    let mut words: Vec<&str> = [ask.words.one(DEAL), ask.words.one(STAGE)].into_iter().flatten().collect();
    words.extend(ask.words.many(FIELDS));
    let (ids, words) = several(ask, ask.table(&deal::KIND), &words)?;
    let Some((to, said)) = words.split_first() else {
        return Err(Error::usage(said!("No stage is named", "未指定阶段")).hint(said!(
            "name one after the deals, or next, previous, won or lost",
            "请在商机之后写一个阶段，或 下一阶段、上一阶段、赢单、输单"
        )));
    };
    let (mut plan, mut told) = (WritePlan::new(), Vec::new());
    for id in &ids {
        let others = assignments(ask, ask.table(&deal::KIND), said, Some(*id))?;
        let pipeline = others.iter().find_map(|(def, assign)| match assign {
            Assign::Set(Value::Link(num)) if def.tag == deal::PIPELINE.tag() => Some(*num),
            _ => None,
        });
        let stage = stage_for(&Finder { pipeline, ..finder }, *id, to)?;
        told.push(moved(ask, *id, stage, &others)?);
        let fields = with_own(&[sets(deal::STAGE.lent(), Value::Link(stage))], others)?;
        plan.edits.push(edit(*id, fields));
    }
    let done = Some(listed(&told));
    Ok(Planned { done, ..Planned::about(plan, ids) })
}

/// What the move does to a deal: `D-5 lost (price)`, `D-6 → needs`.
fn moved(ask: &Invocation<'_>, id: RecordId, stage: u64, others: &[Assignment]) -> Result<Said> {
    let stage = RecordId::new(stage::ID, stage);
    let outcome = ask.reader.with_row(stage, |row| row.get(stage::OUTCOME))?.flatten().unwrap_or(stage::OPEN);
    let Some(outcome) = stage::OUTCOMES.get(usize::from(outcome)).filter(|_| outcome != stage::OPEN) else {
        let name = ask.reader.name(stage)?.unwrap_or_default();
        let name = |lang| crate::text::scrub(stage::display_name(&name, lang)).into_owned();
        return Ok(said!(("{id} → {}", name(Lang::En)), ("{id} → {}", name(Lang::Zh))));
    };
    let verb = if outcome.code == "void" { "标为" } else { "" };
    let reason = others.iter().find_map(|(def, assign)| match assign {
        Assign::Set(Value::Text(reason)) if def.tag == deal::LOST_REASON.tag() => Some(crate::text::scrub(reason)),
        _ => None,
    });
    Ok(match reason {
        Some(reason) => said!(("{id} {} ({reason})", outcome.code), ("{id} 已{verb}{}（{reason}）", outcome.zh)),
        None => said!(("{id} {}", outcome.code), ("{id} 已{verb}{}", outcome.zh)),
    })
}

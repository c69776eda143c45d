//! `deal move`: to a stage, to the next one, won or lost.

use crate::{
    domain::{Value, deal},
    error::Result,
    ops::{
        Plan,
        assigning::{assignments, finder},
        log::{edit, sets},
        op::{Ask, Noun, Op, Planned, Run, Takes, arg},
        refs::stage_for,
        tags::def,
    },
};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Kind("deal"),
    verb: "move",
    en: "Move a deal to a stage, to the next one, or to won or lost",
    zh: "将商机移至某阶段、下一阶段、赢单或输单",
    examples: &["deal move D-7 next", "deal move D-7 won", "deal move D-7 lost lost_reason=price"],
    args: &[
        arg("deal", Takes::Word, "The deal", "商机"),
        arg("stage", Takes::Word, "A stage, next, won or lost", "阶段名、next、won 或 lost"),
        arg("fields", Takes::MaybeWords, "field=value set in the same step", "同一步中设置的 字段=值"),
    ],
    run: Run::Change(plan),
};

fn plan(ask: &Ask<'_>) -> Result<Planned> {
    let finder = finder(ask, None);
    let id = finder.find(Some(&deal::KIND), ask.words.one("deal").unwrap_or_default())?;
    let stage = stage_for(&finder, id, ask.words.one("stage").unwrap_or_default())?;
    let mut fields = vec![sets(def(&deal::KIND, deal::STAGE), Value::Link(stage))];
    fields.extend(assignments(ask, &deal::KIND, &ask.words.many("fields"), Some(id))?);
    let mut plan = Plan::new();
    plan.edits.push(edit(id, fields));
    Ok(Planned::about(plan, vec![id]))
}

//! `deal move`: to a stage, to the next one, won or lost.

use crate::{
    domain::{Value, deal},
    error::{Error, Result},
    ops::{
        Assign, Plan,
        args::{Arg, Many, One},
        assigning::{assignments, finder, with_own},
        log::{edit, sets},
        op::{Ask, Noun, Op, Planned, Run},
        refs::{Finder, stage_for},
        several::several,
    },
    text::said,
};

const DEAL: Arg<One> = Arg::word("deal", "The deal; ids of more may follow", "商机；其后可跟更多编号");
const STAGE: Arg<One> =
    Arg::word("stage", "A stage, next, previous, won or lost", "阶段名、next、previous、won 或 lost");
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

fn plan(ask: &Ask<'_>) -> Result<Planned> {
    let finder = finder(ask, None);
    let mut words: Vec<&str> = [ask.words.one(DEAL), ask.words.one(STAGE)].into_iter().flatten().collect();
    words.extend(ask.words.many(FIELDS));
    let (ids, words) = several(ask, &deal::KIND, &words)?;
    let Some((to, said)) = words.split_first() else {
        return Err(Error::usage(said!("No stage is named", "没有给出阶段")).hint(said!(
            "name one after the deals, or next, previous, won or lost",
            "请在商机之后写一个阶段，或 next、previous、won、lost"
        )));
    };
    let mut plan = Plan::new();
    for id in &ids {
        let others = assignments(ask, &deal::KIND, said, Some(*id))?;
        let pipeline = others.iter().find_map(|(def, assign)| match assign {
            Assign::Set(Value::Link(num)) if def.tag == deal::PIPELINE.tag() => Some(*num),
            _ => None,
        });
        let stage = stage_for(&Finder { pipeline, ..finder }, *id, to)?;
        let fields = with_own(&[sets(deal::STAGE.lent(), Value::Link(stage))], others)?;
        plan.edits.push(edit(*id, fields));
    }
    Ok(Planned::about(plan, ids))
}

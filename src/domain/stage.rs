//! Stages: the steps of a pipeline, with the chance of winning at each.

use std::ops::ControlFlow;

use super::{
    KindId, Record,
    field::{Choice, Field, FieldDef, choice, numbered},
    kind::{Kind, Section},
    lookup::Lookup,
    rules::{Draft, RuleContext},
    types::{Duration, Link, OneOf, Percent, Text, Whole},
};
use crate::error::Result;

/// The number of this kind.
pub const ID: KindId = KindId::new(5);

/// Outcome.
pub const OUTCOMES: &[Choice] = &numbered([
    choice("open", "Open", "进行中"),
    choice("won", "Won", "赢单"),
    choice("lost", "Lost", "输单"),
    choice("void", "Void", "无效"),
]);

/// Names match folded; the default ones show and read in both languages while unchanged; default pipeline: qualify=初步接洽 10, needs=需求确认 25, proposal=方案报价 50, negotiation=商务谈判 75, won=赢单 100, lost=输单 0.
pub const NAME: Field<Text> = ID.field(1, "name", "Stage", "阶段名称").also("阶段").required().name();
/// Pipeline.
pub const PIPELINE: Field<Link> =
    ID.field(2, "pipeline", "Pipeline", "销售流程").also("流程").to("pipeline").required().home();
/// Order.
pub const ORDER: Field<Whole> = ID.field(3, "order", "Order", "顺序");
/// Probability.
pub const PROBABILITY: Field<Percent> = ID.field(4, "probability", "Probability", "赢单率");
/// Open won lost void.
pub const OUTCOME: Field<OneOf> = ID.field(5, "outcome", "Outcome", "结果").choices(OUTCOMES).closed();
/// Days in the stage before a card is marked.
pub const STALE_AFTER: Field<Duration> = ID.field(6, "stale_after", "Stale after", "滞留时限");

static FIELDS: &[FieldDef] =
    &[NAME.def(), PIPELINE.def(), ORDER.def(), PROBABILITY.def(), OUTCOME.def(), STALE_AFTER.def()];

/// The number of each outcome.
pub const OPEN: u16 = 0;
/// Won.
pub const WON: u16 = 1;
/// Lost.
pub const LOST: u16 = 2;
/// Neither won nor lost: a duplicate, a mistake.
pub const VOID: u16 = 3;

/// The stages of the pipeline that every store begins with: code, Chinese name, chance in percent, outcome.
pub const DEFAULT_STAGES: &[(&str, &str, u8, u16)] = &[
    ("qualify", "初步接洽", 10, OPEN),
    ("needs", "需求确认", 25, OPEN),
    ("proposal", "方案报价", 50, OPEN),
    ("negotiation", "商务谈判", 75, OPEN),
    ("won", "赢单", 100, WON),
    ("lost", "输单", 0, LOST),
];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "stage",
    plural: "stages",
    letters: "S",
    aliases: &["阶段"],
    en: "Stage",
    zh: "销售阶段",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "pipeline", "order", "probability", "outcome", "stale_after"],
    sections: &[Section {
        en: "",
        zh: "",
        fields: &["name", "pipeline", "order", "probability", "outcome", "stale_after"],
    }],
    rules,
    derivations: &[],
};

fn rules(draft: &mut Draft<'_>, _: &RuleContext<'_>) -> Result<()> {
    draft.default(OUTCOME, OPEN);
    if draft.is_new() {
        let chance = match draft.get(OUTCOME) {
            Some(WON) => Some(100),
            Some(LOST | VOID) => Some(0),
            _ => None,
        };
        if let Some(chance) = chance {
            draft.default(PROBABILITY, chance);
        }
    }
    Ok(())
}

/// The stages of a pipeline in their order.
pub fn stages_of(pipeline: u64, lookup: &dyn Lookup) -> Result<Vec<(u64, Record)>> {
    let mut stages = Vec::new();
    lookup.each(ID, &mut |num, stage| {
        if stage.get(PIPELINE) == Some(pipeline) {
            stages.push((num, stage.clone()));
        }
        ControlFlow::Continue(())
    })?;
    stages.sort_by_key(|(num, stage)| (stage.get(ORDER).unwrap_or(i64::MAX), *num));
    Ok(stages)
}

/// Whether a person means this stage: its name, or either name of a default stage that still has one of them.
pub fn is_called(name: &str, wanted: &str) -> bool {
    let (name, wanted) = (crate::text::fold(name), crate::text::fold(wanted));
    name == wanted || other_name(&name).is_some_and(|other| other == wanted)
}

/// The name in a language: default stages have one in each as long as nobody renames them.
pub fn display_name(name: &str, lang: crate::text::Lang) -> &str {
    DEFAULT_STAGES
        .iter()
        .find(|(code, zh, ..)| *code == name || *zh == name)
        .map_or(name, |(code, zh, ..)| lang.pick(code, zh))
}

fn other_name(name: &str) -> Option<&'static str> {
    DEFAULT_STAGES.iter().find_map(|(code, zh, ..)| match name {
        _ if name == *code => Some(*zh),
        _ if name == *zh => Some(*code),
        _ => None,
    })
}

//! Pipelines: the ways in which deals move.

use std::ops::ControlFlow;

use super::{
    KindId, RecordId,
    field::{Field, FieldDef},
    kind::{Kind, Section},
    lookup::Lookup,
    rules::{Draft, Effect, RuleContext},
    types::{Text, Whole, YesNo},
};
use crate::error::Result;

/// The number of this kind.
pub const ID: KindId = KindId::new(4);

/// Pipeline.
pub const NAME: Field<Text> = Field::new(1, "name", "Pipeline", "销售流程").also("流程").required().name();
/// Order.
pub const ORDER: Field<Whole> = Field::new(2, "order", "Order", "顺序");
/// Default.
pub const DEFAULT: Field<YesNo> = Field::new(3, "default", "Default", "默认");

static FIELDS: &[FieldDef] = &[NAME.def(), ORDER.def(), DEFAULT.def()];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "pipeline",
    plural: "pipelines",
    letters: "L",
    aliases: &["pipe", "流程"],
    en: "Pipeline",
    zh: "销售流程",
    fields: FIELDS,
    indexes: &[],
    summaries: &[],
    columns: &["name", "order", "default"],
    sections: &[Section { en: "", zh: "", fields: &["name", "order", "default"] }],
    rules,
    derivation: None,
};

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    if draft.changed(DEFAULT) && draft.get(DEFAULT) == Some(true) {
        let own = draft.id.num;
        context.lookup.each(ID, &mut |num, pipeline| {
            if num != own && pipeline.get(DEFAULT) == Some(true) {
                context.then(Effect::Set(RecordId::new(ID, num), vec![(DEFAULT.tag(), None)]));
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(())
}

/// The pipelines in their order, the default one first.
///
/// # Errors
/// What the store says.
pub fn in_order(lookup: &dyn Lookup) -> Result<Vec<u64>> {
    let mut found = Vec::new();
    lookup.each(ID, &mut |num, pipeline| {
        found.push((pipeline.get(DEFAULT) != Some(true), pipeline.get(ORDER).unwrap_or(i64::MAX), num));
        ControlFlow::Continue(())
    })?;
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, _, num)| num).collect())
}

/// The pipeline that new deals enter: the default one, else the first.
pub fn default_pipeline(lookup: &dyn Lookup) -> Result<Option<u64>> {
    Ok(in_order(lookup)?.first().copied())
}

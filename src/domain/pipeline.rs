//! Pipelines: the ways in which deals move.

use std::ops::ControlFlow;

use super::{
    KindId, RecordId,
    field::{Field, FieldDef},
    kind::{Kind, Section},
    lookup::Lookup,
    rules::{Draft, Effect, Presence, RuleContext},
    types::{Text, Whole, YesNo},
};
use crate::{error::Result, text::said};

/// The number of this kind.
pub const ID: KindId = KindId::new(4);

/// Pipeline.
pub const NAME: Field<Text> = ID.field(1, "name", "Pipeline", "销售流程").also("流程").required().name();
/// Order.
pub const ORDER: Field<Whole> = ID.field(2, "order", "Order", "顺序");
/// Default.
pub const DEFAULT: Field<YesNo> = ID.field(3, "default", "Default", "默认");

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
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "order", "default"],
    sections: &[Section { en: "", zh: "", fields: &["name", "order", "default"] }],
    rules,
    derivations: &[],
};

fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    if draft.takes(DEFAULT) && draft.get(DEFAULT) == Some(true) && draft.presence != Presence::Trashed {
        let others = defaults(context.lookup, draft.id.num)?;
        match others.first() {
            Some(other) if draft.presence == Presence::ComesBack => {
                let (id, other) = (draft.id, RecordId::new(ID, *other));
                context.then(Effect::Remark(said!(
                    "{other} is the default pipeline by now; {id} comes back without that",
                    "默认销售流程现为 {other}，{id} 恢复后不再是默认"
                )));
                draft.clear_kept(DEFAULT);
            }
            _ => {
                for num in others {
                    context.then(Effect::Set(RecordId::new(ID, num), vec![(DEFAULT.tag(), None)]));
                }
            }
        }
    }
    Ok(())
}

/// The pipelines in use, without this one, that are the default one: one at most.
///
/// # Errors
/// What the store says.
pub fn defaults(lookup: &dyn Lookup, except: u64) -> Result<Vec<u64>> {
    let mut found = Vec::new();
    lookup.each(ID, &mut |num, pipeline| {
        if num != except && pipeline.get(DEFAULT) == Some(true) {
            found.push(num);
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// What every store begins with, in either language as long as nobody renames it.
pub const DEFAULT_NAME: (&str, &str) = ("Sales", "销售");

/// The name in a language.
pub fn display_name(name: &str, lang: crate::text::Lang) -> &str {
    let (en, zh) = DEFAULT_NAME;
    if name == en || name == zh { lang.pick(en, zh) } else { name }
}

/// Whether a person means this pipeline: by its name, or by the other one that the default pipeline has.
pub fn is_called(name: &str, wanted: &str) -> bool {
    let folded = crate::text::fold(wanted);
    [crate::text::Lang::En, crate::text::Lang::Zh]
        .iter()
        .any(|lang| crate::text::fold(display_name(name, *lang)) == folded)
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

//! Fields that a form has together under a heading: `crm section add customer Contract fields=contract_no,signed`.

use crate::{
    domain::{
        KindId, Schema,
        field::{Field, FieldDef},
        kind::{Kind, Section},
        rules::{Draft, RuleContext},
        types::{Text, Texts, Whole},
    },
    error::Result,
};

use super::listed::put_codes;

/// The number of this kind.
pub const ID: KindId = KindId::new(14);

/// Its English heading.
pub const NAME: Field<Text> = ID
    .field(1, "name", "Heading", "标题")
    .required()
    .name()
    .index()
    .about("its heading on an English screen", "英文界面的标题");
/// The noun of the kind whose form it is in.
pub const OF: Field<Text> = ID
    .field(2, "of", "Of", "所属类别")
    .required()
    .index()
    .about("the kind of record whose form it is in; stays as it is", "所属的记录类别；建好后不能更改");
/// Its Chinese heading.
pub const ZH: Field<Text> = ID
    .field(3, "zh", "Chinese", "中文标题")
    .about("its heading on a Chinese screen, else the same", "中文界面的标题；不写则同英文标题");
/// The codes of its fields, in their order.
pub const OF_FIELDS: Field<Texts> = ID.field(4, "fields", "Fields", "字段").about(
    "the codes of its fields in their order, with commas: contract_no,signed",
    "各字段的代码，按顺序以逗号分隔：contract_no,signed",
);
/// Its place among the sections.
pub const ORDER: Field<Whole> = ID.field(5, "order", "Order", "顺序").about(
    "its place among the sections of your own, the least first; built-in ones stand before them",
    "在自定义分组中的位置，小的在前；内置分组总在其前",
);

static FIELDS: &[FieldDef] = &[NAME.def(), OF.def(), ZH.def(), OF_FIELDS.def(), ORDER.def()];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "section",
    plural: "sections",
    letters: "SE",
    aliases: &["分组"],
    en: "Section",
    zh: "表单分组",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "of", "zh", "fields", "order"],
    sections: &[Section { en: "", zh: "", fields: &["of", "name", "zh", "fields", "order"] }],
    rules,
    derivations: &[],
};

/// A kind may be named by its plural or its label, and fields by theirs.
fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let schema = Schema::of(context.lookup)?;
    if let Some(kind) = draft.get(OF).and_then(|name| schema.named(name)) {
        draft.set(OF, kind.noun.to_owned());
    }
    let of = draft.get(OF).map(str::to_owned);
    put_codes(draft, OF_FIELDS, schema, of.as_deref());
    Ok(())
}

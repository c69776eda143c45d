//! A value that a field offers: `crm choice add customer.industry hospital zh=医院`.

use crate::{
    domain::{
        KindId,
        field::{Field, FieldDef},
        kind::{Kind, Section},
        rules::{Draft, RuleContext},
        types::{Text, Whole, YesNo},
    },
    error::Result,
};

use super::names::Labels;

/// The number of this kind.
pub const ID: KindId = KindId::new(13);

/// What it is called as a record: `customer.industry.hospital`.
pub const NAME: Field<Text> = ID.field(1, "name", "Name", "名称").kept().unique().name().index();
/// The field that offers it: `customer.industry`.
pub const FIELD: Field<Text> = ID.field(2, "field", "Field", "字段").required().index();
/// What scripts and files say.
pub const CODE: Field<Text> = ID.field(3, "code", "Code", "代码").required();
/// What an English screen says.
pub const EN: Field<Text> = ID.field(4, "en", "English", "英文名");
/// What a Chinese screen says.
pub const ZH: Field<Text> = ID.field(5, "zh", "Chinese", "中文名");
/// Its place among the choices of its field.
pub const ORDER: Field<Whole> = ID.field(6, "order", "Order", "顺序");
/// Records keep it, and no other takes it any more.
pub const RETIRED: Field<YesNo> = ID.field(7, "retired", "Retired", "停用");

static FIELDS: &[FieldDef] = &[NAME.def(), FIELD.def(), CODE.def(), EN.def(), ZH.def(), ORDER.def(), RETIRED.def()];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "choice",
    plural: "choices",
    letters: "CH",
    aliases: &[],
    en: "Choice",
    zh: "选项",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "en", "zh", "order", "retired"],
    sections: &[Section { en: "", zh: "", fields: &["field", "code", "en", "zh", "order", "retired"] }],
    rules,
    derivations: &[],
};

/// Its name follows from its field and code; labels follow from the code, and the code from a label in its place.
fn rules(draft: &mut Draft<'_>, _: &RuleContext<'_>) -> Result<()> {
    let (Some(field), Some(code)) = (draft.get(FIELD).map(str::to_owned), draft.get(CODE)) else { return Ok(()) };
    let Labels { code, en, zh } = Labels::of_choice(code, draft.get(EN), draft.get(ZH));
    draft.set(NAME, format!("{field}.{code}"));
    draft.set(CODE, code);
    draft.set(EN, en);
    draft.set(ZH, zh);
    Ok(())
}

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
pub const NAME: Field<Text> = ID
    .field(1, "name", "Name", "名称")
    .kept()
    .unique()
    .name()
    .index()
    .about("its field and code, by which other commands name it", "字段与代码，其他命令以此指称该选项");
/// The field that offers it: `customer.industry`.
pub const FIELD: Field<Text> = ID.field(2, "field", "Field", "字段").required().index().about(
    "the field that offers it, of type choice or text; stays as it is",
    "提供该选项的字段，类型为选项或文本；建好后不能更改",
);
/// What scripts and files say.
pub const CODE: Field<Text> = ID.field(3, "code", "Code", "代码").required().about(
    "what is stored and typed: letters, digits, hyphens; stays as it is",
    "存储和输入所用的代码：字母、数字、连字符；建好后不能更改",
);
/// What an English screen says.
pub const EN: Field<Text> = ID
    .field(4, "en", "English", "英文名")
    .about("its label on an English screen, else made from the code", "英文界面的标签；不写则由代码得出");
/// What a Chinese screen says.
pub const ZH: Field<Text> = ID.field(5, "zh", "Chinese", "中文名").about(
    "its label on a Chinese screen, which can be typed as well",
    "中文界面的标签，也可直接输入；不写则同英文标签",
);
/// Its place among the choices of its field.
pub const ORDER: Field<Whole> = ID.field(6, "order", "Order", "顺序").about(
    "its place among the choices of your own, the least first; built-in ones stand before them",
    "在自定义选项中的位置，小的在前；内置选项总在其前",
);
/// Records keep it, and no other takes it any more.
pub const RETIRED: Field<YesNo> = ID
    .field(7, "retired", "Retired", "停用")
    .about("records that have it keep it, and it is offered no more", "已选用的记录保留它，不再供选择");

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

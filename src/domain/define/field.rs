//! A field of one's own, or what is otherwise about a built-in one: `crm field add customer contract_no type=text index`.

use crate::{
    domain::{
        KindId, Schema, Type,
        field::{Choice, Field, FieldDef, choice, numbered},
        kind::{Kind, Section},
        rules::{Draft, RuleContext},
        types::{LongText, OneOf, Text, Whole, YesNo},
    },
    error::{Error, Result},
    text::said,
};

use super::{names::Labels, numbers::FIRST_TAG};

/// The number of this kind.
pub const ID: KindId = KindId::new(12);

/// The types that a field of one's own may have. Numbers stand in rows: the list only grows at its end.
pub const TYPES: &[Choice] = &numbered([
    choice("text", "Text", "文本"),
    choice("long_text", "Long text", "长文本"),
    choice("email", "E-mail", "邮箱"),
    choice("url", "Web address", "网址"),
    choice("phone", "Telephone", "电话"),
    choice("whole", "Whole number", "整数"),
    choice("decimal", "Decimal number", "小数").also("number 数字"),
    choice("money", "Amount of money", "金额"),
    choice("price", "Unit price", "单价"),
    choice("percent", "Whole percent", "整数百分比"),
    choice("rate", "Percentage with decimals", "百分比"),
    choice("date", "Day", "日期"),
    choice("instant", "Point in time", "时间点"),
    choice("due", "Day or point in time", "日期或时间点"),
    choice("duration", "Length of time", "时长"),
    choice("choice", "Choice", "选项"),
    choice("yes_no", "Yes or no", "是否"),
    choice("link", "Link", "关联"),
]);

/// The first of [`TYPES`], which a field has that says none.
const TEXT: u16 = 0;

/// The kind of value of each of [`TYPES`].
const TYPES_OF: [Type; TYPES.len()] = [
    Type::Text,
    Type::LongText,
    Type::Email,
    Type::Url,
    Type::Phone,
    Type::Whole,
    Type::Decimal,
    Type::Money,
    Type::UnitPrice,
    Type::Percent,
    Type::Rate,
    Type::Date,
    Type::Instant,
    Type::Due,
    Type::Duration,
    Type::Choice,
    Type::YesNo,
    Type::Link,
];

/// The type that a choice of [`TYPE`] stands for.
pub fn type_of(number: u16) -> Option<Type> {
    TYPES_OF.get(usize::from(number)).copied()
}

/// What it is called as a record: `customer.contract_no`.
pub const NAME: Field<Text> = ID.field(1, "name", "Name", "名称").kept().unique().name().index();
/// The noun of the kind that has it.
pub const OF: Field<Text> = ID.field(2, "of", "Of", "所属类别").required().index();
/// What scripts and files say.
pub const CODE: Field<Text> = ID.field(3, "code", "Code", "代码").required();
/// What an English screen says.
pub const EN: Field<Text> = ID.field(4, "en", "English", "英文名");
/// What a Chinese screen says.
pub const ZH: Field<Text> = ID.field(5, "zh", "Chinese", "中文名");
/// What it is for, in a sentence.
pub const HELP: Field<LongText> = ID.field(6, "help", "Help", "说明");
/// What its values are.
pub const TYPE: Field<OneOf> = ID.field(7, "type", "Type", "类型").choices(TYPES);
/// Whether it holds a list.
pub const MANY: Field<YesNo> = ID.field(8, "many", "Several", "多值");
/// The noun of the kind that a link leads to.
pub const TO: Field<Text> = ID.field(9, "to", "Links to", "关联到").also("target");
/// A record cannot be without it.
pub const REQUIRED: Field<YesNo> = ID.field(10, "required", "Required", "必填");
/// No two records have the same value.
pub const UNIQUE: Field<YesNo> = ID.field(11, "unique", "Unique", "唯一");
/// An index of it is kept.
pub const INDEX: Field<YesNo> = ID.field(12, "index", "Indexed", "索引");
/// Free words look into it.
pub const SEARCH: Field<YesNo> = ID.field(13, "search", "Searched", "可搜索");
/// What a new record has, as it is typed.
pub const DEFAULT: Field<Text> = ID.field(14, "default", "Default", "默认值");
/// Its place among the fields of its kind.
pub const ORDER: Field<Whole> = ID.field(15, "order", "Order", "顺序");
/// Whether forms and lists leave it out.
pub const HIDDEN: Field<YesNo> = ID.field(16, "hidden", "Hidden", "隐藏");
/// Whether a text takes nothing but its choices.
pub const STRICT: Field<YesNo> = ID.field(17, "strict", "Choices only", "仅限选项");
/// The most decimals of a number.
pub const DECIMALS: Field<Whole> = ID.field(18, "decimals", "Decimals", "小数位数").bounds(0, 10);
/// Whether its records are parts of the one that this link leads to.
pub const PART_OF: Field<YesNo> = ID.field(20, "part_of", "Part of", "从属");
/// What its value is worked out by, which nobody sets then.
pub const FORMULA: Field<Text> = ID.field(21, "formula", "Formula", "公式");

static FIELDS: &[FieldDef] = &[
    NAME.def(),
    OF.def(),
    CODE.def(),
    TYPE.def(),
    EN.def(),
    ZH.def(),
    HELP.def(),
    MANY.def(),
    TO.def(),
    REQUIRED.def(),
    UNIQUE.def(),
    INDEX.def(),
    SEARCH.def(),
    DEFAULT.def(),
    ORDER.def(),
    HIDDEN.def(),
    STRICT.def(),
    DECIMALS.def(),
    PART_OF.def(),
    FORMULA.def(),
];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "field",
    plural: "fields",
    letters: "FD",
    aliases: &[],
    en: "Field",
    zh: "字段",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "type", "en", "zh", "required", "unique", "index"],
    sections: &[Section {
        en: "",
        zh: "",
        fields: &[
            "of", "code", "type", "en", "zh", "help", "many", "to", "required", "unique", "index", "search", "default",
            "order", "hidden", "strict", "decimals", "part_of", "formula",
        ],
    }],
    rules,
    derivations: &[],
};

/// Its name follows from its kind and code; labels follow from the code, and the code from a label in its place.
fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    // A kind may be named by its plural or its label; one of the same step is named by its noun.
    let schema = Schema::of(context.lookup)?;
    for link in [OF, TO] {
        if let Some(kind) = draft.get(link).and_then(|name| schema.named(name)) {
            draft.set(link, kind.noun.to_owned());
        }
    }
    let (Some(of), Some(code)) = (draft.get(OF).map(str::to_owned), draft.get(CODE)) else { return Ok(()) };
    let Labels { code, en, zh } = Labels::of(code, draft.get(EN), draft.get(ZH));
    let built_in = schema.named(&of).and_then(|kind| {
        let def = kind.fields.iter().find(|def| def.code == code && def.tag < FIRST_TAG)?;
        Some((kind, def))
    });
    let is_own = draft.get(TYPE).is_some() || draft.get(FORMULA).is_some();
    let was_own = draft.old(TYPE).is_some() || draft.old(FORMULA).is_some();
    match built_in {
        None if !is_own => draft.set(TYPE, TEXT),
        Some((kind, def)) if is_own && draft.old.is_none() => {
            let (noun, code) = (kind.noun, def.code);
            return Err(Error::invalid(said!(
                ("A {noun} has a field {code} already"),
                ("{}已有字段“{}”", kind.zh, def.zh)
            ))
            .hint(said!(
                "crm field set {noun}.{code} ... changes what is about it",
                "crm field set {noun}.{code} … 可更改其设置"
            )));
        }
        Some(_) if is_own && !was_own => {
            return Err(Error::invalid(said!("A field of the program has no formula", "内置字段不能设公式"))
                .hint(said!("add a field of your own", "请另建一个字段")));
        }
        _ => {}
    }
    draft.set(NAME, format!("{of}.{code}"));
    draft.set(CODE, code);
    if draft.get(UNIQUE) == Some(true) && draft.get(INDEX).is_none() {
        draft.set(INDEX, true);
    }
    // One that says neither tells what is otherwise about a field of the program, which has labels.
    if draft.get(TYPE).is_some() || draft.get(FORMULA).is_some() {
        draft.set(EN, en);
        draft.set(ZH, zh);
    }
    Ok(())
}

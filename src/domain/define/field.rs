//! A field of one's own, or what is otherwise about a built-in one: `crm field add customer contract_no type=text index`.

use crate::{
    domain::{
        KindId, Record, Schema, Type,
        field::{Choice, Field, FieldDef, choice, numbered},
        kind::{Kind, Section},
        rules::{Draft, RuleContext, invalid},
        types::{LongText, OneOf, Text, Whole, YesNo},
    },
    error::{Error, Result},
    text::said,
};

use super::{builder::NAMED, names::Labels, numbers::FIRST_TAG};

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

/// Whether a record defines a field of one's own; without a type or a formula it says what is otherwise about a field of the
/// program.
pub fn is_own(record: &Record) -> bool {
    record.get(TYPE).is_some() || record.get(FORMULA).is_some()
}

/// What it is called as a record: `customer.contract_no`.
pub const NAME: Field<Text> = ID
    .field(1, "name", "Name", "名称")
    .kept()
    .unique()
    .name()
    .index()
    .about("its kind and code, by which other commands name it", "类别与代码，其他命令以此指称该字段");
/// The noun of the kind that has it.
pub const OF: Field<Text> = ID
    .field(2, "of", "Of", "所属类别")
    .required()
    .index()
    .about("the kind of record that has it; stays as it is", "所属的记录类别；建好后不能更改");
/// What scripts and files say.
pub const CODE: Field<Text> = ID.field(3, "code", "Code", "代码").required().about(
    "what is typed for it: small letters, digits, underscores; stays as it is",
    "输入时所用的名称：小写字母、数字、下划线；建好后不能更改",
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
/// What it is for, in a sentence.
pub const HELP: Field<LongText> = ID.field(6, "help", "Help", "说明").about(
    "a sentence about what to fill in, for forms and crm help fields",
    "填写说明，显示在表单和 crm help fields 中",
);
/// What its values are.
pub const TYPE: Field<OneOf> = ID
    .field(7, "type", "Type", "类型")
    .choices(TYPES)
    .closed()
    .about("what its values are, text unless it says so; stays as it is", "值的类型，不写则为文本；建好后不能更改");
/// Whether it holds a list.
pub const MANY: Field<YesNo> = ID
    .field(8, "many", "Several", "多值")
    .about("it holds several values, typed with commas between them", "可有多个值，输入时以逗号分隔");
/// The noun of the kind that a link leads to.
pub const TO: Field<Text> = ID
    .field(9, "to", "Links to", "关联到")
    .also("target")
    .about("of a link: the kind of record that it leads to", "关联字段所指向的记录类别");
/// A record cannot be without it.
pub const REQUIRED: Field<YesNo> = ID.field(10, "required", "Required", "必填").about(
    "no record is made without it; those that have none already can still be edited",
    "新建记录时必填；已有而未填的记录仍可编辑",
);
/// No two records have the same value.
pub const UNIQUE: Field<YesNo> = ID.field(11, "unique", "Unique", "唯一").about(
    "no two records have the same value: of text, e-mail or web address",
    "任何两条记录的值不得相同；用于文本、邮箱、网址",
);
/// An index of it is kept.
pub const INDEX: Field<YesNo> = ID.field(12, "index", "Indexed", "索引").about(
    "an index keeps filters and sorting by it quick where there are many records",
    "建立索引：记录很多时，按此字段筛选和排序仍然快",
);
/// Free words look into it.
pub const SEARCH: Field<YesNo> = ID.field(13, "search", "Searched", "可搜索").about(
    "crm find, / and free words of a filter look into it too: of text",
    "crm find、按 / 查找和筛选中的任意词也会查找它；用于文本",
);
/// What a new record has, as it is typed.
pub const DEFAULT: Field<Text> = ID.field(14, "default", "Default", "默认值").about(
    "what a new record has unless it says otherwise, as it is typed: A, me, +30d",
    "新记录的初始值，按输入的写法填写：A、我、+30d",
);
/// Its place among the fields of its kind.
pub const ORDER: Field<Whole> = ID.field(15, "order", "Order", "顺序").about(
    "its place among the fields of its kind, 0 the first; without it they stand behind the built-in ones",
    "在本类别字段中的位置，0 为最前；不写则排在内置字段之后",
);
/// Whether forms and lists leave it out.
pub const HIDDEN: Field<YesNo> = ID.field(16, "hidden", "Hidden", "隐藏").about(
    "forms, lists and show leave it out; filters, --columns, JSON and exports still have it",
    "表单、列表和详情中不显示；筛选、--columns、JSON 和导出中仍有",
);
/// Whether a text takes nothing but its choices.
pub const STRICT: Field<YesNo> = ID.field(17, "strict", "Choices only", "仅限选项").about(
    "of text with choices: nothing else is taken; records keep what they hold already",
    "用于有选项的文本：只接受选项；记录中已有的其他值保持不变",
);
/// The most decimals of a number.
pub const DECIMALS: Field<Whole> =
    ID.field(18, "decimals", "Decimals", "小数位数").bounds(0, Type::MOST_DECIMALS as i64).about(
        "of a decimal or a rate: how many decimals at most, up to 10; without it 6 and 4",
        "用于小数和百分比：最多几位小数，上限 10；不写则分别为 6 和 4",
    );
/// Whether its records are parts of the one that this link leads to.
pub const PART_OF: Field<YesNo> = ID.field(20, "part_of", "Part of", "从属").about(
"its records are parts of the one that this link leads to, as lines of an order: shown in it, trashed, restored and purged with it",
"其记录是所关联记录的组成部分，如订单的明细行：在该记录中列出，随它删除、恢复和清除",
);
/// What its value is worked out by, which nobody sets then.
pub const FORMULA: Field<Text> = ID.field(21, "formula", "Formula", "公式").about(
    "works it out of other fields, so that nobody sets it: 'quantity * price'",
    "由其他字段算出，无需填写，如“数量 * 单价”",
);

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
    columns: &["name", "type", "to", "en", "zh", "required", "unique", "index", "formula"],
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
        // The kind may be made by the same step; every kind of one's own has a name.
        None if !is_own && schema.named(&of).is_none() && code == NAMED.name_field().code => {}
        None if !is_own => draft.set(TYPE, TEXT),
        Some((kind, def)) if is_own && draft.old.is_none() => {
            return Err(is_there(kind, def));
        }
        Some(_) if !was_own && draft.get(FORMULA).is_some() => {
            return Err(Error::invalid(said!("A field of the program has no formula", "内置字段不能设公式"))
                .hint(said!("add a field of your own", "请另建一个字段")));
        }
        _ => {}
    }
    fits_type(draft)?;
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

/// Refuses to say what means nothing for the type of a field.
fn fits_type(draft: &Draft<'_>) -> Result<()> {
    let Some(ty) = draft.get(TYPE).and_then(type_of) else { return Ok(()) };
    if draft.changed(DECIMALS) && draft.get(DECIMALS).is_some() && !matches!(ty, Type::Decimal | Type::Rate) {
        return Err(invalid(
            draft,
            DECIMALS.lent().code,
            said!("only a number of type decimal or rate has them", "仅用于小数和百分比类型"),
        )
        .hint(said!("write type=decimal or type=rate", "请写 类型=小数 或 类型=百分比")));
    }
    if draft.changed(STRICT) && draft.get(STRICT) == Some(true) && !matches!(ty, Type::Text | Type::Choice) {
        return Err(invalid(
            draft,
            STRICT.lent().code,
            said!("only text has choices and may be something else", "仅用于文本类型"),
        )
        .hint(said!(
            "write type=text, or type=choice, which takes nothing but its choices",
            "请写 类型=文本，或 类型=选项（只接受选项）"
        )));
    }
    Ok(())
}

/// Why no other field of a kind gets the code of this one.
pub fn is_there(kind: &Kind, def: &FieldDef) -> Error {
    let (noun, code) = (kind.noun, def.code);
    Error::conflict(said!(("A {noun} has a field {code} already"), ("{}已有字段“{}”", kind.zh, def.zh))).hint(said!(
        "crm field set {noun}.{code} ... changes what is about it",
        "crm field set {noun}.{code} … 可更改其设置"
    ))
}

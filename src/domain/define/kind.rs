//! A kind of record of one's own: `crm kind add vehicle letters=VH zh=车辆`.

use std::{collections::HashSet, ops::ControlFlow};

use crate::{
    domain::{
        KindId, Lookup, Record, RecordId, Schema,
        field::{Field, FieldDef},
        kind::{Kind, Section},
        reserved,
        rules::{Draft, Effect, RuleContext},
        types::{Text, Texts},
        view,
    },
    error::Result,
    text::{said, scrub},
};

use super::{listed::put_codes, names::Labels};

/// The number of this kind.
pub const ID: KindId = KindId::new(11);

/// Its noun on the command line: lower-case letters, digits and underscores.
pub const NAME: Field<Text> = ID.field(1, "name", "Noun", "名称").required().unique().name().index().about(
    "the noun of its commands: small letters, digits, underscores; stays as it is",
    "命令中的类别名：小写字母、数字、下划线；建好后不能更改",
);
/// The noun of several.
pub const PLURAL: Field<Text> = ID.field(2, "plural", "Plural", "复数").about(
    "the noun of several, as in vehicles.name:x of a customer; else the noun with an s",
    "复数形式，如客户的 vehicles.name:x；不写则为名称加 s",
);
/// One to three letters before a record's number.
pub const LETTERS: Field<Text> = ID.field(3, "letters", "Letters", "编号字母").required().unique().index().about(
    "one to three letters before a number: VH-1; else taken from the noun; stay as they are",
    "编号前的一到三个字母，如 VH-1；不写则取自名称；建好后不能更改",
);
/// Other spellings of the noun.
pub const ALIASES: Field<Texts> = ID
    .field(4, "aliases", "Other names", "别名")
    .about("other words that can be typed for the noun, with commas", "可代替类别名输入的其他词，以逗号分隔");
/// Its English label.
pub const EN: Field<Text> = ID
    .field(5, "en", "English", "英文名")
    .about("its label on an English screen, else made from the noun", "英文界面的标签；不写则由名称得出");
/// Its Chinese label.
pub const ZH: Field<Text> = ID.field(6, "zh", "Chinese", "中文名").about(
    "its label on a Chinese screen, which can be typed as well",
    "中文界面的标签，也可直接输入；不写则同英文标签",
);
/// The measure word between a number and the Chinese label.
pub const MEASURE: Field<Text> = ID
    .field(7, "measure", "Measure word", "量词")
    .about("the word between a number and the Chinese label: 辆", "数字与中文标签之间的量词，如 辆；不写则为 条");
/// The codes of the columns of its list.
pub const COLUMNS: Field<Texts> = ID.field(8, "columns", "Columns", "列").about(
    "what its list shows, with commas: name,plate,customer.city; else its first fields",
    "列表显示的列，以逗号分隔，如 name,owner,customer.city；不写则为前几个字段",
);

static FIELDS: &[FieldDef] =
    &[NAME.def(), PLURAL.def(), LETTERS.def(), ALIASES.def(), EN.def(), ZH.def(), MEASURE.def(), COLUMNS.def()];

/// The table of this kind.
pub static KIND: Kind = Kind {
    id: ID,
    noun: "kind",
    plural: "kinds",
    letters: "KD",
    aliases: &["类别"],
    en: "Kind of record",
    zh: "记录类别",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[],
    summaries: &[],
    columns: &["name", "letters", "plural", "en", "zh", "columns"],
    sections: &[Section {
        en: "",
        zh: "",
        fields: &["name", "letters", "plural", "aliases", "en", "zh", "measure", "columns"],
    }],
    rules,
    derivations: &[],
};

/// Letters are written in capitals, and follow from the noun where none are given; labels and the plural follow from the noun, and the noun from a label in its place.
fn rules(draft: &mut Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    if let Some(letters) = draft.get(LETTERS).map(str::to_ascii_uppercase) {
        draft.set(LETTERS, letters);
    }
    let noun = draft.get(NAME).map(str::to_owned);
    put_codes(draft, COLUMNS, Schema::of(context.lookup)?, noun.as_deref());
    if !draft.is_new() && draft.changed(COLUMNS) {
        unknown_columns(draft, context)?;
    }
    let Some(noun) = draft.get(NAME) else { return Ok(()) };
    let Labels { code, en, zh } = Labels::of(noun, draft.get(EN), draft.get(ZH));
    if draft.get(PLURAL).is_none() {
        draft.set(PLURAL, format!("{code}s"));
    }
    if draft.get(LETTERS).is_none()
        && let Some(letters) = free_letters(&code, draft.id, context.lookup)?
    {
        draft.set(LETTERS, letters);
    }
    draft.set(EN, en);
    draft.set(ZH, zh);
    draft.set(NAME, code);
    Ok(())
}

/// Remarks on columns that no field has: they are shown once there is one.
fn unknown_columns(draft: &Draft<'_>, context: &RuleContext<'_>) -> Result<()> {
    let Some(kind) = draft.get(NAME).and_then(|noun| Schema::of(context.lookup).ok()?.named(noun)) else {
        return Ok(());
    };
    for column in view::texts(draft.get(COLUMNS)) {
        let first = column.split('.').next().unwrap_or_default();
        if first != "id" && kind.field(first).is_none() {
            let (first, noun, zh) = (scrub(first), kind.noun, kind.zh);
            context.then(Effect::Remark(said!(
                "a {noun} has no field '{first}' yet; its column is shown once there is one",
                "{zh}尚无字段“{first}”，添加后才会显示该列"
            )));
        }
    }
    Ok(())
}

/// Letters of the noun that no other kind has, in the trash neither, or will have, and none of the same step: the first with another one, or
/// with two.
fn free_letters(noun: &str, own: RecordId, lookup: &dyn Lookup) -> Result<Option<String>> {
    let (schema, mut taken) = (Schema::of(lookup)?, HashSet::new());
    let mut take = |num: u64, record: &Record| {
        taken.extend(record.get(LETTERS).filter(|_| num != own.num).map(str::to_owned));
        ControlFlow::Continue(())
    };
    lookup.each(ID, &mut take)?;
    lookup.each_trashed(ID, &mut take)?;
    let letters: Vec<char> = noun.to_ascii_uppercase().chars().filter(char::is_ascii_uppercase).collect();
    let Some((first, rest)) = letters.split_first() else { return Ok(None) };
    let pairs = rest.iter().map(|other| format!("{first}{other}"));
    let threes =
        rest.windows(2).map(|pair| pair.iter().fold(first.to_string(), |all, letter| format!("{all}{letter}")));
    let is_free = |letters: &String| {
        schema.lettered(letters).is_none() && reserved::letters(letters).is_none() && !taken.contains(letters)
    };
    Ok(pairs.chain(threes).find(is_free))
}

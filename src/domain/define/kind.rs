//! A kind of record of one's own: `crm kind add vehicle letters=VH zh=车辆`.

use crate::{
    domain::{
        KindId,
        field::{Field, FieldDef},
        kind::{Kind, Section},
        rules::{Draft, RuleContext},
        types::{Text, Texts},
    },
    error::Result,
};

/// The number of this kind.
pub const ID: KindId = KindId::new(11);

/// Its noun on the command line: lower-case letters, digits and underscores.
pub const NAME: Field<Text> = ID.field(1, "name", "Noun", "名称").required().unique().name().index();
/// The noun of several.
pub const PLURAL: Field<Text> = ID.field(2, "plural", "Plural", "复数");
/// One to three letters before a record's number.
pub const LETTERS: Field<Text> = ID.field(3, "letters", "Letters", "编号字母").required().unique().index();
/// Other spellings of the noun.
pub const ALIASES: Field<Texts> = ID.field(4, "aliases", "Other names", "别名");
/// Its English label.
pub const EN: Field<Text> = ID.field(5, "en", "English", "英文名");
/// Its Chinese label.
pub const ZH: Field<Text> = ID.field(6, "zh", "Chinese", "中文名");
/// The measure word between a number and the Chinese label.
pub const MEASURE: Field<Text> = ID.field(7, "measure", "Measure word", "量词");
/// The codes of the columns of its list.
pub const COLUMNS: Field<Texts> = ID.field(8, "columns", "Columns", "列");

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

/// Letters are written in capitals, and a kind without labels is called by its noun.
fn rules(draft: &mut Draft<'_>, _: &RuleContext<'_>) -> Result<()> {
    if let Some(letters) = draft.get(LETTERS).map(str::to_ascii_uppercase) {
        draft.set(LETTERS, letters);
    }
    let Some(noun) = draft.get(NAME).map(str::to_owned) else { return Ok(()) };
    if draft.get(PLURAL).is_none() {
        draft.set(PLURAL, format!("{noun}s"));
    }
    if draft.get(EN).is_none() {
        draft.set(EN, label(&noun));
    }
    if draft.get(ZH).is_none() {
        draft.set(ZH, noun);
    }
    Ok(())
}

/// A code as an English label: `contract_no` is `Contract no`.
pub(super) fn label(code: &str) -> String {
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

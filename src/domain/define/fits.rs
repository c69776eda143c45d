//! Whether what is said of a field fits together.

use chrono::Weekday;
use chrono_tz::Tz;

use crate::{
    domain::{
        FieldDef, Instant, Type,
        field::Field,
        read::{self, ReadContext},
        types::YesNo,
        words::money::Currency,
    },
    error::{Error, Result},
    text::said,
};

use super::{definition::Fields, field};

/// Whether a type can have the traits of a field.
pub(super) fn traits(def: &FieldDef) -> Result<()> {
    let wrong = |error| Err(Error::invalid(error));
    match def.ty {
        Type::Link if def.target.is_none() => {
            return wrong(said!("A link needs to=KIND: what it leads to", "关联字段需要 关联到=类别"));
        }
        Type::Link => {}
        _ if def.target.is_some() => {
            return wrong(said!("Only a link leads somewhere: type=link", "只有关联类型的字段才能关联：类型=关联"));
        }
        _ => {}
    }
    if def.part_of && (def.ty != Type::Link || def.many) {
        return wrong(said!("Only a link to one record makes parts", "只有单值关联才能设为从属"));
    }
    let lists = matches!(def.ty, Type::Text | Type::Email | Type::Phone | Type::Choice | Type::Url | Type::Link);
    if def.many && !lists {
        return wrong(said!("A field of this type holds one value", "此类型的字段只能有一个值"));
    }
    if def.unique && (def.many || !matches!(def.ty, Type::Text | Type::Email | Type::Url)) {
        return wrong(said!("Only a text of one value can be unique", "只有单值文本可设为唯一"));
    }
    if (def.index || def.unique) && def.ty == Type::LongText {
        return wrong(said!("Of long text no index is kept", "长文本不能建索引"));
    }
    if def.search && !def.ty.is_text() {
        return wrong(said!("Only text is searched", "只有文本可搜索"));
    }
    unique_without_default(def.unique, def.default.is_some())
}

fn unique_without_default(unique: bool, default: bool) -> Result<()> {
    if unique && default {
        return Err(Error::invalid(said!(
            "What is unique has no default, for all would have it",
            "唯一字段不能有默认值：各条记录会相同"
        )));
    }
    Ok(())
}

/// Whether what can be filled in is seen where it has to be.
pub(super) fn seen(def: &FieldDef) -> Result<()> {
    if def.hidden && (def.name || def.required && def.default.is_none()) {
        return Err(Error::invalid(said!(
            "A field that has to be filled in is not hidden, unless it has a default",
            "必须填写的字段不能隐藏，除非有默认值"
        )));
    }
    Ok(())
}

/// Whether a field of the program can be changed so: what its values are stays as the program has it.
pub(super) fn change(def: &FieldDef, record: &Fields) -> Result<()> {
    let said = |field: Field<YesNo>| record.get(field) == Some(true);
    let unsaid = |field: Field<YesNo>| record.get(field) == Some(false);
    let kept = [
        (said(field::UNIQUE) && !def.unique, field::UNIQUE.def()),
        (said(field::MANY) && !def.many, field::MANY.def()),
        (record.get(field::TO).is_some(), field::TO.def()),
        (record.get(field::DECIMALS).is_some(), field::DECIMALS.def()),
        // What the program asks of it, its rules and lists rely on.
        (unsaid(field::REQUIRED) && def.required, field::REQUIRED.def()),
        (unsaid(field::INDEX) && def.index, field::INDEX.def()),
    ];
    if let Some((_, what)) = kept.into_iter().find(|(said, _)| *said) {
        return Err(
            Error::invalid(said!("this of a built-in field stays as it is", "内置字段的此项不能更改")).at(what.named())
        );
    }
    let (index, search) = (said(field::INDEX), said(field::SEARCH));
    traits(&FieldDef { many: false, unique: false, default: None, index, search, ..*def })?;
    let sets = record.get(field::DEFAULT).is_some() || said(field::REQUIRED);
    if sets && !def.is_settable() {
        return Err(Error::invalid(said!(
            "The program keeps this field; nobody can set it",
            "此字段由程序维护，无法设置"
        )));
    }
    unique_without_default(def.unique, record.get(field::DEFAULT).is_some())
}

/// Whether the default of a field is a value of it. Which record a link means, and which day words mean, is found out
/// when a record is made.
pub(super) fn default(def: &FieldDef) -> Result<()> {
    let Some(text) = def.default else { return Ok(()) };
    let reading = ReadContext {
        // A day to come, so that those of the past may be said.
        now: Instant(4_102_444_800_000),
        tz: Tz::UTC,
        week_start: Weekday::Mon,
        currency: Currency::CNY,
        date_format: None,
        decimal: None,
        links: &|_, _| Ok(0),
    };
    let read = read::read(def, text, &reading);
    let retired = def.offered().count() < def.choices.len()
        && def.choices.iter().any(|choice| choice.retired && [choice.code, choice.en, choice.zh].contains(&text));
    let read = if retired { Err(Error::invalid(said!("'{text}' is retired", "“{text}”已停用"))) } else { read };
    read.map(drop).map_err(|error| error.at(field::DEFAULT.def().named()))
}

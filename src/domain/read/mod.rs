//! Text to values: what a person typed, or a file holds, as a value of a field.
//!
//! Codes and labels of both languages are read, dates and numbers in words of both, full-width signs too. What
//! [`plain`](super::print::plain) prints is read back as the same value.

mod date;
mod exact;
mod limits;
mod list;
mod reach;

pub use date::{dates_for, not_yet, toward};
pub use exact::{exact_in_range, exact_of};
pub use limits::{LONGEST_LINE, LONGEST_TEXT_MB, fits};

use std::borrow::Cow;

use chrono::Weekday;
use chrono_tz::Tz;

use super::{
    field::{Choice, FieldDef, Type},
    value::{Due, Instant, Items, Value},
    words::{
        self, WordsError, duration,
        figures::Mark,
        money::{Currency, Money, UnitPrice},
        number::{self, Number},
        phone,
        when::When,
    },
};
use crate::{
    error::{Error, Result},
    text::{Said, fold_cow, likely, nearest, nfc, said, scrub, scrub_lines},
};

pub use list::quoted as quoted_item;
pub use reach::{label, label_said, phone, shortened_number};

/// What the meaning of a text depends on.
pub struct ReadContext<'a> {
    /// What `today` and `+3d` are relative to.
    pub now: Instant,
    /// Where days begin.
    pub tz: Tz,
    /// The first day of a week.
    pub week_start: Weekday,
    /// The currency of a bare number.
    pub currency: Currency,
    /// How dates are written (strftime), where that is not ISO or words.
    pub date_format: Option<&'a str>,
    /// What stands before decimals, where a file says so; what is typed says it itself.
    pub decimal: Option<Mark>,
    /// The number of the record of the field's target kind that a text names. The field's code is put in front of its
    /// errors.
    pub links: &'a dyn Fn(&FieldDef, &str) -> Result<u64>,
}

/// The value that `text` is for a field; `None` where it is empty, which clears the field.
pub fn read(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<Option<Value>> {
    let text = clean(text, def.many || def.ty == Type::LongText);
    if text.is_empty() {
        return Ok(None);
    }
    if !def.many {
        return item(def, &text, reading).map(Some);
    }
    limits::list_fits(def, &text)?;
    let mut items = Items::default();
    for part in list::split(def.ty, &text) {
        for value in each(def, &part, reading)? {
            items.include(value);
        }
    }
    Ok(items.into_value())
}

/// The names in the text of a list of links.
pub fn record_names(text: &str) -> Vec<String> {
    let text = clean(text, true);
    list::split(Type::Link, &text).map(Cow::into_owned).collect()
}

/// The items of a part of a list: several telephone numbers need no separator between them.
fn each(def: &FieldDef, part: &str, reading: &ReadContext<'_>) -> Result<Vec<Value>> {
    let pieces = if def.ty == Type::Phone { phone::pieces(part) } else { Vec::new() };
    if pieces.len() < 2 {
        return item(def, part, reading).map(|value| vec![value]);
    }
    fits(def, part)?;
    pieces.iter().map(|piece| reach::numbered(def, piece).map(Value::Phone)).collect()
}

/// The value of a text field from words that name no field; `None` where they are empty.
pub fn free(def: &FieldDef, words: &str) -> Result<Option<Value>> {
    let text = clean(words, def.ty == Type::LongText);
    fits(def, &text)?;
    Ok((!text.is_empty()).then(|| Value::Text(text.into_owned())))
}

/// The value that `text` is for a field of one value, or for one item of a list.
pub fn read_item(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<Value> {
    let text = clean(text, def.ty == Type::LongText);
    if text.is_empty() {
        return Err(Error::invalid(said!("a value is missing", "缺少值"))
            .at(def.named())
            .hint(said!(("write {0}=VALUE, or {0}= to clear it", def.code), ("请写 {0}=值，或用 {0}= 清空", def.zh))));
    }
    if def.many && list::split(def.ty, &text).nth(1).is_some() {
        let error =
            refuse(def, &text, &said!("is several items, for it has a separator in it", "含有分隔符，会被当作多项"));
        return Err(error.hint(said!(
            "items are separated by , or ; and one that holds them goes in quotes",
            "各项以“,”或“;”分隔，项内含有它们时请加引号"
        )));
    }
    item(def, &text, reading)
}

/// The number of the choice that `text` names by its code or its label in either language.
pub fn choice(def: &FieldDef, text: &str) -> Result<u16> {
    choice_named(def, text).map(|choice| choice.number).ok_or_else(|| {
        let all = |name: fn(&Choice) -> &str, comma| def.offered().map(name).collect::<Vec<_>>().join(comma);
        let (codes, labels) = (all(|choice| choice.code, ", "), all(|choice| choice.zh, "、"));
        if codes.is_empty() {
            return refuse(def, text, &said!("cannot be chosen: there are no choices yet", "无法选择：尚无选项")).hint(
                said!("crm choice add KIND.FIELD {} adds one", "crm choice add 类别.字段 {} 可新建选项", scrub(text)),
            );
        }
        let error = refuse(def, text, &said!("is not one of {codes}", "不是 {labels} 之一"));
        if let Some(choice) = likely_choice(def, text) {
            let (code, label) = (choice.code, choice.zh);
            return error.hint(said!("did you mean '{code}'?", "是否指“{label}”？"));
        }
        match nearest(text, def.offered().flat_map(names)) {
            Some(name) => error.hint(Said::did_you_mean_name(name)),
            None => error.hint(said!(
                "choose one of these; the labels of both languages will do",
                "请从中选一个；中英文名称均可"
            )),
        }
    })
}

/// The choice that a text names by its code or its label in either language; a retired one too.
pub fn choice_named(def: &FieldDef, text: &str) -> Option<&'static Choice> {
    let known = choice_among(def.choices, text);
    // `A级（重点客户）` is A级, with a word about it.
    let bare = || without_remark(text).and_then(|bare| choice_among(def.choices, bare));
    known.or_else(bare).and_then(|number| def.choice(number))
}

/// The text that stands for what is typed: the code of a choice of the field, else the text itself, where it takes that.
fn text_or_code(def: &FieldDef, text: &str) -> Result<String> {
    match choice_named(def, text) {
        Some(choice) => Ok(choice.code.to_owned()),
        None if def.strict => choice(def, text).map(|_| text.to_owned()),
        None => Ok(text.to_owned()),
    }
}

/// The choice that a text which is none of them stands for, if there is one: 男 for 男士.
pub fn likely_choice(def: &FieldDef, text: &str) -> Option<&'static Choice> {
    likely(text, def.offered().flat_map(|choice| names(choice).map(move |name| (choice, name))))
}

/// All that a choice is called.
fn names(choice: &'static Choice) -> impl Iterator<Item = &'static str> {
    [choice.code, choice.en, choice.zh].into_iter().chain(choice.other_names())
}

/// Makes text safe to store: composed, on one line unless several are wanted, nothing that a terminal acts upon.
///
/// Composing comes last because scrubbing may bring a letter and its accent together, and before lists are split
/// because it turns the Greek question mark into a semicolon.
fn clean(text: &str, lines: bool) -> Cow<'_, str> {
    match if lines { scrub_lines(text) } else { scrub(text) } {
        Cow::Borrowed(text) => nfc(text.trim()),
        Cow::Owned(text) => Cow::Owned(nfc(text.trim()).into_owned()),
    }
}

/// Reads text that is clean and not empty.
fn item(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<Value> {
    fits(def, text)?;
    Ok(match def.ty {
        Type::Text if phone::is_shortened(text) => return Err(shortened_number(def, text)),
        Type::Text if !def.choices.is_empty() => Value::Text(text_or_code(def, text)?),
        Type::Text | Type::LongText => Value::Text(text.to_owned()),
        Type::Email => Value::Text(reach::email(def, text)?.into_owned()),
        Type::Url if !text.contains(char::is_whitespace) => Value::Text(text.to_owned()),
        Type::Url => {
            let error =
                refuse(def, text, &said!("is not a web address, for it has a space in it", "含有空格，不是网址"));
            return Err(
                error.hint(said!("write it like https://www.example.com", "请写成 https://www.example.com 的形式"))
            );
        }
        Type::Phone => Value::Phone(reach::telephone(def, text)?),
        Type::Whole => Value::Whole(whole(def, text, reading.decimal)?),
        Type::Decimal | Type::Rate => Value::Decimal(exact::exact(def, text, reading.decimal)?),
        Type::Money => Value::Money(in_words(def, text, Money::parse_marked(text, reading.currency, reading.decimal))?),
        Type::UnitPrice => {
            let price = UnitPrice::parse_marked(text, reading.currency, reading.decimal);
            Value::UnitPrice(in_words(def, text, price)?)
        }
        Type::Percent => Value::Percent(percent(def, text, reading.decimal)?),
        Type::Date => Value::Date(date::day(def, text, reading)?),
        Type::Instant => Value::Instant(due(def, text, reading)?.start(reading.tz)),
        Type::Due => Value::Due(due(def, text, reading)?),
        Type::Duration => Value::Duration(in_words(def, text, duration::parse(text))?),
        Type::Choice => Value::Choice(choice(def, text)?),
        Type::YesNo => Value::YesNo(yes_no(def, text)?),
        Type::Link => Value::Link((reading.links)(def, text).map_err(|error| error.at(def.named()))?),
    })
}

fn due(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<Due> {
    date::read(def, text, reading).map(|when| match when {
        When::Day(day) => Due::Day(day),
        When::At(at) => Due::At(at.into()),
    })
}

/// The whole number that a text says for a field, whether or not the field takes so much: figures or numerals, with the
/// field's measure word, and where it counts minutes a length of time, which comes first, for `30m` is half an hour.
pub fn number_of(def: &FieldDef, text: &str, mark: Option<Mark>) -> words::Result<i64> {
    if let Some(Ok(seconds)) = def.minutes.then(|| duration::parse(text)) {
        return duration::minutes(text, seconds);
    }
    let counted = def.measures.iter().find_map(|measure| text.trim_end().strip_suffix(measure));
    if let Some(Ok(number)) = counted.map(|number| number::whole(number, mark)) {
        return Ok(number);
    }
    number::whole(text, mark).map_err(|error| match Number::read(text, mark) {
        Ok(_) => error,
        Err(_) => WordsError { hint: hint_for_number(def).or(error.hint), ..error },
    })
}

/// How a number of this field is written, where it is not any number.
fn hint_for_number(def: &FieldDef) -> Option<Said> {
    match (def.minutes, def.bounds) {
        (true, _) => Some(said!("write 45, 45m or 1h30m", "请写 45、45分钟 或 1小时30分钟")),
        (false, Some((least, greatest))) if greatest < i64::MAX => {
            Some(said!("write a whole number from {least} to {greatest}", "请写 {least} 到 {greatest} 之间的整数"))
        }
        (false, _) => Some(said!("write 120, 1,200 or 10k", "请写 120、1,200 或 1万")),
    }
}

fn whole(def: &FieldDef, text: &str, mark: Option<Mark>) -> Result<i64> {
    let number = in_words(def, text, number_of(def, text, mark))?;
    in_range(def, text, number)
}

/// The number, if the field takes so much.
pub(super) fn in_range(def: &FieldDef, text: &str, number: i64) -> Result<i64> {
    let (least, greatest) = def.range();
    if (least..=greatest).contains(&number) {
        return Ok(number);
    }
    Err(match greatest {
        i64::MAX => refuse(def, text, &said!("is less than {least}", "小于 {least}"))
            .hint(said!("write a whole number from {least} on", "请写不小于 {least} 的整数")),
        _ => refuse(def, text, &said!("is not between {least} and {greatest}", "不在 {least} 到 {greatest} 之间"))
            .hint(said!("write a whole number from {least} to {greatest}", "请写 {least} 到 {greatest} 之间的整数")),
    })
}

fn percent(def: &FieldDef, text: &str, mark: Option<Mark>) -> Result<u8> {
    number::percent(text, mark)
        .ok()
        .and_then(|number| u8::try_from(number).ok())
        .filter(|percent| *percent <= 100)
        .ok_or_else(|| {
            refuse(def, text, &said!("is not a whole percent from 0 to 100", "不是 0 到 100 的整数百分比"))
                .hint(said!("write 75 or 75%", "请写 75、75% 或 七成"))
        })
}

fn yes_no(def: &FieldDef, text: &str) -> Result<bool> {
    match &*fold_cow(text) {
        "yes" | "y" | "true" | "1" | "是" | "有" => Ok(true),
        "no" | "n" | "false" | "0" | "否" | "无" => Ok(false),
        _ => Err(refuse(def, text, &said!("is neither yes nor no", "既不是“是”也不是“否”"))
            .hint(said!("write yes or no, 是 or 否", "请写“是”或“否”"))),
    }
}

fn choice_among(choices: &[Choice], text: &str) -> Option<u16> {
    if let Some(choice) = choices.iter().find(|choice| choice.code == text) {
        return Some(choice.number);
    }
    let folded = fold_cow(text);
    let is = |name: &str| letters(&folded).eq(letters(&fold_cow(name)));
    let by_code = choices.iter().find(|choice| is(choice.code));
    let by_label = || choices.iter().find(|choice| is(choice.en) || is(choice.zh));
    let by_other = || choices.iter().find(|choice| choice.other_names().any(is));
    by_code.or_else(by_label).or_else(by_other).map(|choice| choice.number)
}

/// A text without what stands in brackets at its end.
fn without_remark(text: &str) -> Option<&str> {
    let open = text.trim_end().strip_suffix([')', '）'])?;
    open.rsplit_once(['(', '（']).map(|(bare, _)| bare.trim_end()).filter(|bare| !bare.is_empty())
}

/// The characters that tell names of choices apart: `in_person`, `In person` and `in-person` are one.
fn letters(folded: &str) -> impl Iterator<Item = char> {
    folded.chars().filter(|c| !matches!(c, ' ' | '_' | '-'))
}

/// A refusal that names the field and quotes the text.
fn refuse(def: &FieldDef, text: &str, why: &Said) -> Error {
    let text = shortened(text);
    let (en, zh) = why.both();
    Error::invalid(said!("'{text}' {en}", "“{text}”{zh}")).at(def.named())
}

/// The text as an error quotes it: on one line, and not all of a long one.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = scrub(text.trim());
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}

/// The words' own refusal, quoting as all errors of a field do.
fn in_words<T>(def: &FieldDef, text: &str, result: words::Result<T>) -> Result<T> {
    result.map_err(|error| {
        let message = error.message.map(|message| message.replacen(text, &shortened(text), 1));
        Error::invalid(message).at(def.named()).hint_of(error.hint.as_ref())
    })
}

#[cfg(test)]
mod tests;

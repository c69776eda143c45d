//! Dates in words, or as a file writes them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};

use super::{ReadContext, in_words, refuse};
use crate::{
    domain::{
        field::{FieldDef, Type},
        words::{
            self, calendar,
            when::{self, Toward, When},
            year_day,
        },
    },
    error::{Error, Result},
    text::{Said, said},
};

/// The day or instant that `text` says. Where a format is given, words are not read: `may` in a file is no date.
pub(super) fn read(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<When> {
    let Some(format) = reading.date_format else {
        return spoken(def, text, reading);
    };
    let iso = || text.bytes().take_while(u8::is_ascii_digit).count() == 4;
    match by_format(def, text, format, reading) {
        Some(when) => Ok(when),
        None if iso() => spoken(def, text, reading),
        None => {
            let error = refuse(def, text, &said!("is not a date of the form {format}", "不是 {format} 格式的日期"));
            Err(error.hint(said!(
                "give --date-format the form that the dates have, or write them like 2026-03-01",
                "请用 --date-format 说明日期的格式，或写成 2026-03-01"
            )))
        }
    }
}

/// The day that `text` says for a date: one of every year where the field has such, and else the day as it is written,
/// whatever day it is elsewhere at that instant.
pub(super) fn day(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<NaiveDate> {
    if let Some(day) = year_day::parse(text).filter(|_| def.yearless) {
        return Ok(day);
    }
    if let Some(day) = when::day_without_year(text).filter(|_| def.yearless && reading.date_format.is_none()) {
        return Ok(day);
    }
    let written = match reading.date_format {
        Some(format) => DateTime::parse_from_str(text, format).ok().map(|at| at.date_naive()).and_then(four_digits),
        None => None,
    };
    let day = match written.or_else(|| when::written_day(text)) {
        Some(day) => day,
        None => read(def, text, reading)?.day(reading.tz),
    };
    if def.yearless && day > reading.now.day(reading.tz) {
        return Err(not_yet(def, text));
    }
    Ok(day)
}

/// The refusal of a day to come for a field that holds days of the past: nobody was born on one.
pub fn not_yet(def: &FieldDef, text: &str) -> Error {
    refuse(def, text, &said!("is a day that has not been yet", "尚未到来")).hint(hint(def))
}

/// Dates as a field takes them, for a hint.
pub fn dates_for(def: &FieldDef) -> Said {
    match def.ty {
        _ if def.yearless => {
            said!("1985-06-12, or without the year --06-12", "1985-06-12，没有年份则写 6月12日 或 --06-12")
        }
        Type::Date => said!("fri, eom, +3d, 2026-12-03", "12月3日、15号、月底、3天后、2026-12-03"),
        Type::Due => {
            said!("fri, next-mon, +3d, tomorrow-3pm, 2026-12-03", "周五、下周一、15号、3天后、明天下午3点、2026-12-03")
        }
        _ => said!("yesterday, today-3pm, 2026-12-03T15:00", "昨天、今天下午3点、12月3日、2026-12-03T15:00"),
    }
}

fn hint(def: &FieldDef) -> Said {
    let dates = dates_for(def);
    let (en, zh) = dates.both();
    said!("write {en}", "请写 {zh}")
}

/// Whether dates of a field are to come or have been.
pub fn toward(def: &FieldDef) -> Toward {
    match def.ty {
        Type::Due => Toward::Ahead,
        Type::Date | Type::Instant if !def.coming && !def.yearless => Toward::Back,
        _ => Toward::Next,
    }
}

fn parse(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> words::Result<When> {
    when::parse_toward(text, toward(def), reading.now.utc(), reading.tz, reading.week_start)
}

/// The words of a date, with a hint that fits the field.
fn spoken(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<When> {
    let read = parse(def, text, reading)
        .map_err(|error| if def.yearless { error.with_hint(hint(def)) } else { error.or_hint(hint(def)) });
    in_words(def, text, read)
}

/// Reads the format as it is, or its date alone, with any time of day behind it.
fn by_format(def: &FieldDef, text: &str, format: &str, reading: &ReadContext<'_>) -> Option<When> {
    if let Ok(at) = DateTime::parse_from_str(text, format) {
        return four_digits(at.date_naive()).and_then(|_| When::at(at.with_timezone(&Utc)));
    }
    if let Ok(local) = NaiveDateTime::parse_from_str(text, format) {
        return four_digits(local.date()).and_then(|_| When::at(calendar::instant(local, reading.tz)));
    }
    let (day, rest) = NaiveDate::parse_and_remainder(text, date_of(format)).ok()?;
    let day = four_digits(day)?;
    if rest.trim().is_empty() {
        return Some(When::Day(day));
    }
    let time = rest.strip_prefix('T').or_else(|| rest.starts_with(char::is_whitespace).then_some(rest))?;
    parse(def, &format!("{day} {}", time.trim()), reading).ok().filter(|when| matches!(when, When::At(_)))
}

/// `%Y` reads `26` as a year of the first century, where a wrong format is more likely.
fn four_digits(day: NaiveDate) -> Option<NaiveDate> {
    (1000..=9999).contains(&day.year()).then_some(day)
}

/// The format up to its first part of a time.
fn date_of(format: &str) -> &str {
    const TIMES: [&str; 10] = ["%H", "%I", "%k", "%l", "%T", "%R", "%X", "%r", "%-H", "%-I"];
    let end = TIMES.iter().filter_map(|time| format.find(time)).min().unwrap_or(format.len());
    format[..end].trim_end_matches([' ', 'T', ','])
}

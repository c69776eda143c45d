//! Dates in words, or as a file writes them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};

use super::{Reading, in_words, refuse};
use crate::{
    domain::{
        field::FieldDef,
        words::{
            self, calendar,
            when::{self, When},
            year_day,
        },
    },
    error::Result,
    text::said,
};

/// The day or instant that `text` says. Where a format is given, words are not read: `may` in a file is no date.
pub(super) fn read(def: &FieldDef, text: &str, reading: &Reading<'_>) -> Result<When> {
    let Some(format) = reading.date_format else {
        return in_words(def, text, parse(text, reading));
    };
    let iso = || text.bytes().take_while(u8::is_ascii_digit).count() == 4;
    match by_format(text, format, reading) {
        Some(when) => Ok(when),
        None if iso() => in_words(def, text, parse(text, reading)),
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
pub(super) fn day(def: &FieldDef, text: &str, reading: &Reading<'_>) -> Result<NaiveDate> {
    if let Some(day) = year_day::parse(text).filter(|_| def.yearless) {
        return Ok(day);
    }
    let written = match reading.date_format {
        Some(format) => DateTime::parse_from_str(text, format).ok().map(|at| at.date_naive()).and_then(four_digits),
        None => None,
    };
    match written.or_else(|| when::written_day(text)) {
        Some(day) => Ok(day),
        None => Ok(read(def, text, reading)?.day(reading.tz)),
    }
}

fn parse(text: &str, reading: &Reading<'_>) -> words::Result<When> {
    when::parse(text, reading.now.utc(), reading.tz, reading.week_start)
}

/// Reads the format as it is, or its date alone, with any time of day behind it.
fn by_format(text: &str, format: &str, reading: &Reading<'_>) -> Option<When> {
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
    parse(&format!("{day} {}", time.trim()), reading).ok().filter(|when| matches!(when, When::At(_)))
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

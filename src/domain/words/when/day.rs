//! Days by name: `tomorrow`, `fri`, `next mon`, `eom`, `mar 1`, and those in Chinese.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    Moment, chinese, iso,
    scan::{Input, attempt, digits, ends_cleanly, literal, one_of, optional, spaces, word},
};
use crate::domain::words::calendar::{
    MONTHS, month_start, quarter_start, shift_days, shift_months, week_start, year_start,
};

/// A day by any of its names. The weekday may stand behind it, and has to be the right one: `12月3日（周四）`.
pub(super) fn day(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let day = plain(input, moment)?;
    match attempt(input, weekday_behind) {
        Some(weekday) if weekday != day.weekday() => None,
        _ => Some(day),
    }
}

/// A day by any of its names, and nothing more said of it.
pub(super) fn plain(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    attempt(input, iso::date)
        .or_else(|| attempt(input, iso::compact))
        .or_else(|| attempt(input, |input| with_month_name(input, moment)))
        .or_else(|| attempt(input, |input| in_english(input, moment)))
        .or_else(|| attempt(input, |input| chinese::day(input, moment)))
}

/// The weekday that is said of a day: in brackets, or as a word.
pub(super) fn weekday_behind(input: Input<'_, '_>) -> Option<Weekday> {
    spaces(input);
    let close = match one_of(input, &["(", "【", "["]) {
        Some(at) => [")", "】", "]"][at],
        None => "",
    };
    let weekday = attempt(input, chinese::bare_weekday)
        .or_else(|| attempt(input, |input| weekday(word(input)?).filter(|_| !close.is_empty())))?;
    literal(input, close)?;
    // 周五例会 is what is to be done.
    let ends = !close.is_empty() || input.chars().next().is_none_or(|c| !c.is_alphabetic());
    (ends || chinese::part_of_day(&mut &**input, false).is_some()).then_some(weekday)
}

fn in_english(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let today = moment.today();
    match word(input)? {
        "on" => {
            spaces(input);
            day(input, moment)
        }
        "today" | "eod" => Some(today),
        "tomorrow" | "tmr" => shift_days(today, 1),
        "yesterday" => shift_days(today, -1),
        "sow" => Some(week_start(today, moment.week_start)),
        "som" => Some(month_start(today)),
        "soq" => Some(quarter_start(today)),
        "soy" => Some(year_start(today)),
        "eow" => shift_days(week_start(today, moment.week_start), 6),
        "eom" => month_end(today),
        "eoq" => chinese::last_of_months(quarter_start(today), 3),
        "eoy" => chinese::last_of_months(year_start(today), 12),
        "next" => beside(input, moment, 1),
        "this" => beside(input, moment, 0),
        "last" => beside(input, moment, -1),
        "tonight" => Some(today),
        name => moment.weekday(weekday(name)?, true),
    }
}

/// What follows `next`, `this` and `last`: a weekday of that week, or what is to come, by its first day.
fn beside(input: Input<'_, '_>, moment: &Moment, by: i64) -> Option<NaiveDate> {
    spaces(input);
    let today = moment.today();
    match word(input)? {
        "week" if by > 0 => shift_days(week_start(today, moment.week_start), 7 * by),
        "month" if by > 0 => shift_months(month_start(today), by),
        "quarter" if by > 0 => shift_months(quarter_start(today), 3 * by),
        "year" if by > 0 => shift_months(year_start(today), 12 * by),
        "morning" | "afternoon" | "evening" if by == 0 => Some(today),
        name => moment.day_of_week(weekday(name)?, by),
    }
}

pub(super) fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// `mar 1`, `1 March 2026`, `March 1st, 2026`.
fn with_month_name(input: Input<'_, '_>, moment: &Moment) -> Option<NaiveDate> {
    let (year, month, day) = month_day(input)?;
    moment.in_year(year, month, day)
}

/// A month by name and a day, and the year if one is said.
pub(super) fn month_day(input: Input<'_, '_>) -> Option<(Option<i32>, u32, u32)> {
    let before = attempt(input, day_number);
    let month = month(word(input)?)?;
    spaces(input);
    let day = match before {
        Some(day) => day,
        None => day_number(input)?,
    };
    let year = attempt(input, |input| {
        spaces(input);
        optional(input, |input| literal(input, ","));
        spaces(input);
        let before = *input;
        let year = i32::try_from(digits(input, 4..=4)?).ok()?;
        ends_cleanly(before, input).then_some(year)
    });
    Some((year, month, day))
}

fn day_number(input: Input<'_, '_>) -> Option<u32> {
    let day = digits(input, 1..=2)?;
    optional(input, |input| word(input).filter(|&word| matches!(word, "st" | "nd" | "rd" | "th")));
    spaces(input);
    Some(day)
}

fn month(name: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|month| *month == name || (name.len() == 3 && month.starts_with(name)));
    let at = if name == "sept" { Some(8) } else { at };
    u32::try_from(at? + 1).ok()
}

fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    chinese::last_of_months(month_start(day), 1)
}

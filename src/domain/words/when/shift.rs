//! Distances from now: `+3d`, `-2w`, `in 3 days`, `3 days ago`, `3天后`, `两周前`, `半小时后`.

use chrono::TimeDelta;

use super::scan::{Input, attempt, digits, ends_cleanly, literal, number, one_of, optional, spaces, word};
use super::{Moment, When};
use crate::domain::words::calendar::{shift_days, shift_months};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// The day or instant at a distance from today or now.
pub(super) fn shift(input: Input<'_, '_>, moment: &Moment) -> Option<When> {
    let before = *input;
    let (count, unit) = attempt(input, signed)
        .or_else(|| attempt(input, in_english))
        .or_else(|| attempt(input, ago))
        .or_else(|| attempt(input, in_chinese))?;
    if !ends_cleanly(before, input) {
        return None;
    }
    let today = moment.today();
    match unit {
        Unit::Minute => at(moment, count),
        Unit::Hour => at(moment, count.checked_mul(60)?),
        Unit::Day => shift_days(today, count).map(When::Day),
        Unit::Week => shift_days(today, count.checked_mul(7)?).map(When::Day),
        Unit::Month => shift_months(today, count).map(When::Day),
        Unit::Quarter => shift_months(today, count.checked_mul(3)?).map(When::Day),
        Unit::Year => shift_months(today, count.checked_mul(12)?).map(When::Day),
    }
}

/// A distance as one number with its unit: months, days and seconds, of which one is not zero.
pub(super) fn distance(input: Input<'_, '_>) -> Option<(i64, i64, i64)> {
    let sign = if attempt(input, |input| one_of(input, &["-", "−"])).is_some() { -1 } else { 1 };
    let count = sign * i64::from(digits(input, 1..=9)?);
    spaces(input);
    Some(match unit(input)? {
        Unit::Minute => (0, 0, count * 60),
        Unit::Hour => (0, 0, count * 3600),
        Unit::Day => (0, count, 0),
        Unit::Week => (0, count * 7, 0),
        Unit::Month => (count, 0, 0),
        Unit::Quarter => (count * 3, 0, 0),
        Unit::Year => (count * 12, 0, 0),
    })
}

fn at(moment: &Moment, minutes: i64) -> Option<When> {
    let then = moment.now.checked_add_signed(TimeDelta::try_minutes(minutes)?)?;
    // The same bounds as for days.
    let days = then.signed_duration_since(moment.now).num_days();
    shift_days(moment.today(), days).and_then(|_| When::at(then))
}

/// `+3d`, `-2 w`.
fn signed(input: Input<'_, '_>) -> Option<(i64, Unit)> {
    let sign = if one_of(input, &["+", "-", "−"])? == 0 { 1 } else { -1 };
    let count = i64::from(digits(input, 1..=9)?);
    spaces(input);
    Some((sign * count, unit(input)?))
}

/// `in 3 days`.
fn in_english(input: Input<'_, '_>) -> Option<(i64, Unit)> {
    word(input).filter(|&word| word == "in")?;
    let count = counted(input)?;
    Some((count, unit(input)?))
}

/// `3 days ago`, `2 weeks from now`.
fn ago(input: Input<'_, '_>) -> Option<(i64, Unit)> {
    let count = counted(input)?;
    let unit = unit(input)?;
    spaces(input);
    match word(input)? {
        "ago" => Some((-count, unit)),
        "later" => Some((count, unit)),
        "from" => {
            spaces(input);
            word(input).filter(|&word| word == "now")?;
            Some((count, unit))
        }
        _ => None,
    }
}

fn counted(input: Input<'_, '_>) -> Option<i64> {
    const WORDS: [&str; 11] = ["an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    spaces(input);
    let count = match attempt(input, |input| digits(input, 1..=9)) {
        Some(count) => i64::from(count),
        None => match word(input)? {
            "a" | "an" => 1,
            said => i64::try_from(WORDS.iter().position(|&word| word == said)?).ok()?,
        },
    };
    spaces(input);
    Some(count)
}

fn unit(input: Input<'_, '_>) -> Option<Unit> {
    if let Some(unit) = attempt(input, chinese_unit) {
        return Some(unit);
    }
    Some(match word(input)? {
        "min" | "mins" | "minute" | "minutes" => Unit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hour,
        "d" | "day" | "days" => Unit::Day,
        "w" | "wk" | "week" | "weeks" => Unit::Week,
        "m" | "mo" | "month" | "months" => Unit::Month,
        "q" | "quarter" | "quarters" => Unit::Quarter,
        "y" | "yr" | "year" | "years" => Unit::Year,
        _ => return None,
    })
}

fn chinese_unit(input: Input<'_, '_>) -> Option<Unit> {
    optional(input, |input| literal(input, "个"));
    const UNITS: [(&str, Unit); 11] = [
        ("分钟", Unit::Minute),
        ("小时", Unit::Hour),
        ("钟头", Unit::Hour),
        ("天", Unit::Day),
        ("日", Unit::Day),
        ("周", Unit::Week),
        ("星期", Unit::Week),
        ("礼拜", Unit::Week),
        ("月", Unit::Month),
        ("季度", Unit::Quarter),
        ("年", Unit::Year),
    ];
    UNITS.iter().find(|(name, _)| literal(input, name).is_some()).map(|&(_, unit)| unit)
}

/// `3天后`, `两周之前`, `一个月后`, `半小时后`.
fn in_chinese(input: Input<'_, '_>) -> Option<(i64, Unit)> {
    let (count, unit) = if one_of(input, &["半个小时", "半小时", "半个钟头"]).is_some() {
        (30, Unit::Minute)
    } else {
        let count = i64::from(number(input)?);
        spaces(input);
        (count, chinese_unit(input)?)
    };
    let ahead = one_of(input, &["以后", "之后", "后", "以前", "之前", "前"])? < 3;
    Some((if ahead { count } else { -count }, unit))
}

//! Distances from now: `+3d`, `-2w`, `in 3 days`, `3 days ago`, `3天后`, `两周前`, `一个半月后`, `三天内`.

use chrono::TimeDelta;

use super::{
    Moment, When, chinese,
    scan::{Input, attempt, digits, ends_cleanly, literal, number, one_of, optional, spaces, word},
};
use crate::domain::words::calendar::{shift_days, shift_months};

/// A length of time: months and days of the calendar, and minutes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) minutes: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Minute,
    Quarter15,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    fn times(self, count: i64) -> Option<Length> {
        let none = Length::default();
        Some(match self {
            Self::Minute => Length { minutes: count, ..none },
            Self::Quarter15 => Length { minutes: count.checked_mul(15)?, ..none },
            Self::Hour => Length { minutes: count.checked_mul(60)?, ..none },
            Self::Day => Length { days: count, ..none },
            Self::Week => Length { days: count.checked_mul(7)?, ..none },
            Self::Month => Length { months: count, ..none },
            Self::Quarter => Length { months: count.checked_mul(3)?, ..none },
            Self::Year => Length { months: count.checked_mul(12)?, ..none },
        })
    }

    /// Half of it, where that is a number of others: half a month are 15 days.
    fn half(self) -> Option<Length> {
        let none = Length::default();
        match self {
            Self::Hour => Some(Length { minutes: 30, ..none }),
            Self::Day => Some(Length { minutes: 12 * 60, ..none }),
            Self::Month => Some(Length { days: 15, ..none }),
            Self::Year => Some(Length { months: 6, ..none }),
            Self::Minute | Self::Quarter15 | Self::Week | Self::Quarter => None,
        }
    }
}

impl Length {
    fn and(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            minutes: self.minutes.checked_add(other.minutes)?,
        })
    }

    fn back(self) -> Self {
        Self { months: -self.months, days: -self.days, minutes: -self.minutes }
    }

    /// The day, or with hours and minutes the instant, at this distance.
    pub(super) fn from(self, moment: &Moment) -> Option<When> {
        let today = moment.today();
        let day = shift_days(shift_months(today, self.months)?, self.days)?;
        if self.minutes == 0 {
            return Some(When::Day(day));
        }
        let days = day.signed_duration_since(today).num_days();
        let ahead = TimeDelta::try_minutes(days.checked_mul(24 * 60)?.checked_add(self.minutes)?)?;
        let then = moment.now.checked_add_signed(ahead)?;
        // The same bounds as for days.
        let days = then.signed_duration_since(moment.now).num_days();
        shift_days(today, days).and_then(|_| When::at(then))
    }
}

/// The day or instant at a distance from today or now.
pub(super) fn shift(input: Input<'_, '_>, moment: &Moment) -> Option<When> {
    let before = *input;
    let length = attempt(input, signed)
        .or_else(|| attempt(input, in_english))
        .or_else(|| attempt(input, ago))
        .or_else(|| attempt(input, |input| in_chinese(input, moment)))?;
    if !ends_cleanly(before, input) {
        return None;
    }
    length.from(moment)
}

/// The day or instant until which something is to be done: `三天内`, `2小时之内`.
pub(super) fn within(input: Input<'_, '_>, moment: &Moment) -> Option<When> {
    let length = length_in_chinese(input)?;
    chinese::inside(input)?;
    length.from(moment)
}

/// A distance: a sign, and one number with its unit or a length in Chinese.
pub(super) fn distance(input: Input<'_, '_>) -> Option<Length> {
    let back = attempt(input, |input| one_of(input, &["-", "−"])).is_some();
    let length = match attempt(input, |input| {
        let count = i64::from(digits(input, 1..=9)?);
        spaces(input);
        unit(input)?.times(count).filter(|_| input.trim().is_empty())
    }) {
        Some(length) => length,
        None => length_in_chinese(input)?,
    };
    Some(if back { length.back() } else { length })
}

/// A length of time that is said for the one from now: `三天`, `2h`, `a week`; not `30m`, which is months elsewhere.
pub(super) fn from_now(input: Input<'_, '_>) -> Option<Length> {
    let english = attempt(input, |input| {
        let count = counted(input)?;
        let minutes_or_months = input.trim_end() == "m";
        let unit = word_unit(input).filter(|_| !minutes_or_months)?;
        unit.times(count).filter(|_| input.trim().is_empty())
    });
    match english {
        Some(length) => Some(length),
        None => length_in_chinese(input),
    }
}

/// `+3d`, `-2 w`, `+1小时30分钟`.
fn signed(input: Input<'_, '_>) -> Option<Length> {
    let back = one_of(input, &["+", "-", "−"])? > 0;
    let length = match attempt(input, length_in_chinese) {
        Some(length) => length,
        None => {
            let count = i64::from(digits(input, 1..=9)?);
            spaces(input);
            unit(input)?.times(count)?
        }
    };
    Some(if back { length.back() } else { length })
}

/// `in 3 days`.
fn in_english(input: Input<'_, '_>) -> Option<Length> {
    word(input).filter(|&word| word == "in")?;
    let count = counted(input)?;
    unit(input)?.times(count)
}

/// `3 days ago`, `2 weeks from now`.
fn ago(input: Input<'_, '_>) -> Option<Length> {
    let count = counted(input)?;
    let length = unit(input)?.times(count)?;
    spaces(input);
    match word(input)? {
        "ago" => Some(length.back()),
        "later" => Some(length),
        "from" => {
            spaces(input);
            word(input).filter(|&word| word == "now")?;
            Some(length)
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
    attempt(input, chinese_unit).or_else(|| attempt(input, word_unit))
}

fn word_unit(input: Input<'_, '_>) -> Option<Unit> {
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
    const UNITS: [(&str, Unit); 14] = [
        ("分钟", Unit::Minute),
        ("刻钟", Unit::Quarter15),
        ("小时", Unit::Hour),
        ("钟头", Unit::Hour),
        ("工作日", Unit::Day),
        ("天", Unit::Day),
        ("日", Unit::Day),
        ("周", Unit::Week),
        ("星期", Unit::Week),
        ("礼拜", Unit::Week),
        ("季度", Unit::Quarter),
        ("月", Unit::Month),
        ("年", Unit::Year),
        ("分", Unit::Minute),
    ];
    let (name, unit) = UNITS.iter().find(|(name, _)| literal(input, name).is_some())?;
    // Which days are worked is not known.
    (*name != "工作日").then_some(*unit)
}

/// `三天`, `半小时`, `两个半小时`, `一年半`, `1小时30分钟`, `一个月零十天`: units get smaller.
fn length_in_chinese(input: Input<'_, '_>) -> Option<Length> {
    let (mut length, mut unit) = attempt(input, one_length)?;
    while let Some((more, smaller)) = attempt(input, |input| {
        spaces(input);
        optional(input, |input| one_of(input, &["零", "又", "加"]));
        one_length(input).filter(|(_, smaller)| *smaller < unit)
    }) {
        (length, unit) = (length.and(more)?, smaller);
    }
    Some(length)
}

/// A number with its unit, and halves of it.
fn one_length(input: Input<'_, '_>) -> Option<(Length, Unit)> {
    if literal(input, "半").is_some() {
        let unit = chinese_unit(input)?;
        return Some((unit.half()?, unit));
    }
    let count = i64::from(number(input)?);
    spaces(input);
    if let Some(unit) = attempt(input, |input| {
        literal(input, "个半")?;
        chinese_unit(input)
    }) {
        return Some((unit.times(count)?.and(unit.half()?)?, unit));
    }
    // 12月3日前 and 12月前 are before a day and a month of the year.
    if input.starts_with('月') {
        return None;
    }
    let unit = chinese_unit(input)?;
    let whole = unit.times(count)?;
    // 一年半; 一小时半天 is nothing.
    let half = attempt(input, |input| {
        literal(input, "半")?;
        unit.half().filter(|_| unit != Unit::Month)
    });
    Some((half.map_or(Some(whole), |half| whole.and(half))?, unit))
}

/// `3天后`, `两周之前`, `一个半月后`. 30日前 is a length back only of what has been: else it is up to the 30th.
fn in_chinese(input: Input<'_, '_>, moment: &Moment) -> Option<Length> {
    let before = *input;
    let length = length_in_chinese(input)?;
    let numbered = before[..before.len() - input.len()].trim_end().ends_with('日');
    let ahead = one_of(input, &["以后", "之后", "过后", "后", "以前", "之前", "前"])? < 4;
    (ahead || !numbered || moment.looks_back()).then_some(if ahead { length } else { length.back() })
}

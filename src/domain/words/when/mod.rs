//! Dates in words: `today`, `fri`, `next mon`, `+3d`, `eom`, `2026-03-01`, `tomorrow 3pm`, `明天下午3点`, `3天后`, `月底`.
//!
//! A hyphen may stand for a space, so that no shell needs a quote: `next-mon`, `in-3-days`.
//!
//! Words look forward: `fri` is the next Friday, never today, and `3月1日` the next first of March. A time alone is
//! today's. Days, weeks and months are those of the given place.

mod day;
mod iso;
mod scan;
mod shift;
mod time;

use chrono::{DateTime, Datelike, Days, NaiveDate, Offset, SecondsFormat, Utc, Weekday};
use chrono_tz::Tz;

use self::scan::{Input, attempt, ends_cleanly, literal, one_of, optional, spaces, word};
use self::time::TimeOfDay;
use super::{Result, WordsError, calendar, duration};

use crate::text::said;

/// A day, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A whole day, of whatever zone the reader is in.
    Day(NaiveDate),
    /// A point in time.
    At(DateTime<Utc>),
}

impl When {
    /// A point in time; `None` where the year has more or less than four digits on some clock.
    pub fn at(instant: DateTime<Utc>) -> Option<Self> {
        calendar::prints_everywhere(instant).then_some(Self::At(instant))
    }

    /// The day it is or falls on in `tz`.
    pub fn day(self, tz: Tz) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(instant) => calendar::today(instant, tz),
        }
    }

    /// The instant it is or begins at in `tz`.
    pub fn start(self, tz: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => calendar::day_start(day, tz),
            Self::At(instant) => instant,
        }
    }

    /// ISO 8601, as [`parse`] reads it back: `2026-03-01`, or `2026-03-01T15:00:00+08:00` with the offset of `tz`. An
    /// offset of seconds, as places had before there were zones, cannot be written; such an instant is given in UTC.
    pub fn print(self, tz: Tz) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::At(instant) => {
                let there = instant.with_timezone(&tz);
                match there.offset().fix().local_minus_utc() % 60 {
                    0 => there.to_rfc3339_opts(SecondsFormat::AutoSi, true),
                    _ => instant.to_rfc3339_opts(SecondsFormat::AutoSi, true),
                }
            }
        }
    }
}

/// What words such as `today` are relative to.
#[derive(Debug, Clone, Copy)]
struct Moment {
    now: DateTime<Utc>,
    tz: Tz,
    week_start: Weekday,
}

impl Moment {
    fn today(&self) -> NaiveDate {
        calendar::today(self.now, self.tz)
    }

    fn at(&self, day: NaiveDate, time: TimeOfDay) -> Option<When> {
        let day = day.checked_add_days(Days::new(time.days_on))?;
        When::at(calendar::instant(day.and_time(time.time), self.tz))
    }
}

/// The date or instant that the whole of `text` says.
pub fn parse(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Result<When> {
    let moment = Moment { now, tz, week_start };
    let normal = scan::normalize(text);
    let whole = |text: &str| {
        let mut input = text.trim();
        phrase(&mut input, &moment).filter(|_| input.trim().is_empty())
    };
    if let Some(found) = whole(&normal).or_else(|| whole(&scan::unhyphenated(&normal)?)) {
        return Ok(found);
    }
    Err(not_a_date(text.trim(), normal.trim(), moment.today().year()))
}

/// The months, days and seconds that the whole of `text` says as one number with its unit: `3d`, `1m` is a month.
pub fn distance(text: &str) -> Option<(i64, i64, i64)> {
    let normal = scan::normalize(text);
    let mut input = normal.trim();
    shift::distance(&mut input).filter(|_| input.trim().is_empty())
}

/// The day that the whole of `text` says: of an instant with an offset the one that is written.
pub fn parse_day(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Result<NaiveDate> {
    match written_day(text) {
        Some(day) => Ok(day),
        None => parse(text, now, tz, week_start).map(|when| when.day(tz)),
    }
}

/// The day of a date with a time, as machines write both.
pub fn written_day(text: &str) -> Option<NaiveDate> {
    let normal = scan::normalize(text);
    let moment = Moment { now: DateTime::UNIX_EPOCH, tz: Tz::UTC, week_start: Weekday::Mon };
    let mut input = normal.trim();
    let (mut day, all) = (input, iso::instant(&mut input, &moment));
    all.filter(|_| input.is_empty())?;
    iso::date(&mut day)
}

/// The longest date that `text` begins with and the text after it: `fri send quote` is a Friday and `send quote`.
/// `None` when it begins with none.
pub fn split_prefix(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Option<(When, &str)> {
    let moment = Moment { now, tz, week_start };
    let normal = scan::normalize(text);
    let normal = normal.trim_start();
    let (found, left) = hyphenated_prefix(normal, &moment).or_else(|| {
        let mut input = normal;
        phrase(&mut input, &moment).map(|found| (found, input.chars().count()))
    })?;
    // One character became one character, so the rest is as many characters long.
    let start = text.char_indices().rev().take(left).last().map_or(text.len(), |(at, _)| at);
    let rest = text.get(start..)?.trim_start_matches([' ', '\u{3000}', '\t', ',', '，', '、', ':', '：']);
    Some((found, rest))
}

/// The date that takes up the whole first word at least, hyphens and all (`sun-dried` is none), and how many characters
/// come after it.
fn hyphenated_prefix(text: &str, moment: &Moment) -> Option<(When, usize)> {
    let (word, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
    let spaced = scan::unhyphenated(word)? + rest;
    let mut input = spaced.as_str();
    let found = phrase(&mut input, moment)?;
    (input.len() <= rest.len()).then(|| (found, input.chars().count()))
}

/// A date, a time, or both in either order.
fn phrase(input: Input<'_, '_>, moment: &Moment) -> Option<When> {
    if let Some(instant) = attempt(input, |input| iso::instant(input, moment)) {
        return Some(instant);
    }
    let now = attempt(input, |input| word(input).filter(|&word| word == "now"));
    if now.is_some() || literal(input, "现在").is_some() {
        return Some(When::At(moment.now));
    }
    match attempt(input, |input| shift::shift(input, moment)) {
        Some(When::Day(day)) => return with_time(input, day, moment),
        Some(instant) => return Some(instant),
        None => {}
    }
    if let Some(day) = attempt(input, |input| clean(input, |input| day::day(input, moment))) {
        return with_time(input, day, moment);
    }
    let time = attempt(input, |input| clean(input, time::time))?;
    let day = attempt(input, |input| {
        spaces(input);
        optional(input, |input| word(input).filter(|&word| word == "on"));
        spaces(input);
        clean(input, |input| day::day(input, moment))
    });
    moment.at(day.unwrap_or_else(|| moment.today()), time)
}

fn with_time(input: Input<'_, '_>, day: NaiveDate, moment: &Moment) -> Option<When> {
    let time = attempt(input, |input| {
        spaces(input);
        clean(input, time::time)
    });
    match time {
        Some(time) => moment.at(day, time),
        None => Some(When::Day(day)),
    }
}

/// What `parser` finds, unless it stops in the middle of a word or number.
fn clean<'a, T>(input: Input<'_, 'a>, parser: impl FnOnce(Input<'_, 'a>) -> Option<T>) -> Option<T> {
    let before = *input;
    let found = parser(input)?;
    ends_cleanly(before, input).then_some(found)
}

/// Whether a length of time is one number with its unit, as a distance from now is.
fn shifts(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).chars().all(|c| !c.is_ascii_digit())
}

/// The days that numbers may mean whose year does not come first, the reading with the month first before the other.
fn numbered(mut normal: &str, year: i32) -> Vec<NaiveDate> {
    let separators = ["/", "-", "."];
    let found = attempt(&mut normal, |input| {
        let first = scan::digits(input, 1..=2)?;
        one_of(input, &separators)?;
        let second = scan::digits(input, 1..=2)?;
        let year = attempt(input, |input| {
            one_of(input, &separators)?;
            attempt(input, |input| scan::digits(input, 4..=4)).or_else(|| Some(2000 + scan::digits(input, 2..=2)?))
        });
        Some((first, second, year)).filter(|_| input.trim().is_empty())
    });
    let Some((first, second, said)) = found else { return Vec::new() };
    let year = said.and_then(|year| i32::try_from(year).ok()).unwrap_or(year);
    let readings = [(first, second), (second, first)].into_iter();
    let mut days: Vec<NaiveDate> =
        readings.filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day)).collect();
    days.dedup();
    days
}

fn not_a_date(text: &str, normal: &str, year: i32) -> WordsError {
    match numbered(normal, year)[..] {
        [one, other] => {
            WordsError::new(said!("'{text}' can be read as two different days", "“{text}”可以理解成两个不同的日子"))
                .hint(said!("write {one} or {other}", "请写 {one} 或 {other}"))
        }
        [one] => WordsError::new(said!("the year of '{text}' does not come first", "“{text}”的年份不在前"))
            .hint(said!("write {one}", "请写 {one}")),
        _ if duration::parse(text).is_ok() => {
            WordsError::new(said!("'{text}' is a length of time, not a date", "“{text}”是时长，不是日期")).hint(
                match text.strip_suffix('m').filter(|n| n.bytes().all(|byte| byte.is_ascii_digit())) {
                    Some(n) => said!(
                        "write +{n}min for minutes from now, +{n}mo for months",
                        "从现在起的分钟请写 +{n}min，月请写 +{n}mo"
                    ),
                    None if shifts(text) => said!(
                        "write +{text} for that long from now, -{text} for that long ago",
                        "从现在起请写 +{text}，之前请写 -{text}"
                    ),
                    None => said!("write +1d or +2h for that long from now", "从现在起请写 +1d 或 +2h"),
                },
            )
        }
        _ => WordsError::new(said!("'{text}' is not a date", "“{text}”不是日期")).hint(said!(
            "write today, fri, +3d, eom, 2026-03-01, \"tomorrow 3pm\", 明天下午3点 or 3天后",
            "请写 今天、周五、3天后、月底、2026-03-01、明天下午3点、today 或 +3d"
        )),
    }
}

#[cfg(test)]
mod tests;

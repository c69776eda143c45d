//! Dates in words: `today`, `fri`, `next mon`, `+3d`, `eom`, `2026-03-01`, `tomorrow 3pm`, `明天下午3点`, `3天后`, `月底`.
//!
//! A hyphen may stand for a space, so that no shell needs a quote: `next-mon`, `in-3-days`.
//!
//! Words look forward: `fri` is the next Friday, never today, and `3月1日` the next first of March; `周五` said on a
//! Friday is today. Of what has been they look back ([`Toward`]). A time alone is today's, or the next such time for
//! what is to be done ([`parse_ahead`]). Days, weeks and months are those of the given place. `周五前` is that Friday as
//! the day when something is due, and all that is up to it where days are looked for ([`deadline`]).

mod chinese;
mod day;
mod iso;
mod moment;
mod refused;
mod scan;
mod shift;
mod time;
mod title;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Offset, SecondsFormat, Utc, Weekday};
use chrono_tz::Tz;

use self::{
    moment::Moment,
    scan::{Input, attempt, ends_cleanly, literal, optional, spaces, word},
};
use super::{Result, WordsError, calendar};
use crate::text::{Said, said};

pub use self::{
    moment::{Recurs, Toward},
    refused::weekday_name,
};

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

/// The end of all that is up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The last day, or instant.
    pub end: When,
    /// It is said as the end of a time that runs now: `三天内`.
    pub within: bool,
}

/// What was read, and how it is meant.
#[derive(Debug, Clone, Copy)]
struct ParsedWhen {
    when: When,
    /// All that is before it is meant too, where days are looked for: `周五前`.
    until: bool,
    /// It is the first day of several that are meant: `下周`.
    span: bool,
}

impl ParsedWhen {
    const fn on(when: When) -> Self {
        Self { when, until: false, span: false }
    }

    const fn until(when: When) -> Self {
        Self { when, until: true, span: false }
    }
}

/// The date or instant that the whole of `text` says. An error has a hint where something is known of what was meant.
pub fn parse(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Result<When> {
    parse_toward(text, Toward::Next, now, tz, week_start)
}

/// The same of what is to be done: a time alone that is over today is tomorrow's.
pub fn parse_ahead(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Result<When> {
    parse_toward(text, Toward::Ahead, now, tz, week_start)
}

/// The same where it is known whether the day has been or is to come.
pub fn parse_toward(text: &str, toward: Toward, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Result<When> {
    parse_at(text, &Moment { now, tz, week_start, toward })
}

fn parse_at(text: &str, moment: &Moment) -> Result<When> {
    let normal = scan::normalize(text);
    match whole(&normal, moment) {
        Some(found) => Ok(found.when),
        None => Err(refused::not_a_date(text.trim(), normal.trim(), moment)),
    }
}

fn whole(normal: &str, moment: &Moment) -> Option<ParsedWhen> {
    let whole = |text: &str| {
        let mut input = text.trim();
        phrase(&mut input, moment).filter(|_| input.trim().is_empty())
    };
    whole(normal).or_else(|| whole(&scan::unhyphenated(normal)?))
}

/// The day or instant up to which the whole of `text` says that something is: `周五前`, `三天内`. `None` where it says
/// anything else.
pub fn deadline(text: &str, toward: Toward, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Option<Deadline> {
    if text.is_ascii() {
        return None;
    }
    let normal = scan::normalize(text);
    normal.contains(['前', '内']).then_some(())?;
    let found = whole(&normal, &Moment { now, tz, week_start, toward }).filter(|found| found.until)?;
    Some(Deadline { end: found.when, within: normal.trim_end().ends_with('内') })
}

/// The day or instant to come that the whole of `text` says, or that is as long from now as it says: `三天`, `2h`. A word
/// before it may say that it is the end: `到下周三`, `until wed`.
pub fn parse_from_now(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Result<When> {
    let moment = Moment { now, tz, week_start, toward: Toward::Ahead };
    let until = ["到", "至", "until ", "till ", "to "].iter().find_map(|word| text.trim_start().strip_prefix(word));
    let text = until.unwrap_or(text);
    let length = || {
        let normal = scan::normalize(text);
        let mut input = normal.trim();
        let length = shift::from_now(&mut input).filter(|_| input.trim().is_empty() && until.is_none());
        length.and_then(|length| length.from(&moment))
    };
    // 3日 is as long as 三天 here.
    match length().filter(|_| text.trim_end().ends_with('日')) {
        Some(when) => Ok(when),
        None => parse_at(text, &moment).or_else(|error| length().ok_or(error)),
    }
}

/// The hint where any date will do.
pub fn any_date() -> Said {
    said!(
        "write today, fri, +3d, eom, 2026-03-01, \"tomorrow 3pm\", 明天下午3点 or 3天后",
        "请写 今天、周五、15号、3天后、月底、2026-03-01、明天下午3点 或 +3d"
    )
}

fn is_length(normal: &str) -> bool {
    let mut input = normal.trim();
    shift::from_now(&mut input).is_some() && input.trim().is_empty()
}

/// The months, days and seconds that the whole of `text` says as a length: `3d`, `一年半`; `1m` is a month.
pub fn distance(text: &str) -> Option<(i64, i64, i64)> {
    let normal = scan::normalize(text);
    let mut input = normal.trim();
    let length = shift::distance(&mut input).filter(|_| input.trim().is_empty())?;
    Some((length.months, length.days, length.minutes.checked_mul(60)?))
}

/// The time of day that the whole of `text` says: `9:30`, `at 9am`, `早上9点半`.
pub fn time_of_day(text: &str) -> Option<NaiveTime> {
    let normal = scan::normalize(text);
    let mut input = normal.trim();
    let time = clean(&mut input, time::time).filter(|time| input.trim().is_empty() && time.days_on == 0)?;
    Some(time.time)
}

/// The day of a year that is not said, as [`year_day`](super::year_day) keeps it: `6月12日`, `12 June`.
pub fn day_without_year(text: &str) -> Option<NaiveDate> {
    let normal = scan::normalize(text);
    let mut input = normal.trim();
    let read = attempt(&mut input, day::month_day)
        .or_else(|| attempt(&mut input, |input| chinese::month_day(input, NaiveDate::default())));
    let (year, month, day) = read.filter(|_| input.trim().is_empty())?;
    if year.is_some() { None } else { NaiveDate::from_ymd_opt(0, month, day) }
}

/// How often there is a day that the whole of `text` names: `周五` every week, `20号` every month, `11月20日` every year.
pub fn recurs(text: &str) -> Option<Recurs> {
    let normal = scan::normalize(text);
    let mut input = normal.trim();
    let weekday = attempt(&mut input, chinese::bare_weekday)
        .or_else(|| attempt(&mut input, |input| word(input).and_then(day::weekday)));
    if weekday.is_some() && input.is_empty() {
        return Some(Recurs::Week);
    }
    let mut input = normal.trim();
    if attempt(&mut input, chinese::day_number).is_some() && input.is_empty() {
        return Some(Recurs::Month);
    }
    day_without_year(text).map(|_| Recurs::Year)
}

/// The month, quarter or year at hand, where the whole of `text` is the beginning of one: `月初`, which as a date that is
/// to come is the next one.
pub(super) fn first_day_at_hand(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if text.is_ascii() { None } else { chinese::at_hand(scan::normalize(text).trim(), today) }
}

/// The day that the whole of `text` says: of an instant with an offset the one that is written.
pub fn parse_day(text: &str, toward: Toward, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Result<NaiveDate> {
    match written_day(text) {
        Some(day) => Ok(day),
        None => parse_toward(text, toward, now, tz, week_start).map(|when| when.day(tz)),
    }
}

/// The day of a date with a time, as machines write both.
pub fn written_day(text: &str) -> Option<NaiveDate> {
    let normal = scan::normalize(text);
    let moment = Moment { now: DateTime::UNIX_EPOCH, tz: Tz::UTC, week_start: Weekday::Mon, toward: Toward::Next };
    let mut input = normal.trim();
    let (mut day, all) = (input, iso::instant(&mut input, &moment));
    all.filter(|_| input.is_empty())?;
    iso::date(&mut day)
}

/// The longest date that `text` begins with and the text after it: `fri send quote` is a Friday and `send quote`.
///
/// # Errors
/// It begins with none, or what stands behind the date belongs to it and was not understood.
pub fn split_prefix(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Result<(When, &str)> {
    let moment = Moment { now, tz, week_start, toward: Toward::Ahead };
    let whole = scan::normalize(text);
    let normal = whole.trim_start();
    let read = hyphenated_prefix(normal, &moment).or_else(|| {
        let mut input = normal;
        phrase(&mut input, &moment).map(|found| (found, input.chars().count()))
    });
    let Some((found, left)) = read else { return Err(no_date_leads(text.trim(), normal, &moment)) };
    let from_end = |text: &str| text.char_indices().rev().take(left).last().map_or(text.len(), |(at, _)| at);
    title::check(text, &found, &normal[from_end(normal)..], &moment)?;
    // One character became one character, so the rest is as many characters long.
    let rest = text.get(from_end(text)..).unwrap_or_default();
    Ok((found.when, rest.trim_start_matches(title::BETWEEN)))
}

fn no_date_leads(text: &str, normal: &str, moment: &Moment) -> WordsError {
    let first = |text: &str| text.split(title::BETWEEN).next().unwrap_or_default().to_owned();
    let numbers = first(normal);
    if !refused::numbered(&numbers, moment.today().year()).is_empty() {
        return refused::not_a_date(&first(text), &numbers, moment);
    }
    refused::unknown_calendar(&first(text), &numbers)
        .or_else(|| refused::other_weekday(text, normal, moment))
        .unwrap_or_else(|| WordsError::new(said!("'{text}' does not begin with a date", "“{text}”不以日期开头")))
}

/// The date that takes up the whole first word at least, hyphens and all (`sun-dried` is none), and how many characters
/// come after it.
fn hyphenated_prefix(text: &str, moment: &Moment) -> Option<(ParsedWhen, usize)> {
    let (word, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
    let spaced = scan::unhyphenated(word)? + rest;
    let mut input = spaced.as_str();
    let found = phrase(&mut input, moment)?;
    (input.len() <= rest.len()).then(|| (found, input.chars().count()))
}

/// A date, a time, or both in either order; in Chinese with a word behind them that makes it the last one.
fn phrase(input: Input<'_, '_>, moment: &Moment) -> Option<ParsedWhen> {
    let found = date_or_time(input, moment)?;
    let until = !found.until
        && !found.span
        && attempt(input, |input| {
            spaces(input);
            chinese::before(input).or_else(|| chinese::inside(input))
        })
        .is_some();
    Some(if until { ParsedWhen::until(found.when) } else { found })
}

fn date_or_time(input: Input<'_, '_>, moment: &Moment) -> Option<ParsedWhen> {
    if let Some(instant) = attempt(input, |input| iso::instant(input, moment)) {
        return Some(ParsedWhen::on(instant));
    }
    let now = attempt(input, |input| word(input).filter(|&word| word == "now"));
    if now.is_some() || literal(input, "现在").is_some() {
        return Some(ParsedWhen::on(When::At(moment.now)));
    }
    if let Some(end) = attempt(input, |input| shift::within(input, moment)) {
        return Some(ParsedWhen::until(end));
    }
    if let Some(end) = attempt(input, |input| chinese::within(input, moment)) {
        return Some(ParsedWhen::until(When::Day(end)));
    }
    match attempt(input, |input| shift::shift(input, moment)) {
        Some(When::Day(day)) => return with_time(input, day, false, moment).map(ParsedWhen::on),
        Some(instant) => return Some(ParsedWhen::on(instant)),
        None => {}
    }
    let before = *input;
    if let Some(day) = attempt(input, |input| clean(input, |input| day::day(input, moment))) {
        let bound = before[..before.len() - input.len()].ends_with(['昨', '今', '明']);
        return with_time(input, day, bound, moment).map(ParsedWhen::on);
    }
    if let Some(day) = attempt(input, |input| chinese::coming_span(input, moment)) {
        return with_time(input, day, false, moment).map(|when| ParsedWhen { when, until: false, span: true });
    }
    let time = attempt(input, |input| clean(input, time::time))?;
    let day = attempt(input, |input| {
        spaces(input);
        optional(input, |input| word(input).filter(|&word| word == "on"));
        spaces(input);
        clean(input, |input| day::day(input, moment))
    });
    match day {
        Some(day) => moment.at(day, time),
        None => moment.at_time(time),
    }
    .map(ParsedWhen::on)
}

/// The day at the time that follows. A part of the day without an hour says no time: 明天下午 is that day.
fn with_time(input: Input<'_, '_>, day: NaiveDate, bound: bool, moment: &Moment) -> Option<When> {
    let time = attempt(input, |input| {
        spaces(input);
        clean(input, time::time)
    });
    if let Some(time) = time {
        return moment.at(day, time);
    }
    optional(input, |input| {
        spaces(input);
        let english = |input: Input<'_, '_>| {
            word(input).filter(|word| matches!(*word, "morning" | "afternoon" | "evening" | "night")).map(|_| ())
        };
        attempt(input, |input| chinese::part_of_day(input, bound)).or_else(|| clean(input, english))
    });
    Some(When::Day(day))
}

/// What `parser` finds, unless it stops in the middle of a word or number.
fn clean<'a, T>(input: Input<'_, 'a>, parser: impl FnOnce(Input<'_, 'a>) -> Option<T>) -> Option<T> {
    let before = *input;
    let found = parser(input)?;
    ends_cleanly(before, input).then_some(found)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_zh;

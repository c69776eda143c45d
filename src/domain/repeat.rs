//! When a repeating follow-up comes next: `every 2 weeks`, `monthly`, `每两周`, or an RFC 5545 RRULE.

use chrono::{Datelike, Days, Months, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use rrule::{RRule, Unvalidated};

use super::{Due, Instant};
use crate::error::{Error, Result};
use crate::text::said;

/// A parsed repetition.
#[derive(Debug, Clone)]
pub enum Repeat {
    /// Every so many days.
    Days(u32),
    /// Every so many months, on the same day of the month or its last.
    Months(u32),
    /// A rule of RFC 5545.
    Rule(Box<RRule<Unvalidated>>),
}

const UNITS: &[(&str, Repeat)] = &[
    ("day", Repeat::Days(1)),
    ("week", Repeat::Days(7)),
    ("month", Repeat::Months(1)),
    ("quarter", Repeat::Months(3)),
    ("year", Repeat::Months(12)),
    ("天", Repeat::Days(1)),
    ("日", Repeat::Days(1)),
    ("个星期", Repeat::Days(7)),
    ("星期", Repeat::Days(7)),
    ("周", Repeat::Days(7)),
    ("个月", Repeat::Months(1)),
    ("月", Repeat::Months(1)),
    ("个季度", Repeat::Months(3)),
    ("季度", Repeat::Months(3)),
    ("季", Repeat::Months(3)),
    ("年", Repeat::Months(12)),
];

/// Reads a repetition.
pub fn parse(text: &str) -> Result<Repeat> {
    let folded = crate::text::fold(text);
    let rule = folded.strip_prefix("rrule:").unwrap_or(&folded);
    if rule.contains("freq=") {
        return rule
            .to_uppercase()
            .parse()
            .map(|rule| Repeat::Rule(Box::new(rule)))
            .map_err(|error| Error::invalid(said!("the RRULE cannot be read: {error}", "无法解析 RRULE：{error}")));
    }
    in_words(&folded).ok_or_else(|| {
        Error::invalid(said!("'{text}' is no repetition", "“{text}”不是重复规则")).hint(said!(
            "write every 2 weeks, monthly, 每两周, or FREQ=WEEKLY;BYDAY=MO",
            "请写 每两周、每月、every 2 weeks 或 FREQ=WEEKLY;BYDAY=MO"
        ))
    })
}

fn in_words(text: &str) -> Option<Repeat> {
    let single = match text {
        "daily" => Some("day"),
        "weekly" => Some("week"),
        "monthly" => Some("month"),
        "quarterly" => Some("quarter"),
        "yearly" | "annually" => Some("year"),
        _ => None,
    };
    if let Some(unit) = single {
        return unit_of(unit);
    }
    let rest = text.strip_prefix("every").or_else(|| text.strip_prefix('每'))?.trim();
    let (count, unit) = leading_count(rest)?;
    let times = |n: u32| n.checked_mul(count).filter(|n| *n <= 12_000);
    match unit_of(unit.trim())? {
        Repeat::Days(n) => times(n).map(Repeat::Days),
        Repeat::Months(n) => times(n).map(Repeat::Months),
        rule @ Repeat::Rule(_) => Some(rule),
    }
}

fn leading_count(text: &str) -> Option<(u32, &str)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        let count = text[..digits].parse().ok().filter(|count| *count > 0)?;
        return Some((count, &text[digits..]));
    }
    const NUMERALS: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let first = text.chars().next()?;
    if first == '两' || first == '二' {
        return Some((2, &text[first.len_utf8()..]));
    }
    match NUMERALS.iter().position(|numeral| *numeral == first) {
        Some(at) => Some((at as u32 + 1, &text[first.len_utf8()..])),
        None => match text.strip_prefix("other ") {
            Some(rest) => Some((2, rest)),
            None => Some((1, text)),
        },
    }
}

fn unit_of(word: &str) -> Option<Repeat> {
    UNITS
        .iter()
        .find(|(unit, _)| word == *unit || word.strip_suffix('s') == Some(unit))
        .map(|(_, repeat)| repeat.clone())
}

impl Repeat {
    /// The first time after `due`; `None` where the rule ends before.
    pub fn after(&self, due: Due, tz: Tz) -> Option<Due> {
        match self {
            Self::Days(days) => shift(due, tz, |day| day.checked_add_days(Days::new(u64::from(*days)))),
            Self::Months(months) => shift(due, tz, |day| day.checked_add_months(Months::new(*months))),
            Self::Rule(rule) => next_by_rule(rule, due, tz),
        }
    }
}

/// Moves the day and keeps the local time of day.
fn shift(due: Due, tz: Tz, step: impl Fn(NaiveDate) -> Option<NaiveDate>) -> Option<Due> {
    match due {
        Due::Day(day) => step(day).map(Due::Day),
        Due::At(at) => moved_to(due, step(at.day(tz))?, tz).into(),
    }
}

/// The same time of day on another day.
pub fn moved_to(due: Due, day: NaiveDate, tz: Tz) -> Due {
    match due {
        Due::Day(_) => Due::Day(day),
        Due::At(at) => {
            let local = day.and_time(at.utc().with_timezone(&tz).time());
            let moved = tz.from_local_datetime(&local).earliest();
            Due::At(moved.map_or_else(|| super::start_of_day(day, tz), |moved| Instant(moved.timestamp_millis())))
        }
    }
}

fn next_by_rule(rule: &RRule<Unvalidated>, due: Due, tz: Tz) -> Option<Due> {
    let zone = rrule::Tz::Tz(tz);
    let start = due.start(tz).utc().with_timezone(&zone);
    let rule = rule.clone().validate(start).ok()?;
    let set = rrule::RRuleSet::new(start).rrule(rule).limit();
    let next = set.into_iter().take(2).find(|at| *at > start)?;
    Some(match due {
        Due::Day(_) => Due::Day(NaiveDate::from_ymd_opt(next.year(), next.month(), next.day())?),
        Due::At(_) => Due::At(Instant::from(next.with_timezone(&Utc))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Due {
        Due::Day(NaiveDate::from_ymd_opt(y, m, d).unwrap())
    }

    #[test]
    fn words_and_rules_give_the_next_day() {
        let from = day(2026, 1, 31);
        for (text, next) in [
            ("every 2 weeks", day(2026, 2, 14)),
            ("每两周", day(2026, 2, 14)),
            ("every other week", day(2026, 2, 14)),
            ("monthly", day(2026, 2, 28)),
            ("每3天", day(2026, 2, 3)),
            ("每季度", day(2026, 4, 30)),
            ("FREQ=WEEKLY;BYDAY=MO", day(2026, 2, 2)),
            ("RRULE:FREQ=DAILY;INTERVAL=10", day(2026, 2, 10)),
        ] {
            assert_eq!(parse(text).unwrap().after(from, Tz::UTC), Some(next), "{text}");
        }
    }

    #[test]
    fn an_hour_stays_the_local_hour_across_a_clock_change() {
        let tz = Tz::Europe__Berlin;
        let before = tz.with_ymd_and_hms(2026, 3, 28, 9, 0, 0).unwrap();
        let next = parse("daily").unwrap().after(Due::At(Instant::from(before.with_timezone(&Utc))), tz);
        let expected = tz.with_ymd_and_hms(2026, 3, 29, 9, 0, 0).unwrap();
        assert_eq!(next, Some(Due::At(Instant::from(expected.with_timezone(&Utc)))));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "often", "every 0 days", "every banana", "FREQ=SOMETIMES"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}

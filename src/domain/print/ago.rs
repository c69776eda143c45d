//! Distances in time: `3 days ago`, `明天`, `2h 10m`.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::put;
use crate::{domain::value::Instant, text::Lang};

/// How far `at` is from `now` in days of `tz`, and beyond two weeks in weeks, months and years.
pub fn relative(at: Instant, now: Instant, tz: Tz, lang: Lang) -> String {
    relative_day(at.day(tz), now.day(tz), lang)
}

/// How far a day is from today.
pub fn relative_day(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let mut out = String::with_capacity(16);
    days(&mut out, day, today, lang);
    out
}

/// Appends how far a day is from today.
pub(super) fn days(out: &mut String, day: NaiveDate, today: NaiveDate, lang: Lang) {
    let distance = day.signed_duration_since(today).num_days();
    match distance {
        -1 => return out.push_str(lang.pick("yesterday", "昨天")),
        0 => return out.push_str(lang.pick("today", "今天")),
        1 => return out.push_str(lang.pick("tomorrow", "明天")),
        _ => {}
    }
    // From two of the larger unit on, a month having 30.44 days.
    let (count, en, zh) = match distance.unsigned_abs() {
        days @ 0..14 => (days, "days", "天"),
        days @ 14..61 => (days / 7, "weeks", "周"),
        days @ 61..731 => (days * 100 / 3044, "months", "个月"),
        days => (days * 100 / 36525, "years", "年"),
    };
    match (lang, distance < 0) {
        (Lang::En, true) => put(out, format_args!("{count} {en} ago")),
        (Lang::En, false) => put(out, format_args!("in {count} {en}")),
        (Lang::Zh, true) => put(out, format_args!("{count}{zh}前")),
        (Lang::Zh, false) => put(out, format_args!("{count}{zh}后")),
    }
}

/// A length of time as a clock shows it: its largest unit from minutes up, and the next smaller one.
pub fn span(seconds: i64, lang: Lang) -> String {
    let mut out = String::with_capacity(16);
    units(&mut out, seconds, lang, CLOCK);
    out
}

/// A length of time with all its units.
pub(super) fn span_in_full(seconds: i64, lang: Lang) -> String {
    let mut out = String::new();
    units(&mut out, seconds, lang, ALL);
    out
}

/// Which units are shown: the smallest, by its place among the units, and how many next to each other.
pub(super) type Detail = (usize, usize);

/// Minutes, and no more than two units.
const CLOCK: Detail = (2, 2);
/// Everything, down to seconds.
pub(super) const ALL: Detail = (3, 4);

/// Appends a length of time; nothing at all is no minutes.
pub(super) fn units(out: &mut String, seconds: i64, lang: Lang, (smallest, count): Detail) {
    const UNITS: [(u64, &str, &str); 4] = [(86_400, "d", "天"), (3600, "h", "小时"), (60, "m", "分"), (1, "s", "秒")];
    let total = seconds.unsigned_abs();
    let largest = UNITS.iter().position(|(length, ..)| total >= *length).unwrap_or(usize::MAX);
    if largest > smallest {
        return out.push_str(lang.pick("0m", "0分钟"));
    }
    if seconds < 0 {
        out.push('-');
    }
    let mut left = total;
    for (at, (length, en, zh)) in UNITS.into_iter().enumerate().skip(largest).take(count) {
        let figure = left / length;
        left %= length;
        if figure == 0 || at > smallest {
            continue;
        }
        if at > largest && lang == Lang::En {
            out.push(' ');
        }
        put(out, figure);
        out.push_str(lang.pick(en, zh));
        // `58分` by itself would be a score.
        if lang == Lang::Zh && en == "m" && at == largest && left == 0 {
            out.push('钟');
        }
    }
}

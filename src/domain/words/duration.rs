//! Durations: `4h`, `30m`, `1d12h`, `90min`, `3天`, `2小时`, in seconds.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Result, WordsError};
use crate::text::{fold_cow, said};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Unit names and their seconds.
const UNITS: &[(&[&str], i64)] = &[
    (&["s", "sec", "secs", "second", "seconds", "秒", "秒钟"], 1),
    (&["m", "min", "mins", "minute", "minutes", "分", "分钟"], MINUTE),
    (&["h", "hr", "hrs", "hour", "hours", "小时", "个小时", "钟头", "个钟头"], HOUR),
    (&["d", "day", "days", "天", "日"], DAY),
    (&["w", "week", "weeks", "周", "星期", "个星期"], 7 * DAY),
];

/// The seconds that `text` says. A day is 24 hours.
pub fn parse(text: &str) -> Result<i64> {
    let (days, seconds) = in_days(text)?;
    days.checked_mul(DAY).and_then(|days| days.checked_add(seconds)).ok_or_else(|| not_a_duration(text))
}

/// The days that `text` says, weeks among them, and the seconds besides: hours and less, and parts of a day.
pub fn in_days(text: &str) -> Result<(i64, i64)> {
    let folded = fold_cow(text);
    let (sign, mut rest) = match folded.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, &*folded),
    };
    let (mut days, mut seconds): (i64, i64) = (0, 0);
    let mut parts = 0;
    while !rest.is_empty() {
        let (said, unit, after) = part(rest).ok_or_else(|| not_a_duration(text))?;
        let whole = if unit % DAY == 0 { said / DAY } else { 0 };
        days = days.checked_add(whole).ok_or_else(|| not_a_duration(text))?;
        seconds = seconds.checked_add(said - whole * DAY).ok_or_else(|| not_a_duration(text))?;
        rest = after.trim_start();
        parts += 1;
    }
    if parts == 0 { Err(not_a_duration(text)) } else { Ok((sign * days, sign * seconds)) }
}

/// Whole minutes of so many seconds, as `text` said them.
pub fn minutes(text: &str, seconds: i64) -> Result<i64> {
    if seconds % MINUTE == 0 {
        return Ok(seconds / MINUTE);
    }
    Err(WordsError::new(said!("'{}' is not a whole number of minutes", "“{}”不是整分钟", text.trim()))
        .hint(said!("write 90, 90m or 1h30m", "请写 90、90m 或 1h30m")))
}

/// The duration in days, hours, minutes and seconds, as [`parse`] reads it back: `1d12h`, `30m`, `0m`.
pub fn print(seconds: i64) -> String {
    if seconds == 0 {
        return "0m".to_owned();
    }
    let mut out = String::new();
    if seconds < 0 {
        out.push('-');
    }
    let mut left = seconds.unsigned_abs();
    for (unit, letter) in [(DAY, 'd'), (HOUR, 'h'), (MINUTE, 'm'), (1, 's')] {
        let unit = unit.unsigned_abs();
        if left >= unit {
            out.push_str(&(left / unit).to_string());
            out.push(letter);
            left %= unit;
        }
    }
    out
}

/// One number with its unit, as whole seconds, the seconds of the unit, and what follows.
fn part(text: &str) -> Option<(i64, i64, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, rest) = text.split_at(digits);
    let rest = rest.trim_start();
    let end = rest.find(|c: char| c.is_ascii_digit() || c == ' ').unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let (_, unit) = UNITS.iter().find(|(names, _)| names.contains(&name))?;
    let seconds = Decimal::from_str_exact(number).ok()?.checked_mul(Decimal::from(*unit))?;
    if seconds.is_integer() { seconds.to_i64().map(|seconds| (seconds, *unit, rest)) } else { None }
}

fn not_a_duration(text: &str) -> WordsError {
    WordsError::new(said!("'{}' is not a duration", "“{}”不是时长", text.trim()))
        .hint(said!("write 30m, 4h, 1d12h, 3天 or 2小时", "请写 30m、4h、1d12h、3天 或 2小时"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings() {
        let table = [
            ("4h", 4 * HOUR),
            ("30m", 30 * MINUTE),
            ("2d", 2 * DAY),
            ("1d12h", 36 * HOUR),
            ("1d 12h", 36 * HOUR),
            ("90min", 90 * MINUTE),
            ("90 minutes", 90 * MINUTE),
            ("1.5h", 90 * MINUTE),
            ("3天", 3 * DAY),
            ("2小时", 2 * HOUR),
            ("２个小时３０分钟", 150 * MINUTE),
            ("1w", 7 * DAY),
            ("0m", 0),
            ("-1h", -HOUR),
        ];
        for (text, seconds) in table {
            assert_eq!(parse(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn refusals() {
        for text in ["", "-", "4", "h", "4x", "4h x", "1..5h", "0.0001s", "999999999999999d"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn printed_in_the_largest_units() {
        for (seconds, text) in [(0, "0m"), (36 * HOUR, "1d12h"), (90 * MINUTE, "1h30m"), (61, "1m1s"), (-HOUR, "-1h")] {
            assert_eq!(print(seconds), text);
        }
    }

    proptest! {
        #[test]
        fn printed_durations_are_read_back(seconds in -i64::MAX..=i64::MAX) {
            prop_assert_eq!(parse(&print(seconds)), Ok(seconds));
        }

        #[test]
        fn any_text_is_survived(text in any::<String>(), like in "[0-9dhm.天 ]{0,12}") {
            let _ = (parse(&text), parse(&like));
        }
    }
}

//! Durations: `4h`, `30m`, `1d12h`, `90min`, `3天`, `三天`, `半小时`, `一个半小时`, `一刻钟`, in seconds.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{Result, WordsError, chinese::count_prefix};
use crate::text::{fold_cow, said};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Units in Latin letters, and their seconds.
const LATIN: &[(&[&str], i64)] = &[
    (&["s", "sec", "secs", "second", "seconds"], 1),
    (&["m", "min", "mins", "minute", "minutes"], MINUTE),
    (&["h", "hr", "hrs", "hour", "hours"], HOUR),
    (&["d", "day", "days"], DAY),
    (&["w", "week", "weeks"], 7 * DAY),
];

/// Units in Chinese and their seconds, longer ones before those they begin with.
const CHINESE: &[(&str, i64)] = &[
    ("秒钟", 1),
    ("秒", 1),
    ("分钟", MINUTE),
    ("分", MINUTE),
    ("刻钟", 15 * MINUTE),
    ("小时", HOUR),
    ("个小时", HOUR),
    ("钟头", HOUR),
    ("个钟头", HOUR),
    ("天", DAY),
    ("日", DAY),
    ("周", 7 * DAY),
    ("星期", 7 * DAY),
    ("个星期", 7 * DAY),
    ("礼拜", 7 * DAY),
    ("个礼拜", 7 * DAY),
];

/// The seconds that `text` says. A day is 24 hours.
pub fn parse(text: &str) -> Result<i64> {
    let (days, seconds) = in_days(before(text)).map_err(|_| not_a_duration(text))?;
    days.checked_mul(DAY).and_then(|days| days.checked_add(seconds)).ok_or_else(|| not_a_duration(text))
}

/// A reminder `30分钟前` is as long as `提前30分钟`.
fn before(text: &str) -> &str {
    let text = text.trim_end();
    ["之前", "以前", "前"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .filter(|_| !text.contains("提前"))
        .unwrap_or(text)
}

/// The days that `text` says, weeks among them, and the seconds besides: hours and less, and parts of a day.
pub fn in_days(text: &str) -> Result<(i64, i64)> {
    let folded = fold_cow(text);
    let (sign, mut rest) = match folded.strip_prefix('-') {
        Some(rest) => (-1, rest),
        // A reminder `提前半小时` is half an hour before.
        None => (1, folded.strip_prefix("提前").map_or(&*folded, str::trim_start)),
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
    if let Some(rest) = text.strip_prefix('半') {
        let (unit, rest) = unit(rest).filter(|(unit, _)| [HOUR, DAY].contains(unit))?;
        return Some((unit / 2, unit, rest));
    }
    let (number, rest) = number(text)?;
    let rest = rest.trim_start();
    // `一个半小时`, `一小时半`, `一天半`.
    let (half, rest) = rest.strip_prefix("个半").map_or((false, rest), |rest| (true, rest));
    let (unit, rest) = unit(rest).filter(|(unit, _)| !half || *unit == HOUR)?;
    let (half, rest) = match rest.strip_prefix('半') {
        Some(rest) if [HOUR, DAY].contains(&unit) && !half => (true, rest),
        _ => (half, rest),
    };
    let seconds = number.checked_mul(Decimal::from(unit))?.checked_add(Decimal::from(i64::from(half) * unit / 2))?;
    if seconds.is_integer() { seconds.to_i64().map(|seconds| (seconds, unit, rest)) } else { None }
}

/// The number in front of a unit, in figures or in Chinese.
fn number(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    if end == 0 {
        return count_prefix(text).map(|(count, rest)| (count.into(), rest));
    }
    let (number, rest) = text.split_at(end);
    Some((Decimal::from_str_exact(number).ok()?, rest))
}

/// The unit in front of a text, in seconds.
fn unit(text: &str) -> Option<(i64, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > 0 {
        let (name, rest) = text.split_at(letters);
        return LATIN.iter().find(|(names, _)| names.contains(&name)).map(|(_, unit)| (*unit, rest));
    }
    CHINESE.iter().find_map(|(name, unit)| Some((*unit, text.strip_prefix(name)?)))
}

fn not_a_duration(text: &str) -> WordsError {
    WordsError::new(said!("'{}' is not a duration", "“{}”不是时长", text.trim()))
        .hint(said!("write 30m, 4h, 1d12h, 3天 or 2小时", "请写 30分钟、半小时、两小时、三天、一周 或 1d12h"))
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
            ("三天", 3 * DAY),
            ("一周", 7 * DAY),
            ("两个星期", 14 * DAY),
            ("兩個禮拜", 14 * DAY),
            ("半小时", 30 * MINUTE),
            ("半天", 12 * HOUR),
            ("一天半", 36 * HOUR),
            ("半个小时", 30 * MINUTE),
            ("半個鐘頭", 30 * MINUTE),
            ("一个半小时", 90 * MINUTE),
            ("两个半小时", 150 * MINUTE),
            ("一小时半", 90 * MINUTE),
            ("1个半小时", 90 * MINUTE),
            ("一刻钟", 15 * MINUTE),
            ("三刻钟", 45 * MINUTE),
            ("四十五分钟", 45 * MINUTE),
            ("一百二十分钟", 120 * MINUTE),
            ("1小时30分钟", 90 * MINUTE),
            ("1 小时 30 分钟", 90 * MINUTE),
            ("一小时零五分", 65 * MINUTE),
            ("两天12小时", 60 * HOUR),
            ("提前半小时", 30 * MINUTE),
            ("提前 1 天", DAY),
            ("30分钟前", 30 * MINUTE),
            ("一天前", DAY),
            ("半小时之前", 30 * MINUTE),
        ];
        for (text, seconds) in table {
            assert_eq!(parse(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn refusals() {
        for text in [
            "",
            "-",
            "4",
            "h",
            "4x",
            "4h x",
            "1..5h",
            "0.0001s",
            "999999999999999d",
            "三",
            "半",
            "两三天",
            "三五天",
            "几天",
            "半个月",
            "三个",
            "个小时",
            "一个半",
            "一个半小时半",
            "半小时半",
            "提前",
            "提前-1h",
            "提前一天前",
            "前",
        ] {
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
        fn any_text_is_survived(text in any::<String>(), like in "[0-9dhm.天半个小时一两刻钟 ]{0,12}") {
            let _ = (parse(&text), parse(&like));
        }
    }
}

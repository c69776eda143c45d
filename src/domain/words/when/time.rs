//! Times of day: `15:00`, `3pm`, `3:30 pm`, `noon`, `下午3点`, `上午10点半`, `15点20分`.

use chrono::NaiveTime;

use super::scan::{Input, attempt, digits, literal, number, one_of, optional, spaces, word};

/// A time, and how many days after the named day it is: what people call twelve at night is tomorrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeOfDay {
    pub(super) days_on: u64,
    pub(super) time: NaiveTime,
}

/// The parts of the day in Chinese, and which hours their figures mean.
const PARTS: &[(&str, DayPart)] = &[
    ("凌晨", DayPart::Night),
    ("一大早", DayPart::Morning),
    ("一早", DayPart::Morning),
    ("大早上", DayPart::Morning),
    ("早上", DayPart::Morning),
    ("早晨", DayPart::Morning),
    ("清晨", DayPart::Morning),
    ("清早", DayPart::Morning),
    ("上午", DayPart::Morning),
    ("中午", DayPart::Noon),
    ("下午", DayPart::Afternoon),
    ("午后", DayPart::Afternoon),
    ("傍晚", DayPart::Afternoon),
    ("晚间", DayPart::Evening),
    ("晚上", DayPart::Evening),
    ("夜里", DayPart::Evening),
    ("夜间", DayPart::Evening),
];
/// The same in one character, before a figure or behind a day.
const SHORT_PARTS: &[(&str, DayPart)] =
    &[("晚", DayPart::Evening), ("夜", DayPart::Evening), ("早", DayPart::Morning), ("晨", DayPart::Morning)];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayPart {
    Night,
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// A time of day, `at` or `@` before it allowed.
pub(super) fn time(input: Input<'_, '_>) -> Option<TimeOfDay> {
    optional(input, |input| {
        if literal(input, "@").is_none() {
            word(input).filter(|&word| word == "at")?;
        }
        spaces(input);
        Some(())
    });
    if attempt(input, |input| word(input).filter(|&word| word == "noon")).is_some() {
        return at_hour(12, 0, 0);
    }
    let parts = || PARTS.iter().chain(SHORT_PARTS);
    let part = parts().find(|(name, _)| literal(input, name).is_some()).map(|&(_, part)| part);
    spaces(input);
    let figures = attempt(input, |input| attempt(input, with_colon).or_else(|| attempt(input, on_the_hour)))
        .or_else(|| attempt(input, in_chinese));
    match (figures, part) {
        (Some((hour, minute, second)), part) => in_part(hour, minute, second, part),
        (None, Some(DayPart::Noon)) => at_hour(12, 0, 0),
        (None, _) => None,
    }
}

/// A part of the day without an hour.
pub(super) fn part(input: Input<'_, '_>) -> Option<()> {
    PARTS.iter().find_map(|(name, _)| literal(input, name))
}

/// `15:00`, `15:00:30`, `3:30pm`.
fn with_colon(input: Input<'_, '_>) -> Option<(u32, u32, u32)> {
    let hour = digits(input, 1..=2)?;
    literal(input, ":")?;
    let minute = digits(input, 2..=2)?;
    let second = attempt(input, |input| {
        literal(input, ":")?;
        digits(input, 2..=2)
    });
    let hour = match attempt(input, half) {
        Some(half) => twelve(hour, half)?,
        None => hour,
    };
    Some((hour, minute, second.unwrap_or(0)))
}

/// `3pm`, `3 pm`.
fn on_the_hour(input: Input<'_, '_>) -> Option<(u32, u32, u32)> {
    let hour = digits(input, 1..=2)?;
    let half = half(input)?;
    Some((twelve(hour, half)?, 0, 0))
}

/// `3点`, `十点半`, `3点一刻`, `3点15分`, `15时`.
fn in_chinese(input: Input<'_, '_>) -> Option<(u32, u32, u32)> {
    let hour = number(input)?;
    spaces(input);
    one_of(input, &["点钟", "点整", "点", "时整", "时"])?;
    let quarter = [30, 15, 45];
    let minute = match one_of(input, &["半", "一刻", "三刻"]) {
        Some(which) => quarter[which],
        None => attempt(input, |input| {
            spaces(input);
            // 三点零五分
            let zero = attempt(input, |input| one_of(input, &["零", "〇"])).is_some();
            let minute = number(input).filter(|minute| !zero || *minute < 10)?;
            spaces(input);
            // Without `分`, digits may belong to what follows: `3点2个人开会`.
            let said = literal(input, "分").is_some();
            let ends = (minute >= 10 || zero) && !input.starts_with(|c: char| c.is_alphanumeric());
            (said || ends).then_some(minute)
        })
        .unwrap_or(0),
    };
    Some((hour, minute, 0))
}

/// Which half of the day: 0 before noon, 12 after.
fn half(input: Input<'_, '_>) -> Option<u32> {
    spaces(input);
    match word(input)? {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    }
}

fn twelve(hour: u32, half: u32) -> Option<u32> {
    (1..=12).contains(&hour).then_some(hour % 12 + half)
}

/// What the hour means in this part of the day.
fn in_part(hour: u32, minute: u32, second: u32, part: Option<DayPart>) -> Option<TimeOfDay> {
    let hour = match (part, hour) {
        (Some(DayPart::Night), 12) => 0,
        (Some(DayPart::Noon), 1..=3) | (Some(DayPart::Afternoon), 1..=11) | (Some(DayPart::Evening), 5..=11) => {
            hour + 12
        }
        // Midnight to come, by either of its names: 晚上12点, 今晚0点.
        (Some(DayPart::Evening), 0 | 12) => 24,
        (Some(DayPart::Evening), 1..=4) => hour + 24,
        _ if hour > 24 => return None,
        _ => hour,
    };
    at_hour(hour, minute, second)
}

/// The time at this hour; hours from 24 on are the next day's.
fn at_hour(hour: u32, minute: u32, second: u32) -> Option<TimeOfDay> {
    Some(TimeOfDay { days_on: u64::from(hour >= 24), time: NaiveTime::from_hms_opt(hour % 24, minute, second)? })
}

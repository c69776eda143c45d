//! Dates and instants as machines write them: `2026-03-01`, `2026/3/1`, `2026-03-01T15:00`, RFC 3339.

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};

use super::{
    Moment, When,
    scan::{Input, attempt, digits, ends_cleanly, literal, one_of, spaces},
    time::TimeOfDay,
};

/// Year, month and day, with `-`, `/` or `.` between them.
pub(super) fn date(input: Input<'_, '_>) -> Option<NaiveDate> {
    let separators = ["-", "/", "."];
    let year = i32::try_from(digits(input, 4..=4)?).ok()?;
    let separator = separators[one_of(input, &separators)?];
    let month = digits(input, 1..=2)?;
    literal(input, separator)?;
    let day = digits(input, 1..=2)?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| year > 0)
}

/// A date in eight digits: `20261203`.
pub(super) fn compact(input: Input<'_, '_>) -> Option<NaiveDate> {
    let before = *input;
    let number = digits(input, 8..=8)?;
    let year = i32::try_from(number / 10_000).ok().filter(|year| (1900..=2199).contains(year))?;
    let day = NaiveDate::from_ymd_opt(year, number / 100 % 100, number % 100)?;
    ends_cleanly(before, input).then_some(day)
}

/// A date with a time of 24 hours after `T` or a space, and perhaps an offset.
pub(super) fn instant(input: Input<'_, '_>, moment: &Moment) -> Option<When> {
    let before = *input;
    let day = date(input)?;
    if literal(input, "t").is_none() {
        literal(input, " ")?;
        spaces(input);
    }
    let time = clock(input)?;
    let offset = attempt(input, offset);
    // `2026-03-01 3:00 pm` is for the words to read.
    let twelve_hours = input.trim_start();
    if !ends_cleanly(before, input) || twelve_hours.starts_with("am") || twelve_hours.starts_with("pm") {
        return None;
    }
    match offset {
        Some(offset) => {
            let local = day.and_time(time);
            When::at(offset.from_local_datetime(&local).single()?.with_timezone(&Utc))
        }
        None => moment.at(day, TimeOfDay { days_on: 0, time }),
    }
}

/// `15:00`, `15:00:30`, `15:00:30.250`.
fn clock(input: Input<'_, '_>) -> Option<NaiveTime> {
    let hour = digits(input, 1..=2)?;
    literal(input, ":")?;
    let minute = digits(input, 2..=2)?;
    let second = attempt(input, |input| {
        literal(input, ":")?;
        digits(input, 2..=2)
    });
    let nanos = attempt(input, |input| {
        literal(input, ".")?;
        let count = input.bytes().take_while(u8::is_ascii_digit).count();
        let fraction = digits(input, 1..=9)?;
        Some(fraction * 10u32.pow(9 - u32::try_from(count).ok()?))
    });
    NaiveTime::from_hms_nano_opt(hour, minute, second.unwrap_or(0), nanos.unwrap_or(0))
}

/// `Z`, `+08:00`, `+0800`, `-05`.
fn offset(input: Input<'_, '_>) -> Option<FixedOffset> {
    if literal(input, "z").is_some() {
        return FixedOffset::east_opt(0);
    }
    let sign = if one_of(input, &["+", "-"])? == 0 { 1 } else { -1 };
    let (hours, minutes) = match attempt(input, |input| digits(input, 4..=4)) {
        Some(both) => (both / 100, both % 100),
        None => {
            let hours = digits(input, 2..=2)?;
            let minutes = attempt(input, |input| {
                literal(input, ":")?;
                digits(input, 2..=2)
            });
            (hours, minutes.unwrap_or(0))
        }
    };
    if minutes > 59 {
        return None;
    }
    FixedOffset::east_opt(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?)
}

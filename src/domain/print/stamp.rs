//! Days and instants in digits, written without chrono's format machinery: lists print them by the million.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::domain::value::Instant;

/// `2026-03-01`, or `--03-01` of every year.
pub(super) fn day(out: &mut String, day: NaiveDate) {
    match u32::try_from(day.year()) {
        // Of every year: `--02-29`.
        Ok(0) => out.push('-'),
        Ok(year @ 1..=9999) => {
            two(out, year / 100);
            two(out, year % 100);
        }
        _ => {
            // Writing to a string does not fail.
            let _ = write!(out, "{:+}", day.year());
        }
    }
    out.push('-');
    day_of_year(out, day);
}

/// `03-01`.
pub(super) fn day_of_year(out: &mut String, day: NaiveDate) {
    two(out, day.month());
    out.push('-');
    two(out, day.day());
}

/// `2026-03-01 15:04`, as clocks in `tz` show it.
pub(super) fn minute(out: &mut String, at: Instant, tz: Tz) {
    let local = local(at, offset(at, tz));
    day(out, local.date());
    hour_and_minute(out, local);
}

/// ` 15:04`, as clocks in `tz` show it.
pub(super) fn clock(out: &mut String, at: Instant, tz: Tz) {
    hour_and_minute(out, local(at, offset(at, tz)));
}

fn hour_and_minute(out: &mut String, local: NaiveDateTime) {
    out.push(' ');
    two(out, local.hour());
    out.push(':');
    two(out, local.minute());
}

/// `2026-03-01T15:04:05+08:00`, with milliseconds where there are some.
pub(super) fn rfc3339(out: &mut String, at: Instant, tz: Tz) {
    // Before there were time zones, offsets had seconds, which RFC 3339 cannot say.
    let offset = offset(at, tz) / 60;
    let local = local(at, offset * 60);
    day(out, local.date());
    for (sign, part) in [('T', local.hour()), (':', local.minute()), (':', local.second())] {
        out.push(sign);
        two(out, part);
    }
    let millis = local.nanosecond() / 1_000_000 % 1000;
    if millis > 0 {
        out.push('.');
        out.push(digit(millis / 100));
        two(out, millis % 100);
    }
    if offset == 0 {
        out.push('Z');
        return;
    }
    out.push(if offset < 0 { '-' } else { '+' });
    two(out, offset.unsigned_abs() / 60);
    out.push(':');
    two(out, offset.unsigned_abs() % 60);
}

/// Seconds east of Greenwich.
fn offset(at: Instant, tz: Tz) -> i32 {
    if tz == Tz::UTC {
        return 0;
    }
    tz.offset_from_utc_datetime(&at.utc().naive_utc()).fix().local_minus_utc()
}

fn local(at: Instant, offset: i32) -> NaiveDateTime {
    let utc = at.utc().naive_utc();
    utc.checked_add_signed(TimeDelta::seconds(i64::from(offset))).unwrap_or(utc)
}

fn two(out: &mut String, number: u32) {
    out.push(digit(number / 10));
    out.push(digit(number));
}

fn digit(number: u32) -> char {
    char::from(b'0' + (number % 10) as u8)
}

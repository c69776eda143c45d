//! Dates, periods and lengths of time in words: no text makes a reader panic, whatever the zone and the day, and what
//! is read is printed so that it reads back as the same.
#![no_main]

use chrono::{DateTime, Weekday};
use chrono_tz::{America::New_York, Asia::Shanghai, Europe::Berlin, Pacific::Apia, Tz, UTC};
use crm::domain::{
    repeat,
    words::{
        duration,
        period::parse_period,
        when::{self, Toward, When},
    },
};
use libfuzzer_sys::fuzz_target;

/// Zones with and without a change of the clock, and one that once left out a day.
const ZONES: [Tz; 5] = [UTC, Shanghai, New_York, Berlin, Apia];
const WEEK_STARTS: [Weekday; 3] = [Weekday::Mon, Weekday::Sun, Weekday::Sat];

fuzz_target!(|input: (u8, u8, u32, &str)| {
    let (zone, start, seconds, text) = input;
    let tz = ZONES[usize::from(zone) % ZONES.len()];
    let week_start = WEEK_STARTS[usize::from(start) % WEEK_STARTS.len()];
    let now = DateTime::from_timestamp(i64::from(seconds), 0).unwrap();
    if let Ok(found) = when::parse(text, now, tz, week_start) {
        let printed = found.print(tz);
        let again = when::parse(&printed, now, tz, week_start);
        assert_eq!(again.as_ref().ok(), Some(&found), "{text:?} prints as {printed:?}");
        if let When::Day(day) = found {
            assert_eq!(found.day(tz), day);
        }
    }
    if let Ok((found, rest)) = when::split_prefix(text, now, tz, week_start) {
        assert!(text.ends_with(rest), "{rest:?} is no end of {text:?}");
        let _ = found.start(tz);
    }
    // What is to be done, and what is put off, lie ahead.
    for ahead in [when::parse_ahead, when::parse_from_now] {
        if let Ok(found) = ahead(text, now, tz, week_start) {
            let printed = found.print(tz);
            assert_eq!(ahead(&printed, now, tz, week_start).ok(), Some(found), "{text:?} prints as {printed:?}");
        }
    }
    if let Ok(rule) = repeat::parse(text) {
        let printed = rule.to_string();
        assert_eq!(repeat::parse(&printed).map(|rule| rule.to_string()).ok(), Some(printed), "{text:?}");
    }
    for toward in [Toward::Next, Toward::Ahead, Toward::Back] {
        let _ = when::parse_toward(text, toward, now, tz, week_start);
        if let Some(period) = parse_period(text, toward, now, tz, week_start) {
            assert!(period.from < period.until_excl, "{text:?} is {period:?}");
        }
    }
    if let Ok(seconds) = duration::parse(text) {
        let printed = duration::print(seconds);
        assert_eq!(duration::parse(&printed).ok(), Some(seconds), "{text:?} prints as {printed:?}");
    }
});

//! Days, weeks and months of a place, and the instants they begin at.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// The English names of the months, folded.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that it is at `now` in `tz`.
pub fn today(now: DateTime<Utc>, tz: Tz) -> NaiveDate {
    now.with_timezone(&tz).date_naive()
}

/// The instant at which `day` begins in `tz`.
pub fn day_start(day: NaiveDate, tz: Tz) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN), tz)
}

/// The instant at which clocks in `tz` show `local`: the first one when they show it twice, and when they skip it, the
/// instant that they would have called so, had they not been put forward.
pub fn instant(local: NaiveDateTime, tz: Tz) -> DateTime<Utc> {
    if let Some(found) = tz.from_local_datetime(&local).earliest() {
        return found.with_timezone(&Utc);
    }
    let day_before = local.checked_sub_days(Days::new(1)).unwrap_or(local);
    let offset = tz.offset_from_utc_datetime(&day_before).fix();
    local.checked_sub_offset(offset).unwrap_or(local).and_utc()
}

/// The first day of the week that `day` is in.
pub fn week_start(day: NaiveDate, first: Weekday) -> NaiveDate {
    shift_days(day, -i64::from(day.weekday().days_since(first))).unwrap_or(day)
}

/// The first day of the month that `day` is in.
pub fn month_start(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The first day of the quarter that `day` is in.
pub fn quarter_start(day: NaiveDate) -> NaiveDate {
    month_start(day).with_month0(day.month0() / 3 * 3).unwrap_or(day)
}

/// The first day of the year that `day` is in.
pub fn year_start(day: NaiveDate) -> NaiveDate {
    month_start(day).with_month0(0).unwrap_or(day)
}

/// So many days later or, if negative, earlier; `None` outside the years that people write with four digits.
pub fn shift_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    four_digit_year(if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }?)
}

/// So many months later or earlier: the same day of the month, or its last day where it is shorter.
pub fn shift_months(day: NaiveDate, months: i64) -> Option<NaiveDate> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    four_digit_year(if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) }?)
}

/// That day of that year, or without the year the next such day, today included.
pub fn in_year(year: Option<i32>, month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day).filter(|_| year > 0),
        // A leap day is at most eight years away.
        None => (today.year()..=today.year() + 8)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .find(|&date| date >= today),
    }
}

/// Whether the year of an instant has four digits on every clock of the world, none of which is more than a day from
/// UTC.
pub fn prints_everywhere(at: DateTime<Utc>) -> bool {
    let day = at.date_naive();
    shift_days(day, -1).is_some() && shift_days(day, 1).is_some()
}

fn four_digit_year(day: NaiveDate) -> Option<NaiveDate> {
    (1..=9999).contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{
        America::{New_York, Sao_Paulo},
        Asia::Shanghai,
    };

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn clocks_that_skip_and_repeat() {
        let table = [
            ("2026-03-01T15:00:00", Shanghai, "2026-03-01T07:00:00"),
            ("2026-03-08T02:30:00", New_York, "2026-03-08T07:30:00"), // skipped: 3:30 in summer time
            ("2026-11-01T01:30:00", New_York, "2026-11-01T05:30:00"), // twice: the first, in summer time
            ("2018-11-04T00:00:00", Sao_Paulo, "2018-11-04T03:00:00"), // a day that began at 1:00
        ];
        for (local, tz, utc) in table {
            assert_eq!(instant(at(local), tz), at(utc).and_utc(), "{local} {tz}");
        }
    }

    #[test]
    fn beginnings() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(); // a Sunday
        let text = |day: NaiveDate| day.to_string();
        assert_eq!(text(week_start(day, Weekday::Mon)), "2026-11-16");
        assert_eq!(text(week_start(day, Weekday::Sun)), "2026-11-22");
        assert_eq!(text(month_start(day)), "2026-11-01");
        assert_eq!(text(quarter_start(day)), "2026-10-01");
        assert_eq!(text(year_start(day)), "2026-01-01");
        assert_eq!(shift_months(day, 3).map(text).as_deref(), Some("2027-02-22"));
        assert_eq!(shift_days(day, i64::MAX), None);
        assert_eq!(shift_days(day, -i64::from(i32::MAX)), None);
    }
}

//! Periods: a day, or a span of days: `2026-03`, `this-week`, `本周`, `12月`, `最近7天`.

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

pub use super::span::Period;
use super::{
    calendar::{self, shift_days},
    span,
    when::{self, Toward, When},
};

/// The days that `text` means, `None` if it means an instant or nothing. Week numbers are those of ISO 8601, whatever
/// day weeks begin with.
pub fn parse_period(text: &str, toward: Toward, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Option<Period> {
    if let Some(period) = at_hand(text, calendar::today(now, tz), week_start) {
        return Some(period);
    }
    match when::parse_toward(text, toward, now, tz, week_start).ok()? {
        When::Day(day) => one_day(day),
        When::At(_) => None,
    }
}

/// The instant that `text` says of what has been, or the one at which the days it means begin.
pub fn start(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> super::Result<DateTime<Utc>> {
    match at_hand(text, calendar::today(now, tz), week_start) {
        Some(period) => Ok(calendar::day_start(period.from, tz)),
        None => when::parse_toward(text, Toward::Back, now, tz, week_start).map(|when| when.start(tz)),
    }
}

/// The span that `text` names, or the day that begins the month, quarter or year at hand: as a date that is to come,
/// `月初` is the next such day.
fn at_hand(text: &str, today: NaiveDate, week_start: Weekday) -> Option<Period> {
    span::named(text, today, week_start).or_else(|| one_day(when::first_day_at_hand(text, today)?))
}

fn one_day(day: NaiveDate) -> Option<Period> {
    Some(Period { from: day, until_excl: shift_days(day, 1)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use chrono_tz::Asia::Shanghai;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        let now = Utc.with_ymd_and_hms(2026, 3, 4, 2, 30, 0).unwrap();
        parse_period(text, Toward::Next, now, Shanghai, Weekday::Mon)
            .map(|period| format!("{}..{}", period.from, period.until_excl))
    }

    #[test]
    fn spellings() {
        let table = [
            ("2026", "2026-01-01..2027-01-01"),
            ("2026-03", "2026-03-01..2026-04-01"),
            ("2026-12", "2026-12-01..2027-01-01"),
            ("2026-q1", "2026-01-01..2026-04-01"),
            ("2026-Q4", "2026-10-01..2027-01-01"),
            ("2026-w12", "2026-03-16..2026-03-23"),
            ("2026年3月", "2026-03-01..2026-04-01"),
            ("2026年第2季度", "2026-04-01..2026-07-01"),
            ("2026-03-01", "2026-03-01..2026-03-02"),
            ("today", "2026-03-04..2026-03-05"),
            ("昨天", "2026-03-03..2026-03-04"),
            ("-30d", "2026-02-02..2026-02-03"),
            ("this week", "2026-03-02..2026-03-09"),
            ("this-week", "2026-03-02..2026-03-09"),
            ("last-month", "2026-02-01..2026-03-01"),
            ("Last Month", "2026-02-01..2026-03-01"),
            ("next quarter", "2026-04-01..2026-07-01"),
            ("last year", "2025-01-01..2026-01-01"),
            ("本周", "2026-03-02..2026-03-09"),
            ("上周", "2026-02-23..2026-03-02"),
            ("下周", "2026-03-09..2026-03-16"),
            ("本月", "2026-03-01..2026-04-01"),
            ("上个月", "2026-02-01..2026-03-01"),
            ("下月", "2026-04-01..2026-05-01"),
            ("本季度", "2026-01-01..2026-04-01"),
            ("今年", "2026-01-01..2027-01-01"),
            ("去年", "2025-01-01..2026-01-01"),
            ("明年", "2027-01-01..2028-01-01"),
            ("前年", "2024-01-01..2025-01-01"),
            ("后年", "2028-01-01..2029-01-01"),
            ("上上周", "2026-02-16..2026-02-23"),
            ("下下个月", "2026-05-01..2026-06-01"),
            ("上一季度", "2025-10-01..2026-01-01"),
            ("周末", "2026-03-07..2026-03-09"),
            ("下周末", "2026-03-14..2026-03-16"),
            ("12月", "2026-12-01..2027-01-01"),
            ("十二月", "2026-12-01..2027-01-01"),
            ("2月份", "2026-02-01..2026-03-01"),
            ("去年12月", "2025-12-01..2026-01-01"),
            ("明年1月", "2027-01-01..2027-02-01"),
            ("2026 年 12 月", "2026-12-01..2027-01-01"),
            ("二〇二六年十二月", "2026-12-01..2027-01-01"),
            ("第四季度", "2026-10-01..2027-01-01"),
            ("第4季度", "2026-10-01..2027-01-01"),
            ("一季度", "2026-01-01..2026-04-01"),
            ("q4", "2026-10-01..2027-01-01"),
            ("2026年第四季度", "2026-10-01..2027-01-01"),
            ("去年第四季度", "2025-10-01..2026-01-01"),
            ("上半年", "2026-01-01..2026-07-01"),
            ("2025年下半年", "2025-07-01..2026-01-01"),
            ("最近7天", "2026-02-26..2026-03-05"),
            ("近30天", "2026-02-03..2026-03-05"),
            ("过去一周", "2026-02-26..2026-03-05"),
            ("最近三个月", "2025-12-05..2026-03-05"),
            ("近半年", "2025-09-05..2026-03-05"),
            ("近一年", "2025-03-05..2026-03-05"),
            ("這個月", "2026-03-01..2026-04-01"),
            ("上個禮拜", "2026-02-23..2026-03-02"),
            ("過去兩週", "2026-02-19..2026-03-05"),
            ("月初", "2026-03-01..2026-03-02"),
            ("年初", "2026-01-01..2026-01-02"),
            ("未来7天", "2026-03-04..2026-03-11"),
            ("未来一周", "2026-03-04..2026-03-11"),
            ("未来两個月", "2026-03-04..2026-05-04"),
            ("接下来三天", "2026-03-04..2026-03-07"),
            ("接下來的三天", "2026-03-04..2026-03-07"),
            ("今后半年", "2026-03-04..2026-09-04"),
            ("未来半个月", "2026-03-04..2026-03-19"),
        ];
        for (text, days) in table {
            assert_eq!(read(text).as_deref(), Some(days), "{text}");
        }
        for text in [
            "",
            "2026-13",
            "2026-q5",
            "2026-w60",
            "0000",
            "15:00",
            "20261",
            "9999",
            "2026-",
            "later",
            "13月",
            "第五季度",
            "最近",
            "最近几天",
            "三五天",
            "最近0天",
            "未来",
            "未来0天",
            "未来几天",
            "上上下周",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    /// What is asked for since a day never begins in days to come.
    #[test]
    fn a_beginning_is_the_one_at_hand() {
        let now = Utc.with_ymd_and_hms(2026, 11, 28, 2, 0, 0).unwrap();
        let from = |text: &str| {
            start(text, now, Shanghai, Weekday::Mon).map(|at| at.with_timezone(&Shanghai).date_naive().to_string())
        };
        for (text, day) in [
            ("月初", "2026-11-01"),
            ("季初", "2026-10-01"),
            ("年初", "2026-01-01"),
            ("上月初", "2026-10-01"),
            ("本月", "2026-11-01"),
            ("昨天", "2026-11-27"),
        ] {
            assert_eq!(from(text).as_deref(), Ok(day), "{text}");
        }
    }

    #[test]
    fn a_period_holds_its_days() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        let period = Period { from: day(2), until_excl: day(9) };
        assert!(period.contains(day(2)) && period.contains(day(8)) && !period.contains(day(9)));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), like in "[0-9]{4}[-年qw0-9月]{0,5}") {
            for text in [text, like] {
                let _ = read(&text);
            }
        }
    }
}

//! Periods: `2026`, `2026-03`, `2026-q1`, `2026-w12`, a day, `this-week`, `last month`, `本周`, `上月`, `去年`.

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use super::calendar::{self, month_start, quarter_start, shift_days, shift_months, week_start, year_start};
use super::when::{self, When};
use crate::text::fold_cow;

/// Some whole days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last one.
    pub until_excl: NaiveDate,
}

impl Period {
    /// Whether the day is in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until_excl
    }
}

#[derive(Debug, Clone, Copy)]
enum Span {
    Week,
    Month,
    Quarter,
    Year,
}

impl Span {
    /// The span that `day` is in, so many further on.
    fn around(self, day: NaiveDate, first: Weekday, by: i64) -> Option<Period> {
        let (start, months) = match self {
            Self::Week => {
                let from = shift_days(week_start(day, first), by.checked_mul(7)?)?;
                return Some(Period { from, until_excl: shift_days(from, 7)? });
            }
            Self::Month => (month_start(day), 1),
            Self::Quarter => (quarter_start(day), 3),
            Self::Year => (year_start(day), 12),
        };
        let from = shift_months(start, months * by)?;
        Some(Period { from, until_excl: shift_months(from, months)? })
    }
}

/// The days that `text` means, `None` if it means an instant or nothing. Week numbers are those of ISO 8601, whatever
/// day weeks begin with.
pub fn parse_period(text: &str, now: DateTime<Utc>, tz: Tz, week_start: Weekday) -> Option<Period> {
    let folded = fold_cow(text);
    let today = calendar::today(now, tz);
    if let Some((span, by)) = relative(&folded) {
        return span.around(today, week_start, by);
    }
    if let Some(period) = absolute(&folded) {
        return Some(period);
    }
    match when::parse(text, now, tz, week_start).ok()? {
        When::Day(day) => Some(Period { from: day, until_excl: shift_days(day, 1)? }),
        When::At(_) => None,
    }
}

/// `this week`, `上个月`.
fn relative(text: &str) -> Option<(Span, i64)> {
    match text {
        "今年" => return Some((Span::Year, 0)),
        "去年" => return Some((Span::Year, -1)),
        "明年" => return Some((Span::Year, 1)),
        _ => {}
    }
    // With a hyphen no shell takes the words apart.
    let english = [("this", 0), ("last", -1), ("next", 1)];
    let spoken = |&(word, by)| Some((text.strip_prefix(word)?.strip_prefix([' ', '-'])?, by));
    if let Some((span, by)) = english.iter().find_map(spoken) {
        let span = match span {
            "week" => Span::Week,
            "month" => Span::Month,
            "quarter" => Span::Quarter,
            "year" => Span::Year,
            _ => return None,
        };
        return Some((span, by));
    }
    let chinese = [("本", 0), ("这", 0), ("上", -1), ("下", 1)];
    let (span, by) = chinese.iter().find_map(|&(word, by)| text.strip_prefix(word).map(|span| (span, by)))?;
    let span = match span.strip_prefix('个').unwrap_or(span) {
        "周" | "星期" | "礼拜" => Span::Week,
        "月" => Span::Month,
        "季度" | "季" => Span::Quarter,
        "年" => Span::Year,
        _ => return None,
    };
    Some((span, by))
}

/// `2026`, `2026-03`, `2026-q1`, `2026-w12`, `2026年`, `2026年3月`, `2026年第1季度`.
fn absolute(text: &str) -> Option<Period> {
    let year = text.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    let start = NaiveDate::from_ymd_opt(year, 1, 1).filter(|_| year > 0)?;
    let after_year = text.get(4..)?;
    let rest = after_year.trim_start_matches(['-', '/', '年', ' ']);
    if matches!(after_year, "" | "年") {
        return Span::Year.around(start, Weekday::Mon, 0);
    }
    let number = |digits: &str| {
        let plain = matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| plain)
    };
    let quarter =
        rest.strip_prefix('q').or_else(|| rest.strip_suffix("季度").map(|rest| rest.trim_start_matches('第')));
    if let Some(quarter) = quarter {
        let quarter = number(quarter).filter(|quarter| (1..=4).contains(quarter))?;
        return Span::Quarter.around(start, Weekday::Mon, i64::from(quarter) - 1);
    }
    if let Some(week) = rest.strip_prefix('w') {
        let monday = NaiveDate::from_isoywd_opt(year, number(week)?, Weekday::Mon)?;
        return Span::Week.around(monday, Weekday::Mon, 0);
    }
    if rest.len() == after_year.len() {
        return None; // `20263` is no month
    }
    let month = number(rest.strip_suffix('月').unwrap_or(rest))?;
    Span::Month.around(NaiveDate::from_ymd_opt(year, month, 1)?, Weekday::Mon, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use chrono_tz::Asia::Shanghai;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        let now = Utc.with_ymd_and_hms(2026, 3, 4, 2, 30, 0).unwrap();
        parse_period(text, now, Shanghai, Weekday::Mon).map(|period| format!("{}..{}", period.from, period.until_excl))
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
        ];
        for (text, days) in table {
            assert_eq!(read(text).as_deref(), Some(days), "{text}");
        }
        for text in ["", "2026-13", "2026-q5", "2026-w60", "0000", "15:00", "20261", "9999", "2026-", "later"] {
            assert_eq!(read(text), None, "{text}");
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

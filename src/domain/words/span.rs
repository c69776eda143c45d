//! Spans of days by name: `this week`, `上个月`, `去年12月`, `第四季度`, `最近7天`, `周末`, `2026-q1`.
//!
//! A month or a quarter without a year is one of this year. `最近7天` are seven days, today the last of them; of
//! `未来7天` today is the first.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    calendar::{month_start, quarter_start, shift_days, shift_months, week_start, year_start},
    chinese::{self, count_prefix},
};
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

    /// The last day.
    pub fn last(self) -> NaiveDate {
        self.until_excl.pred_opt().unwrap_or(self.from)
    }

    fn days(from: NaiveDate, count: i64) -> Option<Self> {
        Some(Self { from, until_excl: shift_days(from, count)? })
    }

    fn months(from: NaiveDate, count: i64) -> Option<Self> {
        Some(Self { from, until_excl: shift_months(from, count)? })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
}

impl Span {
    /// The span that `day` is in, so many further on.
    pub(super) fn around(self, day: NaiveDate, first: Weekday, by: i64) -> Option<Period> {
        let (start, months) = match self {
            Self::Week => return Period::days(shift_days(week_start(day, first), by.checked_mul(7)?)?, 7),
            // A weekend is a Saturday and the day after it, whichever day a week begins with.
            Self::Weekend => {
                let saturday = shift_days(week_start(day, Weekday::Mon), 5)?;
                return Period::days(shift_days(saturday, by.checked_mul(7)?)?, 2);
            }
            Self::Month => (month_start(day), 1),
            Self::Quarter => (quarter_start(day), 3),
            Self::Year => (year_start(day), 12),
        };
        Period::months(shift_months(start, months * by)?, months)
    }

    fn in_chinese(name: &str) -> Option<Self> {
        Some(match name {
            "周" | "星期" | "礼拜" => Self::Week,
            "周末" => Self::Weekend,
            "月" | "月份" => Self::Month,
            "季度" | "季" => Self::Quarter,
            "年" | "年度" => Self::Year,
            _ => return None,
        })
    }
}

/// The span that the whole of `text` names; `None` where it names a day, an instant or nothing.
pub(super) fn named(text: &str, today: NaiveDate, first: Weekday) -> Option<Period> {
    let text = &*fold_cow(text);
    if text.is_ascii() {
        return in_english(text, today, first).or_else(|| absolute(text)).or_else(|| {
            // `q4` is the quarter of this year.
            let number = text.strip_prefix('q').filter(|rest| rest.len() == 1)?.parse().ok()?;
            quarter(today.year(), number)
        });
    }
    let squeezed: String = text.chars().filter(|c| *c != ' ').collect();
    let text = squeezed.as_str();
    counted_back(text, today)
        .or_else(|| counted_on(text, today))
        .or_else(|| beside(text, today, first))
        .or_else(|| absolute(text))
        .or_else(|| of_year(text, today))
}

/// `this week`. With a hyphen no shell takes the words apart.
fn in_english(text: &str, today: NaiveDate, first: Weekday) -> Option<Period> {
    let words = [("this", 0), ("last", -1), ("next", 1)];
    let spoken = |&(word, by)| Some((text.strip_prefix(word)?.strip_prefix([' ', '-'])?, by));
    let (name, by) = words.iter().find_map(spoken)?;
    let span = match name {
        "week" => Span::Week,
        "weekend" => Span::Weekend,
        "month" => Span::Month,
        "quarter" => Span::Quarter,
        "year" => Span::Year,
        _ => return None,
    };
    span.around(today, first, by)
}

/// `本周`, `上上个月`, `下一季度`, `周末`.
fn beside(text: &str, today: NaiveDate, first: Weekday) -> Option<Period> {
    if text == "周末" {
        return Span::Weekend.around(today, first, 0);
    }
    let (name, by) = match text.strip_prefix(['本', '这']) {
        Some(name) => (name, 0),
        None => {
            let step = if text.starts_with('下') { 1 } else { -1 };
            let name = text.trim_start_matches(if step > 0 { '下' } else { '上' });
            let times = i64::try_from((text.len() - name.len()) / '上'.len_utf8()).ok().filter(|times| *times > 0)?;
            // 上半年 is a half of this year.
            (name.strip_prefix('一').unwrap_or(name), step * times)
        }
    };
    Span::in_chinese(name.strip_prefix('个').unwrap_or(name))?.around(today, first, by)
}

/// `最近7天`, `近一个月`, `过去两周`: so many days, weeks or months that end with today.
fn counted_back(text: &str, today: NaiveDate) -> Option<Period> {
    let rest = ["最近", "过去", "近"].iter().find_map(|word| text.strip_prefix(word))?;
    let until_excl = shift_days(today, 1)?;
    Some(Period { from: counted(rest, until_excl, -1)?, until_excl })
}

/// `未来7天`, `接下来一个月`: so many days, weeks or months that begin with today.
fn counted_on(text: &str, today: NaiveDate) -> Option<Period> {
    let rest = ["未来", "接下来", "今后"].iter().find_map(|word| text.strip_prefix(word))?;
    let until_excl = counted(rest.strip_prefix('的').unwrap_or(rest), today, 1)?;
    Some(Period { from: today, until_excl })
}

/// The day that is as far from `day` as the length says, on (1) or back (-1).
fn counted(length: &str, day: NaiveDate, step: i64) -> Option<NaiveDate> {
    match length {
        "半年" | "半个年" => return shift_months(day, 6 * step),
        "半个月" => return shift_days(day, 15 * step),
        _ => {}
    }
    let (count, unit) = count_prefix(length).filter(|(count, _)| *count > 0)?;
    let count = step * i64::from(count);
    match unit.strip_prefix('个').unwrap_or(unit) {
        "天" | "日" if !unit.starts_with('个') => shift_days(day, count),
        "周" | "星期" | "礼拜" => shift_days(day, 7 * count),
        "月" => shift_months(day, count),
        "季度" => shift_months(day, 3 * count),
        "年" if !unit.starts_with('个') => shift_months(day, 12 * count),
        _ => None,
    }
}

/// `2026`, `2026-03`, `2026-q1`, `2026-w12`.
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
    if let Some(digits) = rest.strip_prefix('q') {
        return quarter(year, number(digits)?);
    }
    if let Some(week) = rest.strip_prefix('w') {
        let monday = NaiveDate::from_isoywd_opt(year, number(week)?, Weekday::Mon)?;
        return Span::Week.around(monday, Weekday::Mon, 0);
    }
    if rest.len() == after_year.len() {
        return None; // `20263` is no month
    }
    month(year, number(rest.strip_suffix('月').unwrap_or(rest))?)
}

/// `去年`, `明年1月`, `2026年第四季度`, `12月`, `下半年`: of this year where none is said.
fn of_year(text: &str, today: NaiveDate) -> Option<Period> {
    let mut rest = text;
    let year = year(&mut rest, today);
    let number_of = year.unwrap_or(today.year());
    let january = NaiveDate::from_ymd_opt(number_of, 1, 1).filter(|_| number_of > 0)?;
    match rest {
        "" | "度" if year.is_some() => return Period::months(january, 12),
        "上半年" => return Period::months(january, 6),
        "下半年" => return Period::months(shift_months(january, 6)?, 6),
        _ => {}
    }
    let (number, unit) = count_prefix(rest.strip_prefix('第').unwrap_or(rest))?;
    match unit {
        "季度" | "季" => quarter(number_of, number),
        "月" | "月份" if !rest.starts_with('第') => month(number_of, number),
        _ => None,
    }
}

/// Takes a year off the front: `去年`, `2026年`, `二〇二六年`.
pub(super) fn year(text: &mut &str, today: NaiveDate) -> Option<i32> {
    const NAMES: [(&str, i32); 7] =
        [("大前年", -3), ("去年", -1), ("今年", 0), ("本年", 0), ("明年", 1), ("前年", -2), ("后年", 2)];
    if let Some((rest, by)) = NAMES.iter().find_map(|(name, by)| Some((text.strip_prefix(name)?, by))) {
        *text = rest;
        return today.year().checked_add(*by);
    }
    let (mut number, mut rest) = (0, *text);
    for _ in 0..4 {
        let c = rest.chars().next()?;
        let digit = c.to_digit(10).or_else(|| chinese::digit(c))?;
        number = number * 10 + i32::try_from(digit).ok()?;
        rest = &rest[c.len_utf8()..];
    }
    *text = rest.trim_start_matches(' ').strip_prefix('年')?;
    (number > 0).then_some(number)
}

fn month(year: i32, month: u32) -> Option<Period> {
    Period::months(NaiveDate::from_ymd_opt(year, month, 1)?, 1)
}

fn quarter(year: i32, quarter: u32) -> Option<Period> {
    let month = quarter.checked_sub(1)?.checked_mul(3)?.checked_add(1)?;
    Period::months(NaiveDate::from_ymd_opt(year, month, 1)?, 3)
}

//! Why a text is not a date, and what would be one.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    Moment, day,
    scan::{self, attempt, one_of},
};
use crate::{
    domain::words::{WordsError, duration, span},
    text::said,
};

/// Days that hang on a calendar which is not known here: of the moon and the terms of the sun, and of days off.
const BY_THE_MOON: [&str; 24] = [
    "春节",
    "除夕",
    "元宵",
    "端午",
    "中秋",
    "重阳",
    "七夕",
    "腊八",
    "小年",
    "大年",
    "农历",
    "阴历",
    "旧历",
    "正月",
    "腊月",
    "八月十五",
    "清明",
    "冬至",
    "夏至",
    "立春",
    "立秋",
    "初一",
    "初三",
    "初五",
];
const DAYS_OFF: [&str; 15] = [
    "工作日",
    "交易日",
    "调休",
    "节假日",
    "假期",
    "长假",
    "放假",
    "补班",
    "年前",
    "年后",
    "节前",
    "节后",
    "business day",
    "working day",
    "workday",
];

/// What a date in words hangs on that is not known, by its name.
pub(super) fn unknown_calendar(text: &str, normal: &str) -> Option<WordsError> {
    let names = |names: &[&str]| names.iter().any(|name| normal.contains(name));
    let error = if names(&BY_THE_MOON) {
        WordsError::new(said!(
            "'{text}' hangs on the Chinese calendar, which is not known here",
            "“{text}”取决于农历或节气，暂不支持"
        ))
    } else if names(&DAYS_OFF) {
        WordsError::new(said!(
            "'{text}' hangs on holidays and days of work, which are not known here",
            "“{text}”取决于节假日和调休安排，暂不支持"
        ))
    } else {
        return None;
    };
    Some(error.hint(said!("write the date: 2026-12-31", "请写公历日期，如 12月31日 或 2026-12-31")))
}

/// The days that numbers may mean whose year does not come first, the reading with the month first before the other.
pub(super) fn numbered(mut normal: &str, year: i32) -> Vec<NaiveDate> {
    let separators = ["/", "-", "."];
    let found = attempt(&mut normal, |input| {
        let first = scan::digits(input, 1..=2)?;
        one_of(input, &separators)?;
        let second = scan::digits(input, 1..=2)?;
        let year = attempt(input, |input| {
            one_of(input, &separators)?;
            attempt(input, |input| scan::digits(input, 4..=4)).or_else(|| Some(2000 + scan::digits(input, 2..=2)?))
        });
        Some((first, second, year)).filter(|_| input.trim().is_empty())
    });
    let Some((first, second, said)) = found else { return Vec::new() };
    let year = said.and_then(|year| i32::try_from(year).ok()).unwrap_or(year);
    let readings = [(first, second), (second, first)].into_iter();
    let mut days: Vec<NaiveDate> =
        readings.filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day)).collect();
    days.dedup();
    days
}

/// The refusal of a text that is no date. Without a hint where nothing is known of what was meant: which dates could be
/// written is for the field to say.
pub(super) fn not_a_date(text: &str, normal: &str, moment: &Moment) -> WordsError {
    let today = moment.today();
    match numbered(normal, today.year())[..] {
        [one, other] => {
            return WordsError::new(said!(
                "'{text}' can be read as two different days",
                "“{text}”可以理解成两个不同的日子"
            ))
            .hint(said!("write {one} or {other}", "请写 {one} 或 {other}"));
        }
        [one] => {
            return WordsError::new(said!("the year of '{text}' does not come first", "“{text}”的年份不在前"))
                .hint(said!("write {one}", "请写 {one}"));
        }
        _ => {}
    }
    unknown_calendar(text, normal)
        .or_else(|| other_weekday(text, normal, moment))
        .or_else(|| span_of_days(text, moment))
        .or_else(|| length(text, normal))
        .unwrap_or_else(|| WordsError::new(said!("'{text}' is not a date", "“{text}”不是日期")))
}

/// `12月3日（周五）` where that is a Thursday.
pub(super) fn other_weekday(text: &str, normal: &str, moment: &Moment) -> Option<WordsError> {
    let mut input = normal;
    let date = attempt(&mut input, |input| day::plain(input, moment))?;
    attempt(&mut input, day::weekday_behind).filter(|weekday| *weekday != date.weekday())?;
    let (en, zh) = (date.format("%A"), weekday_name(date.weekday()));
    let error = WordsError::new(said!("'{text}': {date} is a {en}", "“{text}”：{date} 是{zh}"));
    Some(error.hint(said!("write the right one, or the day alone", "请改正星期，或只写日期")))
}

/// A weekday in Chinese.
pub fn weekday_name(day: Weekday) -> &'static str {
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][day.num_days_from_monday() as usize % 7]
}

/// `上个月`, `本季度`, `12月`: several days.
fn span_of_days(text: &str, moment: &Moment) -> Option<WordsError> {
    let span = span::named(text, moment.today(), moment.week_start)?;
    let (first, last) = (span.from, span.last());
    let error = WordsError::new(said!("'{text}' is several days, not one", "“{text}”是一段时间，不是某一天"));
    Some(error.hint(said!("write one of them: {first} or {last}", "请写其中一天：{first} 或 {last}")))
}

/// `3d`, `三天`: how long, and not from when.
fn length(text: &str, normal: &str) -> Option<WordsError> {
    let chinese = super::is_length(normal);
    if !chinese && duration::parse(text).is_err() {
        return None;
    }
    let error = WordsError::new(said!("'{text}' is a length of time, not a date", "“{text}”是时长，不是日期"));
    Some(error.hint(match text.strip_suffix('m').filter(|n| n.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(n) => {
            said!("write +{n}min for minutes from now, +{n}mo for months", "从现在起的分钟请写 +{n}min，月请写 +{n}mo")
        }
        None if chinese && !text.is_ascii() => {
            said!("write {text}后 for that long from now, {text}前 for that long ago", "请写 {text}后 或 {text}前")
        }
        None if one_unit(text) => said!(
            "write +{text} for that long from now, -{text} for that long ago",
            "从现在起请写 +{text}，之前请写 -{text}"
        ),
        None => said!("write +1d or +2h for that long from now", "从现在起请写 +1d 或 +2h"),
    }))
}

/// Whether a length of time is one number with its unit, as a distance from now is.
fn one_unit(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).chars().all(|c| !c.is_ascii_digit())
}

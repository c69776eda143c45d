//! Repetitions in words: `every 2 weeks`, `weekdays`, `last day of month`, `每两周`, `每周一、三`, `每月最后一个周五`,
//! `隔周`, with a time of day behind them: `每周一早上9点`.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{Repeat, rule::Rule};
use crate::{
    domain::words::{calendar::MONTHS, chinese::count_prefix, when},
    text::fold,
};

const DAILY: &str = "DAILY";
const WEEKLY: &str = "WEEKLY";
const MONTHLY: &str = "MONTHLY";
const YEARLY: &str = "YEARLY";
const MONTH_DAY: &str = "BYMONTHDAY";
const WEEKDAYS: &str = "MO,TU,WE,TH,FR";
const WEEKEND: &str = "SA,SU";
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Reads folded words, with the time of day that may stand behind them.
pub(super) fn parse(text: &str) -> Option<Repeat> {
    let (body, time) = split_time(text);
    Some(Repeat { rule: rule(body)?, count: None, until: None, time })
}

fn rule(text: &str) -> Option<Rule> {
    if text.is_ascii() { english(text) } else { chinese(text) }
}

/// The words before a time of day, and the time.
pub(super) fn split_time(text: &str) -> (&str, Option<NaiveTime>) {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
    match clock(&text[before.len()..]) {
        None => {
            let ends = text.char_indices().map(|(at, _)| at).skip(1);
            let told = ends.filter_map(|at| {
                let (before, time) = text.split_at(at);
                Some((before.trim_end(), when::time_of_day(time)?))
            });
            let found = told.filter(|(before, _)| rule(&fold(before)).is_some()).min_by_key(|(before, _)| before.len());
            found.map_or((text, None), |(before, time)| (before, Some(time)))
        }
        time => {
            let before = before.trim_end();
            (before.strip_suffix(" at").unwrap_or(before), time)
        }
    }
}

fn clock(text: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"].iter().find_map(|form| NaiveTime::parse_from_str(text, form).ok())
}

/// The words that say behind others which day is meant.
pub(super) fn day(yearly: bool, day: NaiveDate, english: bool) -> String {
    let (month, number) = (day.month(), day.day());
    match (english, yearly) {
        (true, true) => format!(" on {} {number}", MONTHS.get(day.month0() as usize).copied().unwrap_or_default()),
        (true, false) => format!(" on day {number}"),
        (false, true) => format!("{month}月{number}日"),
        (false, false) => format!("{number}日"),
    }
}

fn english(text: &str) -> Option<Rule> {
    const FILLERS: [&str; 9] = ["every", "each", "the", "on", "and", "of", "a", "in", "per"];
    // `every-2-weeks`; not `every -2 weeks`, in which the hyphen is a sign.
    if text.starts_with('-') || text.contains(" -") || text.contains("--") {
        return None;
    }
    let spaced = text.replace([',', '-'], " ");
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| !FILLERS.contains(word)).collect();
    let (first, rest) = words.split_first()?;
    let (count, unit) = match *first {
        "daily" => (1, "day"),
        "weekly" => (1, "week"),
        "biweekly" | "fortnightly" => (2, "week"),
        "monthly" => (1, "month"),
        "quarterly" => (1, "quarter"),
        "yearly" | "annually" => (1, "year"),
        _ => {
            let count = match *first {
                "other" | "second" if rest.len() == 1 || *first == "other" => Some(2),
                _ => first.parse().ok().filter(|_| rest.first().is_some_and(|word| unit(word).is_some())),
            };
            let from = usize::from(count.is_some());
            match words.get(from).and_then(|word| unit(word)) {
                Some(unit) => return tail(count.unwrap_or(1), unit, &words[from + 1..]),
                None => return named(count.unwrap_or(1), &words[from..]),
            }
        }
    };
    tail(count, unit, rest)
}

fn unit(word: &str) -> Option<&'static str> {
    const UNITS: [&str; 6] = ["day", "week", "fortnight", "month", "quarter", "year"];
    UNITS.into_iter().find(|unit| word.strip_suffix('s').unwrap_or(word) == *unit)
}

/// What is said behind `every 2 weeks` and the like.
fn tail(count: u32, unit: &str, words: &[&str]) -> Option<Rule> {
    let times = |n: u32| n.checked_mul(count);
    match (unit, words) {
        ("day", []) => Rule::every(count, DAILY),
        ("week", _) => with_weekdays(Rule::every(count, WEEKLY)?, words),
        ("fortnight", _) => with_weekdays(Rule::every(times(2)?, WEEKLY)?, words),
        ("month", _) => in_month(Rule::every(count, MONTHLY)?, words),
        ("quarter", []) => Some(Rule::every(times(3)?, MONTHLY)?.backward()),
        ("quarter", ["day", _] | [_]) => in_month(Rule::every(times(3)?, MONTHLY)?, words),
        ("year", []) => Some(Rule::every(count, YEARLY)?.backward()),
        ("year", _) => in_year(Rule::every(count, YEARLY)?, words),
        _ => None,
    }
}

/// What begins with a day: `friday`, `weekdays`, `last day month`, `15th month`, `march 1`.
fn named(count: u32, words: &[&str]) -> Option<Rule> {
    match words {
        ["weekday" | "weekdays" | "workday" | "workdays"] | ["working" | "business", "day" | "days"] if count == 1 => {
            Some(Rule::every(1, WEEKLY)?.by("BYDAY", WEEKDAYS))
        }
        ["weekend" | "weekends"] => Some(Rule::every(count, WEEKLY)?.by("BYDAY", WEEKEND)),
        [first, ..] if weekday(first).is_some() => with_weekdays(Rule::every(count, WEEKLY)?, words),
        ["last", "day", "quarter"] | ["end", "quarter"] if count == 1 => quarter_end(),
        ["last", "day", "year"] | ["end", "year"] if count == 1 => last_of_year(),
        [days @ .., "month"] if !days.is_empty() && count == 1 => in_month(Rule::every(1, MONTHLY)?, days),
        // `every 2nd friday` can be every other one.
        [first, day] if weekday(day).is_some() && !matches!(*first, "first" | "last") => None,
        [first, ..] if ordinal(first).is_some() && count == 1 => {
            in_month(Rule::every(1, MONTHLY)?, words).or_else(|| in_year(Rule::every(1, YEARLY)?, words))
        }
        _ if count == 1 => in_year(Rule::every(1, YEARLY)?, words),
        _ => None,
    }
}

fn quarter_end() -> Option<Rule> {
    Some(Rule::every(1, MONTHLY)?.by("BYMONTH", "3,6,9,12").by(MONTH_DAY, "-1"))
}

fn last_of_year() -> Option<Rule> {
    Some(Rule::every(1, YEARLY)?.by("BYMONTH", "12").by(MONTH_DAY, "31"))
}

fn weekday(word: &str) -> Option<usize> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let is = |word: &str, name: &&str| *name == word || word.len() >= 3 && word.len() <= 5 && name.starts_with(word);
    let find = |word: &str| NAMES.iter().position(|name| is(word, name));
    find(word).or_else(|| find(word.strip_suffix('s')?))
}

fn with_weekdays(rule: Rule, words: &[&str]) -> Option<Rule> {
    let days: Vec<usize> = words.iter().map(|word| weekday(word)).collect::<Option<_>>()?;
    Some(on_weekdays(rule, days))
}

fn on_weekdays(rule: Rule, mut days: Vec<usize>) -> Rule {
    days.sort_unstable();
    days.dedup();
    match days.is_empty() {
        true => rule,
        false => rule.by("BYDAY", days.iter().map(|day| DAYS[*day]).collect::<Vec<_>>().join(",")),
    }
}

/// `1st` to `31st`, `first` to `fifth`, and `last` as -1.
fn ordinal(word: &str) -> Option<i32> {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    if word == "last" {
        return Some(-1);
    }
    if let Some(at) = WORDS.iter().position(|known| *known == word) {
        return i32::try_from(at + 1).ok();
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    number(digits)
}

fn number(word: &str) -> Option<i32> {
    word.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The days of a month: `15th`, `day 31`, `1st 15th`, `last day`, `end`, `first monday`, `last workday`.
fn in_month(rule: Rule, words: &[&str]) -> Option<Rule> {
    match words {
        [] => Some(rule.backward()),
        ["end"] | ["last"] => Some(rule.by(MONTH_DAY, "-1")),
        [which, "day"] if ordinal(which).is_some() => days_of_month(rule, &[ordinal(which)?]),
        ["day", days @ ..] => days_of_month(rule, &days.iter().map(|day| number(day)).collect::<Option<Vec<_>>>()?),
        [which, "weekday" | "workday"] if ordinal(which).is_some() => {
            Some(rule.by("BYDAY", WEEKDAYS).by("BYSETPOS", ordinal(which)?.to_string()))
        }
        [which, day] if weekday(day).is_some() => nth_weekday(rule, ordinal(which)?, weekday(day)?),
        days => days_of_month(
            rule,
            &days.iter().map(|day| ordinal(day).or_else(|| number(day))).collect::<Option<Vec<_>>>()?,
        ),
    }
}

fn nth_weekday(rule: Rule, which: i32, day: usize) -> Option<Rule> {
    (-1..=5).contains(&which).then(|| rule.by("BYDAY", format!("{which}{}", DAYS[day])))
}

/// Days of the month, -1 for its last one. The 31st is that; the 29th and the 30th are the last of a shorter one, where
/// they stand alone.
fn days_of_month(rule: Rule, days: &[i32]) -> Option<Rule> {
    let mut days: Vec<i32> = days.iter().map(|day| if *day == 31 { -1 } else { *day }).collect();
    days.sort_unstable_by_key(|day| if *day < 0 { 32 } else { *day });
    days.dedup();
    let joined = days.iter().map(i32::to_string).collect::<Vec<_>>().join(",");
    match days[..] {
        [] => None,
        [29 | 30] => Some(rule.by(MONTH_DAY, joined).backward()),
        _ if days.iter().any(|day| (29..=30).contains(day)) => None,
        _ => Some(rule.by(MONTH_DAY, joined)),
    }
}

/// `march 1`, `1st march`.
fn in_year(rule: Rule, words: &[&str]) -> Option<Rule> {
    let month = |word: &str| MONTHS.iter().position(|name| *name == word || word.len() >= 3 && name.starts_with(word));
    let day = |word: &str| number(word).or_else(|| ordinal(word).filter(|day| *day > 0));
    match words {
        [one, other] => match (month(one), day(other), day(one), month(other)) {
            (Some(month), Some(day), ..) | (_, _, Some(day), Some(month)) => day_of_year(rule, month as u32 + 1, day),
            _ => None,
        },
        _ => None,
    }
}

/// A day that comes every year, the 29th of February on the 28th where there is none.
fn day_of_year(rule: Rule, month: u32, day: i32) -> Option<Rule> {
    // A leap year has all days.
    NaiveDate::from_ymd_opt(2024, month, u32::try_from(day).ok()?)?;
    let rule = rule.by("BYMONTH", month.to_string()).by(MONTH_DAY, day.to_string());
    Some(if (month, day) == (2, 29) { rule.backward() } else { rule })
}

fn chinese(text: &str) -> Option<Rule> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '的' | '个')).collect();
    let text = plain.replace("星期", "周").replace("礼拜", "周").replace("每逢", "每");
    let text = text.strip_suffix("一次").filter(|text| text.starts_with(['每', '隔'])).unwrap_or(&text);
    match text.strip_prefix('每').unwrap_or(text) {
        "工作日" => return Some(Rule::every(1, WEEKLY)?.by("BYDAY", WEEKDAYS)),
        "周末" => return Some(Rule::every(1, WEEKLY)?.by("BYDAY", WEEKEND)),
        "半年" => return Some(Rule::every(6, MONTHLY)?.backward()),
        _ => {}
    }
    let said = text.starts_with(['每', '隔']);
    let every_other = ["每隔一", "每隔1", "隔一", "隔"].iter().find_map(|start| text.strip_prefix(start));
    let (rest, count) = match every_other {
        Some(rest) => (rest, 2),
        None => {
            let rest = text.strip_prefix('每').unwrap_or(text);
            // 双周 alone is the second of two.
            let double = rest.strip_prefix('双').filter(|_| said).map(|rest| (2, rest));
            let counted = double
                .or_else(|| count_prefix(rest))
                .filter(|(count, rest)| *count > 0 && rest.starts_with(['天', '日', '周', '月', '季', '年']));
            counted.map_or((rest, 1), |(count, rest)| (rest, count))
        }
    };
    let (unit, tail) =
        ["季度", "天", "日", "周", "月", "季", "年"].iter().find_map(|unit| Some((*unit, rest.strip_prefix(unit)?)))?;
    match (unit, tail) {
        ("天" | "日", "") if said => Rule::every(count, DAILY),
        ("周", "") if said => Rule::every(count, WEEKLY),
        ("周", days) => Some(on_weekdays(Rule::every(count, WEEKLY)?, weekdays_in_chinese(days)?)),
        ("月", "") if said => Some(Rule::every(count, MONTHLY)?.backward()),
        ("月", days) => in_month_in_chinese(Rule::every(count, MONTHLY)?, days),
        ("季度" | "季", "") if said => Some(Rule::every(count.checked_mul(3)?, MONTHLY)?.backward()),
        ("季度" | "季", "末" | "底" | "最后一天") if count == 1 => quarter_end(),
        ("季度" | "季", days) if said => in_month_in_chinese(Rule::every(count.checked_mul(3)?, MONTHLY)?, days),
        ("年", "") if said => Some(Rule::every(count, YEARLY)?.backward()),
        ("年", "底" | "末" | "最后一天") if count == 1 => last_of_year(),
        ("年", day) if said => {
            let (month, day) = count_prefix(day).and_then(|(month, rest)| Some((month, rest.strip_prefix('月')?)))?;
            let (day, rest) = count_prefix(day)?;
            matches!(rest, "日" | "号")
                .then(|| day_of_year(Rule::every(count, YEARLY)?, month, i32::try_from(day).ok()?))?
        }
        _ => None,
    }
}

/// `五`, `一、三`, `一和周三`, `一三五`, `一到五`.
fn weekdays_in_chinese(text: &str) -> Option<Vec<usize>> {
    let names = ['一', '二', '三', '四', '五', '六', '日'];
    if let Some((first, last)) = text.split_once(['到', '至', '-', '~']) {
        let ([first], [last]) = (&weekdays_in_chinese(first)?[..], &weekdays_in_chinese(last)?[..]) else {
            return None;
        };
        return (first < last).then(|| (*first..=*last).collect());
    }
    let mut days = Vec::new();
    for c in text.chars().filter(|c| !matches!(c, '周' | '、' | ',' | '和' | '及')) {
        let c = if c == '天' { '日' } else { c };
        days.push(names.iter().position(|name| *name == c)?);
    }
    (!days.is_empty()).then_some(days)
}

/// `15号`, `1日和15日`, `底`, `最后一天`, `第一周一`, `最后一周五`, `最后一工作日`; `个` was left out.
fn in_month_in_chinese(rule: Rule, text: &str) -> Option<Rule> {
    match text {
        "底" | "末" | "最后一天" | "最后1天" => return Some(rule.by(MONTH_DAY, "-1")),
        "初" | "第一天" => return Some(rule.by(MONTH_DAY, "1")),
        _ => {}
    }
    let which = match text.strip_prefix("最后一").or_else(|| text.strip_prefix("最后1")) {
        Some(rest) => Some((-1, rest)),
        None => {
            text.strip_prefix('第').and_then(count_prefix).and_then(|(n, rest)| Some((i32::try_from(n).ok()?, rest)))
        }
    };
    if let Some((which, day)) = which {
        if day == "工作日" {
            return Some(rule.by("BYDAY", WEEKDAYS).by("BYSETPOS", which.to_string()));
        }
        let [day] = weekdays_in_chinese(day.strip_prefix('周')?)?[..] else { return None };
        return nth_weekday(rule, which, day);
    }
    let mut days = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (day, after) = count_prefix(rest)?;
        days.push(i32::try_from(day).ok().filter(|day| (1..=31).contains(day))?);
        let after = after.strip_prefix(['日', '号']).or(if after.starts_with(['、', ',', '和']) {
            Some(after)
        } else {
            None
        })?;
        rest = after.trim_start_matches(['、', ',', '和']);
    }
    days_of_month(rule, &days)
}

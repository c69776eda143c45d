//! A repetition in words, for whoever wants to see how one was understood: `every 2 weeks on Fri`, `每 2 周的周五`.

use chrono::{NaiveDate, Timelike, Weekday};

use super::{Repeat, rule::Rule};
use crate::{domain::words::when::weekday_name, text::Lang};

const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

impl Repeat {
    /// How often it comes; as a rule where it is too rare for words.
    pub fn told(&self, lang: Lang) -> String {
        let ends = self.count.is_some() || self.until.is_some();
        let Some(mut told) = told(&self.rule, lang).filter(|_| !ends) else { return self.to_string() };
        if let Some(time) = self.time {
            let form = if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
            told.push_str(lang.pick(" at ", " "));
            told.push_str(&time.format(form).to_string());
        }
        told
    }
}

fn told(rule: &Rule, lang: Lang) -> Option<String> {
    let units =
        [("DAILY", "day", "天"), ("WEEKLY", "week", "周"), ("MONTHLY", "month", "个月"), ("YEARLY", "year", "年")];
    let (_, en, zh) = units.into_iter().find(|(freq, ..)| *freq == rule.freq())?;
    let every = match (rule.interval(), lang) {
        (1, Lang::En) => format!("every {en}"),
        (count, Lang::En) => format!("every {count} {en}s"),
        (1, Lang::Zh) => format!("每{}", zh.trim_start_matches('个')),
        (count, Lang::Zh) => format!("每 {count} {zh}"),
    };
    let days = days(rule, lang)?;
    Some(match (days.is_empty(), lang) {
        (true, _) => every,
        (false, Lang::En) => format!("{every} on {days}"),
        (false, Lang::Zh) => format!("{every}的{days}"),
    })
}

/// The days that are said, empty where none are.
fn days(rule: &Rule, lang: Lang) -> Option<String> {
    let listed = |all: Vec<String>| all.join(lang.pick(", ", "、"));
    let each = |value: &str, tell: &dyn Fn(&str) -> Option<String>| {
        value.split(',').map(tell).collect::<Option<Vec<_>>>().map(listed)
    };
    let of_month = |day: &str| match (day, lang) {
        ("-1", _) => Some(lang.pick("the last day", "最后一天").to_owned()),
        (day, Lang::En) => Some(format!("day {day}")),
        (day, Lang::Zh) => Some(format!(" {day} 日")),
    };
    match rule.parts()[..] {
        [] => Some(String::new()),
        [("BYDAY", days)] => each(days, &|day| weekday(day, lang)),
        [("BYMONTHDAY", days)] => each(days, &of_month),
        [("BYMONTH", month), ("BYMONTHDAY", day)] => {
            let day = NaiveDate::from_ymd_opt(2024, month.parse().ok()?, day.parse().ok()?)?;
            Some(day.format(lang.pick("%-d %B", " %-m 月 %-d 日")).to_string())
        }
        _ => None,
    }
}

/// `FR`, `-1FR`, `2MO`.
fn weekday(text: &str, lang: Lang) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (which, day) = text.split_at(at);
    let number = u8::try_from(DAYS.iter().position(|known| *known == day)?).ok()?;
    let weekday = Weekday::try_from(number).ok()?;
    let name = lang.pick(weekday.to_string(), weekday_name(weekday).to_owned());
    Some(match (which, lang) {
        ("", _) => name,
        ("-1", _) => lang.pick(format!("the last {name}"), format!("最后一个{name}")),
        (nth, Lang::En) => format!("{name} no. {nth}"),
        (nth, Lang::Zh) => format!("第 {nth} 个{name}"),
    })
}

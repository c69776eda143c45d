//! Rules of days, as RFC 5545 writes them, with `SKIP=BACKWARD` of RFC 7529: where a month has no such day, its last.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use rrule::{RRule, RRuleSet, Unvalidated};

use super::{Repeat, Until};
use crate::{
    domain::words::calendar::shift_days,
    error::{Error, Result},
    text::{Said, said},
};

/// Which days, without an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    freq: &'static str,
    interval: u32,
    /// What else is said of the days, in the order of [`PARTS`].
    by: Vec<(&'static str, String)>,
    /// The day of the month that is meant, or else that of the first one, falls on the last of a shorter month.
    backward: bool,
}

const FREQUENCIES: [&str; 4] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const PARTS: [&str; 7] = ["BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"];
/// The longest step that is believed to be meant.
const LONGEST: u32 = 12_000;

impl Rule {
    /// Every so many of these.
    pub(super) fn every(interval: u32, freq: &'static str) -> Option<Self> {
        let known = FREQUENCIES.contains(&freq) && (1..=LONGEST).contains(&interval);
        known.then_some(Self { freq, interval, by: Vec::new(), backward: false })
    }

    /// With one thing more said of the days.
    #[must_use]
    pub(super) fn by(mut self, part: &'static str, value: impl Into<String>) -> Self {
        self.by.retain(|(held, _)| *held != part);
        self.by.push((part, value.into()));
        self.by.sort_by_key(|(part, _)| PARTS.iter().position(|known| known == part));
        self
    }

    /// With the last day of a month for one that it does not have.
    #[must_use]
    pub(super) fn backward(mut self) -> Self {
        self.backward = true;
        self
    }

    fn value(&self, part: &str) -> Option<&str> {
        self.by.iter().find(|(held, _)| *held == part).map(|(_, value)| value.as_str())
    }

    /// How its steps are called.
    pub(super) const fn freq(&self) -> &'static str {
        self.freq
    }

    /// How many of them it goes on at once.
    pub(super) const fn interval(&self) -> u32 {
        self.interval
    }

    /// What else is said of the days.
    pub(super) fn parts(&self) -> Vec<(&'static str, &str)> {
        self.by.iter().map(|(part, value)| (*part, value.as_str())).collect()
    }

    pub(super) fn is_yearly(&self) -> bool {
        self.freq == "YEARLY"
    }

    /// Whether the day that is meant is not said yet, and `to` is another because its month is shorter.
    pub(super) fn moves_from(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.backward && self.value("BYMONTHDAY").is_none() && from.day() != to.day()
    }

    /// Says which day is meant.
    pub(super) fn mean(&mut self, day: NaiveDate) {
        let mut rule = self.clone().by("BYMONTHDAY", day.day().to_string());
        if self.is_yearly() {
            rule = rule.by("BYMONTH", day.month().to_string());
        }
        *self = rule;
    }

    /// The days after one, in their order, as long as years have four digits.
    pub(super) fn days_after(&self, from: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
        let start = rrule::Tz::UTC.from_utc_datetime(&from.and_time(NaiveTime::MIN));
        let rule = self.spelled_out(from).parse::<RRule<Unvalidated>>().and_then(|rule| rule.validate(start));
        let days = rule.ok().into_iter().flat_map(move |rule| (&RRuleSet::new(start).rrule(rule).limit()).into_iter());
        days.map(|at| at.date_naive()).filter(move |day| *day > from).take_while(|day| day.year() <= 9999)
    }

    /// The rule without `SKIP`, which says the same when it begins on that day: of the days up to the one that is meant,
    /// the last there is.
    fn spelled_out(&self, from: NaiveDate) -> String {
        if !self.backward {
            return self.to_string();
        }
        let said = self.value("BYMONTHDAY").and_then(|day| day.parse().ok());
        let day: u32 = said.unwrap_or(from.day());
        let mut rule = Self { backward: false, ..self.clone() };
        if self.is_yearly() && self.value("BYMONTH").is_none() {
            rule = rule.by("BYMONTH", from.month().to_string());
        }
        let days: Vec<_> = (day.min(28)..=day).map(|day| day.to_string()).collect();
        rule = rule.by("BYMONTHDAY", days.join(","));
        if days.len() > 1 {
            rule = rule.by("BYSETPOS", "-1");
        }
        rule.to_string()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.backward {
            f.write_str("RSCALE=GREGORIAN;")?;
        }
        write!(f, "FREQ={}", self.freq)?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        self.by.iter().try_for_each(|(part, value)| write!(f, ";{part}={value}"))?;
        if self.backward { f.write_str(";SKIP=BACKWARD") } else { Ok(()) }
    }
}

/// Reads an RRULE.
pub(super) fn parse(text: &str) -> Result<Repeat> {
    let upper = crate::text::fold(text).to_uppercase();
    let body = upper.trim().trim_start_matches("RRULE:");
    let mut read = Reader { given: Vec::new() };
    for part in body.split(';').filter(|part| !part.is_empty()) {
        let Some((name, value)) = part.split_once('=') else {
            return Err(refused(said!("'{part}' is no part of a rule", "“{part}”不是规则的一部分")));
        };
        if read.given.iter().any(|(held, _)| *held == name) {
            return Err(refused(said!("{name} is given twice", "{name} 写了两次")));
        }
        read.given.push((name, value.trim()));
    }
    read.repeat()
}

/// What is given of a rule and not yet used.
struct Reader<'t> {
    given: Vec<(&'t str, &'t str)>,
}

impl<'t> Reader<'t> {
    fn take(&mut self, name: &str) -> Option<&'t str> {
        let at = self.given.iter().position(|(held, _)| *held == name)?;
        Some(self.given.remove(at).1)
    }

    /// A whole number between the two.
    fn number(&mut self, name: &str, least: u32, most: u32) -> Result<Option<u32>> {
        let Some(text) = self.take(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        number.map(Some).ok_or_else(|| {
            refused(said!(
                "{name}={text}: it is a number from {least} to {most}",
                "{name}={text}：应为 {least} 到 {most} 的一个数"
            ))
        })
    }

    fn repeat(mut self) -> Result<Repeat> {
        let named = self.take("FREQ").unwrap_or_default();
        let freq = FREQUENCIES.into_iter().find(|known| *known == named);
        let freq = freq.ok_or_else(|| {
            refused(said!(
                "FREQ={named}: a follow-up repeats by days or more",
                "FREQ={named}：跟进计划只能按天或更长的周期重复"
            ))
            .hint(said!(("choose one of {}", FREQUENCIES.join(", ")), ("请从 {} 中选一个", FREQUENCIES.join("、"))))
        })?;
        let interval = self.number("INTERVAL", 1, LONGEST)?.unwrap_or(1);
        let count = self.number("COUNT", 1, u32::MAX)?;
        let until = self.take("UNTIL").map(until).transpose()?;
        if count.is_some() && until.is_some() {
            return Err(refused(said!("COUNT and UNTIL do not go together", "COUNT 与 UNTIL 不能同时使用")));
        }
        let time = self.time()?;
        let (rscale, skip) = (self.take("RSCALE"), self.take("SKIP"));
        let backward = match (rscale, skip) {
            (None | Some("GREGORIAN"), None | Some("OMIT")) => false,
            (None | Some("GREGORIAN"), Some("BACKWARD")) => true,
            (Some(other), Some("OMIT" | "BACKWARD") | None) => {
                return Err(refused(said!("RSCALE={other} is not known", "不支持 RSCALE={other}")));
            }
            (_, Some(skip)) => return Err(refused(said!("SKIP={skip} is not known", "不支持 SKIP={skip}"))),
        };
        let mut rule = Rule { freq, interval, by: Vec::new(), backward };
        for part in PARTS {
            if let Some(value) = self.take(part) {
                rule = rule.by(part, value.replace([' ', '+'], ""));
            }
        }
        if let Some((name, _)) = self.given.first() {
            return Err(refused(said!("{name} is not known", "不支持 {name}")).hint(said!(
                ("known are FREQ, INTERVAL, COUNT, UNTIL, BYHOUR, BYMINUTE and {}", PARTS.join(", ")),
                ("可用 FREQ、INTERVAL、COUNT、UNTIL、BYHOUR、BYMINUTE、{}", PARTS.join("、"))
            )));
        }
        check(&rule)?;
        Ok(Repeat { rule, count, until, time })
    }

    fn time(&mut self) -> Result<Option<NaiveTime>> {
        let hour = self.number("BYHOUR", 0, 23)?;
        let (minute, second) = (self.number("BYMINUTE", 0, 59)?, self.number("BYSECOND", 0, 59)?);
        match (hour, minute, second) {
            (Some(hour), minute, second) => {
                Ok(NaiveTime::from_hms_opt(hour, minute.unwrap_or_default(), second.unwrap_or_default()))
            }
            (None, None, None) => Ok(None),
            _ => Err(refused(said!("BYMINUTE and BYSECOND need BYHOUR", "BYMINUTE 和 BYSECOND 需要 BYHOUR"))),
        }
    }
}

/// Whether the parts of a rule make sense together.
fn check(rule: &Rule) -> Result<()> {
    let one_day = rule.value("BYMONTHDAY").is_none_or(|day| day.parse().is_ok_and(|day| (1..=31).contains(&day)));
    let plain = rule.by.iter().all(|(part, _)| matches!(*part, "BYMONTHDAY" | "BYMONTH" | "WKST"));
    if rule.backward && !(one_day && plain && matches!(rule.freq, "MONTHLY" | "YEARLY")) {
        return Err(refused(said!(
            "SKIP=BACKWARD goes with one BYMONTHDAY of months or years",
            "SKIP=BACKWARD 只用于按月或按年的一个 BYMONTHDAY"
        )));
    }
    if let Some((part, value)) = rule.by.iter().find(|(_, value)| value.split(',').any(|n| n.parse() == Ok(0))) {
        return Err(refused(said!("{part}={value}: nothing has the number 0", "{part}={value}：没有第 0 个")));
    }
    // The parser of rules takes text apart by bytes.
    if let Some((part, value)) = rule.by.iter().find(|(_, value)| !value.is_ascii()) {
        return Err(refused(said!(
            "{part}={value}: a rule is written in ASCII letters and digits",
            "{part}={value}：规则只能用半角字母和数字书写"
        )));
    }
    // A leap year, so that no day of a year is missing.
    let start = rrule::Tz::UTC.from_utc_datetime(&NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default().into());
    let spelled = rule.spelled_out(start.date_naive());
    let checked = spelled.parse::<RRule<Unvalidated>>().and_then(|rule| rule.validate(start));
    checked.map(|_| ()).map_err(|error| refused(Said::same(error.to_string())))
}

/// `20261231`, `20261231T235959` or `20261231T235959Z`.
fn until(text: &str) -> Result<Until> {
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|_| text.len() == 8);
    let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok().filter(|_| text.len() == 15);
    let found = match text.strip_suffix('Z') {
        Some(utc) => at(utc).map(Until::Utc),
        None => day(text).map(Until::Day).or_else(|| at(text).map(Until::Local)),
    };
    let found = found.filter(|until| {
        let (Until::Local(at) | Until::Utc(at)) = *until else { return true };
        shift_days(at.date(), 0).is_some()
    });
    found.ok_or_else(|| {
        refused(said!("UNTIL={text} is no day and no time", "UNTIL={text} 不是日期或时间")).hint(said!(
            "write UNTIL=20261231 or UNTIL=20261231T160000Z",
            "请写 UNTIL=20261231 或 UNTIL=20261231T160000Z"
        ))
    })
}

fn refused(why: Said) -> Error {
    let (en, zh) = why.both();
    Error::invalid(said!("the RRULE cannot be carried out: {en}", "无法执行此 RRULE：{zh}"))
}

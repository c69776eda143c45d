//! When a repeating follow-up comes next: `every 2 weeks`, `monthly`, `every friday`, `每月底`, or an RRULE of RFC 5545.
//!
//! Words are read into the same rules. A rule tells days; the time of day is the one that was meant, on clocks there.
//! What is accepted is carried out, and the rest refused.

mod describe;
mod rule;
mod words;

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use chrono_tz::Tz;

use self::rule::Rule;
use super::{Due, Instant, words::calendar};
use crate::{
    error::{Error, Result},
    text::said,
};

/// A repetition. It prints as the RRULE that it is, which reads back as the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    rule: Rule,
    /// How often it comes in all, the one at hand included.
    count: Option<u32>,
    until: Option<Until>,
    /// The time of day that is meant, where the one at hand is another: clocks skipped it.
    time: Option<NaiveTime>,
}

/// The last time that it may come, included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    Day(NaiveDate),
    /// On clocks where the reader is.
    Local(NaiveDateTime),
    Utc(NaiveDateTime),
}

/// What follows one that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// When it is due.
    pub due: Due,
    /// Its own repetition; `None` for the last one.
    pub repeat: Option<String>,
}

/// Reads a repetition.
pub fn parse(text: &str) -> Result<Repeat> {
    if is_rule(text) {
        return rule::parse(text);
    }
    words::parse(&crate::text::fold(text)).ok_or_else(|| {
        Error::invalid(said!("'{text}' is no repetition", "“{text}”不是重复规则")).hint(said!(
            "write every 2 weeks, every friday, weekdays, monthly, last day of month, or FREQ=WEEKLY;BYDAY=MO",
            "请写 每两周、每周五、每个工作日、每月、每月底，或 FREQ=WEEKLY;BYDAY=MO"
        ))
    })
}

fn is_rule(text: &str) -> bool {
    crate::text::fold_cow(text).contains("freq=")
}

/// What follows `base`, which `text` repeats: the first one that is still to come at `now`. `None` where it ends.
pub fn next(text: &str, base: Due, now: Instant, tz: Tz) -> Result<Option<Next>> {
    let repeat = parse(text)?;
    Ok(repeat
        .after(base, Some(now), tz)
        .map(|found| Next { due: found.due, repeat: repeat.of_next(text, base, &found, tz) }))
}

/// One that comes later.
struct Occurrence {
    due: Due,
    /// How many later: those in between were missed.
    steps: u32,
    /// Whether another follows.
    more: bool,
}

impl Repeat {
    /// Whether anything follows `base`.
    pub fn goes_on(&self, base: Due, tz: Tz) -> bool {
        self.after(base, None, tz).is_some()
    }

    /// Whether it says a time of day, which a due date without one has no room for.
    pub const fn says_time(&self) -> bool {
        self.time.is_some()
    }

    /// Whether its rule has days after `base`, wherever it ends.
    pub fn comes(&self, base: Due, tz: Tz) -> bool {
        self.rule.days_after(base.day(tz)).next().is_some()
    }

    fn after(&self, base: Due, now: Option<Instant>, tz: Tz) -> Option<Occurrence> {
        let time = self.time_of(base, tz);
        let mut coming = (1..)
            .zip(self.rule.days_after(base.day(tz)))
            .map(|(steps, day)| (steps, at(day, time, tz)))
            .take_while(|(_, due)| matches!(due, Due::Day(_)) || calendar::prints_everywhere(due.start(tz).utc()))
            .take_while(|(steps, due)| self.count.is_none_or(|count| *steps < count) && self.reaches(*due, tz));
        let to_come = |due: Due| match (due, now) {
            (_, None) => true,
            (Due::Day(day), Some(now)) => day > now.day(tz),
            (Due::At(at), Some(now)) => at > now,
        };
        let (steps, due) = coming.find(|(_, due)| to_come(*due))?;
        Some(Occurrence { due, steps, more: coming.next().is_some() })
    }

    /// The time of day that is meant; none of a day.
    fn time_of(&self, base: Due, tz: Tz) -> Option<NaiveTime> {
        self.time.or(match base {
            Due::Day(_) => None,
            Due::At(at) => Some(at.utc().with_timezone(&tz).time()),
        })
    }

    fn reaches(&self, due: Due, tz: Tz) -> bool {
        let last = match self.until {
            None => return true,
            Some(Until::Day(day)) => return due.day(tz) <= day,
            Some(Until::Local(at)) => calendar::instant(at, tz).into(),
            Some(Until::Utc(at)) => Instant::from(at.and_utc()),
        };
        match due {
            Due::Day(day) => day <= last.day(tz),
            Due::At(at) => at <= last,
        }
    }

    /// The repetition of the one found: as `text` has it, less those that have been, and with the day or the time that
    /// is meant where the one found is on another.
    fn of_next(&self, text: &str, base: Due, found: &Occurrence, tz: Tz) -> Option<String> {
        if !found.more {
            return None;
        }
        let mut next = self.clone();
        next.count = self.count.map(|count| count - found.steps);
        let meant = self.time_of(base, tz);
        if self.time_of(found.due, tz).is_some() && self.time_of(found.due, tz) != meant {
            next.time = meant;
        }
        let day = base.day(tz);
        if self.rule.moves_from(day, found.due.day(tz)) {
            next.rule.mean(day);
        }
        if next == *self {
            return Some(text.to_owned());
        }
        if is_rule(text) {
            return Some(next.to_string());
        }
        let (body, _) = words::split_time(text);
        let mut words = body.to_owned();
        if next.rule != self.rule {
            words.push_str(&words::day(self.rule.is_yearly(), day, text.is_ascii()));
        }
        if let Some(time) = next.time {
            words.push_str(if text.is_ascii() { " at " } else { " " });
            words.push_str(&time.format(if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string());
        }
        Some(words)
    }
}

fn at(day: NaiveDate, time: Option<NaiveTime>, tz: Tz) -> Due {
    match time {
        Some(time) => Due::At(calendar::instant(day.and_time(time), tz).into()),
        None => Due::Day(day),
    }
}

/// The same time of day on another day.
pub fn moved_to(due: Due, day: NaiveDate, tz: Tz) -> Due {
    match due {
        Due::Day(_) => Due::Day(day),
        Due::At(time) => at(day, Some(time.utc().with_timezone(&tz).time()), tz),
    }
}

impl fmt::Display for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.rule)?;
        if let Some(time) = self.time {
            write!(f, ";BYHOUR={};BYMINUTE={}", time.hour(), time.minute())?;
            if time.second() > 0 {
                write!(f, ";BYSECOND={}", time.second())?;
            }
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        match self.until {
            None => Ok(()),
            Some(Until::Day(day)) => write!(f, ";UNTIL={}", day.format("%Y%m%d")),
            Some(Until::Local(at)) => write!(f, ";UNTIL={}", at.format("%Y%m%dT%H%M%S")),
            Some(Until::Utc(at)) => write!(f, ";UNTIL={}", at.format("%Y%m%dT%H%M%SZ")),
        }
    }
}

#[cfg(test)]
mod tests;

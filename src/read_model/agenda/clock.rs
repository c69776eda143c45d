//! The calendar of the agenda: where a due belongs, and how that is said.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::{
        Due, Instant,
        print::{relative_day, span},
        words::calendar,
    },
    text::Lang,
};

/// The instant of the question, and the calendar that it is asked in.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The instant.
    pub now: Instant,
    /// The zone in which a date is a day.
    pub tz: Tz,
    /// The first day of the week.
    pub week_start: Weekday,
}

/// A part of the agenda, in the order in which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Its time is over.
    Overdue,
    /// Still today.
    Today,
    /// Tomorrow.
    Tomorrow,
    /// Before the week ends.
    ThisWeek,
    /// After that.
    Later,
    /// Done today.
    Done,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Overdue, Self::Today, Self::Tomorrow, Self::ThisWeek, Self::Later, Self::Done];

    /// Its name for scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::ThisWeek => "this_week",
            Self::Later => "later",
            Self::Done => "done",
        }
    }

    /// Its heading.
    pub fn label(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Overdue => ("Overdue", "逾期"),
            Self::Today => ("Today", "今天"),
            Self::Tomorrow => ("Tomorrow", "明天"),
            Self::ThisWeek => ("This week", "本周"),
            Self::Later => ("Later", "以后"),
            Self::Done => ("Done today", "今日完成"),
        };
        lang.pick(en, zh)
    }
}

impl Clock {
    /// The day that it is.
    pub fn today(&self) -> NaiveDate {
        self.now.day(self.tz)
    }

    /// Where something that is still to be done belongs.
    pub fn section(&self, due: Due) -> Section {
        if due.end(self.tz) <= self.now {
            return Section::Overdue;
        }
        let (day, today) = (due.day(self.tz), self.today());
        let week_end = calendar::week_start(today, self.week_start) + Days::new(7);
        match (day - today).num_days() {
            ..=0 => Section::Today,
            1 => Section::Tomorrow,
            _ if day < week_end => Section::ThisWeek,
            _ => Section::Later,
        }
    }

    /// When something is due, in words that say no more than its section leaves open: `2d late`, `15:00`, `Mon`.
    pub fn due_in_words(&self, due: Due, lang: Lang) -> String {
        let day = due.day(self.tz);
        let said = match self.section(due) {
            Section::Overdue => return self.late(due, lang),
            Section::Today | Section::Tomorrow => match due {
                Due::At(at) => return self.time(at),
                Due::Day(_) => return relative_day(day, self.today(), lang),
            },
            Section::ThisWeek => weekday(day, lang).to_owned(),
            Section::Later | Section::Done => date(day, self.today(), lang),
        };
        match due {
            Due::At(at) => format!("{said} {}", self.time(at)),
            Due::Day(_) => said,
        }
    }

    /// The time of day: `15:00`.
    pub fn time(&self, at: Instant) -> String {
        at.utc().with_timezone(&self.tz).format("%H:%M").to_string()
    }

    fn late(&self, due: Due, lang: Lang) -> String {
        let days = (self.today() - due.day(self.tz)).num_days();
        let far = match days {
            0 => {
                let seconds = (self.now.0 - due.end(self.tz).0) / 1000;
                span(if seconds < 3600 { seconds } else { seconds / 3600 * 3600 }, lang)
            }
            _ => span(days * 86_400, lang),
        };
        lang.pick(format!("{far} late"), format!("逾期{far}"))
    }
}

fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
    let (en, zh) = match day.weekday() {
        Weekday::Mon => ("Mon", "周一"),
        Weekday::Tue => ("Tue", "周二"),
        Weekday::Wed => ("Wed", "周三"),
        Weekday::Thu => ("Thu", "周四"),
        Weekday::Fri => ("Fri", "周五"),
        Weekday::Sat => ("Sat", "周六"),
        Weekday::Sun => ("Sun", "周日"),
    };
    lang.pick(en, zh)
}

fn date(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let here = day.year() == today.year();
    match lang {
        Lang::En => day.format(if here { "%-d %b" } else { "%-d %b %Y" }).to_string(),
        Lang::Zh => day.format(if here { "%-m月%-d日" } else { "%Y年%-m月%-d日" }).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
    }

    /// A Wednesday, two in the afternoon in Shanghai.
    fn clock() -> Clock {
        Clock { now: at("2026-03-04T06:00:00Z"), tz: Tz::Asia__Shanghai, week_start: Weekday::Mon }
    }

    #[test]
    fn each_due_has_its_section_and_its_words() {
        let day = |text: &str| Due::Day(text.parse().unwrap());
        let table = [
            (day("2026-03-02"), Section::Overdue, "2d late", "逾期2天"),
            (Due::At(at("2026-03-03T15:59:00Z")), Section::Overdue, "1d late", "逾期1天"),
            (Due::At(at("2026-03-04T03:30:00Z")), Section::Overdue, "2h late", "逾期2小时"),
            (Due::At(at("2026-03-04T05:25:00Z")), Section::Overdue, "35m late", "逾期35分钟"),
            (day("2026-03-04"), Section::Today, "today", "今天"),
            (Due::At(at("2026-03-04T07:00:00Z")), Section::Today, "15:00", "15:00"),
            (day("2026-03-05"), Section::Tomorrow, "tomorrow", "明天"),
            (Due::At(at("2026-03-05T02:00:00Z")), Section::Tomorrow, "10:00", "10:00"),
            (day("2026-03-08"), Section::ThisWeek, "Sun", "周日"),
            (Due::At(at("2026-03-06T02:00:00Z")), Section::ThisWeek, "Fri 10:00", "周五 10:00"),
            (day("2026-03-09"), Section::Later, "9 Mar", "3月9日"),
            (Due::At(at("2027-01-04T02:00:00Z")), Section::Later, "4 Jan 2027 10:00", "2027年1月4日 10:00"),
        ];
        for (due, section, en, zh) in table {
            let clock = clock();
            assert_eq!(clock.section(due), section, "{en}");
            assert_eq!((clock.due_in_words(due, Lang::En).as_str(), &*clock.due_in_words(due, Lang::Zh)), (en, zh));
        }
    }
}

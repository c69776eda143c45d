//! The agenda: follow-ups by the time they are due, and why each of them matters.

use std::{cmp::Reverse, ops::ControlFlow};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use chrono_tz::Tz;

use crate::{
    domain::{
        Due, Instant, Lookup, RecordId, Row, choices::NORMAL, customer, deal, followup, print::span, stage,
        words::calendar, words::money::Money,
    },
    error::Result,
    store::{Reader, keys::scaled},
    text::Lang,
};

use super::{names::Names, owners::Owners};

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
                Due::Day(_) => return crate::domain::print::relative_day(day, self.today(), lang),
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

/// A follow-up on the agenda.
#[derive(Clone, Debug)]
pub struct AgendaRow {
    /// Which.
    pub id: RecordId,
    /// Where it stands.
    pub section: Section,
    /// When it is due.
    pub due: Due,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// What is to be done.
    pub title: String,
    /// For whom, and what they are called.
    pub customer: Option<(RecordId, String)>,
    /// How: a number among the ways to be in touch.
    pub way: Option<u16>,
    /// How urgent it is.
    pub priority: u16,
    /// Whose it is.
    pub owner: Option<u64>,
    /// Why it matters; nothing is said of what is done.
    pub reasons: Vec<Reason>,
    deal: Option<u64>,
}

/// Why a follow-up matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A customer of the first grade.
    TopCustomer,
    /// An open deal depends on it: its amount, the name of its stage.
    Deal(Option<Money>, String),
    /// Nobody has been in touch for so many days.
    Silence(i64),
    /// Nobody has ever been in touch.
    NeverContacted,
}

/// Less silence than this is worth no word, in days.
const SILENCE: i64 = 28;

impl Reason {
    /// The reason in words.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::TopCustomer => lang.pick("A customer", "A级客户").to_owned(),
            Self::Deal(amount, stage) => {
                let stage = stage::display_name(stage, lang);
                match (amount.map(Money::full), lang) {
                    (Some(amount), Lang::En) => format!("{amount} in {stage}"),
                    (Some(amount), Lang::Zh) => format!("{stage} {amount}"),
                    (None, Lang::En) => format!("deal in {stage}"),
                    (None, Lang::Zh) => format!("商机：{stage}"),
                }
            }
            Self::Silence(days) => {
                let (count, en, zh) =
                    if *days < 61 { (days / 7, "weeks", "周") } else { (days / 30, "months", "个月") };
                lang.pick(format!("no contact for {count} {en}"), format!("{count}{zh}未联系"))
            }
            Self::NeverContacted => lang.pick("never contacted", "从未联系").to_owned(),
        }
    }
}

/// What an agenda holds.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    /// By section, then by day, the most urgent of a day first.
    pub rows: Vec<AgendaRow>,
    /// How many more there are after the last day that was asked for.
    pub beyond: usize,
}

/// What is to be done, up to a last day where one is given, and what was done today.
///
/// # Errors
/// What the store says.
pub fn agenda(names: &Names<'_>, owners: &Owners, clock: &Clock, until: Option<NaiveDate>) -> Result<Agenda> {
    let reader = names.reader();
    let mut agenda = Agenda::default();
    match owners.people() {
        Some(people) => {
            let mut numbers = Vec::new();
            for person in people {
                reader.linking_by(followup::ID, &followup::BY_OWNER, *person, false, &mut |num| {
                    numbers.push(num);
                    ControlFlow::Continue(())
                })?;
            }
            for num in numbers {
                reader.with_row(RecordId::new(followup::ID, num), |row| agenda.take(num, row, clock, until))?;
            }
        }
        None => reader.rows(followup::ID, 0, false, &mut |num, row| {
            if owners.has(row.get(followup::OWNER)) {
                agenda.take(num, row, clock, until);
            }
            ControlFlow::Continue(())
        })?,
    }
    let tz = clock.tz;
    agenda.rows.sort_by_key(|row| {
        let (day, at) = match row.done_at {
            Some(at) => (at.day(tz), at),
            None => (row.due.day(tz), row.due.end(tz)),
        };
        (row.section, day, Reverse(row.priority), at, row.id)
    });
    for row in &mut agenda.rows {
        if let Some((id, name)) = &mut row.customer {
            *name = names.of(*id)?;
        }
        if row.section != Section::Done {
            row.reasons = reasons(&reader, row, clock)?;
        }
    }
    Ok(agenda)
}

impl Agenda {
    fn take(&mut self, num: u64, row: Row<'_>, clock: &Clock, until: Option<NaiveDate>) {
        let Some(due) = row.get(followup::DUE) else { return };
        let done_at = row.get(followup::DONE_AT).filter(|at| at.day(clock.tz) == clock.today());
        let (section, done_at) = match (row.get(followup::STATUS).unwrap_or(followup::OPEN), done_at) {
            (followup::OPEN, _) => (clock.section(due), None),
            (followup::DONE, Some(at)) => (Section::Done, Some(at)),
            _ => return,
        };
        if section == Section::Later && until.is_some_and(|until| due.day(clock.tz) > until) {
            self.beyond += 1;
            return;
        }
        let customer = row.get(followup::CUSTOMER);
        self.rows.push(AgendaRow {
            id: RecordId::new(followup::ID, num),
            section,
            due,
            done_at,
            title: row.get(followup::TITLE).unwrap_or_default().to_owned(),
            customer: customer.map(|num| (RecordId::new(customer::ID, num), String::new())),
            way: row.get(followup::TYPE),
            priority: row.get(followup::PRIORITY).unwrap_or(NORMAL),
            owner: row.get(followup::OWNER),
            reasons: Vec::new(),
            deal: row.get(followup::DEAL),
        });
    }
}

fn reasons(reader: &Reader<'_>, row: &AgendaRow, clock: &Clock) -> Result<Vec<Reason>> {
    let mut reasons = Vec::new();
    let customer = row.customer.as_ref().map(|(id, _)| *id);
    let Some(derived) = customer.map(|id| reader.derived(id)).transpose()? else {
        reasons.extend(row.deal.map(|num| open_deal(reader, num)).transpose()?.flatten());
        return Ok(reasons);
    };
    let grade = customer.map(|id| reader.with_row(id, |row| row.get(customer::GRADE))).transpose()?;
    if grade.flatten().flatten() == Some(customer::GRADE_A) {
        reasons.push(Reason::TopCustomer);
    }
    let mut deal = row.deal.map(|num| open_deal(reader, num)).transpose()?.flatten();
    if let Some(id) = customer.filter(|_| deal.is_none() && derived.get(customer::OPEN_DEALS).is_some()) {
        deal = largest_deal(reader, id)?;
    }
    reasons.extend(deal);
    match derived.get(customer::LAST_CONTACT) {
        None => reasons.push(Reason::NeverContacted),
        Some(at) => {
            let days = (clock.today() - at.day(clock.tz)).num_days();
            reasons.extend((days >= SILENCE).then_some(Reason::Silence(days)));
        }
    }
    Ok(reasons)
}

fn open_deal(reader: &Reader<'_>, num: u64) -> Result<Option<Reason>> {
    let id = RecordId::new(deal::ID, num);
    if reader.derived(id)?.get(deal::STATUS) != Some(stage::OPEN) {
        return Ok(None);
    }
    let found = reader.with_row(id, |row| (row.get(deal::AMOUNT), row.get(deal::STAGE).unwrap_or_default()))?;
    let Some((amount, stage)) = found else { return Ok(None) };
    Ok(reader.name(RecordId::new(stage::ID, stage))?.map(|stage| Reason::Deal(amount, stage)))
}

/// The customer's open deal with the greatest amount.
fn largest_deal(reader: &Reader<'_>, customer: RecordId) -> Result<Option<Reason>> {
    let mut numbers = Vec::new();
    reader.linking(deal::ID, &deal::CUSTOMER.def(), customer.num, &mut |num| {
        numbers.push(num);
        ControlFlow::Continue(())
    })?;
    let mut largest = None;
    for num in numbers {
        let Some(Reason::Deal(amount, stage)) = open_deal(reader, num)? else { continue };
        let size = amount.map_or(0, |amount| scaled(amount.minor, amount.currency.digits()));
        if largest.as_ref().is_none_or(|(held, _)| size > *held) {
            largest = Some((size, Reason::Deal(amount, stage)));
        }
    }
    Ok(largest.map(|(_, deal)| deal))
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
            (Due::At(at("2026-03-04T05:25:00Z")), Section::Overdue, "35m late", "逾期35分"),
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

    #[test]
    fn reasons_in_both_languages() {
        let yuan = Money::parse("88万 CNY", crate::domain::words::money::Currency::USD).unwrap();
        for (reason, en, zh) in [
            (Reason::TopCustomer, "A customer", "A级客户"),
            (Reason::Deal(Some(yuan), "negotiation".into()), "¥880,000 in negotiation", "商务谈判 ¥880,000"),
            (Reason::Deal(None, "试用".into()), "deal in 试用", "商机：试用"),
            (Reason::Silence(36), "no contact for 5 weeks", "5周未联系"),
            (Reason::Silence(100), "no contact for 3 months", "3个月未联系"),
            (Reason::NeverContacted, "never contacted", "从未联系"),
        ] {
            assert_eq!((reason.say(Lang::En).as_str(), &*reason.say(Lang::Zh)), (en, zh));
        }
    }
}

//! What happened around a record, in the order in which it happened.

use std::ops::ControlFlow;

use crate::{
    domain::{
        FieldDef, Instant, Kind, KindId, Lookup as _, RecordId, Row, Type, activity,
        common::{CREATED, CREATED_BY},
        deal,
        field::{Choice, Field, Marker},
        followup,
        print::View,
        ticket, user,
    },
    error::Result,
    store::{Reader, engine::KeyRange, index::link_prefix, keys::num_after},
    text::Lang,
};

use super::history::{HistoryLine, StepEffect};
use crate::query::names::Names;

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Somebody was in touch: a call, a visit, a note.
    Activity(&'static Choice),
    /// The record itself changed.
    Change,
    /// A follow-up was planned or done.
    Followup,
    /// A ticket was opened or resolved.
    Ticket,
    /// A deal was opened.
    Deal,
}

impl EventKind {
    /// Its code; of an activity, its type.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Activity(way) => way.code,
            Self::Change => "change",
            Self::Followup => "followup",
            Self::Ticket => "ticket",
            Self::Deal => "deal",
        }
    }

    /// What people call it.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Activity(way) => lang.pick(way.en, way.zh),
            Self::Change => lang.pick("Change", "变更"),
            Self::Followup => followup::KIND.label(lang),
            Self::Ticket => ticket::KIND.label(lang),
            Self::Deal => deal::KIND.label(lang),
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What kind of thing.
    pub what: EventKind,
    /// The record that tells of it; `None` for a change of the record itself.
    pub id: Option<RecordId>,
    /// Whoever did it.
    pub by: Option<Person>,
    /// What happened, in English.
    pub text_en: String,
    /// What happened, in Chinese.
    pub text_zh: String,
}

/// Somebody who did something: by login for programs, by name for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The login.
    pub login: String,
    /// What people call them.
    pub name: String,
}

impl Event {
    /// What happened, in a language.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.text_en, &self.text_zh)
    }
}

/// Makes the events of one record.
pub struct Timeline<'a> {
    names: &'a Names<'a>,
    view: View,
    events: Vec<Event>,
}

impl<'a> Timeline<'a> {
    /// Without events; times within texts are those of the view.
    pub const fn new(names: &'a Names<'a>, view: View) -> Self {
        Self { names, view, events: Vec::new() }
    }

    /// The events in the order of time, those of the same instant in the order of their records.
    pub fn in_order(mut self) -> Vec<Event> {
        self.events.sort_by_key(|event| (event.at, event.id));
        self.events
    }

    /// Leaves out what was added and happened after an instant.
    pub fn until(&mut self, at: Instant) {
        self.events.retain(|event| event.at <= at);
    }

    /// Adds what records that are about this one tell.
    pub fn add_linked(&mut self, id: RecordId) -> Result<()> {
        self.add_newest(id, usize::MAX).map(drop)
    }

    /// Adds what the newest records tell that are about this one, of each kind at most so many. Before the instant
    /// that it gives, if it gives one, there is more than was added.
    pub fn add_newest(&mut self, id: RecordId, most: usize) -> Result<Option<Instant>> {
        let schema = self.names.reader().schema();
        let Some(about) = schema.kind(id.kind) else { return Ok(None) };
        let mut since = None;
        let told: [(KindId, DescribeRecord<'a>); 4] = [
            (activity::ID, Self::add_activity),
            (followup::ID, Self::add_followup),
            (deal::ID, Self::add_deal),
            (ticket::ID, Self::add_ticket),
        ];
        for (kind, tell) in told {
            let Some(kind) = schema.kind(kind) else { continue };
            let Some(link) = kind.fields.iter().find(|def| def.code == about.noun && def.target == Some(about.noun))
            else {
                continue;
            };
            let (numbers, all) = newest(&self.names.reader(), kind, link, id, most)?;
            let before = self.events.len();
            for num in numbers {
                let id = RecordId::new(kind.id, num);
                self.names.reader().with_row(id, |row| tell(self, id, row))?.transpose()?;
            }
            if !all {
                since = since.max(self.events[before..].iter().map(|event| event.at).min());
            }
        }
        Ok(since)
    }

    /// Adds the changes of the record itself. What an import made is as old as its `created` says.
    pub fn add_changes(&mut self, lines: &[HistoryLine], created: Option<Instant>) -> Result<()> {
        for line in lines {
            let by = self.person(Some(line.by.num).filter(|num| *num > 0))?;
            let at = if line.what == StepEffect::Added { created.unwrap_or(line.at) } else { line.at };
            let (text_en, text_zh) = (self.change(line, Lang::En)?, self.change(line, Lang::Zh)?);
            self.events.push(Event { at, what: EventKind::Change, id: None, by, text_en, text_zh });
        }
        Ok(())
    }

    fn change(&self, line: &HistoryLine, lang: Lang) -> Result<String> {
        let (en, zh) = line.what.words();
        let mut text = String::new();
        if line.what != StepEffect::Changed {
            text.push_str(lang.pick(en, zh));
        }
        if line.what == StepEffect::Added {
            return Ok(text);
        }
        for (def, old, new) in line.fields.iter().filter(|(def, ..)| !def.import_only) {
            if !text.is_empty() {
                text.push_str(lang.pick(", ", "，"));
            }
            text.push_str(def.label(lang));
            if def.ty == Type::LongText {
                text.push_str(lang.pick(" rewritten", "已改写"));
                continue;
            }
            for (side, before) in [(old, " "), (new, " → ")] {
                text.push_str(before);
                match side {
                    Some(stored) => self.put(&mut text, def, stored, lang)?,
                    None => text.push('–'),
                }
            }
        }
        if text.is_empty() {
            text.push_str(lang.pick(en, zh));
        }
        Ok(text)
    }

    fn add_activity(&mut self, id: RecordId, row: Row<'_>) -> Result<()> {
        let Some(at) = row.get(activity::AT).or_else(|| row.get(CREATED)) else { return Ok(()) };
        let way = row.get(activity::TYPE).map_or(crate::domain::choices::WAY_NOTE, |way| way);
        let Some(way) = crate::domain::choices::WAYS.get(usize::from(way)) else { return Ok(()) };
        let told = row.get(activity::TEXT).unwrap_or_default();
        let with_outcome = |lang| -> Result<String> {
            let mut text = told.to_owned();
            if let Some(outcome) = self.said(row, activity::OUTCOME, lang)? {
                let (open, close) = lang.pick((" (", ")"), ("（", "）"));
                text.extend([open, &outcome, close]);
            }
            Ok(text.trim_start().to_owned())
        };
        let (text_en, text_zh) = (with_outcome(Lang::En)?, with_outcome(Lang::Zh)?);
        let by = self.person(row.get(activity::BY).or_else(|| row.get(CREATED_BY)))?;
        self.events.push(Event { at, what: EventKind::Activity(way), id: Some(id), by, text_en, text_zh });
        Ok(())
    }

    fn add_followup(&mut self, id: RecordId, row: Row<'_>) -> Result<()> {
        let title = row.get(followup::TITLE).unwrap_or_default();
        let due_en = self.said(row, followup::DUE, Lang::En)?.unwrap_or_default();
        let due_zh = self.said(row, followup::DUE, Lang::Zh)?.unwrap_or_default();
        self.opened(id, row, EventKind::Followup, |lang| match lang {
            Lang::En => format!("planned for {due_en}: {title}"),
            Lang::Zh => format!("计划于 {due_zh}：{title}"),
        })?;
        let outcome = row.get(followup::OUTCOME).map(|outcome| format!(" – {outcome}")).unwrap_or_default();
        let by = row.get(followup::DONE_BY);
        self.ended(id, EventKind::Followup, row.get(followup::DONE_AT), by, |lang| {
            format!("{}{title}{outcome}", lang.pick("done: ", "完成："))
        })
    }

    fn add_deal(&mut self, id: RecordId, row: Row<'_>) -> Result<()> {
        let title = row.get(deal::TITLE).unwrap_or_default();
        let amount = self.said(row, deal::AMOUNT, Lang::En)?;
        self.opened(id, row, EventKind::Deal, |lang| {
            let amount = amount.as_ref().map(|amount| format!("{}{amount}", lang.pick(", ", "，"))).unwrap_or_default();
            format!("{}{title}{amount}", lang.pick("opened: ", "新建："))
        })
    }

    fn add_ticket(&mut self, id: RecordId, row: Row<'_>) -> Result<()> {
        let subject = row.get(ticket::SUBJECT).unwrap_or_default();
        self.opened(id, row, EventKind::Ticket, |lang| format!("{}{subject}", lang.pick("opened: ", "新建：")))?;
        self.ended(id, EventKind::Ticket, row.get(ticket::RESOLVED_AT), row.get(ticket::OWNER), |lang| {
            format!("{}{subject}", lang.pick("resolved: ", "已解决："))
        })
    }

    fn opened(&mut self, id: RecordId, row: Row<'_>, what: EventKind, text: impl Fn(Lang) -> String) -> Result<()> {
        self.ended(id, what, row.get(CREATED), row.get(CREATED_BY), text)
    }

    fn ended(
        &mut self,
        id: RecordId,
        what: EventKind,
        at: Option<Instant>,
        by: Option<u64>,
        text: impl Fn(Lang) -> String,
    ) -> Result<()> {
        let Some(at) = at else { return Ok(()) };
        let by = self.person(by)?;
        self.events.push(Event { at, what, id: Some(id), by, text_en: text(Lang::En), text_zh: text(Lang::Zh) });
        Ok(())
    }

    fn person(&self, user: Option<u64>) -> Result<Option<Person>> {
        let Some(id) = user.map(|num| RecordId::new(user::ID, num)) else { return Ok(None) };
        Ok(Some(Person { login: self.names.login(id)?, name: self.names.of(id)? }))
    }

    fn said<M: Marker>(&self, row: Row<'_>, field: Field<M>, lang: Lang) -> Result<Option<String>> {
        let Some(stored) = row.raw(field.tag()) else { return Ok(None) };
        let mut text = String::new();
        self.put(&mut text, &field.def(), stored, lang)?;
        Ok(Some(text))
    }

    fn put(&self, out: &mut String, def: &FieldDef, stored: &[u8], lang: Lang) -> Result<()> {
        self.names.write(out, def, stored, &View { lang, relative: false, ..self.view })
    }
}

/// The numbers of the newest records that link here, at most so many, and whether these are all: activities by their
/// time, others by when they were made.
fn newest(
    reader: &Reader<'_>,
    kind: &'static Kind,
    link: &FieldDef,
    id: RecordId,
    most: usize,
) -> Result<(Vec<u64>, bool)> {
    let (mut numbers, mut all) = (Vec::new(), true);
    let mut take = |num: u64| {
        all = numbers.len() < most;
        if !all {
            return ControlFlow::Break(());
        }
        numbers.push(num);
        ControlFlow::Continue(())
    };
    if kind.id == activity::ID && *link == activity::CUSTOMER.def() {
        reader.linking_by(kind.id, &activity::BY_CUSTOMER, id.num, true, &mut take)?;
    } else {
        let prefix = link_prefix(kind.id, link.tag, id.num);
        reader.index(KeyRange::prefix(&prefix), true, &mut |key| {
            num_after(key, prefix.len()).map_or(ControlFlow::Continue(()), &mut take)
        })?;
    }
    Ok((numbers, all))
}

/// How a record of some kind tells its part.
type DescribeRecord<'a> = fn(&mut Timeline<'a>, RecordId, Row<'_>) -> Result<()>;

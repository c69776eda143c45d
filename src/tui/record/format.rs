//! A record put in words, from what the store tells of it.

use std::collections::BTreeMap;

use crate::{
    commit::Context,
    domain::{
        FieldDef, Kind, RecordId, activity, bytes, common::is_stamp, customer, deal, display_name, followup, print,
        ticket, words::money::Money,
    },
    error::{Failed, Result},
    query::names::Names,
    read_model::{
        agenda::Clock,
        record_details::{Event, EventKind, LinkedRecord, LinkedRecords, RecordDetails},
        record_summary::{LinkSummary, NextStep, RecordSummary, summary},
    },
    store::{Reader, journal::Residence},
    text::scrub,
    tui::panes::queue::conversation::{self, EntryKind},
};

use super::{EventFilter, LineKind, RecordLine, RecordView, parts};

/// So many events are read at first.
pub const EVENTS: usize = 100;
/// So many linked records of each sort have a line.
const LINKS: usize = 6;

/// Reads a record with so many events; none where it is gone.
///
/// # Errors
/// What the store says.
pub fn tell(reader: Reader<'_>, context: &Context, id: RecordId, events: usize) -> Result<Option<RecordView>> {
    let names = Names::new(reader, context.lang);
    let view = print::View { lang: context.lang, tz: context.tz, now: context.now, relative: false };
    let clock = Clock { now: context.now, tz: context.tz, week_start: context.settings.week_start };
    let Some(summary) = summary(&names, id, view, events)? else { return Ok(None) };
    RecordFormatter { names: &names, view, clock, lines: Vec::new() }.told(&summary, events).map(Some)
}

/// What an operation had to tell, as lines.
///
/// # Errors
/// What the store says of the names in it.
pub fn told(details: &RecordDetails, names: &Names<'_>, view: print::View) -> Result<RecordView> {
    let fields = details.fields.iter().filter_map(|(def, stored)| Some((*def, stored.clone()?)));
    let summary = RecordSummary {
        kind: details.kind,
        id: details.id,
        place: details.place,
        fields: fields.collect(),
        next: None,
        links: details
            .links
            .iter()
            .map(|link| LinkSummary { link: link.clone(), open: None, sums: Vec::new() })
            .collect(),
        timeline: details.timeline.iter().rev().cloned().collect(),
        older: false,
    };
    let clock = Clock { now: view.now, tz: view.tz, week_start: chrono::Weekday::Mon };
    let events = summary.timeline.len();
    RecordFormatter { names, view, clock, lines: Vec::new() }.told(&summary, events)
}

struct RecordFormatter<'a> {
    names: &'a Names<'a>,
    view: print::View,
    clock: Clock,
    lines: Vec<RecordLine>,
}

/// Links of these kinds stand first, in this order; activities are in the timeline.
const LINKED: [crate::domain::KindId; 3] = [deal::ID, ticket::ID, followup::ID];
/// What the next step and the headings of linked records say already.
const TOLD: [FieldDef; 3] = [customer::NEXT_FOLLOWUP.def(), customer::OPEN_DEALS.def(), customer::OPEN_TICKETS.def()];
/// Fields that say how a record stands: the first two that it has.
const BADGE: [&str; 5] = ["grade", "stage", "priority", "status", "type"];
/// Fields that say what it is.
const ABOUT: [&str; 3] = ["type", "customer", "city"];

impl RecordFormatter<'_> {
    fn told(mut self, summary: &RecordSummary, events: usize) -> Result<RecordView> {
        let lang = self.view.lang;
        let (kind, id) = (summary.kind, summary.id);
        let title = match summary.fields.iter().find(|(def, _)| def.name) {
            Some((def, stored)) => self.say(def, stored, false)?,
            None => kind.label(lang).to_owned(),
        };
        let said = self.said_of(summary, &BADGE)?;
        let badge = said.into_iter().take(2).collect::<Vec<_>>().join(" · ");
        let mut about = vec![id.to_string(), kind.label(lang).to_owned()];
        if id.kind == customer::ID {
            // A customer is one by its pane; which sort of customer is news.
            about.truncate(1);
        }
        about.extend(self.said_of(summary, &ABOUT)?);
        if about.len() == 1 {
            about.push(kind.label(lang).to_owned());
        }
        if summary.place == Residence::Trash {
            about.push(lang.pick("in the trash", "在回收站").to_owned());
        }
        if let Some(next) = &summary.next {
            self.next_step(next);
        }
        if summary.kind.id == ticket::ID {
            // What was said stands first, for that is what a ticket is.
            self.conversation(summary.id)?;
        }
        self.fields(summary)?;
        self.timeline(summary);
        while self.lines.first().is_some_and(|line| line.sort == LineKind::Gap) {
            self.lines.remove(0);
        }
        let about = about.join(" · ");
        Ok(RecordView { id: Some(id), title, badge, about, lines: self.lines, events, older: summary.older })
    }

    fn say(&self, def: &FieldDef, stored: &[u8], relative: bool) -> Result<String> {
        let (mut out, mut failed) = (String::new(), Failed::default());
        let lang = self.view.lang;
        let view = print::View { relative, ..self.view };
        print::human(&mut out, def, stored, &view, &mut |def, num, out| {
            let Some(kind) = self.names.reader().schema().target(def) else { return };
            if let Some(name) = failed.keep(self.names.of(RecordId::new(kind.id, num))) {
                out.push_str(display_name(kind.id, &name, lang));
            }
        });
        failed.end()?;
        Ok(scrub(&out).into_owned())
    }

    /// What these fields say, as far as they are set.
    fn said_of(&self, summary: &RecordSummary, codes: &[&str]) -> Result<Vec<String>> {
        let held = |code: &&str| summary.fields.iter().find(|(def, _)| def.code == *code);
        codes.iter().filter_map(held).map(|(def, stored)| self.say(def, stored, false)).collect()
    }

    fn push(&mut self, sort: LineKind, label: impl Into<String>, text: impl Into<String>, to: Option<RecordId>) {
        self.lines.push(RecordLine { sort, label: label.into(), text: text.into(), to, ..RecordLine::default() });
    }

    fn heading(&mut self, label: impl Into<String>, text: impl Into<String>) {
        self.push(LineKind::Gap, "", "", None);
        self.push(LineKind::Heading, label, text, None);
    }

    fn next_step(&mut self, next: &NextStep) {
        let lang = self.view.lang;
        let (today, day) = (self.clock.today(), next.due.day(self.view.tz));
        let mut when = self.clock.due_in_words(next.due, lang);
        if day == today && when.contains(':') {
            when = format!("{} {when}", print::relative_day(day, today, lang));
        }
        let text = format!("{when}  {}", scrub(&next.name));
        self.push(LineKind::Next, lang.pick("Next", "下一步"), text, Some(next.id));
        self.push(LineKind::Gap, "", "", None);
    }

    fn conversation(&mut self, id: RecordId) -> Result<()> {
        for said in conversation::lines(self.names, id, &self.view)? {
            let sort = match said.tone {
                EntryKind::Clock => LineKind::Field,
                EntryKind::Late => LineKind::Late,
                EntryKind::Gap => LineKind::Gap,
                EntryKind::Heading => LineKind::Heading,
                EntryKind::Said => LineKind::Event,
                EntryKind::Aside => LineKind::Aside,
            };
            self.push(sort, said.label, said.text, said.to);
        }
        self.push(LineKind::Gap, "", "", None);
        Ok(())
    }

    /// What a person filled in, section by section; the links stand behind the first section, what the program keeps
    /// about the record behind the last.
    fn fields(&mut self, summary: &RecordSummary) -> Result<()> {
        let lang = self.view.lang;
        let held: BTreeMap<u16, &Vec<u8>> = summary.fields.iter().map(|(def, stored)| (def.tag, stored)).collect();
        for (at, (section, fields)) in summary.kind.form().into_iter().enumerate() {
            let set: Vec<&FieldDef> =
                fields.into_iter().filter(|def| !def.name && held.contains_key(&def.tag)).collect();
            if at > 0 && !set.is_empty() {
                self.heading(lang.pick(section.en, section.zh), "");
            }
            for def in set {
                self.field(def, held[&def.tag])?;
            }
            if at == 0 {
                let told = |def: &FieldDef| TOLD.contains(def) && (summary.next.is_some() || def.code != TOLD[0].code);
                for (def, stored) in summary.fields.iter().filter(|(def, _)| def.is_derived() && !told(def)) {
                    self.field(def, stored)?;
                }
                self.links(summary)?;
            }
        }
        // What the program keeps of its own about a ticket is said by its clock.
        let own = |def: &FieldDef| def.kept && !is_stamp(def.tag);
        let kept: Vec<_> = summary
            .fields
            .iter()
            .filter(|(def, _)| !def.is_settable() && !def.is_derived() && !def.name && !own(def))
            .collect();
        if !kept.is_empty() {
            self.heading(lang.pick("Record", "记录信息"), "");
        }
        for (def, stored) in kept {
            self.field(def, stored)?;
        }
        Ok(())
    }

    fn field(&mut self, def: &FieldDef, stored: &[u8]) -> Result<()> {
        let text = self.say(def, stored, def.is_derived())?;
        let schema = self.names.reader().schema();
        let to = schema
            .target(def)
            .filter(|_| !def.many)
            .and_then(|kind| bytes::unsigned(stored).map(|num| RecordId::new(kind.id, num)));
        self.push(LineKind::Field, def.label(self.view.lang), text, to);
        Ok(())
    }

    fn links(&mut self, summary: &RecordSummary) -> Result<()> {
        let rank = |kind| LINKED.iter().position(|linked| *linked == kind).unwrap_or(LINKED.len());
        let mut links: Vec<_> = summary.links.iter().filter(|held| held.link.kind.id != activity::ID).collect();
        links.sort_by_key(|held| (!held.link.field.part_of, rank(held.link.kind.id)));
        let lang = self.view.lang;
        for held in links {
            let link = &held.link;
            let count = link.records.len() as u64 + link.more;
            let zh = open_in_chinese(link.kind);
            let mut said = match held.open {
                Some(open) if open == count => vec![lang.pick(format!("{open} open"), format!("{zh} {open}"))],
                Some(open) => {
                    vec![lang.pick(format!("{open} open of {count}"), format!("{zh} {open}，共 {count}"))]
                }
                None => vec![count.to_string()],
            };
            said.extend(held.sums.iter().map(|sum: &Money| sum.brief(lang)));
            self.heading(lang.pick(&link.en, &link.zh).clone(), said.join(" · "));
            let is_parts = !link.columns.is_empty();
            let shown = if is_parts { link.records.len() } else { link.records.len().min(LINKS) };
            if is_parts {
                self.parts(link)?;
            } else {
                for record in &link.records[..shown] {
                    let text = self.about(record)?;
                    self.push(LineKind::Link, record.id.to_string(), text, Some(record.id));
                }
            }
            let more = count - shown as u64;
            if more > 0 {
                let more = lang.pick(format!("and {more} more"), format!("另有 {more} {}", link.kind.measure));
                self.push(LineKind::Link, "", more, None);
            }
        }
        Ok(())
    }

    /// Parts as rows with the columns of their kind.
    fn parts(&mut self, link: &LinkedRecords) -> Result<()> {
        let lang = self.view.lang;
        let named = std::iter::once(link.kind.name_field()).chain(link.columns.iter().copied());
        let (called, numbers): (Vec<_>, Vec<_>) =
            named.map(|def| (scrub(def.label(lang)).into_owned(), def.ty.is_number() && !def.many)).unzip();
        let mut texts = vec![called];
        for record in &link.records {
            let mut row = vec![scrub(&record.name).into_owned()];
            for column in &link.columns {
                let fact = record.facts.iter().find(|(def, _)| def == column);
                row.push(fact.map_or(Ok(String::new()), |(def, stored)| self.say(def, stored, true))?);
            }
            texts.push(row);
        }
        let ids = std::iter::once(None).chain(link.records.iter().map(|record| Some(record.id)));
        for (id, cells) in ids.zip(parts::rows(texts, &numbers)) {
            let text = cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("  ");
            let (sort, label) = id.map_or((LineKind::Columns, String::new()), |id| (LineKind::Part, id.to_string()));
            self.lines.push(RecordLine { sort, label, text, cells, to: id, ..RecordLine::default() });
        }
        Ok(())
    }

    fn about(&self, record: &LinkedRecord) -> Result<String> {
        let mut text = scrub(&record.name).into_owned();
        for (def, stored) in &record.facts {
            text.push_str("  ");
            text.push_str(&self.say(def, stored, true)?);
        }
        Ok(text)
    }

    fn timeline(&mut self, summary: &RecordSummary) {
        let lang = self.view.lang;
        if summary.timeline.is_empty() {
            return;
        }
        self.heading(lang.pick("Timeline", "时间线"), "");
        for event in &summary.timeline {
            let mut text = scrub(event.text(lang)).into_owned();
            if let Some(by) = &event.by {
                text.push_str(&format!("  · {}", scrub(&by.name)));
            }
            let label = format!("{}  {}", self.day(event), label(event.what, lang));
            let what = Some(what(event.what));
            self.lines.push(RecordLine {
                sort: LineKind::Event,
                label,
                text,
                to: event.id,
                what,
                ..RecordLine::default()
            });
        }
    }

    /// The day of an event, without the year where it is this one.
    fn day(&self, event: &Event) -> String {
        let day = event.at.day(self.view.tz);
        let this_year = chrono::Datelike::year(&day) == chrono::Datelike::year(&self.clock.today());
        let form = if this_year { self.view.lang.pick("%e %b", "%_m月%_d日") } else { "%Y-%m-%d" };
        day.format(form).to_string()
    }
}

/// What the records of a kind are that still need work.
const fn open_in_chinese(kind: &Kind) -> &'static str {
    match kind.id {
        followup::ID => "待办",
        ticket::ID => "未结",
        _ => "进行中",
    }
}

fn label(what: EventKind, lang: crate::text::Lang) -> String {
    lang.pick(what.code().to_owned(), what.label(lang).to_owned())
}

const fn what(kind: EventKind) -> EventFilter {
    match kind {
        EventKind::Activity(_) => EventFilter::Activity,
        EventKind::Change => EventFilter::Change,
        EventKind::Followup => EventFilter::Followup,
        EventKind::Ticket => EventFilter::Ticket,
        EventKind::Deal => EventFilter::Deal,
    }
}

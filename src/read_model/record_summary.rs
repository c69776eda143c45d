//! What a screen tells of a record at once, however much there is: bounded reads, the newest first.
//!
//! A story ([`super::record_details`]) tells everything; a customer with ten thousand activities would make a person wait for
//! lines that nobody scrolls to. Here as many events are read as are wanted, and whether there are older ones is said.

use std::ops::ControlFlow;

use crate::{
    domain::{
        Due, FieldDef, Kind, Lookup as _, Record, RecordId, common::CREATED, deal, followup, print::View, stage,
        ticket, words::money::Money,
    },
    error::Result,
    store::{Reader, engine::KeyRange, index::link_prefix, journal::Residence, keys::num_after},
};

use super::{
    history,
    record_details::{self, LinkedRecords},
    timeline::{Event, Timeline},
};
use crate::query::names::Names;

/// Of the records that link here so many are looked at for what is open among them.
const LOOKED_AT: usize = 1_000;

/// A record as a screen tells of it.
#[derive(Clone, Debug)]
pub struct RecordSummary {
    /// What kind of record it is.
    pub kind: &'static Kind,
    /// Which one.
    pub id: RecordId,
    /// In use or in the trash.
    pub place: Residence,
    /// The fields that are set, with their stored bytes, derived ones included.
    pub fields: Vec<(&'static FieldDef, Vec<u8>)>,
    /// The open follow-up that is due first.
    pub next: Option<NextStep>,
    /// The records that link here.
    pub links: Vec<LinkSummary>,
    /// What happened, newest first.
    pub timeline: Vec<Event>,
    /// Whether more happened before that.
    pub older: bool,
}

/// What is to be done next.
#[derive(Clone, Debug)]
pub struct NextStep {
    /// The follow-up.
    pub id: RecordId,
    /// What is to be done.
    pub name: String,
    /// By when.
    pub due: Due,
}

/// Records that link here by one field, and what is open among them.
#[derive(Clone, Debug)]
pub struct LinkSummary {
    /// The newest.
    pub link: LinkedRecords,
    /// How many are open; `None` where they cannot be.
    pub open: Option<u64>,
    /// The amounts of the open ones, by currency.
    pub sums: Vec<Money>,
}

/// Tells of a record with as many events as are wanted; `None` where there is no such record.
///
/// # Errors
/// What the store says.
pub fn summary(names: &Names<'_>, id: RecordId, view: View, events: usize) -> Result<Option<RecordSummary>> {
    let reader = names.reader();
    let Some(kind) = reader.schema().kind(id.kind) else { return Ok(None) };
    let Some(held) = reader.held(id)? else { return Ok(None) };
    let derived = reader.derived(id)?;
    let stored = |def: &FieldDef| if def.is_derived() { derived.row() } else { held.record.row() }.raw(def.tag);
    let fields = kind.all_fields().filter_map(|def| Some((def, stored(def)?.to_vec()))).collect();
    let mut next = None;
    let mut links = Vec::new();
    for link in record_details::links(names, kind, id, None)? {
        links.push(linkage(names, id, link, &mut next)?);
    }
    let (timeline, older) = timeline(names, id, &held.record, view, events)?;
    Ok(Some(RecordSummary { kind, id, place: held.place, fields, next, links, timeline, older }))
}

fn linkage(names: &Names<'_>, id: RecordId, link: LinkedRecords, next: &mut Option<NextStep>) -> Result<LinkSummary> {
    let reader = names.reader();
    let (mut open, mut sums) = (0, Vec::new());
    let from = link.kind.id;
    if ![deal::ID, ticket::ID, followup::ID].contains(&from) {
        return Ok(LinkSummary { link, open: None, sums });
    }
    for num in numbers(&reader, &link, id)? {
        let record = RecordId::new(from, num);
        let (is_open, amount, due) = match reader.record(record)? {
            None => continue,
            Some(row) if from == deal::ID => {
                let status = reader.derived(record)?.get(deal::STATUS);
                (status == Some(stage::OPEN), row.get(deal::AMOUNT), None)
            }
            Some(row) if from == ticket::ID => (row.get(ticket::STATUS).is_some_and(ticket::is_open), None, None),
            Some(row) => (row.get(followup::STATUS) == Some(followup::OPEN), None, row.get(followup::DUE)),
        };
        if !is_open {
            continue;
        }
        open += 1;
        if let Some(amount) = amount {
            add(&mut sums, amount);
        }
        if let Some(due) = due
            && next.as_ref().is_none_or(|next| at(due) < at(next.due))
        {
            *next = Some(NextStep { id: record, name: names.of(record)?, due });
        }
    }
    Ok(LinkSummary { link, open: Some(open), sums })
}

fn at(due: Due) -> i64 {
    due.start(chrono_tz::UTC).0
}

fn add(sums: &mut Vec<Money>, amount: Money) {
    match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
        Some(sum) => sum.minor += amount.minor,
        None => sums.push(amount),
    }
}

/// The newest records that link here.
fn numbers(reader: &Reader<'_>, link: &LinkedRecords, id: RecordId) -> Result<Vec<u64>> {
    let prefix = link_prefix(link.kind.id, link.field.tag, id.num);
    let mut numbers = Vec::new();
    reader.index(KeyRange::prefix(&prefix), true, &mut |key| {
        numbers.extend(num_after(key, prefix.len()));
        if numbers.len() < LOOKED_AT { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(numbers)
}

fn timeline(names: &Names<'_>, id: RecordId, record: &Record, view: View, events: usize) -> Result<(Vec<Event>, bool)> {
    let mut timeline = Timeline::new(names, view);
    let mut since = timeline.add_newest(id, events)?;
    let (steps, all) = history::newest(names.reader(), id, events)?;
    timeline.add_changes(&steps, record.get(CREATED))?;
    if !all {
        since = since.max(steps.first().map(|step| step.at));
    }
    let mut timeline = timeline.in_order();
    timeline.reverse();
    let told = timeline.len();
    // Before the oldest that was read of one sort, the others would stand alone.
    timeline.retain(|event| since.is_none_or(|since| event.at >= since));
    timeline.truncate(events);
    let older = since.is_some() || timeline.len() < told;
    Ok((timeline, older))
}

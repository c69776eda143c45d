//! The agenda: follow-ups by the time they are due, and why each of them matters.

mod clock;
mod reason;

use std::{cmp::Reverse, ops::ControlFlow};

use chrono::NaiveDate;

use crate::{
    domain::{Due, Instant, Lookup, RecordId, Row, choices::NORMAL, customer, followup},
    error::Result,
};

use super::{names::Names, owners::Owners};

pub use clock::{Clock, Section};
pub use reason::Reason;

use reason::reasons;

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
    /// The deal it is about.
    pub deal: Option<u64>,
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
        // What is done has no urgency any more.
        let (at, urgency) = row.done_at.map_or((row.due.end(tz), row.priority), |at| (at, 0));
        let day = row.done_at.map_or(row.due.day(tz), |at| at.day(tz));
        (row.section, day, Reverse(urgency), at, row.id)
    });
    for row in &mut agenda.rows {
        if let Some((id, name)) = &mut row.customer {
            *name = names.of(*id)?;
        }
        if row.section != Section::Done {
            let customer = row.customer.as_ref().map(|(id, _)| *id);
            row.reasons = reasons(&reader, customer, row.deal, clock)?;
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

//! The agenda: follow-ups by the time they are due, and why each of them matters.

mod calls;
mod clock;
mod order;
mod reason;

use crate::{
    domain::{Due, Instant, RecordId, Row, choices::NORMAL, customer, followup},
    error::Result,
};

use super::positions::Position;
use crate::query::names::Names;

pub use calls::{CALLS, calls};
pub use clock::{Clock, Section};
pub use order::{order, pressing};
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

/// The follow-ups in these places; one that is gone meanwhile is left out.
///
/// # Errors
/// What the store says.
pub fn rows(names: &Names<'_>, clock: &Clock, placed: &[Position]) -> Result<Vec<AgendaRow>> {
    let reader = names.reader();
    let mut rows = Vec::with_capacity(placed.len());
    for place in placed {
        let taken = reader.with_row(RecordId::new(followup::ID, place.num), |row| {
            let due = row.get(followup::DUE)?;
            let section = Section::ALL.get(usize::from(place.part)).copied();
            Some(take(place.num, section.unwrap_or_else(|| clock.section(due)), due, row))
        })?;
        let Some(mut row) = taken.flatten() else { continue };
        if let Some((id, name)) = &mut row.customer {
            *name = names.of(*id)?;
        }
        if row.section != Section::Done {
            let customer = row.customer.as_ref().map(|(id, _)| *id);
            row.reasons = reasons(&reader, customer, row.deal, clock)?;
        }
        rows.push(row);
    }
    Ok(rows)
}

fn take(num: u64, section: Section, due: Due, row: Row<'_>) -> AgendaRow {
    let customer = row.get(followup::CUSTOMER);
    AgendaRow {
        id: RecordId::new(followup::ID, num),
        section,
        due,
        done_at: row.get(followup::DONE_AT).filter(|_| section == Section::Done),
        title: row.get(followup::TITLE).unwrap_or_default().to_owned(),
        customer: customer.map(|num| (RecordId::new(customer::ID, num), String::new())),
        way: row.get(followup::TYPE),
        priority: row.get(followup::PRIORITY).unwrap_or(NORMAL),
        owner: row.get(followup::OWNER),
        reasons: Vec::new(),
        deal: row.get(followup::DEAL),
    }
}

//! The call list: what is to be said by telephone until tonight, the most urgent first.

use std::cmp::Reverse;

use crate::{
    domain::{RecordId, choices::NORMAL, customer, followup},
    error::Result,
    query::{filter::Filter, names::Names},
    read_model::{owners::Owners, positions::Position},
};

use super::{
    clock::{Clock, Section},
    order::order,
    reason::{Reason, reasons},
};

/// The part that the places of a call list belong to: behind all sections, for it has none.
pub const CALLS: u8 = Section::ALL.len() as u8;

/// Calling, among the ways to be in touch.
const WAY_CALL: u16 = 0;

/// Beyond so many nobody calls today; what is late and important is among them.
const MOST: usize = 300;

/// What a step of priority weighs, in days of being late.
const PRIORITY: i64 = 7;
/// Being later than this adds nothing, in days.
const LATEST: i64 = 30;

/// The call list of some people. What says no way to be in touch may be a call.
///
/// # Errors
/// What the store says.
pub fn calls(names: &Names<'_>, owners: &Owners, clock: &Clock, filter: &Filter) -> Result<Vec<Position>> {
    let reader = names.reader();
    let mut found = Vec::new();
    for placed in order(&reader, owners, clock, filter)? {
        if placed.part > Section::Today as u8 {
            break;
        }
        let row = reader.with_row(RecordId::new(followup::ID, placed.num), |row| {
            let late = row.get(followup::DUE).map_or(0, |due| (clock.today() - due.day(clock.tz)).num_days());
            let priority = i64::from(row.get(followup::PRIORITY).unwrap_or(NORMAL));
            let calls = row.get(followup::TYPE).unwrap_or(WAY_CALL) == WAY_CALL;
            let about = (row.get(followup::CUSTOMER), row.get(followup::DEAL));
            calls.then_some((late.clamp(0, LATEST) + priority * PRIORITY, about))
        })?;
        if let Some((urgency, about)) = row.flatten() {
            found.push((urgency, about, placed));
        }
    }
    found.sort_by_key(|(urgency, _, placed)| (Reverse(*urgency), placed.at, placed.num));
    found.truncate(MOST);
    for (urgency, (customer, deal), _) in &mut found {
        let customer = customer.map(|num| RecordId::new(customer::ID, num));
        *urgency += reasons(&reader, customer, *deal, clock)?.iter().map(Reason::weight).sum::<i64>();
    }
    found.sort_by_key(|(urgency, _, placed)| (Reverse(*urgency), placed.at, placed.num));
    Ok(found.into_iter().map(|(.., placed)| Position { part: CALLS, ..placed }).collect())
}

//! What is computed of a customer.

use std::ops::ControlFlow;

use super::{LAST_CONTACT, LAST_WON, NEXT_FOLLOWUP, OPEN_DEALS, OPEN_TICKETS, WON_TOTAL};
use crate::{
    domain::{
        Due, Instant, Record, RecordId, Value, activity,
        choices::WAY_NOTE,
        deal,
        derivation::{Computed, Derivation, Source},
        followup,
        lookup::{Lookup, visit_linked},
        stage, ticket,
        words::money::Money as Amount,
    },
    error::Result,
};

pub(super) static DERIVATIONS: &[Derivation] = &[
    Derivation {
        fields: &[LAST_CONTACT.def()],
        sources: &[Source::Children(
            activity::ID,
            activity::CUSTOMER.def(),
            &[activity::TYPE.def(), activity::AT.def()],
        )],
        compute: Computed::Function(last_contact),
    },
    Derivation {
        fields: &[NEXT_FOLLOWUP.def()],
        sources: &[Source::Children(
            followup::ID,
            followup::CUSTOMER.def(),
            &[followup::STATUS.def(), followup::DUE.def()],
        )],
        compute: Computed::Function(next_followup),
    },
    Derivation {
        fields: &[OPEN_DEALS.def(), WON_TOTAL.def(), LAST_WON.def()],
        sources: &[Source::Children(
            deal::ID,
            deal::CUSTOMER.def(),
            &[deal::STATUS.def(), deal::AMOUNT.def(), deal::CLOSED.def()],
        )],
        compute: Computed::Function(deals),
    },
    Derivation {
        fields: &[OPEN_TICKETS.def()],
        sources: &[Source::Children(ticket::ID, ticket::CUSTOMER.def(), &[ticket::STATUS.def()])],
        compute: Computed::Function(open_tickets),
    },
];

/// The latest activity that is not a note.
fn last_contact(id: RecordId, _: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let mut last = None;
    visit_linked(
        lookup,
        activity::ID,
        |visit| lookup.linking_by(activity::ID, &activity::BY_CUSTOMER, id.num, true, visit),
        |activity| {
            if activity.get(activity::TYPE) == Some(WAY_NOTE) {
                return ControlFlow::Continue(());
            }
            last = activity.get(activity::AT);
            ControlFlow::Break(())
        },
    )?;
    let mut derived = Record::new();
    derived.put(LAST_CONTACT, last);
    Ok(derived)
}

/// The earliest open follow-up.
fn next_followup(id: RecordId, _: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let mut next: Option<Instant> = None;
    visit_linked(
        lookup,
        followup::ID,
        |visit| lookup.linking(followup::ID, &followup::CUSTOMER.def(), id.num, visit),
        |plan| {
            if plan.get(followup::STATUS) == Some(followup::OPEN)
                && let Some(due) = plan.get(followup::DUE)
            {
                let at = moment_of(due);
                next = Some(next.map_or(at, |next| next.min(at)));
            }
            ControlFlow::Continue(())
        },
    )?;
    let mut derived = Record::new();
    derived.put(NEXT_FOLLOWUP, next);
    Ok(derived)
}

/// A point in time for a due day: noon UTC, which is that same day nearly everywhere. A derived field may not depend on
/// the zone of whoever looks.
pub fn moment_of(due: Due) -> Instant {
    match due {
        Due::Day(_) => due.start(chrono_tz::UTC).plus_seconds(12 * 3600),
        Due::At(at) => at,
    }
}

/// Open deals, and what the won ones brought, a sum for each currency.
fn deals(id: RecordId, _: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let (mut open, mut won, mut last_won) = (0, Vec::<Amount>::new(), None);
    let mut numbers = Vec::new();
    lookup.linking(deal::ID, &deal::CUSTOMER.def(), id.num, &mut |num| {
        numbers.push(num);
        ControlFlow::Continue(())
    })?;
    for num in numbers {
        let deal_id = RecordId::new(deal::ID, num);
        let status = lookup.derived(deal_id)?.get(deal::STATUS);
        if status == Some(stage::OPEN) {
            open += 1;
        } else if status == Some(stage::WON)
            && let Some(deal) = lookup.record(deal_id)?
        {
            last_won = last_won.max(deal.get(deal::CLOSED));
            if let Some(amount) = deal.get(deal::AMOUNT) {
                match won.iter_mut().find(|sum| sum.currency == amount.currency) {
                    Some(sum) => sum.minor += amount.minor,
                    None => won.push(amount),
                }
            }
        }
    }
    let mut derived = Record::new();
    if open > 0 {
        derived.set(OPEN_DEALS, open);
    }
    won.sort_by(|a, b| a.currency.as_str().cmp(b.currency.as_str()));
    derived.put(WON_TOTAL, (!won.is_empty()).then(|| won.into_iter().map(Value::Money).collect()));
    derived.put(LAST_WON, last_won);
    Ok(derived)
}

/// How many tickets somebody still has to do something about.
fn open_tickets(id: RecordId, _: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let mut open = 0;
    visit_linked(
        lookup,
        ticket::ID,
        |visit| lookup.linking(ticket::ID, &ticket::CUSTOMER.def(), id.num, visit),
        |ticket| {
            open += i64::from(ticket.get(ticket::STATUS).is_some_and(ticket::is_open));
            ControlFlow::Continue(())
        },
    )?;
    let mut derived = Record::new();
    if open > 0 {
        derived.set(OPEN_TICKETS, open);
    }
    Ok(derived)
}

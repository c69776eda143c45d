//! The next follow-up of a customer as it is shown: the computed field holds a moment, so that it sorts, and that is noon
//! UTC of a day without a time, which is shown as the day that it is.

use std::{borrow::Cow, ops::ControlFlow};

use chrono::NaiveDate;

use crate::{
    domain::{
        Due, FieldDef, Lookup, RecordId, Value, bytes, customer, field::Field, followup, lookup::visit_linked,
        types::DayOrMoment,
    },
    error::Result,
    store::Reader,
};

/// The same field with a day.
const NEXT: FieldDef = customer::NEXT_FOLLOWUP.def();
static DAY: FieldDef = Field::<DayOrMoment>::new(NEXT.tag, NEXT.code, NEXT.en, NEXT.zh).derived().def();

/// Whether a field may be the next follow-up.
pub fn is_next(def: &FieldDef) -> bool {
    def.tag == NEXT.tag && def.code == NEXT.code
}

/// A field of a record as it is shown.
///
/// # Errors
/// What the store says.
pub fn shown<'s>(
    reader: &Reader<'_>,
    id: RecordId,
    def: &'static FieldDef,
    stored: &'s [u8],
) -> Result<(&'static FieldDef, Cow<'s, [u8]>)> {
    if id.kind == customer::ID
        && is_next(def)
        && let Some(day) = day_of(reader, id, stored)?
    {
        let mut bytes = Vec::new();
        bytes::put(&mut bytes, &Value::Due(Due::Day(day)));
        return Ok((&DAY, bytes.into()));
    }
    Ok((def, stored.into()))
}

/// The day on which the next follow-up is due, if it has no time.
fn day_of(reader: &Reader<'_>, id: RecordId, stored: &[u8]) -> Result<Option<NaiveDate>> {
    let Some(at) = bytes::instant(stored) else { return Ok(None) };
    let day = at.day(chrono_tz::UTC);
    if customer::moment_of(Due::Day(day)) != at {
        return Ok(None);
    }
    let mut found = None;
    visit_linked(
        reader,
        followup::ID,
        |visit| reader.linking(followup::ID, &followup::CUSTOMER.def(), id.num, visit),
        |plan| match plan.get(followup::DUE).filter(|_| plan.get(followup::STATUS) == Some(followup::OPEN)) {
            Some(Due::Day(due)) if due == day => {
                found = Some(day);
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        },
    )?;
    Ok(found)
}

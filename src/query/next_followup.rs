//! The next follow-up of a customer as it is shown: the computed field holds a moment, so that it sorts, and that is noon
//! UTC of a day without a time, which is shown as the day that it is.

use std::{borrow::Cow, ops::ControlFlow};

use chrono::NaiveDate;

use crate::{
    domain::{
        Due, FieldDef, Instant, Lookup, RecordId, Value, bytes, customer, field::Field, followup, lookup::visit_linked,
        types::DayOrMoment,
    },
    error::Result,
    store::Reader,
};

/// The same field with a day.
const NEXT: FieldDef = customer::NEXT_FOLLOWUP.def();
static DAY: FieldDef = Field::<DayOrMoment>::new(NEXT.tag, NEXT.code, NEXT.en, NEXT.zh).derived().def();

/// The next follow-up of a customer as a field with days, any other field as it is.
pub fn with_days(def: &'static FieldDef) -> &'static FieldDef {
    if customer::is_next_followup(def) { &DAY } else { def }
}

/// When the next follow-up of a customer is due: the day where it has no time, else the moment.
///
/// # Errors
/// What the store says.
pub fn due(reader: &Reader<'_>, id: RecordId, at: Instant) -> Result<Due> {
    Ok(day_of(reader, id, at)?.map_or(Due::At(at), Due::Day))
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
        && customer::is_next_followup(def)
        && let Some(at) = bytes::instant(stored)
        && let Some(day) = day_of(reader, id, at)?
    {
        let mut bytes = Vec::new();
        bytes::put(&mut bytes, &Value::Due(Due::Day(day)));
        return Ok((&DAY, bytes.into()));
    }
    Ok((def, stored.into()))
}

/// The day on which the next follow-up is due, if it has no time.
fn day_of(reader: &Reader<'_>, id: RecordId, at: Instant) -> Result<Option<NaiveDate>> {
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

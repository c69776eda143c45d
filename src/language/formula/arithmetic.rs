//! What the signs do with two values. What cannot be is empty, with the reason.

use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    domain::{
        Instant,
        words::{calendar, money::Currency},
    },
    text::fold_cow,
};

use super::{
    datum::{Amount, Datum, rounded, settled},
    node::Arithmetic::{self, Add, Divide, Multiply, Subtract},
    reason::ReasonKind,
};

const DAY: i64 = 24 * 60 * 60;

/// What a sign gives of two values. Days of instants are those of a zone.
pub(super) fn arithmetic(op: Arithmetic, left: Datum, right: Datum, tz: Tz) -> Result<Datum, ReasonKind> {
    use Datum::{Date, Duration, Instant as At, Money, Number, Text};
    let number = |left, right| calculate(op, left, right);
    match (op, left, right) {
        (_, Number(left), Number(right)) => number(left, right).map(Number),
        (Divide, Money(left), Money(right)) => {
            agreed(left.currency, right.currency)?;
            number(left.number, right.number).map(Number)
        }
        (Add | Subtract, Money(left), Money(right)) => {
            let currency = agreed(left.currency, right.currency)?;
            Ok(Money(Amount { number: number(left.number, right.number)?, currency }))
        }
        (_, Money(left), Number(right)) => Ok(Money(Amount { number: number(left.number, right)?, ..left })),
        (_, Number(left), Money(right)) => Ok(Money(Amount { number: number(left, right.number)?, ..right })),
        (Divide, Duration(left), Duration(right)) => number(left, right).map(Number),
        (_, Duration(left), Duration(right) | Number(right)) | (_, Number(left), Duration(right)) => {
            number(left, right).map(Duration)
        }
        (Add, Text(left), Text(right)) => Ok(Text(left + &right)),
        (Add, Date(day), Duration(length)) | (Add, Duration(length), Date(day)) => moved(day, length).map(Date),
        (Subtract, Date(day), Duration(length)) => moved(day, -length).map(Date),
        (Add, At(at), Duration(length)) | (Add, Duration(length), At(at)) => later(at, length).map(At),
        (Subtract, At(at), Duration(length)) => later(at, -length).map(At),
        (Subtract, At(left), At(right)) => Ok(Duration(
            Decimal::from(left.0.checked_sub(right.0).ok_or(ReasonKind::TooLarge)?) / Decimal::ONE_THOUSAND,
        )),
        // A day and a point in time, or two days: whole days from the one to the other.
        (_, left, right) => {
            let (left, right) =
                (day_of(&left, tz).ok_or(ReasonKind::Empty)?, day_of(&right, tz).ok_or(ReasonKind::Empty)?);
            Ok(Duration((left.signed_duration_since(right).num_days() * DAY).into()))
        }
    }
}

fn calculate(op: Arithmetic, left: Decimal, right: Decimal) -> Result<Decimal, ReasonKind> {
    let result = match op {
        Add => left.checked_add(right),
        Subtract => left.checked_sub(right),
        Multiply => left.checked_mul(right),
        Divide if right.is_zero() => return Err(ReasonKind::DividedByZero),
        Divide => left.checked_div(right),
    };
    result.ok_or(ReasonKind::TooLarge)
}

/// The currency of two amounts; a bare number is of the other's.
pub(super) fn agreed(one: Option<Currency>, other: Option<Currency>) -> Result<Option<Currency>, ReasonKind> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Err(ReasonKind::Currencies(one, other)),
        (one, other) => Ok(one.or(other)),
    }
}

fn moved(day: NaiveDate, length: Decimal) -> Result<NaiveDate, ReasonKind> {
    let days = settled(length / Decimal::from(DAY));
    if !days.is_integer() {
        return Err(ReasonKind::PartOfDay);
    }
    let days = days.to_i64().ok_or(ReasonKind::TooLarge)?;
    calendar::shift_days(day, days).ok_or(ReasonKind::TooLarge)
}

fn later(at: Instant, length: Decimal) -> Result<Instant, ReasonKind> {
    let millis = length.checked_mul(Decimal::ONE_THOUSAND).and_then(|millis| rounded(millis, 0));
    let moved = millis.and_then(|millis| at.0.checked_add(millis.to_i64()?)).ok_or(ReasonKind::TooLarge)?;
    // Beyond what a calendar prints there is nothing to keep.
    let instant = chrono::DateTime::from_timestamp_millis(moved).filter(|at| calendar::prints_everywhere(*at));
    instant.map(Instant::from).ok_or(ReasonKind::TooLarge)
}

fn day_of(datum: &Datum, tz: Tz) -> Option<NaiveDate> {
    match datum {
        Datum::Date(day) => Some(*day),
        Datum::Instant(at) => Some(at.day(tz)),
        _ => None,
    }
}

/// How two values stand to each other; `None` where they cannot be compared.
pub(super) fn order(left: &Datum, right: &Datum, tz: Tz) -> Result<std::cmp::Ordering, ReasonKind> {
    Ok(match (left, right) {
        (Datum::Number(left), Datum::Number(right)) | (Datum::Duration(left), Datum::Duration(right)) => {
            settled(*left).cmp(&settled(*right))
        }
        (Datum::Money(left), Datum::Money(right)) => {
            agreed(left.currency, right.currency)?;
            settled(left.number).cmp(&settled(right.number))
        }
        (Datum::Text(left), Datum::Text(right)) => fold_cow(left).cmp(&fold_cow(right)),
        (Datum::Instant(left), Datum::Instant(right)) => left.cmp(right),
        (Datum::YesNo(left), Datum::YesNo(right)) => left.cmp(right),
        (Datum::Choice(left), Datum::Choice(right)) => left.cmp(right),
        (Datum::Link(left), Datum::Link(right)) => left.cmp(right),
        (left, right) => {
            let days = day_of(left, tz).zip(day_of(right, tz));
            let (left, right) = days.ok_or(ReasonKind::Empty)?;
            left.cmp(&right)
        }
    })
}

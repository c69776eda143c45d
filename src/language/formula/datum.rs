//! Values on their way through a formula: exact, and not yet rounded.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{Due, Instant, Type, Value, words::money::Currency};

/// What a part of a formula is.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// A number; 10% is 0.1.
    Number(Decimal),
    /// An amount.
    Money(Amount),
    /// Amounts of several currencies, in the order of their codes.
    Amounts(Vec<Amount>),
    /// Text.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A point in time.
    Instant(Instant),
    /// Seconds.
    Duration(Decimal),
    /// Yes or no.
    YesNo(bool),
    /// The number of a choice.
    Choice(u16),
    /// The number of a record.
    Link(u64),
}

/// An amount, however fine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// How many main units.
    pub number: Decimal,
    /// Of which currency; a bare number is of the one that it meets, and of the default currency where it meets none.
    pub currency: Option<Currency>,
}

/// So many digits of a number count: what a division leaves behind them is none of its value.
const DIGITS: u32 = 25;

impl Datum {
    /// A value of a field of this type; `None` for a list of anything but amounts, and for an amount beyond all digits.
    pub fn of(value: Value, ty: Type) -> Option<Self> {
        Some(match value {
            Value::Text(text) => Self::Text(text),
            Value::Phone(phone) => Self::Text(phone.number),
            Value::Whole(number) => Self::Number(number.into()),
            Value::Decimal(percent) if ty == Type::Rate => Self::Number(percent.checked_div(Decimal::ONE_HUNDRED)?),
            Value::Decimal(number) => Self::Number(number),
            Value::Percent(percent) => Self::Number(Decimal::new(percent.into(), 2)),
            Value::Money(money) => Self::Money(Amount { number: money.decimal()?, currency: Some(money.currency) }),
            Value::UnitPrice(price) => Self::Money(Amount { number: price.decimal()?, currency: Some(price.currency) }),
            Value::Date(day) | Value::Due(Due::Day(day)) => Self::Date(day),
            Value::Instant(at) | Value::Due(Due::At(at)) => Self::Instant(at),
            Value::Duration(seconds) => Self::Duration(seconds.into()),
            Value::Choice(number) => Self::Choice(number),
            Value::YesNo(yes) => Self::YesNo(yes),
            Value::Link(number) => Self::Link(number),
            Value::List(items) => {
                let amounts = items.into_iter().map(|item| match Self::of(item, ty) {
                    Some(Self::Money(amount)) => Some(amount),
                    _ => None,
                });
                Self::amounts(amounts.collect::<Option<Vec<_>>>()?)?
            }
        })
    }

    /// Several amounts, of each currency their sum; `None` where there is none, or one is too large.
    pub fn amounts(amounts: Vec<Amount>) -> Option<Self> {
        let mut sums: Vec<Amount> = Vec::new();
        for amount in amounts {
            match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
                Some(sum) => sum.number = sum.number.checked_add(amount.number)?,
                None => sums.push(amount),
            }
        }
        sums.sort_by_key(|sum| sum.currency);
        (!sums.is_empty()).then_some(Self::Amounts(sums))
    }
}

/// A number without what a division left behind the digits that count: a third three times over is one.
pub(super) fn settled(number: Decimal) -> Decimal {
    number.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).unwrap_or(number)
}

/// A number with so many decimals, halves away from zero; negative ones round to tens, hundreds and so on.
pub(super) fn rounded(number: Decimal, decimals: i32) -> Option<Decimal> {
    let half_away = RoundingStrategy::MidpointAwayFromZero;
    let has_no_more = u32::try_from(decimals).is_ok_and(|decimals| number.scale() <= decimals);
    if has_no_more && number.mantissa().unsigned_abs() < 10_u128.pow(DIGITS) {
        return Some(number);
    }
    let number = settled(number);
    match u32::try_from(decimals) {
        Ok(decimals) => Some(number.round_dp_with_strategy(decimals, half_away)),
        Err(_) => {
            let unit = Decimal::try_from_i128_with_scale(10_i128.checked_pow(decimals.unsigned_abs())?, 0).ok()?;
            number.checked_div(unit)?.round_dp_with_strategy(0, half_away).checked_mul(unit)
        }
    }
}

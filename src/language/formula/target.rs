//! What a formula gave as the value of a field: the one place where anything is rounded.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{
    domain::{
        Due, FieldDef, Type, Value,
        read::{ReadContext, exact_in_range, read},
        words::money::{Money, UnitPrice},
    },
    error::Error,
    text::said,
};

use super::{
    datum::{Amount, Datum, rounded},
    evaluate::EvalContext,
    reason::ReasonKind,
};

/// The value to keep in a field, rounded as the field has it: whole numbers, so many decimals, the digits of a currency,
/// whole percent, whole seconds. Text that is empty is no value.
pub(super) fn kept(datum: Datum, def: &FieldDef, context: &EvalContext) -> Result<Option<Value>, ReasonKind> {
    let decimals = u32::from(def.most_decimals());
    let money = |amount: Amount| {
        let currency = amount.currency.unwrap_or(context.currency);
        let units = |decimals: u8| {
            let units = in_units(amount.number, u32::from(decimals))?;
            units.to_i64().map(i128::from).ok_or(ReasonKind::TooLarge)
        };
        Ok(match def.ty {
            Type::UnitPrice => Value::UnitPrice(UnitPrice { millionths: units(UnitPrice::DECIMALS)?, currency }),
            _ => Value::Money(Money { minor: units(currency.digits())?, currency }),
        })
    };
    Ok(Some(match (datum, def.ty) {
        (Datum::Amounts(amounts), Type::Money | Type::UnitPrice) if def.many => {
            Value::List(amounts.into_iter().map(money).collect::<Result<_, ReasonKind>>()?)
        }
        (Datum::Amounts(amounts), Type::Money | Type::UnitPrice) => match amounts[..] {
            [amount] => money(amount)?,
            [one, other, ..] => {
                let (one, other) = (one.currency, other.currency);
                return Err(ReasonKind::Currencies(one.unwrap_or(context.currency), other.unwrap_or(context.currency)));
            }
            [] => return Ok(None),
        },
        (Datum::Money(amount), Type::Money | Type::UnitPrice) if def.many => Value::List(vec![money(amount)?]),
        (Datum::Money(amount), Type::Money | Type::UnitPrice) => money(amount)?,
        (Datum::Number(number), Type::Whole) => {
            let (least, most) = def.range();
            let whole = in_units(number, 0)?.to_i64().ok_or(ReasonKind::TooLarge)?;
            if !(least..=most).contains(&whole) {
                return Err(ReasonKind::Refused(said!(
                    "{whole} is not between {least} and {most}",
                    "{whole} 不在 {least} 到 {most} 之间"
                )));
            }
            Value::Whole(whole)
        }
        (Datum::Number(number), Type::Decimal) => exact(def, number, decimals)?,
        (Datum::Number(number), Type::Rate) => {
            let percent = number.checked_mul(Decimal::ONE_HUNDRED).ok_or(ReasonKind::TooLarge)?;
            exact(def, percent, decimals)?
        }
        (Datum::Number(number), Type::Percent) => {
            let percent = in_units(number, 2)?;
            let whole = percent.to_u8().filter(|percent| *percent <= 100);
            Value::Percent(whole.ok_or_else(|| {
                ReasonKind::Refused(said!("{percent}% is not between 0% and 100%", "{percent}% 不在 0% 到 100% 之间"))
            })?)
        }
        (Datum::Text(text), Type::Text | Type::LongText | Type::Email | Type::Url | Type::Phone) => {
            return as_written(def, &text, context);
        }
        (Datum::Date(day), Type::Date) => Value::Date(day),
        (Datum::Date(day), Type::Due) => Value::Due(Due::Day(day)),
        (Datum::Instant(at), Type::Instant) => Value::Instant(at),
        (Datum::Instant(at), Type::Due) => Value::Due(Due::At(at)),
        (Datum::Duration(seconds), Type::Duration) => {
            Value::Duration(in_units(seconds, 0)?.to_i64().ok_or(ReasonKind::TooLarge)?)
        }
        (Datum::Choice(number), Type::Choice) => Value::Choice(number),
        (Datum::YesNo(yes), Type::YesNo) => Value::YesNo(yes),
        (Datum::Link(number), Type::Link) => Value::Link(number),
        _ => {
            return Err(ReasonKind::Refused(said!(
                "the field keeps values of another type",
                "该字段保存的是另一种类型"
            )));
        }
    }))
}

/// A number with decimals, within the bounds of its field.
fn exact(def: &FieldDef, number: Decimal, decimals: u32) -> Result<Value, ReasonKind> {
    let number = rounded(number, decimals as i32).ok_or(ReasonKind::TooLarge)?.normalize();
    let within = exact_in_range(def, &number.to_string(), number);
    within.map(Value::Decimal).map_err(|error| ReasonKind::Refused(error.what().clone()))
}

/// A number as a whole number of units of so many decimals.
fn in_units(number: Decimal, decimals: u32) -> Result<Decimal, ReasonKind> {
    let units = Decimal::from(10_u64.pow(decimals));
    rounded(number, decimals as i32).and_then(|number| number.checked_mul(units)).ok_or(ReasonKind::TooLarge)
}

/// Text as the field reads it when a person types it.
fn as_written(def: &FieldDef, text: &str, context: &EvalContext) -> Result<Option<Value>, ReasonKind> {
    let links = |_: &FieldDef, _: &str| Err(Error::invalid(said!("this is no link", "这不是关联")));
    let reading = ReadContext {
        now: context.now.into(),
        tz: context.tz,
        week_start: context.week_start,
        currency: context.currency,
        date_format: None,
        decimal: None,
        links: &links,
    };
    read(def, text, &reading).map_err(|error| ReasonKind::Refused(error.what().clone()))
}

//! What `field+=value` and `field-=value` do.
//!
//! Lists grow and shrink by items; numbers, money and durations by an amount; days and instants by days of the calendar
//! and a length of time: a day later is the same time of day, also where the clocks are changed between.

use std::fmt::Display;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_decimal::Decimal;

use super::{
    field::{FieldDef, Type},
    read::{ReadContext, exact_in_range, in_range, not_yet, read, read_item},
    value::{Due, Instant, Items, Phone, Value},
    words::{
        calendar::{self, shift_days, shift_months},
        duration,
        money::{Currency, Money, UnitPrice},
        number, when, year_day,
    },
};
use crate::{
    error::{Error, Result},
    text::said,
};

const DAY: i64 = 24 * 60 * 60;

/// What stands after `+=` or `-=`.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// The items of a list, or an amount.
    Value(Value),
    /// How far a date moves: so many months and days of the calendar, and then so many seconds.
    Shift {
        /// The months.
        months: i64,
        /// The days.
        days: i64,
        /// The seconds.
        seconds: i64,
    },
}

/// Reads what stands after `+=` or `-=`: the items of a list, an amount, or for a date how long.
pub fn operand(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<Operand> {
    let missing = || Error::invalid(said!("nothing stands after += or -=", "+= 或 -= 之后没有内容")).at(def.named());
    if def.many {
        return read(def, text, reading)?.map(Operand::Value).ok_or_else(missing);
    }
    if text.trim().is_empty() && !matches!(takes(def.ty), Takes::Nothing) {
        return Err(missing());
    }
    Ok(Operand::Value(match takes(def.ty) {
        Takes::Itself => read_item(def, text, reading)?,
        Takes::Exact => read_item(&FieldDef { bounds: Some((i64::MIN, i64::MAX)), ..*def }, text, reading)?,
        Takes::Whole => {
            let text = text.trim().trim_end_matches(['%', '％']);
            read_item(&FieldDef { ty: Type::Whole, bounds: Some((i64::MIN, i64::MAX)), ..*def }, text, reading)?
        }
        Takes::Duration => duration_of(def, text, reading)?,
        Takes::Days => {
            // One number with its unit is read as where a date is said: `1m` is a month.
            if let Some((months, days, seconds)) = when::distance(text) {
                return Ok(Operand::Shift { months, days, seconds });
            }
            let months = 0;
            return match duration::in_days(text) {
                Ok((days, seconds)) => Ok(Operand::Shift { months, days, seconds }),
                Err(_) => match duration_of(def, text, reading)? {
                    Value::Duration(seconds) => {
                        Ok(Operand::Shift { months, days: seconds / DAY, seconds: seconds % DAY })
                    }
                    _ => Err(not_for(def)),
                },
            };
        }
        Takes::Nothing => return Err(not_for(def)),
    }))
}

/// A length of time; a bare number is one of days.
fn duration_of(def: &FieldDef, text: &str, reading: &ReadContext<'_>) -> Result<Value> {
    // The duration comes first: `30m` is half an hour, not thirty million days.
    match (duration::parse(text), number::parse_whole(text)) {
        (Err(_), Ok(days)) => days.checked_mul(DAY).map(Value::Duration).ok_or_else(|| out_of_range(def)),
        _ => read_item(&FieldDef { ty: Type::Duration, ..*def }, text, reading),
    }
}

/// The day of a change, and the zone whose time clocks show.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Today.
    pub today: NaiveDate,
    /// The zone.
    pub tz: Tz,
}

/// The field after `+=`.
pub fn add(def: &FieldDef, old: Option<Value>, operand: Operand, clock: Clock) -> Result<Option<Value>> {
    let operand = match operand {
        Operand::Shift { months, days, seconds } => return shifted(def, old, (months, days, seconds), clock).map(Some),
        Operand::Value(operand) => operand,
    };
    if !def.many {
        return moved(def, old, operand).map(Some);
    }
    let mut all = Items::of(old);
    for item in items(Some(operand)) {
        all.include(item);
    }
    Ok(all.into_value())
}

/// Telephone numbers after those of a label are given: the others stay.
pub fn numbers(old: Option<Value>, label: u16, new: Option<&Value>) -> Option<Value> {
    let others =
        items(old).into_iter().filter(|item| !matches!(item, Value::Phone(phone) if phone.label == Some(label)));
    let mut all = Items::of(Some(Value::List(others.collect())));
    items(new.cloned()).into_iter().for_each(|item| all.include(labelled(item, label)));
    all.into_value()
}

/// Telephone numbers with a label, where they say none themselves.
pub fn labelled(numbers: Value, label: u16) -> Value {
    match numbers {
        Value::Phone(phone) => Value::Phone(Phone { label: phone.label.or(Some(label)), ..phone }),
        Value::List(all) => Value::List(all.into_iter().map(|number| labelled(number, label)).collect()),
        other => other,
    }
}

/// The field after `-=`.
pub fn remove(def: &FieldDef, old: Option<Value>, operand: Operand, clock: Clock) -> Result<Option<Value>> {
    let negative = |number: i64| number.checked_neg().ok_or_else(|| out_of_range(def));
    let operand = match operand {
        Operand::Shift { months, days, seconds } => {
            return shifted(def, old, (negative(months)?, negative(days)?, negative(seconds)?), clock).map(Some);
        }
        Operand::Value(operand) => operand,
    };
    if !def.many {
        return moved(def, old, negated(def, operand)?).map(Some);
    }
    let unwanted = Items::of(Some(operand));
    let mut items = items(old);
    items.retain(|item| !unwanted.has(item));
    Ok((!items.is_empty()).then_some(Value::List(items)))
}

/// What a field of one value can grow and shrink by.
enum Takes {
    /// A value of its own type.
    Itself,
    /// A number with decimals, outside the field's bounds, too.
    Exact,
    /// A whole number outside the field's bounds, too.
    Whole,
    /// A length of time.
    Duration,
    /// Days, and a length of time.
    Days,
    /// Nothing: it can only be set.
    Nothing,
}

const fn takes(ty: Type) -> Takes {
    match ty {
        Type::Money | Type::UnitPrice => Takes::Itself,
        Type::Decimal | Type::Rate => Takes::Exact,
        Type::Whole | Type::Percent => Takes::Whole,
        Type::Duration => Takes::Duration,
        Type::Date | Type::Instant | Type::Due => Takes::Days,
        Type::Text
        | Type::LongText
        | Type::Email
        | Type::Url
        | Type::Phone
        | Type::Choice
        | Type::YesNo
        | Type::Link => Takes::Nothing,
    }
}

/// A list's items; a lone value is a list of one.
fn items(value: Option<Value>) -> Vec<Value> {
    match value {
        Some(Value::List(items)) => items,
        Some(item) => vec![item],
        None => Vec::new(),
    }
}

fn negated(def: &FieldDef, operand: Value) -> Result<Value> {
    let negative = |number: i64| number.checked_neg().ok_or_else(|| out_of_range(def));
    Ok(match operand {
        Value::Whole(number) => Value::Whole(negative(number)?),
        Value::Duration(seconds) => Value::Duration(negative(seconds)?),
        Value::Money(money) => Value::Money(Money { minor: -money.minor, ..money }),
        Value::UnitPrice(price) => Value::UnitPrice(UnitPrice { millionths: -price.millionths, ..price }),
        Value::Decimal(number) => Value::Decimal(-number),
        other => other,
    })
}

/// The old value moved by `by`. A number that is not set counts as none; a date that is not set cannot move.
fn moved(def: &FieldDef, old: Option<Value>, by: Value) -> Result<Value> {
    let sum = |a: i64, b: i64| a.checked_add(b).ok_or_else(|| out_of_range(def));
    match (def.ty, old, by) {
        (Type::Whole, old, Value::Whole(by)) => {
            let old = if let Some(Value::Whole(old)) = old { old } else { 0 };
            let number = sum(old, by)?;
            in_range(def, &number.to_string(), number).map(Value::Whole)
        }
        (Type::Percent, old, Value::Whole(by)) => {
            let old = if let Some(Value::Percent(old)) = old { old } else { 0 };
            let percent = sum(i64::from(old), by)?;
            let percent = in_range(&FieldDef { bounds: Some((0, 100)), ..*def }, &percent.to_string(), percent)?;
            u8::try_from(percent).map(Value::Percent).map_err(|_| out_of_range(def))
        }
        (Type::Decimal | Type::Rate, old, Value::Decimal(by)) => {
            let old = if let Some(Value::Decimal(old)) = old { old } else { Decimal::ZERO };
            let number = old.checked_add(by).ok_or_else(|| out_of_range(def))?;
            exact_in_range(def, &number::print(number), number).map(Value::Decimal)
        }
        (Type::Money, None, by @ Value::Money(_)) => Ok(by),
        (Type::Money, Some(Value::Money(old)), Value::Money(by)) if old.currency == by.currency => {
            let minor = old.minor.checked_add(by.minor).filter(|minor| i64::try_from(*minor).is_ok());
            Ok(Value::Money(Money { minor: minor.ok_or_else(|| out_of_range(def))?, ..old }))
        }
        (Type::Money, Some(Value::Money(old)), Value::Money(by)) => Err(not_together(def, by, old, old.currency)),
        (Type::UnitPrice, None, by @ Value::UnitPrice(_)) => Ok(by),
        (Type::UnitPrice, Some(Value::UnitPrice(old)), Value::UnitPrice(by)) if old.currency == by.currency => {
            let millionths = old.millionths.checked_add(by.millionths).filter(|sum| i64::try_from(*sum).is_ok());
            Ok(Value::UnitPrice(UnitPrice { millionths: millionths.ok_or_else(|| out_of_range(def))?, ..old }))
        }
        (Type::UnitPrice, Some(Value::UnitPrice(old)), Value::UnitPrice(by)) => {
            Err(not_together(def, by, old, old.currency))
        }
        (Type::Duration, None, by @ Value::Duration(_)) => Ok(by),
        (Type::Duration, Some(Value::Duration(old)), Value::Duration(by)) => sum(old, by).map(Value::Duration),
        _ => Err(not_for(def)),
    }
}

/// The old date moved by months, by days and then by seconds. One that is not set cannot move.
fn shifted(
    def: &FieldDef,
    old: Option<Value>,
    (months, days, seconds): (i64, i64, i64),
    clock: Clock,
) -> Result<Value> {
    let moved = |day: NaiveDate, days| {
        shift_months(day, months).and_then(|day| shift_days(day, days)).ok_or_else(|| out_of_range(def))
    };
    let day_later = |day| {
        let days = days.checked_add(whole_days(def, seconds)?).ok_or_else(|| out_of_range(def))?;
        moved(day, days)
    };
    let later = |at: Instant| {
        let at = if days == 0 && months == 0 {
            at
        } else {
            let local = at.utc().with_timezone(&clock.tz).naive_local();
            let day = moved(local.date(), days)?;
            calendar::instant(day.and_time(local.time()), clock.tz).into()
        };
        later(def, at, seconds)
    };
    match old {
        Some(Value::Date(day)) => {
            let moved = day_later(day)?;
            let fits = year_day::is(moved) == year_day::is(day) && moved <= clock.today;
            if def.yearless && !fits { Err(not_yet(def, &moved.to_string())) } else { Ok(Value::Date(moved)) }
        }
        Some(Value::Due(Due::Day(day))) => day_later(day).map(|day| Value::Due(Due::Day(day))),
        Some(Value::Due(Due::At(at))) => later(at).map(|at| Value::Due(Due::At(at))),
        Some(Value::Instant(at)) => later(at).map(Value::Instant),
        None => {
            let message = said!("there is no date yet that could be moved", "尚无日期，无法推移");
            Err(Error::invalid(message).at(def.named()).hint(said!(
                ("set it: {}=+3d is three days from now", def.code),
                ("请直接填写，例如 {}=3天后", def.zh)
            )))
        }
        Some(_) => Err(not_for(def)),
    }
}

fn whole_days(def: &FieldDef, seconds: i64) -> Result<i64> {
    if seconds % DAY == 0 {
        return Ok(seconds / DAY);
    }
    let message = said!("a day moves by whole days only", "日期只能按整天推移");
    Err(Error::invalid(message).at(def.named()).hint(said!("write 3d, 2w or a number of days", "请写 3d、2w 或天数")))
}

fn later(def: &FieldDef, at: Instant, seconds: i64) -> Result<Instant> {
    let ms = seconds.checked_mul(1000).and_then(|ms| at.0.checked_add(ms)).ok_or_else(|| out_of_range(def))?;
    match chrono::DateTime::from_timestamp_millis(ms) {
        Some(moved) if calendar::prints_everywhere(moved) => Ok(Instant(ms)),
        _ => Err(out_of_range(def)),
    }
}

fn not_together(def: &FieldDef, by: impl Display, old: impl Display, currency: Currency) -> Error {
    let message = said!("{by} cannot be counted together with {old}", "{by} 与 {old} 无法相加");
    Error::invalid(message).at(def.named()).hint(said!("write the amount in {currency}", "请用 {currency} 写金额"))
}

fn out_of_range(def: &FieldDef) -> Error {
    Error::invalid(said!("the result is out of range", "结果超出范围")).at(def.named())
}

fn not_for(def: &FieldDef) -> Error {
    let message = said!(
        "+= and -= are for lists, numbers, money, durations and dates",
        "+= 和 -= 只用于列表、数字、金额、时长和日期"
    );
    Error::usage(message).at(def.named()).hint(said!(("set the field: {}=...", def.code), ("请直接填写：{}=…", def.zh)))
}

#[cfg(test)]
mod tests;

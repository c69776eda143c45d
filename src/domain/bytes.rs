//! How values stand in a row: the shortest plain form of each type.
//!
//! | type | bytes |
//! | --- | --- |
//! | text, e-mail, url | UTF-8 |
//! | whole, duration, instant (ms), date (days since 1970) | zigzag LEB128 |
//! | money | ISO code (3), then minor units as zigzag LEB128 |
//! | day or instant | 0 and a date, or 1 and an instant |
//! | choice, link | LEB128 |
//! | decimal, rate | how many decimals (1), then its digits as zigzag LEB128; no zeros at the end |
//! | unit price | ISO code (3), then millionths as zigzag LEB128 |
//! | percent, yes/no | one byte |
//! | phone | label + 1 or 0 (one byte), then the number |
//! | list | each item: length as LEB128, bytes |

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    field::Type,
    value::{Due, Instant, Phone, Value},
    words::money::{Currency, Money, UnitPrice},
};

/// Appends an unsigned number as LEB128.
#[inline]
pub fn put_unsigned(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number as u8) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes an unsigned number off the front.
#[inline]
pub fn take_unsigned(bytes: &mut &[u8]) -> Option<u64> {
    // Nearly all tags and lengths are one byte.
    match bytes.split_first() {
        Some((first, rest)) if *first < 0x80 => {
            *bytes = rest;
            Some(u64::from(*first))
        }
        _ => take_long(bytes),
    }
}

fn take_long(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for (i, byte) in bytes.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            *bytes = &bytes[i + 1..];
            return Some(number);
        }
    }
    None
}

fn put_signed(out: &mut Vec<u8>, number: i64) {
    put_unsigned(out, ((number << 1) ^ (number >> 63)) as u64);
}

/// Reads a whole LEB128 number.
pub fn unsigned(mut bytes: &[u8]) -> Option<u64> {
    take_unsigned(&mut bytes).filter(|_| bytes.is_empty())
}

/// Reads a zigzag number.
pub fn signed(bytes: &[u8]) -> Option<i64> {
    unsigned(bytes).map(|n| ((n >> 1) as i64) ^ -((n & 1) as i64))
}

/// Reads one byte.
pub fn byte(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [byte] => Some(*byte),
        _ => None,
    }
}

/// Reads the number of a choice.
pub fn choice(bytes: &[u8]) -> Option<u16> {
    unsigned(bytes)?.try_into().ok()
}

/// Reads yes or no.
pub fn yes_no(bytes: &[u8]) -> Option<bool> {
    byte(bytes).map(|byte| byte != 0)
}

/// Appends a signed number of any size; one of 64 bits as [`put_signed`] does.
pub fn put_wide(out: &mut Vec<u8>, number: i128) {
    let mut number = ((number << 1) ^ (number >> 127)) as u128;
    while number >= 0x80 {
        out.push((number as u8) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a signed number of any size off the front.
pub fn take_wide(bytes: &mut &[u8]) -> Option<i128> {
    let mut number = 0_u128;
    for (i, byte) in bytes.iter().take(19).enumerate() {
        number |= u128::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            *bytes = &bytes[i + 1..];
            return Some(((number >> 1) as i128) ^ -((number & 1) as i128));
        }
    }
    None
}

/// Reads an amount.
pub fn money(bytes: &[u8]) -> Option<Money> {
    amount(bytes).map(|(minor, currency)| Money { minor, currency })
}

/// Reads a unit price.
pub fn unit_price(bytes: &[u8]) -> Option<UnitPrice> {
    amount(bytes).map(|(millionths, currency)| UnitPrice { millionths, currency })
}

fn amount(bytes: &[u8]) -> Option<(i128, Currency)> {
    let (code, mut digits) = bytes.split_at_checked(3)?;
    let number = take_wide(&mut digits).filter(|_| digits.is_empty())?;
    Some((number, Currency::from_bytes(code.try_into().ok()?)?))
}

fn put_amount(out: &mut Vec<u8>, number: i128, currency: Currency) {
    out.extend_from_slice(currency.as_str().as_bytes());
    put_wide(out, number);
}

/// Reads a day.
pub fn date(bytes: &[u8]) -> Option<NaiveDate> {
    day_from_number(signed(bytes)?)
}

/// Reads a point in time.
pub fn instant(bytes: &[u8]) -> Option<Instant> {
    signed(bytes).map(Instant)
}

/// Reads a day or a point in time.
pub fn due(bytes: &[u8]) -> Option<Due> {
    match bytes.split_first()? {
        (0, day) => date(day).map(Due::Day),
        (_, at) => instant(at).map(Due::At),
    }
}

/// Reads the label and the number of a telephone.
pub fn phone(bytes: &[u8]) -> Option<(Option<u16>, &str)> {
    let (label, number) = bytes.split_first()?;
    Some((label.checked_sub(1).map(u16::from), text(number)?))
}

/// Reads text.
pub fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Reads a decimal number.
pub fn decimal(bytes: &[u8]) -> Option<Decimal> {
    let (decimals, mut digits) = bytes.split_first()?;
    let number = take_wide(&mut digits).filter(|_| digits.is_empty())?;
    Decimal::try_from_i128_with_scale(number, u32::from(*decimals)).ok()
}

/// Appends a decimal number; equal ones have the same bytes.
fn put_decimal(out: &mut Vec<u8>, number: Decimal) {
    let number = number.normalize();
    // No more than 28.
    out.push(number.scale() as u8);
    put_wide(out, number.mantissa());
}

/// Days since 1970-01-01.
pub fn day_number(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

/// The day that many days after 1970-01-01.
pub fn day_from_number(number: i64) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(number)?)
}

/// The items of a stored list.
pub fn items(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let length = take_unsigned(&mut bytes)? as usize;
        let (item, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        Some(item)
    })
}

/// Reads one value of a type; `None` where the bytes do not fit it.
pub fn read(ty: Type, bytes: &[u8]) -> Option<Value> {
    Some(match ty {
        Type::Text | Type::LongText | Type::Email | Type::Url => Value::Text(text(bytes)?.to_owned()),
        Type::Phone => {
            let (label, number) = phone(bytes)?;
            Value::Phone(Phone { number: number.to_owned(), label })
        }
        Type::Whole => Value::Whole(signed(bytes)?),
        Type::Decimal | Type::Rate => Value::Decimal(decimal(bytes)?),
        Type::Money => Value::Money(money(bytes)?),
        Type::UnitPrice => Value::UnitPrice(unit_price(bytes)?),
        Type::Percent => Value::Percent(byte(bytes)?),
        Type::Date => Value::Date(date(bytes)?),
        Type::Instant => Value::Instant(instant(bytes)?),
        Type::Due => Value::Due(due(bytes)?),
        Type::Duration => Value::Duration(signed(bytes)?),
        Type::Choice => Value::Choice(choice(bytes)?),
        Type::YesNo => Value::YesNo(yes_no(bytes)?),
        Type::Link => Value::Link(unsigned(bytes)?),
    })
}

/// Appends a value in its stored form.
pub fn put(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Text(text) => out.extend_from_slice(text.as_bytes()),
        Value::Phone(phone) => {
            out.push(phone.label.map_or(0, |label| label as u8 + 1));
            out.extend_from_slice(phone.number.as_bytes());
        }
        Value::Whole(number) | Value::Duration(number) => put_signed(out, *number),
        Value::Decimal(number) => put_decimal(out, *number),
        Value::Money(money) => put_amount(out, money.minor, money.currency),
        Value::UnitPrice(price) => put_amount(out, price.millionths, price.currency),
        Value::Percent(percent) => out.push(*percent),
        Value::Date(day) => put_signed(out, day_number(*day)),
        Value::Instant(at) => put_signed(out, at.0),
        Value::Due(Due::Day(day)) => {
            out.push(0);
            put_signed(out, day_number(*day));
        }
        Value::Due(Due::At(at)) => {
            out.push(1);
            put_signed(out, at.0);
        }
        Value::Choice(number) => put_unsigned(out, u64::from(*number)),
        Value::YesNo(yes) => out.push(u8::from(*yes)),
        Value::Link(number) => put_unsigned(out, *number),
        Value::List(values) => {
            let mut item = Vec::new();
            for value in values {
                item.clear();
                put(&mut item, value);
                put_unsigned(out, item.len() as u64);
                out.extend_from_slice(&item);
            }
        }
    }
}

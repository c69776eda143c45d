//! Keys: byte strings that sort as the values they stand for.
//!
//! | value | key bytes |
//! | --- | --- |
//! | number of a record | length (1), then big-endian without leading zeros |
//! | whole, date, instant | sign and length (1), then big-endian, negative ones complemented |
//! | text | folded, cut at 512 bytes, then 0 |
//! | sound of a name | as it is sorted in Chinese (`text/pinyin.rs`), cut at 512 bytes, then 0 |
//! | telephone | its digits from the last to the first, then 0 |
//! | decimal, rate | the greatest whole number that is not above it, then its decimals, two to a byte and one more, then 0 |
//! | money, unit price | its amount as a decimal, then the currency |
//! | choice, percent, yes/no | as whole numbers |
//!
//! Every value ends where its bytes say, so that values can stand one after the other in a composite key.

use rust_decimal::Decimal;

use crate::{
    domain::{FieldDef, Type, bytes, words::phone},
    error::{Error, Result},
    text::said,
};

/// Text beyond this many bytes is not told apart by an index; whoever reads one looks at the record again.
pub const TEXT_LIMIT: usize = 512;

/// What ends a text in a key, and what stands for an absent value: below every present one.
pub const ABSENT: u8 = 0;

/// Appends the number of a record.
pub fn put_num(out: &mut Vec<u8>, num: u64) {
    let bytes = num.to_be_bytes();
    let skip = (num.leading_zeros() / 8) as usize;
    out.push((8 - skip) as u8);
    out.extend_from_slice(&bytes[skip..]);
}

/// Takes the number of a record off the front.
pub fn take_num(key: &[u8]) -> Option<(u64, &[u8])> {
    let (length, rest) = key.split_first()?;
    let (digits, rest) = rest.split_at_checked(usize::from(*length))?;
    (digits.len() <= 8).then(|| (digits.iter().fold(0, |num, byte| num << 8 | u64::from(*byte)), rest))
}

/// The number at the end of a key, where `length` bytes of other things stand before it.
pub fn num_after(key: &[u8], length: usize) -> Option<u64> {
    take_num(key.get(length..)?).map(|(num, _)| num)
}

/// Appends a whole number that may be negative.
pub fn put_int(out: &mut Vec<u8>, number: i64) {
    let magnitude = if number < 0 { !number } else { number } as u64;
    let skip = (magnitude.leading_zeros() / 8) as usize;
    let length = (8 - skip) as u8;
    let flip = if number < 0 { 0xff } else { 0 };
    out.push(if number < 0 { 0x7f - length } else { 0x80 + length });
    out.extend(magnitude.to_be_bytes()[skip..].iter().map(|byte| byte ^ flip));
}

/// Appends a whole number that may have more than 64 bits, as [`put_int`] does others.
fn put_wide(out: &mut Vec<u8>, number: i128) {
    if let Ok(number) = i64::try_from(number) {
        return put_int(out, number);
    }
    let magnitude = if number < 0 { !number } else { number } as u128;
    let skip = (magnitude.leading_zeros() / 8) as usize;
    let length = (16 - skip) as u8;
    let flip = if number < 0 { 0xff } else { 0 };
    out.push(if number < 0 { 0x7f - length } else { 0x80 + length });
    out.extend(magnitude.to_be_bytes()[skip..].iter().map(|byte| byte ^ flip));
}

/// Appends an exact number: equal ones have the same key, however many decimals they are written with.
pub fn put_decimal(out: &mut Vec<u8>, number: Decimal) {
    let one = 10_i128.pow(number.scale());
    put_wide(out, number.mantissa().div_euclid(one));
    let mut unit = 10_i128.pow(MOST_DECIMALS);
    let mut rest = number.mantissa().rem_euclid(one) * (unit / one);
    while rest != 0 {
        unit /= 100;
        out.push((rest / unit) as u8 + 1);
        rest %= unit;
    }
    out.push(ABSENT);
}

/// The most decimals that a number can have.
const MOST_DECIMALS: u32 = 28;

/// How many bytes the number with decimals at the front takes.
fn decimal_length(key: &[u8]) -> Option<usize> {
    let whole = int_length(key)?;
    Some(whole + 1 + key.get(whole..)?.iter().position(|byte| *byte == ABSENT)?)
}

/// How many bytes the whole number at the front takes.
fn int_length(key: &[u8]) -> Option<usize> {
    let first = *key.first()?;
    Some(1 + usize::from(if first < 0x80 { 0x7f - first } else { first - 0x80 }))
}

/// Takes a whole number off the front.
pub fn take_int(key: &[u8]) -> Option<(i64, &[u8])> {
    let (digits, rest) = key.split_at_checked(int_length(key)?)?;
    let (first, digits) = digits.split_first()?;
    let flip = if *first < 0x80 { 0xff } else { 0 };
    let magnitude = digits.iter().fold(0_u64, |number, byte| number << 8 | u64::from(byte ^ flip)) as i64;
    (digits.len() <= 8).then_some((if *first < 0x80 { !magnitude } else { magnitude }, rest))
}

/// Appends folded text, ended.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    let folded = crate::text::fold_cow(text);
    let mut end = folded.len().min(TEXT_LIMIT);
    while !folded.is_char_boundary(end) {
        end -= 1;
    }
    put_ended(out, &folded.as_bytes()[..end]);
}

/// Appends the sound of a stored text, ended; nothing where it sounds as it is written.
pub fn put_sound(out: &mut Vec<u8>, stored: &[u8]) {
    if stored.is_ascii() {
        return;
    }
    let text = std::str::from_utf8(stored).unwrap_or_default();
    let sound = crate::text::pinyin::sort_key(text);
    if !sound.is_ascii() {
        put_ended(out, &sound[..sound.len().min(TEXT_LIMIT)]);
    }
}

fn put_ended(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(bytes.iter().filter(|byte| **byte != ABSENT));
    out.push(ABSENT);
}

/// Appends a telephone number so that a search for its last digits is a search for a prefix.
pub fn put_phone(out: &mut Vec<u8>, number: &str) {
    put_digits(out, number);
    out.push(ABSENT);
}

/// Appends what the keys of all spellings of a telephone number begin with: the digits that they end in, last first.
/// Nothing for what is no number.
pub fn put_last_digits(out: &mut Vec<u8>, number: &str) {
    out.extend(phone::shared_digits(number).bytes().rev());
}

/// The digits of a telephone number, last first, without the extension and without an end.
pub fn put_digits(out: &mut Vec<u8>, number: &str) {
    let normal = phone::key(number);
    let main = normal.as_deref().unwrap_or_default();
    let main = main.split('x').next().unwrap_or_default();
    out.extend(main.bytes().rev().filter(u8::is_ascii_digit));
}

/// Appends the key of one stored value.
///
/// # Errors
/// `Failure` where the bytes are not of that type: nothing can stand for them.
pub fn put_value(out: &mut Vec<u8>, def: &FieldDef, stored: &[u8]) -> Result<()> {
    let length = out.len();
    put_known(out, def.ty, stored).ok_or_else(|| {
        out.truncate(length);
        Error::failure(said!(("A stored value of '{}' cannot be read", def.code), ("无法读取已存储的“{}”的值", def.zh)))
            .hint(said!(
                "the store may be damaged, or written by a newer version of the program",
                "数据文件可能已损坏，或由更新版本的程序写入"
            ))
    })
}

fn put_known(out: &mut Vec<u8>, ty: Type, stored: &[u8]) -> Option<()> {
    match ty {
        Type::Text | Type::LongText | Type::Email | Type::Url => put_text(out, std::str::from_utf8(stored).ok()?),
        Type::Phone => put_phone(out, std::str::from_utf8(stored.get(1..)?).ok()?),
        Type::Whole | Type::Duration | Type::Date | Type::Instant => put_int(out, bytes::signed(stored)?),
        Type::Due => put_int(out, bytes::due(stored)?.start(chrono_tz::UTC).0),
        Type::Percent | Type::YesNo => put_int(out, i64::from(bytes::byte(stored)?)),
        Type::Choice => put_int(out, i64::from(bytes::choice(stored)?)),
        Type::Link => put_num(out, bytes::unsigned(stored)?),
        Type::Money => {
            let money = bytes::money(stored)?;
            put_decimal(out, money.decimal()?);
            out.extend_from_slice(money.currency.as_str().as_bytes());
        }
        Type::UnitPrice => {
            let price = bytes::unit_price(stored)?;
            put_decimal(out, price.decimal()?);
            out.extend_from_slice(price.currency.as_str().as_bytes());
        }
        Type::Decimal | Type::Rate => {
            put_decimal(out, bytes::decimal(stored)?);
        }
    }
    Some(())
}

/// Splits the key of one value off the front.
pub fn split_value(ty: Type, key: &[u8]) -> Option<(&[u8], &[u8])> {
    if key.first() == Some(&ABSENT) && !ty.is_text() {
        return key.split_at_checked(1);
    }
    let length = match ty {
        Type::Text | Type::LongText | Type::Email | Type::Url | Type::Phone => {
            1 + key.iter().position(|byte| *byte == ABSENT)?
        }
        Type::Link => 1 + usize::from(*key.first()?),
        Type::Decimal | Type::Rate => decimal_length(key)?,
        Type::Money | Type::UnitPrice => decimal_length(key)? + 3,
        Type::Whole
        | Type::Percent
        | Type::Date
        | Type::Instant
        | Type::Due
        | Type::Duration
        | Type::Choice
        | Type::YesNo => int_length(key)?,
    };
    key.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        domain::{
            Value, customer, deal,
            words::money::{Currency, Money, UnitPrice},
        },
        text::Lang,
    };

    fn int(number: i64) -> Vec<u8> {
        let mut out = Vec::new();
        put_int(&mut out, number);
        out
    }

    fn num(number: u64) -> Vec<u8> {
        let mut out = Vec::new();
        put_num(&mut out, number);
        out
    }

    proptest! {
        #[test]
        fn whole_numbers_sort_as_their_keys(a: i64, b: i64) {
            prop_assert_eq!(a.cmp(&b), int(a).cmp(&int(b)));
            let key = int(a);
            prop_assert_eq!(take_int(&key), Some((a, &[][..])));
        }

        #[test]
        fn numbers_of_records_sort_and_come_back(a: u64, b: u64) {
            prop_assert_eq!(a.cmp(&b), num(a).cmp(&num(b)));
            let key = num(a);
            prop_assert_eq!(take_num(&key), Some((a, &[][..])));
        }

        #[test]
        fn decimals_sort_as_their_keys((a, b) in like_decimals()) {
            prop_assert_eq!(a.cmp(&b), decimal(a).cmp(&decimal(b)), "{} {}", a, b);
            // What follows in a key does not change the order.
            let behind = |number, more: u8| [decimal(number), vec![more]].concat();
            if a < b {
                prop_assert!(behind(a, 0xff) < behind(b, 0));
            }
        }

        #[test]
        fn unit_prices_sort_as_their_keys(a: i64, b in any::<i64>(), near in -2..=2_i64, close: bool) {
            let b = if close { a.saturating_add(near) } else { b };
            let def = FieldDef { ty: Type::UnitPrice, ..deal::AMOUNT.def() };
            let key = |millionths| {
                let mut key = Vec::new();
                put_value(&mut key, &def, &stored(&Value::UnitPrice(price(millionths)))).unwrap();
                key
            };
            prop_assert_eq!(a.cmp(&b), key(a).cmp(&key(b)));
        }

        #[test]
        fn values_split_where_they_end(number: i64, (one, _) in like_decimals(), text in "[a-z 你好]{0,8}", rest: Vec<u8>) {
            let money = Value::Money(Money { minor: number.into(), currency: Currency::USD });
            let all = [
                (Type::Whole, number_bytes(number)),
                (Type::Text, text.into_bytes()),
                (Type::Decimal, stored(&Value::Decimal(one))),
                (Type::Rate, stored(&Value::Decimal(one))),
                (Type::Money, stored(&money)),
                (Type::UnitPrice, stored(&Value::UnitPrice(price(number)))),
            ];
            for (ty, stored) in all {
                let mut key = Vec::new();
                put_value(&mut key, &FieldDef { ty, ..customer::EMPLOYEES.def() }, &stored).unwrap();
                let length = key.len();
                key.extend_from_slice(&rest);
                prop_assert_eq!(split_value(ty, &key).map(|(value, _)| value.len()), Some(length));
            }
        }
    }

    fn price(millionths: i64) -> UnitPrice {
        UnitPrice { millionths: millionths.into(), currency: Currency::USD }
    }

    fn number_bytes(number: i64) -> Vec<u8> {
        stored(&Value::Whole(number))
    }

    fn stored(value: &Value) -> Vec<u8> {
        let mut out = Vec::new();
        bytes::put(&mut out, value);
        out
    }

    fn decimal(number: Decimal) -> Vec<u8> {
        let mut out = Vec::new();
        put_decimal(&mut out, number);
        out
    }

    /// Every mantissa and scale.
    fn decimals() -> impl Strategy<Value = Decimal> {
        (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0..=MOST_DECIMALS, 0..96_u32).prop_map(
            |(low, middle, high, negative, scale, shift)| {
                let mantissa = (u128::from(high) << 64 | u128::from(middle) << 32 | u128::from(low)) >> shift;
                let signed = if negative { -(mantissa as i128) } else { mantissa as i128 };
                Decimal::from_i128_with_scale(signed, scale)
            },
        )
    }

    /// Two numbers, often close to one another or equal but for the zeros at the end.
    fn like_decimals() -> impl Strategy<Value = (Decimal, Decimal)> {
        (decimals(), decimals(), 0..4_u8, -2..=2_i128).prop_map(|(a, b, how, step)| {
            let near = Decimal::try_from_i128_with_scale(a.mantissa() + step, a.scale()).unwrap_or(a);
            (a, [b, near, a.normalize(), a.trunc()][usize::from(how)])
        })
    }

    #[test]
    fn every_decimal_has_a_key_and_only_equal_ones_share_it() {
        let read = |text: &str| text.parse::<Decimal>().unwrap();
        let rising = [
            "-79228162514264337593543950335",
            "-18446744073709551617",
            "-9223372036854775809",
            "-1.00001",
            "-1",
            "-0.00001",
            "-0.0000000000000000000000000001",
            "0",
            "0.0000000000000000000000000001",
            "0.00001",
            "0.000011",
            "0.1",
            "0.10001",
            "1",
            "1.0000000000000000000000000001",
            "922337203685477.5807",
            "922337203685477.5808",
            "9223372036854775808",
            "18446744073709551616",
            "79228162514264337593543950335",
        ];
        let keys: Vec<_> = rising.iter().map(|text| decimal(read(text))).collect();
        assert!(keys.is_sorted_by(|a, b| a < b));
        assert_eq!(decimal(read("1.50")), decimal(read("1.5")));
        assert_eq!(decimal(read("-0.0")), decimal(read("0")));
    }

    #[test]
    fn an_unreadable_value_has_no_key() {
        let mut key = vec![1];
        for (def, stored) in
            [(deal::AMOUNT.def(), &b"ZZZ"[..]), (customer::EMPLOYEES.def(), &[0xff, 0xff]), (deal::CUSTOMER.def(), &[])]
        {
            assert!(put_value(&mut key, &def, stored).is_err_and(|e| e.message(Lang::En).contains(def.code)));
        }
        assert_eq!(key, [1]);
    }

    #[test]
    fn a_phone_is_found_by_its_last_digits() {
        let (mut full, mut tail) = (Vec::new(), Vec::new());
        put_phone(&mut full, "+86 138-0013-8000");
        put_digits(&mut tail, "13800138000");
        assert!(full.starts_with(&tail));
    }
}

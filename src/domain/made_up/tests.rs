//! Numbers with decimals from text to bytes, to text and back.

use chrono::Weekday;
use chrono_tz::UTC;
use proptest::prelude::*;
use rust_decimal::Decimal as Number;
use serde_json::json;

use super::*;
use crate::{
    domain::{
        Instant, Type, Value,
        assign::{Clock, add, operand, remove},
        bytes,
        print::{self, View},
        read::{ReadContext, read},
        words::{
            figures::Mark,
            money::{Currency, UnitPrice as Price},
        },
    },
    error::{ErrorKind, Result},
    text::Lang,
};

fn reading() -> ReadContext<'static> {
    ReadContext {
        now: Instant(0),
        tz: UTC,
        week_start: Weekday::Mon,
        currency: Currency::CNY,
        date_format: None,
        decimal: None,
        links: &|_, _| Ok(1),
    }
}

fn stored(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    bytes::put(&mut out, value);
    out
}

fn number(text: &str) -> Value {
    Value::Decimal(text.parse().unwrap())
}

fn price(text: &str) -> Value {
    Value::UnitPrice(Price::parse(text, Currency::CNY).unwrap())
}

/// A value for files, in JSON, and for people of both languages.
fn said(def: &FieldDef, value: &Value) -> (String, serde_json::Value, String, String) {
    let bytes = stored(value);
    let mut plain = String::new();
    print::plain(&mut plain, def, &bytes, UTC, &mut |_, _, _| {});
    let human = |lang| {
        let mut out = String::new();
        let view = View { lang, tz: UTC, now: Instant(0), relative: false };
        print::human(&mut out, def, &bytes, &view, &mut |_, _, _| {});
        out
    };
    (plain, print::json(def, &bytes, UTC, &mut |_, _| json!(null)), human(Lang::En), human(Lang::Zh))
}

#[test]
fn numbers_with_decimals_print_exactly_and_without_zeros_at_the_end() {
    for (def, value, plain, object, human) in [
        (QUANTITY.def(), number("1.250"), "1.25", json!("1.25"), "1.25"),
        (QUANTITY.def(), number("3.00"), "3", json!("3"), "3"),
        (QUANTITY.def(), number("-12000.5"), "-12000.5", json!("-12000.5"), "-12000.5"),
        (FACTOR.def(), number("0.0000000001"), "0.0000000001", json!("0.0000000001"), "0.0000000001"),
        (
            FACTOR.def(),
            number("9007199254740993.123456789"),
            "9007199254740993.123456789",
            json!("9007199254740993.123456789"),
            "9007199254740993.123456789",
        ),
        (TAX.def(), number("12.50"), "12.5", json!("12.5"), "12.5%"),
        (TAX.def(), number("0.0125"), "0.0125", json!("0.0125"), "0.0125%"),
        (PRICE.def(), price("$0.0125"), "0.0125 USD", json!({"amount": "0.0125", "currency": "USD"}), "$0.0125"),
        (PRICE.def(), price("22500"), "22500.00 CNY", json!({"amount": "22500.00", "currency": "CNY"}), "¥22,500.00"),
    ] {
        let human = human.to_owned();
        assert_eq!(said(&def, &value), (plain.to_owned(), object, human.clone(), human));
    }
}

#[test]
fn numbers_with_decimals_are_read_in_words_and_figures() {
    for (def, text, value) in [
        (QUANTITY.def(), "1.5", number("1.5")),
        (QUANTITY.def(), "1.50", number("1.5")),
        (QUANTITY.def(), "-0.000001", number("-0.000001")),
        (QUANTITY.def(), "1.5万", number("15000")),
        (QUANTITY.def(), "三万五", number("35000")),
        (QUANTITY.def(), "2.5台", number("2.5")),
        (QUANTITY.def(), "1,234.5", number("1234.5")),
        (QUANTITY.def(), "12,5", number("12.5")),
        (QUANTITY.def(), "1.234", number("1.234")),
        (QUANTITY.def(), "１．５", number("1.5")),
        (FACTOR.def(), "7.1234567891", number("7.1234567891")),
        (TAX.def(), "12.5%", number("12.5")),
        (TAX.def(), "13", number("13")),
        (TAX.def(), "一成", number("10")),
        (PRICE.def(), "0.0125 美元", price("0.0125 USD")),
        (PRICE.def(), "1.234", price("1.234 CNY")),
    ] {
        assert_eq!(read(&def, text, &reading()), Ok(Some(value)), "{text}");
    }
    let comma = ReadContext { decimal: Some(Mark::Comma), ..reading() };
    assert_eq!(read(&QUANTITY.def(), "1.234,5", &comma), Ok(Some(number("1234.5"))));
    assert_eq!(read(&TAX.def(), "8,875 %", &comma), Ok(Some(number("8.875"))));
    assert_eq!(read(&PRICE.def(), "1,2345 €", &comma), Ok(Some(price("1.2345 EUR"))));
}

#[test]
fn what_is_too_fine_or_out_of_bounds_is_refused() {
    for (def, text, en, zh) in [
        (
            QUANTITY.def(),
            "1.2345678",
            "quantity: '1.2345678' is finer than this field has it: 6 decimals",
            "数量：“1.2345678”比该字段的精度更细：6 位小数",
        ),
        (
            TAX.def(),
            "0.00001%",
            "tax: '0.00001%' is finer than this field has it: 4 decimals",
            "税率：“0.00001%”比该字段的精度更细：4 位小数",
        ),
        (
            PRICE.def(),
            "$0.0000125",
            "price: '$0.0000125' is finer than a unit price has it: 6 decimals",
            "单价：“$0.0000125”比单价的最小单位更细：6 位小数",
        ),
        (TAX.def(), "100.5", "tax: '100.5' is not between 0% and 100%", "税率：“100.5”不在 0% 到 100% 之间"),
        (TAX.def(), "九五折", "tax: '九五折' is not a percentage", "税率：“九五折”不是百分比"),
        (FACTOR.def(), "-0.5", "factor: '-0.5' is less than 0", "系数：“-0.5”小于 0"),
        (
            QUANTITY.def(),
            "9223372036854775808",
            "quantity: '9223372036854775808' is too large",
            "数量：“9223372036854775808”太大",
        ),
        (QUANTITY.def(), "many", "quantity: 'many' is not a number", "数量：“many”不是数字"),
    ] {
        let error = read(&def, text, &reading()).expect_err(text);
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert_eq!((&*error.message(Lang::En), &*error.message(Lang::Zh)), (en, zh));
    }
}

#[test]
fn numbers_with_decimals_grow_and_shrink_within_their_bounds() {
    let clock = Clock { today: chrono::NaiveDate::default(), tz: UTC };
    let after = |def: FieldDef, old: Option<Value>, op: &str, by: &str| -> Result<Option<Value>> {
        let operand = operand(&def, by, &reading())?;
        if op == "+=" { add(&def, old, operand, clock) } else { remove(&def, old, operand, clock) }
    };
    for (def, old, op, by, new) in [
        (QUANTITY.def(), Some(number("1.5")), "+=", "0.25", number("1.75")),
        (QUANTITY.def(), Some(number("1.5")), "-=", "2", number("-0.5")),
        (QUANTITY.def(), None, "+=", "1.5万", number("15000")),
        (TAX.def(), Some(number("12.5")), "+=", "0.5%", number("13")),
        (TAX.def(), Some(number("12.5")), "+=", "-2.5", number("10")),
        (PRICE.def(), Some(price("$0.01")), "+=", "$0.0025", price("$0.0125")),
        (PRICE.def(), Some(price("10")), "-=", "0.5", price("9.5")),
        (PRICE.def(), None, "-=", "$1", price("-$1")),
    ] {
        assert_eq!(after(def, old, op, by), Ok(Some(new)), "{op} {by}");
    }
    for (def, old, op, by, en) in [
        (TAX.def(), number("99.5"), "+=", "1", "tax: '100.5' is not between 0% and 100%"),
        (FACTOR.def(), number("1"), "-=", "1.5", "factor: '-0.5' is less than 0"),
        (PRICE.def(), price("$1"), "+=", "1", "price: 1.00 CNY cannot be counted together with 1.00 USD"),
        (
            QUANTITY.def(),
            number("1"),
            "+=",
            "0.0000001",
            "quantity: '0.0000001' is finer than this field has it: 6 decimals",
        ),
    ] {
        assert_eq!(after(def, Some(old), op, by).unwrap_err().message(Lang::En), en);
    }
}

proptest! {
    #[test]
    fn equal_numbers_have_equal_bytes(mantissa: i64, scale in 0..=18u32, zeros in 0..=9u32) {
        let one = Number::new(mantissa, scale);
        let mut other = one;
        other.rescale(scale + zeros);
        prop_assert_eq!(one, other);
        let (one, other) = (Value::Decimal(one), Value::Decimal(other));
        prop_assert_eq!(stored(&one), stored(&other));
        prop_assert_eq!(bytes::read(Type::Decimal, &stored(&one)), Some(one));
    }

    #[test]
    fn what_is_stored_comes_back(mantissa: i64, scale in 0..=4u32, millionths: i64, yen: bool) {
        let rate = Value::Decimal(Number::new(mantissa, scale));
        prop_assert_eq!(bytes::read(Type::Rate, &stored(&rate)), Some(rate));
        let currency = if yen { Currency::JPY } else { Currency::USD };
        let price = Value::UnitPrice(Price { millionths: millionths.into(), currency });
        prop_assert_eq!(bytes::read(Type::UnitPrice, &stored(&price)), Some(price));
    }
}

//! Amounts in many spellings, and back.

use super::*;
use crate::text::Lang;
use proptest::prelude::*;

fn read(text: &str) -> Result<String> {
    Money::parse(text, Currency::CNY).map(|money| money.to_string())
}

#[test]
fn spellings() {
    let table = [
        ("12万 CNY", "120000.00 CNY"),
        ("CNY 120000", "120000.00 CNY"),
        ("¥12万", "120000.00 CNY"),
        ("￥１２万", "120000.00 CNY"),
        ("12万元", "120000.00 CNY"),
        ("$12,000.50", "12000.50 USD"),
        ("€41k", "41000.00 EUR"),
        ("41k€", "41000.00 EUR"),
        ("US$5", "5.00 USD"),
        ("HK$ 5", "5.00 HKD"),
        ("nt$5", "5.00 TWD"),
        ("£0.05", "0.05 GBP"),
        ("1200", "1200.00 CNY"),
        ("-¥3", "-3.00 CNY"),
        ("¥-3", "-3.00 CNY"),
        ("500 jpy", "500 JPY"),
        ("3k usd", "3000.00 USD"),
        ("3kusd", "3000.00 USD"),
        ("5 rmb", "5.00 CNY"),
        ("1.234 KWD", "1.234 KWD"),
        ("2万美元", "20000.00 USD"),
        ("1.234,50 €", "1234.50 EUR"),
        ("1 234,50 €", "1234.50 EUR"),
        ("1\u{202f}234,50 €", "1234.50 EUR"),
        ("CHF 1'234.50", "1234.50 CHF"),
        ("(1,200.00)", "-1200.00 CNY"),
        ("($1,200.00)", "-1200.00 USD"),
        ("$(1,200)", "-1200.00 USD"),
        ("₹1,50,000", "150000.00 INR"),
        ("100 $", "100.00 USD"),
        ("5 US$", "5.00 USD"),
        ("5000¥", "5000.00 CNY"),
        ("250.000 BHD", "250.000 BHD"),
        ("250.000,00 €", "250000.00 EUR"),
        ("250,000 €", "250000.00 EUR"),
        ("12,5", "12.50 CNY"),
    ];
    for (text, money) in table {
        assert_eq!(read(text).as_deref(), Ok(money), "{text}");
    }
    assert_eq!(Money::parse("¥5", Currency::JPY), Ok(Money { minor: 5, currency: Currency::JPY }));
}

#[test]
fn refusals_say_why() {
    let table = [
        ("12 XYZ", "'XYZ' is not a currency code"),
        ("0.005", "finer than CNY"),
        ("0.5 JPY", "whole units only"),
        ("a lot", "not an amount"),
        ("lots", "not an amount"),
        ("", "not an amount"),
        ("¥", "not an amount"),
        ("$5 CNY", "not an amount"),
        ("99999999999999999999", "too large"),
    ];
    for (text, message) in table {
        let error = read(text).expect_err(text);
        assert!(error.message.get(Lang::En).contains(message), "{text}: {error:?}");
    }
}

#[test]
fn a_point_before_three_digits_says_two_amounts_unless_the_currency_has_three_decimals() {
    for (text, both) in [
        ("250.000 €", "'250.000 €' can be read as 250000 and as 250"),
        ("1.234", "'1.234' can be read as 1234 and as 1.234"),
        ("¥-1.000", "can be read as -1000 and as -1"),
        ("1.000 JPY", "can be read as 1000 and as 1"),
    ] {
        let error = read(text).expect_err(text);
        assert!(error.message.get(Lang::En).contains(both), "{text}: {error:?}");
    }
    for code in ["KWD", "BHD", "TND", "OMR", "JOD"] {
        let currency = Currency::parse(code).unwrap();
        assert_eq!(Money::parse(&format!("1.234 {code}"), Currency::CNY), Ok(Money { minor: 1234, currency }));
    }
    let marked = |mark| Money::parse_marked("250.000", Currency::EUR, Some(mark)).map(Money::amount);
    assert_eq!(marked(Mark::Comma).as_deref(), Ok("250000.00"));
    assert_eq!(marked(Mark::Point).as_deref(), Ok("250.00"));
}

#[test]
fn screens_show_it_short() {
    let table = [
        ("120000", "¥120,000"),
        ("2900000", "¥2.9m"),
        ("2950000", "¥3m"),
        ("999999.99", "¥999,999.99"),
        ("999999999", "¥1b"),
        ("12345678900", "¥12.3b"),
        ("-$12,000.50", "-$12,000.50"),
        ("5 CHF", "5 CHF"),
        ("0", "¥0"),
    ];
    for (text, short) in table {
        assert_eq!(
            Money::parse(text, Currency::CNY).map(|money| money.short(Lang::En)).as_deref(),
            Ok(short),
            "{text}"
        );
    }
}

#[test]
fn screens_with_room_show_all_of_it() {
    for (text, full) in [("2900000", "¥2,900,000"), ("-$1234567.05", "-$1,234,567.05"), ("5 CHF", "5 CHF")] {
        assert_eq!(Money::parse(text, Currency::CNY).map(Money::full).as_deref(), Ok(full), "{text}");
    }
}

#[test]
fn currencies_know_their_digits() {
    for (code, digits) in [("CNY", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("XAU", 2)] {
        assert_eq!(Currency::parse(code).map(Currency::digits), Ok(digits), "{code}");
    }
    assert_eq!(Currency::from_bytes(*b"CNY"), Some(Currency::CNY));
    assert_eq!(Currency::from_bytes([0xff; 3]), None);
}

proptest! {
    #[test]
    fn printed_money_is_read_back(minor in any::<i64>().prop_map(i128::from), code in prop::sample::select(vec!["CNY", "JPY", "KWD", "CHF"])) {
        let money = Money { minor, currency: Currency::parse(code).unwrap() };
        prop_assert_eq!(Money::parse(&money.to_string(), Currency::USD), Ok(money));
        prop_assert_eq!(Money::parse(&money.amount(), money.currency), Ok(money));
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), like in "[-¥$€A-Za-z0-9(),.万 ]{0,12}", minor in any::<i128>()) {
        let _ = (read(&text), read(&like), Money { minor, currency: Currency::CNY }.brief(Lang::Zh));
    }
}

#[test]
fn a_large_amount_is_said_in_the_units_of_the_language() {
    let yuan = |whole: i128| Money { minor: whole * 100, currency: Currency::CNY };
    for (whole, en, zh) in [
        (9_500, "¥9,500", "¥9,500"),
        (310_000, "¥310k", "¥31万"),
        (999_600, "¥1m", "¥100万"),
        (3_456_000, "¥3.5m", "¥345.6万"),
        (99_999_999, "¥100m", "¥1亿"),
        (1_280_000_000, "¥1.3b", "¥12.8亿"),
    ] {
        assert_eq!((&*yuan(whole).brief(Lang::En), &*yuan(whole).brief(Lang::Zh)), (en, zh));
    }
    assert_eq!((&*yuan(310_000).short(Lang::Zh), &*yuan(-2_500_000).short(Lang::Zh)), ("¥310,000", "-¥250万"));
}

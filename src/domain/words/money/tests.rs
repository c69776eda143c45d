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
        ("三万五", "35000.00 CNY"),
        ("12万5千", "125000.00 CNY"),
        ("一百二十万", "1200000.00 CNY"),
        ("半万", "5000.00 CNY"),
        ("人民币5千", "5000.00 CNY"),
        ("美元5万", "50000.00 USD"),
        ("港币3万", "30000.00 HKD"),
        ("港币3万元", "30000.00 HKD"),
        ("人民币¥5000", "5000.00 CNY"),
        ("￥1,200.50元", "1200.50 CNY"),
        ("$500 USD", "500.00 USD"),
        ("$500 CAD", "500.00 CAD"),
        ("¥500 JPY", "500 JPY"),
        ("5万元人民币", "50000.00 CNY"),
        ("RMB 5000元", "5000.00 CNY"),
        ("¥12万整", "120000.00 CNY"),
        ("12万整", "120000.00 CNY"),
        ("壹拾贰万元整", "120000.00 CNY"),
        ("伍仟元整", "5000.00 CNY"),
        ("伍仟圓正", "5000.00 CNY"),
        ("人民币壹拾贰万叁仟肆佰伍拾陆元柒角捌分", "123456.78 CNY"),
        ("人民幣貳佰萬圓整", "2000000.00 CNY"),
        ("壹元零伍分", "1.05 CNY"),
        ("3元5角", "3.50 CNY"),
        ("三块五", "3.50 CNY"),
        ("3块5毛", "3.50 CNY"),
        ("三块五毛钱", "3.50 CNY"),
        ("一块二毛五", "1.25 CNY"),
        ("五毛", "0.50 CNY"),
        ("5分", "0.05 CNY"),
        ("三十塊錢", "30.00 CNY"),
        ("-3元5角", "-3.50 CNY"),
        ("负三万元", "-30000.00 CNY"),
        ("新臺幣3萬元", "30000.00 TWD"),
        ("5万韩元", "50000 KRW"),
        ("3000澳元", "3000.00 AUD"),
        ("加元 3000", "3000.00 CAD"),
        ("100新加坡元", "100.00 SGD"),
        ("2万瑞士法郎", "20000.00 CHF"),
        ("10万卢布", "100000.00 RUB"),
        ("歐元1.5萬", "15000.00 EUR"),
        ("１２万", "120000.00 CNY"),
        ("12 万元", "120000.00 CNY"),
        ("5百万美元", "5000000.00 USD"),
        ("一个亿", "100000000.00 CNY"),
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
        ("$5 CNY", "names two currencies, USD and CNY"),
        ("人民币5万美元", "names two currencies, CNY and USD"),
        ("HK$5元人民币", "names two currencies, HKD and CNY"),
        ("英镑5元", "names two currencies, GBP and CNY"),
        ("3.5元5角", "not an amount"),
        ("12角", "not an amount"),
        ("3元5", "not an amount"),
        ("三五万", "not an amount"),
        ("十几万元", "not an amount"),
        ("+-5", "not an amount"),
        ("元", "not an amount"),
        ("整", "not an amount"),
        ("万元", "not an amount"),
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
        ("120000", "¥120k"),
        ("12540", "¥12.5k"),
        ("9999.50", "¥9,999.50"),
        ("2900000", "¥2.9m"),
        ("2950000", "¥3m"),
        ("999999.99", "¥1m"),
        ("999999999", "¥1b"),
        ("12345678900", "¥12.3b"),
        ("-$12,000.50", "-$12k"),
        ("5 CHF", "5 CHF"),
        ("0", "¥0"),
    ];
    for (text, short) in table {
        assert_eq!(
            Money::parse(text, Currency::CNY).map(|money| money.brief(Lang::En)).as_deref(),
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
    assert_eq!(Currency::parse(" ｃＮＹ"), Ok(Currency::CNY));
    assert_eq!(Currency::from_bytes(*b"CNY"), Some(Currency::CNY));
    assert_eq!(Currency::from_bytes([0xff; 3]), None);
}

proptest! {
    #[test]
    fn printed_money_is_read_back(
        minor in any::<i64>(), size in 0u32..64,
        code in prop::sample::select(vec!["CNY", "JPY", "KWD", "CHF", "USD", "HKD", "KRW"]),
    ) {
        let money = Money { minor: (minor >> size).into(), currency: Currency::parse(code).unwrap() };
        prop_assert_eq!(Money::parse(&money.to_string(), Currency::USD), Ok(money));
        prop_assert_eq!(Money::parse(&money.amount(), money.currency), Ok(money));
        prop_assert_eq!(Money::parse(&money.full(), Currency::USD), Ok(money));
        prop_assert_eq!(Money::parse(&money.grouped(), money.currency), Ok(money));
        // What is rounded is read as what it says.
        for lang in [Lang::En, Lang::Zh] {
            let printed = money.brief(lang);
            let again = Money::parse(&printed, Currency::USD).map(|money| money.brief(lang));
            prop_assert_eq!(again.as_deref(), Ok(&*printed));
        }
    }

    #[test]
    fn any_text_is_survived_and_what_is_read_prints_and_reads_as_the_same(
        text in any::<String>(),
        like in "[-¥$€A-Za-z0-9(),.万 ]{0,12}",
        chinese in "(人民币|美元|港币|¥|\\$|负)?[0-9.零一二三五十百千万亿点半两]{1,8}(元|块|角|毛|分|整|美元| CNY| JPY|五){0,3}",
        minor in any::<i128>(),
    ) {
        let _ = Money { minor, currency: Currency::CNY }.brief(Lang::Zh);
        for text in [text, like, chinese] {
            let Ok(money) = Money::parse(&text, Currency::USD) else { continue };
            prop_assert_eq!(Money::parse(&money.to_string(), Currency::EUR), Ok(money), "{}", text);
            prop_assert_eq!(Money::parse(&money.full(), Currency::EUR), Ok(money), "{}", text);
        }
    }
}

#[test]
fn a_large_amount_is_said_in_the_units_of_the_language() {
    let yuan = |whole: i128| Money { minor: whole * 100, currency: Currency::CNY };
    for (whole, en, zh) in [
        (9_500, "¥9,500", "¥9,500"),
        (12_540, "¥12.5k", "¥1.3万"),
        (99_960, "¥100k", "¥10万"),
        (284_460, "¥284k", "¥28.4万"),
        (310_000, "¥310k", "¥31万"),
        (999_600, "¥1m", "¥100万"),
        (3_456_000, "¥3.5m", "¥345.6万"),
        (99_999_999, "¥100m", "¥1亿"),
        (1_280_000_000, "¥1.3b", "¥12.8亿"),
    ] {
        assert_eq!((&*yuan(whole).brief(Lang::En), &*yuan(whole).brief(Lang::Zh)), (en, zh));
    }
    assert_eq!(yuan(-2_500_000).brief(Lang::Zh), "-¥250万");
}

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::{
    America::{New_York, St_Johns},
    Asia::{Kathmandu, Shanghai},
    Australia::Lord_Howe,
    Tz, UTC,
};
use proptest::{collection::vec, prelude::*, sample::select};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json as as_json};

use super::*;
use crate::{
    domain::{
        activity,
        bytes::put as store,
        common, contact, customer, deal, followup, made_up,
        read::ReadContext,
        stage,
        value::{Items, Phone, Value},
        words::money::{Currency, Money, UnitPrice},
    },
    text::{Lang, nfc, scrub, scrub_lines},
};

fn stored(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    store(&mut bytes, value);
    bytes
}

fn reading(tz: Tz) -> ReadContext<'static> {
    ReadContext {
        now: at("2026-03-05T02:00:00Z"),
        tz,
        week_start: Weekday::Mon,
        currency: Currency::USD,
        date_format: None,
        decimal: None,
        links: &|_, text| Ok(text.trim_start_matches("C-").parse().unwrap()),
    }
}

fn at(text: &str) -> Instant {
    text.parse::<DateTime<Utc>>().unwrap().into()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn cny(minor: i128) -> Value {
    Value::Money(Money { minor, currency: Currency::CNY })
}

fn number_of(_: &FieldDef, num: u64, out: &mut String) {
    put(out, format_args!("C-{num}"));
}

fn plainly(def: &FieldDef, value: &Value, tz: Tz) -> String {
    let mut out = String::new();
    plain(&mut out, def, &stored(value), tz, &mut number_of);
    out
}

fn humanly(def: &FieldDef, value: &Value, lang: Lang, relative: bool) -> String {
    let mut out = String::new();
    let view = View { lang, tz: Shanghai, now: at("2026-03-05T02:00:00Z"), relative };
    human(&mut out, def, &stored(value), &view, &mut number_of);
    out
}

fn phones() -> Value {
    let phone = |number: &str, label| Value::Phone(Phone { number: number.to_owned(), label });
    Value::List(vec![phone("+86 138", Some(0)), phone("5551234", None)])
}

#[test]
fn every_type_for_scripts_and_people() {
    let noon = Instant(at("2026-03-01T07:04:05Z").0 + 250);
    let table: &[(FieldDef, Value, &str, Json, &str, &str)] = &[
        (customer::CITY.def(), Value::Text("上海".into()), "上海", as_json!("上海"), "上海", "上海"),
        (common::NOTE.def(), Value::Text("a\nb".into()), "a\nb", as_json!("a\nb"), "a\nb", "a\nb"),
        (
            common::TAG.def(),
            Value::List(vec![Value::Text("a".into()), Value::Text("b".into())]),
            "a;b",
            as_json!(["a", "b"]),
            "a, b",
            "a、b",
        ),
        (
            customer::PHONE.def(),
            phones(),
            "mobile:+86 138;5551234",
            as_json!([{"number": "+86 138", "label": "mobile"}, {"number": "5551234", "label": null}]),
            "+86 138 (Mobile), 5551234",
            "+86 138（手机）、5551234",
        ),
        (customer::EMPLOYEES.def(), Value::Whole(-12000), "-12000", as_json!(-12000), "-12000", "-12000"),
        (
            deal::AMOUNT.def(),
            cny(120_000_000),
            "1200000.00 CNY",
            as_json!({"amount": "1200000.00", "currency": "CNY"}),
            "¥1,200,000",
            "¥1,200,000",
        ),
        (
            customer::WON_TOTAL.def(),
            Value::List(vec![cny(-5), Value::Money(Money { minor: 7, currency: Currency::JPY })]),
            "-0.05 CNY;7 JPY",
            as_json!([{"amount": "-0.05", "currency": "CNY"}, {"amount": "7", "currency": "JPY"}]),
            "-¥0.05, JP¥7",
            "-¥0.05、JP¥7",
        ),
        (stage::PROBABILITY.def(), Value::Percent(75), "75", as_json!(75), "75%", "75%"),
        (
            deal::EXPECTED_CLOSE.def(),
            Value::Date(day("2026-03-01")),
            "2026-03-01",
            as_json!("2026-03-01"),
            "2026-03-01",
            "2026-03-01",
        ),
        (
            activity::AT.def(),
            Value::Instant(noon),
            "2026-03-01T15:04:05.250+08:00",
            as_json!("2026-03-01T15:04:05.250+08:00"),
            "2026-03-01 15:04",
            "2026-03-01 15:04",
        ),
        (
            followup::DUE.def(),
            Value::Due(Due::Day(day("2026-03-01"))),
            "2026-03-01",
            as_json!("2026-03-01"),
            "2026-03-01",
            "2026-03-01",
        ),
        (
            followup::DUE.def(),
            Value::Due(Due::At(at("2026-03-01T07:04:00Z"))),
            "2026-03-01T15:04:00+08:00",
            as_json!("2026-03-01T15:04:00+08:00"),
            "2026-03-01 15:04",
            "2026-03-01 15:04",
        ),
        (
            followup::REMIND.def(),
            Value::Duration(131_401),
            "1d12h30m1s",
            as_json!("1d12h30m1s"),
            "1d 12h 30m 1s",
            "1天12小时30分1秒",
        ),
        (
            contact::ROLE.def(),
            Value::Choice(0),
            "decision_maker",
            as_json!("decision_maker"),
            "Decision maker",
            "决策者",
        ),
        (contact::ROLE.def(), Value::Choice(99), "99", as_json!(99), "99", "99"),
        (contact::PRIMARY.def(), Value::YesNo(true), "yes", as_json!(true), "yes", "是"),
        (contact::PRIMARY.def(), Value::YesNo(false), "no", as_json!(false), "no", "否"),
        (contact::CUSTOMER.def(), Value::Link(12), "C-12", as_json!({"id": "C-12"}), "C-12", "C-12"),
    ];
    for (def, value, script, object, en, zh) in table {
        assert_eq!(plainly(def, value, Shanghai), *script, "{}", def.code);
        let mut link = |_: &FieldDef, num: u64| as_json!({ "id": format!("C-{num}") });
        assert_eq!(json(def, &stored(value), Shanghai, &mut link), *object, "{}", def.code);
        assert_eq!(humanly(def, value, Lang::En, false), *en, "{}", def.code);
        assert_eq!(humanly(def, value, Lang::Zh, false), *zh, "{}", def.code);
    }
}

#[test]
fn instants_have_the_offset_of_their_zone_and_season() {
    let table = [
        ("2026-01-01T12:00:00Z", UTC, "2026-01-01T12:00:00Z"),
        ("2026-01-01T12:00:00Z", New_York, "2026-01-01T07:00:00-05:00"),
        ("2026-07-01T12:00:00Z", New_York, "2026-07-01T08:00:00-04:00"),
        ("2026-07-01T12:00:00Z", St_Johns, "2026-07-01T09:30:00-02:30"),
        ("2026-07-01T22:00:00Z", Kathmandu, "2026-07-02T03:45:00+05:45"),
        // Local mean time, 8:05:43 ahead.
        ("1890-01-01T00:00:00Z", Shanghai, "1890-01-01T08:05:00+08:05"),
    ];
    for (utc, tz, text) in table {
        assert_eq!(plainly(&activity::AT.def(), &Value::Instant(at(utc)), tz), text);
    }
}

#[test]
fn distances_from_today() {
    let table = [
        ("2026-03-05", "today", "今天"),
        ("2026-03-06", "tomorrow", "明天"),
        ("2026-03-04", "yesterday", "昨天"),
        ("2026-03-10", "in 5 days", "5天后"),
        ("2026-03-02", "3 days ago", "3天前"),
        ("2026-02-20", "13 days ago", "13天前"),
        ("2026-02-19", "2 weeks ago", "2周前"),
        ("2026-03-26", "in 3 weeks", "3周后"),
        ("2026-01-03", "2 months ago", "2个月前"),
        ("2025-10-01", "5 months ago", "5个月前"),
        ("2027-03-05", "in 11 months", "11个月后"),
        ("2024-03-05", "23 months ago", "23个月前"),
        ("2024-03-04", "2 years ago", "2年前"),
        ("2036-03-06", "in 10 years", "10年后"),
    ];
    for (date, en, zh) in table {
        assert_eq!(relative_day(day(date), day("2026-03-05"), Lang::En), en, "{date}");
        assert_eq!(relative_day(day(date), day("2026-03-05"), Lang::Zh), zh, "{date}");
    }
    // Days are those of the zone: 17:00 UTC is after midnight in Shanghai.
    let (late, now) = (at("2026-03-05T17:00:00Z"), at("2026-03-05T02:00:00Z"));
    assert_eq!(relative(late, now, Shanghai, Lang::En), "tomorrow");
    assert_eq!(relative(late, now, UTC, Lang::Zh), "今天");
    assert_eq!(humanly(&activity::AT.def(), &Value::Instant(late), Lang::En, true), "tomorrow");
    assert_eq!(humanly(&followup::DUE.def(), &Value::Due(Due::Day(day("2026-03-02"))), Lang::Zh, true), "3天前");
    assert_eq!(humanly(&deal::CLOSED.def(), &Value::Date(day("2026-03-06")), Lang::En, true), "tomorrow");
}

#[test]
fn clocks() {
    let table = [
        (0, "0m", "0分钟"),
        (-30, "0m", "0分钟"),
        (59, "0m", "0分钟"),
        (2100, "35m", "35分钟"),
        (3600, "1h", "1小时"),
        (7800, "2h 10m", "2小时10分"),
        (7859, "2h 10m", "2小时10分"),
        (-7800, "-2h 10m", "-2小时10分"),
        (273_600, "3d 4h", "3天4小时"),
        (259_260, "3d", "3天"),
        (i64::MIN, "-106751991167300d 15h", "-106751991167300天15小时"),
    ];
    for (seconds, en, zh) in table {
        assert_eq!((span(seconds, Lang::En).as_str(), span(seconds, Lang::Zh).as_str()), (en, zh));
    }
    assert_eq!(humanly(&followup::REMIND.def(), &Value::Duration(0), Lang::En, false), "0m");
    assert_eq!(humanly(&followup::REMIND.def(), &Value::Duration(45), Lang::En, false), "45s");
    assert_eq!(humanly(&followup::REMIND.def(), &Value::Duration(86_460), Lang::En, false), "1d 1m");
}

/// A clean text as it would be stored; one that would be empty is `x`.
fn clean(text: &str, lines: bool) -> String {
    let safe = if lines { scrub_lines(text) } else { scrub(text) };
    let text = nfc(safe.trim()).into_owned();
    if text.is_empty() { "x".to_owned() } else { text }
}

fn instants() -> impl Strategy<Value = Instant> {
    prop_oneof![-62_000_000_000_000..253_300_000_000_000i64, (1_500_000_000..2_000_000_000i64).prop_map(|s| s * 1000)]
        .prop_map(Instant)
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (-719_162..2_932_896i64).prop_map(|number| bytes::day_from_number(number).unwrap())
}

fn money() -> impl Strategy<Value = Value> {
    (any::<i64>(), select(vec!["CNY", "USD", "JPY", "KWD", "CHF"]))
        .prop_map(|(minor, code)| Value::Money(Money { minor: minor.into(), currency: Currency::parse(code).unwrap() }))
}

fn price() -> impl Strategy<Value = Value> {
    (any::<i64>(), select(vec!["CNY", "JPY", "KWD", "CHF"])).prop_map(|(millionths, code)| {
        Value::UnitPrice(UnitPrice { millionths: millionths.into(), currency: Currency::parse(code).unwrap() })
    })
}

fn phone() -> impl Strategy<Value = Value> {
    ("(\\+|\\([0-9]{2,3}\\) ?)?[0-9][0-9 ./-]{0,10}[0-9](, ext\\. [0-9]|转[0-9])?", prop::option::of(0..3u16))
        .prop_map(|(number, label)| Value::Phone(Phone { number, label }))
}

fn one(ty: Type) -> BoxedStrategy<Value> {
    match ty {
        Type::Text => any::<String>().prop_map(|text| Value::Text(clean(&text, false))).boxed(),
        Type::LongText => any::<String>().prop_map(|text| Value::Text(clean(&text, true))).boxed(),
        Type::Email => "[a-z0-9.王]{1,8}@[a-z0-9例]{1,5}(\\.[a-z国]{2,3}){1,2}".prop_map(Value::Text).boxed(),
        Type::Url => "https://[a-z0-9./?=&;,#%上海-]{1,20}".prop_map(Value::Text).boxed(),
        Type::Phone => phone().boxed(),
        Type::Whole => (0..=i64::MAX).prop_map(Value::Whole).boxed(),
        Type::Decimal => (any::<i64>(), 0..7u32).prop_map(|(n, scale)| Value::Decimal(Decimal::new(n, scale))).boxed(),
        Type::Rate => (any::<i64>(), 0..5u32).prop_map(|(n, scale)| Value::Decimal(Decimal::new(n, scale))).boxed(),
        Type::UnitPrice => price().boxed(),
        Type::Money => money().boxed(),
        Type::Percent => (0..=100u8).prop_map(Value::Percent).boxed(),
        Type::Date => days().prop_map(Value::Date).boxed(),
        Type::Instant => instants().prop_map(Value::Instant).boxed(),
        Type::Due => prop_oneof![days().prop_map(Due::Day), instants().prop_map(Due::At)].prop_map(Value::Due).boxed(),
        Type::Duration => (-i64::MAX..=i64::MAX).prop_map(Value::Duration).boxed(),
        Type::Choice => (0..contact::ROLES.len() as u16).prop_map(Value::Choice).boxed(),
        Type::YesNo => any::<bool>().prop_map(Value::YesNo).boxed(),
        Type::Link => any::<u64>().prop_map(Value::Link).boxed(),
    }
}

fn def_of(ty: Type, many: bool) -> FieldDef {
    let base = match ty {
        Type::Phone => contact::PHONE.def(),
        Type::Link => contact::CUSTOMER.def(),
        Type::Decimal | Type::Rate => made_up::QUANTITY.def(),
        _ => contact::ROLE.def(),
    };
    FieldDef { ty, many, ..base }
}

const TYPES: [Type; 18] = [
    Type::Text,
    Type::LongText,
    Type::Email,
    Type::Url,
    Type::Phone,
    Type::Whole,
    Type::Decimal,
    Type::Money,
    Type::Percent,
    Type::Date,
    Type::Instant,
    Type::Due,
    Type::Duration,
    Type::Choice,
    Type::YesNo,
    Type::Link,
    Type::UnitPrice,
    Type::Rate,
];

/// A field of any type with a value that it can hold. No item of a list has a separator in it or another one alike.
fn field_and_value() -> impl Strategy<Value = (FieldDef, Value)> {
    let single = select(TYPES.to_vec()).prop_flat_map(|ty| one(ty).prop_map(move |value| (def_of(ty, false), value)));
    let list = select(TYPES.to_vec()).prop_flat_map(|ty| {
        vec(one(ty), 1..5).prop_map(move |values| {
            let mut items = Items::default();
            for mut value in values {
                if let Value::Text(text) = &mut value {
                    *text = clean(&text.replace('\n', "-"), false);
                }
                items.include(value);
            }
            (def_of(ty, true), items.into_value().unwrap())
        })
    });
    prop_oneof![single, list]
}

fn zones() -> impl Strategy<Value = Tz> {
    select(vec![UTC, Shanghai, New_York, St_Johns, Kathmandu, Lord_Howe])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_printed_plainly_is_read_back((def, value) in field_and_value(), tz in zones()) {
        let text = plainly(&def, &value, tz);
        let back = crate::domain::read::read(&def, &text, &reading(tz));
        prop_assert_eq!(back.as_ref(), Ok(&Some(value)), "{:?} {}", def.ty, text);
    }

    #[test]
    fn a_time_zone_does_not_change_what_is_meant(at in instants(), from in zones(), to in zones()) {
        let text = plainly(&activity::AT.def(), &Value::Instant(at), from);
        prop_assert_eq!(
            crate::domain::read::read(&activity::AT.def(), &text, &reading(to)),
            Ok(Some(Value::Instant(at)))
        );
    }

    #[test]
    fn any_bytes_are_survived(ty in select(TYPES.to_vec()), many: bool, stored: Vec<u8>, tz in zones(), zh: bool) {
        let def = def_of(ty, many);
        let mut out = String::new();
        plain(&mut out, &def, &stored, tz, &mut number_of);
        json(&def, &stored, tz, &mut |_, num| num.into());
        for relative in [false, true] {
            let view = View { lang: if zh { Lang::Zh } else { Lang::En }, tz, now: Instant(0), relative };
            human(&mut out, &def, &stored, &view, &mut number_of);
        }
    }

    #[test]
    fn any_text_is_survived(ty in select(TYPES.to_vec()), many: bool, text: String, format in "(%[a-zA-Z]|[ /-]){0,4}") {
        let links = |_: &FieldDef, _: &str| Ok(1);
        for date_format in [None, Some(format.as_str())] {
            let _ = crate::domain::read::read(&def_of(ty, many), &text, &ReadContext { date_format, links: &links, ..reading(UTC) });
        }
    }
}

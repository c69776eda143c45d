//! What formulas give: currencies, dates, emptiness, rounding, and why there is nothing.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::{
    domain::{Due, Instant, customer, deal, followup, made_up, words::money::Money},
    text::Lang,
};

fn money(minor: i128, currency: Currency) -> Value {
    Value::Money(Money { minor, currency })
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn define(text: &str, kind: &'static Kind) -> Formula {
    Formula::define(text, kind, None, &Kinds).unwrap_or_else(|error| panic!("{text}: {}", error.message(Lang::En)))
}

/// The value of a formula of a deal as text, or why there is none.
fn said(text: &str, record: &Fields) -> String {
    let formula = define(text, &deal::KIND);
    let outcome = formula.evaluate(record).unwrap();
    match outcome.value {
        Some(value) => text::written(&value, formula.ty()).unwrap(),
        None => {
            let said = outcome.reason.unwrap().said(text);
            said.get(Lang::En).lines().next().unwrap().to_owned()
        }
    }
}

fn a_deal() -> Fields {
    Fields::of([
        ("title", Value::Text("Blue  Harbor".to_owned())),
        ("amount", money(1_234_567, Currency::CNY)),
        ("weighted", money(1_000, Currency::USD)),
        ("probability", Value::Percent(75)),
        ("expected_close", Value::Date(day("2026-02-20"))),
        ("created", Value::Instant(Instant(1_770_000_000_000))),
        ("status", Value::Choice(1)),
        ("owner", Value::Link(1)),
    ])
}

#[test]
fn values_are_exact_and_rounded_where_they_are_kept() {
    let deal = a_deal();
    for (text, expected) in [
        ("amount * probability", "9259.25 CNY"),
        ("amount / 3 * 3", "12345.67 CNY"),
        ("1 / 3 * 3 = 1", "yes"),
        ("round(1 / 3 * 1.5)", "1"),
        ("round(2.5) + round(-2.5)", "0"),
        ("round(0.125, 2)", "0.13"),
        ("round(-0.125, 2)", "-0.13"),
        ("round(12345, -3)", "12000"),
        ("round(12500, -3)", "13000"),
        ("round(amount)", "12346.00 CNY"),
        ("round(12.345%, 1)", "12.3%"),
        ("probability / 2", "0.375"),
        ("probability + 5%", "80%"),
        ("amount + 100", "12445.67 CNY"),
        ("amount - amount", "0.00 CNY"),
        ("amount > 1.2万", "yes"),
        ("amount / ¥100", "123.4567"),
        ("abs(100 - amount)", "12245.67 CNY"),
        ("max(amount, 2万)", "20000"),
        ("3万 * 2", "60000"),
        ("if(status = won, amount, 0)", "12345.67 CNY"),
        ("if(status = lost, amount, 0)", "0"),
        ("if(status = lost, amount)", "this is empty"),
        ("coalesce(closed, expected_close)", "2026-02-20"),
        ("coalesce(amount / 0, 0)", "0"),
        ("title(lower(title))", "Blue  Harbor"),
        ("trim(title) + \"!\"", "Blue Harbor!"),
        ("replace(title, \"Blue\", \"Red\")", "Red  Harbor"),
        ("text(status) + text(owner) + text(id)", "wonU-1D-7"),
        ("text(probability) + text(2d) + text(expected_close)", "75%2d2026-02-20"),
        ("title = \"ｂｌｕｅ  harbor\"", "yes"),
        ("owner = me", "yes"),
        ("if(status = won, 0, 1)", "0"),
        ("if(status = lost, 0, 50%)", "0.5"),
        ("probability + 0", "75%"),
        ("amount * 3m", "37037010000.00 CNY"),
        ("days(1d12h)", "1.5"),
        ("2d / 1h", "48"),
        ("days(3) + 12h", "3d12h"),
    ] {
        assert_eq!(said(text, &deal), expected, "{text}");
    }
}

#[test]
fn days_and_points_in_time() {
    let deal = a_deal();
    for (text, expected) in [
        ("expected_close - today", "2d"),
        ("expected_close + 2d", "2026-02-22"),
        ("2d + expected_close", "2026-02-22"),
        ("expected_close - 一周", "2026-02-13"),
        ("expected_close + 12h", "a day is moved by whole days only"),
        ("expected_close + 12h * 2", "2026-02-21"),
        ("expected_close > 明天", "yes"),
        ("expected_close < 2026-03-01", "yes"),
        ("created", "2026-02-02T02:40:00Z"),
        ("created + 90m", "2026-02-02T04:10:00Z"),
        ("today - created", "16d"),
        ("days(now - created) > 15", "yes"),
        ("created < expected_close", "yes"),
        ("expected_close + days(99999999)", "this is larger than can be kept"),
    ] {
        assert_eq!(said(text, &deal), expected, "{text}");
    }
}

#[test]
fn what_is_empty_stays_empty_and_fails_conditions() {
    let deal = Fields::of([("probability", Value::Percent(0))]);
    for (text, expected) in [
        ("amount * 2", "this is empty"),
        ("amount + amount", "this is empty"),
        ("text(amount)", "this is empty"),
        ("min(3, days(closed - created))", "this is empty"),
        ("amount = 5", "no"),
        ("amount != 5", "yes"),
        ("amount < 5", "no"),
        ("not amount < 5", "yes"),
        ("amount = amount", "no"),
        ("empty(amount)", "yes"),
        ("empty(probability)", "no"),
        ("if(amount > 5, 1, 2)", "2"),
        ("coalesce(amount, 0)", "0"),
        ("coalesce(amount, weighted)", "this is empty"),
        ("count(activities)", "1"),
        ("sum(activities.minutes)", "0"),
        ("avg(activities.minutes)", "this is empty"),
        ("max(activities.minutes)", "this is empty"),
        ("title = \"\"", "no"),
    ] {
        assert_eq!(said(text, &deal), expected, "{text}");
    }
    let sum = define("sum(deals.amount)", &customer::KIND).evaluate(&deal).unwrap();
    assert_eq!(sum.reason.map(|reason| reason.why), Some(ReasonKind::Empty), "no currency, no sum");
}

#[test]
fn what_goes_wrong_gives_nothing_and_a_reason() {
    let deal = a_deal();
    for (text, place, why) in [
        ("amount + weighted", "+", ReasonKind::Currencies(Currency::CNY, Currency::USD)),
        ("amount > weighted", ">", ReasonKind::Currencies(Currency::CNY, Currency::USD)),
        ("if(amount > weighted, 1, 2)", ">", ReasonKind::Currencies(Currency::CNY, Currency::USD)),
        ("amount / weighted", "/", ReasonKind::Currencies(Currency::CNY, Currency::USD)),
        ("max(amount, weighted)", "max", ReasonKind::Currencies(Currency::CNY, Currency::USD)),
        ("amount / (probability - 75%)", "/", ReasonKind::DividedByZero),
        ("if(1 / 0 > 2, 1, 2)", "/", ReasonKind::DividedByZero),
        ("9亿 * 9亿 * 9亿 * 9亿", "*", ReasonKind::TooLarge),
    ] {
        let reason = define(text, &deal::KIND).evaluate(&deal).unwrap().reason.unwrap();
        assert_eq!((reason.why.clone(), &text[reason.span.range()]), (why, place), "{text}");
        let shown = reason.said(text);
        assert!(shown.get(Lang::Zh).contains(text) && shown.get(Lang::En).ends_with('^'), "{shown:?}");
    }
    let nobody = Fields { context: EvalContext { me: None, ..deal.context }, values: Vec::new() };
    let reason = define("me", &deal::KIND).evaluate(&nobody).unwrap().reason;
    assert_eq!(reason.map(|reason| reason.why), Some(ReasonKind::Nobody));
}

#[test]
fn a_field_keeps_what_it_can() {
    let deal = a_deal();
    let keep = |text: &str, kind: &'static Kind, code: &str| {
        let def = kind.field(code).unwrap();
        let formula = Formula::define(text, kind, Some(def), &Kinds).unwrap();
        formula.value_for(def, &deal).unwrap()
    };
    let kept = |text, kind, code| keep(text, kind, code).0;
    assert_eq!(kept("amount / 7", &deal::KIND, "amount"), Some(money(176_367, Currency::CNY)));
    assert_eq!(kept("5000", &deal::KIND, "amount"), Some(money(500_000, Currency::CNY)));
    assert_eq!(kept("\"JPY 12\"", &deal::KIND, "amount"), Some(money(12, Currency::JPY)));
    assert_eq!(kept("weighted * 0.0005", &deal::KIND, "amount"), Some(money(1, Currency::USD)));
    assert_eq!(kept("1 / 3", &deal::KIND, "probability"), Some(Value::Percent(33)));
    assert_eq!(kept("12.5%", &deal::KIND, "probability"), Some(Value::Percent(13)));
    assert_eq!(
        keep("probability * 2", &deal::KIND, "probability")
            .1
            .map(|reason| matches!(reason.why, ReasonKind::Refused(_))),
        Some(true)
    );
    assert_eq!(kept("7 / 2", &customer::KIND, "employees"), Some(Value::Whole(4)));
    assert_eq!(kept("\"  \"", &deal::KIND, "next_step"), None);
    assert_eq!(kept("\" a\" + \"\nb\"", &deal::KIND, "next_step"), Some(Value::Text("a b".to_owned())));
    assert_eq!(kept("if(status = won, omitted, best)", &deal::KIND, "forecast"), Some(Value::Choice(3)));
    assert_eq!(kept("2026-03-01 + 1d", &followup::KIND, "due"), Some(Value::Due(Due::Day(day("2026-03-02")))));
    assert_eq!(kept("1d / 7", &followup::KIND, "remind"), Some(Value::Duration(12_343)));
    assert_eq!(kept("owner", &deal::KIND, "owner"), Some(Value::Link(1)));
    static COARSE: FieldDef = FieldDef { decimals: Some(2), ..made_up::QUANTITY.def() };
    static FINE: FieldDef = made_up::FACTOR.def();
    static RATE: FieldDef = made_up::TAX.def();
    for (def, digits) in [(&COARSE, "0.67"), (&FINE, "0.6666666667"), (&RATE, "66.6667")] {
        let formula = Formula::define("2 / 3", &customer::KIND, Some(def), &Kinds).unwrap();
        let (value, _) = formula.value_for(def, &deal).unwrap();
        assert_eq!(value, Some(Value::Decimal(digits.parse::<Decimal>().unwrap())));
    }
}

use crate::text::Lang;
use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Asia::Shanghai;

use super::*;
use crate::{
    domain::{activity, common, contact, customer, deal, followup, stage, ticket, words::money::Currency},
    error::ErrorKind,
};

fn reading() -> ReadContext<'static> {
    ReadContext {
        now: "2026-03-05T02:00:00Z".parse::<DateTime<Utc>>().unwrap().into(),
        tz: Shanghai,
        week_start: Weekday::Mon,
        currency: Currency::CNY,
        date_format: None,
        decimal: None,
        links: &|_, _| Ok(1),
    }
}

fn clock(tz: Tz) -> Clock {
    Clock { today: reading().now.day(tz), tz }
}

/// Nobody was born on a day to come, and a day without a year does not get one.
#[test]
fn a_birthday_does_not_move_into_days_to_come() {
    let born = customer::BIRTHDAY.def();
    let day = |text: &str| read(&born, text, &reading()).unwrap();
    assert_eq!(after(born, "1985-06-12", "+=", "1y").unwrap(), day("1986-06-12"));
    assert_eq!(after(born, "2026-03-04", "+=", "1d").unwrap(), day("2026-03-05"));
    for (old, by) in [("1985-06-12", "50y"), ("2026-03-05", "1d"), ("--06-12", "50y"), ("--06-12", "1d")] {
        assert_eq!(after(born, old, "+=", by).unwrap_err().kind(), ErrorKind::Invalid, "{old} {by}");
    }
}

/// `old` as it would be typed, then the operator, then what stands behind it.
fn after(def: FieldDef, old: &str, op: &str, text: &str) -> Result<Option<Value>> {
    let old = read(&def, old, &reading())?;
    let operand = operand(&def, text, &reading())?;
    if op == "+=" { add(&def, old, operand, clock(Shanghai)) } else { remove(&def, old, operand, clock(Shanghai)) }
}

#[test]
fn what_each_type_becomes() {
    let table = [
        (common::TAG.def(), "a, b", "+=", "c，d", "a, b, c, d"),
        (common::TAG.def(), "VIP", "+=", "vip", "VIP"),
        (common::TAG.def(), "", "+=", "vip", "vip"),
        (common::TAG.def(), "VIP, b", "-=", "ｖｉｐ", "b"),
        (common::TAG.def(), "VIP", "-=", "vip", ""),
        (common::TAG.def(), "a", "-=", "z", "a"),
        (common::TAG.def(), "", "-=", "z", ""),
        (contact::DO_NOT_CONTACT.def(), "call", "+=", "短信", "call, sms"),
        (contact::DO_NOT_CONTACT.def(), "call, sms", "-=", "电话", "sms"),
        (customer::PHONE.def(), "mobile:138 0013 8000", "+=", "+86 13800138000", "mobile:138 0013 8000"),
        (customer::PHONE.def(), "138 0013 8000", "+=", "mobile:13800138000", "mobile:138 0013 8000"),
        (customer::PHONE.def(), "mobile:138 0013 8000; 5551234", "-=", "13800138000", "5551234"),
        (customer::PHONE.def(), "landline:5551234; fax:5551234", "-=", "传真:5551234", "landline:5551234"),
        (contact::EMAIL.def(), "a@b.cn, c@d.cn", "-=", "A@B.CN", "c@d.cn"),
        (customer::EMPLOYEES.def(), "10", "+=", "5", "15"),
        (customer::EMPLOYEES.def(), "", "+=", "1k", "1000"),
        (customer::EMPLOYEES.def(), "10", "-=", "3", "7"),
        (customer::EMPLOYEES.def(), "10", "+=", "-3", "7"),
        (activity::MINUTES.def(), "10", "+=", "1h", "70"),
        (ticket::SATISFACTION.def(), "3", "+=", "2", "5"),
        (stage::PROBABILITY.def(), "50", "+=", "10%", "60"),
        (stage::PROBABILITY.def(), "50", "-=", "50", "0"),
        (deal::AMOUNT.def(), "1000", "+=", "1.5k", "2500"),
        (deal::AMOUNT.def(), "$1000", "-=", "$0.50", "$999.50"),
        (deal::AMOUNT.def(), "", "+=", "$5", "$5"),
        (deal::AMOUNT.def(), "", "-=", "5", "-5"),
        (followup::REMIND.def(), "1h", "+=", "30m", "1h30m"),
        (followup::REMIND.def(), "2d", "-=", "1", "1d"),
        (followup::REMIND.def(), "", "+=", "2小时", "2h"),
        (deal::EXPECTED_CLOSE.def(), "2026-02-27", "+=", "2", "2026-03-01"),
        (deal::EXPECTED_CLOSE.def(), "2026-03-01", "+=", "1w", "2026-03-08"),
        (deal::EXPECTED_CLOSE.def(), "2026-03-01", "-=", "3天", "2026-02-26"),
        (followup::DUE.def(), "2026-03-01", "+=", "3d", "2026-03-04"),
        (followup::DUE.def(), "2026-03-01 15:00", "+=", "3", "2026-03-04 15:00"),
        (followup::DUE.def(), "2026-03-01 15:00", "+=", "1m", "2026-04-01 15:00"),
        (followup::DUE.def(), "2026-03-31", "-=", "1m", "2026-02-28"),
        (followup::DUE.def(), "2026-03-01", "+=", "1个月", "2026-04-01"),
        (followup::DUE.def(), "2026-03-01 15:00", "+=", "30min", "2026-03-01 15:30"),
        (ticket::RESPONSE_DUE.def(), "2026-03-01 15:00", "+=", "1y", "2027-03-01 15:00"),
        (followup::DUE.def(), "2026-03-01 15:00", "-=", "1h30m", "2026-03-01 13:30"),
        (ticket::RESPONSE_DUE.def(), "2026-03-01 15:00", "+=", "4小时", "2026-03-01 19:00"),
    ];
    for (def, old, op, text, new) in table {
        let expected = read(&def, new, &reading()).unwrap();
        assert_eq!(after(def, old, op, text), Ok(expected), "{} {old} {op} {text}", def.code);
    }
}

#[test]
fn a_day_later_is_the_same_time_of_day_and_hours_are_exact() {
    let at = |text: &str| Value::Due(Due::At(text.parse::<DateTime<Utc>>().unwrap().into()));
    let def = followup::DUE.def();
    // The clocks of Berlin go forward on 28 March 2027 at 02:00, and back on 31 October at 03:00.
    for (old, by, new) in [
        ("2027-03-27T09:00:00Z", "1d", "2027-03-28T08:00:00Z"),
        ("2027-03-27T09:00:00Z", "1", "2027-03-28T08:00:00Z"),
        ("2027-03-27T09:00:00Z", "24h", "2027-03-28T09:00:00Z"),
        ("2027-03-27T09:00:00Z", "1d2h", "2027-03-28T10:00:00Z"),
        ("2027-03-27T09:00:00Z", "1.5天", "2027-03-28T20:00:00Z"),
        ("2027-03-22T09:00:00Z", "1w", "2027-03-29T08:00:00Z"),
        ("2027-03-29T08:00:00Z", "-1周", "2027-03-22T09:00:00Z"),
        ("2027-03-27T01:30:00Z", "1d", "2027-03-28T01:30:00Z"),
        ("2027-10-31T01:30:00Z", "0d", "2027-10-31T01:30:00Z"),
        ("2027-10-30T08:00:00Z", "1d", "2027-10-31T09:00:00Z"),
    ] {
        let operand = operand(&def, by, &reading()).unwrap();
        let berlin = clock(chrono_tz::Europe::Berlin);
        assert_eq!(add(&def, Some(at(old)), operand, berlin), Ok(Some(at(new))), "{old} {by}");
    }
    let day = operand(&def, "1d", &reading()).unwrap();
    let back = remove(&def, Some(at("2027-03-28T08:00:00Z")), day, clock(chrono_tz::Europe::Berlin));
    assert_eq!(back, Ok(Some(at("2027-03-27T09:00:00Z"))));
}

#[test]
fn refusals_say_what_to_do() {
    let table = [
        (ticket::SATISFACTION.def(), "3", "+=", "3", "satisfaction: '6' is not between 1 and 5"),
        (customer::EMPLOYEES.def(), "", "-=", "3", "employees: '-3' is less than 0"),
        (stage::PROBABILITY.def(), "50", "+=", "51", "probability: '101' is not between 0 and 100"),
        (stage::PROBABILITY.def(), "50", "-=", "51", "probability: '-1' is not between 0 and 100"),
        (deal::AMOUNT.def(), "1000", "+=", "$5", "amount: 5.00 USD cannot be counted together with 1000.00 CNY"),
        (deal::EXPECTED_CLOSE.def(), "2026-03-01", "+=", "1h", "expected_close: a day moves by whole days only"),
        (deal::EXPECTED_CLOSE.def(), "", "+=", "3d", "expected_close: there is no date yet that could be moved"),
        (followup::DUE.def(), "9999-12-31", "+=", "1", "due: the result is out of range"),
        (ticket::RESPONSE_DUE.def(), "9999-12-31", "+=", "2", "response_due: the result is out of range"),
        (customer::EMPLOYEES.def(), "9223372036854775807", "+=", "1", "employees: the result is out of range"),
        (customer::EMPLOYEES.def(), "1", "+=", " ", "employees: nothing stands after += or -="),
        (common::TAG.def(), "a", "+=", ",", "tag: nothing stands after += or -="),
        (deal::EXPECTED_CLOSE.def(), "2026-03-01", "+=", "soon", "expected_close: 'soon' is not a duration"),
    ];
    for (def, old, op, text, message) in table {
        let error = after(def, old, op, text).expect_err(message);
        assert_eq!((error.kind(), &*error.message(Lang::En)), (ErrorKind::Invalid, message));
    }
}

#[test]
fn single_texts_choices_links_and_yes_no_are_only_set() {
    for def in
        [customer::CITY.def(), customer::GRADE.def(), customer::OWNER.def(), contact::PRIMARY.def(), common::NOTE.def()]
    {
        for text in ["x", ""] {
            let error = operand(&def, text, &reading()).expect_err(def.code);
            assert_eq!(error.kind(), ErrorKind::Usage);
            assert_eq!(error.next_step(Lang::En), Some(format!("set the field: {}=...", def.code).as_str()));
        }
    }
}

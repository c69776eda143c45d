//! Columns and headings that change what others mean.

use super::*;
use crate::domain::followup;

fn due(heading: &str, cells: &str) -> crate::error::Result<Option<Value>> {
    let shop = Shop::new();
    shop.import(&format!("title,{heading}\nCall,{cells}\n"), into(&followup::KIND))?;
    Ok(shop.value("F-1", "due"))
}

fn at(text: &str) -> Option<Value> {
    let at = chrono::DateTime::parse_from_rfc3339(text).unwrap();
    Some(Value::Due(crate::domain::Due::At(at.to_utc().into())))
}

fn refused(shop: &Shop, text: &str, kind: &'static Kind) -> (String, String) {
    let error = shop.import(text, into(kind)).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid, "{error:?}");
    (error.message(Lang::En).to_owned(), error.next_step(Lang::En).unwrap_or_default().to_owned())
}

#[test]
fn a_time_beside_a_date_counts() {
    for heading in ["Due date,Due time", "due,due time", "due,Time", "截止日期,截止时间", "日期,时间"] {
        assert_eq!(due(heading, "2026-03-02,14:30").unwrap(), at("2026-03-02T14:30:00+08:00"), "{heading}");
    }
    assert_eq!(due("Time,Due date", "14:30,2026-03-02").unwrap(), at("2026-03-02T14:30:00+08:00"));
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    assert_eq!(due("due,due time", "2026-03-02,").unwrap(), Some(Value::Due(crate::domain::Due::Day(day))));
    for heading in ["Due date,Due time (UTC-5)", "due,Time (UTC-5)", "截止日期,截止时间（UTC-5）"] {
        assert_eq!(due(heading, "2026-03-02,14:30").unwrap(), at("2026-03-02T14:30:00-05:00"), "{heading}");
    }
    let error = due("due,due time", ",14:30").map(drop).unwrap_err();
    assert!(error.message(Lang::En).contains("line 2, due: there is the time '14:30' and no day"), "{error:?}");
}

#[test]
fn a_zone_in_the_heading_of_times_counts() {
    for (heading, meant) in [
        ("due", "2026-03-02T14:30:00+08:00"),
        ("Due (UTC)", "2026-03-02T14:30:00Z"),
        ("Due (+08:00)", "2026-03-02T14:30:00+08:00"),
        ("Due (UTC-5)", "2026-03-02T14:30:00-05:00"),
        ("Due (America/New_York)", "2026-03-02T14:30:00-05:00"),
        ("Due (planned)", "2026-03-02T14:30:00+08:00"),
    ] {
        assert_eq!(due(heading, "2026-03-02 14:30").unwrap(), at(meant), "{heading}");
    }
    let shop = Shop::new();
    let (what, next) = refused(&shop, "title,Due (PST)\nCall,2026-03-02 14:30\n", &followup::KIND);
    assert!(what.contains("'PST', which names no one zone") && next.contains("--map 'Due (PST)=due'"), "{what} {next}");
    let (what, next) = refused(&shop, "title,due,Time zone\nCall,2026-03-02 14:30,PST\n", &followup::KIND);
    assert!(what.contains("'Time zone' says in which zone the times of 'due' are"), "{what}");
    assert!(next.contains("--map 'Time zone='"), "{next}");
    for heading in ["Due Timezone", "due_tz", "TZID", "GMT Offset", "Zone", "截止时区"] {
        refused(&shop, &format!("title,due,{heading}\nCall,2026-03-02 14:30,PST\n"), &followup::KIND);
    }
    refused(&shop, "title,Due (Eastern Time)\nCall,2026-03-02 14:30\n", &followup::KIND);
    for heading in ["When (UTC-5)", "跟进时间（UTC-5）"] {
        let shop = Shop::new();
        shop.import("name\nAcme\n", into(&customer::KIND)).unwrap();
        shop.import(&format!("text,customer,{heading}\nMet,Acme,2025-12-02 14:30\n"), into(&activity::KIND)).unwrap();
        let at = chrono::DateTime::parse_from_rfc3339("2025-12-02T14:30:00-05:00").unwrap();
        assert_eq!(shop.value("A-1", "at"), Some(Value::Instant(at.to_utc().into())), "{heading}");
    }
    let left_out = ImportOptions { map: vec!["Time zone=".into()], ..into(&followup::KIND) };
    shop.import("title,due,Time zone\nCall,2026-03-02 14:30,PST\n", left_out).unwrap();
    // The zone of a person is none of when the record was made.
    shop.import("name,created,Time zone\nAnn,2026-01-01T00:00:00Z,PST\n", into(&contact::KIND)).unwrap();
}

#[test]
fn the_first_digits_of_numbers_are_not_passed_over() {
    let shop = Shop::new();
    let (what, next) = refused(&shop, "name,Country code,phone\nAnn,+44,20 7946 0000\n", &contact::KIND);
    assert!(what.contains("'Country code' has the first digits of 'phone'"), "{what}");
    assert!(next.contains("--map 'Country code='"), "{next}");
    shop.import("name,Country code,phone\nAnn,GB,+44 20 7946 0000\n", into(&contact::KIND)).unwrap();
}

#[test]
fn amounts_in_two_currencies_are_not_guessed_at() {
    let shop = Shop::new();
    let text = "title,Amount USD,Amount CNY\nA,1,7\n";
    let (what, next) = refused(&shop, text, &deal::KIND);
    assert!(what.contains("'Amount USD' and 'Amount CNY' are amounts in different currencies"), "{what}");
    assert!(next.contains("--map 'Amount USD=amount'"), "{next}");
    let given = ImportOptions { map: vec!["Amount CNY=amount".into()], ..into(&deal::KIND) };
    shop.import(text, given).unwrap();
    assert_eq!(shop.text("D-1", "amount").as_deref(), Some("Money(Money { minor: 700, currency: CNY })"));
}

#[test]
fn the_status_of_deals_without_their_stage_is_not_passed_over() {
    let shop = Shop::new();
    for heading in ["status", "Deal status", "商机状态", "状态"] {
        let text = format!("title,{heading}\nA,Won\n");
        let (what, next) = refused(&shop, &text, &deal::KIND);
        assert!(what.contains(&format!("'{heading}' has the status of deals")), "{what}");
        assert!(next.contains(&format!("--map '{heading}=stage'")), "{next}");
        shop.import(&format!("title,stage,{heading}\nA,Won,won\n"), into(&deal::KIND)).unwrap();
        let taken = ImportOptions { map: vec![format!("{heading}=stage")], ..into(&deal::KIND) };
        shop.import(&text, taken).unwrap();
    }
    assert_eq!(
        (1..=8).map(|num| shop.value(&format!("D-{num}"), "stage")).collect::<Vec<_>>(),
        [const { Some(Value::Link(5)) }; 8]
    );
}

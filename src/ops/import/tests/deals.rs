//! Deals in the stages that a file names, and those that were closed before they came here.

use chrono::NaiveDate;

use super::*;

#[test]
fn a_deal_that_a_file_has_closed_was_closed_when_it_came_to_its_stage() {
    let shop = Shop::new();
    let text = "title,stage,created,stage_since,closed\n\
        Old,won,2024-01-01,,\n\
        Moved,won,2024-01-01,2024-03-05T20:00:00Z,\n\
        Said,lost,2024-01-01,2024-03-05,2024-03-04\n\
        Open,needs,2024-01-01,,\n\
        Now,won,,,\n";
    shop.import(text, into(&deal::KIND)).unwrap();
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).map(Value::Date);
    let closed: Vec<_> = ["D-1", "D-2", "D-3", "D-4", "D-5"].iter().map(|id| shop.value(id, "closed")).collect();
    // The second at four in the morning of the next day, by the clock of who imports.
    assert_eq!(closed, [day(2024, 1, 1), day(2024, 3, 6), day(2024, 3, 4), None, day(2026, 1, 1)]);
}

#[test]
fn stages_are_those_of_the_pipeline() {
    let shop = Shop::new();
    let text = "title,stage\nBig,商务谈判\nSmall,WON\n";
    shop.import(text, create(&deal::KIND)).unwrap();
    assert_eq!(shop.value("D-1", "stage"), Some(Value::Link(4)));
    assert_eq!(shop.value("D-2", "stage"), Some(Value::Link(5)));
    let error = message(shop.import("title,stage\nBig,Prospecting\n", create(&deal::KIND)));
    assert!(error.contains("no stage 'Prospecting'") && error.contains("--map-value"), "{error:?}");
    let error = message(shop.import("title,pipeline\nBig,Partner sales\n", create(&deal::KIND)));
    assert!(error.contains("there is no pipeline 'Partner sales'"), "{error:?}");
}

#[test]
fn an_expected_close_that_a_file_repeats_stays() {
    let shop = Shop::new();
    shop.import("title,external_id,expected_close\nA,1,2026-02-15\nB,2,2026-02-15\n", into(&deal::KIND)).unwrap();
    let by = || ImportOptions { key: Some("external_id".into()), ..into(&deal::KIND) };
    shop.import("external_id,closed,expected_close\n1,2026-01-15,2026-02-15\n", by()).unwrap();
    shop.import("external_id,closed\n2,2026-01-15\n", by()).unwrap();
    let day = |text: &str| Some(Value::Date(text.parse().unwrap()));
    assert_eq!(shop.value("D-1", "expected_close"), day("2026-02-15"));
    assert_eq!(shop.value("D-2", "expected_close"), day("2026-01-15"), "there is one day alone");
}

//! A story in the forms that it is told in.

use super::{details, format::Format, screen::Screen};
use crate::{
    query::names::Names,
    read_model::{
        record_details::details,
        record_details_tests::{HARBOR, at, told, view},
    },
    store::engine::Engine as _,
    text::{Lang, is_safe, width},
};

fn print(format: &str, screen: &Screen) -> String {
    let engine = told();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, screen.lang);
    let told = details(reader, HARBOR, &names, view(screen.lang), None).unwrap().unwrap();
    let mut out = Vec::new();
    details::write(&told, &names, &format.parse::<Format>().unwrap(), screen, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_person_reads_fields_links_and_timeline() {
    let text = print("table", &Screen::file(at(10, 9)));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Blue Harbor  C-1");
    assert!(lines.contains(&"Grade           A"), "{text}");
    assert!(lines.contains(&"Owner           Ann Li"), "{text}");
    assert!(lines.contains(&"  P-25  Person 25  Buyer"), "{text}");
    assert!(lines.contains(&"  and 5 more: crm contact list customer:C-1"), "{text}");
    assert!(lines.contains(&"  2026-03-02 09:00  Call       A-1  Ann Li  Wants a quote"), "{text}");
    assert!(lines.contains(&"                                            by Friday[2J (Reached)"), "{text}");
    assert!(lines.contains(&"  2026-03-03 09:00  Change          Ann Li  Grade B → A, City – → 上海"), "{text}");
    assert!(text.chars().all(|c| is_safe(c) || c == '\n'), "{text:?}");
    assert!(lines.iter().all(|line| *line == line.trim_end()));
}

#[test]
fn a_terminal_wraps_and_speaks_chinese() {
    let screen = Screen { terminal: true, width: 70, lang: Lang::Zh, color: true, ..Screen::file(at(10, 9)) };
    let text = print("table", &screen);
    assert!(text.contains("客户级别"), "{text}");
    assert!(text.contains("另有 5 个"), "{text}");
    let plain = text.replace("\u{1b}[1m", "").replace("\u{1b}[2m", "").replace("\u{1b}[0m", "");
    assert!(plain.lines().all(|line| width(line) <= 70), "{plain}");
    assert!(plain.chars().all(|c| is_safe(c) || c == '\n'), "{plain:?}");
}

#[test]
fn json_has_record_links_and_timeline() {
    let document: serde_json::Value = serde_json::from_str(&print("json", &Screen::file(at(10, 9)))).unwrap();
    let keys: Vec<&String> = document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["schema_version", "record", "links", "more", "timeline"]);
    let record = document["record"].as_object().unwrap();
    assert_eq!(record.keys().next().unwrap(), "id");
    assert!(record.contains_key("district") && record["district"].is_null());
    assert_eq!(record["owner"], serde_json::json!({"id": "U-1", "name": "Ann Li", "login": "ann"}));
    assert_eq!(document["links"]["contacts"][0], serde_json::json!({"id": "P-25", "name": "Person 25"}));
    assert_eq!(document["more"]["contacts"], 5);
    let call = serde_json::json!({
        "at": "2026-03-02T09:00:00Z", "kind": "call", "id": "A-1", "by": "ann",
        "text": "Wants a quote\nby Friday\u{1b}[2J (Reached)",
    });
    let told = &document["timeline"][1];
    assert_eq!(told["at"].as_str().unwrap()[..19], call["at"].as_str().unwrap()[..19]);
    for key in ["kind", "id", "by", "text"] {
        assert_eq!(told[key], call[key]);
    }
    assert!(document["timeline"][0]["id"].is_null());
}

#[test]
fn the_other_formats_have_the_fields_of_the_record() {
    let screen = Screen::file(at(10, 9));
    let csv = print("csv", &screen);
    assert_eq!(csv.lines().count(), 2);
    assert!(csv.starts_with("id,name,"), "{csv}");
    assert_eq!(print("ids", &screen), "C-1\n");
    assert_eq!(print("template={{name}} {{owner.name}}", &screen), "Blue Harbor Ann Li\n");
    let line: serde_json::Value = serde_json::from_str(&print("jsonl", &screen)).unwrap();
    assert_eq!(line["city"], "上海");
}

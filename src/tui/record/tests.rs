//! Pictures of records, and going about in them.

use chrono_tz::Asia::Shanghai;

use crate::{
    domain::{RecordId, customer, deal, followup},
    query::names::Names,
    read_model::record_details_tests,
    store::engine::Engine,
    text::Lang,
    tui::testing::drawing::{HOSTILE, SIZES, at, sketch},
};

use super::{EventFilter, LineKind, OpenRecord, RecordLine, RecordView, draw};

fn line(sort: LineKind, label: &str, text: &str) -> RecordLine {
    RecordLine { sort, label: label.to_owned(), text: text.to_owned(), ..RecordLine::default() }
}

/// A customer with all that makes columns crooked, and so many events.
fn hostile(events: usize) -> RecordView {
    let mut lines = vec![
        RecordLine {
            to: Some(RecordId::new(followup::ID, 3)),
            ..line(LineKind::Next, "Next", "today 15:00  send quote")
        },
        line(LineKind::Gap, "", ""),
    ];
    lines.extend(HOSTILE.iter().map(|name| line(LineKind::Field, "习惯", name)));
    lines.push(line(LineKind::Gap, "", ""));
    lines.push(line(LineKind::Heading, "Deals", "1 open · ¥120,000"));
    lines.extend(HOSTILE.iter().enumerate().map(|(at, name)| {
        let id = RecordId::new(deal::ID, at as u64);
        RecordLine { to: Some(id), ..line(LineKind::Link, &id.to_string(), name) }
    }));
    lines.push(line(LineKind::Gap, "", ""));
    lines.push(line(LineKind::Heading, "Timeline", ""));
    lines.extend((0..events).map(|at| {
        let (what, label) = if at % 2 == 0 { (EventFilter::Activity, "call") } else { (EventFilter::Change, "change") };
        RecordLine {
            what: Some(what),
            ..line(LineKind::Event, &format!("{} Nov  {label}", at % 30), HOSTILE[at % HOSTILE.len()])
        }
    }));
    RecordView {
        id: Some(RecordId::new(customer::ID, 1)),
        title: HOSTILE[5].to_owned(),
        badge: "A · active".to_owned(),
        about: HOSTILE.join(" · "),
        lines,
        events,
        older: events > 50,
    }
}

fn reading(events: usize) -> OpenRecord {
    let mut reading = OpenRecord { told: Some(hostile(events)), ..OpenRecord::new(RecordId::new(customer::ID, 1)) };
    reading.settle((40, 20));
    reading
}

#[test]
fn pictures() {
    for size in SIZES {
        let mut reading = reading(80);
        reading.settle((size.0, size.1 - 3));
        let picture = |reading: &OpenRecord| {
            sketch(size, Lang::En, |look, area, buf| {
                draw(reading.told.as_ref().unwrap(), Some(reading), look, area, buf);
            })
            .join("\n")
        };
        insta::assert_snapshot!(format!("{}_top", size.0), picture(&reading));
        reading.step(isize::MAX / 2, (size.0, size.1 - 3));
        insta::assert_snapshot!(format!("{}_bottom", size.0), picture(&reading));
        reading.find = "blue".to_owned();
        reading.restart((size.0, size.1 - 3));
        insta::assert_snapshot!(format!("{}_found", size.0), picture(&reading));
    }
}

#[test]
fn the_cursor_is_always_in_the_window() {
    for (cols, height) in [(24, 5), (40, 12), (76, 30)] {
        let mut reading = reading(300);
        let steps = [1, 1, 7, -3, isize::MAX / 2, -1, -40, 40, isize::MIN / 2, 250, -1, -1];
        for by in steps {
            reading.step(by, (cols, height));
            let told = reading.told.clone().unwrap();
            let lines = super::measure::Measure::new(&told, cols);
            let shown = reading.shown();
            let seen = shown.iter().filter(|at| (reading.scroll..reading.cursor).contains(at));
            let above: usize = seen.map(|at| lines.height(&told.lines[*at])).sum();
            assert!(reading.scroll <= reading.cursor && above < height.into(), "{by} in {cols}x{height}");
            assert_ne!(told.lines[reading.cursor].sort, LineKind::Gap);
        }
    }
}

#[test]
fn sections_are_gone_through_and_the_timeline_is_limited() {
    let mut reading = reading(60);
    let label = |reading: &OpenRecord| reading.told.as_ref().unwrap().lines[reading.cursor].label.clone();
    let size = (60, 20);
    let mut go = |forward| {
        reading.section(forward, size);
        label(&reading)
    };
    assert_eq!(
        [go(true), go(true), go(true), go(false), go(false)],
        ["Deals", "Timeline", "Timeline", "Deals", "Next"]
    );
    reading.only = Some(EventFilter::Change);
    let told = reading.told.clone().unwrap();
    let events = reading.shown().into_iter().filter(|at| told.lines[*at].sort == LineKind::Event).count();
    assert_eq!(events, 30);
    reading.find = "zzz".to_owned();
    assert!(reading.shown().is_empty());
    reading.step(1, size);
    assert_eq!(reading.link(), Some(RecordId::new(followup::ID, 3)));
}

#[test]
fn older_events_are_wanted_near_the_end_only() {
    let mut reading = reading(300);
    assert_eq!(reading.wants(), None);
    reading.step(isize::MAX / 2, (60, 20));
    assert_eq!(reading.wants(), Some(1_200));
    let mut all = reading.clone();
    all.told.as_mut().unwrap().older = false;
    assert_eq!(all.wants(), None);
}

#[test]
fn a_record_of_the_store_in_words() {
    let engine = record_details_tests::told();
    let snapshot = engine.snapshot().unwrap();
    for lang in [Lang::En, Lang::Zh] {
        let context = crate::commit::Context {
            now: at("2026-03-10T09:00:00Z"),
            ahead: 0,
            machine: || crate::domain::Instant(0),
            tz: Shanghai,
            lang,
            user: None,
            login: String::new(),
            session: None,
            settings: crate::domain::rules::Settings {
                currency: crate::domain::words::money::Currency::CNY,
                week_start: chrono::Weekday::Mon,
                service: crate::domain::rules::ServiceLevels::default(),
            },
            words: String::new(),
            input: crate::commit::Input::default(),
        };
        let told = super::tell(snapshot.reader(), &context, record_details_tests::HARBOR, 4).unwrap().unwrap();
        let lines = told.lines.iter().map(|line| format!("{:?}|{}|{}", line.sort, line.label, line.text));
        let text = format!("{}|{}\n{}\n{}", told.title, told.badge, told.about, lines.collect::<Vec<_>>().join("\n"));
        insta::assert_snapshot!(format!("told_{lang:?}"), text);
        assert!(told.older);
    }
}

#[test]
fn as_many_events_as_are_wanted_are_the_newest_of_all() {
    let engine = record_details_tests::told();
    let snapshot = engine.snapshot().unwrap();
    let names = Names::new(snapshot.reader(), Lang::En);
    let view = record_details_tests::view(Lang::En);
    let all =
        crate::read_model::record_details::details(names.reader(), record_details_tests::HARBOR, &names, view, None)
            .unwrap()
            .unwrap();
    for wanted in 1..all.timeline.len() + 2 {
        let some = crate::read_model::record_summary::summary(&names, record_details_tests::HARBOR, view, wanted)
            .unwrap()
            .unwrap();
        let newest: Vec<_> = all.timeline.iter().rev().take(some.timeline.len()).cloned().collect();
        assert_eq!(some.timeline, newest, "{wanted}");
        assert!(some.timeline.len() <= wanted);
        assert_eq!(some.older, some.timeline.len() < all.timeline.len(), "{wanted}");
    }
}

#[test]
fn parts_are_found_under_their_columns_and_the_cursor_stops_at_them_alone() {
    let part = |num: u64, name: &str| {
        let id = RecordId::new(deal::ID, num);
        RecordLine { to: Some(id), ..line(LineKind::Part, &id.to_string(), name) }
    };
    let lines = vec![
        line(LineKind::Heading, "Items", "2"),
        line(LineKind::Columns, "", "Name  Quantity"),
        part(1, "Pump  2"),
        part(2, "Valve  12"),
    ];
    let told = RecordView { lines, ..RecordView::default() };
    let mut reading = OpenRecord { told: Some(told), ..OpenRecord::new(RecordId::new(deal::ID, 7)) };
    reading.step(1, (40, 20));
    assert_eq!(reading.cursor, 2);
    reading.find = "valve".to_owned();
    assert_eq!(reading.shown(), [0, 1, 3]);
}

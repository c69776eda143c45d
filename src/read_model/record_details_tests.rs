//! Histories, stories and the past, over a store whose steps are written by hand.

use std::time::Duration;

use super::{
    history::{self, StepEffect, history},
    record_details::{LINKS, details},
};
use crate::{
    domain::{
        Instant, Record, RecordId, activity,
        common::{CREATED, CREATED_BY},
        contact, customer, followup,
        print::View,
        user,
        value::Due,
    },
    query::{as_of::as_of, names::Names},
    store::{
        Encoded, RecordChange, RecordState,
        engine::{self, Engine},
        journal::{Entry, Residence},
    },
    text::Lang,
};

/// The customer of these tests.
pub(crate) const HARBOR: RecordId = RecordId::new(customer::ID, 1);

const HOUR: i64 = 3_600_000;

/// The beginning of a day of March 2026, and an hour of it, in UTC.
pub(crate) fn at(day: i64, hour: i64) -> Instant {
    Instant(1_772_323_200_000 + (day - 1) * 24 * HOUR + hour * HOUR)
}

/// In UTC, on the tenth.
pub(crate) fn view(lang: Lang) -> View {
    View { lang, tz: chrono_tz::Tz::UTC, now: at(10, 9), relative: false }
}

type After = Option<(Residence, Record)>;

/// Writes a step that leaves records so, whatever they were.
fn step(engine: &impl Engine, when: Instant, words: &str, after: Vec<(RecordId, After)>) {
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let changes = after
        .into_iter()
        .map(|(id, after)| {
            let held = reader.held(id).unwrap();
            RecordChange {
                id,
                prev: reader.head(id).unwrap().unwrap_or_default(),
                before: held.map(|held| RecordState { place: held.place, record: held.record }),
                after: after.map(|(place, record)| RecordState { place, record }),
            }
        })
        .collect();
    let entry = Entry { at: when.0, by: 1, words: words.to_owned(), ..Entry::default() };
    let encoded = Encoded::new(reader.schema(), reader.seq().unwrap() + 1, entry, changes, false).unwrap();
    engine::transact(engine, Duration::from_secs(1), |txn| encoded.write(txn)).unwrap();
}

fn made(record: impl FnOnce(&mut Record)) -> After {
    let mut made = Record::new();
    record(&mut made);
    Some((Residence::Live, made))
}

fn harbor(grade: u16, city: Option<&str>) -> Record {
    let mut record = Record::new();
    record.set(customer::NAME, "Blue Harbor".to_owned());
    record.set(customer::GRADE, grade);
    record.put(customer::CITY, city.map(str::to_owned));
    record.set(customer::OWNER, 1);
    record.set(CREATED, at(1, 9));
    record
}

/// A customer made on the first, called on the second, moved and upgraded on the third, put into the trash on the
/// fourth and taken out on the fifth; with 25 contacts and a follow-up.
pub(crate) fn told() -> impl Engine {
    let engine = engine::memory().unwrap();
    let ann = made(|ann| {
        ann.set(user::LOGIN, "ann".to_owned());
        ann.set(user::NAME, "Ann Li".to_owned());
    });
    step(&engine, at(1, 8), "setup", vec![(RecordId::new(user::ID, 1), ann)]);
    step(&engine, at(1, 9), "customer add", vec![(HARBOR, Some((Residence::Live, harbor(1, None))))]);
    let call = made(|call| {
        call.set(activity::TEXT, "Wants a quote\nby Friday\u{1b}[2J".to_owned());
        call.set(activity::TYPE, 0);
        call.set(activity::OUTCOME, 0);
        call.set(activity::AT, at(2, 9));
        call.set(activity::BY, 1);
        call.set(activity::CUSTOMER, 1);
    });
    let plan = made(|plan| {
        plan.set(followup::TITLE, "Send quote".to_owned());
        plan.set(followup::DUE, Due::At(at(6, 15)));
        plan.set(followup::STATUS, 0);
        plan.set(followup::CUSTOMER, 1);
        plan.set(CREATED, at(2, 10));
        plan.set(CREATED_BY, 1);
    });
    let ids = [RecordId::new(activity::ID, 1), RecordId::new(followup::ID, 1)];
    step(&engine, at(2, 9), "log call", ids.into_iter().zip([call, plan]).collect());
    step(&engine, at(3, 9), "customer set", vec![(HARBOR, Some((Residence::Live, harbor(0, Some("上海")))))]);
    step(&engine, at(4, 9), "customer rm", vec![(HARBOR, Some((Residence::Trash, harbor(0, Some("上海")))))]);
    step(&engine, at(5, 9), "customer restore", vec![(HARBOR, Some((Residence::Live, harbor(0, Some("上海")))))]);
    let people = (1..=25).map(|num| {
        let person = made(|person| {
            person.set(contact::NAME, format!("Person {num}"));
            person.set(contact::CUSTOMER, 1);
            person.set(contact::TITLE, "Buyer".to_owned());
            person.set(CREATED, at(if num <= 6 { 5 } else { 6 }, 9));
        });
        (RecordId::new(contact::ID, num), person)
    });
    step(&engine, at(6, 9), "import", people.collect());
    engine
}

#[test]
fn the_past_is_read_from_the_journal() {
    let engine = told();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let then = |day, hour| as_of(reader, HARBOR, at(day, hour)).unwrap();
    assert_eq!(then(1, 8), None, "it was not there yet");
    assert_eq!(then(1, 9), Some((Residence::Live, harbor(1, None))), "an instant of a step is after it");
    assert_eq!(then(3, 8), Some((Residence::Live, harbor(1, None))));
    assert_eq!(then(3, 9), Some((Residence::Live, harbor(0, Some("上海")))));
    assert_eq!(then(4, 12).unwrap().0, Residence::Trash);
    assert_eq!(then(9, 0).unwrap().0, Residence::Live);
    assert_eq!(as_of(reader, RecordId::new(customer::ID, 99), at(9, 0)).unwrap(), None);
}

#[test]
fn what_is_gone_still_has_a_past() {
    let engine = told();
    step(&engine, at(7, 9), "undo", vec![(HARBOR, None)]);
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    assert_eq!(as_of(reader, HARBOR, at(8, 9)).unwrap(), None);
    assert_eq!(as_of(reader, HARBOR, at(6, 9)).unwrap(), Some((Residence::Live, harbor(0, Some("上海")))));
    assert_eq!(history(reader, HARBOR).unwrap().last().unwrap().what, StepEffect::Removed);
}

#[test]
fn a_history_names_fields_from_first_to_last() {
    let engine = told();
    let snapshot = engine.snapshot().unwrap();
    let lines = history(snapshot.reader(), HARBOR).unwrap();
    let steps: Vec<(StepEffect, &str)> = lines.iter().map(|line| (line.what, line.words.as_str())).collect();
    let expected = [
        (StepEffect::Added, "customer add"),
        (StepEffect::Changed, "customer set"),
        (StepEffect::Trashed, "customer rm"),
        (StepEffect::Restored, "customer restore"),
    ];
    assert_eq!(steps, expected);
    let fields: Vec<&str> = lines[1].fields.iter().map(|(def, ..)| def.code).collect();
    assert_eq!(fields, ["grade", "city"]);
    assert_eq!((lines[1].fields[1].1.as_deref(), lines[1].fields[1].2.as_deref()), (None, Some("上海".as_bytes())));
    assert!(lines[0].fields.iter().any(|(def, old, new)| def.code == "name" && old.is_none() && new.is_some()));

    let names = Names::new(snapshot.reader(), Lang::En);
    let grid = history::grid(&lines, &names).unwrap();
    let codes: Vec<&str> = grid.columns.iter().map(|column| column.code.as_ref()).collect();
    assert_eq!(codes, ["at", "by", "what", "field", "from", "to"]);
}

#[test]
fn a_story_has_fields_links_and_a_timeline_in_order() {
    let engine = told();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, Lang::En);
    let told = details(reader, HARBOR, &names, view(Lang::En), None).unwrap().unwrap();
    assert_eq!(told.fields.len(), customer::KIND.all_fields().count());
    assert!(told.fields.iter().any(|(def, stored)| def.code == "last_contact" && stored.is_some()));

    let contacts = told.links.iter().find(|link| link.code == "contacts").unwrap();
    assert_eq!((contacts.records.len(), contacts.more), (LINKS, 5));
    assert_eq!(contacts.records[0].name, "Person 25", "the newest first");
    assert_eq!(contacts.records[0].facts[0].1, b"Buyer");

    let texts: Vec<(&str, &str, Option<&str>)> = told
        .timeline
        .iter()
        .map(|event| (event.what.code(), event.text_en.as_str(), event.by.as_ref().map(|by| by.login.as_str())))
        .collect();
    let ann = Some("ann");
    let expected = [
        ("change", "added", ann),
        ("call", "Wants a quote\nby Friday\u{1b}[2J (Reached)", ann),
        ("followup", "planned for 2026-03-06 15:00: Send quote", ann),
        ("change", "Grade B → A, City – → 上海", ann),
        ("change", "moved to the trash", ann),
        ("change", "restored", ann),
    ];
    assert_eq!(texts, expected);
    assert_eq!(told.timeline[3].text_zh, "客户级别 B → A，城市 – → 上海");
}

#[test]
fn a_story_of_the_past_ends_there() {
    let engine = told();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, Lang::En);
    let then = |day| details(reader, HARBOR, &names, view(Lang::En), Some(at(day, 12))).unwrap();
    assert!(then(0).is_none());
    let told = then(2).unwrap();
    assert_eq!(told.timeline.len(), 3);
    assert!(told.links.iter().all(|link| link.code != "contacts"));
    assert!(told.fields.iter().any(|(def, stored)| def.code == "city" && stored.is_none()));
    let told = then(5).unwrap();
    let contacts = told.links.iter().find(|link| link.code == "contacts").unwrap();
    assert_eq!((contacts.records.len(), contacts.more), (6, 0), "only those made by then");
}

#[test]
fn headings_say_several() {
    let labels = ["Customer", "Activity", "Survey", "Address", "Batch", "设备"];
    let several = ["Customers", "Activities", "Surveys", "Addresses", "Batches", "设备"];
    assert_eq!(labels.map(super::record_details::plural), several);
}

//! The best of many by the lists are the best of all by the rows.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::{
    FoundPage,
    best::{Best, Hit},
    find, narrow,
    search::Search,
};
use crate::{
    domain::{Instant, Kind, Record, RecordId, Schema, common, customer, schema::BASE},
    query::{filter::Filter, names::Names, resolve, select::Query, tests::asking},
    store::{Encoded, RecordChange, RecordState, Store, journal::Entry},
    text::Lang,
};

/// A step: when, and which records get which name and note.
type Step = (i64, Vec<(u64, String, String)>);

fn write(store: &Store, at: i64, records: &[(u64, String, String)], stamped: i64) {
    let snapshot = store.snapshot().unwrap();
    let reader = snapshot.reader();
    let change = |(num, name, note): &(u64, String, String)| {
        let id = RecordId::new(customer::ID, *num);
        let mut record = Record::new();
        record.set(customer::NAME, name.clone());
        record.set(common::NOTE, note.clone());
        record.set(common::UPDATED, Instant(stamped));
        let before = reader.held(id).unwrap().map(|held| RecordState { place: held.place, record: held.record });
        let prev = reader.head(id).unwrap().unwrap_or_default();
        RecordChange { id, prev, before, after: Some(RecordState::live(record)) }
    };
    let entry = Entry { at, by: 1, ..Entry::default() };
    let changes = records.iter().map(change).collect();
    let encoded = Encoded::new(reader.schema(), reader.seq().unwrap() + 1, entry, changes, false).unwrap();
    let mut txn = store.begin().unwrap();
    encoded.write(&mut *txn).unwrap();
    txn.commit().unwrap();
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "Harbor",
            "Harbor Blue",
            "Blue Harbor",
            "Newharbor",
            "上海",
            "上海贸易",
            "新上海 Harbor",
            "张三",
            "Zs",
            "har har"
        ])
        .prop_map(str::to_owned),
        "[abhr 上海张三-]{1,5}".prop_map(|name| format!("x{name}")),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let note = proptest::sample::select(vec!["", "harbor", "at 上海", "zs"]).prop_map(str::to_owned);
    let records = prop::collection::btree_map(1..200_u64, (name(), note), 1..80);
    (0..3_i64, records.prop_map(|map| map.into_iter().map(|(num, (name, note))| (num, name, note)).collect()))
}

fn keys(hits: &[Hit]) -> Vec<(String, i64, u64)> {
    hits.iter().map(|hit| (format!("{:?}", hit.rank), hit.recent.0, hit.id().num)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn the_lists_and_the_journal_tell_the_best(steps in prop::collection::vec(step(), 1..8), most in 1..12_usize) {
        let store = Store::in_memory().unwrap();
        let mut at = 100;
        for (later, records) in &steps {
            at += later;
            // An undo brings an older stamp back.
            let stamped = if records.len() % 5 == 0 { at - 2 } else { at };
            write(&store, at, records, stamped);
        }
        let snapshot = store.snapshot().unwrap();
        let reader = snapshot.reader();
        let all = Filter::all(&customer::KIND);
        let words: [&[&str]; 13] = [
            &["har"], &["harbor"], &["h"], &["ha"], &["上海"], &["上"], &["海"], &["zs"], &["sh"], &["harbor", "blue"],
            &["上海", "har"], &["-"], &["zhangsan"],
        ];
        for words in words {
            let search = Search::new(&customer::KIND, words, None);
            let scanned = search.best_of(&reader, None, None).unwrap();
            let mut best = Best::of(Some(most));
            scanned.iter().for_each(|hit| best.push(*hit));
            prop_assert_eq!(keys(&search.run(&reader, Some(most)).unwrap()), keys(&best.sorted()), "{:?}", words);
            prop_assert_eq!(keys(&search.run(&reader, None).unwrap()), keys(&scanned), "{:?}", words);
            let narrowed = narrow(&reader, &all, words).unwrap();
            prop_assert_eq!(narrowed.count(&|| true).unwrap(), Some(scanned.len() as u64), "{:?}", words);
        }
    }
}

#[test]
fn a_newer_question_breaks_a_count_off() {
    let store = Store::in_memory().unwrap();
    write(&store, 1, &[(1, "Blue Harbor".to_owned(), String::new())], 1);
    let snapshot = store.snapshot().unwrap();
    let reader = snapshot.reader();
    let all = Filter::all(&customer::KIND);
    let narrowed = narrow(&reader, &all, &["harbor"]).unwrap();
    assert_eq!(narrowed.count(&|| true).unwrap(), Some(1));
    assert_eq!(narrowed.count(&|| false).unwrap(), None);
    assert_eq!(narrowed.best(5).unwrap(), [1]);
}

#[test]
fn parts_are_no_hits_of_their_own() {
    let mut fields = customer::KIND.fields.to_vec();
    fields.iter_mut().filter(|def| def.code == "owner").for_each(|def| def.part_of = true);
    let part: &Kind = Box::leak(Box::new(Kind { fields: fields.leak(), ..customer::KIND }));
    let kinds = BASE.kinds().iter().map(|kind| if kind.id == customer::ID { part } else { *kind });
    let parts: &Schema = Box::leak(Box::new(Schema::new(kinds.collect::<Vec<_>>().leak())));
    for (schema, found) in [(&BASE, 1), (parts, 0)] {
        let store = Store::in_memory().unwrap().with_schema(schema);
        write(&store, 1, &[(1, "Harbor".to_owned(), String::new())], 1);
        let (snapshot, mut hits) = (store.snapshot().unwrap(), 0);
        let names = Names::new(snapshot.reader(), Lang::En);
        (find(&["harbor"], false, FoundPage::default(), &names).rows)(&mut |_| {
            hits += 1;
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        assert_eq!(hits, found);
        let kind = schema.kind(customer::ID).unwrap();
        let listed = resolve::read("harbor", kind, &asking(snapshot.reader())).unwrap();
        assert_eq!(Query::new(listed).numbers(&snapshot.reader()), Ok(vec![1]), "a list of its kind has it");
    }
}

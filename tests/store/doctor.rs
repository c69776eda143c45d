//! A store that was damaged: what differs is named, and mended without touching a record.

use std::ops::ControlFlow;

use crm::{
    commit,
    domain::{Instant, KindId, RecordId, contact, customer, deal, stage},
    store::{
        Flaw, Problem, Store,
        engine::{KeyRange, Space, WriteTxn},
        verify,
    },
};

use super::{
    steps::{context, filled, picture},
    unseen::run,
};

fn flaws(store: &Store) -> Vec<Flaw> {
    verify(&store.snapshot().unwrap().reader()).unwrap()
}

fn damage(store: &Store, work: impl FnOnce(&mut dyn WriteTxn)) {
    let mut txn = store.begin().unwrap();
    work(&mut *txn);
    txn.commit().unwrap();
}

/// The entries of a kind in a space.
fn entries(store: &Store, space: Space, kind: KindId) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut found = Vec::new();
    let snapshot = store.snapshot().unwrap();
    snapshot
        .scan(space, KeyRange::prefix(&[kind.byte()]), false, &mut |key, value| {
            found.push((key.to_vec(), value.to_vec()));
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

fn has(found: &[Flaw], space: Space, kind: KindId, name: &str, problem: Problem) -> bool {
    found
        .iter()
        .any(|flaw| (flaw.space, flaw.kind, flaw.name.as_str(), flaw.problem) == (space, Some(kind), name, problem))
}

#[test]
fn each_kind_of_damage_is_named_and_mended() {
    let store = filled();
    assert_eq!(flaws(&store), []);
    let sound = picture(&store);
    let number = |code: &str, of: &'static crm::domain::Kind| of.field(code).unwrap().tag.to_be_bytes();
    let grade = [&[customer::ID.byte()][..], &number("grade", &customer::KIND)].concat();
    let (key, value) = entries(&store, Space::Index, customer::ID)
        .into_iter()
        .find(|(key, _)| key.starts_with(&grade) && key[key.len() - 2] == 1)
        .unwrap();
    assert!(value.is_empty());

    // An index entry is gone, another is there for a record that does not exist, a third belongs to no index at all.
    damage(&store, |txn| {
        assert!(txn.remove(Space::Index, &key).unwrap());
        let stray = [&key[..key.len() - 2], &[2, 0xee, 0xee]].concat();
        txn.put(Space::Index, &stray, &[]).unwrap();
        txn.put(Space::Index, &[customer::ID.byte(), 0xff, 0xff, 1], &[]).unwrap();
        txn.put(Space::Index, &[0xfe, 0, 1], &[]).unwrap();
    });
    let found = flaws(&store);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(has(&found, Space::Index, customer::ID, "grade", Problem::Lacking));
    assert!(has(&found, Space::Index, customer::ID, "grade", Problem::Extra));
    assert!(has(&found, Space::Index, customer::ID, "unknown", Problem::Extra));
    let lacking = found.iter().find(|flaw| flaw.problem == Problem::Lacking).unwrap();
    assert_eq!(lacking.record.map(|id| id.kind), Some(customer::ID), "the record is named");
    assert_eq!(commit::mend(&store, || Instant(0), &mut |_, _| {}).unwrap(), 4);
    assert_eq!((flaws(&store), picture(&store) == sound), (vec![], true));

    // Computed fields: one is something else, one is gone, one is of nobody.
    let derived = entries(&store, Space::Derived, deal::ID);
    let [wrong, other, ..] = &derived[..] else { panic!("too few deals") };
    let mut turned = wrong.1.clone();
    *turned.last_mut().unwrap() ^= 1;
    damage(&store, |txn| {
        txn.put(Space::Derived, &wrong.0, &turned).unwrap();
        assert!(txn.remove(Space::Derived, &other.0).unwrap());
        txn.put(Space::Derived, &[deal::ID.byte(), 2, 0xfd, 0xfd], &other.1).unwrap();
    });
    let found = flaws(&store);
    let of = |problem| found.iter().find(|flaw| flaw.space == Space::Derived && flaw.problem == problem).cloned();
    assert!(of(Problem::Wrong).is_some_and(|flaw| flaw.name.contains("weighted") || flaw.name.contains("status")));
    assert_eq!(of(Problem::Lacking).and_then(|flaw| flaw.record).map(|id| id.kind), Some(deal::ID));
    assert_eq!(of(Problem::Extra).and_then(|flaw| flaw.record), Some(RecordId::new(deal::ID, 0xfdfd)));
    assert!(commit::mend(&store, || Instant(0), &mut |_, _| {}).unwrap() >= 3);
    assert_eq!((flaws(&store), picture(&store) == sound), (vec![], true));

    // Sums and counters.
    damage(&store, |txn| {
        txn.put(Space::Summary, &[customer::ID.byte(), 0], &[2]).unwrap();
        txn.put(Space::Meta, &[b"counter/".as_slice(), &[deal::ID.byte()]].concat(), &[1]).unwrap();
    });
    let found = flaws(&store);
    assert!(has(&found, Space::Summary, customer::ID, "all", Problem::Wrong), "{found:?}");
    assert!(has(&found, Space::Meta, deal::ID, "last number", Problem::Wrong), "{found:?}");
    commit::mend(&store, || Instant(0), &mut |_, _| {}).unwrap();
    assert_eq!((flaws(&store), picture(&store) == sound), (vec![], true));
}

#[test]
fn everything_is_made_anew_from_the_records_alone() {
    let store = filled();
    let sound = picture(&store);
    damage(&store, |txn| {
        for space in [Space::Index, Space::Derived, Space::Summary] {
            let mut keys = Vec::new();
            txn.scan(space, KeyRange::all(), false, &mut |key, _| {
                keys.push(key.to_vec());
                ControlFlow::Continue(())
            })
            .unwrap();
            assert!(txn.unload(space, &mut keys.iter().map(Vec::as_slice)).unwrap() > 5);
        }
    });
    assert!(flaws(&store).len() > 100);
    assert!(picture(&store) != sound);
    commit::mend(&store, || Instant(0), &mut |_, _| {}).unwrap();
    assert_eq!((flaws(&store), picture(&store) == sound), (vec![], true));
}

#[test]
fn a_link_that_leads_nowhere_is_found_in_use_and_in_the_trash() {
    let store = filled();
    let (key, _) = entries(&store, Space::Rows, customer::ID).remove(0);
    damage(&store, |txn| {
        txn.remove(Space::Rows, &key).unwrap();
    });
    let found = flaws(&store);
    assert!(has(&found, Space::Rows, deal::ID, "customer", Problem::Dangling), "{found:?}");
    commit::mend(&store, || Instant(0), &mut |_, _| {}).unwrap();
    let left = flaws(&store);
    assert!(!left.is_empty() && left.iter().all(|flaw| flaw.problem == Problem::Dangling), "{left:?}");
}

#[test]
fn a_link_that_leads_nowhere_is_taken_away_in_the_trash_too() {
    let store = filled();
    let say = |at: i64, line: &str| run(&store, &context(at), line);
    for (at, line) in [(1_000, "customer add Gone"), (1_001, "contact add Ann customer=Gone"), (1_002, "rm P-1")] {
        assert!(say(at, line).unwrap());
    }
    let (key, _) = entries(&store, Space::Rows, customer::ID).pop().unwrap();
    say(1_003, "contact set P-1 customer=").unwrap_err();
    damage(&store, |txn| {
        txn.remove(Space::Rows, &key).unwrap();
    });
    let left = flaws(&store);
    assert!(has(&left, Space::Trash, contact::ID, "customer", Problem::Dangling), "{left:?}");
    say(1_004, "contact set P-1 customer= note=x").unwrap_err();
    assert!(say(1_005, "contact set P-1 customer=").unwrap());
    assert!(say(1_006, "restore P-1").unwrap());
}

#[test]
fn a_deal_in_a_stage_of_another_pipeline_is_found() {
    let store = filled();
    for (at, line) in [(1_000, "pipeline add Partners"), (1_001, "stage add Start pipeline=Partners")] {
        assert!(run(&store, &context(at), line).unwrap());
    }
    assert_eq!(flaws(&store), []);
    let stages = entries(&store, Space::Rows, stage::ID);
    let (_, elsewhere) = stages.last().unwrap();
    damage(&store, |txn| {
        for (key, _) in &stages {
            txn.put(Space::Rows, key, elsewhere).unwrap();
        }
    });
    let found = flaws(&store);
    assert!(has(&found, Space::Rows, deal::ID, "pipeline", Problem::Misplaced), "{found:?}");
    commit::mend(&store, || Instant(0), &mut |_, _| {}).unwrap();
    let left = flaws(&store);
    assert!(!left.is_empty() && left.iter().all(|flaw| flaw.problem == Problem::Misplaced), "{left:?}");
}

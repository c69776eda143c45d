//! `doctor`: how the store is, what differs in one that was damaged, and mending it.

use std::time::Duration;

use crm::{
    domain::{Record, customer, define::field},
    store::{
        Store,
        engine::{Access, KeyRange, Space},
        meta, row,
    },
    text::Lang,
};
use serde_json::{Value, json};

use crate::harness::TestEnvironment;

#[test]
fn a_damaged_store_is_named_and_mended() {
    let env = TestEnvironment::new();
    for name in ["Acme", "Blue", "上海华盛"] {
        env.crm(["customer", "add", name, "grade=A"]).ok();
    }
    let said = env.crm(["doctor", "--check"]).output();
    assert_eq!((said.code, said.stdout.as_str()), (Some(0), ""), "nothing to list");
    assert!(said.stderr.contains("The store is sound"), "{}", said.stderr);
    let exported = env.crm(["export"]).ok();

    let store = Store::open(&env.store(), Access::Write, Duration::from_secs(5)).unwrap();
    let mut txn = store.begin().unwrap();
    let grade = [&[customer::ID.byte()][..], &customer::GRADE.tag().to_be_bytes()].concat();
    let mut keys = Vec::new();
    txn.scan(Space::Index, KeyRange::prefix(&grade), false, &mut |key, _| {
        keys.push(key.to_vec());
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(keys.len(), 3);
    assert!(txn.remove(Space::Index, &keys[1]).unwrap());
    txn.commit().unwrap();
    store.close().unwrap();
    assert_eq!(env.crm(["customer", "count", "grade:A"]).ok(), "2\n", "what the damage does");

    let said = env.crm(["doctor", "--check", "-o", "json"]).output();
    assert_eq!(said.code, Some(1));
    let flaws: Value = serde_json::from_str(&said.stdout).unwrap();
    let expected = json!([
        {"part": "index", "kind": "customer", "name": "grade", "id": "C-2", "problem": "lacking"}
    ]);
    assert_eq!(flaws["flaws"], expected);
    assert!(said.stderr.contains("1 entry is not as the records say"), "{}", said.stderr);
    assert!(said.stderr.contains("crm doctor --rebuild"), "{}", said.stderr);
    env.crm(["doctor", "--rebuild", "--dry-run"]).fails(1);
    let table = env.crm(["doctor", "--check", "--lang", "zh"]).output().stdout;
    assert!(table.contains("缺失") && table.contains("C-2"), "{table}");

    let mended: Value = serde_json::from_str(&env.crm(["doctor", "--rebuild", "-o", "json"]).ok()).unwrap();
    assert_eq!(mended["doctor"]["mended"], 1);
    env.crm(["doctor", "--check"]).ok();
    assert_eq!(env.crm(["customer", "count", "grade:A"]).ok(), "3\n");
    assert_eq!(env.crm(["export"]).ok(), exported, "no record was touched");
}

#[test]
fn it_says_how_the_store_is() {
    let env = TestEnvironment::new();
    let said = env.crm(["doctor"]).fails(3);
    assert!(said.contains("There is no store at"), "{said}");
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["customer", "add", "Gone"]).ok();
    env.crm(["customer", "rm", "C-2"]).ok();
    let said = env.crm(["doctor", "-o", "tsv", "--no-header"]).ok();
    let value = |name: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
        line.unwrap_or_else(|| panic!("{name} in {said}")).to_owned()
    };
    assert_eq!([value("format"), value("written_by")], ["2".to_owned(), env!("CARGO_PKG_VERSION").to_owned()]);
    assert_eq!([value("customers"), value("trash")], ["1", "1"]);
    assert_eq!([value("last_by"), value("last_step")], ["ann", "customer rm C-2"]);
    assert!(value("size").parse::<u64>().unwrap() > 0);
    env.crm(["doctor", "--check", "--rebuild"]).fails(2);

    let synced = env.path("Dropbox");
    std::fs::create_dir(&synced).unwrap();
    let moved = synced.join("crm.redb");
    std::fs::copy(env.store(), &moved).unwrap();
    let said = env.crm(["doctor"]).env("CRM_STORE", &moved).output();
    assert!(said.code == Some(0) && said.stderr.contains("synced by Dropbox"), "{}", said.stderr);
}

/// A store as another version leaves it, whose indexes this one does not know.
fn of_another_version(env: &TestEnvironment) -> Store {
    let store = Store::open(&env.store(), Access::Write, Duration::from_secs(5)).unwrap();
    let mut txn = store.begin().unwrap();
    let mut keys = Vec::new();
    txn.scan(Space::Index, KeyRange::all(), false, &mut |key, _| {
        keys.push(key.to_vec());
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    for key in keys {
        txn.remove(Space::Index, &key).unwrap();
    }
    txn.put(Space::Meta, b"layout", &[7]).unwrap();
    txn.commit().unwrap();
    store
}

#[test]
fn a_store_of_another_version_is_renewed_before_anybody_is_answered() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme", "grade=A"]).ok();
    let exported = env.crm(["export"]).ok();
    of_another_version(&env).close().unwrap();
    let said = env.crm(["customer", "count", "grade:A"]).output();
    assert_eq!((said.code, said.stdout.as_str()), (Some(0), "1\n"));
    assert!(said.stderr.contains("Another version of crm wrote this store"), "{}", said.stderr);
    let said = env.crm(["customer", "count", "grade:A"]).output();
    assert_eq!((said.stdout.as_str(), said.stderr.as_str()), ("1\n", ""), "once");
    env.crm(["doctor", "--check"]).ok();
    assert_eq!(env.crm(["export"]).ok(), exported);
}

#[test]
fn who_has_a_store_open_that_another_version_took_over_writes_nothing() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    let store = of_another_version(&env);
    let mut txn = store.begin().unwrap();
    let error = crm::store::stamp(&mut *txn).unwrap_err();
    assert!(error.message(Lang::En).contains("Another version of crm keeps this store now"), "{error:?}");
}

#[test]
fn definitions_that_do_not_fit_are_told_of() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "size", "type=whole"]).ok();
    env.crm(["field", "add", "customer", "colour"]).ok();
    let told = env.crm(["doctor"]).ok();
    assert!(!told.contains("left_out") && !told.contains("does not fit"), "{told}");

    // As a later version would write it.
    let store = Store::open(&env.store(), Access::Write, Duration::from_secs(5)).unwrap();
    let mut txn = store.begin().unwrap();
    let key = row::key(field::ID, 1);
    let stored = txn.get(Space::Rows, &key).unwrap().unwrap();
    let read = row::Stored::read(&stored).unwrap();
    let mut record = Record::from_bytes(read.row.bytes().to_vec());
    record.set(field::TYPE, 99);
    let mut value = Vec::new();
    row::write(&mut value, read.head, &record);
    txn.put(Space::Rows, &key, &value).unwrap();
    txn.commit().unwrap();
    store.close().unwrap();

    let told = env.crm(["doctor", "-o", "json"]).ok();
    assert!(told.contains("FD-1: Its type is one of a later version"), "{told}");
    // The first command that reads records makes anew what is kept beside them.
    env.crm(["customer", "list"]).ok();
    let said = env.crm(["doctor", "--check", "-o", "json"]).output();
    assert_eq!(said.code, Some(1));
    let flaws: Value = serde_json::from_str(&said.stdout).unwrap();
    let found = flaws["flaws"].as_array().unwrap().iter().find(|flaw| flaw["part"] == "definitions").unwrap();
    assert_eq!((&found["id"], &found["name"]), (&json!("FD-1"), &json!("customer.size")));
    assert!(said.stderr.contains("1 definition does not fit"), "{}", said.stderr);
    // Others are made and changed all the same.
    env.crm(["field", "add", "customer", "weight", "type=decimal"]).ok();
    env.crm(["field", "set", "customer.colour", "zh=颜色"]).ok();
    assert!(env.crm(["field", "set", "FD-1", "zh=尺寸"]).fails(4).contains("later version"));
}

#[test]
fn the_tables_that_definitions_made_are_read_and_mended() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "contract_no"]).ok();
    env.crm(["customer", "add", "Acme", "contract_no=HT-7"]).ok();
    let store = Store::open(&env.store(), Access::Write, Duration::from_secs(5)).unwrap();
    let mut txn = store.begin().unwrap();
    let tables = txn.get(Space::Meta, meta::TABLES).unwrap().unwrap().to_vec();
    let at = tables.windows(11).position(|part| part == b"Contract no").expect("its label stands there");
    let mut wrong = tables.clone();
    wrong[at] = b'K';
    txn.put(Space::Meta, meta::TABLES, &wrong).unwrap();
    txn.commit().unwrap();
    store.close().unwrap();

    assert!(env.crm(["show", "C-1"]).ok().contains("Kontract no"), "a short command compiles nothing");
    let said = env.crm(["doctor", "--check", "-o", "json"]).output();
    assert_eq!(said.code, Some(1));
    let flaws: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(flaws["flaws"][0]["name"], "tables of own fields", "{flaws}");
    env.crm(["doctor", "--rebuild"]).ok();
    env.crm(["doctor", "--check"]).ok();
    assert!(env.crm(["show", "C-1"]).ok().contains("Contract no"));
    // Another version of the program does not read them.
    let store = Store::open(&env.store(), Access::Write, Duration::from_secs(5)).unwrap();
    let mut txn = store.begin().unwrap();
    let mut other = wrong;
    let version = other.windows(5).position(|part| part == env!("CARGO_PKG_VERSION").as_bytes()).unwrap();
    other[version] = b'9';
    txn.put(Space::Meta, meta::TABLES, &other).unwrap();
    txn.commit().unwrap();
    store.close().unwrap();
    assert!(env.crm(["show", "C-1"]).ok().contains("Contract no"));
}

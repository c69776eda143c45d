//! Many processes on one store: nobody is turned away, nothing is lost, nothing is written twice.

use std::{collections::HashSet, fmt::Write as _, time::Duration};

use crm::store::{Store, engine::Access};

use crate::harness::TestEnvironment;

const CRM: &str = env!("CARGO_BIN_EXE_crm");

/// How many records each writer writes.
fn each() -> usize {
    if std::env::var_os("CRM_TEST_FULL").is_some() { 250 } else { 40 }
}

#[test]
fn eight_write_while_two_read() {
    const WRITERS: usize = 8;
    let env = TestEnvironment::new();
    // Nobody has made the store: that, too, is done by several at once.
    let script = format!(
        "i=0; while [ $i -lt {} ]; do {CRM} customer add \"$0 $i\" --wait 5 || exit 1; i=$((i+1)); done",
        each()
    );
    let reading = format!("while [ ! -e done ]; do {CRM} customer count --wait 5 || exit 1; done");
    let writers: Vec<_> =
        (0..WRITERS).map(|n| env.program("sh", ["-c", &script, &format!("writer {n}")]).spawn()).collect();
    let readers: Vec<_> = (0..2).map(|_| env.program("sh", ["-c", &reading]).spawn()).collect();
    let mut ids = HashSet::new();
    for writer in writers {
        ids.extend(writer.wait().ok().lines().map(str::to_owned));
    }
    env.write("done", "");
    for reader in readers {
        let counts: Vec<usize> = reader.wait().ok().lines().map(|line| line.parse().unwrap()).collect();
        assert!(counts.is_sorted(), "what was there stays there: {counts:?}");
    }
    assert_eq!(ids.len(), WRITERS * each());
    assert_eq!(env.crm(["customer", "count"]).ok().trim(), (WRITERS * each()).to_string());
    assert_eq!(env.crm(["user", "count"]).ok(), "1\n");
    assert_eq!(env.crm(["stage", "count"]).ok(), "6\n");
}

#[test]
fn two_agents_never_get_the_same_ticket() {
    let env = TestEnvironment::new();
    for login in ["bob", "eve", "joe", "sue"] {
        env.crm(["user", "add", login]).ok();
    }
    let mut csv = "subject,priority\n".to_owned();
    for n in 0..24 {
        writeln!(csv, "ticket {n},{}", ["low", "urgent", "normal"][n % 3]).unwrap();
    }
    env.write("tickets.csv", csv);
    env.crm(["import", "tickets.csv", "--into", "ticket"]).ok();
    let script = format!("while {CRM} ticket next; do :; done");
    let agents = ["bob", "eve", "joe", "sue"].map(|login| env.program("sh", ["-c", &script]).user(login).spawn());
    let mut claimed = Vec::new();
    for agent in agents {
        claimed.extend(agent.wait().ok().lines().map(str::to_owned));
    }
    let distinct: HashSet<&String> = claimed.iter().collect();
    assert_eq!((claimed.len(), distinct.len()), (24, 24), "{claimed:?}");
    assert_eq!(env.crm(["ticket", "count", "no:owner"]).ok(), "0\n");
    assert_eq!(env.crm(["ticket", "count", "status:open", "owner:bob,eve,joe,sue"]).ok(), "24\n");
    assert!(env.crm(["ticket", "next"]).fails(1).contains("No ticket"));
}

/// Kills a command after ever longer times until it has been killed at work; what it wrote must not be there.
fn killed_in_the_middle<const N: usize>(env: &TestEnvironment, words: [&str; N], written: &dyn Fn() -> usize) {
    for pause in [60, 30, 120, 15] {
        let running = env.crm(words).spawn();
        std::thread::sleep(Duration::from_millis(pause));
        running.kill();
        let found = written();
        if found == 0 {
            return;
        }
        assert_eq!(found, RECORDS, "all of it or nothing");
        env.crm(["undo"]).ok();
    }
}

const RECORDS: usize = 4000;

#[test]
fn a_command_that_is_killed_leaves_nothing_and_the_next_one_works_at_once() {
    let env = TestEnvironment::new();
    let mut csv = "name,city\n".to_owned();
    for n in 0..RECORDS {
        writeln!(csv, "Customer {n},City {}", n % 50).unwrap();
    }
    env.write("big.csv", csv);
    let count = |term: &str| -> usize { env.crm(["customer", "count", term]).ok().trim().parse().unwrap() };
    env.crm(["customer", "count"]).ok();
    killed_in_the_middle(&env, ["import", "big.csv", "--into", "customer"], &|| count("has:name"));
    env.crm(["import", "big.csv", "--into", "customer"]).ok();
    assert_eq!(count("has:name"), RECORDS);
    killed_in_the_middle(&env, ["customer", "set", "--all", "region=north"], &|| count("region:north"));
    env.crm(["customer", "set", "--all", "region=south"]).ok();
    assert_eq!(count("region:south"), RECORDS);
}

#[test]
fn who_waits_too_long_for_a_writer_is_told_so_and_readers_never_wait() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    let store = Store::open(&env.store(), Access::Write, Duration::from_secs(5)).unwrap();
    let writing = store.begin().unwrap();
    for words in [&["customer", "add", "Zeta"][..], &["customer", "set", "C-1", "grade=A"], &["undo"]] {
        let output = env.crm(words.iter().chain(&["--wait", "0.2"])).output();
        assert_eq!(output.stdout, "");
        let said = output.fails(5);
        assert!(said.contains("busy") && said.contains("hint: ") && said.contains("--wait"), "{words:?}: {said}");
    }
    let output = env.crm(["customer", "add", "Zeta", "--wait", "0.2", "-o", "json"]).output();
    let error: serde_json::Value = serde_json::from_str(&output.stderr).unwrap();
    assert_eq!(error["error"]["code"], "busy");
    assert_eq!(env.crm(["customer", "count", "--wait", "0"]).ok(), "1\n");
    assert_eq!(env.crm(["customer", "add", "Zeta", "--wait", "0", "--dry-run"]).output().code, Some(0));
    drop(writing);
    store.close().unwrap();
    assert_eq!(env.crm(["customer", "add", "Zeta", "--wait", "0.2"]).ok(), "C-2\n");
}

/// Each takes back a step of its own, the last that stands when its turn comes.
#[test]
fn steps_taken_back_at_once_are_as_many_as_were_asked_for() {
    const STEPS: usize = 12;
    let env = TestEnvironment::new();
    let add = |n: usize| env.crm(["customer", "add", &format!("Customer {n}")]).ok();
    (0..STEPS).for_each(|n| assert_eq!(add(n), format!("C-{}\n", n + 1)));
    let at_once = |verb: &str| {
        let running: Vec<_> = (0..STEPS).map(|_| env.crm([verb, "--wait", "60"]).spawn()).collect();
        let steps: HashSet<String> = running.into_iter().map(|one| one.wait().ended(0).stderr).collect();
        assert_eq!(steps.len(), STEPS, "{verb}: each names another step: {steps:?}");
    };
    at_once("undo");
    assert_eq!(env.crm(["customer", "count"]).ok(), "0\n");
    assert!(env.crm(["undo"]).fails(1).contains("nothing to undo"));
    at_once("redo");
    assert_eq!(env.crm(["customer", "count"]).ok(), format!("{STEPS}\n"));
}

/// Whoever comes first makes the store, and whoever comes then is a user of their own all the same.
#[test]
fn people_who_come_at_once_sign_with_their_own_names() {
    const PEOPLE: [&str; 6] = ["ann", "bob", "eve", "joe", "sue", "tom"];
    for _ in 0..3 {
        let env = TestEnvironment::new();
        let running =
            PEOPLE.map(|who| env.crm(["customer", "add", "From", who, "--wait", "60"]).env("USER", who).spawn());
        running.into_iter().for_each(|one| assert!(one.wait().ok().starts_with("C-")));
        let made = |noun: &str, name: &str| {
            let columns = ["-o", "tsv", "--no-header", "--columns"];
            let listed = env.crm([noun, "list"]).args(columns).args([format!("{name},created_by")]).ok();
            let pairs = listed.lines().map(|line| {
                let [.., name, by] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
                (name.to_owned(), by.to_owned())
            });
            pairs.collect::<HashSet<_>>()
        };
        let expected = |prefix: &str| PEOPLE.map(|who| (format!("{prefix}{who}"), who.to_owned())).into();
        assert_eq!(made("customer", "name"), expected("From "));
        assert_eq!(made("user", "login"), expected(""));
    }
}

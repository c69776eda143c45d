//! What `--now` and a wrong clock may do, and what they may not.

use chrono::{TimeDelta, Utc};
use serde_json::Value;

use super::{id, shown};
use crate::harness::{Crm, TestEnvironment};

/// A command under the clock of the machine, which no variable lets go free.
fn held(env: &TestEnvironment, words: &[&str]) -> Crm {
    env.crm(words).env("CRM_CLOCK", "")
}

#[test]
fn no_change_is_dated_ahead_of_the_machines_clock() {
    let env = TestEnvironment::new();
    let customer = id(&env, ["customer", "add", "Acme"]);
    let before = env.crm(["export"]).ok();
    for words in
        [&["customer", "add", "Late"][..], &["customer", "set", &customer, "city=X"], &["undo"], &["rm", &customer]]
    {
        let words = [words, &["--now", "2999-01-01T00:00:00Z"]].concat();
        let error = held(&env, &words).fails(2);
        assert!(error.contains("2999-01-01T00:00:00Z is ahead of this machine's clock"), "{error}");
        assert!(error.contains("CRM_CLOCK=free"), "{error}");
    }
    let error = held(&env, &["customer", "set", &customer, "city=X"]).env("CRM_NOW", "2999-01-01").fails(2);
    assert!(error.contains("CRM_NOW"), "{error}");
    assert_eq!(env.crm(["export"]).ok(), before);
    // Clocks of machines differ a little, and what is past may be entered.
    let soon = (Utc::now() + TimeDelta::minutes(4)).to_rfc3339();
    held(&env, &["customer", "set", &customer, "city=Bonn", "--now", &soon]).ok();
    held(&env, &["customer", "set", &customer, "city=Rome", "--now", "2020-01-01"]).ok();
    assert_eq!(shown(&env, &customer)["record"]["city"], "Rome");
    env.crm(["customer", "set", &customer, "city=Oslo", "--now", "2999-01-01"]).ok();
}

#[test]
fn reading_may_look_ahead() {
    let env = TestEnvironment::new();
    // The first command of all makes the store, and dates it by the machine's clock.
    assert_eq!(held(&env, &["customer", "count", "--now", "2999-01-01"]).ok(), "0\n");
    assert!(shown(&env, "U-1")["record"]["created"].as_str().unwrap() < "2999");
    held(&env, &["customer", "add", "Acme", "--now", "2020-01-01"]).ok();
    let when = ["--now", "2999-01-01"];
    held(&env, &["customer", "list", "created.before:today", when[0], when[1]]).ok();
    held(&env, &["customer", "set", "C-1", "city=X", "--dry-run", when[0], when[1]]).ok();
    held(&env, &["undo", "--list", when[0], when[1]]).ok();
}

/// A step of 2 March, one that is dated 2030, and two more of 2 March.
fn disordered() -> TestEnvironment {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme", "city=A"]).ok();
    env.crm(["customer", "set", "C-1", "city=B", "--now", "2030-01-01T00:00:00Z"]).ok();
    env.crm(["customer", "set", "C-1", "city=C"]).ok();
    env.crm(["customer", "add", "Blue"]).ok();
    env
}

#[test]
fn one_wrong_clock_is_not_everybodys() {
    let env = disordered();
    let lines = |since: &str| -> Vec<Value> {
        let lines = env.crm(["changes", "--since", since, "-o", "jsonl"]).ok();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let at: Vec<String> = lines("2026-03-02").iter().map(|line| line["at"].as_str().unwrap().to_owned()).collect();
    let of_customers: Vec<&str> = at[at.len() - 4..].iter().map(String::as_str).collect();
    let expected = ["2026-03-02T09:00:01Z", "2030-01-01T00:00:00Z", "2026-03-02T09:00:03Z", "2026-03-02T09:00:04Z"];
    assert_eq!(of_customers, expected, "in the order of their sequence, each as it was dated");
    assert_eq!(lines("2027-01-01").len(), 1);
    assert_eq!(lines("2026-03-02T09:00:04Z").len(), 2);
    // After the last step that is not dated later, whatever stands before that.
    let city = |when: &str| {
        let shown = env.crm(["show", "C-1", "--as-of", when, "-o", "json"]).ok();
        serde_json::from_str::<Value>(&shown).unwrap()["record"]["city"].as_str().unwrap().to_owned()
    };
    assert_eq!(city("2026-03-02T09:00:01Z"), "A");
    assert_eq!(city("2026-03-02T09:00:03Z"), "C");
    assert_eq!(city("2029-01-01"), "C");
    assert_eq!(city("2031-01-01"), "C");
    let history = env.crm(["history", "C-1", "-o", "tsv", "--no-header"]).ok();
    let cities: Vec<&str> = history.lines().filter(|line| line.contains("\tcity\t")).collect();
    assert!(cities[1].starts_with("2030") && cities[2].starts_with("2026"), "{history}");
    assert_eq!(env.crm(["find", "acme", "-o", "ids"]).ok(), "C-1\n");
}

#[test]
fn doctor_names_steps_out_of_order() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    assert!(!env.crm(["doctor"]).ok().contains("Out of order"));
    let said = disordered().crm(["doctor", "-o", "tsv"]).ok();
    assert!(said.contains("disorder\t2 steps dated before an earlier one, first 4 before 3\n"), "{said}");
}

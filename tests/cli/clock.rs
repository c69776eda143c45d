//! What `--now` and a wrong clock may do, and what they may not.

use chrono::{TimeDelta, Utc};

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

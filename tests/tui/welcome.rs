//! The first time: a new store welcomes its person, once.

use crate::harness::{TestEnvironment, named};

use super::open;

#[test]
fn a_new_store_welcomes_once_and_leads_to_the_first_customer() {
    let env = TestEnvironment::new();
    let mut screen = open(&env);
    screen.see("Welcome to crm");
    screen.see("data/crm.redb");
    screen.keys("\r").see("New customer");
    screen.keys("上海华盛").keys(named::CTRL_O).see("Done: C-1");
    screen.keys("q");
    screen.end();
    screen.is_whole();
    assert!(env.crm(["customer", "show", "C-1"]).ok().contains("上海华盛"));

    // Another new store: who was welcomed knows.
    std::fs::remove_file(env.store()).unwrap();
    let screen = open(&env);
    assert!(!screen.see("No customers yet").has("Welcome"));
}

#[test]
fn the_demo_is_a_key_away_and_leaves_the_store_alone() {
    let env = TestEnvironment::new();
    let mut screen = open(&env);
    screen.see("Welcome to crm");
    screen.keys("d").see("200 customers");
    screen.wait("title", |_| screen.title() == "crm — Customers (demo)");
    screen.keys("q");
    screen.end();
    screen.is_whole();
    assert_eq!(env.crm(["customer", "count"]).ok(), "0\n");
    assert!(env.path("data/crm/demo.redb").exists());
}

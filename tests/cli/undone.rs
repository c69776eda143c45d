//! Undo and redo beside what has been purged.

use super::shown;
use crate::harness::TestEnvironment;

fn all_back_and_forth(env: &TestEnvironment, steps: usize) {
    for _ in 0..steps {
        env.crm(["undo"]).ok();
    }
    assert!(env.crm(["undo"]).fails(1).contains("nothing to undo"));
    env.crm(["doctor", "--check"]).ok();
    for _ in 0..steps {
        env.crm(["redo"]).ok();
    }
    assert!(env.crm(["redo"]).fails(1).contains("nothing to redo"));
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn undo_leaves_a_deal_where_it_is_whose_stage_has_been_purged() {
    let env = TestEnvironment::new();
    env.crm(["deal", "add", "d"]).ok();
    env.crm(["deal", "move", "D-1", "next"]).ok();
    env.crm(["deal", "move", "D-1", "won"]).ok();
    env.crm(["stage", "rm", "S-2"]).ok();
    env.crm(["stage", "purge", "S-2", "--yes"]).ok();
    let stage = || env.crm(["deal", "list", "-o", "tsv", "--no-header", "--columns", "stage,status"]).ok();
    let before = stage();
    let said = env.crm(["undo"]).output().stderr;
    assert!(said.contains("D-1 stays as it is now"), "{said}");
    let said = env.crm(["undo"]).output().stderr;
    assert!(said.contains("D-1 stays as it is now"), "{said}");
    assert_eq!(stage(), before);
    env.crm(["doctor", "--check"]).ok();
    env.crm(["redo"]).ok();
    env.crm(["redo"]).ok();
    assert_eq!(stage(), before);
    all_back_and_forth(&env, 3);
    assert_eq!(stage(), before);
}

#[test]
fn undo_links_nothing_to_what_has_been_purged_and_takes_the_rest_back() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "A"]).ok();
    env.crm(["customer", "add", "B", "parent=C-1"]).ok();
    env.crm(["customer", "set", "C-2", "parent=", "city=Oslo"]).ok();
    env.crm(["customer", "rm", "C-1"]).ok();
    env.crm(["customer", "purge", "C-1", "--yes"]).ok();
    let said = env.crm(["undo"]).output().stderr;
    assert!(said.contains("C-2 parent: C-1 has been purged, so nothing links to it again"), "{said}");
    assert_eq!(env.crm(["customer", "count", "city:Oslo"]).ok(), "0\n");
    env.crm(["redo"]).ok();
    assert_eq!(env.crm(["customer", "count", "city:Oslo"]).ok(), "1\n");
    all_back_and_forth(&env, 2);
    assert_eq!(env.crm(["customer", "count", "city:Oslo"]).ok(), "1\n");
}

#[test]
fn undo_reaches_the_steps_before_an_owner_who_has_been_purged() {
    let env = TestEnvironment::new();
    env.crm(["user", "add", "Bob", "login=bob"]).ok();
    env.crm(["customer", "add", "A"]).ok();
    env.crm(["customer", "set", "C-1", "owner=bob"]).ok();
    env.crm(["customer", "set", "C-1", "owner=me"]).ok();
    env.crm(["user", "rm", "bob"]).ok();
    env.crm(["user", "purge", "U-2", "--yes"]).ok();
    let mine = || env.crm(["customer", "count", "owner:me"]).ok();
    let said = env.crm(["undo"]).output().stderr;
    assert!(said.contains("C-1 owner: U-2 has been purged"), "{said}");
    assert_eq!(mine(), "0\n");
    env.crm(["undo"]).ok();
    assert_eq!(mine(), "1\n", "as it was before it was bob's");
    env.crm(["redo"]).ok();
    env.crm(["redo"]).ok();
    assert_eq!(mine(), "1\n");
    all_back_and_forth(&env, 3);
}

#[test]
fn undo_takes_a_merge_back_of_a_ticket_that_has_been_purged() {
    let env = TestEnvironment::new();
    env.crm(["ticket", "add", "a", "priority=urgent"]).ok();
    env.crm(["ticket", "add", "b"]).ok();
    env.crm(["log", "call", "T-1", "hello"]).ok();
    let before = shown(&env, "T-2")["record"].clone();
    env.crm(["ticket", "merge", "T-1", "T-2"]).ok();
    env.crm(["ticket", "rm", "T-1"]).ok();
    env.crm(["ticket", "purge", "T-1", "--yes"]).ok();
    let said = env.crm(["undo"]).output().stderr;
    assert!(said.contains("A-1 ticket: T-1 has been purged"), "{said}");
    assert_eq!(env.crm(["activity", "count", "ticket:T-2"]).ok(), "0\n");
    assert_eq!(shown(&env, "T-2")["record"], before);
    env.crm(["redo"]).ok();
    assert_eq!(env.crm(["activity", "count", "ticket:T-2"]).ok(), "1\n");
    all_back_and_forth(&env, 3);
}

//! Definitions that go, come and are named together with others.

use super::{ids, shown};
use crate::harness::TestEnvironment;

fn listed<const N: usize>(env: &TestEnvironment, words: [&str; N]) -> Vec<String> {
    ids(&env.crm(words).args(["-o", "ids"]).ok())
}

#[test]
fn a_view_of_a_kind_of_ones_own_is_named_by_it() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "bill", "letters=BL", "zh=账单"]).ok();
    env.crm(["view", "save", "big", "bill", "name:A"]).ok();
    assert_eq!(shown(&env, "V-1")["record"]["of"], "bill");
    assert_eq!(listed(&env, ["view", "list", "of:bill"]), ["V-1"]);
    let file = env.crm(["export", "view", "-o", "csv"]).ok();
    env.write("v.csv", &file);
    env.crm(["import", "v.csv", "--into", "view", "--yes"]).ok();
    env.crm(["view", "rm", "big"]).ok();
    env.crm(["kind", "rm", "bill"]).ok();
    assert!(env.crm(["view", "restore", "V-1"]).fails(4).contains("kind"));
}

#[test]
fn a_view_comes_back_only_while_its_words_have_a_meaning() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "k", "type=text"]).ok();
    env.crm(["view", "save", "vv", "customer", "--columns", "name,k", "--sort", "k", "has:k"]).ok();
    env.crm(["view", "rm", "vv"]).ok();
    env.crm(["field", "rm", "customer.k"]).ok();
    env.crm(["view", "restore", "vv"]).fails(2);
    env.crm(["field", "restore", "customer.k"]).ok();
    env.crm(["view", "restore", "vv"]).ok();
}

#[test]
fn a_field_takes_its_choices_along() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "box", "letters=BX"]).ok();
    env.crm(["field", "add", "box", "colour", "type=choice"]).ok();
    for code in ["red", "green", "blue"] {
        env.crm(["choice", "add", "box.colour", code]).ok();
    }
    env.crm(["box", "add", "One", "colour=red"]).ok();
    env.crm(["choice", "rm", "box.colour.blue"]).ok();
    env.crm(["field", "rm", "box.colour"]).ok();
    assert_eq!(listed(&env, ["choice", "list"]), [""; 0]);
    assert!(env.crm(["history", "BX-1"]).ok().contains("Red"), "the journal tells what it was");
    let lines = env.crm(["schema", "export"]).ok();
    assert!(!lines.contains("colour"), "{lines}");
    // The code is free meanwhile.
    env.crm(["field", "add", "box", "colour", "type=whole"]).ok();
    env.crm(["undo"]).ok();
    env.crm(["field", "restore", "box.colour"]).ok();
    assert_eq!(listed(&env, ["choice", "list"]), ["CH-1", "CH-2"], "what went before stays away");
    assert_eq!(listed(&env, ["box", "list", "colour:red"]), ["BX-1"]);
    env.crm(["undo"]).ok();
    env.crm(["undo"]).ok();
    assert_eq!(listed(&env, ["box", "list", "colour:red"]), ["BX-1"]);
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn labels_that_are_made_of_a_code_are_as_clean_as_others() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "f\u{1b}[1m\u{202e}g", "type=text"]).ok();
    let lines = env.crm(["schema", "export"]).ok();
    assert!(!lines.contains("001b") && !lines.contains('\u{202e}'), "{lines}");
    env.write("s.jsonl", &lines);
    let diff = env.crm(["schema", "diff", "s.jsonl", "-o", "tsv", "--no-header"]).ok();
    assert_eq!(diff, "");
}

#[test]
fn what_is_too_large_is_called_so() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "q", "type=decimal"]).ok();
    let told = env.crm(["customer", "add", "Acme", "q=9223372036854775808"]).fails(4);
    assert!(told.contains("too large"), "{told}");
}

#[test]
fn a_link_that_a_formula_works_out_is_followed_like_any_other() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme", "city=Oslo"]).ok();
    env.crm(["contact", "add", "Ann", "customer=C-1"]).ok();
    env.crm(["deal", "add", "Big", "customer=C-1"]).ok();
    env.crm(["field", "add", "deal", "payer", "formula=customer"]).ok();
    assert_eq!(listed(&env, ["deal", "list", "payer.city:Oslo"]), ["D-1"]);
    assert_eq!(listed(&env, ["deal", "list", "payer.city:Rome"]), [""; 0]);
    assert_eq!(env.crm(["deal", "list", "--columns", "payer.city", "-o", "tsv"]).ok(), "payer.city\nOslo\n");
}

#[test]
fn a_field_that_a_file_defines_without_a_type_is_a_text() {
    let env = TestEnvironment::new();
    env.write("f.csv", "of,code\ncustomers,machine\n");
    env.crm(["import", "f.csv", "--into", "field", "--yes"]).ok();
    let record = shown(&env, "FD-1")["record"].clone();
    assert_eq!((&record["type"], &record["of"]), (&"text".into(), &"customer".into()));
    env.crm(["customer", "add", "Acme", "machine=SECRET"]).ok();
    env.crm(["field", "purge", "FD-1", "--yes"]).ok();
    assert!(!env.crm(["undo", "--list"]).ok().contains("SECRET"));
}

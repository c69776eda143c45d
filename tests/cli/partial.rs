//! `--keep-going`: what can be done is one step, and of the rest it is said why not.

use serde_json::{Value, json};

use super::{export, ids};
use crate::harness::TestEnvironment;

fn with_some() -> TestEnvironment {
    let env = TestEnvironment::new();
    for words in [
        &["customer", "add", "Acme"][..],
        &["customer", "add", "Zeta"],
        &["customer", "add", "Beta"],
        &["deal", "add", "Big", "customer=C-3"],
        &["deal", "add", "Small", "customer=C-2"],
    ] {
        env.crm(words).ok();
    }
    env
}

#[test]
fn the_good_ones_are_one_step_and_each_other_one_is_a_line() {
    let env = with_some();
    let before = export(&env);
    let output = env.crm(["customer", "set", "C-1", "C-99", "Zeta", "Nobody", "grade=A", "--keep-going"]).output();
    assert_eq!((output.code, output.stdout.as_str()), (Some(6), "C-1\nC-2\n"), "{}", output.stderr);
    let lines: Vec<&str> = output.stderr.lines().collect();
    assert!(lines[0].starts_with("C-99: ") && lines[0].contains("There is no customer C-99"), "{lines:?}");
    assert!(lines[1].starts_with("Nobody: ") && lines[2] == "error: 2 records left unchanged", "{lines:?}");
    assert_eq!(env.crm(["customer", "count", "grade:A"]).ok(), "2\n");
    env.crm(["undo"]).ok();
    assert_eq!(export(&env), before, "one step");
    // All of them good, and none of them.
    assert_eq!(env.crm(["customer", "set", "C-1", "grade=B", "--keep-going"]).ok(), "C-1\n");
    let output = env.crm(["customer", "set", "C-98", "C-99", "grade=A", "--keep-going", "-q"]).output();
    assert_eq!((output.code, output.stdout.as_str(), output.stderr.lines().count()), (Some(6), "", 4));
    // Without the option it is all or nothing.
    env.crm(["customer", "set", "C-1", "C-99", "grade=C"]).fails(3);
    assert_eq!(env.crm(["customer", "count", "grade:C"]).ok(), "0\n");
}

#[test]
fn a_step_that_leaves_none_out_says_the_same_as_without_the_option() {
    let env = with_some();
    for selected in ["--all", "C-1"] {
        let said = |value: &str, more: &[&str]| {
            let output = env.crm([&["customer", "set", selected, value][..], more].concat()).output();
            (output.code, output.stdout, output.stderr)
        };
        let first = said("city=Rome", &[]);
        assert_eq!(first, said("city=Oslo", &["--keep-going"]));
        assert_eq!(first.2, if selected == "--all" { "3 records changed\n" } else { "" });
        let nothing = said("city=Oslo", &[]);
        assert_eq!(nothing, said("city=Oslo", &["--keep-going"]));
        assert_eq!(nothing.2, "Nothing to change\n");
    }
}

#[test]
fn what_a_rule_refuses_is_left_as_it_is_with_all_that_would_follow() {
    let env = with_some();
    let output = env.crm(["customer", "set", "--all", "parent=C-1", "--keep-going"]).output();
    assert_eq!((output.code, output.stdout.as_str()), (Some(6), ""));
    assert!(output.stderr.starts_with("C-1") && output.stderr.contains("1 record left unchanged"), "{}", output.stderr);
    assert_eq!(env.crm(["customer", "count", "parent:C-1"]).ok(), "2\n");
    // A stage with deals in it stays, an empty one goes.
    let output = env.crm(["stage", "rm", "S-1", "S-4", "--keep-going"]).output();
    assert_eq!((output.code, output.stdout.as_str()), (Some(6), "S-4\n"));
    assert!(output.stderr.starts_with("S-1 still has deals"), "{}", output.stderr);
    assert_eq!(env.crm(["stage", "count"]).ok(), "5\n");
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn what_does_not_fit_any_more_stays_in_the_trash() {
    let env = with_some();
    env.crm(["stage", "add", "Legal", "pipeline=L-1"]).ok();
    env.crm(["deal", "set", "D-1", "stage=S-7"]).ok();
    env.crm(["deal", "rm", "D-1", "D-2"]).ok();
    env.crm(["stage", "rm", "S-7"]).ok();
    let output = env.crm(["deal", "restore", "--where", "is:trashed", "--keep-going"]).output();
    assert_eq!(output.code, Some(6));
    assert!(output.stderr.contains("S-7 is in the trash"), "{}", output.stderr);
    assert_eq!(ids(&env.crm(["deal", "list", "-o", "ids"]).ok()), ["D-2"]);
    let output = env.crm(["deal", "restore", "D-2", "D-1", "--keep-going", "--dry-run"]).output();
    assert_eq!(output.code, Some(6), "{}", output.stderr);
    assert!(output.stderr.contains("D-2 is not in the trash"), "{}", output.stderr);
    assert_eq!(env.crm(["deal", "count", "is:trashed"]).ok(), "1\n");
}

#[test]
fn programs_are_told_of_each_record() {
    let env = with_some();
    let given = "C-1\nC-77\n{\"name\":\"x\"}\n";
    let output = env.crm(["customer", "rm", "-", "--keep-going", "-o", "jsonl"]).stdin(given).output();
    assert_eq!(output.code, Some(6));
    let lines: Vec<Value> = output.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0], json!({"id": "C-1", "ok": true, "error": null}));
    assert_eq!(
        (&lines[1]["id"], &lines[1]["ok"], &lines[1]["error"]["code"]),
        (&json!("C-77"), &json!(false), &json!("not_found"))
    );
    assert_eq!(
        (&lines[2]["id"], &lines[2]["ok"], &lines[2]["error"]["code"]),
        (&Value::Null, &json!(false), &json!("invalid"))
    );
    let error: Value = serde_json::from_str(&output.stderr).unwrap();
    assert_eq!(error["error"]["code"], "partial");
    let output = env.crm(["customer", "restore", "--where", "is:trashed", "--keep-going", "-o", "jsonl"]).output();
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), "{\"id\":\"C-1\",\"ok\":true,\"error\":null}\n"));
    let output = env.crm(["customer", "set", "C-1", "C-77", "grade=A", "--keep-going", "-o", "json"]).output();
    let whole: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!((output.code, &whole["ids"], &whole["changed"]), (Some(6), &json!(["C-1"]), &json!(1)));
    assert_eq!(whole["left_out"][0]["id"], "C-77");
}

#[test]
fn an_import_keeps_going_under_either_name() {
    let env = TestEnvironment::new();
    env.write("some.csv", "name,grade\nAcme,A\nBad,Z\n");
    for (option, count) in [("--keep-going", "1\n"), ("--skip-errors", "2\n")] {
        env.crm(["import", "some.csv", "--into", "customer", option, "--yes"]).fails(6);
        assert_eq!(env.crm(["customer", "count"]).ok(), count, "{option}");
    }
    assert_eq!(env.crm(["import", "some.csv", "--into", "customer"]).fails(4).matches("hint").count(), 1);
}

#[test]
fn rows_with_a_value_that_is_taken_are_told_of_and_left_out_alone() {
    let env = TestEnvironment::new();
    let listed = |filter: &str| ids(&env.crm(["customer", "list", filter, "-o", "ids"]).ok());
    env.crm(["field", "add", "customer", "file_no", "unique"]).ok();
    env.crm(["customer", "add", "Held", "file_no=A-1"]).ok();
    env.crm(["customer", "add", "Other", "file_no=A-2"]).ok();
    env.write("f.csv", "name,file_no\nOne,A-3\nTwo,a-1\nThree,A-3\nFour,A-4\n");
    let told = env.crm(["import", "f.csv", "--into", "customer"]).fails(4);
    assert!(told.contains("line 3") && told.contains("C-1 has the same"), "{told}");
    assert!(told.contains("line 4") && told.contains("line 2 has the same"), "{told}");
    let output = env.crm(["import", "f.csv", "--into", "customer", "--skip-errors"]).output();
    assert_eq!(output.code, Some(6), "{}", output.stderr);
    assert_eq!(listed("file_no:A-3,A-4"), ["C-3", "C-4"]);
    // One that a row before it gives up is free.
    env.write("g.csv", "id,file_no\nC-1,A-9\nC-2,A-1\n");
    env.crm(["import", "g.csv", "--into", "customer", "--key", "id", "--yes"]).ok();
    assert_eq!(listed("file_no:A-1"), ["C-2"]);
}

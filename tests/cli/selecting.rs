//! Which record a word means, and which records a command is about.

use super::{export, ids};
use crate::harness::TestEnvironment;

fn with_some() -> TestEnvironment {
    let env = TestEnvironment::new();
    for words in [
        &["customer", "add", "张三公司", "电话=+86 138-0013-8000", "邮箱=buyer@huasheng.example"][..],
        &["customer", "add", "360", "phone=021-5555 1234"],
        &["customer", "add", "Acme Ltd"],
        &["customer", "add", "Acme Ltd", "external_id=K-77"],
        &["user", "add", "李伟", "login=li.wei"],
    ] {
        env.crm(words).ok();
    }
    env
}

#[test]
fn a_record_is_meant_by_id_email_telephone_login_or_name() {
    let env = with_some();
    for (word, expected) in [
        ("C-1", "C-1"),
        ("c1", "C-1"),
        ("1", "C-1"),
        ("13800138000", "C-1"),
        ("138 0013 8000", "C-1"),
        ("+8613800138000", "C-1"),
        ("008613800138000", "C-1"),
        ("55551234", "C-2"),
        ("360", "C-2"),
        ("BUYER@huasheng.example", "C-1"),
        ("张三公司", "C-1"),
        ("K-77", "C-4"),
    ] {
        assert_eq!(env.crm(["customer", "show", word, "-o", "ids"]).ok().trim(), expected, "{word}");
    }
    for word in ["li.wei", "LI.WEI", "李伟", "U-2", "2"] {
        assert_eq!(env.crm(["user", "show", word, "-o", "ids"]).ok(), "U-2\n", "{word}");
    }
    let said = env.crm(["customer", "show", "acme ltd"]).fails(3);
    assert!(said.contains("C-3 Acme Ltd, C-4 Acme Ltd"), "{said}");
    let said = env.crm(["customer", "show", "U-2"]).fails(3);
    assert!(said.contains("U-2 is a user, not a customer"), "{said}");
    assert!(env.crm(["customer", "show", "999999"]).fails(3).contains("There is no customer C-999999"));
}

#[test]
fn several_records_are_all_or_nothing() {
    let env = with_some();
    let before = export(&env);
    env.crm(["customer", "set", "C-1", "C-2", "C-99", "grade=A"]).fails(3);
    env.crm(["customer", "set", "--all", "grade=A", "parent=C-1"]).fails(4);
    assert_eq!(export(&env), before);
    assert_eq!(ids(&env.crm(["customer", "set", "2", "c-1", "13800138000", "grade=A"]).ok()), ["C-2", "C-1"]);
}

#[test]
fn nouns_in_the_plural_and_by_their_letters() {
    let env = with_some();
    for noun in ["customer", "customers", "c"] {
        assert_eq!(env.crm([noun, "count"]).ok(), "4\n", "{noun}");
    }
    for noun in ["p", "d", "a", "f", "t", "activities", "followups", "tickets", "deals", "contacts"] {
        assert_eq!(env.crm([noun, "count"]).ok(), "0\n", "{noun}");
    }
    assert_eq!(env.crm(["set", "C-1", "grade=B"]).ok(), "C-1\n");
    assert_eq!(env.crm(["show", "c1", "-o", "ids"]).ok(), "C-1\n");
}

#[test]
fn what_narrows_a_list_narrows_a_history_too() {
    let env = with_some();
    env.crm(["customer", "set", "C-1", "grade=B"]).ok();
    env.crm(["customer", "set", "C-1", "grade=C"]).ok();
    let last = ["history", "C-1", "-o", "tsv", "--no-header", "--columns", "field,from,to", "--offset"];
    let all = env.crm(last.iter().chain(&["0"])).ok().lines().count();
    assert_eq!(env.crm(last.iter().chain(&[(all - 1).to_string().as_str()])).ok(), "grade\tB\tC\n");
    assert_eq!(
        env.crm(["undo", "--list", "--limit", "1", "--no-header", "-o", "tsv", "--columns", "words"]).ok(),
        "customer set C-1 grade=C\n"
    );
}

#[test]
fn the_words_of_a_long_step_are_cut_in_their_middle_for_people_and_whole_for_programs() {
    let env = with_some();
    let note = format!("note=a{}z", "b".repeat(3000));
    env.crm(["customer", "set", "C-1", &note]).ok();
    let whole = format!("customer set C-1 {note}");
    for words in [&["undo", "--list"][..], &["doctor"], &["changes", "--since", "-1h"]] {
        let table = env.crm(words).ok();
        assert!(table.contains("bb … bb") && table.contains("bz") && !table.contains(&whole), "{words:?}: {table}");
        assert!(env.crm(words).args(["-o", "json"]).ok().contains(&whole), "{words:?}");
    }
    let undone = env.crm(["undo"]).output();
    assert!(undone.stderr.contains("bb … bb") && undone.stderr.len() < 600, "{}", undone.stderr);
    env.write("long.csv", format!("name,{}\nAcme,x\n", "w".repeat(3000)).as_bytes());
    let said = env.crm(["import", "long.csv", "--into", "customer"]).output();
    assert!(said.stderr.contains("ww … ww") && said.stderr.len() < 1000, "{}", said.stderr);
}

#[test]
fn undo_passes_over_what_has_been_purged() {
    let env = with_some();
    env.crm(["customer", "add", "Secret", "phone=13911112222"]).ok();
    env.crm(["customer", "set", "C-5", "city=Oslo"]).ok();
    env.crm(["customer", "purge", "C-5"]).fails(2);
    let shown = env.crm(["customer", "purge", "C-5", "--dry-run"]).ok();
    assert!(shown.contains("Secret"), "{shown}");
    env.crm(["customer", "purge", "C-5", "--yes"]).ok();
    for words in [&["changes", "--since", "yesterday"][..], &["undo", "--list"], &["history", "C-5"]] {
        let said = env.crm(words).ok();
        assert!(!said.contains("Secret") && !said.contains("Oslo") && !said.contains("13911112222"), "{said}");
    }
    assert!(env.crm(["show", "C-5"]).fails(3).contains("has been purged"));
    let undone = env.crm(["undo"]).output();
    assert!(undone.stderr.contains("What was purged after that step stays purged"), "{}", undone.stderr);
    assert_eq!(env.crm(["user", "count"]).ok(), "1\n", "the step before the purged ones is taken back");
    env.crm(["customer", "add", "Later"]).ok();
    let undone = env.crm(["undo"]).output();
    assert!(!undone.stderr.contains("purged"), "{}", undone.stderr);
}

#[test]
fn a_step_done_again_stands_in_the_list_of_steps() {
    let env = with_some();
    let states = || env.crm(["undo", "--list", "-o", "tsv", "--no-header", "--columns", "state"]).ok();
    env.crm(["undo"]).ok();
    assert!(states().starts_with("undone\n\n"), "{}", states());
    env.crm(["redo"]).ok();
    assert!(!states().contains("undone"), "{}", states());
    let before = export(&env);
    assert!(env.crm(["undo", "--dry-run"]).ok().contains("李伟"));
    assert_eq!(export(&env), before);
}

#[test]
fn undo_takes_back_ones_own_steps_and_refuses_what_others_have_changed() {
    let env = with_some();
    env.crm(["customer", "set", "C-1", "grade=A", "city=Oslo"]).ok();
    env.crm(["customer", "set", "C-1", "grade=B"]).user("li.wei").ok();
    let said = env.crm(["undo"]).fails(4);
    assert!(said.contains("C-1 grade"), "{said}");
    let said = env.crm(["undo"]).user("li.wei").output().stderr;
    assert!(said.contains("customer set C-1 grade=B"), "{said}");
    assert!(env.crm(["undo"]).user("li.wei").fails(1).contains("nothing to undo"));
    env.crm(["undo"]).ok();
    assert_eq!(env.crm(["customer", "count", "city:Oslo"]).ok(), "0\n");
    let said = env.crm(["undo"]).fails(4);
    assert!(said.contains("U-2 has taken 2 steps"), "a user who has done something stays: {said}");
}

#[test]
fn several_are_found_in_the_trash_by_name_and_telephone() {
    let env = with_some();
    env.crm(["customer", "add", "Straße", "phone=+86 138 0013 8000"]).ok();
    env.crm(["customer", "add", "Two", "email=two@example.com"]).ok();
    env.crm(["customer", "rm", "Straße", "Two"]).ok();
    let said = env.crm(["customer", "restore", "13800138000", "TWO@example.com"]).ok();
    assert_eq!(said.lines().count(), 2, "{said}");
    env.crm(["customer", "rm", "Straße", "Two"]).ok();
    let said = env.crm(["customer", "restore", "-"]).stdin("STRASSE\ntwo\n").ok();
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn an_undo_leaves_nothing_that_points_to_what_is_gone() {
    let env = with_some();
    let new = env.crm(["customer", "add", "Newest"]).ok();
    let parent = format!("parent={}", new.trim());
    env.crm(["customer", "set", "C-1", &parent]).user("li.wei").ok();
    let points = format!("C-1 parent: it points to {}", new.trim());
    let said = env.crm(["undo"]).fails(4);
    assert!(said.contains(&points), "{said}");
    env.crm(["customer", "rm", "C-1"]).user("li.wei").ok();
    let said = env.crm(["undo"]).fails(4);
    assert!(said.contains(&points), "from the trash too: {said}");
    env.crm(["undo"]).user("li.wei").ok();
    env.crm(["undo"]).user("li.wei").ok();
    env.crm(["undo"]).ok();
    assert_eq!(env.crm(["customer", "count", "Newest"]).ok(), "0\n");
}

#[test]
fn what_comes_back_must_still_fit() {
    let env = with_some();
    env.crm(["deal", "add", "Big", "customer=C-3"]).ok();
    env.crm(["deal", "rm", "D-1"]).ok();
    let said = env.crm(["customer", "purge", "C-3", "-y"]).fails(4);
    assert!(said.contains("D-1 customer: it points to C-3"), "what may come back keeps what it points to: {said}");
    env.crm(["deal", "restore", "D-1"]).ok();
    env.crm(["deal", "set", "D-1", "customer=C-4"]).ok();
    env.crm(["deal", "set", "D-1", "customer=C-1"]).ok();
    env.crm(["customer", "purge", "C-4", "-y"]).ok();
    let said = env.crm(["undo"]).output().stderr;
    assert!(said.contains("D-1 customer: C-4 has been purged"), "{said}");

    env.crm(["user", "rm", "li.wei"]).ok();
    env.crm(["user", "add", "Other", "login=li.wei"]).ok();
    let said = env.crm(["user", "restore", "U-2"]).fails(4);
    assert!(said.contains("U-3 has the same"), "{said}");
    let said = env.crm(["user", "rm", "me"]).fails(4);
    assert!(said.contains("active=no"), "{said}");
}

#[test]
fn a_filter_in_quotes_that_is_one_term_is_remarked_on() {
    let env = with_some();
    let said = |words: &[&str]| {
        let output = env.crm(words).output();
        (output.stdout, output.stderr)
    };
    let (out, err) = said(&["customer", "count", "city:上海 grade:A"]);
    assert_eq!(out, "0\n");
    assert!(err.contains("\"city:上海 grade:A\" is one term here") && err.contains("--where"), "{err}");
    let (_, err) = said(&["customer", "list", "note~harbor or grade:A", "--lang", "zh"]);
    assert!(err.contains("“note~harbor or grade:A”在此是一个条件"), "{err}");
    // Text with a colon in it, several terms, and a filter behind --where are what they look like.
    for words in [
        &["customer", "count", "note~see https://acme.example or ask: Ada"][..],
        &["customer", "count", "grade:A", "city:上海"],
        &["customer", "count", "--where", "grade:A city:上海"],
    ] {
        assert_eq!(said(words).1, "", "{words:?}");
    }
}

#[test]
fn a_filter_may_begin_with_a_hyphen_behind_its_option() {
    let env = with_some();
    env.crm(["customer", "set", "C-1", "grade=A"]).ok();
    assert_eq!(env.crm(["customer", "count", "--where", "-grade:A"]).ok(), "3\n");
    assert_eq!(env.crm(["customer", "count", "--where", "-grade:A phone:360"]).ok(), "0\n");
    assert_eq!(ids(&env.crm(["customer", "list", "--where", "-has:phone", "-o", "ids"]).ok()), ["C-3", "C-4"]);
    assert!(env.crm(["customer", "count", "--where", "has:phone", "-grade:A"]).fails(2).contains("grade.not:A"));
}

#[test]
fn a_view_that_is_saved_has_the_name_that_was_given_and_is_never_meant_by_its_id() {
    let env = with_some();
    env.crm(["view", "save", "hot", "customer", "grade:A"]).ok();
    assert_eq!(env.crm(["view", "save", "v1", "customer", "has:phone"]).ok(), "V-2\n");
    assert_eq!(env.crm(["view", "show", "V-1", "-o", "csv", "--no-header"]).ok().matches("hot").count(), 1);
    assert_eq!(ids(&env.crm(["customer", "list", "view:v1", "-o", "ids"]).ok()), ["C-1", "C-2"]);
    assert_eq!(env.crm(["view", "save", " HOT ", "customer", "grade:B", "-y"]).ok(), "V-1\n");
}

#[test]
fn a_step_in_json_is_one_object_whatever_it_did() {
    let env = with_some();
    let step = |words: &[&str]| -> serde_json::Value {
        let printed = env.crm(words.iter().chain(&["-o", "json"])).ok();
        assert_eq!(printed.lines().count(), 1, "{words:?}: {printed}");
        serde_json::from_str(&printed).unwrap()
    };
    let wrote = |ids: &[&str], seq: Option<u64>, tally: [u64; 3]| {
        let [created, changed, removed] = tally;
        serde_json::json!({"schema_version": 1, "ids": ids, "seq": seq, "created": created, "changed": changed, "removed": removed})
    };
    let seq = step(&["customer", "set", "C-1", "grade=A"])["seq"].as_u64().unwrap();
    assert_eq!(step(&["customer", "set", "C-1", "grade=A"]), wrote(&["C-1"], None, [0; 3]));
    assert_eq!(step(&["customer", "set", "--where", "city:Nowhere", "grade=A"]), wrote(&[], None, [0; 3]));
    assert_eq!(
        step(&["customer", "set", "--where", "grade:A", "city=Oslo"]),
        wrote(&["C-1"], Some(seq + 1), [0, 1, 0])
    );
    assert_eq!(step(&["customer", "rm", "C-3", "C-2"]), wrote(&["C-3", "C-2"], Some(seq + 2), [0, 0, 2]));
    assert_eq!(step(&["undo"]), wrote(&["C-2", "C-3"], Some(seq + 3), [2, 0, 0]));
    assert_eq!(step(&["redo"]), wrote(&["C-2", "C-3"], Some(seq + 4), [0, 0, 2]));
    assert_eq!(step(&["customer", "add", "New"]), wrote(&["C-5"], Some(seq + 5), [1, 0, 0]));
}

#[test]
fn a_name_that_reads_as_an_id_is_the_record_of_that_name_or_ambiguous() {
    let env = TestEnvironment::new();
    for name in ["One", "C1", "C9"] {
        env.crm(["customer", "add", "--", name]).ok();
    }
    let error = env.crm(["customer", "set", "C1", "grade=A"]).fails(3);
    assert!(error.contains("C-1") && error.contains("C-2"), "{error}");
    assert_eq!(env.crm(["customer", "set", "c-1", "grade=A"]).ok(), "C-1\n");
    assert_eq!(env.crm(["customer", "set", "1", "grade=B"]).ok(), "C-1\n");
    assert_eq!(env.crm(["customer", "set", "C9", "grade=A"]).ok(), "C-3\n", "no record has that id");
}

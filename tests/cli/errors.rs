//! What goes wrong is told in one line with the next step and an exit code, and changes nothing.

use std::{
    ffi::OsString,
    os::unix::{ffi::OsStringExt, fs::PermissionsExt},
};

use serde_json::Value;

use super::export;
use crate::harness::TestEnvironment;

fn with_some() -> TestEnvironment {
    let env = TestEnvironment::new();
    for words in [
        &["customer", "add", "Acme", "email=a@acme.example", "annual_revenue=USD 5"][..],
        &["customer", "add", "Acme"],
        &["deal", "add", "Big", "customer=C-1", "amount=1000"],
        &["followup", "add", "call", "due=tomorrow"],
        &["ticket", "add", "Broken"],
        &["activity", "add", "hello", "customer=C-1"],
    ] {
        env.crm(words).ok();
    }
    env
}

/// Words, exit code, and something that the message or the hint must say.
const CASES: &[(&[&str], i32, &str)] = &[
    // Usage.
    (&["custommer", "list"], 2, "customer"),
    (&["customer"], 2, "list"),
    (&["customer", "lst"], 2, "list"),
    (&["customer", "list", "--lmit", "3"], 2, "--limit"),
    (&["customer", "list", "--limit", "many"], 2, "whole number"),
    (&["customer", "list", "-o", "yaml"], 2, "jsonl"),
    (&["customer", "list", "--color", "pink"], 2, "never"),
    (&["customer", "list", "--sort", "grad"], 2, "grade"),
    (&["customer", "list", "--columns", "id,nam"], 2, "name"),
    (&["customer", "list", "-o", "template={{ nosuch }}"], 2, "nosuch"),
    (&["customer", "list", "gade:A"], 2, "grade"),
    (&["customer", "list", "grade:Z"], 2, "A, B, C, D"),
    (&["customer", "list", "created:sometime"], 2, "created:sometime"),
    (&["customer", "list", "-grade:A"], 2, "grade.not:A"),
    (&["customer", "list", "--where", "grade:A ("], 2, "^"),
    (&["customer", "list", "--where", "name:\"Ac"], 2, "^"),
    (&["customer", "list", "view:nosuch"], 2, "view"),
    (&["customer", "list", "amount:10k.."], 2, "amount"),
    (&["customer", "count", "--by", "nosuch"], 2, "nosuch"),
    (&["customer", "count", "--sum", "name"], 2, "name"),
    (&["customer", "set", "grade=A"], 2, "--where"),
    (&["customer", "set", "C-1"], 2, "field=value"),
    (&["customer", "set", "C-1", "grad=A"], 2, "grade"),
    (&["customer", "set", "C-1", "grade=A", "grade=B"], 2, "twice"),
    (&["customer", "set", "C-1", "--all", "grade=A"], 2, "more than one way"),
    (&["customer", "set", "--where", "acme", "grade=A"], 2, "--text"),
    (&["customer", "rm"], 2, "--where"),
    (&["customer", "rm", "--where", "", "--yes"], 2, "--all"),
    (&["customer", "set", "--where", "  ", "grade=A", "--yes"], 2, "--all"),
    (&["customer", "count", "--store", ""], 2, "--store"),
    (&["customer", "set", "C-1", "note=@/dev/zero"], 1, "16 MB"),
    (&["customer", "purge", "C-2"], 2, "--yes"),
    (&["customer", "add", "Acme", "name=Other"], 2, "twice"),
    (&["customer", "add", "Acme", "--if-absent", "nosuch"], 2, "nosuch"),
    (&["customer", "set", "C-1", "name+=x"], 2, "name="),
    (&["log", "shout", "C-1", "hello"], 2, "call"),
    (&["log", "call"], 2, "crm help log"),
    (&["deal", "move", "D-1"], 2, "crm help deal move"),
    (&["changes"], 2, "--since"),
    (&["ticket", "reply", "T-1"], 2, "crm help ticket reply"),
    (&["import", "customers.csv"], 2, "--into customer"),
    // Not found, ambiguous.
    (&["customer", "show", "C-99"], 3, "C-99"),
    (&["customer", "show", "Acm"], 3, "Acme"),
    (&["customer", "show", "acme"], 3, "C-1 Acme (a@acme.example), C-2 Acme"),
    (&["customer", "show", "D-1"], 3, "not a customer"),
    (&["show", "nobody"], 3, "C-12"),
    (&["deal", "move", "D-1", "nostage"], 3, "stage list"),
    (&["deal", "add", "X", "customer=C-77"], 3, "C-77"),
    (&["ticket", "assign", "T-1", "nobody"], 3, "user list"),
    (&["--as", "nobody", "customer", "list"], 3, "user list"),
    (&["show", "C-1", "--as-of", "2020-01-01"], 3, "history"),
    // Invalid.
    (&["customer", "add"], 4, "name"),
    (&["customer", "set", "C-1", "name="], 4, "name"),
    (&["customer", "set", "C-1", "grade=Z"], 4, "A, B, C, D"),
    (&["customer", "set", "C-1", "email=nobody"], 4, "name@example.com"),
    (&["customer", "set", "C-1", "phone=abc"], 4, "138"),
    (&["customer", "set", "C-1", "website=not a url"], 4, "http"),
    (&["customer", "set", "C-1", "employees=many"], 4, "10k"),
    (&["customer", "set", "C-1", "employees=1.5"], 4, "whole"),
    (&["customer", "set", "C-1", "blacklisted=maybe"], 4, "yes"),
    (&["customer", "set", "C-1", "birthday=someday"], 4, "1985-06-12"),
    (&["customer", "set", "C-1", "parent=C-1"], 4, "circle"),
    (&["customer", "set", "C-1", "annual_revenue+=CNY 5"], 4, "USD"),
    (&["customer", "set", "C-1", "created=today"], 4, "import"),
    (&["customer", "set", "C-1", "open_deals=3"], 4, "open_deals"),
    (&["deal", "set", "D-1", "status=won"], 4, "deal move"),
    (&["deal", "set", "D-1", "amount=lots"], 4, "12万 CNY"),
    (&["deal", "set", "D-1", "probability=120"], 4, "100"),
    (&["ticket", "set", "T-1", "satisfaction=9"], 4, "1 "),
    (&["ticket", "reopen", "T-1"], 4, "reopen"),
    (&["ticket", "merge", "T-1", "T-1"], 4, "itself"),
    (&["followup", "add", "no date"], 4, "due="),
    (&["followup", "snooze", "F-1", "whenever"], 4, "+3d"),
    (&["followup", "add", "x", "due=2h"], 4, "write +2h"),
    (&["followup", "add", "x", "due=today", "repeat=sometimes"], 4, "every 2 weeks"),
    (&["log", "call", "C-1", "next=send it"], 4, "fri send quote"),
    (&["log", "call", "C-1", "next=fri"], 4, "fri send quote"),
    (&["user", "add", "Ann", "login=ann"], 4, "login"),
    (&["customer", "restore", "C-1"], 4, "not in the trash"),
    (&["customer", "purge", "C-1", "--yes"], 4, "points to C-1"),
    (&["stage", "rm", "S-1"], 4, "crm deal list stage:S-1"),
    (&["pipeline", "rm", "L-1"], 4, "crm stage list pipeline:L-1"),
    (&["changes", "--since", "whenever"], 2, "today"),
    // Failure.
    (&["redo"], 1, "nothing to redo"),
    (&["customer", "set", "C-1", "note=@no-such-file"], 1, "@@"),
    (&["import", "no-such-file.csv", "--into", "customer"], 1, "no-such-file.csv"),
];

#[test]
fn every_failure_has_a_reason_a_next_step_and_its_exit_code_and_changes_nothing() {
    let env = with_some();
    env.write("customers.csv", "name\nZeta\n");
    let before = export(&env);
    let mut complaints = Vec::new();
    for &(words, code, says) in CASES {
        let plain = env.crm(words).output();
        let mut wrong = |what: &str| complaints.push(format!("{words:?}: {what}\n{}", plain.stderr));
        if plain.code != Some(code) {
            wrong(&format!("exit {:?}, not {code}", plain.code));
        }
        if !plain.stdout.is_empty() {
            wrong("something on stdout");
        }
        if !plain.stderr.starts_with("error: ") || plain.stderr.matches("\nhint: ").count() != 1 {
            wrong("no reason with a next step");
        }
        if !plain.stderr.contains(says) {
            wrong(&format!("nothing of {says:?}"));
        }
        if words.contains(&"-o") {
            continue;
        }
        let json = env.crm(words.iter().copied().chain(["-o", "json", "--lang", "zh"])).output();
        let error: Value = serde_json::from_str(&json.stderr).unwrap_or_default();
        let texts = ["code", "message", "hint"].map(|key| error["error"][key].as_str().unwrap_or_default());
        if json.code != Some(code) || !json.stdout.is_empty() || texts.iter().any(|text| text.is_empty()) {
            wrong(&format!("as JSON: exit {:?}, {:?}", json.code, json.stderr));
        }
        // What is typed as it stands is no sentence.
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if !chinese(texts[1]) || !(chinese(texts[2]) || texts[2].starts_with("crm ")) {
            wrong(&format!("not in Chinese: {:?}", json.stderr));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert_eq!(export(&env), before);
}

#[test]
fn words_and_files_that_are_not_utf8() {
    let env = with_some();
    let before = export(&env);
    let word = OsString::from_vec(b"name=\xff\xfe".to_vec());
    let said = env.crm([OsString::from("customer"), "add".into(), word]).fails(2);
    assert!(said.contains("UTF-8") && said.contains("hint: "), "{said}");
    env.write("bytes", b"\xff\xfe\x00\x80");
    let said = env.crm(["customer", "set", "C-1", "note=@bytes"]).fails(1);
    assert!(said.contains("bytes") && said.contains("hint: save the file as UTF-8"), "{said}");
    let said = env.crm(["customer", "set", "-", "grade=A"]).stdin(b"C-1\n\xff\xff\n".to_vec()).fails(1);
    assert!(said.contains("hint: "), "{said}");
    assert_eq!(export(&env), before);
}

#[test]
fn a_program_that_reads_json_reads_nothing_but_one_error() {
    let env = TestEnvironment::new();
    let bad = OsString::from_vec(b"\xff".to_vec());
    let json = || [OsString::from("-o"), "json".into()];
    for words in [
        json().to_vec(),
        vec!["--output=jsonl".into()],
        [&json()[..], std::slice::from_ref(&bad)].concat(),
        [&["customer".into(), "add".into(), bad][..], &json()].concat(),
        vec!["-ojson".into(), "custommer".into()],
        ["customer", "list", "-o", "json", "-o", "csv"].map(OsString::from).to_vec(),
        ["customer", "list", "--output=csv", "-ojsonl"].map(OsString::from).to_vec(),
    ] {
        let output = env.crm(&words).output();
        assert_eq!((output.code, output.stdout.as_str()), (Some(2), ""), "{words:?}");
        let error: Value = serde_json::from_str(&output.stderr).unwrap_or_default();
        assert_eq!(error["error"]["code"], "usage", "{words:?}: {}", output.stderr);
    }
    assert!(env.crm([""; 0]).fails(2).contains("crm customer"), "a person reads help");
}

#[test]
fn a_file_that_is_no_store_is_left_as_it_is() {
    let env = TestEnvironment::new();
    let zeros = vec![0_u8; 200_000];
    env.write("zeros", &zeros);
    env.write("text", "hello\n");
    env.write("empty", "");
    std::fs::create_dir(env.path("home/folder")).unwrap();
    for (name, says) in [("zeros", "not a store"), ("text", "not a store"), ("empty", "empty"), ("folder", "folder")] {
        for words in [&["customer", "list"][..], &["customer", "add", "Acme"], &["undo"], &["export"]] {
            let output = env.crm(words.iter().chain(&["--store", name])).output();
            assert!(output.stderr.contains(says) && output.stderr.contains("hint: "), "{words:?} {}", output.stderr);
            assert!(output.stdout.is_empty());
            output.fails(1);
        }
    }
    assert_eq!(std::fs::read(env.path("home/zeros")).unwrap(), zeros);
    assert_eq!(std::fs::read(env.path("home/text")).unwrap(), b"hello\n");
}

#[test]
fn a_folder_that_cannot_be_written_to() {
    let env = with_some();
    let folder = env.path("data");
    let mode = |mode| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o500);
    let ignored = std::fs::write(folder.join("probe"), "").is_ok();
    let file = env.store();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o400)).unwrap();
    // Root writes where nobody may: there is nothing to see then.
    if !ignored {
        assert_eq!(env.crm(["customer", "count"]).ok(), "2\n", "reading works");
        let said = env.crm(["customer", "add", "Zeta"]).fails(1);
        assert!(said.contains("hint: "), "{said}");
        let said = env.crm(["customer", "count", "--store", "../data/new.redb"]).fails(1);
        assert!(said.contains("hint: "), "{said}");
    }
    mode(0o700);
}

#[test]
fn who_acts_must_be_known_when_named_and_is_welcome_when_the_system_says_so() {
    let env = TestEnvironment::new();
    let said = env.crm(["customer", "add", "Acme"]).user("zoe").fails(3);
    assert!(said.contains("zoe") && said.contains("hint: "), "{said}");
    assert_eq!(env.crm(["user", "list", "-o", "tsv", "--no-header", "--columns", "login"]).ok(), "ann\n");
    let output = env.crm(["customer", "add", "Acme"]).env("USER", "Zoë").output();
    assert_eq!(output.stderr, "", "silently");
    assert_eq!(output.ok(), "C-1\n");
    assert_eq!(env.crm(["customer", "list", "-o", "csv", "--no-header", "--columns", "owner"]).ok().trim(), "zoe");
    env.crm(["undo"]).fails(1);
    assert_eq!(env.crm(["user", "count"]).ok(), "2\n", "becoming a user is no step");
}

#[test]
fn a_store_without_what_every_store_begins_with_is_given_it() {
    let env = TestEnvironment::new();
    env.crm(["customer", "list"]).user("zoe").fails(3);
    assert_eq!(env.crm(["stage", "count"]).ok(), "6\n");
    let bare = env.crm(["--store", "never.redb"]).output();
    assert!(bare.stderr.contains("crm customer add") && bare.stdout.is_empty());
    bare.fails(2);
    assert!(!env.path("home/never.redb").exists(), "help alone makes no store");
}

#[test]
fn an_import_that_cannot_say_what_it_left_out_imports_nothing() {
    let env = TestEnvironment::new();
    env.write("in.csv", "name,grade\nAcme,A\nBad,Z\n");
    let words = ["import", "in.csv", "--into", "customer", "--skip-errors"];
    let rejected = env.write("in.csv.rejected.csv", "rows of an earlier import");
    assert!(env.crm(words).fails(1).contains("exists already"));
    assert_eq!(env.crm(["customer", "count"]).ok(), "0\n");
    std::fs::remove_file(&rejected).unwrap();
    std::fs::create_dir(&rejected).unwrap();
    env.crm(words).fails(1);
    assert_eq!(env.crm(["customer", "count"]).ok(), "0\n");
    std::fs::remove_dir(&rejected).unwrap();
    env.crm(words).fails(6);
    assert_eq!(env.crm(["customer", "count"]).ok(), "1\n");
    assert!(std::fs::read_to_string(&rejected).unwrap().contains("Bad,Z"));
    // Where all rows are good nothing is left behind.
    env.write("good.csv", "name\nOther\n");
    env.crm(["import", "good.csv", "--into", "customer", "--skip-errors"]).ok();
    assert!(!rejected.with_file_name("good.csv.rejected.csv").exists());
}

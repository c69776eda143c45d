//! What is in the trash: found by name as everything else, looked at with `is:trashed`, brought back or purged.

use super::{export, ids, shown};
use crate::harness::{TestEnvironment, shell_words};

/// Four customers, of whom three are in the trash, and a deal.
fn with_trash() -> TestEnvironment {
    let env = TestEnvironment::new();
    for words in [
        &["customer", "add", "Acme", "grade=A", "city=Oslo", "email=buyer@acme.example", "phone=+86 138-0013-8000"][..],
        &["customer", "add", "Zeta", "grade=B", "city=Oslo"],
        &["customer", "add", "Beta", "grade=A", "city=Bonn"],
        &["customer", "add", "Acme", "grade=C"],
        &["deal", "add", "Big", "customer=C-4"],
        &["customer", "rm", "C-1", "C-2", "C-3"],
    ] {
        env.crm(words).ok();
    }
    env
}

#[test]
fn what_is_in_the_trash_is_named_as_everything_else() {
    for (word, id) in
        [("Zeta", "C-2"), ("buyer@acme.example", "C-1"), ("13800138000", "C-1"), ("2", "C-2"), ("acme", "C-1")]
    {
        let env = with_trash();
        assert_eq!(env.crm(["customer", "restore", word]).ok(), format!("{id}\n"), "{word}");
    }
    let env = with_trash();
    let said = env.crm(["customer", "purge", "acme", "--yes"]).fails(3);
    assert!(said.contains("C-1 Acme, C-4 Acme"), "one in use, one in the trash: {said}");
    assert_eq!(env.crm(["customer", "purge", "Beta", "--yes"]).ok(), "C-3\n");
    assert!(env.crm(["customer", "restore", "Bet"]).fails(3).contains("No customer is called 'Bet'"));
    let said = env.crm(["customer", "restore", "Zet"]).fails(3);
    assert!(said.contains("'Zeta'"), "the nearest one in the trash: {said}");
    env.crm(["customer", "restore", "Acme"]).ok();
    env.crm(["customer", "rm", "C-4", "C-1"]).ok();
    assert!(env.crm(["customer", "restore", "Acme"]).fails(3).contains("C-1 Acme, C-4 Acme"));
    env.crm(["stage", "add", "Legal", "pipeline=L-1"]).ok();
    env.crm(["stage", "rm", "Legal"]).ok();
    assert_eq!(env.crm(["stage", "restore", "legal"]).ok(), "S-7\n");
}

#[test]
fn a_filter_asks_for_the_trash_alone_or_with_other_terms() {
    let env = with_trash();
    let listed = |words: &[&str]| ids(&env.crm(["customer", "list", "-o", "ids"].iter().chain(words)).ok());
    assert_eq!(listed(&["is:trashed"]), ["C-1", "C-2", "C-3"]);
    assert_eq!(listed(&["city:Oslo", "is:trashed"]), ["C-1", "C-2"]);
    assert_eq!(listed(&["是:回收站", "not", "city:Oslo"]), ["C-3"]);
    assert_eq!(listed(&["--where", "is:trashed and (grade:B or city:Bonn)"]), ["C-2", "C-3"]);
    assert_eq!(listed(&["is:trashed", "--sort", "-name"]), ["C-2", "C-3", "C-1"]);
    assert_eq!(listed(&["is:trashed", "--sort", "city", "--limit", "1", "--offset", "1"]), ["C-1"]);
    assert_eq!(listed(&["is:trashed", "zeta"]), ["C-2"]);
    assert_eq!(listed(&["id:C-1,C-4", "is:trashed"]), ["C-1"]);
    assert_eq!(listed(&[]), ["C-4"]);
    let printed = |words: &[&str]| env.crm(words).ok();
    assert_eq!(printed(&["customer", "count", "is:trashed"]), "3\n");
    assert_eq!(printed(&["customer", "count", "is:trashed", "not", "grade:A"]), "1\n");
    let by = ["customer", "count", "is:trashed", "--by", "city", "-o", "tsv", "--no-header"];
    assert_eq!(printed(&by), "Bonn\t1\nOslo\t2\n");
    let row = ["customer", "list", "is:trashed", "grade:B", "-o", "csv", "--no-header", "--columns", "name,city"];
    assert!(printed(&row).contains("Zeta,Oslo"));
    assert!(printed(&["customer", "list", "is:trashed", "--explain"]).contains("every row"));
    assert!(printed(&["export", "customer", "is:trashed"]).contains("Zeta"));
    for noun in ["user", "contact", "pipeline", "stage", "deal", "activity", "followup", "ticket", "view"] {
        assert_eq!(printed(&[noun, "count", "is:trashed"]), "0\n", "{noun}");
        assert_eq!(printed(&[noun, "list", "is:trashed", "-o", "ids"]), "", "{noun}");
    }
}

#[test]
fn the_trash_is_asked_for_as_a_whole_or_not_at_all() {
    let env = with_trash();
    for filter in
        ["not is:trashed", "is:trashed or grade:A", "is:lost", "is.not:trashed", "(is:trashed or no:city) grade:A"]
    {
        let said = env.crm(["customer", "list", "--where", filter]).fails(2);
        assert!(said.contains("is:trashed alone"), "{filter}: {said}");
    }
    assert!(env.crm(["deal", "list", "customer.is:trashed"]).fails(2).contains("is:trashed alone"));
    let said = env.crm(["view", "save", "gone", "customer", "is:trashed"]).fails(2);
    assert!(said.contains("A view holds records in use"), "{said}");
}

#[test]
fn only_restore_and_purge_act_on_the_trash() {
    let env = with_trash();
    let before = export(&env);
    for words in [
        &["customer", "set", "--where", "is:trashed", "grade=D"][..],
        &["customer", "rm", "--where", "grade:A is:trashed"],
        &["view", "save", "x", "customer", "--static", "--where", "is:trashed"],
        &["customer", "restore", "--where", "grade:A"],
        &["customer", "purge", "--where", "grade:C", "--yes"],
        &["customer", "purge", "--where", "is:trashed"],
    ] {
        env.crm(words).fails(2);
    }
    assert_eq!(export(&env), before);
    env.crm(["customer", "restore", "--where", "is:trashed grade:A"]).ok();
    assert_eq!(ids(&env.crm(["customer", "list", "-o", "ids"]).ok()), ["C-1", "C-3", "C-4"]);
    let listed = env.crm(["customer", "list", "is:trashed", "-o", "ids"]).ok();
    assert_eq!(env.crm(["customer", "restore", "-"]).stdin(listed).ok(), "C-2\n");
    env.crm(["customer", "rm", "C-1", "C-2"]).ok();
    env.crm(["customer", "purge", "--where", "is:trashed city:Oslo", "--yes"]).ok();
    assert_eq!(env.crm(["customer", "count", "is:trashed"]).ok(), "0\n");
    assert!(env.crm(["show", "C-1"]).fails(3).contains("purged"));
}

#[test]
fn no_verb_acts_on_a_record_in_the_trash() {
    let env = with_trash();
    for words in [
        &["ticket", "add", "Broken"][..],
        &["followup", "add", "Ask", "due=2026-03-05"],
        &["log", "call", "C-4", "hello"],
        &["contact", "add", "Ann", "customer=C-4"],
        &["rm", "D-1"],
        &["ticket", "close", "T-1"],
        &["rm", "T-1"],
        &["followup", "done", "F-1"],
        &["rm", "F-1"],
        &["rm", "A-1"],
    ] {
        env.crm(words).ok();
    }
    let before = export(&env);
    for words in [
        "customer set C-1 grade=D",
        "set C-1 name=Acme",
        "deal move D-1 won",
        "deal set D-1 note=x",
        "followup done F-1",
        "followup snooze F-1 +3d",
        "ticket assign T-1 me",
        "ticket wait T-1",
        "ticket resolve T-1 done",
        "ticket reopen T-1",
        "ticket reply T-1 hello",
        "ticket note T-1 hello",
        "ticket rate T-1 5",
        "activity set A-1 text=x",
        "log call C-1 hello",
        "contact set P-1 customer=C-1",
        "deal add New customer=C-1",
    ] {
        // What would link to it finds no such record in use.
        let links = ["reply", "note T", "log", "customer=C-1"].iter().any(|part| words.contains(part));
        let said = env.crm(shell_words(words)).fails(if links { 3 } else { 4 });
        let id = words.split([' ', '=']).find(|word| ["C-1", "D-1", "F-1", "T-1", "A-1"].contains(word)).unwrap();
        assert!(said.contains(&format!("{id} is in the trash")), "{words}: {said}");
        assert!(said.contains(&format!("crm restore {id}")), "{words}: {said}");
    }
    let output = env.crm(shell_words("customer set C-1 C-4 grade=D --keep-going")).output();
    assert_eq!(output.code, Some(6), "{}", output.stderr);
    assert!(output.stderr.contains("C-1 is in the trash"), "{}", output.stderr);
    env.crm(["undo"]).ok();
    assert_eq!(export(&env), before);
    // An export says itself what is in the trash.
    env.write("all.jsonl", env.crm(["export", "customer"]).ok());
    env.crm(["import", "all.jsonl", "--into", "customer"]).ok();
    assert_eq!(export(&env), before);
    for words in ["show C-1", "history C-1", "restore D-1", "purge C-2 --yes"] {
        env.crm(shell_words(words)).ok();
    }
}

/// A file with the records of a kind that are in the trash, and what it says of them.
fn imported(env: &TestEnvironment, kind: &str, id: &str, field: &str, value: &str) {
    env.write("trash.csv", format!("id,trashed,{field}\n{id},yes,{value}\n"));
    env.crm(["import", "trash.csv", "--into", kind, "--key", "id"]).ok();
}

#[test]
fn what_a_file_writes_in_the_trash_follows_the_rules_of_its_kind() {
    let env = TestEnvironment::new();
    for words in [
        "pipeline add Partners",
        "stage add Start pipeline=L-2",
        "deal add Big",
        "deal add Small",
        "followup add Ask due=2026-03-05 \"repeat=every friday\"",
        "ticket add Broken",
        "rm D-1 D-2",
        "rm F-1",
        "rm T-1",
    ] {
        env.crm(shell_words(words)).ok();
    }
    imported(&env, "deal", "D-1", "pipeline", "Partners");
    imported(&env, "deal", "D-2", "stage", "won");
    imported(&env, "ticket", "T-1", "status", "resolved");
    imported(&env, "followup", "F-1", "status", "done");
    assert_eq!(env.crm(["followup", "count"]).ok(), "0\n", "none comes from the trash");
    let before = export(&env);
    env.crm(["undo"]).ok();
    assert_eq!(env.crm(["followup", "count"]).ok(), "0\n");
    env.crm(["redo"]).ok();
    assert_eq!(export(&env), before);

    for words in ["restore D-1 D-2", "restore F-1", "restore T-1"] {
        env.crm(shell_words(words)).ok();
    }
    assert_eq!(env.crm(["followup", "count"]).ok(), "1\n", "itself");
    let of = |id: &str| shown(&env, id)["record"].clone();
    let [moved, won, ticket, done] = ["D-1", "D-2", "T-1", "F-1"].map(of);
    assert_eq!([&moved["stage"]["name"], &moved["status"]], ["Start", "open"]);
    assert_eq!([&won["status"], &won["probability"]], [&serde_json::json!("won"), &serde_json::json!(100)]);
    assert!(won["closed"].is_string(), "{won}");
    assert!(ticket["resolved_at"].is_string() && done["done_at"].is_string(), "{ticket} {done}");
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn what_comes_back_fits_what_has_become_of_the_others() {
    let env = TestEnvironment::new();
    for words in [
        "pipeline add Partners default=yes",
        "rm L-2",
        "pipeline set L-1 default=yes",
        "view save mine customer grade:A --key 1",
        "rm V-1",
        "view save yours customer grade:B --key 1",
        "ticket add One",
        "ticket add Two",
        "ticket reply T-1 hello",
        "followup add Ask due=2026-03-05 ticket=T-1",
        "rm A-1",
        "rm F-1",
        "ticket merge T-1 T-2",
    ] {
        env.crm(shell_words(words)).ok();
    }
    let said = env.crm(["restore", "L-2"]).output();
    assert!(said.stderr.contains("L-1 is the default pipeline by now; L-2 comes back without that"), "{}", said.stderr);
    let said = env.crm(["restore", "V-1"]).output();
    assert!(said.stderr.contains("the key 1 opens V-2 by now; V-1 comes back without it"), "{}", said.stderr);
    for id in ["A-1", "F-1"] {
        let said = env.crm(["restore", id]).output();
        assert!(said.stderr.contains("T-1 has been merged into T-2; this goes to T-2"), "{}", said.stderr);
        assert_eq!(shown(&env, id)["record"]["ticket"]["id"], "T-2");
    }
    let of = |id: &str, field: &str| shown(&env, id)["record"][field].clone();
    assert_eq!([of("L-1", "default"), of("L-2", "default")], [true.into(), serde_json::Value::Null]);
    assert_eq!([of("V-1", "key"), of("V-2", "key")], [serde_json::Value::Null, 1.into()]);
    // Each of these is one step.
    (0..4).for_each(|_| drop(env.crm(["undo"]).ok()));
    assert_eq!(of("L-2", "default"), true);
    assert_eq!(env.crm(shell_words("restore L-2")).ok(), "L-2\n");
}

#[test]
fn no_undo_makes_a_second_default_pipeline() {
    let env = TestEnvironment::new();
    for words in [
        "user add Bob login=bob",
        "pipeline add Partners default=yes",
        "rm L-2",
        "pipeline set L-1 default=yes --as bob",
    ] {
        env.crm(shell_words(words)).ok();
    }
    let said = env.crm(["undo"]).fails(4);
    assert!(said.contains("L-2 default: L-1 is the default pipeline by now"), "{said}");
    env.crm(["undo", "--as", "bob"]).ok();
    env.crm(["undo"]).ok();
}

//! `--columns` names all columns of an answer, and only those.

use serde_json::{Value, json};

use crate::harness::{TestEnvironment, shell_words};

fn env() -> TestEnvironment {
    let env = TestEnvironment::new();
    for line in [
        "customer add Acme city=Oslo",
        "deal add Big customer=C-1 amount=1000",
        "followup add Call due=today customer=C-1",
        "ticket add Broken customer=C-1",
        "view save all customer --columns city --where has:name",
    ] {
        env.crm(shell_words(line)).ok();
    }
    env
}

#[test]
fn only_the_columns_that_are_named_are_given_in_every_command_and_format() {
    let env = env();
    for (line, columns, row) in [
        ("customer list", "name,city", "Acme,Oslo"),
        ("customer list", "city,id", "Oslo,C-1"),
        ("customer list view:all", "name", "Acme"),
        ("deal list", "customer.city,amount", "Oslo,1000.00 USD"),
        ("user list", "login", "ann"),
        ("find Acme", "name,kind", "Acme,customer"),
        ("agenda", "title,section", "Call,today"),
        ("board", "title", "Big"),
        ("queue", "subject,status", "Broken,new"),
        ("changes --since -1d", "id,what", "C-1,created"),
        ("history C-1", "field,to", "name,Acme"),
        ("show C-1", "city,name", "Oslo,Acme"),
        ("export customer", "city", "Oslo"),
        ("undo --list", "records", "1"),
        ("customer count --by city", "count", "1"),
        ("config list", "key", "store"),
    ] {
        let given = |format: &str| env.crm(shell_words(line)).args(["--columns", columns, "-o", format]).ok();
        let csv = given("csv");
        let codes: Vec<&str> = columns.split(',').collect();
        assert_eq!(csv.lines().next(), Some(columns), "{line}");
        assert!(csv.lines().any(|line| line == row), "{line}: {csv}");
        assert!(given("tsv").lines().any(|line| line == row.replace(',', "\t")), "{line}");
        let first: Value = serde_json::from_str(given("jsonl").lines().next().unwrap()).unwrap();
        let mut keys: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
        let mut wanted = codes.clone();
        keys.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(keys, wanted, "{line}");
        if !columns.contains("id") && line != "find Acme" {
            assert!(!given("table").contains("-1 "), "no id: {line}: {}", given("table"));
        }
        let unknown = env.crm(shell_words(line)).args(["--columns", "colour"]).fails(2);
        assert!(unknown.contains("colour"), "{line}: {unknown}");
        env.crm(shell_words(line)).args(["--columns", ","]).fails(2);
    }
}

#[test]
fn ids_are_given_whatever_the_columns_and_json_has_every_field_without_them() {
    let env = env();
    for line in ["customer list", "find Acme", "board", "queue", "agenda"] {
        let columns = if line.ends_with("list") || line.starts_with("find") { "name" } else { "customer" };
        let ids = env.crm(shell_words(line)).args(["--columns", columns, "-o", "ids"]).ok();
        assert!(ids.ends_with("-1\n"), "{line}: {ids}");
        env.crm(shell_words(line)).args(["--columns", "colour", "-o", "ids"]).fails(2);
    }
    let all: Value = serde_json::from_str(&env.crm(["customer", "list", "-o", "json"]).ok()).unwrap();
    let record = &all["records"][0];
    assert_eq!([&record["id"], &record["city"], &record["phone"]], [&json!("C-1"), &json!("Oslo"), &Value::Null]);
}

#[test]
fn a_person_may_name_the_columns_of_a_pane_as_the_pane_shows_them() {
    let env = env();
    let queue = env.crm(["queue", "--columns", "subject,left"]).ok();
    let lines: Vec<&str> = queue.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines[1].starts_with("Subject  Left") && lines[2].starts_with("Broken"), "{queue}");
    assert!(env.crm(["queue", "--columns", "subject,left", "-o", "csv"]).ok().starts_with("subject,left\nBroken,"));
    let board = env.crm(["board", "--columns", "title,stage"]).ok();
    assert!(board.lines().any(|line| line.starts_with("Big") && line.ends_with("qualify")), "{board}");
}

#[test]
fn a_dry_run_says_what_the_step_would_say_in_the_columns_that_are_named() {
    let env = env();
    env.crm(["user", "add", "Zoe", "login=zoe", "active=no"]).ok();
    env.write("new.csv", "name,owner\nNew,zoe\n");
    for words in [&["customer", "set", "C-1", "owner=zoe"][..], &["import", "new.csv", "--into", "customer"]] {
        let output = env.crm([words, &["--dry-run", "--columns", "id,field,to", "-o", "csv"]].concat()).output();
        assert!(output.stdout.starts_with("id,field,to\nC-"), "{words:?}: {}", output.stdout);
        assert!(output.stderr.contains("Zoe (U-2) is not active any more"), "{words:?}: {}", output.stderr);
        env.crm([words, &["--dry-run", "--columns", "city"]].concat()).fails(2);
    }
    // There the option says what the view has.
    env.crm(["view", "save", "more", "customer", "--columns", "city", "--where", "has:city", "--dry-run"]).ok();
}

#[test]
fn settings_are_listed_from_where_and_as_many_as_asked() {
    let env = env();
    let given = |more: &[&str]| env.crm(["config", "list", "-o", "csv", "--no-header"]).args(more).ok();
    let all = given(&[]);
    let some = given(&["--offset", "1", "--limit", "2"]);
    assert_eq!(some.lines().collect::<Vec<_>>(), all.lines().skip(1).take(2).collect::<Vec<_>>());
    assert_eq!(given(&["--limit", "0"]), "");
}

#[test]
fn an_option_of_rows_is_refused_by_a_command_that_has_no_use_for_it() {
    let env = env();
    for line in [
        "customer add Zeta --limit 1",
        "log note C-1 hi --sort name",
        "show C-1 --limit 1",
        "find Acme --sort name",
        "history C-1 --sort at",
        "agenda --offset 1",
        "board --sort title",
        "queue --offset=1",
        "undo --sort seq",
        "redo --limit 1",
        "config list --sort key",
        "deal move D-1 next --limit 1",
        "import x.csv --into customer --limit 5",
        "customer set C-1 city=Bonn --limit 1",
        "rm C-1 --limit 1 --dry-run",
        "purge C-1 --sort name --yes",
        "undo --limit 1",
        "config get lang --limit 0",
        "config path --limit 1",
        "customer count --limit 1",
        "customer count --by city --explain --limit 1",
        "doctor --rebuild --limit 1",
    ] {
        let option = line
            .split_whitespace()
            .find(|word| {
                word.starts_with("--") && !["--into", "--by", "--explain", "--rebuild", "--yes"].contains(word)
            })
            .unwrap();
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains(option.split('=').next().unwrap()), "{line}: {said}");
    }
    assert_eq!(env.crm(["customer", "count"]).ok(), "1\n");
    let all = env.crm(["customer", "set", "--all", "city=Bonn", "--sort", "name", "--limit", "0"]).output();
    assert_eq!((all.code, all.stdout.as_str()), (Some(0), ""), "{}", all.stderr);
}

#[test]
fn names_of_columns_orders_and_groups_stand_apart_by_any_comma() {
    let env = env();
    for comma in [",", "，", "、"] {
        let listed = env
            .crm(["customer", "list", "--columns", &format!("城市{comma}编号"), "--sort", &format!("城市{comma}-名称")])
            .args(["-o", "csv"]);
        assert_eq!(listed.ok(), "city,id\nOslo,C-1\n", "{comma}");
        let counted = env.crm(["customer", "count", "--by", &format!("city{comma}grade"), "-o", "csv"]).ok();
        assert!(counted.starts_with("city,grade,count"), "{comma}: {counted}");
    }
}

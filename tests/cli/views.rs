//! Saved views: kept, replaced, taken back, asked for in any filter, and refused where they make no sense.

use serde_json::{Value, json};

use super::{id, ids, shown};
use crate::harness::TestEnvironment;

fn env() -> TestEnvironment {
    let env = TestEnvironment::new();
    for words in [["Acme", "grade=A", "city=上海"], ["Blue", "grade=B", "city=Lyon"], ["Cedar", "grade=A", "city=Lyon"]]
    {
        env.crm(["customer", "add"]).args(words).ok();
    }
    env.crm(["deal", "add", "Frame contract", "customer=C-1", "amount=200000"]).ok();
    env.crm(["deal", "add", "Spare parts", "customer=C-2", "amount=900"]).ok();
    env
}

fn listed<const N: usize>(env: &TestEnvironment, words: [&str; N]) -> Vec<String> {
    ids(&env.crm(words).args(["-o", "ids"]).ok())
}

#[test]
fn a_view_is_asked_for_in_any_filter() {
    let env = env();
    let saved = id(&env, ["view", "save", "hot", "customer", "级别:A", "not", "city:上海"]);
    let record = shown(&env, &saved)["record"].clone();
    assert_eq!(
        [&record["name"], &record["of"], &record["type"], &record["filter"], &record["owner"]["name"]],
        [&json!("hot"), &json!("customer"), &json!("live"), &json!("级别:A not city:上海"), &json!("ann")]
    );
    assert_eq!(listed(&env, ["customer", "list", "view:HOT"]), ["C-3"]);
    assert_eq!(listed(&env, ["customer", "list", "not", "view:hot"]), ["C-1", "C-2"]);
    assert_eq!(listed(&env, ["customer", "list", "视图:hot", "grade:B"]), [""; 0]);
    assert_eq!(listed(&env, ["customer", "list", "--where", "view:hot or grade:B"]), ["C-2", "C-3"]);
    assert_eq!(env.crm(["customer", "count", "view:hot"]).ok(), "1\n");
    // Along links, forth and back.
    env.crm(["view", "save", "big", "deal", "amount.over:10k"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "deals.view:big"]), ["C-1"]);
    env.crm(["view", "save", "lyon", "customer", "city:Lyon"]).ok();
    assert_eq!(listed(&env, ["deal", "list", "customer.view:lyon"]), ["D-2"]);
    // A view of views, and one that changes under those that ask for it.
    env.crm(["view", "save", "both", "customer", "view:hot,lyon"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "view:both"]), ["C-2", "C-3"]);
    env.crm(["view", "set", "lyon", "filter=city:上海"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "view:both"]), ["C-1", "C-3"]);
    env.crm(["customer", "set", "--where", "view:hot", "grade=C"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "grade:C"]), ["C-3"]);
    assert_eq!(listed(&env, ["customer", "list", "view:hot"]), [""; 0]);
}

#[test]
fn a_list_is_shown_as_its_view_says_unless_told_otherwise() {
    let env = env();
    let columns =
        ["view", "save", "cities", "--columns", "city,name", "--sort", "-name", "--by", "grade", "--key", "3"];
    env.crm(columns).ok();
    let tsv = |words: &[&str]| env.crm(["customer", "list", "view:cities", "-o", "tsv"]).args(words).ok();
    assert_eq!(tsv(&[]), "id\tcity\tname\nC-3\tLyon\tCedar\nC-2\tLyon\tBlue\nC-1\t上海\tAcme\n");
    assert_eq!(tsv(&["--sort", "name", "--columns", "name"]), "name\nAcme\nBlue\nCedar\n");
    let record = shown(&env, "V-1")["record"].clone();
    assert_eq!([&record["by"], &record["key"]], [&json!("grade"), &json!(3)]);
}

#[test]
fn a_static_list_holds_its_records_whatever_becomes_of_them() {
    let env = env();
    env.crm(["view", "save", "fair", "--static", "C-3", "Acme"]).ok();
    env.crm(["customer", "set", "C-1", "grade=D"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "view:fair"]), ["C-1", "C-3"]);
    env.crm(["view", "save", "piped", "--static", "-"]).stdin("C-2\nC-2\nC-1\n").ok();
    assert_eq!(shown(&env, "V-2")["record"]["records"], json!(["C-1", "C-2"]));
    env.crm(["view", "save", "then", "deal", "--static", "--where", "amount.over:10k"]).ok();
    env.crm(["deal", "set", "D-2", "amount=1000000"]).ok();
    assert_eq!(listed(&env, ["deal", "list", "view:then"]), ["D-1"]);
    env.crm(["view", "set", "fair", "records+=2", "records-=C-1"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "view:fair"]), ["C-2", "C-3"]);
    env.crm(["customer", "rm", "C-2"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "view:fair"]), ["C-3"]);
    env.crm(["customer", "restore", "C-2"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "view:fair"]), ["C-2", "C-3"]);
    let said = env.crm(["view", "set", "fair", "records+=C-99"]).fails(3);
    assert!(said.contains("there is no customer C-99"), "{said}");
    let said = env.crm(["view", "set", "fair", "records+=D-1"]).fails(4);
    assert!(said.contains("'D-1' is not the id of a customer"), "{said}");
}

#[test]
fn saving_again_replaces_and_undo_takes_it_back() {
    let env = env();
    let first = id(&env, ["view", "save", "hot", "grade:A", "--columns", "name", "--key", "1"]);
    let saved = env.crm(["view", "save", "Hot", "customer", "grade:B"]).output();
    assert!(saved.stderr.contains("'Hot' is the name of V-1 hot, which is replaced"), "{}", saved.stderr);
    assert_eq!(saved.ok(), format!("{first}\n"));
    let again = ["view", "save", "hot", "customer", "grade:B"];
    let same = env.crm(again).output();
    assert!(same.code == Some(0) && !same.stderr.contains("replaced"), "{}", same.stderr);
    let same = env.crm(again).args(["--dry-run"]).output();
    assert!(same.code == Some(0) && !same.stderr.contains("replaced"), "{}", same.stderr);
    let would = env.crm(["view", "save", "hot", "customer", "grade:C", "--dry-run"]).output();
    assert!(would.stderr.contains("V-1 hot would be replaced"), "{}", would.stderr);
    let field = |name: &str| shown(&env, &first)["record"][name].clone();
    assert_eq!([field("filter"), field("columns"), field("key")], [json!("grade:B"), Value::Null, json!(1)]);
    env.crm(["undo"]).ok();
    assert_eq!(
        [field("of"), field("columns"), field("filter")],
        [json!("customer"), json!(["name"]), json!("grade:A")]
    );
    for name in ["hot", "HOT"] {
        let said = env.crm(["view", "save", name, "deal", "amount.over:10k", "-y"]).fails(4);
        assert!(said.contains("V-1 hot is a view of customers, not of deals"), "{said}");
    }
    env.crm(["view", "save", "hot", "--static", "C-2"]).ok();
    assert_eq!([field("type"), field("filter")], [json!("static"), Value::Null]);
    env.crm(["view", "set", "hot", "filter=grade:B"]).ok();
    assert_eq!([field("type"), field("records")], [json!("live"), Value::Null]);
    env.crm(["view", "rm", "hot"]).ok();
    let said = env.crm(["customer", "list", "view:hot"]).fails(2);
    assert!(said.contains("There is no view 'hot'"), "{said}");
    // A key opens one view of a person: the later one takes it.
    let second = id(&env, ["view", "save", "two", "grade:B", "--key", "5"]);
    env.crm(["view", "save", "three", "grade:C", "--key", "5"]).ok();
    assert_eq!(shown(&env, &second)["record"]["key"], Value::Null);
    env.crm(["view", "save", "four", "grade:D", "--key", "5"]).user("bob").fails(3);
    env.crm(["user", "add", "Bob", "login=bob"]).ok();
    env.crm(["view", "save", "four", "grade:D", "--key", "5"]).user("bob").ok();
    assert_eq!(env.crm(["view", "count", "key:5"]).ok(), "2\n", "one of ann, one of bob");
}

#[test]
fn what_makes_no_sense_is_refused_on_every_path() {
    let env = env();
    let said = env.crm(["view", "save", "bad", "grad:A"]).fails(2);
    assert!(said.contains("'grad' is not a field of a customer\n  grad:A\n  ^^^^"), "{said}");
    assert!(said.contains("did you mean 'grade'?"), "{said}");
    env.crm(["view", "save", "a", "grade:A"]).ok();
    for words in [
        ["view", "add", "bad", "of=customer", "filter=owner:nobody"],
        ["view", "set", "a", "filter=grade:Q", "note=x"],
        ["view", "set", "a", "columns=name,colour", "note=x"],
        ["view", "set", "a", "sort=-colour", "note=x"],
        ["view", "set", "a", "by=name:month", "note=x"],
        ["view", "set", "a", "of=deal", "note=x"],
    ] {
        env.crm(words).fails(2);
    }
    env.crm(["view", "save", "a", "--key", "12"]).fails(4);
    env.write("bad.csv", "name,of,filter\nimported,customer,colour:red\n");
    let said = env.crm(["import", "bad.csv", "--into", "view"]).output();
    assert!(said.code != Some(0) && said.stderr.contains("colour"), "{}", said.stderr);
    // In a circle, from near and from far, and by a new name.
    env.crm(["view", "save", "b", "view:a"]).ok();
    let said = env.crm(["view", "save", "a", "view:b"]).fails(2);
    assert!(said.contains("Views in a circle: a asks for b asks for a"), "{said}");
    env.crm(["view", "save", "a", "view:a"]).fails(2);
    env.crm(["view", "set", "a", "name=old"]).ok();
    let said = env.crm(["customer", "list", "view:b"]).fails(2);
    assert!(said.contains("view b: There is no view 'a'"), "{said}");
    env.crm(["view", "save", "c", "view:b"]).fails(2);
    env.crm(["view", "set", "old", "filter=grade:B", "name=a"]).ok();
    let said = env.crm(["deal", "list", "view:a"]).fails(2);
    assert!(said.contains("The view 'a' is of customers, not of deals"), "{said}");
    for term in ["view:", "has:view", "view:a*", "view~a", "view:a..b"] {
        let said = env.crm(["customer", "list", term]).fails(2);
        assert!(said.contains("view"), "{said}");
    }
}

#[test]
fn views_are_exported_and_imported() {
    let from = env();
    from.crm(["view", "save", "late", "customer", "view:hot"]).fails(2);
    from.crm(["view", "save", "hot", "grade:A owner:me", "--columns", "name,city"]).fails(2);
    from.crm(["view", "save", "hot", "grade:A", "owner:me", "--columns", "name,city", "--sort", "-city"]).ok();
    from.crm(["view", "save", "fair", "--static", "C-1", "C-2"]).ok();
    let table = from.crm(["export", "view"]).ok();
    let to = env();
    // The one that is asked for comes after the one that asks.
    to.write("views.csv", table.replace("grade:A owner:me", "view:fair"));
    // Another store has made its own C-1 and C-2.
    let refused = to.crm(["import", "views.csv", "--into", "view"]).fails(4);
    assert!(refused.contains("C-1 was made in this store"), "{refused}");
    to.crm(["import", "views.csv", "--into", "view", "--key", "id"]).ok();
    assert_eq!(listed(&to, ["customer", "list", "view:hot"]), ["C-1", "C-2"], "by city, the last one first");
    assert_eq!(shown(&to, "V-2")["record"]["records"], json!(["C-1", "C-2"]));
}

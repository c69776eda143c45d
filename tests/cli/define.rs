//! Fields and kinds of one's own, as they are typed.

use super::{ids, shown};
use crate::harness::TestEnvironment;

fn listed<const N: usize>(env: &TestEnvironment, words: [&str; N]) -> Vec<String> {
    ids(&env.crm(words).args(["-o", "ids"]).ok())
}

#[test]
fn a_field_of_ones_own_is_filled_found_and_kept_unique() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "甲公司"]).ok();
    env.crm(["customer", "add", "乙公司"]).ok();
    env.crm(["field", "add", "customer", "contract_no", "type=text", "index", "unique", "zh=合同号"]).ok();
    env.crm(["customer", "set", "C-1", "合同号=HT-7"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "contract_no:ht-7"]), ["C-1"]);
    let how = env.crm(["customer", "count", "contract_no:HT-7", "--explain"]).ok();
    assert!(how.contains("index contract_no"), "{how}");
    assert!(env.crm(["customer", "set", "C-2", "contract_no=ht-7"]).fails(4).contains("C-1"));
    assert_eq!(shown(&env, "C-1")["record"]["contract_no"], "HT-7");
    assert!(env.crm(["customer", "add", "丙公司", "合同号=HT-8"]).ok().contains("C-3"));
}

#[test]
fn a_field_that_was_removed_and_restored_keeps_its_values() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "contract_no", "type=text", "index"]).ok();
    env.crm(["customer", "add", "Acme", "contract_no=HT-7"]).ok();
    env.crm(["field", "rm", "customer.contract_no"]).ok();
    let said = env.crm(["customer", "list", "contract_no:HT-7"]).fails(2);
    assert!(said.contains("crm field restore customer.contract_no"), "{said}");
    env.crm(["customer", "set", "C-1", "city=Oslo"]).ok();
    env.crm(["field", "restore", "customer.contract_no"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "contract_no:HT-7"]), ["C-1"]);
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn a_kind_of_ones_own_is_linked_and_asked_for_along_the_link() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["kind", "add", "vehicle", "letters=VH", "zh=车辆"]).ok();
    env.crm(["field", "add", "vehicle", "customer", "type=link", "to=customer"]).ok();
    env.crm(["vehicle", "add", "沪A12345", "customer=C-1"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "vehicles.name:沪A12345"]), ["C-1"]);
    assert_eq!(listed(&env, ["车辆", "列表", "customer:Acme"]), ["VH-1"]);
    env.crm(["doctor", "--check"]).ok();
    for _ in 0..4 {
        env.crm(["undo"]).ok();
    }
    env.crm(["vehicle", "list"]).fails(2);
    for _ in 0..4 {
        env.crm(["redo"]).ok();
    }
    assert_eq!(listed(&env, ["vehicle", "list"]), ["VH-1"]);
}

#[test]
fn what_records_hold_is_not_taken_away() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "contract_no", "type=text"]).ok();
    env.crm(["customer", "add", "Acme", "contract_no=HT-7"]).ok();
    env.crm(["customer", "set", "C-1", "contract_no="]).ok();
    env.crm(["undo"]).ok();
    env.crm(["customer", "rm", "C-1"]).ok();
    env.crm(["choice", "add", "customer.grade", "vip"]).ok();
    env.crm(["customer", "add", "Beta", "grade=vip"]).ok();
    for (words, id) in [(["choice", "rm", "customer.grade.vip"], "C-2"), (["choice", "rm", "CH-1"], "C-2")] {
        let told = env.crm(words).fails(4);
        assert!(told.contains(id) && told.contains("retired=yes"), "{told}");
    }
    env.crm(["kind", "add", "vehicle", "letters=VH"]).ok();
    env.crm(["vehicle", "add", "One"]).ok();
    assert!(env.crm(["kind", "rm", "vehicle"]).fails(4).contains("VH-1"));
    env.crm(["vehicle", "rm", "VH-1"]).ok();
    assert!(env.crm(["kind", "rm", "vehicle"]).fails(4).contains("VH-1"));
    env.crm(["vehicle", "purge", "VH-1", "--yes"]).ok();
    env.crm(["kind", "rm", "vehicle"]).ok();
    env.crm(["section", "add", "customer", "Contract", "fields=contract_no"]).ok();
    assert!(env.crm(["field", "rm", "customer.contract_no"]).fails(4).contains("SE-1"));
    env.crm(["section", "rm", "SE-1"]).ok();
    env.crm(["view", "save", "signed", "customer", "has:contract_no"]).ok();
    assert!(env.crm(["field", "rm", "customer.contract_no"]).fails(4).contains("signed"));
    env.crm(["view", "rm", "signed"]).ok();
    env.crm(["field", "rm", "customer.contract_no"]).ok();
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn the_step_that_added_a_field_is_taken_back_once_nobody_holds_it() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["user", "add", "Bob", "login=bob"]).ok();
    env.crm(["field", "add", "customer", "contract_no", "type=text"]).ok();
    env.crm(["field", "add", "customer", "machine", "type=text"]).ok();
    env.crm(["--as", "bob", "customer", "set", "C-1", "machine=M1"]).ok();
    let told = env.crm(["undo"]).fails(4);
    assert!(told.contains("FD-2") && told.contains("C-1") && told.contains("crm field rm"), "{told}");
    env.crm(["--as", "bob", "customer", "set", "C-1", "machine="]).ok();
    env.crm(["undo"]).ok();
    assert_eq!(listed(&env, ["field", "list"]), ["FD-1"]);
    env.crm(["redo"]).ok();
    assert_eq!(listed(&env, ["field", "list"]), ["FD-1", "FD-2"]);
}

#[test]
fn a_field_that_is_purged_is_gone_from_rows_journal_and_words() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "contract_no", "type=text", "index", "search"]).ok();
    env.crm(["customer", "add", "Acme", "contract_no=SECRET1"]).ok();
    env.crm(["customer", "set", "C-1", "contract_no=SECRET2", "city=Oslo"]).ok();
    env.crm(["customer", "add", "Beta", "city=Rome"]).ok();
    env.crm(["customer", "set", "C-2", "contract_no=SECRET3"]).ok();
    env.crm(["customer", "rm", "C-2"]).ok();
    env.crm(["customer", "add", "Cedar", "contract_no=SECRET4"]).ok();
    env.crm(["customer", "purge", "C-3", "--yes"]).ok();
    let before = shown(&env, "C-1")["record"]["version"].clone();
    env.crm(["field", "purge", "customer.contract_no", "--yes"]).ok();
    let mut all = String::new();
    for words in [
        &["undo", "--list"][..],
        &["changes", "--since", "2000-01-01"],
        &["history", "C-1"],
        &["history", "C-2"],
        &["show", "C-1", "-o", "json"],
        &["export"],
        &["customer", "list", "is:trashed", "-o", "json"],
        &["find", "SECRET1"],
    ] {
        all.push_str(&env.crm(words).output().stdout);
    }
    assert!(!all.contains("SECRET"), "{all}");
    assert!(all.contains("customer add Beta"), "{all}");
    let record = shown(&env, "C-1")["record"].clone();
    assert_eq!((&record["city"], &record["version"]), (&serde_json::json!("Oslo"), &before));
    env.crm(["doctor", "--check"]).ok();
    // Its name is free again, and nothing of it comes back.
    env.crm(["field", "add", "customer", "contract_no", "type=text"]).ok();
    assert!(shown(&env, "C-1")["record"].get("contract_no").is_none_or(serde_json::Value::is_null));
    env.crm(["undo"]).ok();
    env.crm(["customer", "restore", "C-2"]).ok();
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn a_label_makes_the_code_and_a_noun_its_letters() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "Contract no", "type=text"]).ok();
    env.crm(["字段", "新建", "客户", "合同号", "类型=文本"]).ok();
    env.crm(["choice", "add", "customer.grade", "VIP", "zh=特级"]).ok();
    env.crm(["kind", "add", "vehicle"]).ok();
    env.crm(["类别", "新建", "车辆"]).ok();
    let record = |id: &str| shown(&env, id)["record"].clone();
    let labels = |id: &str| {
        let record = record(id);
        ["name", "en", "zh"].map(|field| record[field].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(labels("FD-1"), ["customer.contract_no", "Contract no", "Contract no"]);
    assert_eq!(labels("FD-2"), ["customer.hetonghao", "合同号", "合同号"]);
    assert_eq!(labels("CH-1"), ["customer.grade.VIP", "VIP", "特级"]);
    assert_eq!(labels("KD-1"), ["vehicle", "Vehicle", "Vehicle"]);
    assert_eq!(labels("KD-2"), ["cheliang", "车辆", "车辆"]);
    assert_eq!((&record("KD-1")["letters"], &record("KD-2")["letters"]), (&"VE".into(), &"CE".into()));
    env.crm(["车辆", "新建", "沪A12345"]).ok();
    assert_eq!(listed(&env, ["cheliang", "list"]), ["CE-1"]);
}

#[test]
fn what_was_defined_goes_and_comes_with_its_kind_and_its_field() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle", "letters=VH", "columns=name,colour"]).ok();
    env.crm(["field", "add", "vehicle", "colour", "type=choice", "zh=颜色"]).ok();
    env.crm(["choice", "add", "vehicle.colour", "red", "zh=红"]).ok();
    env.crm(["vehicle", "add", "One", "colour=red"]).ok();
    env.crm(["field", "rm", "vehicle.colour"]).ok();
    let told = env.crm(["history", "VH-1", "-o", "tsv"]).ok();
    assert!(told.contains("colour\t\tred"), "{told}");
    assert_eq!(env.crm(["vehicle", "list", "-o", "tsv"]).ok(), "id\tname\nVH-1\tOne\n");
    env.crm(["field", "restore", "vehicle.colour"]).ok();
    assert_eq!(env.crm(["vehicle", "list", "-o", "tsv"]).ok(), "id\tname\tcolour\nVH-1\tOne\tred\n");
    env.crm(["vehicle", "purge", "VH-1", "--yes"]).ok();
    env.crm(["kind", "rm", "vehicle"]).ok();
    env.crm(["vehicle", "list"]).fails(2);
    env.crm(["kind", "restore", "vehicle"]).ok();
    env.crm(["车辆", "list"]).fails(2);
    env.crm(["vehicle", "add", "Two", "colour=red"]).ok();
    env.crm(["vehicle", "purge", "VH-2", "--yes"]).ok();
    assert!(env.crm(["kind", "purge", "vehicle", "--yes"]).fails(4).contains("FD-1"));
    env.crm(["field", "purge", "vehicle.colour", "--yes"]).ok();
    env.crm(["kind", "purge", "vehicle", "--yes"]).ok();
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn numbers_of_ones_own_may_be_below_nought() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "balance", "type=whole", "index"]).ok();
    env.crm(["field", "add", "customer", "weight", "type=decimal"]).ok();
    env.crm(["field", "add", "customer", "twice", "formula=balance * 2 - 20"]).ok();
    env.crm(["customer", "add", "Acme", "balance=-5", "weight=-2.5"]).ok();
    env.crm(["customer", "add", "Beta", "balance=7", "weight=3"]).ok();
    let record = shown(&env, "C-1")["record"].clone();
    assert_eq!((&record["balance"], &record["twice"]), (&serde_json::json!(-5), &serde_json::json!("-30")));
    for filter in ["balance.under:0", "weight.under:0", "twice.under:-20"] {
        assert_eq!(listed(&env, ["customer", "list", filter]), ["C-1"], "{filter}");
    }
    assert_eq!(listed(&env, ["customer", "list", "--sort", "twice"]), ["C-1", "C-2"]);
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn no_two_things_of_a_field_or_a_kind_have_one_name() {
    let env = TestEnvironment::new();
    for words in [&["customer", "City", "type=whole"][..], &["customer", "city", "formula=employees + 1"]] {
        assert!(env.crm(["field", "add"]).args(words).fails(4).contains("city"), "{words:?}");
    }
    env.crm(["field", "set", "customer.city", "en=Town"]).ok();
    assert!(env.crm(["field", "set", "customer.city", "formula=employees + 1"]).fails(4).contains("no formula"));
    env.crm(["field", "add", "customer", "level", "type=choice"]).ok();
    env.crm(["choice", "add", "customer.level", "hi", "zh=高"]).ok();
    env.crm(["choice", "add", "customer.level", "S"]).ok();
    for words in
        [["customer.level", "hii", "zh=高"], ["customer.level", "HI", "zh=上"], ["customer.grade", "a", "zh=甲"]]
    {
        assert!(env.crm(["choice", "add"]).args(words).fails(4).contains("hint"), "{words:?}");
    }
    assert_eq!(shown(&env, "CH-2")["record"]["code"], "S");
    for noun in ["list", "find"] {
        assert!(env.crm(["kind", "add", noun]).fails(4).contains("command"), "{noun}");
    }
}

#[test]
fn what_a_formula_uses_is_not_taken_away_unsaid() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "machines", "type=whole"]).ok();
    env.crm(["field", "add", "customer", "more", "formula=machines + 1"]).ok();
    let told = env.crm(["field", "rm", "customer.machines"]).fails(4);
    assert!(told.contains("FD-2 needs it") && told.contains("change or remove FD-2 first"), "{told}");
    let told =
        env.crm(["field", "add", "customer", "big", "formula=count(deals where amount.over:10k)"]).output().stderr;
    assert!(told.contains("without a currency"), "{told}");
    env.crm(["field", "add", "customer", "big", "formula=count(deals where amount.over:\"10k USD\")"]).ok();
    // A type that follows from the formula is found again in another store.
    let lines = env.crm(["schema", "export"]).ok();
    let other = TestEnvironment::new();
    std::fs::write(other.path("home/s.jsonl"), &lines).unwrap();
    other.crm(["schema", "import", "s.jsonl"]).ok();
    assert_eq!(other.crm(["schema", "export"]).ok(), lines);
}

#[test]
fn a_choice_of_a_field_in_the_trash_stays_while_records_hold_it() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "level", "type=choice"]).ok();
    env.crm(["choice", "add", "customer.level", "hi"]).ok();
    env.crm(["customer", "add", "Acme", "level=hi"]).ok();
    env.crm(["field", "rm", "customer.level"]).ok();
    assert!(env.crm(["choice", "purge", "CH-1", "--yes"]).fails(4).contains("C-1"));
    env.crm(["field", "restore", "customer.level"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "level:hi"]), ["C-1"]);
}

#[test]
fn columns_of_a_kind_that_comes_are_said_by_label_too() {
    let env = TestEnvironment::new();
    let made = env.crm(["kind", "add", "设备", "letters=SB", "列=编号,名称,标签,型号"]).output();
    assert_eq!(made.stdout, "KD-1\n");
    assert!(
        made.stderr.contains("a shebei has no field '型号' yet") && !made.stderr.contains("名称"),
        "{}",
        made.stderr
    );
    assert_eq!(shown(&env, "KD-1")["record"]["columns"], serde_json::json!(["id", "name", "tag", "型号"]));
    env.crm(["设备", "add", "冲床"]).ok();
    let head = env.crm(["设备", "list", "-o", "tsv"]).ok().lines().next().map(str::to_owned);
    assert_eq!(head.as_deref(), Some("id\tname\ttag"));
}

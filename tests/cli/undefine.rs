//! Definitions that go and come back: what becomes of values, choices and names that hang on them.

use super::{ids, shown};
use crate::harness::TestEnvironment;

fn listed<const N: usize>(env: &TestEnvironment, words: [&str; N]) -> Vec<String> {
    ids(&env.crm(words).args(["-o", "ids"]).ok())
}

/// Two boxes, the first of which is red by a field that was removed, and another field with its code.
fn boxes() -> TestEnvironment {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "box", "letters=BX"]).ok();
    for colours in [["red", "green"], ["red", "blue"]] {
        env.crm(["field", "add", "box", "colour", "type=choice"]).ok();
        for code in colours {
            env.crm(["choice", "add", "box.colour", code]).ok();
        }
        env.crm(["box", "add", "One", &format!("colour={}", colours[0])]).ok();
        env.crm(["field", "rm", "box.colour"]).ok();
    }
    env.crm(["field", "restore", "FD-2"]).ok();
    env
}

#[test]
fn a_field_that_is_purged_is_gone_where_its_kind_is_in_the_trash_too() {
    let env = TestEnvironment::new();
    for kind in ["vehicle", "vessel"] {
        env.crm(["kind", "add", kind]).ok();
        env.crm(["field", "add", kind, "plate", "index"]).ok();
        env.crm([kind, "add", "One", "plate=SECRET"]).ok();
        env.crm(["undo"]).ok();
        env.crm(["kind", "rm", kind]).ok();
    }
    // Another one has the noun meanwhile.
    env.crm(["kind", "add", "vehicle", "letters=VV"]).ok();
    env.crm(["field", "purge", "FD-1", "FD-2", "--yes"]).ok();
    let mut all = env.crm(["undo", "--list"]).ok();
    all.push_str(&env.crm(["changes", "--since", "2000-01-01"]).ok());
    assert!(!all.contains("SECRET"), "{all}");
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn a_choice_is_held_by_fields_in_the_trash_that_have_the_code_too() {
    let env = boxes();
    assert_eq!(listed(&env, ["choice", "list"]), ["CH-3", "CH-4"]);
    let told = env.crm(["choice", "purge", "CH-1", "--yes"]).fails(4);
    assert!(told.contains("BX-1"), "{told}");
    assert!(env.crm(["choice", "purge", "CH-3", "--yes"]).fails(4).contains("BX-2"));
    env.crm(["choice", "purge", "CH-2", "CH-4", "--yes"]).ok();
    // With its values a choice is free.
    env.crm(["field", "rm", "FD-2"]).ok();
    env.crm(["field", "restore", "FD-1"]).ok();
    assert_eq!(listed(&env, ["box", "list", "colour:red"]), ["BX-1"]);
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn what_was_otherwise_about_a_field_of_the_program_goes_without_its_choices() {
    let env = TestEnvironment::new();
    env.crm(["field", "set", "customer.grade", "zh=层级"]).ok();
    env.crm(["choice", "add", "customer.grade", "vip"]).ok();
    env.crm(["customer", "add", "Acme", "grade=vip"]).ok();
    env.crm(["field", "rm", "FD-1"]).ok();
    assert_eq!(shown(&env, "C-1")["record"]["grade"], "vip");
    env.crm(["field", "purge", "FD-1", "--yes"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "grade:vip"]), ["C-1"]);
}

#[test]
fn choices_come_back_with_their_field_whatever_was_changed_in_the_trash() {
    let env = boxes();
    env.crm(["field", "rm", "FD-2"]).ok();
    let file = env.crm(["export", "field"]).ok();
    env.write("f.csv", file.replace("Colour,Colour", "Colour,颜色"));
    env.crm(["import", "f.csv", "--yes"]).ok();
    env.crm(["restore", "FD-2"]).ok();
    assert_eq!(shown(&env, "FD-2")["record"]["zh"], "颜色");
    assert_eq!(listed(&env, ["choice", "list"]), ["CH-3", "CH-4"]);
    env.crm(["undo"]).ok();
    env.crm(["redo"]).ok();
    assert_eq!(listed(&env, ["box", "list", "colour:red"]), ["BX-2"]);
}

#[test]
fn nothing_stays_of_a_field_that_is_purged() {
    let env = boxes();
    env.crm(["field", "purge", "FD-1", "--yes"]).ok();
    assert_eq!(listed(&env, ["choice", "list", "is:trashed"]), [""; 0]);
    env.crm(["choice", "rm", "box.colour.blue"]).ok();
    env.crm(["field", "purge", "FD-2", "--yes"]).ok();
    assert_eq!(listed(&env, ["choice", "list", "is:trashed"]), [""; 0]);
    assert_eq!(listed(&env, ["choice", "list"]), [""; 0]);
    env.crm(["field", "add", "box", "colour", "type=choice"]).ok();
    env.crm(["box", "set", "BX-1", "colour=red"]).fails(4);
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn no_step_brings_a_choice_back_into_a_record_that_was_purged() {
    let env = TestEnvironment::new();
    env.crm(["choice", "add", "customer.grade", "vip"]).ok();
    env.crm(["customer", "add", "Acme", "grade=vip"]).ok();
    env.crm(["customer", "set", "C-1", "grade=", "city=Oslo"]).ok();
    env.crm(["choice", "purge", "CH-1", "--yes"]).ok();
    let undone = env.crm(["undo"]).output();
    assert!(undone.stderr.contains("C-1 grade: CH-1 is no choice any more"), "{}", undone.stderr);
    let record = shown(&env, "C-1")["record"].clone();
    assert!(record["grade"].is_null() && record["city"].is_null(), "{record}");
    env.crm(["undo"]).ok();
    env.crm(["redo"]).ok();
    assert!(shown(&env, "C-1")["record"]["grade"].is_null());
}

#[test]
fn no_step_brings_a_choice_back_into_a_record_that_lies_in_the_trash() {
    let env = TestEnvironment::new();
    env.crm(["user", "add", "login=bob", "--", "Bob"]).ok();
    env.crm(["choice", "add", "customer.grade", "vip"]).ok();
    env.crm(["customer", "add", "Acme", "grade=vip", "--as", "bob"]).ok();
    env.crm(["customer", "set", "C-1", "grade=", "city=Oslo", "--as", "bob"]).ok();
    env.crm(["choice", "rm", "customer.grade.vip"]).ok();
    let undone = env.crm(["undo", "--as", "bob"]).output();
    assert!(undone.stderr.contains("C-1 grade: CH-1 is no choice any more"), "{}", undone.stderr);
    let record = shown(&env, "C-1")["record"].clone();
    assert!(record["grade"].is_null() && record["city"].is_null(), "{record}");
    // A step about the choice itself has it.
    env.crm(["undo"]).ok();
    env.crm(["customer", "set", "C-1", "grade=vip"]).ok();
}

#[test]
fn a_choice_in_the_trash_is_edited_there() {
    let env = boxes();
    env.crm(["field", "rm", "FD-2"]).ok();
    let file = env.crm(["export", "choice"]).ok();
    env.write("c.csv", file.replace(",Red,", ",Crimson,"));
    env.crm(["import", "c.csv", "--yes"]).ok();
    assert_eq!(shown(&env, "CH-3")["record"]["en"], "Crimson");
    // Which of the two fields it was of, its code does not tell: either knows it in what is told of the past.
    for id in ["BX-1", "BX-2"] {
        let told = env.crm(["history", id]).ok();
        assert!(!told.contains("100"), "{told}");
    }
}

#[test]
fn no_kind_gets_the_letters_of_one_in_the_trash() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle"]).ok();
    env.crm(["kind", "rm", "vehicle"]).ok();
    assert!(env.crm(["kind", "add", "vessel", "letters=VE"]).fails(4).contains("vehicle, which is in the trash"));
    env.crm(["kind", "add", "vessel"]).ok();
    assert_eq!(shown(&env, "KD-2")["record"]["letters"], "VS");
    env.crm(["kind", "restore", "vehicle"]).ok();
}

#[test]
fn what_a_link_in_the_trash_leads_to_stays() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle", "letters=VH"]).ok();
    env.crm(["field", "add", "customer", "car", "type=link", "to=vehicle"]).ok();
    env.crm(["vehicle", "add", "Old"]).ok();
    env.crm(["customer", "add", "Acme", "car=VH-1"]).ok();
    env.crm(["field", "rm", "customer.car"]).ok();
    let told = env.crm(["vehicle", "purge", "VH-1", "--yes"]).fails(4);
    assert!(told.contains("C-1 car") && told.contains("is:trashed"), "{told}");
    // Without records the kind would go, and another one have its noun when the field comes back.
    env.crm(["field", "restore", "customer.car"]).ok();
    env.crm(["customer", "set", "C-1", "car="]).ok();
    env.crm(["vehicle", "purge", "VH-1", "--yes"]).ok();
    env.crm(["field", "rm", "customer.car"]).ok();
    assert!(env.crm(["kind", "purge", "vehicle", "--yes"]).fails(4).contains("FD-1 links to it"));
    env.crm(["field", "purge", "FD-1", "--yes"]).ok();
    env.crm(["kind", "purge", "vehicle", "--yes"]).ok();
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn a_formula_and_its_index_change_in_one_step() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme", "city=Rome", "employees=7"]).ok();
    env.crm(["field", "add", "customer", "g", "formula=city"]).ok();
    env.crm(["field", "set", "customer.g", "formula=employees * 2", "index=yes"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "g:14"]), ["C-1"]);
    env.crm(["field", "set", "customer.g", "formula=city", "index=no"]).ok();
    env.crm(["doctor", "--check"]).ok();
    env.crm(["undo"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "g.over:13"]), ["C-1"]);
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn choices_that_the_program_goes_by_are_its_own() {
    let env = TestEnvironment::new();
    for name in ["ticket.status", "ticket.priority", "stage.outcome", "field.type", "view.type", "followup.status"] {
        assert!(env.crm(["choice", "add", name, "other"]).fails(4).contains("takes no choices"), "{name}");
    }
}

#[test]
fn a_store_that_cannot_be_read_is_named_where_it_is_asked_for_a_kind() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle"]).ok();
    let whole = std::fs::read(env.store()).unwrap();
    std::fs::write(env.path("home/cut.redb"), &whole[..3000]).unwrap();
    let told = env.crm(["--store", "cut.redb", "vehicle", "list"]).fails(1);
    assert!(told.contains("damaged") && !told.contains("no command"), "{told}");
    assert!(env.crm(["vehicle", "list", "--wait", "abc"]).fails(2).contains("abc"));
}

/// A field in the trash, and another in use that has its code for a label and a value.
fn plates() -> TestEnvironment {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["field", "add", "customer", "plate"]).ok();
    env.crm(["field", "rm", "customer.plate"]).ok();
    env.crm(["field", "add", "customer", "plate2", "en=plate"]).ok();
    env.crm(["customer", "set", "C-1", "plate2=NEW"]).ok();
    env
}

#[test]
fn a_field_is_named_by_its_name_before_another_by_its_label() {
    let env = plates();
    assert_eq!(env.crm(["field", "purge", "customer.plate", "--yes"]).ok(), "FD-1\n");
    assert_eq!(shown(&env, "C-1")["record"]["plate2"], "NEW");
    let env = plates();
    assert!(env.crm(["field", "restore", "customer.plate"]).fails(4).contains("has a field called plate already"));
    assert!(env.crm(["field", "purge", "customers.plate", "--yes"]).fails(3).contains("FD-1"));
    assert_eq!(env.crm(["field", "rm", "customer.plate"]).ok(), "FD-2\n");
    assert_eq!(env.crm(["field", "restore", "customer.plate"]).ok(), "FD-1\n");
}

#[test]
fn a_choice_is_named_by_its_name_before_another_by_its_label() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "lvl", "type=choice", "zh=层级"]).ok();
    for (verb, words) in [("add", &["customer.lvl", "one"][..]), ("rm", &["customer.lvl.one"])] {
        env.crm(["choice", verb].iter().chain(words)).ok();
    }
    env.crm(["choice", "add", "customer.lvl", "two", "en=one"]).ok();
    assert!(env.crm(["choice", "restore", "客户.层级.one"]).fails(4).contains("has a choice of that name already"));
    assert_eq!(env.crm(["choice", "purge", "customer.lvl.one", "--yes"]).ok(), "CH-1\n");
    assert_eq!(listed(&env, ["choice", "list"]), ["CH-2"]);
    env.crm(["choice", "rm", "customer.lvl.two"]).ok();
    env.crm(["field", "rm", "customer.lvl"]).ok();
    assert_eq!(env.crm(["choice", "purge", "客户.层级.one", "--yes"]).ok(), "CH-2\n");
}

#[test]
fn a_kind_is_named_by_its_noun_before_another_by_its_alias() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle", "letters=VH", "zh=车辆"]).ok();
    env.crm(["kind", "rm", "vehicle"]).ok();
    env.crm(["kind", "add", "car", "letters=CR", "aliases=vehicle"]).ok();
    env.crm(["kind", "restore", "vehicle"]).fails(4);
    assert_eq!(env.crm(["kind", "purge", "vehicle", "--yes"]).ok(), "KD-1\n");
    assert_eq!(env.crm(["kind", "rm", "vehicle"]).ok(), "KD-2\n");
    assert_eq!(env.crm(["kind", "restore", "vehicle"]).ok(), "KD-2\n");
}

#[test]
fn a_field_of_a_kind_in_the_trash_is_changed_without_a_remark() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle", "letters=VH"]).ok();
    env.crm(["field", "add", "vehicle", "plate"]).ok();
    env.crm(["kind", "rm", "vehicle"]).ok();
    for words in ["required=yes", "strict=yes"] {
        assert_eq!(env.crm(["field", "set", "FD-1", words]).ok(), "FD-1\n");
    }
}

//! What is said of fields when they are defined, held whenever records are written and shown.

use super::{ids, shown};
use crate::harness::TestEnvironment;

fn listed<const N: usize>(env: &TestEnvironment, words: [&str; N]) -> Vec<String> {
    ids(&env.crm(words).args(["-o", "ids"]).ok())
}

#[test]
fn a_default_is_had_by_what_is_new_unless_something_else_is_said() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "老客户"]).ok();
    env.crm(["field", "add", "customer", "review", "type=date", "default=+3d", "zh=复核日"]).ok();
    env.crm(["field", "add", "customer", "budget", "type=money", "default=1万"]).ok();
    env.crm(["field", "set", "customer.grade", "default=B级"]).ok();
    env.crm(["field", "set", "ticket.priority", "default=high"]).ok();
    let record = |words: &[&str]| shown(&env, env.crm(words).ok().trim())["record"].clone();
    let new = record(&["customer", "add", "甲公司"]);
    let day = env.now()[..10].to_owned();
    assert_eq!((&new["grade"], &new["budget"]["amount"]), (&"B".into(), &"10000.00".into()));
    assert!(new["review"].as_str().unwrap() > day.as_str(), "{new}");
    let other = record(&["customer", "add", "乙公司", "grade=A", "budget=", "review=2026-05-01"]);
    assert_eq!((&other["grade"], &other["review"]), (&"A".into(), &"2026-05-01".into()));
    assert!(other["budget"].is_null());
    assert_eq!(record(&["ticket", "add", "Broken"])["priority"], "high");
    assert!(shown(&env, "C-1")["record"]["budget"].is_null());
    env.write("a.csv", "客户名称,review\n丙公司,\n丁公司,2026-06-01\n");
    env.crm(["import", "a.csv", "--into", "customer"]).ok();
    let imported = [4, 5].map(|num| shown(&env, &format!("C-{num}"))["record"].clone());
    assert_eq!((&imported[0]["grade"], &imported[1]["budget"]["amount"]), (&"B".into(), &"10000.00".into()));
    assert!(imported[0]["review"].is_null(), "the file has the column, and nothing in it");
    assert!(env.crm(["field", "set", "customer.review", "default=someday"]).fails(4).contains("someday"));
    env.crm(["field", "add", "customer", "agent", "type=link", "to=user", "default=me"]).ok();
    assert_eq!(record(&["customer", "add", "戊公司"])["agent"]["id"], "U-1");
}

#[test]
fn what_becomes_required_is_asked_of_new_records_and_holds_up_no_old_one() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Old", "city=Oslo"]).ok();
    env.crm(["customer", "add", "Bare"]).ok();
    env.crm(["field", "set", "customer.city", "required=yes"]).ok();
    env.crm(["field", "add", "customer", "contract_no", "required"]).ok();
    assert!(env.crm(["customer", "add", "New", "contract_no=1"]).fails(4).contains("city"));
    assert!(env.crm(["customer", "add", "New", "city=Rome"]).fails(4).contains("contract_no"));
    env.crm(["customer", "add", "New", "city=Rome", "contract_no=1"]).ok();
    env.crm(["customer", "set", "C-2", "grade=A"]).ok();
    env.crm(["customer", "set", "C-1", "city="]).fails(4);
    env.crm(["customer", "set", "C-3", "contract_no="]).fails(4);
    env.crm(["customer", "rm", "C-2"]).ok();
    env.crm(["customer", "restore", "C-2"]).ok();
    env.write("a.csv", "name,city\nA,Bern\nB,\n");
    assert!(env.crm(["import", "a.csv", "--into", "customer", "--set", "contract_no=2"]).fails(4).contains("3"));
}

#[test]
fn what_two_records_have_does_not_become_unique() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "contract_no"]).ok();
    env.crm(["customer", "add", "A", "contract_no=HT-7"]).ok();
    env.crm(["customer", "add", "B", "contract_no=ht-7"]).ok();
    let said = env.crm(["field", "set", "customer.contract_no", "unique=yes"]).fails(4);
    assert!(said.contains("C-1 and C-2"), "{said}");
    env.crm(["customer", "set", "C-2", "contract_no=HT-8"]).ok();
    env.crm(["field", "set", "customer.contract_no", "unique=yes"]).ok();
    assert!(env.crm(["customer", "set", "C-2", "contract_no=HT-7"]).fails(4).contains("C-1"));
    env.crm(["doctor", "--check"]).ok();
}

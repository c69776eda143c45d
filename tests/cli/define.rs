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
    env.crm(["customer", "list", "contract_no:HT-7"]).fails(2);
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

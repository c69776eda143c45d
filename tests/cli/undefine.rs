//! Definitions that go and come back: what becomes of values, choices and names that hang on them.

use crate::harness::TestEnvironment;

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

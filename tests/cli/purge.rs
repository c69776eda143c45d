//! What is purged is gone for good, and nobody points to it afterwards.

use crate::harness::TestEnvironment;

#[test]
fn a_user_whom_records_name_is_not_purged() {
    let env = TestEnvironment::new();
    env.crm(["user", "add", "Bo Li", "login=bo"]).ok();
    env.write("a.csv", "name,created_by\nAcme,bo\nBlue,bo\n");
    env.crm(["import", "a.csv", "--into", "customer"]).ok();
    let refused = |count: &str| {
        let said = env.crm(["user", "purge", "U-2", "--yes"]).fails(4);
        assert!(said.contains("created_by") && said.contains(count), "{said}");
        assert!(said.contains("crm user set U-2 active=no"), "{said}");
    };
    refused("2 such records");
    env.crm(["customer", "rm", "C-1"]).ok();
    refused("2 such records");
    env.crm(["customer", "purge", "C-1", "--yes"]).ok();
    refused("1 such record");
    env.crm(["customer", "purge", "C-2", "--yes"]).ok();
    env.crm(["user", "purge", "U-2", "--yes"]).ok();
    env.crm(["doctor", "--check"]).ok();
    // The journal names one who took a step, though no record does any more.
    env.crm(["user", "add", "Cy", "login=cy"]).ok();
    env.crm(["customer", "add", "Cedar"]).user("cy").ok();
    env.crm(["customer", "purge", "C-3", "--yes"]).ok();
    let said = env.crm(["user", "purge", "U-3", "--yes"]).fails(4);
    assert!(said.contains("U-3 has taken 1 step"), "{said}");
}

#[test]
fn a_record_in_the_trash_keeps_what_it_points_to() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["contact", "add", "Ann", "customer=C-1"]).ok();
    env.crm(["contact", "rm", "P-1"]).ok();
    let said = env.crm(["customer", "purge", "C-1", "--yes"]).fails(4);
    assert!(said.contains("P-1 customer: it points to C-1") && said.contains("1 such record"), "{said}");
    env.crm(["contact", "restore", "P-1"]).ok();
    env.crm(["contact", "purge", "P-1", "--yes"]).ok();
    env.crm(["customer", "purge", "C-1", "--yes"]).ok();
}

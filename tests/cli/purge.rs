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

#[test]
fn a_purge_stands_at_its_own_time_and_what_it_blanked_at_that_of_its_steps() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Harbor"]).ok();
    env.crm(["customer", "set", "C-1", "city=Oslo"]).ok();
    env.advance_clock(chrono::TimeDelta::days(2));
    env.crm(["user", "add", "Bo", "login=bo"]).ok();
    env.crm(["customer", "purge", "C-1", "--yes"]).user("bo").ok();
    let rows = |words: &[&str]| -> Vec<Vec<String>> {
        let text = env.crm(words).args(["-o", "csv", "--no-header"]).ok();
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let history = rows(&["history", "C-1", "--columns", "what,by,at"]);
    let brief: Vec<(&str, &str, &str)> =
        history.iter().map(|row| (row[0].as_str(), row[1].as_str(), &row[2][..10])).collect();
    let expected = [("added", "ann", "2026-03-02"), ("changed", "ann", "2026-03-02"), ("purged", "bo", "2026-03-04")];
    assert_eq!(brief, expected);
    let changes = rows(&["changes", "--since", "2026-03-01", "--columns", "id,what"]);
    let of_it: Vec<&str> = changes.iter().filter(|row| row[0] == "C-1").map(|row| row[1].as_str()).collect();
    assert_eq!(of_it, ["created", "changed", "purged"]);
    let shown = env.crm(["history", "C-1"]).ok();
    assert!(shown.contains("changed (content purged)"), "{shown}");
}

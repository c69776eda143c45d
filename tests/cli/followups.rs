//! Follow-ups that come again: one series, whatever is opened again.

use serde_json::{Value, json};

use crate::harness::{TestEnvironment, shell_words};

fn open(env: &TestEnvironment) -> String {
    env.crm(["followup", "list", "status:open", "--sort", "id", "-o", "ids"]).ok().replace('\n', " ")
}

#[test]
fn a_repeating_followup_that_is_opened_and_done_again_comes_once() {
    let env = TestEnvironment::new();
    env.crm(shell_words("followup add Weekly due=2026-03-02 repeat=weekly")).ok();
    env.crm(shell_words("followup add Monthly due=2026-03-02 repeat=monthly")).ok();
    env.crm(shell_words("followup done F-1 F-2")).ok();
    assert_eq!(open(&env), "F-3 F-4 ");
    let again = |line: &str| {
        env.crm(shell_words("followup set F-1 status=open")).ok();
        env.crm(shell_words(line)).output()
    };
    let said = again("followup done F-1");
    assert!(said.stderr.contains("F-1 comes again as F-3 already"), "{}", said.stderr);
    assert_eq!(open(&env), "F-3 F-4 ");
    again("followup set --where id:F-1 status=done").ok();
    assert_eq!(open(&env), "F-3 F-4 ", "in bulk as well, and a third time");
    env.crm(shell_words("followup done F-3")).ok();
    again("followup done F-1").ok();
    assert_eq!(open(&env), "F-4 F-5 ", "the series has gone on");

    // What was taken back was never made, and what was given up does not go on.
    let env = TestEnvironment::new();
    env.crm(shell_words("followup add Weekly due=2026-03-02 repeat=weekly")).ok();
    env.crm(shell_words("followup done F-1")).ok();
    env.crm(["undo"]).ok();
    env.crm(shell_words("followup done F-1")).ok();
    assert_eq!(open(&env), "F-3 ");
    env.crm(shell_words("rm F-3")).ok();
    env.crm(shell_words("followup set F-1 status=open")).ok();
    env.crm(shell_words("followup done F-1")).ok();
    assert_eq!(open(&env), "F-4 ");
}

#[test]
fn done_tells_which_one_comes_next() {
    let env = TestEnvironment::new();
    env.crm(shell_words("followup add Weekly due=2026-03-02 repeat=weekly")).ok();
    env.crm(shell_words("followup add Once due=2026-03-02")).ok();
    let said = env.crm(shell_words("followup done F-1")).output();
    assert_eq!(
        (said.stdout.as_str(), said.stderr.contains("F-1 comes again as F-3")),
        ("F-1\n", true),
        "{}",
        said.stderr
    );
    let step = |line: &str| serde_json::from_str::<Value>(&env.crm(shell_words(line)).ok()).unwrap()["ids"].clone();
    assert_eq!(step("followup done F-3 -o json"), json!(["F-3", "F-4"]));
    assert_eq!(step("followup done F-2 F-4 next='fri call' -o json"), json!(["F-2", "F-4", "F-5", "F-6", "F-7"]));
    assert_eq!(env.crm(shell_words("followup set F-7 status=done -o ids")).ok(), "F-7\n");
}

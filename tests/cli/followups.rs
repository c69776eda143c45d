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
fn followups_of_one_title_that_are_done_together_each_keep_their_own_series() {
    let env = TestEnvironment::new();
    for line in [
        "customer add One",
        "customer add Two",
        "followup add Call customer=C-1 due=2026-03-02 repeat=weekly",
        "followup add Call customer=C-2 due=2026-03-02 repeat=weekly",
        "followup done F-1 F-2",
        "followup set F-1 F-2 status=open",
    ] {
        env.crm(shell_words(line)).ok();
    }
    let done = |id: &str| env.crm(["followup", "done", id]).output().stderr;
    let said = (done("F-2"), done("F-1"));
    assert!(said.0.contains("F-2 comes again as F-4 already"), "{}", said.0);
    assert!(said.1.contains("F-1 comes again as F-3 already"), "{}", said.1);

    env.crm(shell_words("rm F-4")).ok();
    env.crm(shell_words("followup set F-2 status=open")).ok();
    let said = done("F-2");
    assert!(said.contains("F-2 comes again as F-5") && !said.contains("already"), "{said}");
    assert_eq!(env.crm(shell_words("followup list status:open customer:C-2 -o ids")).ok(), "F-5\n");

    // One that did not come again has no successor, though the step made that of another one.
    let env = TestEnvironment::new();
    for line in [
        "followup add Weekly due=2026-03-02 repeat=weekly",
        "followup add Once due=2026-03-02",
        "followup done F-1 F-2",
        "followup set F-2 status=open repeat=weekly",
    ] {
        env.crm(shell_words(line)).ok();
    }
    let said = env.crm(shell_words("followup done F-2")).output().stderr;
    assert!(said.contains("F-2 comes again as F-4") && !said.contains("already"), "{said}");
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

#[test]
fn a_next_followup_on_a_day_is_shown_as_that_day_everywhere() {
    let env = TestEnvironment::new();
    for line in [
        "customer add Day",
        "customer add Noon",
        "contact add Ann customer=C-1",
        "followup add Call due=2026-12-01 customer=C-1",
        "followup add Call due=2026-12-01T12:00Z customer=C-2",
    ] {
        env.crm(shell_words(line)).ok();
    }
    for zone in ["UTC", "Asia/Shanghai", "Pacific/Kiritimati"] {
        let said = |line: &str| env.crm(shell_words(&format!("{line} --tz {zone}"))).ok();
        let list = said("customer list --columns next_followup -o tsv --no-header --sort id");
        assert_eq!(list.lines().next(), Some("2026-12-01"), "{zone}");
        assert!(list.lines().nth(1).is_some_and(|noon| noon.starts_with("2026-12-0") && noon.len() > 10), "{list}");
        assert_eq!(said("contact list --columns customer.next_followup -o tsv --no-header"), "2026-12-01\n", "{zone}");
        let record: Value = serde_json::from_str(&said("customer show C-1 -o json")).unwrap();
        assert_eq!(record["record"]["next_followup"], json!("2026-12-01"), "{zone}");
        let records: Value = serde_json::from_str(&said("customer list id:C-1 -o json")).unwrap();
        assert_eq!(records["records"][0]["next_followup"], json!("2026-12-01"), "{zone}");
        let counted = said("customer count id:C-1 --by next_followup -o tsv --no-header");
        assert_eq!(counted, "2026-12-01\t1\n", "{zone}");
        let latest = said("customer count id:C-1 --max next_followup -o tsv --no-header");
        assert_eq!(latest, "1\t2026-12-01\n", "{zone}");
        let days = said("customer count id:C-1 --by next_followup:day -o tsv --no-header");
        assert_eq!(days, "2026-12-01\t1\n", "{zone}");
        assert_eq!(said("customer list id:C-1 next_followup:2026-12-01 -o ids"), "C-1\n", "{zone}");
        let shown = said("customer show C-1");
        let line = shown.lines().find(|line| line.contains("Next follow-up")).unwrap();
        assert!(line.trim_end().ends_with("2026-12-01"), "{zone}: {line}");
    }
}

//! A stage with deals in it stays what it was when they came.

use serde_json::json;

use super::{export, shown};
use crate::harness::{TestEnvironment, shell_words};

fn env() -> TestEnvironment {
    let env = TestEnvironment::new();
    for words in
        ["pipeline add Partners", "stage add Start pipeline=L-2", "deal add One", "deal add Two", "deal add Three"]
    {
        env.crm(shell_words(words)).ok();
    }
    env
}

#[test]
fn a_stage_goes_to_another_pipeline_without_deals_only() {
    let env = env();
    let before = export(&env);
    let said = env.crm(shell_words("stage set S-1 pipeline=L-2")).fails(4);
    assert!(said.contains("S-1 still has 3 deals, D-1 for one"), "{said}");
    assert!(said.contains("crm deal list stage:S-1"), "{said}");
    let output = env.crm(shell_words("stage set S-1 S-2 pipeline=L-2 --keep-going")).output();
    assert_eq!(output.code, Some(6), "{}", output.stderr);
    assert!(output.stderr.contains("S-1 still has 3 deals"), "{}", output.stderr);
    env.crm(["undo"]).ok();
    assert_eq!(export(&env), before);

    env.crm(shell_words("deal move D-1 D-2 S-2")).ok();
    env.crm(shell_words("rm D-3")).ok();
    let said = env.crm(shell_words("stage set S-1 pipeline=L-2")).fails(4);
    assert!(said.contains("S-1 still has 1 deal, D-3: a deal is in") && said.contains("is:trashed"), "{said}");
    env.crm(shell_words("purge D-3 --yes")).ok();
    env.crm(shell_words("stage set S-1 pipeline=L-2")).ok();
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn the_outcome_of_a_stage_is_not_changed_under_its_deals() {
    let env = env();
    let said = env.crm(shell_words("stage set S-1 outcome=won")).fails(4);
    assert!(said.contains("outcome: S-1 still has 3 deals, D-1 for one"), "{said}");
    env.crm(shell_words("stage set S-1 name=First stale_after=3d probability=20")).ok();
    env.crm(shell_words("deal move D-1 D-2 D-3 S-2")).ok();
    env.crm(shell_words("stage set S-1 outcome=won")).ok();
    env.crm(["undo"]).ok();
}

#[test]
fn no_undo_takes_a_deal_into_a_stage_of_another_pipeline() {
    let env = env();
    env.crm(shell_words("user add Bob login=bob")).ok();
    env.crm(shell_words("deal move D-1 D-2 D-3 S-2")).ok();
    env.crm(shell_words("stage set S-1 pipeline=L-2 --as bob")).ok();
    let said = env.crm(["undo"]).fails(4);
    assert!(said.contains("D-1 stage: S-1 is in another pipeline by now"), "{said}");
    env.crm(["undo", "--as", "bob"]).ok();
    env.crm(["undo"]).ok();
    let said = env.crm(["redo", "--as", "bob"]).fails(4);
    assert!(said.contains("S-1 still has 3 deals"), "{said}");
}

#[test]
fn a_closed_deal_is_not_said_to_be_in_its_first_stage() {
    let env = env();
    assert!(env.crm(shell_words("deal move D-1 previous")).fails(4).contains("D-1 is in its first stage"));
    env.crm(shell_words("deal move D-1 D-2 lost")).ok();
    let said = env.crm(shell_words("deal move D-1 previous")).fails(4);
    assert!(said.contains("D-1 is lost: no open stage comes right before that"), "{said}");
    env.crm(shell_words("deal move D-3 won")).ok();
    env.crm(shell_words("deal move D-3 previous")).ok();
    assert_eq!(env.crm(shell_words("deal list stage:negotiation -o ids")).ok(), "D-3\n");
}

#[test]
fn a_stage_that_is_named_is_one_of_the_deals_own_pipeline() {
    let env = TestEnvironment::new();
    for line in [
        "pipeline add Renewals",
        "stage add Talks pipeline=L-2 order=1",
        "stage add Renewed pipeline=L-2 order=2 outcome=won",
        "deal add One pipeline=L-2",
        "deal add Two",
        "deal add Three pipeline=L-2",
    ] {
        env.crm(shell_words(line)).ok();
    }
    let now = |id: &str| {
        let record = shown(&env, id)["record"].clone();
        json!([record["pipeline"]["name"], record["stage"]["name"]])
    };
    for line in ["deal move D-1 proposal", "deal set D-1 stage=proposal", "deal set D-1 D-3 stage=proposal"] {
        let said = env.crm(shell_words(line)).fails(3);
        assert!(said.contains("Renewals has no stage 'proposal', only Talks, Renewed"), "{line}: {said}");
        assert!(said.contains("pipeline=Sales"), "{line}: {said}");
    }
    let said = env.crm(shell_words("deal set --where status:open stage=proposal --keep-going")).output();
    assert_eq!(said.code, Some(6), "{}", said.stderr);
    assert_eq!([now("D-1"), now("D-2")], [json!(["Renewals", "Talks"]), json!(["Sales", "proposal"])]);

    env.crm(shell_words("deal set D-1 D-2 stage=won")).ok();
    assert_eq!([now("D-1"), now("D-2")], [json!(["Renewals", "Renewed"]), json!(["Sales", "won"])]);
    env.crm(shell_words("deal move D-3 won")).ok();
    assert_eq!(now("D-3"), json!(["Renewals", "Renewed"]));
    env.crm(shell_words("deal move D-1 talks")).ok();
    env.crm(shell_words("deal move D-1 proposal pipeline=Sales")).ok();
    assert_eq!(now("D-1"), json!(["Sales", "proposal"]));
    env.crm(shell_words("deal move D-1 S-7")).ok();
    assert_eq!(now("D-1"), json!(["Renewals", "Talks"]), "an id names a stage of any pipeline");
}

#[test]
fn a_stage_that_is_only_called_otherwise_since_takes_its_deals_back() {
    let env = env();
    env.crm(shell_words("user add Bob login=bob")).ok();
    // A file may give an open deal a day on which it was closed, beside the one on which it is expected to be.
    env.write("old.csv", "title,stage,closed,expected_close\nOld,S-1,2025-01-01,2026-01-01\n");
    env.crm(shell_words("import old.csv --into deal")).ok();
    env.crm(shell_words("deal move Old next")).ok();
    env.crm(shell_words("stage set S-1 name=First --as bob")).ok();
    env.crm(["undo"]).ok();
    let listed = env.crm(shell_words("deal list title:Old -o csv --no-header --columns stage,closed")).ok();
    assert!(listed.contains("S-1,2025-01-01"), "{listed}");
}

#[test]
fn no_undo_takes_a_deal_into_a_stage_that_has_another_outcome_since() {
    let env = env();
    env.crm(shell_words("user add Bob login=bob")).ok();
    env.crm(shell_words("deal move D-1 D-2 D-3 S-2")).ok();
    env.crm(shell_words("stage set S-1 outcome=won --as bob")).ok();
    let before = export(&env);
    let said = env.crm(["undo"]).fails(4);
    assert!(said.contains("D-1 stage: S-1 has another outcome by now") && said.contains("crm history S-1"), "{said}");
    assert_eq!(export(&env), before);
    env.crm(["undo", "--as", "bob"]).ok();
    env.crm(["undo"]).ok();
    env.crm(["redo"]).ok();
    // The other way round: a deal that was closed by a stage that is open by now.
    env.crm(shell_words("deal move D-1 won")).ok();
    env.crm(shell_words("deal move D-1 S-2")).ok();
    env.crm(shell_words("stage set won outcome=open --as bob")).ok();
    assert!(env.crm(["undo"]).fails(4).contains("D-1 stage: S-5 has another outcome by now"));
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn an_open_deal_that_a_file_gives_a_closing_day_is_moved_back() {
    let env = TestEnvironment::new();
    env.write("deals.csv", "title,stage,closed,expected_close\nBig,qualify,2026-01-15,2026-02-15\n");
    env.crm(["import", "deals.csv", "--into", "deal"]).ok();
    let before = export(&env);
    env.crm(shell_words("deal move D-1 needs")).ok();
    env.crm(["undo"]).ok();
    assert_eq!(export(&env), before);
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn no_deal_is_without_pipeline_and_stage() {
    let env = env();
    env.crm(shell_words("deal move D-1 won")).ok();
    let before = export(&env);
    for (words, field) in [
        ("deal move D-2 won pipeline=", "D-2 pipeline"),
        ("deal set D-1 stage=", "D-1 stage"),
        ("deal set D-2 pipeline=", "D-2 pipeline"),
        ("deal set D-2 stage=won pipeline=", "D-2 pipeline"),
        ("deal add New stage=", "stage"),
    ] {
        let said = env.crm(shell_words(words)).fails(4);
        assert!(said.contains(&format!("{field}: it cannot be empty")), "{words}: {said}");
    }
    env.write("closed.csv", "id,closed\nD-1,\n");
    env.crm(shell_words("import closed.csv --into deal --key id --clear-empty")).ok();
    assert_eq!(export(&env), before);
}

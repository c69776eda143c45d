//! A rule holds on every path: by the intent, in bulk, and from a file.

use serde_json::{Value, json};

use super::{id, ids, shown};
use crate::harness::{TestEnvironment, shell_words};

fn deal(env: &TestEnvironment, id: &str) -> Value {
    let record = shown(env, id)["record"].clone();
    json!([record["stage"]["name"], record["status"], record["probability"], record["closed"], record["stage_since"]])
}

#[test]
fn a_deal_moves_the_same_way_on_every_path() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    let new = |title: &str| id(&env, ["deal", "add", title, "customer=C-1", "amount=1000"]);
    let moved = new("moved");
    env.crm(["deal", "move", &moved, "won"]).ok();
    assert_eq!(deal(&env, &moved), json!(["won", "won", 100, "2026-03-02", "2026-03-02T09:00:03Z"]));

    let set = [new("first"), new("second")];
    env.crm(["deal", "set", "--where", "stage:qualify", "stage=赢单"]).ok();
    for id in &set {
        assert_eq!(deal(&env, id), json!(["won", "won", 100, "2026-03-02", "2026-03-02T09:00:07Z"]));
    }

    env.write("deals.csv", "title,customer,stage,amount\nimported,Acme,won,500\n");
    env.crm(["import", "deals.csv", "--into", "deal"]).ok();
    let imported = ids(&env.crm(["deal", "list", "title:imported", "-o", "ids"]).ok());
    let record = deal(&env, &imported[0]);
    assert_eq!((&record[0], &record[1], &record[2]), (&json!("won"), &json!("won"), &json!(100)));
    assert!(record[3].is_string() && record[4].is_string(), "{record}");
    assert_eq!(shown(&env, "C-1")["record"]["won_total"][0]["amount"], "3500.00");

    env.crm(["deal", "move", &moved, "needs"]).ok();
    let back = deal(&env, &moved);
    assert_eq!((&back[0], &back[1], &back[2], &back[3]), (&json!("needs"), &json!("open"), &json!(25), &Value::Null));
    let said = env.crm(["deal", "set", &set[0], "stage=lost"]).fails(4);
    assert!(said.contains("reopens before it moves"), "{said}");
}

#[test]
fn an_activity_moves_the_last_contact_and_a_note_does_not() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    let last = || shown(&env, "C-1")["record"]["last_contact"].clone();
    env.crm(["log", "note", "C-1", "they moved"]).ok();
    assert_eq!(last(), Value::Null);
    env.crm(["log", "call", "C-1", "hello"]).ok();
    let called = env.now();
    assert_eq!(last(), json!(called));
    env.crm(["log", "备注", "C-1", "thinking"]).ok();
    env.crm(["log", "visit", "C-1", "long ago", "at=2026-01-05 10:00"]).ok();
    assert_eq!(last(), json!(called), "an earlier visit is no later contact");
    let version = shown(&env, "C-1")["record"]["version"].clone();
    assert_eq!(version, 1, "a call is no change of the customer");
    env.crm(["activity", "rm", "--where", "type:call"]).ok();
    assert_eq!(last(), json!("2026-01-05T10:00:00Z"));
}

#[test]
fn a_repeating_followup_done_in_bulk_makes_the_next_ones() {
    let env = TestEnvironment::new();
    for title in ["weekly", "每两周"] {
        env.crm(["followup", "add", title, "due=2026-03-02", "repeat=every 2 weeks"]).ok();
    }
    env.crm(["followup", "add", "once", "due=2026-03-02"]).ok();
    env.crm(["followup", "set", "--where", "due:..today", "status=done"]).ok();
    let open = env.crm(["followup", "list", "status:open", "--columns", "title,due", "-o", "tsv", "--no-header"]).ok();
    assert_eq!(open, "weekly\t2026-03-16\n每两周\t2026-03-16\n");
    env.crm(["undo"]).ok();
    assert_eq!(env.crm(["followup", "count", "status:open"]).ok(), "3\n");
    assert_eq!(env.crm(["followup", "count"]).ok(), "3\n");
}

#[test]
fn the_clocks_of_a_ticket_start_pause_stop_and_go_on() {
    let env = TestEnvironment::new();
    let ticket = id(&env, ["ticket", "add", "No power", "priority=urgent"]);
    let field = |code: &str| shown(&env, &ticket)["record"][code].clone();
    let hour = chrono::TimeDelta::hours(1);
    assert_eq!(field("response_due"), "2026-03-02T10:00:01Z");
    assert_eq!(field("resolution_due"), "2026-03-02T17:00:01Z");
    env.crm(["ticket", "note", &ticket, "looking"]).ok();
    assert_eq!(field("responded_at"), Value::Null, "a note is no answer");
    env.crm(["ticket", "reply", &ticket, "we are looking"]).ok();
    let answered = env.now();
    assert_eq!(field("responded_at"), answered);
    assert_eq!(field("status"), "open");
    env.crm(["ticket", "wait", &ticket]).ok();
    let due = field("resolution_due");
    env.advance_clock(hour);
    env.crm(["ticket", "set", &ticket, "status=open"]).ok();
    assert_ne!(field("resolution_due"), due, "waiting does not count");
    let paused = field("paused");
    assert_ne!(paused, Value::Null);
    env.crm(["ticket", "resolve", &ticket, "new fuse"]).ok();
    assert_eq!((field("status"), field("resolution")), (json!("resolved"), json!("new fuse")));
    assert!(field("resolved_at").is_string());
    let due = field("resolution_due");
    env.advance_clock(hour);
    env.crm(["ticket", "reopen", &ticket]).ok();
    assert_eq!((field("status"), field("resolved_at"), field("reopened")), (json!("open"), Value::Null, json!(1)));
    assert_ne!(field("resolution_due"), due, "the time between does not count");
}

#[test]
fn a_stage_with_deals_and_a_pipeline_with_stages_stay() {
    let env = TestEnvironment::new();
    env.crm(["deal", "add", "Big"]).ok();
    let said = env.crm(["stage", "rm", "S-1"]).fails(4);
    assert!(said.contains("S-1 still has deals, D-1 for one"), "{said}");
    let said = env.crm(["pipeline", "rm", "L-1"]).fails(4);
    assert!(said.contains("L-1 still has stages, S-1 for one"), "{said}");
    assert_eq!(env.crm(["stage", "count"]).ok(), "6\n");
    env.crm(["deal", "set", "D-1", "stage=S-2"]).ok();
    env.crm(["stage", "rm", "S-1"]).ok();
    env.crm(["deal", "rm", "D-1"]).ok();
    env.crm(["stage", "rm", "S-2"]).ok();
    assert_eq!(env.crm(["stage", "count"]).ok(), "4\n");
    // What is added without stages goes without ado.
    env.crm(["pipeline", "add", "Partners"]).ok();
    env.crm(["pipeline", "rm", "L-2"]).ok();
}

#[test]
fn a_rule_names_a_record_that_is_there_and_the_line_of_one_that_is_not() {
    let env = TestEnvironment::new();
    assert!(env.crm(["customer", "add"]).fails(4).starts_with("error: name: it cannot be empty"));
    assert!(env.crm(["deal", "add", "Big", "status=won"]).fails(4).starts_with("error: status: "));
    env.crm(["customer", "add", "Acme"]).ok();
    assert!(env.crm(["customer", "set", "C-1", "name="]).fails(4).starts_with("error: C-1 name: it cannot be empty"));
    env.write("users.csv", "name,login\nBob,bob\nAnn,ann\n");
    let said = env.crm(["import", "users.csv", "--into", "user"]).fails(4);
    assert!(said.starts_with("error: line 3, login: U-1 has the same login"), "{said}");
    env.write("circle.csv", "name,parent\nFirst,Second\nSecond,First\n");
    let said = env.crm(["import", "circle.csv", "--into", "customer"]).fails(4);
    assert!(said.starts_with("error: line 2, parent: this would make a circle"), "{said}");
}

#[test]
fn an_import_says_what_became_of_the_rows() {
    let env = TestEnvironment::new();
    let counts = |code| {
        let output = env.crm(["import", "c.csv", "--into", "customer", "--key", "name", "--skip-errors", "-y"]);
        let output = output.args(["-o", "json"]).output();
        assert_eq!(output.code, Some(code), "{}", output.stderr);
        let printed: Value = serde_json::from_str(&output.stdout).unwrap();
        assert_eq!(printed["schema_version"], 1);
        (printed["import"].clone(), output.stderr)
    };
    env.write("c.csv", "name,email\nAcme,a@acme.example\nZeta,\nOmega,nobody\n");
    let (found, _) = counts(6);
    assert_eq!(found, json!({"rows": 3, "added": 2, "updated": 0, "unchanged": 0, "rejected": 1}));
    env.write("c.csv", "name,email\nAcme,b@acme.example\nZeta,\n");
    let (found, said) = counts(0);
    assert_eq!(found, json!({"rows": 2, "added": 0, "updated": 1, "unchanged": 1, "rejected": 0}));
    assert!(said.contains("2 rows: 0 customers added, 1 updated, 1 unchanged"), "{said}");
    assert_eq!(env.crm(["import", "c.csv", "--into", "customer"]).ok(), "", "people read it on stderr");
    env.write("c.csv", "name,email\nAcme,\nZeta,\nOmega,nobody\n");
    let said = env.crm(["import", "c.csv", "--into", "customer"]).fails(4);
    assert!(said.contains("1 of 3 rows is wrong"), "{said}");
}

#[test]
fn what_comes_back_must_still_fit() {
    let env = TestEnvironment::new();
    let ok = |words: &[&str]| env.crm(words).ok();
    let refused = |words: &[&str], what: &str| {
        let said = env.crm(words).fails(4);
        assert!(said.contains(what), "{words:?}: {said}");
    };
    // Two users of one login, both in the trash.
    ok(&["user", "add", "Bob", "login=bob"]);
    ok(&["user", "rm", "U-2"]);
    ok(&["user", "add", "Bob", "login=bob"]);
    ok(&["user", "rm", "U-3"]);
    refused(&["user", "restore", "U-2", "U-3"], "has the same");
    ok(&["user", "restore", "U-3"]);
    refused(&["user", "restore", "U-2"], "has the same");

    // A parent that has come to hang below its child.
    ok(&["customer", "add", "Above"]);
    ok(&["customer", "add", "Middle", "parent=C-1"]);
    ok(&["customer", "add", "Below", "parent=C-2"]);
    ok(&["customer", "rm", "C-2"]);
    ok(&["customer", "set", "C-1", "parent=C-3"]);
    refused(&["customer", "restore", "C-2"], "circle");

    // A deal whose stage has gone.
    ok(&["deal", "add", "Small", "customer=C-1", "stage=S-2"]);
    ok(&["deal", "rm", "D-1"]);
    ok(&["stage", "rm", "S-2"]);
    refused(&["deal", "restore", "D-1"], "S-2 is in the trash");
    ok(&["stage", "restore", "S-2"]);
    ok(&["deal", "restore", "D-1"]);
}

#[test]
fn undo_and_redo_leave_no_deal_without_a_stage() {
    let env = TestEnvironment::new();
    env.crm(["user", "add", "Bob", "login=bob"]).ok();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["stage", "rm", "S-3"]).ok();
    env.crm(["undo"]).ok();
    env.crm(["deal", "add", "Big", "customer=C-1", "stage=S-3", "--as", "bob"]).ok();
    assert!(env.crm(["redo"]).fails(4).contains("still has deals"));

    env.crm(["deal", "add", "Other", "customer=C-1", "stage=S-1"]).ok();
    env.crm(["deal", "move", "D-2", "S-4"]).ok();
    env.crm(["stage", "rm", "S-1", "--as", "bob"]).ok();
    assert!(env.crm(["undo"]).fails(4).contains("S-1 is in the trash"));
}

#[test]
fn an_edit_begun_on_a_version_that_was_undone_is_a_conflict() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme", "city=Oslo"]).ok();
    env.crm(["customer", "set", "C-1", "city=Rome"]).ok();
    env.crm(["undo"]).ok();
    let said = env.crm(["customer", "set", "C-1", "city=Bern", "--based-on", "2"]).fails(4);
    assert!(said.contains("you have changed it since"), "{said}");
    env.crm(["customer", "set", "C-1", "city=Bern", "--based-on", "1"]).ok();
}

#[test]
fn a_deal_keeps_its_outcome_in_another_pipeline() {
    let env = TestEnvironment::new();
    for line in [
        "pipeline add Renewals",
        "stage add Talks pipeline=L-2 order=1",
        "deal add Open",
        "deal add Won",
        "deal add Lost",
        "deal move D-2 won",
        "deal move D-3 lost lost_reason=price",
    ] {
        env.crm(shell_words(line)).ok();
    }
    let said = env.crm(["deal", "set", "D-2", "pipeline=Renewals"]).fails(4);
    assert!(said.contains("it has no stage for a deal that is won"), "{said}");
    env.crm(shell_words("stage add Renewed pipeline=L-2 order=2 outcome=won")).ok();
    env.crm(shell_words("stage add Gone pipeline=L-2 order=3 outcome=lost")).ok();
    let closed = shown(&env, "D-2")["record"]["closed"].clone();
    env.crm(["deal", "set", "--all", "pipeline=Renewals"]).ok();
    let now = |id: &str| {
        let record = shown(&env, id)["record"].clone();
        json!([record["stage"]["name"], record["status"], record["closed"], record["lost_reason"]])
    };
    assert_eq!(now("D-1"), json!(["Talks", "open", Value::Null, Value::Null]));
    assert_eq!(now("D-2"), json!(["Renewed", "won", closed, Value::Null]));
    assert_eq!(now("D-3"), json!(["Gone", "lost", closed, "price"]));
    env.crm(shell_words("deal set D-2 pipeline=L-1 stage=qualify")).ok();
    assert_eq!(now("D-2")[1], "open", "who names the stage means it");
}

#[test]
fn work_goes_on_where_a_link_leads_to_the_trash() {
    let env = TestEnvironment::new();
    for line in [
        "customer add Acme",
        "contact add Sam customer=C-1",
        "deal add Big customer=C-1 contact=P-1",
        "followup add Weekly due=2026-03-02 repeat=weekly deal=D-1",
        "ticket add Broken contact=P-1",
        "contact rm P-1",
    ] {
        env.crm(shell_words(line)).ok();
    }
    for line in [
        "log call D-1 hi next=\"fri write\"",
        "log call F-1 hi next=\"fri write\"",
        "followup done F-1 next=\"fri write\"",
        "ticket reply T-1 soon",
        "followup add Again due=2026-03-09 deal=D-1",
    ] {
        let about = env.crm(shell_words(line)).ok();
        for id in about.lines() {
            assert_eq!(shown(&env, id)["record"]["contact"]["id"], "P-1", "{line}: {id}");
        }
    }
    let refused = env.crm(shell_words("followup add Call due=2026-03-09 contact=P-1")).fails(3);
    assert!(refused.contains("P-1"), "what is typed must be there: {refused}");
    env.crm(shell_words("deal set D-1 title=Bigger")).ok();
}

#[test]
fn whoever_works_no_more_gets_no_work_without_a_word() {
    let env = TestEnvironment::new();
    for line in [
        "user add Priya login=priya",
        "customer add Acme",
        "followup add Weekly due=2026-03-02 repeat=weekly owner=priya",
    ] {
        env.crm(shell_words(line)).ok();
    }
    env.crm(shell_words("user set priya active=no")).ok();
    let hears = |line: &str, what: &str| {
        let done = env.crm(shell_words(line)).output();
        assert_eq!(done.code, Some(0), "{line}");
        assert!(done.stderr.contains("Priya (U-2) is not active any more, and now has"), "{line}: {}", done.stderr);
        assert!(done.stderr.contains(what), "{line}: {}", done.stderr);
    };
    hears("deal add Big owner=priya", "D-1");
    hears("customer set --all owner=priya", "C-1");
    hears("followup set --all status=done", "F-2");
    env.write("deals.csv", "title,owner\nOne,priya\nTwo,priya\n");
    hears("import deals.csv --into deal", "2 more records");
    let quiet = env.crm(shell_words("deal set D-1 title=Bigger")).output();
    assert!(!quiet.stderr.contains("Priya"), "only new work: {}", quiet.stderr);
}

#[test]
fn what_goes_to_the_trash_is_marked_where_it_is_linked_and_known_to_filters() {
    let env = TestEnvironment::new();
    for line in [
        "user add Priya login=priya",
        "customer add Acme owner=priya",
        "contact add Sam customer=C-1",
        "deal add Big customer=C-1 owner=priya",
        "deal add Done customer=C-1 stage=won",
        "followup add Call due=2026-03-03 customer=C-1 owner=priya",
        "ticket add Broken customer=C-1",
    ] {
        env.crm(shell_words(line)).ok();
    }
    let gone = env.crm(["customer", "rm", "C-1"]).output();
    assert!(
        gone.stderr.contains("C-1 leaves behind: 1 open deal, 1 open follow-up, 1 open ticket, 1 contact"),
        "{}",
        gone.stderr
    );
    env.crm(shell_words("contact add Ann")).ok();
    env.crm(shell_words("deal add Side contact=P-2")).ok();
    env.crm(shell_words("followup add Ask due=2026-03-03 contact=P-2 ticket=T-1")).ok();
    let gone = env.crm(["contact", "rm", "P-2"]).output();
    assert!(gone.stderr.contains("P-2 leaves behind: 1 open deal, 1 open follow-up"), "{}", gone.stderr);
    let gone = env.crm(["ticket", "rm", "T-1"]).output();
    assert!(gone.stderr.contains("T-1 leaves behind: 1 open follow-up"), "{}", gone.stderr);
    env.crm(["undo"]).ok();
    for record in ["F-2", "D-3"] {
        env.crm(["rm", record]).ok();
    }
    let zh = env.crm(["user", "rm", "priya", "--lang", "zh"]).output();
    assert!(zh.stderr.contains("U-2 仍有关联：1 个进行中的商机、1 条待办跟进"), "{}", zh.stderr);
    assert!(env.crm(["deal", "list"]).ok().contains("Acme (in the trash)"));
    assert!(env.crm(["deal", "show", "D-1", "--lang", "zh"]).ok().contains("Priya（在回收站）"));
    assert_eq!(env.crm(["deal", "list", "owner:priya", "-o", "ids"]).ok(), "D-1\n");
    assert_eq!(env.crm(["deal", "list", "customer:acme", "-o", "ids"]).ok(), "D-1\nD-2\n");
    assert_eq!(env.crm(["agenda", "--owner", "priya", "-o", "ids"]).ok(), "F-1\n");
    assert_eq!(shown(&env, "D-1")["record"]["customer"], json!({"id": "C-1", "name": "Acme"}));
    env.crm(["deal", "list", "owner:nobody"]).fails(2);
}

#[test]
fn default_stages_are_shown_in_the_language_of_the_reader_and_told_to_programs_by_their_code() {
    let env = TestEnvironment::new();
    env.crm(["deal", "add", "Big"]).ok();
    for command in [["stage", "list"], ["deal", "list"], ["board", "--no-header"], ["history", "D-1"], ["show", "D-1"]]
    {
        let shown = env.crm(command).args(["--lang", "zh"]).ok();
        assert!(shown.contains("初步接洽") && !shown.contains("qualify"), "{command:?}: {shown}");
    }
    let json = env.crm(["deal", "list", "-o", "json", "--lang", "zh"]).ok();
    assert!(json.contains(r#""stage":{"id":"S-1","name":"qualify"}"#), "{json}");
    env.crm(["stage", "set", "S-1", "name=First talk"]).ok();
    assert!(env.crm(["stage", "list", "--lang", "zh"]).ok().contains("First talk"), "a name of one's own stays");
}

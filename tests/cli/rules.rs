//! A rule holds on every path: by the intent, in bulk, and from a file.

use serde_json::{Value, json};

use super::{id, ids, shown};
use crate::harness::TestEnvironment;

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
    let open: Vec<&str> = open.lines().map(|line| line.split_once('\t').unwrap().1).collect();
    assert_eq!(open, ["weekly\t2026-03-16", "每两周\t2026-03-16"]);
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

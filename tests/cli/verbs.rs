//! Verbs on several records in one step, and what tickets are rated.

use crate::harness::{TestEnvironment, shell_words};

fn env(lines: &[&str]) -> TestEnvironment {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    for line in lines {
        env.crm(shell_words(line)).ok();
    }
    env
}

fn column(env: &TestEnvironment, noun: &str, field: &str) -> String {
    let columns = format!("id,{field}");
    let listed = env.crm([noun, "list", "-o", "tsv", "--no-header", "--columns", &columns]).ok();
    listed.replace('\t', " ").replace('\n', "; ")
}

#[test]
fn several_deals_move_in_one_step() {
    let env =
        env(&["deal add One customer=C-1", "deal add Two customer=C-1 stage=needs", "deal add Three customer=C-1"]);
    assert_eq!(env.crm(["deal", "move", "D-1", "d2", "next"]).ok(), "D-1\nD-2\n");
    assert_eq!(column(&env, "deal", "stage.name"), "D-1 needs; D-2 proposal; D-3 qualify; ");
    env.crm(shell_words("deal move D-1 D-2 D-2 lost lost_reason=price")).ok();
    assert_eq!(column(&env, "deal", "lost_reason"), "D-1 price; D-2 price; D-3 ; ");
    env.crm(["undo"]).ok();
    assert_eq!(column(&env, "deal", "stage.name"), "D-1 needs; D-2 proposal; D-3 qualify; ");
    env.crm(["deal", "move", "D-1", "D-3", "previous"]).fails(4);
    assert_eq!(column(&env, "deal", "stage.name"), "D-1 needs; D-2 proposal; D-3 qualify; ", "all or nothing");
    let error = env.crm(["deal", "move", "D-1", "D-2"]).fails(2);
    assert!(error.contains("No stage is named"), "{error:?}");
    env.crm(["deal", "move", "D-1", "D-9", "next"]).fails(3);
}

#[test]
fn several_follow_ups_are_done_or_put_off_in_one_step() {
    let env = env(&["followup add Call due=today customer=C-1", "followup add Write due=today customer=C-1"]);
    env.crm(["followup", "snooze", "F-1", "F-2", "2026-03-09"]).ok();
    assert_eq!(column(&env, "followup", "due"), "F-1 2026-03-09; F-2 2026-03-09; ");
    env.crm(["followup", "done", "F-1", "F-2", "said", "yes", "next=fri ask again"]).ok();
    assert_eq!(column(&env, "followup", "status"), "F-1 done; F-2 done; F-3 open; F-4 open; ");
    assert_eq!(column(&env, "followup", "outcome"), "F-1 said yes; F-2 said yes; F-3 ; F-4 ; ");
    env.crm(["undo"]).ok();
    assert_eq!(column(&env, "followup", "status"), "F-1 open; F-2 open; ");
}

#[test]
fn several_tickets_change_hands_and_close_in_one_step() {
    let env = env(&["ticket add One customer=C-1", "ticket add Two customer=C-1", "user add Bob login=bob"]);
    env.crm(["ticket", "assign", "T-1", "T-2", "bob"]).ok();
    assert_eq!(column(&env, "ticket", "owner"), "T-1 bob; T-2 bob; ");
    env.crm(["ticket", "assign", "T-1", "none"]).ok();
    assert_eq!(column(&env, "ticket", "owner"), "T-1 ; T-2 bob; ");
    assert_eq!(env.crm(["queue", "--owner", "none", "-o", "ids"]).ok(), "T-1\n");
    env.crm(["ticket", "resolve", "T-1", "T-2", "turned", "it", "on"]).ok();
    assert_eq!(column(&env, "ticket", "resolution"), "T-1 turned it on; T-2 turned it on; ");
    env.crm(["ticket", "wait", "T-1", "T-2"]).fails(4);
    env.crm(["ticket", "reopen", "T-1", "T-2"]).ok();
    env.crm(["ticket", "merge", "T-1", "T-2"]).ok();
    let error = env.crm(["ticket", "reopen", "T-1"]).fails(4);
    assert!(error.contains("T-2, into which T-1 has been merged: the ticket is open"), "{error:?}");
}

#[test]
fn a_ticket_is_rated() {
    let env = env(&["ticket add One customer=C-1"]);
    env.crm(["ticket", "rate", "T-1", "4", "quick", "and", "friendly"]).ok();
    assert_eq!(column(&env, "ticket", "satisfaction"), "T-1 4; ");
    assert_eq!(column(&env, "ticket", "satisfaction_text"), "T-1 quick and friendly; ");
    for score in ["0", "6", "good"] {
        let error = env.crm(["ticket", "rate", "T-1", score]).fails(4);
        assert!(error.contains("from 1 to 5"), "{error:?}");
    }
}

#[test]
fn the_call_list_begins_with_what_is_most_urgent() {
    let env = env(&[
        "customer add Grand grade=A",
        "deal add Big customer=C-2 amount=¥5000000 stage=negotiation",
        "followup add Little customer=C-1 due=today type=call",
        "followup add Great customer=C-2 due=today type=call",
        "followup add Late customer=C-1 due=2026-01-10 type=call priority=urgent",
        "followup add Visit customer=C-2 due=today type=visit",
        "followup add Later customer=C-2 due=2026-04-01 type=call",
    ]);
    let shown = env.crm(["agenda", "--calls", "-q"]).ok();
    assert!(shown.starts_with("Calls of ann   3\n"), "{shown}");
    assert!(shown.contains("A customer, ¥5m in negotiation, never contacted"), "{shown}");
    assert_eq!(env.crm(["agenda", "--calls", "-o", "ids", "-q"]).ok(), "F-3\nF-2\nF-1\n");
}

#[test]
fn changes_are_a_line_for_each_record_with_what_its_fields_were_and_are() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["deal", "add", "Cranes", "customer=C-1", "amount=100 USD"]).ok();
    env.crm(["deal", "set", "D-1", "amount=250 USD", "contact=", "note=Big", "tag=x"]).ok();
    let since = ["changes", "--since", "2026-03-01"];
    let lines = env.crm(since).args(["-o", "jsonl", "--lang", "zh"]).ok();
    let line: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    let expected = serde_json::json!({
        "seq": 4,
        "at": "2026-03-02T09:00:03Z",
        "by": {"id": "U-1", "name": "ann", "login": "ann"},
        "words": "deal set D-1 amount=\"250 USD\" contact= note=Big tag=x",
        "id": "D-1",
        "kind": "deal",
        "what": "changed",
        "fields": [
            {
                "code": "amount",
                "from": {"amount": "100.00", "currency": "USD"},
                "to": {"amount": "250.00", "currency": "USD"}
            },
            {"code": "tag", "from": null, "to": ["x"]},
            {"code": "note", "from": null, "to": "Big"},
        ]
    });
    assert_eq!(line, expected);
    assert_eq!(
        line.as_object().unwrap().keys().collect::<Vec<_>>(),
        expected.as_object().unwrap().keys().collect::<Vec<_>>()
    );
    let all: serde_json::Value = serde_json::from_str(&env.crm(since).args(["-o", "json"]).ok()).unwrap();
    assert_eq!(all["changes"].as_array().unwrap().last(), Some(&expected));
    let line = env.crm(since).args(["-o", "tsv", "--columns", "id,name,fields"]).ok();
    assert!(line.ends_with("D-1\tCranes\tamount,tag,note\n"), "{line}");
}

#[test]
fn what_a_verb_says_by_itself_is_not_said_again() {
    let env = env(&["deal add d customer=C-1", "ticket add t", "followup add f due=tomorrow"]);
    let before = env.crm(["export"]).ok();
    for line in [
        "deal move D-1 lost stage=S-2 lost_reason=price",
        "ticket close T-1 status=open",
        "ticket assign T-1 me owner=ann",
        "ticket rate T-1 3 satisfaction=5",
        "ticket rate T-1 4 words satisfaction_text=zz",
        "ticket resolve T-1 fixed resolution=other",
        "followup done F-1 spoke outcome=ok",
        "log call T-1 hi type=email",
        "log call C-1 hi customer=C-1",
        "ticket reply T-1 hi type=call direction=in",
        "ticket note T-1 hi internal=no",
    ] {
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains("is given twice"), "{line}: {said}");
    }
    assert_eq!(env.crm(["export"]).ok(), before);
    assert!(env.crm(shell_words("ticket rate T-1 9")).fails(4).contains("is no score"));
}

#[test]
fn the_next_step_is_read_behind_a_full_width_colon() {
    let env = env(&["followup add f due=tomorrow"]);
    env.crm(["followup", "done", "F-1", "next：明天 打电话"]).ok();
    env.crm(["log", "note", "C-1", "x", "下一步：明天 寄样品"]).ok();
    assert_eq!(env.crm(["followup", "count", "title:打电话"]).ok(), "1\n");
    assert_eq!(env.crm(["followup", "count", "title:寄样品", "customer:C-1"]).ok(), "1\n");
}

#[test]
fn no_status_is_emptied_on_which_a_list_depends() {
    let env = env(&["ticket add t", "followup add f due=tomorrow"]);
    for line in ["ticket set T-1 status=", "followup set F-1 status=", "ticket add u status="] {
        let said = env.crm(shell_words(line)).fails(4);
        assert!(said.contains("status: it cannot be empty"), "{line}: {said}");
    }
}

#[test]
fn a_note_says_something_also_when_it_is_changed() {
    let env = env(&["log note C-1 hello", "log call C-1 hello", "log call C-1"]);
    let before = env.crm(["export"]).ok();
    for line in ["activity set A-1 text=", "activity set A-3 type=note", "activity set A-2 type=note text="] {
        let said = env.crm(shell_words(line)).fails(4);
        assert!(said.contains("text: a note says something"), "{line}: {said}");
    }
    assert_eq!(env.crm(["export"]).ok(), before);
    for line in ["activity set A-2 type=note", "activity set A-3 type=note text=x", "activity set A-3 type=call text="]
    {
        env.crm(shell_words(line)).ok();
    }
}

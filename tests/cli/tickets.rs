//! Tickets: the customer writes again, two become one.

use serde_json::{Value, json};

use super::{id, shown};
use crate::harness::{TestEnvironment, shell_words};

fn field(env: &TestEnvironment, ticket: &str, code: &str) -> Value {
    shown(env, ticket)["record"][code].clone()
}

#[test]
fn an_incoming_message_opens_a_ticket_and_its_clock_goes_on() {
    let env = TestEnvironment::new();
    let ticket = id(&env, ["ticket", "add", "No power", "priority=urgent"]);
    let limit = field(&env, &ticket, "resolution_due");
    let words = ["waits", "resolved", "closed"];
    for (verb, word) in ["wait", "resolve", "close"].into_iter().zip(words) {
        env.crm(["ticket", verb, &ticket]).ok();
        env.crm(["log", "note", &ticket, "among ourselves", "direction=in", "internal=yes"]).ok();
        env.crm(["log", "email", &ticket, "long ago", "direction=in", "at=2026-03-01 10:00"]).ok();
        assert_ne!(field(&env, &ticket, "status"), "open", "neither a note nor an old mail opens what {word}");
        env.advance_clock(chrono::TimeDelta::hours(1));
        env.crm(["log", "email", &ticket, "still broken", "direction=in"]).ok();
        assert_eq!(field(&env, &ticket, "status"), "open", "after {verb}");
    }
    assert_eq!(field(&env, &ticket, "reopened"), 2);
    assert_eq!(field(&env, &ticket, "resolved_at"), Value::Null);
    assert_ne!(field(&env, &ticket, "resolution_due"), limit, "the hours between do not count");
    assert_eq!(env.crm(["queue", "--owner", "none", "-o", "ids"]).ok(), format!("{ticket}\n"), "its clock runs");

    env.crm(["ticket", "wait", &ticket]).ok();
    env.write("mail.csv", "text,ticket,type,direction\nhello?,T-1,email,in\n");
    env.crm(["import", "mail.csv", "--into", "activity"]).ok();
    assert_eq!(field(&env, &ticket, "status"), "open", "a file brings messages too");
}

#[test]
fn a_direction_that_is_told_later_acts_on_the_ticket_as_one_told_at_once() {
    let env = TestEnvironment::new();
    let tell = [
        "activity set A-1 direction=in",
        "activity set --where ticket:T-1 direction=in",
        "activity set A-1 internal=no",
    ];
    for line in tell {
        let internal = if line.ends_with("internal=no") { "direction=in internal=yes" } else { "" };
        let env = TestEnvironment::new();
        env.crm(["ticket", "add", "No power"]).ok();
        env.crm(["ticket", "wait", "T-1"]).ok();
        env.crm(shell_words(&format!("log email T-1 still broken {internal}"))).ok();
        assert_eq!(field(&env, "T-1", "status"), "waiting", "{line}");
        env.crm(shell_words(line)).ok();
        assert_eq!(field(&env, "T-1", "status"), "open", "{line}");
        env.crm(["ticket", "close", "T-1"]).ok();
        env.crm(["activity", "set", "A-1", "text=was broken then", "outcome=reached"]).ok();
        assert_eq!(field(&env, "T-1", "status"), "closed", "{line}: other fields say nothing new");
    }
    env.crm(["ticket", "add", "Question"]).ok();
    env.crm(["log", "email", "T-1", "here is how"]).ok();
    assert_eq!(field(&env, "T-1", "responded_at"), Value::Null);
    env.crm(["activity", "set", "A-1", "direction=out"]).ok();
    assert_eq!(field(&env, "T-1", "responded_at"), shown(&env, "A-1")["record"]["at"]);
    assert_eq!(field(&env, "T-1", "status"), "open");
}

#[test]
fn messages_that_an_import_brings_leave_closed_what_is_closed_nobody_knows_since_when() {
    let env = TestEnvironment::new();
    env.write("tickets.csv", "title,status\nOld,closed\nOlder,resolved\n");
    env.crm(["import", "tickets.csv", "--into", "ticket"]).ok();
    env.write("mail.csv", "text,ticket,type,direction,at\nbroken,T-1,email,in,2019-04-01\nhelp,T-2,email,in,\n");
    env.crm(["import", "mail.csv", "--into", "activity"]).ok();
    assert_eq!((field(&env, "T-1", "status"), field(&env, "T-2", "status")), (json!("closed"), json!("resolved")));
    for ticket in ["T-1", "T-2"] {
        env.crm(["log", "email", ticket, "broken again", "direction=in"]).ok();
        assert_eq!(field(&env, ticket, "status"), "open");
    }
}

#[test]
fn what_hangs_on_a_merged_ticket_goes_to_the_one_that_stands_for_it() {
    let env = TestEnvironment::new();
    for line in [
        "ticket add One",
        "ticket add Two",
        "followup add Call due=2026-03-09 ticket=T-1",
        "log email T-1 hello direction=in",
        "ticket merge T-1 T-2",
    ] {
        env.crm(shell_words(line)).ok();
    }
    assert_eq!(
        (&field(&env, "F-1", "ticket")["id"], &field(&env, "A-1", "ticket")["id"]),
        (&json!("T-2"), &json!("T-2"))
    );
}

#[test]
fn a_ticket_that_waits_is_opened_again_by_reopen() {
    let env = TestEnvironment::new();
    for line in ["ticket add One", "ticket wait T-1", "ticket reopen T-1"] {
        env.crm(shell_words(line)).ok();
    }
    assert_eq!((field(&env, "T-1", "status"), field(&env, "T-1", "waiting_since")), (json!("open"), Value::Null));
    assert!(env.crm(shell_words("ticket reopen T-1")).fails(4).contains("nothing to reopen"));
}

#[test]
fn what_is_said_of_a_merged_ticket_lands_on_the_one_that_stands_for_it() {
    let env = TestEnvironment::new();
    for line in [
        "customer add Acme",
        "ticket add One customer=C-1",
        "ticket add Two customer=C-1",
        "ticket add Three customer=C-1",
        "ticket merge T-1 T-2",
        "ticket merge T-2 T-3",
        "ticket wait T-3",
    ] {
        env.crm(shell_words(line)).ok();
    }
    let heard = env.crm(shell_words("log email T-1 any news direction=in")).output();
    assert!(heard.stderr.contains("T-1 has been merged into T-3; this goes to T-3"), "{}", heard.stderr);
    let activity = heard.ok().trim().to_owned();
    assert_eq!(field(&env, &activity, "ticket")["id"], "T-3");
    assert_eq!((field(&env, "T-3", "status"), field(&env, "T-1", "status")), (json!("open"), json!("closed")));

    let zh = env.crm(shell_words("ticket reply T-1 soon")).args(["--lang", "zh"]).output();
    assert!(zh.stderr.contains("T-1 已合并到 T-3"), "{}", zh.stderr);
    assert_eq!(field(&env, zh.ok().trim(), "ticket")["id"], "T-3");
    assert_eq!(
        field(&env, env.crm(shell_words("followup add Ask due=2026-03-09 ticket=T-2")).ok().trim(), "ticket")["id"],
        "T-3"
    );
    for verb in ["assign T-1 T-2 me", "wait T-1", "resolve T-1 done", "rate T-1 5", "reopen T-1"] {
        let done = env.crm(shell_words(&format!("ticket {verb}"))).output();
        assert!(done.stderr.contains("merged into T-3"), "{verb}: {}", done.stderr);
        assert_eq!(done.ok(), "T-3\n", "{verb}");
    }
    assert!(env.crm(shell_words("ticket reopen T-1")).fails(4).contains("T-3, into which T-1 has been merged"));
    assert!(env.crm(shell_words("ticket set T-1 status=open")).fails(4).contains("merged into T-3"));
    assert!(env.crm(shell_words("ticket merge T-1 T-3")).fails(4).contains("merged already"));
    env.crm(shell_words("ticket set T-3 merged_into=T-1")).fails(4);
    let said = env.crm(shell_words("ticket set T-1 priority=high")).output();
    assert!(said.stderr.contains("T-1 has been merged into T-3"), "{}", said.stderr);

    env.crm(shell_words("ticket add Four customer=C-1")).ok();
    assert_eq!(env.crm(shell_words("ticket merge T-4 T-2")).ok(), "T-3\n");
    assert_eq!(field(&env, "T-4", "merged_into")["id"], "T-3");
    env.crm(shell_words("ticket set T-1 merged_into= status=open")).ok();
    assert_eq!(field(&env, "T-1", "status"), "open", "taken apart again");
}

#[test]
fn of_two_merged_tickets_the_more_urgent_priority_and_the_earlier_limits_stand() {
    let env = TestEnvironment::new();
    let normal = id(&env, ["ticket", "add", "Slow"]);
    let urgent = id(&env, ["ticket", "add", "Down", "priority=urgent"]);
    env.crm(["ticket", "merge", &urgent, &normal]).ok();
    let limits = |ticket: &str| [field(&env, ticket, "response_due"), field(&env, ticket, "resolution_due")];
    assert_eq!(field(&env, &normal, "priority"), "urgent");
    assert_eq!(limits(&normal), ["2026-03-02T10:00:01Z", "2026-03-02T17:00:01Z"], "from when the first was made");

    let low = id(&env, ["ticket", "add", "Scratch", "priority=low"]);
    let promised = id(&env, ["ticket", "add", "Promised", "priority=low", "resolution_due=2026-03-02 12:00"]);
    let before = limits(&low);
    env.crm(["ticket", "merge", &promised, &low]).ok();
    assert_eq!(field(&env, &low, "priority"), "low");
    assert_eq!(limits(&low), [before[0].clone(), json!("2026-03-02T12:00:00Z")], "what was promised stands");
    let later = id(&env, ["ticket", "add", "Later", "priority=low"]);
    env.crm(["ticket", "merge", &later, &low]).ok();
    assert_eq!(limits(&low)[1], "2026-03-02T12:00:00Z");
}

#[test]
fn a_ticket_that_was_merged_is_not_merged_again() {
    let env = TestEnvironment::new();
    for subject in ["One", "Two", "Three"] {
        env.crm(["ticket", "add", subject]).ok();
    }
    env.crm(shell_words("ticket merge T-1 T-2")).ok();
    let said = env.crm(shell_words("ticket merge T-1 T-3")).fails(4);
    assert!(
        said.contains("T-1 has been merged into T-2 already") && said.contains("crm ticket merge T-2 T-3"),
        "{said}"
    );
    assert_eq!(field(&env, "T-2", "status"), "new", "the one that stands for both goes on");
    env.crm(shell_words("ticket rm T-2")).ok();
    let said = env.crm(shell_words("ticket merge T-1 T-3")).fails(4);
    assert!(said.contains("merged into T-2 already") && said.contains("crm restore T-2"), "{said}");
    env.crm(shell_words("restore T-2")).ok();
    env.crm(shell_words("ticket merge T-2 T-3")).ok();
    assert!(env.crm(shell_words("ticket merge T-1 T-3")).fails(4).contains("merged already"));
}

#[test]
fn an_old_unanswered_ticket_brings_its_limit_into_a_newer_one() {
    let env = TestEnvironment::new();
    env.crm(["ticket", "add", "Old"]).ok();
    let limit = field(&env, "T-1", "response_due");
    env.advance_clock(chrono::TimeDelta::days(2));
    env.crm(["ticket", "add", "New", "priority=urgent"]).ok();
    env.crm(["ticket", "add", "Newest"]).ok();
    env.crm(shell_words("ticket merge T-1 T-2")).ok();
    assert_eq!(field(&env, "T-2", "response_due"), limit);
    assert_eq!(field(&env, "T-2", "priority"), "urgent");
    env.crm(shell_words("ticket merge T-2 T-3")).ok();
    assert_eq!(field(&env, "T-3", "response_due"), limit, "and on along the chain");
    assert!(
        env.crm(["ticket", "set", "T-3", "response_due=2026-03-01"]).fails(4).contains("before the ticket was made")
    );

    let file = env.crm(["export", "ticket"]).ok();
    let other = TestEnvironment::new();
    other.write("all.jsonl", &file);
    other.crm(["import", "all.jsonl", "--into", "ticket"]).ok();
    assert_eq!(field(&other, "T-3", "response_due"), limit);

    // A person may move the limit on, though it stays before the ticket was made.
    let limit = chrono::DateTime::parse_from_rfc3339(limit.as_str().unwrap()).unwrap();
    let later = |hours: i64| format!("response_due={}", (limit + chrono::TimeDelta::hours(hours)).to_rfc3339());
    env.crm(["ticket", "set", "T-3", &later(1)]).ok();
    assert!(env.crm(["ticket", "set", "T-3", &later(-1)]).fails(4).contains("before the ticket was made"));
}

#[test]
fn nothing_is_said_on_a_merged_ticket_whose_other_is_in_the_trash() {
    let env = TestEnvironment::new();
    for line in
        ["ticket add a", "ticket add b", "ticket merge T-1 T-2", "followup add f due=fri ticket=T-2", "ticket rm T-2"]
    {
        env.crm(shell_words(line)).ok();
    }
    for line in
        ["log email T-1 hello direction=in", "activity add x ticket=T-1", "ticket note T-1 x", "ticket reply T-1 x"]
    {
        let said = env.crm(shell_words(line)).fails(4);
        assert!(said.contains("T-1 has been merged into T-2, which is in the trash"), "{line}: {said}");
        assert!(said.contains("crm restore T-2"), "{line}: {said}");
    }
    env.crm(shell_words("followup done F-1 next=\"fri again\"")).ok();
    env.crm(["restore", "T-2"]).ok();
    env.crm(shell_words("log email T-1 hello direction=in")).ok();
    assert_eq!(env.crm(["activity", "count", "ticket:T-2"]).ok(), "1\n");
}

#[test]
fn merged_tickets_come_out_of_a_file_as_they_went_in() {
    let env = TestEnvironment::new();
    for line in [
        "ticket add Down priority=urgent",
        "ticket add Slow",
        "ticket merge T-1 T-2",
        "ticket set T-2 priority=low",
        "ticket set T-1 status=resolved closed_at=",
        "ticket add Third",
        "ticket merge T-2 T-3",
    ] {
        env.crm(shell_words(line)).ok();
    }
    let csv = env.crm(shell_words("export ticket -o csv")).ok();
    for (name, file) in [("all.jsonl", env.crm(["export", "ticket"]).ok()), ("all.csv", csv)] {
        let other = TestEnvironment::new();
        other.write(name, &file);
        other.advance_clock(chrono::TimeDelta::days(3));
        other.crm(["import", name, "--into", "ticket"]).ok();
        for id in ["T-1", "T-2", "T-3"] {
            let [ours, theirs] = [&env, &other].map(|env| shown(env, id)["record"].clone());
            for code in [
                "priority",
                "status",
                "response_due",
                "resolution_due",
                "resolved_at",
                "closed_at",
                "merged_into",
                "due",
            ] {
                assert_eq!(ours[code], theirs[code], "{id} {code}, {name}");
            }
        }
        other.crm(["doctor", "--check"]).ok();
    }
}

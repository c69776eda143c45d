//! A customer from the first word to a resolved ticket, with nothing but ids handed from one command to the next.

use serde_json::Value;

use super::{export, id, ids, shown};
use crate::harness::TestEnvironment;

/// What was made on the way, and how many commands it took.
struct Story {
    customer: String,
    deal: String,
    followup: String,
    ticket: String,
    /// The instant after the call, before the follow-up was done.
    called: String,
    steps: usize,
}

fn told(env: &TestEnvironment) -> Story {
    let customer = id(env, ["customer", "add", "上海华盛科技有限公司", "城市=上海", "级别＝A", "电话=13800138000"]);
    let contact = id(env, ["contact", "add", "张三", &format!("customer={customer}"), "职务=采购经理"]);
    let links = [format!("customer={customer}"), format!("contact={contact}")];
    let deal = id(env, ["deal", "add", "十台服务器", &links[0], &links[1], "amount=12万 CNY"]);
    let logged = env.crm(["log", "call", &deal, "客户要报价", "outcome=reached", "next=明天下午3点 send quote"]).ok();
    let made = ids(&logged);
    assert_eq!(made.len(), 2, "a call and a follow-up, not {logged}");
    let followup = &made[1];
    let called = env.now();
    env.crm(["followup", "done", followup, "已发送报价"]).ok();
    env.crm(["deal", "move", &deal, "won"]).ok();
    let ticket = id(env, ["ticket", "add", "电源坏了", &links[0], "priority=high"]);
    env.crm(["ticket", "reply", &ticket, "we are sending a new one"]).ok();
    env.crm(["ticket", "resolve", &ticket, "replaced the power supply"]).ok();
    Story { customer, deal, followup: followup.clone(), ticket, called, steps: 9 }
}

fn texts(story: &Value) -> Vec<String> {
    let lines = story["timeline"].as_array().unwrap();
    lines.iter().map(|line| format!("{} {}", line["kind"].as_str().unwrap(), line["text"].as_str().unwrap())).collect()
}

#[test]
fn show_tells_the_whole_story_in_order() {
    let env = TestEnvironment::new();
    let Story { customer, deal, followup, ticket, .. } = told(&env);
    let story = shown(&env, &customer);
    let lines = story["timeline"].as_array().unwrap();
    let times: Vec<&str> = lines.iter().map(|line| line["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let texts = texts(&story);
    let mut rest = texts.iter();
    for expected in [
        "change added",
        "deal opened: 十台服务器",
        "call 客户要报价",
        "followup done: send quote",
        "ticket opened: 电源坏了",
        "message we are sending",
        "ticket resolved",
    ] {
        assert!(rest.any(|line| line.starts_with(expected)), "{expected} in its place in {texts:#?}");
    }
    assert_eq!(story["record"]["last_contact"], shown(&env, &ticket)["record"]["responded_at"]);
    assert_eq!(story["record"]["won_total"][0]["amount"], "120000.00");
    assert_eq!(story["record"]["next_followup"], Value::Null);
    let deal = shown(&env, &deal);
    assert_eq!(deal["record"]["status"], "won");
    assert_eq!(deal["record"]["customer"]["id"], customer.as_str());
    let followup = shown(&env, &followup);
    assert_eq!(followup["record"]["due"], "2026-03-03T15:00:00Z");
    assert_eq!(followup["record"]["customer"]["id"], customer.as_str(), "taken over from the deal");
    assert_eq!(followup["record"]["outcome"], "已发送报价");
}

#[test]
fn history_shows_every_change() {
    let env = TestEnvironment::new();
    let story = told(&env);
    let fields = |id: &str| -> Vec<String> {
        let lines = env.crm(["history", id, "-o", "jsonl"]).ok();
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["what"] == "changed").map(|line| line["field"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(fields(&story.deal), ["stage", "stage_since", "probability", "closed"]);
    assert_eq!(fields(&story.followup), ["status", "outcome", "done_at", "done_by"]);
    assert_eq!(fields(&story.ticket), ["status", "responded_at", "status", "resolved_at", "resolution"]);
    assert!(fields(&story.customer).is_empty(), "a call is no change of the customer");
}

#[test]
fn show_as_of_an_instant_shows_what_was_there_then() {
    let env = TestEnvironment::new();
    let story = told(&env);
    let then = |id: &str| -> Value {
        let words = ["show", id, "--as-of", &story.called, "-o", "json"];
        serde_json::from_str(&env.crm(words).ok()).unwrap()
    };
    assert_eq!(then(&story.deal)["record"]["stage"]["name"], "qualify");
    // What was computed then nobody knows, and an empty value would say that there was none.
    let deal = then(&story.deal);
    let computed: Vec<_> = ["status", "weighted"].iter().filter(|key| deal["record"].get(**key).is_some()).collect();
    assert!(computed.is_empty(), "{deal:#}");
    assert_eq!(shown(&env, &story.deal)["record"]["status"], "won");
    assert_eq!(then(&story.followup)["record"]["status"], "open");
    let lines = texts(&then(&story.customer));
    assert!(lines.iter().any(|line| line.starts_with("call")), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("done") || line.starts_with("ticket")), "{lines:#?}");
    let error = env.crm(["show", &story.ticket, "--as-of", &story.called]).fails(3);
    assert!(error.contains("hint: "), "{error:?}");
}

#[test]
fn as_many_undo_as_there_were_commands_lead_back_and_as_many_redo_forward() {
    let env = TestEnvironment::new();
    env.crm(["customer", "count"]).ok();
    let start = export(&env);
    let steps = told(&env).steps;
    let end = export(&env);
    for step in 0..steps {
        env.crm(["undo"]).output().ok();
        assert_ne!(export(&env), end, "step {step}");
    }
    assert_eq!(export(&env), start);
    assert!(env.crm(["undo"]).fails(1).contains("nothing to undo"));
    for _ in 0..steps {
        env.crm(["redo"]).ok();
    }
    assert_eq!(export(&env), end);
    assert!(env.crm(["redo"]).fails(1).contains("nothing to redo"));
}

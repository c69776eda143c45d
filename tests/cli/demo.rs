//! `demo`: made-up records in a store of their own, the same for everybody on the same day.

use std::time::Duration;

use chrono::TimeDelta;
use crm::store::{Store, engine::Access, verify};

use crate::harness::TestEnvironment;

const KINDS: [&str; 8] = ["user", "customer", "contact", "stage", "deal", "activity", "followup", "ticket"];

fn demo_store(env: &TestEnvironment) -> String {
    env.path("data/crm/demo.redb").to_str().unwrap().to_owned()
}

/// What the demo holds: every record with every field.
fn everything(env: &TestEnvironment) -> String {
    let store = demo_store(env);
    KINDS.iter().map(|kind| env.crm([kind, "list", "-o", "jsonl", "--store", &store]).ok()).collect()
}

#[test]
fn everybodys_panes_and_how_to_play_on() {
    let env = TestEnvironment::new();
    let output = env.crm(["demo"]).output();
    assert!(output.stderr.contains("crm --store ") && output.stderr.contains("demo.redb customer list"));
    let shown = output.ok();
    for words in ["Agenda of everybody ", "\nPipeline Sales of everybody ", "\nQueue of everybody "] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    for heading in ["\nOverdue\n", "\nToday\n", "\nTomorrow\n", "\nThis week\n", "\nLater\n", "\nDone today\n"] {
        assert!(shown.contains(heading), "{heading}: {shown}");
    }
    assert!(!env.store().exists(), "the other store is none of its business");
    let chinese = env.crm(["demo", "--lang", "zh"]).ok();
    assert!(chinese.starts_with("所有人的跟进日程") && chinese.contains("工单队列"), "{chinese}");
}

/// The records of a demo in a language, as `count` gives them.
fn counter(env: &TestEnvironment, lang: &str) -> impl Fn(&str) -> usize {
    env.crm(["demo", "--lang", lang]).ok();
    let store = demo_store(env);
    move |words| {
        let words = words.split(' ').chain(["--store", &store]);
        env.crm(words).ok().trim().parse().unwrap()
    }
}

#[test]
fn how_much_there_is_in_either_language() {
    for (lang, own, team) in [("en", ("country:CN", 67), "east"), ("zh", ("country:CN", 177), "华东")] {
        let env = TestEnvironment::new();
        let count = counter(&env, lang);
        assert_eq!(count(&format!("customer count {}", own.0)), own.1, "{lang}");
        assert_eq!(count(&format!("user count team:{team}")), 3, "{lang}");
        check_counts(&count);
        let store = demo_store(&env);
        for pane in ["agenda", "board", "queue"] {
            assert!(env.crm([pane, "-o", "ids", "--store", &store]).ok().lines().count() >= 5, "{pane} of mine");
        }
        assert_eq!(count("activity count at.after:today"), 0, "nothing is ahead of time");
    }
}

/// When things are due, and where deals stand, does not hang on the language.
#[test]
fn the_shape_is_the_same_in_both_languages() {
    let shape = |lang: &str| {
        let env = TestEnvironment::new();
        env.crm(["demo", "--lang", lang]).ok();
        let store = demo_store(&env);
        let of = |words: &[&str]| env.crm(words).args(["--store", &store]).ok();
        [
            of(&["followup", "list", "-o", "csv", "--columns", "id,due,status,owner,customer,deal,priority"]),
            of(&["deal", "list", "-o", "csv", "--columns", "id,stage,stage_since,expected_close,owner,created"]),
            of(&["ticket", "list", "-o", "csv", "--columns", "id,status,due,priority,created,satisfaction"]),
            of(&["activity", "list", "-o", "csv", "--columns", "id,type,at,customer,deal,ticket,minutes"]),
        ]
        .map(|table| {
            // Logins are names, and differ; customers write through other channels.
            let cut = |line: &str| line.replace("ada.okafor", "luo.ziang").replace("jonas.weber", "shen.ruonan");
            table.lines().map(|line| cut(&line.replace(",email,", ",message,")) + "\n").collect::<String>()
        })
    };
    let (en, zh) = (shape("en"), shape("zh"));
    for (en, zh) in en.iter().zip(&zh) {
        assert_eq!(en, zh);
    }
}

#[test]
fn a_chinese_firm_is_chinese() {
    let env = TestEnvironment::new();
    env.crm(["demo"]).env("LANG", "zh_CN.UTF-8").ok();
    let store = demo_store(&env);
    let of = |words: &[&str]| env.crm(words).args(["--store", &store]).ok();
    let names = of(&["customer", "list", "-o", "template={{name}}"]);
    let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    assert_eq!(names.lines().filter(|name| !name.contains(is_han)).count(), 20, "{names}");
    let mut all: Vec<&str> = names.lines().collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 200, "no two have the same name");
    assert!(all.iter().any(|name| name.chars().count() > 30) && names.contains('𠮷') && names.contains("臺北"));
    for words in [
        ["deal", "list", "-o", "template={{title}}"],
        ["followup", "list", "-o", "template={{title}}"],
        ["ticket", "list", "-o", "template={{subject}}"],
        ["user", "list", "-o", "template={{name}}"],
    ] {
        let said = of(&words);
        assert!(said.lines().filter(|line| *line != "ann").all(|line| line.contains(is_han)), "{said}");
    }
    let sums = of(&["deal", "count", "--sum", "amount", "-o", "tsv", "--no-header"]);
    for currency in ["CNY", "EUR", "USD"] {
        assert!(sums.contains(currency), "{currency}: {sums}");
    }
    assert_eq!(of(&["customer", "count", "tag:重点,出口,订阅资讯"]), of(&["customer", "count", "has:tag"]));
}

#[test]
fn the_language_is_that_of_who_looks_until_something_was_done() {
    let env = TestEnvironment::new();
    let store = demo_store(&env);
    let second = || env.crm(["user", "show", "U-2", "-o", "template={{name}}", "--store", &store]).ok();
    env.crm(["demo"]).ok();
    assert_eq!(second(), "Chen Jing\n");
    env.crm(["demo", "--lang", "zh"]).ok();
    assert_eq!(second(), "陈静\n");
    env.crm(["customer", "add", "我的", "--store", &store]).ok();
    let kept = env.crm(["demo"]).output();
    assert!(kept.stderr.contains("crm demo --reset makes it anew in English"), "{}", kept.stderr);
    assert_eq!(second(), "陈静\n");
    env.crm(["demo", "--reset"]).ok();
    assert_eq!(second(), "Chen Jing\n");
}

#[test]
fn it_stands_where_store_says_and_never_over_a_store_of_ones_own() {
    let env = TestEnvironment::new();
    let elsewhere = env.path("home/elsewhere.redb");
    let shown = env.crm(["demo", "--store", "elsewhere.redb"]).output();
    assert!(shown.stderr.contains("crm --store ") && shown.stderr.contains("elsewhere.redb customer list"));
    assert!(elsewhere.exists() && !env.path("data/crm/demo.redb").exists());
    env.crm(["customer", "add", "Mine", "--store", "elsewhere.redb"]).ok();
    env.crm(["demo", "--store", "elsewhere.redb"]).ok();
    assert_eq!(env.crm(["customer", "count", "--store", "elsewhere.redb"]).ok(), "201\n");
    env.crm(["demo", "--reset", "--store", "elsewhere.redb"]).ok();
    assert_eq!(env.crm(["customer", "count", "--store", "elsewhere.redb"]).ok(), "200\n");

    env.crm(["demo", "--store", "used.redb"]).ok();
    env.crm(["customer", "add", "Mine", "--store", "used.redb"]).ok();
    env.advance_clock(TimeDelta::days(1));
    env.crm(["demo", "--store", "elsewhere.redb"]).ok();
    let kept = env.crm(["demo", "--store", "used.redb"]).output();
    assert!(
        kept.stderr.contains("of another day or person and was worked on; crm demo --reset --store "),
        "{}",
        kept.stderr
    );
    assert_eq!(env.crm(["customer", "count", "--store", "used.redb"]).ok(), "201\n");
    env.crm(["demo", "--reset", "--store", "used.redb"]).ok();
    assert_eq!(env.crm(["customer", "count", "--store", "used.redb"]).ok(), "200\n");

    env.crm(["customer", "add", "Real", "--store", "mine.redb"]).ok();
    let before = std::fs::read(env.path("home/mine.redb")).unwrap();
    for words in [&["demo", "--store", "mine.redb"][..], &["demo", "--reset", "--store", "mine.redb"]] {
        assert!(env.crm(words).fails(4).contains("mine.redb holds no demo"), "{words:?}");
    }
    assert_eq!(std::fs::read(env.path("home/mine.redb")).unwrap(), before);
}

fn check_counts(count: &dyn Fn(&str) -> usize) {
    for (words, expected) in [
        ("user count", 5),
        ("customer count", 200),
        ("deal count", 60),
        ("deal count status:open", 35),
        ("deal count stage:won", 15),
        ("activity count", 300),
        ("followup count", 60),
        ("followup count status:done", 12),
        ("ticket count", 40),
        ("ticket count status:waiting", 4),
        ("ticket count status:closed", 10),
    ] {
        assert_eq!(count(words), expected, "{words}");
    }
    for (words, least) in [
        ("deal count created.before:-30d", 20),
        ("activity count at.before:-30d", 50),
        ("customer count owner:me", 80),
        ("followup count owner:me status:open", 15),
        ("ticket count owner:me", 10),
        ("contact count", 200),
    ] {
        assert!(count(words) >= least, "{words}: {}", count(words));
    }
}

#[test]
fn the_same_for_everybody_on_the_same_day() {
    let (one, other) = (TestEnvironment::new(), TestEnvironment::new());
    one.crm(["demo"]).ok();
    other.advance_clock(TimeDelta::hours(9));
    other.crm(["demo"]).ok();
    let first = everything(&one);
    assert_eq!(first, everything(&other));
    one.crm(["demo"]).ok();
    one.crm(["demo", "--reset"]).ok();
    assert_eq!(first, everything(&one));
}

#[test]
fn what_was_done_with_it_stays_until_the_day_is_past() {
    let env = TestEnvironment::new();
    env.crm(["demo"]).ok();
    let store = demo_store(&env);
    assert!(env.crm(["undo", "--store", &store]).fails(1).contains("nothing to undo"));
    let count = || env.crm(["customer", "count", "--store", &store]).ok();
    env.crm(["customer", "add", "Mine", "--store", &store]).ok();
    env.crm(["demo"]).ok();
    assert_eq!(count(), "201\n");
    env.crm(["undo", "--store", &store]).ok();
    assert_eq!(count(), "200\n");
    env.crm(["customer", "add", "Mine", "--store", &store]).ok();
    env.crm(["demo", "--reset"]).ok();
    assert_eq!(count(), "200\n");
    env.crm(["customer", "add", "Mine", "--store", &store]).ok();
    env.advance_clock(TimeDelta::days(1));
    env.crm(["demo"]).ok();
    assert_eq!(count(), "200\n");
}

#[test]
fn the_persons_own_store_is_left_alone() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Real"]).ok();
    let before = std::fs::read(env.store()).unwrap();
    env.crm(["demo"]).ok();
    env.crm(["demo", "--reset"]).ok();
    assert_eq!(std::fs::read(env.store()).unwrap(), before);
    assert_eq!(env.crm(["customer", "list", "-o", "template={{name}}"]).ok(), "Real\n");
}

#[test]
fn several_at_once_make_one_whole_demo() {
    let env = TestEnvironment::new();
    let running: Vec<_> = (0..4).map(|_| env.crm(["demo"]).spawn()).collect();
    for each in running {
        let shown = each.wait().ok();
        assert!(shown.contains("\nQueue of everybody "), "{shown}");
    }
    let store = demo_store(&env);
    assert_eq!(env.crm(["customer", "count", "--store", &store]).ok(), "200\n");
    let left: Vec<_> =
        std::fs::read_dir(env.path("data/crm")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["demo.redb"], "no draft is left behind");
}

#[test]
fn what_is_derived_agrees_with_the_records() {
    let env = TestEnvironment::new();
    env.crm(["demo"]).ok();
    let store = Store::open(demo_store(&env).as_ref(), Access::Read, Duration::from_secs(5)).unwrap();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(verify(&snapshot.reader()).unwrap(), []);
}

#[test]
fn a_login_of_the_demo_people_does_not_clash() {
    let env = TestEnvironment::new();
    env.crm(["demo"]).user("chen.jing").ok();
    let store = demo_store(&env);
    let logins = env.crm(["user", "list", "-o", "template={{login}}", "--store", &store]).user("chen.jing").ok();
    assert_eq!(logins, "chen.jing\nchen.jing2\nwang.fang\nada.okafor\njonas.weber\n");
}

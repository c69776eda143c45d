//! What is said where something small is easily overlooked: a field in a hint, a word beside a test, a currency.

use super::shown;
use crate::harness::{TestEnvironment, shell_words};

fn with(lines: &[&str]) -> TestEnvironment {
    let env = TestEnvironment::new();
    lines.iter().for_each(|line| drop(env.crm(shell_words(line)).ok()));
    env
}

#[test]
fn a_hint_at_text_names_the_field_that_the_words_of_the_verb_become() {
    let env = with(&["customer add Acme", "followup add Call customer=C-1 due=today", "ticket add Down customer=C-1"]);
    for (line, hint) in [
        ("followup done F-1 result order=5", "or into outcome=..."),
        ("followup done F-1 客户说=好", "or into outcome=..."),
        ("ticket resolve T-1 restart order=5", "or into resolution=..."),
        ("ticket rate T-1 4 well ownr=5", "or into satisfaction_text=..."),
        ("ticket reply T-1 well outcom=5", "or into text=..."),
        ("customer add Foo ctiy:Oslo", "or into name=..."),
    ] {
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains(hint), "{line}: {said}");
    }
    let said = env.crm(shell_words("followup done F-1 客户说=好 --lang zh")).fails(2);
    assert!(said.contains("若为文字，请写在 -- 之后或写成 完成情况=…"), "{said}");
}

#[test]
fn words_between_the_ends_of_a_range_are_no_text_to_search_for() {
    let env =
        with(&["customer add Acme", "deal add Big customer=C-1 amount=20k", "deal add Tiny to customer=C-1 amount=5"]);
    for (words, right) in [
        (&["amount:10k", "to", "50k"][..], "amount:10k..50k"),
        (&["amount:10k", "..", "50k"], "amount:10k..50k"),
        (&["金额:1万", "至", "5万"], "金额:1万..5万"),
        (&["--where", "金额:1万 到 5万"], "金额:1万..5万"),
        (&["created:today", "to", "friday"], "created:today..friday"),
        (&["amount:", "10k"], "amount:10k"),
        (&["--where", "amount: 10k"], "amount:10k"),
        (&["--where", "金额： 1万到5万"], "金额:1万到5万"),
        (&["--where", "title: Big"], "title:Big"),
    ] {
        let output = env.crm(["deal", "list"]).args(words.iter().copied()).output();
        assert!(output.stderr.contains(right), "{words:?}: {}", output.stderr);
        assert_eq!(output.code, Some(2), "{words:?}");
    }
    for (words, found) in [
        (&["amount:1..", "\"to\""][..], "D-2\n"),
        (&["title~tiny", "to"], "D-2\n"),
        (&["Tiny", "to"], "D-2\n"),
        // In one word on a command line it is one test.
        (&["金额： 1万到5万"], "D-1\n"),
        (&["no:expected_close"], "D-1\nD-2\n"),
    ] {
        let output = env.crm(["deal", "list", "-o", "ids"]).args(words.iter().copied()).output();
        let mut ids: Vec<&str> = output.stdout.lines().collect();
        ids.sort_unstable();
        assert_eq!(ids, found.lines().collect::<Vec<_>>(), "{words:?}: {}", output.stderr);
    }
}

#[test]
fn bounds_and_ranges_are_read_as_they_are_said() {
    let env = with(&["customer add Acme", "config set currency CNY"]);
    for amount in ["9999", "10000", "50000", "50001"] {
        env.crm(["deal", "add", amount, "customer=C-1", &format!("amount={amount}")]).ok();
    }
    let ids = |noun: &str, filter: &str| {
        let mut ids: Vec<String> =
            env.crm([noun, "list", filter, "-o", "ids"]).ok().lines().map(str::to_owned).collect();
        ids.sort_unstable();
        ids.join(" ")
    };
    for (filter, found) in [
        ("金额:5万以上", "D-3 D-4"),
        ("金额：1万以下", "D-1 D-2"),
        ("金额:1万以内", "D-1 D-2"),
        ("金额:大于1万", "D-3 D-4"),
        ("金额:超过5万", "D-4"),
        ("金额:不超过1万", "D-1 D-2"),
        ("金额:至少5万元", "D-3 D-4"),
        ("金额:低于1万", "D-1"),
    ] {
        assert_eq!(ids("deal", filter), found, "{filter}");
    }
    for day in ["2026-11-29", "2026-11-30", "2026-12-04", "2026-12-05"] {
        env.crm(["followup", "add", day, "customer=C-1", &format!("due={day}")]).ok();
    }
    for filter in ["due:2026-11-30~2026-12-04", "due:2026-11-30～2026-12-04", "due:2026年11月30日-2026年12月4日"]
    {
        assert_eq!(ids("followup", filter), "F-2 F-3", "{filter}");
    }
    assert_eq!(env.crm(["followup", "list", "due:mon-fri", "-o", "ids"]).output().code, Some(0));
}

#[test]
fn an_amount_that_comes_to_be_in_another_currency_is_remarked_on() {
    let env = with(&["customer add Acme", "config set currency ＵＳＤ", "deal add A customer=C-1 amount='5000 EUR'"]);
    env.crm(shell_words("deal add B customer=C-1 amount='7000 EUR'")).ok();
    let told = |words: &[&str]| env.crm(words.iter().copied()).output().stderr;
    assert_eq!(told(&["deal", "set", "D-1", "amount=6000 EUR"]), "");
    let remark = "Amount: EUR is now USD; write 6000 EUR to keep it";
    let said = told(&["deal", "set", "D-1", "D-2", "amount=6000"]);
    assert_eq!(said.matches(remark).count(), 1, "{said}");
    assert!(shown(&env, "D-1")["record"]["amount"].to_string().contains("USD"));
    assert!(!told(&["deal", "set", "D-1", "amount=7000"]).contains("is now"));
    assert!(!told(&["deal", "set", "D-1", "amount=7000 EUR"]).contains("is now"), "who says it means it");
    let said = told(&["deal", "set", "D-1", "amount=1", "--lang", "zh"]);
    assert!(said.contains("EUR 已变为 USD；要保留原货币请写 1 EUR"), "{said}");
}

#[cfg(unix)]
#[test]
fn an_error_of_a_draft_names_the_file_that_was_asked_for() {
    let env = with(&["customer add Acme"]);
    let said = env.crm(["demo", "--store", "/no/such/x.redb"]).output().stderr;
    assert!(said.contains("/no/such/x.redb") && !said.contains(".part"), "{said}");
}

#[test]
fn the_article_before_a_vowel_has_an_n() {
    let env = with(&["customer add Acme"]);
    let said = env.crm(["log", "call", "C-1", "hello"]).ok();
    let said = env.crm(["activity", "set", said.trim(), "colour=red"]).output().stderr;
    assert!(said.contains("An activity has no field 'colour'"), "{said}");
}

#[test]
fn what_a_killed_command_left_beside_the_store_goes_with_the_next_that_writes() {
    let env = with(&["customer add Acme"]);
    let (store, mut process) = (env.store(), std::process::Command::new("true").spawn().unwrap());
    process.wait().unwrap();
    let name = store.file_name().unwrap().to_str().unwrap();
    let part = |pid: u32| store.with_file_name(format!(".{name}.{pid}-0.part"));
    let (dead, alive) = (part(process.id()), part(std::process::id()));
    [&dead, &alive].into_iter().for_each(|path| std::fs::write(path, "x").unwrap());
    env.crm(["customer", "list"]).ok();
    env.crm(["customer", "add", "Beta"]).ok();
    assert!(!dead.exists() && alive.exists());
}

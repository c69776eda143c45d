//! What is typed and meant: unknown fields, quotes in lists, names that several records have.

use serde_json::json;

use super::shown;
use crate::harness::{TestEnvironment, shell_words};

#[test]
fn a_word_that_seems_to_set_a_field_that_is_not_there_is_refused() {
    let env = TestEnvironment::new();
    for line in [
        "customer add Acme",
        "deal add Big customer=C-1",
        "ticket add Broken customer=C-1",
        "followup add Call due=today",
    ] {
        env.crm(shell_words(line)).ok();
    }
    for (line, hint) in [
        ("customer add Foo grde=A", "did you mean grade=...?"),
        ("c add 测试B 属行业=软件", "did you mean 所属行业=...?"),
        ("c add 测试B 细地址＝文三路", "did you mean 详细地址=...?"),
        ("p add 李 联系方式=13800138000", "did you mean 电话=...?"),
        ("d add 商机A 售阶段+=商务谈判", "did you mean 销售阶段=...?"),
        ("t add 无法开机 理渠道-=微信", "did you mean 受理渠道=...?"),
        ("log call C-1 hi outcom=reached", "did you mean outcome=...?"),
        ("log call C-1 E=mc2", "goes behind --"),
        ("log call C-1 hi next=\"fri send wher=x\"", "goes into title=..."),
        ("ticket note T-1 foo=bar", "goes behind --"),
        ("ticket reply T-1 foo=bar", "goes behind --"),
        ("ticket resolve T-1 foo=bar", "goes behind --"),
        ("ticket rate T-1 5 foo=bar", "goes behind --"),
        ("ticket assign T-1 me foo=bar", "goes behind --"),
        ("followup done F-1 foo=bar", "goes behind --"),
        ("deal move D-1 next foo=bar", "has no field 'foo'"),
        ("deal set D-1 售阶段=赢单", "did you mean 销售阶段?"),
    ] {
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains("has no field '") && said.contains(hint), "{line}: {said}");
    }
    let zh = env.crm(shell_words("c add 测试 级刖=A")).args(["--lang", "zh"]).fails(2);
    assert!(zh.contains("客户没有字段“级刖”") && zh.contains("若为文字，请写在 -- 之后"), "{zh}");
    assert_eq!(env.crm(["customer", "count"]).ok(), "1\n");
}

#[test]
fn a_full_width_colon_assigns_and_a_field_before_a_colon_is_refused_as_a_filter() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "测试公司", "城市：苏州", "级别：A", "备注：https://x.example/?a=b"]).ok();
    let said = &shown(&env, "C-1")["record"];
    let of = |name: &str| said[name].clone();
    assert_eq!((of("name"), of("city"), of("grade")), (json!("测试公司"), json!("苏州"), json!("A")));
    assert_eq!(of("note"), "https://x.example/?a=b");
    env.crm(["customer", "set", "C-1", "城市：杭州"]).ok();
    assert_eq!(shown(&env, "C-1")["record"]["city"], "杭州");
    for (line, hint) in [
        ("customer add Foo city:Shanghai", "did you mean city=Shanghai? what is meant as text goes behind --"),
        ("customer add Foo City:Shanghai", "City=Shanghai"),
        ("c add 测试 城市:苏州", "城市=苏州"),
        ("deal add Big amount:10k", "amount=10k"),
        ("log call C-1 hi outcome:reached", "outcome=reached"),
        ("log call C-1 hi next=\"fri send priority:high\"", "priority=high? what is meant as text goes into title="),
    ] {
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains("is written as in a filter") && said.contains(hint), "{line}: {said}");
    }
    let id =
        env.crm(shell_words("log note C-1 10:30 关于：x see website://x \"Note: a\" title: b -- outcome:reached")).ok();
    let text = "10:30 关于：x see website://x Note: a title: b outcome:reached";
    assert_eq!(shown(&env, id.trim())["record"]["text"], text);
    assert_eq!(shown(&env, env.crm(["customer", "add", "name=city:Oslo"]).ok().trim())["record"]["name"], "city:Oslo");
}

#[test]
fn text_with_an_equals_sign_is_kept_where_it_can_be_nothing_else() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    for (line, text) in [
        ("log note C-1 see https://x.example/?a=b", "see https://x.example/?a=b"),
        ("log note C-1 1+1=2 x.y=1 a:b=1", "1+1=2 x.y=1 a:b=1"),
        ("log note C-1 \"the sum is x = y\"", "the sum is x = y"),
        ("log note C-1 text=E=mc2", "E=mc2"),
        ("log note C-1 minutes=5 -- E=mc2 outcome=reached next=x", "E=mc2 outcome=reached next=x"),
    ] {
        let id = env.crm(shell_words(line)).ok();
        assert_eq!(shown(&env, id.trim())["record"]["text"], text, "{line}");
    }
    let id = env.crm(shell_words("customer add name=a=b")).ok();
    assert_eq!(shown(&env, id.trim())["record"]["name"], "a=b");
    let id = env.crm(shell_words("customer add city=Oslo -- grade=A")).ok();
    assert_eq!(shown(&env, id.trim())["record"]["name"], "grade=A");
    let ids = env.crm(shell_words("log call C-1 hi next=\"fri send quote priority=high\"")).ok();
    let followup = shown(&env, ids.lines().last().unwrap())["record"].clone();
    assert_eq!((&followup["title"], &followup["priority"]), (&json!("send quote"), &json!("high")));
}

#[test]
fn an_item_with_a_comma_in_quotes_comes_back_as_it_was() {
    let env = TestEnvironment::new();
    let id = env.crm(["customer", "add", "Acme", r#"tag="x, y",z"#]).ok();
    assert_eq!(shown(&env, id.trim())["record"]["tag"], json!(["x, y", "z"]));
    env.crm(["customer", "set", "C-1", r#"tag-="x, y""#]).ok();
    assert_eq!(shown(&env, "C-1")["record"]["tag"], json!(["z"]));
    env.crm(["customer", "set", "C-1", r#"tag+="a; b""#]).ok();
    let csv = env.crm(["customer", "list", "-o", "tsv", "--no-header", "--columns", "tag"]).ok();
    assert_eq!(csv, "z;\"a; b\"\n");
    env.crm(["customer", "set", "C-1", &format!("tag={}", csv.trim())]).ok();
    assert_eq!(shown(&env, "C-1")["record"]["tag"], json!(["z", "a; b"]));
}

#[test]
fn where_a_value_came_apart_and_nothing_was_found_the_spelling_is_told() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Foo, Inc.", "tag=big deal"]).ok();
    for (words, spelled) in [
        (["customer", "list", "name:Foo, Inc."].to_vec(), r#"'name:"Foo, Inc."'"#),
        (["customer", "count", "tag:'big deal'"].to_vec(), r#"'tag:"big deal"'"#),
        (["customer", "list", "--where", "tag:'big deal'"].to_vec(), r#"tag:"big deal""#),
        (["customer", "set", "--where", "name:Foo,Inc.", "city=Oslo"].to_vec(), r#"name:"Foo,Inc.""#),
    ] {
        let found = env.crm(&words).output();
        assert!(found.stderr.contains(&format!("is written {spelled}")), "{words:?}: {}", found.stderr);
        assert_eq!(found.code, Some(0));
    }
    let found = env.crm(["customer", "list", r#"name:"Foo, Inc.""#, "-o", "ids"]).output();
    assert_eq!((found.stdout.as_str(), found.stderr.as_str()), ("C-1\n", ""));
    let found = env.crm(["customer", "list", "name:Foo, Inc.,Foo*", "-o", "ids"]).output();
    assert_eq!((found.stdout.as_str(), found.stderr.as_str()), ("C-1\n", ""), "something was found");
}

#[test]
fn users_of_one_name_are_told_with_their_logins_once() {
    let env = TestEnvironment::new();
    env.crm(shell_words("user add 张伟 login=zhang1")).ok();
    env.crm(shell_words("user add 张伟 login=zhang2")).ok();
    let said = env.crm(shell_words("customer add Acme owner=张伟")).fails(3);
    assert!(said.contains("张伟 (zhang1), U-3 张伟 (zhang2)"), "{said}");
}

#[test]
fn namesakes_are_told_apart_and_the_other_words_say_which_is_meant() {
    let env = TestEnvironment::new();
    for line in [
        "customer add Acme city=Oslo",
        "customer add Beta city=Rome",
        "contact add Sam Lee customer=C-1 email=sam@acme.example",
        "contact add Sam Lee customer=C-2",
        "customer add Twin city=Oslo",
        "customer add Twin city=Rome phone=555-0100",
        "deal add Held customer=C-2",
    ] {
        env.crm(shell_words(line)).ok();
    }
    let said = env.crm(["deal", "add", "Big", "contact=Sam Lee"]).fails(3);
    assert!(said.contains("P-1 Sam Lee (Acme, sam@acme.example), P-2 Sam Lee (Beta)"), "{said}");
    let said = env.crm(["customer", "show", "Twin"]).fails(3);
    assert!(said.contains("C-3 Twin (Oslo), C-4 Twin (555-0100, Rome)"), "{said}");
    let said = env.crm(["log", "call", "Sam Lee", "hi"]).fails(3);
    assert!(said.contains("P-2 Sam Lee (Beta)"), "{said}");
    let contact = |id: &str| shown(&env, id.trim())["record"]["contact"]["id"].clone();
    for words in [
        ["deal", "add", "Big", "customer=Beta", "contact=Sam Lee"].as_slice(),
        &["deal", "add", "Big", "contact=Sam Lee", "customer=C-2"],
        &["followup", "add", "Call", "due=today", "deal=D-1", "contact=Sam Lee"],
        &["log", "call", "D-1", "hi", "contact=Sam Lee"],
        &["log", "call", "Sam Lee", "hi", "customer=Beta"],
        &["deal", "set", "D-1", "contact=Sam Lee"],
    ] {
        assert_eq!(contact(&env.crm(words).ok()), "P-2", "{words:?}");
    }
    assert_eq!(contact(&env.crm(["deal", "set", "D-1", "customer=Acme", "contact=Sam Lee"]).ok()), "P-1");
}

#[test]
fn help_shows_an_option_that_must_be_given_as_one() {
    let env = TestEnvironment::new();
    let help = env.crm(["changes", "--help"]).ok();
    assert!(help.contains("crm changes --since X"), "{help}");
    env.crm(["changes"]).fails(2);
}

#[test]
fn set_tells_of_a_field_of_another_kind_and_of_one_that_is_written_as_a_filter() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["deal", "add", "Big", "customer=C-1"]).ok();
    for word in ["城市：上海", "城市=上海", "city：Rome"] {
        let said = env.crm(["deal", "set", "D-1", word]).fails(2);
        assert!(said.contains("A deal has no field"), "{word}: {said}");
    }
    let said = env.crm(["customer", "set", "C-1", "city:Rome"]).fails(3);
    assert!(said.contains("city=Rome"), "{said}");
}

#[test]
fn a_field_and_its_value_that_the_shell_took_apart_are_refused() {
    let env = TestEnvironment::new();
    for words in [
        &["customer", "add", "甲", "城市", "=", "杭州"][..],
        &["customer", "add", "甲", "城市", "：杭州"],
        &["customer", "add", "甲", "城市=", "杭州"],
        &["customer", "add", "甲", "城市：", "杭州"],
        &["customer", "add", "甲", "备注=“老板", "姓陈”"],
    ] {
        let error = env.crm(words).fails(2);
        assert!(error.contains("several words"), "{words:?}: {error}");
    }
    assert_eq!(env.crm(["customer", "add", "甲", "owner=", "备注=“老板 姓陈”"]).ok(), "C-1\n");
}

#[test]
fn help_of_an_import_tells_of_the_escapes_in_tsv() {
    let env = TestEnvironment::new();
    let help = env.crm(["help", "import"]).ok();
    assert!(help.contains(r"\t \n \r \\ for tabs") && help.contains("are read back"), "{help}");
}

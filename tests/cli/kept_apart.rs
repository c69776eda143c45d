//! What is typed and not understood is refused, and becomes no part of a name or a text.

use serde_json::json;

use super::{id, shown};
use crate::harness::{TestEnvironment, shell_words};

fn some_records() -> TestEnvironment {
    let env = TestEnvironment::new();
    for line in ["customer add Acme", "customer add Beta", "deal add Big customer=C-1"] {
        env.crm(shell_words(line)).ok();
    }
    env
}

/// The id of the one record that a command makes.
fn made<S: AsRef<std::ffi::OsStr>>(env: &TestEnvironment, words: Vec<S>) -> String {
    env.crm(words).ok().trim().to_owned()
}

#[test]
fn a_slip_in_a_name_before_a_colon_is_refused_and_a_sentence_with_a_colon_is_text() {
    let env = some_records();
    for (line, hint) in [
        ("customer add Foo ctiy:Oslo", "did you mean city=...? what is meant as text goes behind -- or into name=..."),
        ("customer add Foo grde:A", "did you mean grade=...?"),
        ("customer add Foo 电活：1380", "did you mean 电话=...?"),
        ("log call C-1 hi outcom:reached", "did you mean outcome=...?"),
        ("log call C-1 hi 'next:fri call'", "did you mean next=fri call?"),
        (
            "log call C-1 hi next=\"fri send piority:high\"",
            "did you mean priority=...? what is meant as text goes into",
        ),
    ] {
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains(hint), "{line}: {said}");
    }
    let text = "结论：可以 方案：三期 客服：在 回访：张三 Re: call Re:call http://x 10:30 C:x Note: back 问题：多";
    let mut words = vec!["log", "note", "C-1"];
    words.extend(text.split(' '));
    let kept = env.crm(words).ok();
    assert_eq!(shown(&env, kept.trim())["record"]["text"], text);
    for text in [
        "客户说：价格太高",
        "客户想：先试用 三个月",
        "单号：SF1234567",
        "说明：见附件",
        "地址：文三路1号",
        "版本：2.0 已装",
        "version:2.0 is in",
        "创建时间：昨天",
        "下次：再议",
    ] {
        let kept = made(&env, ["log", "电话", "C-1"].into_iter().chain(text.split(' ')).collect::<Vec<_>>());
        assert_eq!(shown(&env, &kept)["record"]["text"], text);
    }
    let ticket = id(&env, ["ticket", "add", "打不开", "版本：2.0", "customer=C-1"]);
    assert_eq!(shown(&env, &ticket)["record"]["subject"], "打不开 版本：2.0");
    for text in ["单号：SF1234567", "说明：见附件", "地址：文三路1号"] {
        env.crm(["ticket", "reply", &ticket, text]).ok();
    }
    for name in ["冒号：测试公司", "Foo 详细地趾:文三路"] {
        let added = made(&env, ["customer", "add"].into_iter().chain(name.split(' ')).collect::<Vec<_>>());
        assert_eq!(shown(&env, &added)["record"]["name"], name);
    }
    // What becomes the name needs no field for it.
    assert_eq!(shown(&env, &id(&env, ["deal", "add", "tile:5 rooms"]))["record"]["title"], "tile:5 rooms");
    assert_eq!(shown(&env, &id(&env, ["customer", "add", "--", "ctiy:Oslo"]))["record"]["name"], "ctiy:Oslo");
    assert_eq!(shown(&env, &id(&env, ["customer", "add", "name=ctiy:Oslo"]))["record"]["name"], "ctiy:Oslo");
}

#[test]
fn a_value_that_goes_on_in_the_next_words_is_refused_with_its_quoted_spelling() {
    let env = some_records();
    for (line, right) in [
        ("deal add X 金额=12万 5千", "金额='12万 5千'"),
        ("deal add X amount=1 200 000", "amount='1 200 000'"),
        ("deal add X amount=12万 CNY", "amount='12万 CNY'"),
        ("deal add X probability=50 %", "probability='50 %'"),
        ("followup add 开会 截止=明天 下午 三点", "截止='明天 下午 三点'"),
        ("followup add call due=fri 3 pm", "due='fri 3 pm'"),
        ("followup add call due=next friday", "due='next friday'"),
        ("followup add call due=today minutes=1 hour", "minutes='1 hour'"),
        ("followup add call due=today repeat=every 2 weeks", "repeat='every 2 weeks'"),
        ("contact add phone=138 0013 8000 李四", "phone='138 0013 8000'"),
        ("log call C-1 hi minutes=1 hour", "minutes='1 hour'"),
        ("customer set C-1 employees=1 200", "employees='1 200'"),
        ("contact add 李四 电话=（0571）8888 7777－802", "电话='（0571）8888 7777－802'"),
    ] {
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains("is in several words") && said.contains(right), "{line}: {said}");
    }
    for (line, title) in [
        ("deal add x amount=5 Oslo", "x Oslo"),
        ("deal add amount=5 3 chairs", "3 chairs"),
        ("followup add due=fri 3 chairs", "3 chairs"),
        ("followup add due=today 5 people", "5 people"),
        ("followup add due=明天 3号楼 验收", "3号楼 验收"),
        ("followup add due=today minutes=30 10 boxes", "10 boxes"),
        ("followup add due=today repeat=weekly report", "report"),
    ] {
        let added = env.crm(shell_words(line)).ok();
        assert_eq!(shown(&env, added.trim())["record"]["title"], title, "{line}");
    }
}

#[test]
fn a_field_and_its_sign_are_one_word_and_the_spelling_without_spaces_is_told() {
    let env = some_records();
    for (line, right) in [
        (
            "log 电话 C-1 好 next = 明天",
            "'next = 明天' is in several words\nhint: a field and its value are one word: next=明天",
        ),
        ("log 电话 C-1 好 next= 明天", "next=明天"),
        ("log 电话 C-1 好 下一步 =明天", "下一步=明天"),
        ("deal add X amount =5", "amount=5"),
        ("deal add X amount = 5", "amount=5"),
        ("deal add X amount += 5", "amount+=5"),
        ("deal add X 金额 ： 5", "金额：5"),
        ("deal add X amuont = 5", "amuont=5; what is meant as text goes behind --"),
    ] {
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains(right), "{line}: {said}");
    }
    let sum = env.crm(shell_words("log note C-1 1 + 1 = 2")).ok();
    assert_eq!(shown(&env, sum.trim())["record"]["text"], "1 + 1 = 2");
}

#[test]
fn a_name_that_stands_on_both_sides_of_a_value_is_told() {
    let env = some_records();
    let added = env.crm(shell_words("customer add 地址公司 地址=文三路 100号 城市=杭州")).output();
    assert_eq!(shown(&env, added.stdout.trim())["record"]["name"], "地址公司 100号");
    assert!(
        added.stderr.contains("name: 地址公司 100号; if '100号' belongs to the value before it, quote that value"),
        "{}",
        added.stderr
    );
    for line in ["customer add 甲 乙 城市=杭州", "customer add 城市=杭州 丙 丁", "customer add 戊 城市=杭州 级别=A"]
    {
        let added = env.crm(shell_words(line)).output();
        assert!(!added.stderr.contains("belongs to"), "{line}: {}", added.stderr);
    }
}

#[test]
fn the_next_step_goes_by_the_names_that_the_screen_has_for_it() {
    let env = some_records();
    for name in ["下次跟进", "下次跟进时间", "下次联系", "下次联系时间", "下一步"] {
        let said = env.crm(["log", "电话", "C-1", "好", &format!("{name}=明天 {name}")]).ok();
        let follow_up = said.split_whitespace().last().unwrap_or_default();
        assert_eq!(shown(&env, follow_up)["record"]["title"], name, "{said}");
    }
}

#[test]
fn what_messages_go_through_is_a_way_to_be_in_touch_everywhere() {
    let env = some_records();
    for (way, kind, channel) in [
        ("企业微信", "message", json!("wecom")),
        ("飞书", "message", json!("feishu")),
        ("微信", "message", json!("wechat")),
        ("视频会议", "meeting", json!(null)),
        ("通电话", "call", json!(null)),
        ("回访", "visit", json!(null)),
        ("消息", "message", json!(null)),
    ] {
        let record = shown(&env, &id(&env, ["log", way, "C-1", "好"]))["record"].clone();
        assert_eq!((&record["type"], &record["channel"]), (&json!(kind), &channel), "{way}");
    }
    let planned = made(&env, shell_words("followup add x 截止=明天 方式=微信"));
    assert_eq!(shown(&env, &planned)["record"]["type"], "message");
    env.crm(["activity", "set", "A-4", "方式=微信"]).ok();
    assert_eq!(env.crm(["activity", "list", "方式:微信", "-o", "ids"]).ok().lines().count(), 5);
    let ticket = made(&env, shell_words("ticket add x 渠道=企业微信 customer=C-1"));
    assert_eq!(shown(&env, &ticket)["record"]["channel"], "wecom");
    for (said, score) in [("5分", 5), ("四", 4), ("3星", 3), ("2", 2)] {
        env.crm(["工单", "评价", &ticket, said]).ok();
        assert_eq!(shown(&env, &ticket)["record"]["satisfaction"], score, "{said}");
    }
    env.crm(["工单", "评价", &ticket, "6分"]).fails(4);
}

#[test]
fn a_reminder_is_a_length_before() {
    let env = some_records();
    for (said, length) in [("30分钟前", "30m"), ("一天前", "1d"), ("提前半小时", "30m")] {
        let planned = id(&env, ["followup", "add", "x", "截止=明天 9:00", &format!("提醒={said}")]);
        let shown = env.crm(["show", &planned, "-o", "template={remind}"]).output();
        let listed = env.crm(["followup", "list", &format!("remind:{length}"), "-o", "ids"]).ok();
        assert!(listed.lines().any(|line| line == planned), "{said}: {listed} {}", shown.stdout);
    }
}

#[test]
fn what_has_not_been_yet_is_not_logged() {
    let env = some_records();
    for line in ["log call C-1 hi at=tomorrow", "log call C-1 hi at=+1h", "activity add hi customer=C-1 at=+1h"] {
        let said = env.crm(shell_words(line)).fails(4);
        assert!(said.contains("what has not been yet cannot be logged") && said.contains("followup add"), "{said}");
    }
    env.crm(shell_words("log call C-1 hi at=today")).ok();
    let now = env.crm(shell_words("activity add hi customer=C-1")).ok();
    let said = env.crm(["set", now.trim(), "at=+3d"]).fails(4);
    assert!(said.contains("cannot be logged"), "{said}");
}

#[test]
fn an_id_in_a_title_is_told_of_where_it_could_be_a_link() {
    let env = some_records();
    let said = env.crm(shell_words("followup add Call back C-2 due=today")).output();
    assert_eq!(said.code, Some(0));
    assert!(said.stderr.contains("C-2 stands in the title only; customer=C-2 links it"), "{}", said.stderr);
    let record = shown(&env, said.stdout.trim())["record"].clone();
    assert_eq!((&record["title"], &record["customer"]), (&json!("Call back C-2"), &json!(null)));
    for line in [
        "followup add Call back C-2 due=today customer=C-2",
        "followup add Call back C-99 due=today",
        "followup add P2 D1 due=today",
        "customer add Shop D-1",
    ] {
        let said = env.crm(shell_words(line)).output();
        assert!(!said.stderr.contains("links it"), "{line}: {}", said.stderr);
    }
}

#[test]
fn numbers_of_options_have_digits_of_any_width() {
    let env = some_records();
    assert_eq!(env.crm(["customer", "list", "--limit", "１", "--offset", "１", "-o", "ids"]).ok(), "C-2\n");
    env.crm(["customer", "list", "--limit", "一点五"]).fails(2);
}

#[test]
fn a_negated_test_in_one_word_is_one() {
    let env = some_records();
    env.crm(["customer", "set", "C-1", "grade=A"]).ok();
    for word in ["不是 级别:A", "not grade:A", "非 级别：A"] {
        assert_eq!(env.crm(["customer", "list", word, "-o", "ids"]).ok(), "C-2\n", "{word}");
    }
    env.crm(["customer", "add", "not here"]).ok();
    assert_eq!(env.crm(["customer", "list", "not here", "-o", "ids"]).ok(), "C-3\n");
}

#[test]
fn labels_lists_and_values_that_the_shell_takes_apart_are_refused() {
    let env = some_records();
    for (line, right) in [
        ("contact add Bob Job title=CEO", "title=CEO"),
        ("customer add Foo Sales region=North", "=North"),
        ("customer add Tg 'email=a@x.de,' b@x.de", "email='a@x.de, b@x.de'"),
        ("customer add Tg 标签=重点、 VIP", "标签='重点、 VIP'"),
        ("contact add Bob e-mail=bob@x.de", "did you mean email=...?"),
        ("contact add Bob e-mial=bob@x.de", "did you mean email=...?"),
        ("customer add 杭州云帆，城市=杭州", "杭州云帆 城市=杭州"),
        ("customer add 杭州云帆　城市=杭州", "杭州云帆 城市=杭州"),
        ("deal add Big 预计成交=下周 五", "预计成交='下周 五'"),
        ("deal add Big amount=十二 万", "amount='十二 万'"),
        ("deal add T amount: 5k", "amount=5k"),
        ("customer add Foo 级别 : A", "级别=A"),
        ("customer add Foo 级别=A 级", "级别='A 级'"),
    ] {
        let said = env.crm(shell_words(line)).fails(2);
        assert!(said.contains(right), "{line}: {said}");
    }
    for name in [
        "Well-known=good",
        "Note: call back",
        "order:12345 missing",
        "node:js",
        "vue:js",
        "contract:renewal",
        "state:x",
        "minute:maid",
        "云帆，杭州",
        "Title: none",
    ] {
        let added = made(&env, ["ticket", "add"].into_iter().chain(name.split(' ')).collect::<Vec<_>>());
        assert_eq!(shown(&env, &added)["record"]["subject"], name);
    }
}

//! Short names of fields and choices, through every door where a field or a choice is said.

use serde_json::json;

use super::{id, shown};
use crate::harness::{TestEnvironment, shell_words};

/// The telephone numbers of a record, each behind its label.
fn phones(env: &TestEnvironment, id: &str) -> String {
    let record = shown(env, id)["record"].clone();
    let phones = record["phone"].as_array().unwrap().iter();
    phones
        .map(|phone| format!("{} {}", phone["label"], phone["number"]).replace('"', ""))
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn short_names_of_fields_are_read_in_assignments() {
    let env = TestEnvironment::new();
    env.crm(["stage", "list"]).ok();
    let customer =
        id(&env, ["c", "add", "测试公司", "行业=软件", "地址：文三路 1 号", "手机=13800138000", "座机=0571-88886666"]);
    let record = shown(&env, &customer)["record"].clone();
    assert_eq!(record["name"], "测试公司");
    assert_eq!((&record["industry"], &record["address"]), (&json!("软件"), &json!("文三路 1 号")));
    assert_eq!(phones(&env, &customer), "mobile 13800138000, landline 0571-88886666");
    // The numbers of another label stay.
    env.crm(["c", "set", &customer, "手机=13900139000"]).ok();
    assert_eq!(phones(&env, &customer), "landline 0571-88886666, mobile 13900139000");
    env.crm(["c", "set", &customer, "座机="]).ok();
    assert_eq!(phones(&env, &customer), "mobile 13900139000");
    assert!(env.crm(["c", "set", &customer, "手机=1", "手机=2"]).fails(2).contains("phone"));
    env.crm(["c", "set", &customer, "手机+=13700137000"]).ok();
    assert_eq!(phones(&env, &customer), "mobile 13900139000, mobile 13700137000");
    for words in [["手机=13900139000", "电话=010-88888888"], ["电话=010-88888888", "手机=13900139000"]] {
        env.crm(["c", "set", &customer]).args(words).ok();
        assert_eq!(phones(&env, &customer), "null 010-88888888, mobile 13900139000", "{words:?}");
    }
    assert!(env.crm(["c", "set", &customer, "电话=1", "手机=1", "电话=2"]).fails(2).contains("phone"));

    let deal = id(&env, ["d", "add", "商机A", &format!("客户={customer}"), "阶段=qualify", "预计成交=2026-12-31"]);
    let record = shown(&env, &deal)["record"].clone();
    assert_eq!((&record["title"], &record["expected_close"]), (&json!("商机A"), &json!("2026-12-31")));
    let contact = id(&env, ["p", "add", "单晓明", &format!("客户={customer}")]);
    assert_eq!(shown(&env, &contact)["record"]["customer"]["id"], json!(customer));
    let ticket = id(&env, ["t", "add", "无法开机", "渠道=微信", "序列号=SN1"]);
    let record = shown(&env, &ticket)["record"].clone();
    assert_eq!((&record["channel"], &record["serial"]), (&json!("wechat"), &json!("SN1")));
    let followup = id(&env, ["f", "add", "回访", "截止=2026-12-03", &format!("客户={customer}")]);
    assert_eq!(shown(&env, &followup)["record"]["due"], "2026-12-03");
}

#[test]
fn short_names_of_fields_are_read_in_filters_groups_columns_and_orders() {
    let env = TestEnvironment::new();
    for line in [
        "c add 甲 城市=杭州 行业=软件 地址=文三路",
        "c add 乙 城市=上海 行业=贸易 地址=南京路",
        "d add 丙 客户=C-1 金额=10",
    ] {
        env.crm(shell_words(line)).ok();
    }
    for (line, answer) in [
        ("c count 地址:文三路", "1\n"),
        ("c count --where 行业：软件", "1\n"),
        ("d count 客户.行业:软件", "1\n"),
        ("c count --by 行业 -o csv --no-header", "贸易,1\n软件,1\n"),
        ("c list --columns 名称,地址 --sort 行业 -o csv --no-header", "乙,南京路\n甲,文三路\n"),
        ("c list --columns name --sort -地址 -o csv --no-header", "甲\n乙\n"),
    ] {
        let printed = env.crm(shell_words(line)).ok();
        let (mut printed, mut wanted): (Vec<_>, Vec<_>) = (printed.lines().collect(), answer.lines().collect());
        if line.contains("--by") {
            printed.sort_unstable();
            wanted.sort_unstable();
        }
        assert_eq!(printed, wanted, "{line}");
    }
}

#[test]
fn names_that_no_field_has_are_refused_with_the_nearest() {
    let env = TestEnvironment::new();
    env.crm(["d", "add", "甲"]).ok();
    for (words, near) in [
        (&["d", "set", "D-1", "销售阶殴=x"][..], "销售阶段"),
        (&["c", "add", "乙", "人=x"], "推荐人"),
        (&["c", "list", "人:x"], "推荐人"),
        (&["d", "list", "日期:x"], "预计成交日期"),
        (&["d", "list", "--sort", "日期"], "预计成交日期"),
        (&["d", "add", "乙", "amonut=1"], "amount"),
    ] {
        let said = env.crm(words.to_vec()).args(["--lang", "zh"]).fails(2);
        assert!(said.contains(near), "{words:?}: {said}");
    }
    // What holds a sign before the = is text.
    let page = id(&env, ["c", "add", "https://x.example/?a=b", "1+1=2"]);
    assert_eq!(shown(&env, &page)["record"]["name"], "https://x.example/?a=b 1+1=2");
}

#[test]
fn contact_is_logged_by_any_word_for_it() {
    let env = TestEnvironment::new();
    env.crm(["c", "add", "甲"]).ok();
    for (way, kind, channel) in [
        ("微信", "message", json!("wechat")),
        ("短信", "message", json!("sms")),
        ("消息", "message", json!(null)),
        ("打电话", "call", json!(null)),
        ("上门", "visit", json!(null)),
        ("meeting", "meeting", json!(null)),
    ] {
        let logged = id(&env, ["log", way, "C-1", "问价"]);
        let record = shown(&env, &logged)["record"].clone();
        assert_eq!((&record["type"], &record["channel"]), (&json!(kind), &channel), "{way}");
    }
    let said = env.crm(["log", "当面", "C-1", "问价", "--lang", "zh"]).fails(2);
    assert!(said.contains("跟进方式") && said.contains("发送资料"), "{said}");
    assert!(env.crm(["log", "微信", "C-1", "问价", "渠道=短信"]).fails(2).contains("channel"));
}

#[test]
fn the_fields_of_what_is_logged_have_short_names() {
    let env = TestEnvironment::new();
    env.crm(["c", "add", "甲"]).ok();
    let made = env
        .crm(["log", "会议", "C-1", "交流", "时间=2026-02-26 16:00", "时长=90", "结果=有意向", "下次跟进=明天 回访"])
        .ok();
    let ids: Vec<&str> = made.lines().collect();
    let record = shown(&env, ids[0])["record"].clone();
    assert_eq!(
        (&record["text"], &record["minutes"], &record["outcome"]),
        (&json!("交流"), &json!(90), &json!("interested"))
    );
    assert!(record["at"].as_str().unwrap().starts_with("2026-02-26T"), "{record}");
    assert_eq!(shown(&env, ids[1])["record"]["title"], "回访");
}

#[test]
fn signs_and_words_of_chinese_filters_are_read_or_refused() {
    let env = TestEnvironment::new();
    for line in ["d add 大单 金额=200000", "d add 小单 金额=1000", "d add 中单 金额=100000"] {
        env.crm(shell_words(line)).ok();
    }
    for (filter, count) in [
        ("金额≥10万", "2"),
        ("金额≤10万", "2"),
        ("金额≠10万", "2"),
        ("金额＞10万", "1"),
        ("金额＜10万", "1"),
        ("金额>1万 并且 负责人:我", "2"),
        ("金额>1万 而且 不是 名称:大单", "1"),
        ("名称:大单 或者 名称:小单", "2"),
        ("名称:大单、小单", "2"),
        ("名称≠大单、小单", "1"),
        ("大单、小单", "0"),
    ] {
        assert_eq!(env.crm(["d", "count", "--where", filter]).ok().trim(), count, "{filter}");
    }
    assert_eq!(env.crm(["d", "count", "金额≥10万", "并且", "名称:中单"]).ok(), "1\n");
    for (filter, right) in [("金额大于10万", "金额>10万"), ("金额》10万", "金额>10万"), ("负责人不是我", "负责人!=我")]
    {
        let said = env.crm(["d", "count", filter, "--lang", "zh"]).fails(2);
        assert!(said.contains(right), "{filter}: {said}");
    }
}

#[test]
fn kinds_and_verbs_are_said_in_chinese() {
    let env = TestEnvironment::new();
    for (line, answer) in [
        ("客户 新建 甲 城市=杭州", "C-1\n"),
        ("客户 新增 乙", "C-2\n"),
        ("商机 添加 丙 客户=甲 金额=10", "D-1\n"),
        ("商机 移动 D-1 下一阶段", "D-1\n"),
        ("记录 电话 甲 问价", "A-1\n"),
        ("跟进 新建 回访 截止=2026-12-03 客户=甲", "F-1\n"),
        ("客户 修改 C-2 城市=上海", "C-2\n"),
        ("客户 统计", "2\n"),
        ("客戶 統計 城市:杭州", "1\n"),
        ("查看 C-2 -o template={{name}}", "乙\n"),
        ("客户 列表 --columns 名称 -o csv --no-header --sort id", "甲\n乙\n"),
        ("客户 统计 --by 城市 --sort -数量 -o csv --no-header", "上海,1\n杭州,1\n"),
        ("导出 客户 --columns 名称 -o csv --no-header", "甲\n乙\n"),
        ("设置 设置 currency 人民币", ""),
        ("config get currency", "CNY\n"),
    ] {
        assert_eq!(env.crm(shell_words(line)).ok(), answer, "{line}");
    }
    env.write("a.csv", "客户名称\n丁\n");
    env.crm(["导入", "a.csv", "--into", "客户"]).ok();
    for (line, holds) in [
        ("帮助", "crm demo"),
        ("help 客户", "crm help fields customer"),
        ("客户 新建 --help", "crm customer add"),
        ("帮助 字段 客户", "grade"),
    ] {
        let page = env.crm(shell_words(line)).ok();
        assert!(page.contains(holds), "{line}: {page}");
    }
    let page = env.crm(["help", "--lang", "zh"]).ok();
    assert!(page.contains("add、新建") && page.contains("crm 客户 新建"), "{page}");
    assert!(env.crm(["客户", "飞"]).fails(2).contains("飞"));
}

#[test]
fn tables_for_chinese_readers_say_labels_and_files_codes() {
    let env = TestEnvironment::new();
    env.crm(["c", "add", "甲"]).ok();
    env.crm(["c", "set", "C-1", "级别=A", "城市=杭州"]).ok();
    for (line, labels, codes) in [
        ("c add 乙 级别=A --dry-run", "新建 客户级别", "create grade"),
        ("c set C-1 城市=上海 --dry-run", "修改 城市", "change city"),
        ("c rm C-1 --dry-run", "移入回收站", "trash"),
        ("changes --since 2020-01-01", "新建 修改 客户级别、城市", "created changed grade,city"),
    ] {
        let table = env.crm(shell_words(line)).args(["--lang", "zh", "-o", "table"]).ok();
        assert!(labels.split(' ').all(|label| table.contains(label)), "{line}: {table}");
        let csv = env.crm(shell_words(line)).args(["--lang", "zh", "-o", "csv"]).ok();
        assert!(codes.split(' ').all(|code| csv.contains(code)) && !csv.contains("客户级别"), "{line}: {csv}");
    }
    let fields = env.crm(["help", "fields", "deal", "--lang", "zh"]).ok();
    assert!(fields.contains("进行中") && fields.contains("-> 客户") && fields.contains("亦作阶段"), "{fields}");
}

#[test]
fn a_contact_of_another_customer_is_linked_with_a_remark_on_whose_it_is() {
    let env = TestEnvironment::new();
    ["Acme", "Beta"].into_iter().for_each(|name| drop(id(&env, ["c", "add", name])));
    id(&env, ["p", "add", "Kay", "customer=Acme", "email=kay@acme.example"]);
    let remark = "Kay (P-1) is a contact of Acme (C-1)";
    let told = |words: &[&str]| {
        let output = env.crm(words.iter().copied()).output();
        assert_eq!(output.code, Some(0), "{words:?}: {}", output.stderr);
        output.stderr.contains(remark)
    };
    assert!(told(&["deal", "add", "X", "customer=Beta", "contact=Kay"]));
    assert_eq!(shown(&env, "D-1")["record"]["contact"]["id"], "P-1");
    assert!(told(&["deal", "set", "D-1", "contact=kay"]));
    assert!(told(&["log", "call", "C-2", "hello", "contact=Kay"]));
    assert!(!told(&["deal", "add", "Y", "customer=Beta", "contact=P-1"]));
    assert!(told(&["deal", "add", "Y", "customer=Beta", "contact=kay@acme.example"]));
    assert!(told(&["p", "add", "Lou", "customer=Beta", "reports_to=Kay"]));
    assert!(!told(&["deal", "add", "Z", "customer=Acme", "contact=Kay"]));
    assert!(!told(&["deal", "add", "Z", "contact=Kay"]));
    // Where the customer has one of that name, it is meant.
    id(&env, ["p", "add", "Kay", "customer=Beta"]);
    assert!(!told(&["deal", "add", "W", "customer=Beta", "contact=Kay"]));
    let chinese = env.crm(["--lang", "zh", "deal", "add", "V", "customer=Beta", "contact=P-1"]).output();
    assert_eq!(chinese.stderr, "");
}

//! A working day: what is done on the screen is in the store, and what is undone there is not.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Terminal, TestEnvironment, named};

const SIZE: (u16, u16) = (120, 36);
/// The steps of the day, each as it is undone, the last first.
const STEPS: [&str; 7] = [
    "customer set C-1 C-2 C-3 C-4 C-5 C-6 C-7 C-8 C-9 C-10 grade=A",
    "ticket resolve T-1",
    "ticket reply T-1",
    "deal move D-1 won",
    "followup done F-1",
    "log call C-13",
    "customer add",
];

/// Twelve customers, and something to do for three of them.
fn prepared() -> TestEnvironment {
    let env = TestEnvironment::new();
    for number in 1..=12 {
        env.crm(["customer", "add", &format!("上海第{number:02}公司"), "grade=B"]).ok();
    }
    env.crm(["deal", "add", "年度框架协议", "customer=C-1", "amount=12万", "stage=proposal"]).ok();
    env.crm(["followup", "add", "寄报价", "due=today", "customer=C-2"]).ok();
    env.crm(["ticket", "add", "打印机坏了", "customer=C-3"]).ok();
    env
}

/// What the records of these kinds hold, by their ids, but for when and how often they were written.
fn held(env: &TestEnvironment) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for noun in ["customer", "deal", "followup", "ticket", "activity"] {
        let listed: Value = serde_json::from_str(&env.crm([noun, "list", "-o", "json"]).ok()).unwrap();
        for record in listed["records"].as_array().unwrap() {
            let mut record = record.clone();
            for field in ["version", "updated", "updated_by"] {
                record.as_object_mut().unwrap().remove(field);
            }
            all.insert(record["id"].as_str().unwrap().to_owned(), record);
        }
    }
    all
}

/// Adds a customer by the form, logs a call on it and plans the next step.
fn meet(screen: &mut Terminal) {
    screen.keys("a").see("New customer");
    screen.keys("上海华盛科技有限公司").see("Name*                 上海华盛科技有限公司");
    screen.keys(named::CTRL_O).see("Done: C-13");
    screen.wait("cursor on the new customer", |picture| picture.here().contains(">  上海华盛"));
    screen.keys("cc").see("Call · 上海华盛科技有限公司");
    screen.keys("聊了报价\rfri 寄合同").see("Fri 2026-03-06, in 4 days: 寄合同");
    screen.keys("\r").see("Done: A-1 F-2");
    screen.gone("Call · 上海华盛");
    screen.wait("the next step beside the list", |picture| picture.has("Next") && picture.has("F-2  寄合同"));
}

/// Finishes what is due, wins the deal, answers the ticket and resolves it.
fn work(screen: &mut Terminal) {
    screen.keys("3").wait("cursor on what is due", |picture| picture.here().contains("寄报价"));
    screen.keys("x").see("Done · 寄报价");
    screen.keys("已寄出\r").see("Outcome    已寄出");
    screen.keys("\r").see("Done: F-1");
    screen.see("1 done today");

    screen.keys("2").see("年度框架协议");
    screen.keys("w").see("D-1 won");
    screen.see("0 open");

    screen.keys("4").wait("cursor on the ticket", |picture| picture.here().contains("打印机坏了"));
    screen.keys("r").see("Reply · 打印机坏了");
    screen.keys("马上处理\r\r").see("Done: A-2");
    screen.wait("answered ticket", |picture| picture.here().contains("solution"));
    screen.keys("x").see("Resolved · 打印机坏了");
    screen.keys("换了硒鼓\r").see("Done: T-1");
    screen.see("No ticket is open");
}

/// Gives ten customers another grade, looking at it first.
fn regrade(screen: &mut Terminal) {
    screen.keys("1").see("13 customers");
    screen.keys("ggj").wait("cursor on the first of ten", |picture| picture.here().contains(">  上海第01公司"));
    screen.keys(&" ".repeat(10)).see("10 marked");
    screen.keys("e").see("10 customers ─");
    screen.keys("\t\ta\r").see("10 of 10 would change");
    screen.keys(named::CTRL_O).see("Change 10 records?");
    screen.see(STEPS[0]);
    screen.keys("y").see("Done: C-1 C-2 C-3 C-4 C-5 … 10");
    screen.wait("ten other grades", |picture| {
        let graded = |line: &str| line.split("公司").nth(1).is_some_and(|rest| rest.trim_start().starts_with("A "));
        picture.lines.iter().filter(|line| graded(line)).count() == 10
    });
}

#[test]
fn a_working_day_is_done_and_undone() {
    let env = prepared();
    let morning = held(&env);
    let mut screen = env.screen([""; 0], SIZE);
    screen.see("12 customers");
    meet(&mut screen);
    work(&mut screen);
    regrade(&mut screen);

    // The command line sees all of it while the screen is open.
    let evening = held(&env);
    assert_eq!(evening["C-13"]["name"], "上海华盛科技有限公司");
    assert_eq!(evening["C-13"]["next_followup"].as_str().map(|at| &at[..10]), Some("2026-03-06"));
    let call = &evening["A-1"];
    assert_eq!((&call["type"], &call["text"]), (&"call".into(), &"聊了报价".into()));
    assert_eq!((&evening["F-2"]["title"], &evening["F-2"]["status"]), (&"寄合同".into(), &"open".into()));
    assert_eq!((&evening["F-1"]["status"], &evening["F-1"]["outcome"]), (&"done".into(), &"已寄出".into()));
    assert_eq!(evening["D-1"]["status"], "won");
    assert_eq!(evening["A-2"]["text"], "马上处理");
    assert_eq!((&evening["T-1"]["status"], &evening["T-1"]["resolution"]), (&"resolved".into(), &"换了硒鼓".into()));
    let graded =
        |all: &BTreeMap<String, Value>, grade: &str| all.values().filter(|record| record["grade"] == grade).count();
    assert_eq!((graded(&evening, "A"), graded(&evening, "B")), (10, 2));
    assert_eq!(evening.len(), morning.len() + 4);

    for step in STEPS {
        screen.keys("u").see(&format!("Undone: {step}"));
    }
    screen.keys("u").see("There is nothing to undo");
    screen.keys(named::CTRL_R).see("Done again: customer add");
    screen.see("13 customers");
    screen.keys("q");
    assert!(screen.end().success());
    screen.is_whole();

    let mut night = held(&env);
    let added = night.remove("C-13").unwrap();
    assert_eq!(added["name"], "上海华盛科技有限公司");
    assert_eq!(night, morning);
}

/// What an input method for Chinese sends for keys: letters, figures and marks of full width.
fn full_width(keys: &str) -> String {
    let wide = |key: char| match key {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(u32::from(key) - 0x20 + 0xff00).unwrap(),
        other => other,
    };
    keys.chars().map(wide).collect()
}

#[test]
fn a_working_day_is_done_without_leaving_the_input_method() {
    let env = prepared();
    let mut screen = env.screen(["--lang", "zh"], SIZE);
    let keys = |screen: &mut Terminal, keys: &str| {
        screen.keys(&full_width(keys));
    };
    screen.see("12 个客户");
    keys(&mut screen, "a");
    screen.see("新建客户");
    screen.keys("上海华盛科技有限公司").keys(named::CTRL_O).see("已新建：C-13");
    screen.wait("cursor on the new customer", |picture| picture.here().contains(">  上海华盛"));
    keys(&mut screen, "cc");
    screen.see("电话 · 上海华盛科技有限公司");
    screen.keys("聊了报价\r周五　寄合同").see("2026-03-06 周五（4天后）：寄合同");
    screen.keys("\r").see("已记录：A-1、F-2");

    keys(&mut screen, "3");
    screen.wait("cursor on what is due", |picture| picture.here().contains("寄报价"));
    keys(&mut screen, "x");
    screen.see("完成 · 寄报价");
    screen.keys("已寄出\r\r").see("已完成：F-1");
    keys(&mut screen, "2");
    screen.see("年度框架协议");
    keys(&mut screen, "w");
    screen.see("D-1 已赢单");
    keys(&mut screen, "4");
    screen.wait("cursor on the ticket", |picture| picture.here().contains("打印机坏了"));
    keys(&mut screen, "r");
    screen.see("回复 · 打印机坏了");
    screen.keys("马上处理\r\r").see("已回复：A-2");
    keys(&mut screen, "x");
    screen.keys("换了硒鼓\r").see("已解决：T-1");

    keys(&mut screen, "1");
    screen.see("13 个客户");
    keys(&mut screen, "ggj");
    keys(&mut screen, "  ");
    screen.see("已标记 2");
    keys(&mut screen, "e");
    screen.see("2 个客户 ─");
    screen.keys("\t\tＡ\r").keys(named::CTRL_O).see("更改 2 条记录？");
    screen.keys("ｙ").see("已修改：C-2、C-3");

    // The command line takes the signs of full width too: colon, quotes, equals.
    keys(&mut screen, ":");
    screen.keys("客户　修改　C-12　备注＝“先电话，再拜访”　城市：苏州\r").see("已修改：C-12");
    keys(&mut screen, "F");
    screen.keys("城市：苏州　并且　级别：Ｂ\r").see("1 / 13");
    keys(&mut screen, "q");
    assert!(screen.end().success());
    screen.is_whole();

    let evening = held(&env);
    assert_eq!(evening["F-2"]["title"], "寄合同");
    assert_eq!((&evening["F-1"]["outcome"], &evening["D-1"]["status"]), (&"已寄出".into(), &"won".into()));
    assert_eq!((&evening["A-2"]["text"], &evening["T-1"]["resolution"]), (&"马上处理".into(), &"换了硒鼓".into()));
    assert_eq!((&evening["C-12"]["note"], &evening["C-12"]["city"]), (&"先电话，再拜访".into(), &"苏州".into()));
    let graded = evening.values().filter(|record| record["grade"] == "A").count();
    assert_eq!(graded, 2);
}

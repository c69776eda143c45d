//! Users as people read them, and as files and programs do.

use serde_json::{Value, json};

use crate::harness::TestEnvironment;

/// A store of ann, who is called 王晓明, with 李娜 twice.
fn env() -> TestEnvironment {
    let env = TestEnvironment::new();
    env.crm(["user", "set", "ann", "name=王晓明"]).ok();
    for login in ["lina", "lina2"] {
        env.crm(["user", "add", "李娜", &format!("login={login}")]).ok();
    }
    for (name, owner) in [("云帆科技", "ann"), ("蓝港贸易", "lina2")] {
        env.crm(["customer", "add", name, &format!("owner={owner}")]).ok();
    }
    env.crm(["followup", "add", "回访", "customer=C-1", "due=today"]).ok();
    env.crm(["followup", "add", "对账", "customer=C-2", "due=today", "owner=lina2"]).ok();
    env
}

#[test]
fn users_are_shown_by_name_with_the_login_where_two_are_alike() {
    let env = env();
    let list = env.crm(["customer", "list", "--columns", "id,owner", "--lang", "zh"]).ok();
    assert_eq!(list.lines().skip(1).collect::<Vec<_>>(), ["C-1   王晓明", "C-2   李娜（lina2）"]);
    let list = env.crm(["customer", "list", "--columns", "id,owner"]).ok();
    assert_eq!(list.lines().skip(1).collect::<Vec<_>>(), ["C-1  王晓明", "C-2  李娜 (lina2)"]);
    let say = |words: &[&str]| env.crm(words.iter().copied().chain(["--lang", "zh"])).ok();
    assert!(say(&["agenda"]).starts_with("王晓明的跟进日程   今天 1\n"));
    assert!(say(&["agenda", "--calls"]).starts_with("王晓明的电话清单   "));
    assert!(say(&["agenda", "--owner", "lina2"]).starts_with("李娜（lina2）的跟进日程   今天 1\n"));
    assert!(say(&["board"]).starts_with("王晓明的销售看板："));
    assert!(say(&["agenda", "--owner", "all"]).contains("李娜（lina2）"));
    assert!(say(&["customer", "show", "C-2"]).contains("李娜（lina2）"));
    assert!(say(&["history", "C-1"]).contains("王晓明"));
}

#[test]
fn programs_get_the_name_and_the_login_and_files_the_login() {
    let env = env();
    let owner = json!({"id": "U-3", "name": "李娜", "login": "lina2"});
    let shown: Value = serde_json::from_str(&env.crm(["customer", "show", "C-2", "-o", "json"]).ok()).unwrap();
    assert_eq!(shown["record"]["owner"], owner);
    let agenda = env.crm(["agenda", "--owner", "all", "-o", "json"]).ok();
    let agenda: Value = serde_json::from_str(&agenda).unwrap();
    assert!(agenda["agenda"].as_array().unwrap().iter().any(|row| row["owner"] == owner), "{agenda}");
    let csv = env.crm(["customer", "list", "--columns", "id,owner", "-o", "csv"]).ok();
    assert_eq!(csv, "id,owner\nC-1,ann\nC-2,lina2\n");
    assert!(env.crm(["agenda", "--owner", "all", "-o", "csv"]).ok().contains(",lina2,"));
    assert_eq!(env.crm(["customer", "list", "owner:lina2", "-o", "ids"]).ok(), "C-2\n");
}

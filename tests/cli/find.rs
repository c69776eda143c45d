//! Words found in records of all kinds.

use crate::harness::TestEnvironment;

#[test]
fn names_come_before_texts_and_whole_names_first() {
    let env = TestEnvironment::new();
    for words in [
        &["customer", "add", "Newharborough"][..],
        &["customer", "add", "Blue Harbor", "phone=mobile:13800138000"],
        &["customer", "add", "Harbor Freight", "note=about the quote"],
        &["customer", "add", "Acme", "note=met at the harbor"],
        &["customer", "add", "Ｈarbor"],
        &["customer", "add", "上海华盛科技有限公司"],
        &["contact", "add", "张三", "customer=C-6"],
        &["deal", "add", "Quote", "for", "harbor", "customer=C-2"],
        &["log", "note", "C-4", "nothing", "of", "harbor", "yet"],
    ] {
        env.crm(words).ok();
    }
    let ids = |words: &[&str]| -> Vec<String> {
        let found = env.crm(["find"].iter().chain(words).chain(&["-o", "ids"])).ok();
        found.lines().map(str::to_owned).collect()
    };
    assert_eq!(ids(&["harbor"]), ["C-5", "C-3", "A-1", "D-1", "C-2", "C-4", "C-1"]);
    assert_eq!(ids(&["HARBOR", "--limit", "2", "--offset", "1"]), ["C-3", "A-1"]);
    assert_eq!(ids(&["quote", "harbor"]), ["D-1", "C-3"], "every word, wherever it stands");
    assert_eq!(ids(&["huasheng"]), ["C-6"]);
    assert_eq!(ids(&["zs"]), ["P-1"]);
    assert_eq!(ids(&["8000"]), ["C-2"]);
    assert_eq!(ids(&["c2"]), ["C-2"]);
    assert!(ids(&["nowhere"]).is_empty());
    let line = env.crm(["find", "met", "-o", "jsonl"]).ok();
    assert_eq!(
        line,
        "{\"id\":\"C-4\",\"kind\":\"customer\",\"name\":\"Acme\",\"field\":\"note\",\"text\":\"met at the harbor\"}\n"
    );
    env.crm(["find"]).fails(2);
}

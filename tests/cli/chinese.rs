//! Chinese as it is written in more than one way.

use crate::harness::TestEnvironment;

#[test]
fn equal_text_is_equal_in_simplified_and_traditional_characters() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "台積電", "city=臺北市", "industry=半導體業"]).ok();
    let count = |term: &str| env.crm(["customer", "count", term]).ok();
    for term in ["城市:台北", "城市:台北市", "城市：臺北", "所属行业:半导体业", "name:台积电", "name:臺積電"]
    {
        assert_eq!(count(term), "1\n", "{term}");
    }
    for term in ["城市:台", "城市!=台北", "name:台积", "城市:北"] {
        assert_eq!(count(term), "0\n", "{term}");
    }
    assert!(env.crm(["customer", "show", "台积电", "-o", "json"]).ok().contains("\"C-1\""));
    assert_eq!(env.crm(["customer", "add", "台积电", "--if-absent", "name", "-o", "ids"]).ok(), "C-1\n");
    env.write("people.csv", "name,customer\n林建宏,台积电\n");
    env.crm(["import", "people.csv", "--into", "contact"]).ok();
    assert_eq!(env.crm(["contact", "count", "customer:台积电"]).ok(), "1\n");
    assert_eq!(env.crm(["customer", "count"]).ok(), "1\n");
}

#[test]
fn variants_of_a_character_are_found_by_the_usual_one() {
    let env = TestEnvironment::new();
    for name in ["曾氏𠮷祥贸易", "㐂悦餐饮", "𡈽方建材", "仇记食品厂", "单氏集团"] {
        env.crm(["customer", "add", name]).ok();
    }
    for (words, id) in [("吉祥", "C-1"), ("zsjx", "C-1"), ("喜悦", "C-2"), ("土方", "C-3"), ("qiuji", "C-4")] {
        assert_eq!(env.crm(["find", words, "-o", "ids"]).ok(), format!("{id}\n"), "{words}");
    }
    let sorted = env.crm(["--lang", "zh", "customer", "list", "--sort", "name", "-o", "ids"]).ok();
    assert_eq!(sorted, "C-4\nC-5\nC-3\nC-2\nC-1\n");
}

#[test]
fn a_landline_is_found_with_and_without_its_extension() {
    let env = TestEnvironment::new();
    env.crm(["contact", "add", "张三", "phone=010-88886666-8001"]).ok();
    env.crm(["contact", "add", "李四", "phone=０１０－６６６６８８８８"]).ok();
    for spelling in ["010-88886666-8001", "010-88886666", "01088886666", "88886666", "010-88886666转8001"] {
        let shown = env.crm(["contact", "show", spelling, "-o", "json"]).ok();
        assert!(shown.contains("\"P-1\""), "{spelling}: {shown}");
    }
    for word in ["01088886666", "88886666"] {
        assert_eq!(env.crm(["find", word, "-o", "ids"]).ok(), "P-1\n", "{word}");
    }
    assert!(
        env.crm(["--lang", "zh", "contact", "show", "13900000000"]).fails(3).contains("没有名为“13900000000”的联系人")
    );
}

#[test]
fn a_record_that_is_there_already_is_told() {
    let env = TestEnvironment::new();
    let said = |words: &[&str]| env.crm(["--lang", "zh"].iter().chain(words)).output().stderr;
    let first = said(&["customer", "add", "杭州云帆科技有限公司", "phone=13800138001", "tax_id=91330100MA2ABCDE0N"]);
    assert_eq!(first, "");
    for words in [
        &["customer", "add", "杭州云帆科技有限公司"][..],
        &["customer", "add", "另一家", "phone=+86 138 0013 8001"],
        &["customer", "add", "第三家", "tax_id=91330100ma2abcde0n"],
    ] {
        let told = said(words);
        assert_eq!(
            (told.matches("可能已存在：C-1 杭州云帆科技有限公司（").count(), told.lines().count()),
            (1, 1),
            "{told}"
        );
    }
    assert!(said(&["customer", "set", "C-3", "name=杭州云帆科技"]).contains("可能已存在：C-1"), "set");
    assert_eq!(said(&["customer", "set", "C-1", "name=杭州云帆科技有限公司", "grade=A"]).matches("C-1 ").count(), 0);
    env.write("again.csv", "名称,客户编号\n甲,K1\n乙,K2\n");
    assert!(!said(&["import", "again.csv", "--into", "customer"]).contains("--key"));
    let told = said(&["import", "again.csv", "--into", "customer", "--dry-run"]);
    assert!(told.contains("加 --key external_id 则更新已有的"), "{told}");
    assert!(!said(&["import", "again.csv", "--into", "customer", "--key", "external_id"]).contains("--key"));
}

#[test]
fn people_are_found_as_they_are_spoken_of_and_by_what_sounds_alike() {
    let env = TestEnvironment::new();
    for words in [&["王建国"][..], &["李梅", "salutation=王总"], &["张三"], &["汪洋"], &["Wang Li"]] {
        env.crm(["contact", "add"].iter().chain(words)).ok();
    }
    let found = |words: &[&str]| {
        let out = env.crm(["find"].iter().chain(words).chain(&["-o", "ids"])).ok();
        let mut ids: Vec<String> = out.lines().map(str::to_owned).collect();
        ids.sort();
        ids
    };
    assert_eq!(found(&["王总"]), ["P-1", "P-2"]);
    assert_eq!(env.crm(["find", "王总", "-o", "ids"]).ok(), "P-2\nP-1\n", "who is addressed so comes first");
    assert_eq!(env.crm(["contact", "list", "王总", "-o", "ids"]).ok(), "P-2\n", "no filter takes all of a family");
    assert_eq!(found(&["王经理"]), ["P-1"]);
    for word in ["张珊", "zangsan", "章姗"] {
        assert_eq!(found(&[word]), [""; 0], "{word}");
        assert_eq!(found(&[word, "--fuzzy"]), ["P-3"], "{word}");
    }
    assert_eq!(found(&["王阳", "--fuzzy"]), ["P-4"]);
}

#[test]
fn a_credit_code_whose_last_character_does_not_fit_is_told_and_kept() {
    let env = TestEnvironment::new();
    let add = |code: &str| env.crm(["customer", "add", "华盛", &format!("tax_id={code}")]).output();
    assert!(!add("91350100M000100Y43").stderr.contains("credit code"));
    let out = add("91350100M000100Y44");
    assert!(out.stderr.contains("the credit code '91350100M000100Y44' does not fit"), "{}", out.stderr);
    assert_eq!(env.crm(["customer", "count", "tax_id:91350100M000100Y44"]).ok().trim(), "1");
}

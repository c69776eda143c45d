//! Words found in records of all kinds.

use crate::harness::TestEnvironment;

/// The ids that `find` prints for these words and options.
fn found(env: &TestEnvironment, words: &[&str]) -> Vec<String> {
    super::ids(&env.crm(["find"].iter().chain(words).chain(&["-o", "ids"])).ok())
}

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
    let ids = |words: &[&str]| found(&env, words);
    assert_eq!(ids(&["harbor"]), ["C-5", "C-3", "A-1", "D-1", "C-2", "C-4", "C-1"]);
    assert_eq!(ids(&["HARBOR", "--limit", "2", "--offset", "1"]), ["C-3", "A-1"]);
    assert_eq!(ids(&["quote", "harbor"]), ["D-1", "C-3"], "every word, wherever it stands");
    assert_eq!(ids(&["huasheng"]), ["C-6"]);
    assert_eq!(ids(&["zs"]), ["P-1"]);
    assert_eq!(ids(&["8000"]), ["C-2"]);
    assert_eq!(ids(&["c-2"]), ["C-2"]);
    assert!(ids(&["nowhere"]).is_empty());
    let line = env.crm(["find", "met", "-o", "jsonl"]).ok();
    assert_eq!(
        line,
        "{\"id\":\"C-4\",\"kind\":\"customer\",\"name\":\"Acme\",\"field\":\"note\",\"text\":\"met at the harbor\"}\n"
    );
    env.crm(["find"]).fails(2);
}

#[test]
fn people_are_found_by_the_sound_of_their_names() {
    let env = TestEnvironment::new();
    let people = ["张三", "单雄信", "仇士良", "解缙", "曾国藩", "尉迟恭", "Zsa Zsa", "李四"];
    env.write("people.csv", format!("name\n{}\n", people.join("\n")));
    env.crm(["import", "people.csv", "--into", "contact"]).ok();
    for (word, expected) in [
        ("zhangsan", &["P-1"][..]),
        ("zhangs", &["P-1"]),
        ("张三", &["P-1"]),
        ("张", &["P-1"]),
        ("shanxiongxin", &["P-2"]),
        ("sxx", &["P-2"]),
        ("danxiongxin", &[]),
        ("qiusl", &["P-3"]),
        ("choushiliang", &[]),
        ("xiejin", &["P-4"]),
        ("jiejin", &[]),
        ("zenggf", &["P-5"]),
        ("cengguofan", &[]),
        ("yuchigong", &["P-6"]),
        ("ycg", &["P-6"]),
        ("weichigong", &[]),
    ] {
        assert_eq!(found(&env, &[word]), expected, "{word}");
    }
    // A name that is spelled so comes before one that sounds so.
    assert_eq!(found(&env, &["zs"]), ["P-7", "P-1"]);
    assert_eq!(found(&env, &["zs", "--limit", "1"]), ["P-7"]);
}

#[test]
fn a_number_is_found_by_its_last_digits_however_it_is_written() {
    let env = TestEnvironment::new();
    env.crm(["contact", "add", "Ann Lee", "phone=+86 138-0013-8000"]).ok();
    env.crm(["contact", "add", "Bob Roe", "phone=(010) 6552 9988,13900001111"]).ok();
    assert_eq!(found(&env, &["8000"]), ["P-1"]);
    assert_eq!(found(&env, &["00138000"]), ["P-1"]);
    assert_eq!(found(&env, &["138 0013 8000"]), ["P-1"]);
    assert_eq!(found(&env, &["9988"]), ["P-2"]);
    assert_eq!(found(&env, &["bob", "1111"]), ["P-2"]);
}

#[test]
fn only_what_is_written_like_an_id_is_one() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["customer", "add", "C1", "Coatings"]).ok();
    assert_eq!(found(&env, &["c1"]), ["C-2"]);
    assert_eq!(found(&env, &["C-1"]), ["C-1"]);
    assert!(found(&env, &["c499999"]).is_empty());
}

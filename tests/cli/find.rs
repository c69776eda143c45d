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
        ("qiusl", &["P-3"]),
        ("xiejin", &["P-4"]),
        ("zenggf", &["P-5"]),
        ("yuchigong", &["P-6"]),
        ("ycg", &["P-6"]),
        // Who knows the character only by its other reading finds the name as well; who mistypes does not.
        ("danxiongxin", &["P-2"]),
        ("shenxiongxin", &[]),
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
fn simplified_and_traditional_characters_are_one() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "廣東華盛貿易", "note=月底回訪"]).ok();
    env.crm(["customer", "add", "广东长信贸易"]).ok();
    assert_eq!(found(&env, &["贸易"]), ["C-2", "C-1"]);
    assert_eq!(found(&env, &["廣東"]), ["C-2", "C-1"]);
    assert_eq!(found(&env, &["回访"]), ["C-1"]);
    assert_eq!(super::ids(&env.crm(["customer", "list", "name~华盛", "-o", "ids"]).ok()), ["C-1"]);
}

#[test]
fn a_typing_error_is_forgiven_when_that_is_asked_for() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Blue Harbor"]).ok();
    env.crm(["customer", "add", "Habror Ltd"]).ok();
    env.crm(["customer", "add", "上海华盛科技有限公司"]).ok();
    assert!(found(&env, &["harbir"]).is_empty());
    assert_eq!(found(&env, &["harbir", "--fuzzy"]), ["C-1"]);
    assert_eq!(found(&env, &["habror", "--fuzzy"]), ["C-2", "C-1"], "what is written so comes first");
    assert_eq!(found(&env, &["bleu", "hrabor", "--fuzzy"]), ["C-1"]);
    assert_eq!(found(&env, &["华胜科技", "--fuzzy"]), ["C-3"]);
    assert!(found(&env, &["hrobra", "--fuzzy"]).is_empty());
    let line = env.crm(["find", "harbir", "--fuzzy", "-o", "tsv", "--no-header"]).ok();
    assert_eq!(line, "C-1\tcustomer\tBlue Harbor\tname\tBlue Harbor\n");
}

#[test]
fn texts_are_found_as_they_change() {
    let env = TestEnvironment::new();
    let names: String = (0..100).map(|n| format!("Harbor {n}\n")).collect();
    env.write("many.csv", format!("name\n{names}"));
    env.crm(["import", "many.csv", "--into", "customer"]).ok();
    env.crm(["customer", "set", "C-5", "name=Falcon"]).ok();
    env.crm(["customer", "add", "Falcon Harbor"]).ok();
    env.crm(["customer", "rm", "C-6"]).ok();
    assert_eq!(found(&env, &["falcon"]), ["C-5", "C-101"]);
    assert_eq!(found(&env, &["harbor"]).len(), 99);
    assert_eq!(found(&env, &["harbor", "--limit", "1"]), ["C-1"]);
    assert_eq!(env.crm(["customer", "count", "harbor"]).ok(), "99\n");
    assert_eq!(env.crm(["customer", "count", "name~harbor", "or", "falcon"]).ok(), "100\n");
    env.crm(["customer", "set", "--all", "note=summit", "--yes"]).ok();
    assert_eq!(found(&env, &["summit"]).len(), 100);
    env.crm(["undo"]).ok();
    assert!(found(&env, &["summit"]).is_empty());
    env.crm(["undo"]).ok();
    assert_eq!(found(&env, &["harbor"]).len(), 100);
    env.crm(["redo"]).ok();
    assert_eq!(found(&env, &["harbor"]).len(), 99);
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

#[test]
fn one_number_is_found_in_any_spelling_on_every_way() {
    let env = TestEnvironment::new();
    env.crm(["contact", "add", "Ann", "phone=206-555-0142"]).ok();
    env.crm(["contact", "add", "Bob", "phone=13800138001(微信同号)"]).ok();
    env.crm(["contact", "add", "Cid", "phone=020 7946 0001"]).ok();
    for (number, id) in
        [("+12065550142", "P-1"), ("206.555.0142", "P-1"), ("+86 138-0013-8001", "P-2"), ("+44 20 7946 0001", "P-3")]
    {
        for words in [
            vec!["find", number, "-o", "ids"],
            vec!["contact", "list", &format!("phone:{number}"), "-o", "ids"],
            vec!["contact", "list", &format!("phone~{number}"), "-o", "ids"],
            vec!["contact", "list", number, "-o", "ids"],
        ] {
            assert_eq!(env.crm(&words).ok(), format!("{id}\n"), "{words:?}");
        }
        assert!(env.crm(["contact", "show", number]).ok().contains(id), "{number}");
    }
}

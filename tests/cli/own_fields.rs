//! What is said of fields when they are defined, held whenever records are written and shown.

use super::{ids, shown};
use crate::harness::TestEnvironment;

fn listed<const N: usize>(env: &TestEnvironment, words: [&str; N]) -> Vec<String> {
    ids(&env.crm(words).args(["-o", "ids"]).ok())
}

#[test]
fn a_default_is_had_by_what_is_new_unless_something_else_is_said() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "老客户"]).ok();
    env.crm(["field", "add", "customer", "review", "type=date", "default=+3d", "zh=复核日"]).ok();
    env.crm(["field", "add", "customer", "budget", "type=money", "default=1万"]).ok();
    env.crm(["field", "set", "customer.grade", "default=B级"]).ok();
    env.crm(["field", "set", "ticket.priority", "default=high"]).ok();
    let record = |words: &[&str]| shown(&env, env.crm(words).ok().trim())["record"].clone();
    let new = record(&["customer", "add", "甲公司"]);
    let day = env.now()[..10].to_owned();
    assert_eq!((&new["grade"], &new["budget"]["amount"]), (&"B".into(), &"10000.00".into()));
    assert!(new["review"].as_str().unwrap() > day.as_str(), "{new}");
    let other = record(&["customer", "add", "乙公司", "grade=A", "budget=", "review=2026-05-01"]);
    assert_eq!((&other["grade"], &other["review"]), (&"A".into(), &"2026-05-01".into()));
    assert!(other["budget"].is_null());
    assert_eq!(record(&["ticket", "add", "Broken"])["priority"], "high");
    assert!(shown(&env, "C-1")["record"]["budget"].is_null());
    env.write("a.csv", "客户名称,review\n丙公司,\n丁公司,2026-06-01\n");
    env.crm(["import", "a.csv", "--into", "customer"]).ok();
    let imported = [4, 5].map(|num| shown(&env, &format!("C-{num}"))["record"].clone());
    assert_eq!((&imported[0]["grade"], &imported[1]["budget"]["amount"]), (&"B".into(), &"10000.00".into()));
    assert!(imported[0]["review"].is_null(), "the file has the column, and nothing in it");
    assert!(env.crm(["field", "set", "customer.review", "default=someday"]).fails(4).contains("someday"));
    env.crm(["field", "add", "customer", "agent", "type=link", "to=user", "default=me"]).ok();
    assert_eq!(record(&["customer", "add", "戊公司"])["agent"]["id"], "U-1");
}

#[test]
fn records_of_own_kinds_are_found_by_words_and_told_of_where_they_stay_behind() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle", "letters=VH", "zh=车辆"]).ok();
    env.crm(["kind", "add", "wheel", "letters=WH"]).ok();
    env.crm(["field", "add", "vehicle", "colour", "search"]).ok();
    env.crm(["field", "add", "wheel", "vehicle", "type=link", "to=vehicle", "part_of"]).ok();
    env.crm(["vehicle", "add", "沪A12345", "colour=Crimson"]).ok();
    env.crm(["wheel", "add", "Crimson rim", "vehicle=VH-1"]).ok();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["field", "add", "vehicle", "customer", "type=link", "to=customer"]).ok();
    env.crm(["vehicle", "set", "VH-1", "customer=C-1"]).ok();
    let gone = env.crm(["customer", "rm", "C-1"]).output();
    assert!(gone.stderr.contains("C-1 leaves behind: 1 vehicle"), "{}", gone.stderr);
    for words in [["--sort", "colour"], ["--limit", "1"], ["--offset", "0"]] {
        assert_eq!(ids(&env.crm(["vehicle", "list"]).args(words).args(["-o", "ids"]).ok()), ["VH-1"], "{words:?}");
    }
    for words in ["沪A12", "crimson"] {
        assert_eq!(listed(&env, ["find", words]), ["VH-1"], "{words}");
    }
}

#[test]
fn an_export_is_the_same_elsewhere_whatever_defaults_there_are() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "甲公司"]).ok();
    env.crm(["field", "add", "customer", "budget", "type=money", "default=1万"]).ok();
    for (name, default) in [("customer.grade", "B"), ("customer.city", "Oslo"), ("customer.employees", "7")] {
        env.crm(["field", "set", name, &format!("default={default}")]).ok();
    }
    env.crm(["field", "add", "customer", "p"]).ok();
    env.crm(["customer", "set", "C-1", "p=old"]).ok();
    env.crm(["choice", "add", "customer.p", "new"]).ok();
    env.crm(["field", "set", "customer.p", "strict=yes"]).ok();
    let (other, schema) = (TestEnvironment::new(), env.crm(["schema", "export"]).ok());
    other.write("s.jsonl", schema);
    other.crm(["schema", "import", "s.jsonl"]).ok();
    let file = env.crm(["export", "customer"]).ok();
    other.write("r.jsonl", &file);
    other.crm(["import", "r.jsonl", "--yes"]).ok();
    let filled =
        ["customer", "list", "--columns", "name,grade,city,employees,budget,source,p", "-o", "tsv", "--no-header"];
    assert_eq!(other.crm(filled).ok(), env.crm(filled).ok());
}

#[test]
fn what_becomes_required_is_asked_of_new_records_and_holds_up_no_old_one() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Old", "city=Oslo"]).ok();
    env.crm(["customer", "add", "Bare"]).ok();
    env.crm(["field", "set", "customer.city", "required=yes"]).ok();
    env.crm(["field", "add", "customer", "contract_no", "required"]).ok();
    assert!(env.crm(["customer", "add", "New", "contract_no=1"]).fails(4).contains("city"));
    assert!(env.crm(["customer", "add", "New", "city=Rome"]).fails(4).contains("contract_no"));
    env.crm(["customer", "add", "New", "city=Rome", "contract_no=1"]).ok();
    env.crm(["customer", "set", "C-2", "grade=A"]).ok();
    env.crm(["customer", "set", "C-1", "city="]).fails(4);
    env.crm(["customer", "set", "C-3", "contract_no="]).fails(4);
    env.crm(["customer", "rm", "C-2"]).ok();
    env.crm(["customer", "restore", "C-2"]).ok();
    env.write("a.csv", "name,city\nA,Bern\nB,\n");
    assert!(env.crm(["import", "a.csv", "--into", "customer", "--set", "contract_no=2"]).fails(4).contains("3"));
}

#[test]
fn what_two_records_have_does_not_become_unique() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "contract_no"]).ok();
    env.crm(["customer", "add", "A", "contract_no=HT-7"]).ok();
    env.crm(["customer", "add", "B", "contract_no=ht-7"]).ok();
    let said = env.crm(["field", "set", "customer.contract_no", "unique=yes"]).fails(4);
    assert!(said.contains("C-1 and C-2"), "{said}");
    env.crm(["customer", "set", "C-2", "contract_no=HT-8"]).ok();
    env.crm(["field", "set", "customer.contract_no", "unique=yes"]).ok();
    assert!(env.crm(["customer", "set", "C-2", "contract_no=HT-7"]).fails(4).contains("C-1"));
    env.crm(["doctor", "--check"]).ok();
}

#[test]
fn long_texts_that_differ_in_their_last_letter_are_not_the_same() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "key"]).ok();
    let long = "k".repeat(600);
    for end in ["a", "b"] {
        env.crm(["customer", "add", end, &format!("key={long}{end}")]).ok();
    }
    env.crm(["field", "set", "customer.key", "unique=yes"]).ok();
    assert!(env.crm(["customer", "add", "c", &format!("key={long}B")]).fails(4).contains("C-2"));
    env.crm(["field", "set", "customer.key", "unique=no"]).ok();
    env.crm(["customer", "add", "c", &format!("key={long}B")]).ok();
    assert!(env.crm(["field", "set", "customer.key", "unique=yes"]).fails(4).contains("C-3"));
}

#[test]
fn a_text_with_choices_keeps_codes_and_shows_labels() {
    let env = TestEnvironment::new();
    env.crm(["choice", "add", "customer.industry", "hospital", "zh=医院"]).ok();
    env.crm(["choice", "add", "customer.industry", "school", "zh=学校"]).ok();
    env.crm(["customer", "add", "甲", "industry=医院"]).ok();
    env.crm(["customer", "add", "乙", "industry=Farming"]).ok();
    assert_eq!(shown(&env, "C-1")["record"]["industry"], "hospital");
    let table = env.crm(["customer", "list", "--columns", "name,industry", "--lang", "zh"]).ok();
    assert!(table.contains("医院") && table.contains("Farming"), "{table}");
    assert!(env.crm(["customer", "list", "--columns", "industry", "-o", "csv"]).ok().contains("hospital"));
    for filter in ["industry:hospital", "industry:医院", "industry.not:Farming", "industry~院"] {
        assert_eq!(listed(&env, ["customer", "list", filter]), ["C-1"], "{filter}");
    }
    assert!(env.crm(["history", "C-1", "--lang", "zh"]).output().code == Some(0));
    env.write("a.csv", "name,industry\n丙,Hospital\n丁,Fishing\n");
    env.crm(["import", "a.csv", "--into", "customer"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "industry:hospital"]), ["C-1", "C-3"]);
    env.crm(["customer", "rm", "C-3", "C-4"]).ok();
    env.crm(["field", "set", "customer.industry", "strict=yes"]).ok();
    env.write("a.csv", "name,industry\n戊,Fishing\n");
    env.crm(["import", "a.csv", "--into", "customer"]).fails(4);
    assert!(env.crm(["customer", "set", "C-1", "industry=Farmin"]).fails(4).contains("hospital, school"));
    env.crm(["customer", "set", "C-2", "grade=A"]).ok();
    env.crm(["choice", "set", "customer.industry.hospital", "retired=yes"]).ok();
    let said = env.crm(["customer", "set", "C-2", "industry=hospital"]).fails(4);
    assert!(said.contains("retired") && said.contains("school"), "{said}");
    env.crm(["customer", "set", "C-1", "city=Oslo", "industry=医院"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "industry:医院"]), ["C-1"]);
    let help = env.crm(["help", "fields", "customer"]).ok();
    assert!(help.contains("school") && !help.contains("hospital"), "{help}");
}

#[test]
fn what_is_hidden_is_found_by_its_name_only() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "secret_no", "zh=内部号"]).ok();
    env.crm(["customer", "add", "Acme", "secret_no=7", "city=Oslo"]).ok();
    env.crm(["field", "set", "customer.secret_no", "hidden=yes", "help=for the books"]).ok();
    env.crm(["field", "set", "customer.city", "hidden=yes"]).ok();
    let shown = env.crm(["show", "C-1"]).ok();
    assert!(!shown.contains("Secret") && !shown.contains("Oslo"), "{shown}");
    assert!(!env.crm(["customer", "list"]).ok().contains("Oslo"));
    env.crm(["customer", "set", "C-1", "secret_no=8"]).ok();
    assert_eq!(listed(&env, ["customer", "list", "secret_no:8"]), ["C-1"]);
    assert!(env.crm(["export", "customer"]).ok().contains("secret_no"));
    let help = env.crm(["help", "fields", "customer"]).ok();
    assert!(help.contains("Secret no (hidden); for the books"), "{help}");
}

#[test]
fn fields_stand_where_their_order_says() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "vehicle", "letters=VH"]).ok();
    env.crm(["field", "add", "vehicle", "late_one", "order=3"]).ok();
    env.crm(["field", "add", "vehicle", "early", "order=1"]).ok();
    env.crm(["vehicle", "add", "Van", "late_one=x", "early=y"]).ok();
    let places =
        |text: &str| ["early", "late_one"].map(|code| text.to_lowercase().replace(' ', "_").find(code).unwrap());
    let list = env.crm(["vehicle", "list"]).ok();
    let shown = env.crm(["show", "VH-1"]).ok();
    let exported = env.crm(["export", "vehicle"]).ok();
    for text in [list, shown, exported] {
        let [early, late] = places(&text);
        assert!(early < late, "{text}");
    }
}

#[test]
fn help_is_about_the_kinds_of_the_store() {
    let env = TestEnvironment::new();
    assert!(!env.crm(["help", "fields", "customer"]).ok().contains("contract_no"));
    env.crm(["field", "add", "customer", "contract_no", "zh=合同号"]).ok();
    env.crm(["kind", "add", "vehicle", "letters=VH"]).ok();
    assert!(env.crm(["help", "fields", "customer"]).ok().contains("contract_no"));
    assert!(env.crm(["help"]).ok().contains("vehicle"));
    std::fs::write(env.store(), "no store").unwrap();
    let page = env.crm(["help", "fields", "customer"]).output();
    assert!(
        page.code == Some(0) && page.stdout.contains("city") && page.stderr.contains("cannot be read"),
        "{}",
        page.stderr
    );
    assert_eq!(env.crm(["help", "filters"]).output().stderr, "");
}

#[test]
fn the_words_of_a_definition_are_explained() {
    let env = TestEnvironment::new();
    for (words, told) in [
        (&["help", "field", "add"][..], "part_of   its records are parts of the one that this link leads to"),
        (&["help", "field", "add"], "type=link to=customer"),
        (&["help", "field", "add"], "formula='quantity * price'"),
        (&["help", "field", "add", "--lang", "zh"], "strict、仅限选项    用于有选项的文本"),
        (&["help", "field", "add", "--lang", "zh"], "crm field add 客户 合同号 类型=文本"),
        (&["help", "field", "set"], "hidden    forms, lists and show leave it out"),
        (&["help", "kind", "add"], "crm kind add vehicle letters=VH"),
        (&["help", "kind", "add"], "letters  one to three letters before a number"),
        (&["help", "choice", "add"], "retired  records that have it keep it"),
        (&["help", "fields", "section", "--lang", "zh"], "标题；英文界面的标题"),
        (&["help", "字段", "新建", "--lang", "zh"], "用法：crm field add"),
        (&["help", "formulas"], "formula='amount * 5%'"),
        (&["help", "formulas", "--lang", "zh"], "公式='金额 * 5%'"),
    ] {
        let page = env.crm(words).ok();
        assert!(page.contains(told), "{told}:\n{page}");
    }
}

#[test]
fn a_built_in_field_with_other_labels_is_known_by_those_of_the_program_too() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme", "city=Oslo"]).ok();
    env.crm(["field", "set", "customer.city", "zh=城区", "en=Town"]).ok();
    env.crm(["field", "set", "customer.grade", "zh=星级", "en=Star rating"]).ok();
    env.crm(["customer", "set", "C-1", "城市=Rome", "级别=A"]).ok();
    let first = |words: &[&str]| env.crm(words).args(["-o", "ids"]).ok().trim().to_owned();
    for term in ["城市:Rome", "City:Rome", "城区:Rome", "town:Rome", "级别:A", "客户级别:A", "星级:A"] {
        assert_eq!(first(&["customer", "list", term]), "C-1", "{term}");
    }
    env.write("x.csv", "客户名称,城市\nBeta,Berlin\n");
    env.crm(["import", "x.csv", "--into", "customer"]).ok();
    let rows = env.crm(["customer", "list", "--columns", "name,城市", "--sort", "城市"]).ok();
    assert_eq!(rows.lines().map(str::trim_end).collect::<Vec<_>>(), ["Name  Town", "Beta  Berlin", "Acme  Rome"]);
    env.crm(["field", "add", "customer", "place", "zh=城市"]).ok();
    assert_eq!(first(&["customer", "list", "城市:Rome"]), "", "another field has the label now");
}

#[test]
fn a_text_that_becomes_strict_keeps_what_records_hold() {
    let env = TestEnvironment::new();
    for (name, industry) in [("Acme", "Foo"), ("Beta", "Bar"), ("Cedar", "hospital")] {
        env.crm(["customer", "add", name, &format!("industry={industry}")]).ok();
    }
    env.crm(["choice", "add", "customer.industry", "hospital", "zh=医院"]).ok();
    let told = env.crm(["field", "set", "customer.industry", "strict=yes"]).output();
    let list = "crm customer list has:industry industry.not:hospital";
    assert!(told.stderr.contains("2 records have a value") && told.stderr.contains(list), "{}", told.stderr);
    let ids = env.crm(["customer", "list", "has:industry", "industry.not:hospital", "-o", "ids"]).ok();
    assert_eq!(super::ids(&ids), ["C-1", "C-2"]);
    env.crm(["customer", "set", "C-1", "city=Oslo"]).ok();
    env.crm(["customer", "set", "C-1", "industry=Foo", "city=Rome"]).ok();
    assert_eq!(shown(&env, "C-1")["record"]["industry"], "Foo");
    let told = env.crm(["customer", "set", "C-1", "industry=Baz"]).fails(4);
    assert!(told.contains("C-1 industry: 'Baz' is not one of hospital"), "{told}");
    env.crm(["customer", "add", "Delta", "industry=Foo"]).fails(4);
    env.crm(["customer", "set", "C-1", "industry:=name"]).fails(4);
    // What went out comes back as it was; new values are refused line by line.
    env.crm(["export", "customer", "--to", "all.csv"]).ok();
    assert!(env.crm(["import", "all.csv", "--into", "customer"]).output().stderr.contains("3 unchanged"));
    env.write("more.csv", "name,industry\nX,Foo\nY,医院\nZ,Bar\n");
    let told = env.crm(["import", "more.csv", "--into", "customer"]).fails(4);
    assert!(told.contains("2 of 3 rows are wrong") && told.contains("line 4, industry: 'Bar'"), "{told}");
    env.crm(["import", "more.csv", "--into", "customer", "--skip-errors"]).fails(6);
    assert_eq!(shown(&env, "C-4")["record"]["industry"], "hospital");
}

#[test]
fn a_trait_without_its_value_is_asked_for_it() {
    let env = TestEnvironment::new();
    env.crm(["field", "add", "customer", "contract_no"]).ok();
    assert!(env.crm(["field", "set", "customer.contract_no", "unique"]).fails(2).contains("unique=yes"));
}

#[test]
fn parts_are_shown_with_the_columns_of_their_kind() {
    let env = TestEnvironment::new();
    env.crm(["kind", "add", "job", "letters=JB"]).ok();
    env.crm(["kind", "add", "item", "letters=IT", "zh=明细"]).ok();
    env.crm(["field", "add", "item", "job", "type=link", "to=job", "part_of"]).ok();
    env.crm(["field", "add", "item", "quantity", "type=decimal", "zh=数量"]).ok();
    env.crm(["field", "add", "item", "price", "type=price", "zh=单价"]).ok();
    env.crm(["field", "add", "item", "amount", "formula=quantity * price", "zh=金额"]).ok();
    env.crm(["job", "add", "Overhaul"]).ok();
    env.crm(["item", "add", "Pump", "job=JB-1", "quantity=12.5", "price=100 CNY"]).ok();
    env.crm(["item", "add", "阀门", "job=JB-1", "quantity=2"]).ok();
    let page = env.crm(["job", "show", "1"]).ok();
    let rows = [
        "  ID    Name  Quantity    Price  Amount",
        "  IT-1  Pump      12.5  ¥100.00  ¥1,250",
        "  IT-2  阀门         2",
    ];
    assert!(page.contains(&rows.join("\n")), "{page}");
    let page = env.crm(["job", "show", "1", "--lang", "zh"]).ok();
    assert!(page.contains("  编号  名称  数量     单价    金额"), "{page}");
    let rows: String = (3..=30).map(|number| format!("Seal {number},JB-1,1\n")).collect();
    env.write("items.csv", format!("name,job,quantity\n{rows}"));
    env.crm(["import", "items.csv", "--into", "item"]).ok();
    assert!(env.crm(["job", "show", "1"]).ok().contains("  IT-30  Seal 30"), "an order of many lines has all of them");
    let links = shown(&env, "JB-1")["links"]["items"].clone();
    assert_eq!(links[0], serde_json::json!({"id": "IT-1", "name": "Pump"}));
}

#[test]
fn definitions_are_named_by_labels() {
    let env = TestEnvironment::new();
    let zh = |words: &[&str]| env.crm(words).args(["--lang", "zh"]);
    zh(&["kind", "add", "设备", "letters=SB"]).ok();
    zh(&["field", "add", "设备", "型号"]).ok();
    zh(&["field", "add", "设备", "状态", "类型=选项"]).ok();
    zh(&["field", "add", "设备", "客户", "类型=关联", "关联到=客户"]).ok();
    assert!(zh(&["field", "add", "设备", "型号"]).fails(4).contains("设备已有字段“型号”"));
    zh(&["choice", "add", "设备.状态", "运行"]).ok();
    assert!(zh(&["choice", "add", "设备.状态", "运行"]).fails(4).contains("设备的“状态”已有选项“运行”"));
    zh(&["choice", "set", "设备.状态.运行", "停用=是"]).ok();
    zh(&["field", "set", "设备.型号", "必填=是"]).ok();
    zh(&["field", "rm", "设备.型号"]).ok();
    zh(&["field", "restore", "设备.型号"]).ok();
    zh(&["section", "add", "设备", "基本信息", "字段=型号,状态"]).ok();
    assert_eq!(shown(&env, "SE-1")["record"]["fields"], serde_json::json!(["xinghao", "zhuangtai"]));
    let told = env.crm(["kind", "set", "设备", "列=名称,型号,客户.城市,foo"]).output();
    assert_eq!(told.stderr.trim(), "a shebei has no field 'foo' yet; its column is shown once there is one");
    assert_eq!(shown(&env, "KD-1")["record"]["columns"], serde_json::json!(["name", "xinghao", "kehu.city", "foo"]));
    zh(&["customer", "add", "甲"]).ok();
    zh(&["设备", "新建", "冲床", "型号=X1", "客户=甲"]).ok();
    let page = zh(&["customer", "show", "C-1"]).ok();
    assert!(page.contains("\n设备\n"), "{page}");
}

#[test]
fn what_means_nothing_for_a_field_is_refused() {
    let env = TestEnvironment::new();
    env.crm(["field", "set", "customer.address", "en=Street"]).ok();
    for (words, code, told) in [
        (&["field", "add", "customer", "w", "decimals=3"][..], 4, "type decimal or rate"),
        (&["field", "add", "customer", "w", "type=date", "strict"], 4, "only text"),
        (&["field", "add", "customer", "w", "uniqe"], 2, "did you mean unique?"),
        (&["field", "rm", "customer.city"], 4, "hidden=yes"),
        (&["field", "set", "FD-1", "type=date"], 4, "type: this cannot be changed any more"),
        (&["field", "set", "FD-1", "formula=city"], 4, "no formula"),
        (&["field", "add", "customer", "w", "of=deal"], 2, "of is said twice"),
        (&["choice", "add", "customer.grade", "w", "code=x"], 2, "code is said twice"),
        (&["section", "add", "customer", "W", "of=deal"], 2, "of is said twice"),
        (&["choice", "add", "customer.grad", "x"], 3, "did you mean customer.grade?"),
        (&["choice", "add", "customer.zzz", "x"], 3, "crm help fields customer"),
    ] {
        let said = env.crm(words).fails(code);
        assert!(said.contains(told), "{said}");
    }
}

#[test]
fn what_follows_from_a_definition_is_told() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme", "city=Oslo"]).ok();
    env.crm(["customer", "add", "Beta"]).ok();
    let told = |words: &[&str]| env.crm(words).output().stderr;
    let said = told(&["field", "set", "customer.city", "required=yes"]);
    assert!(said.contains("1 record has no customer.city yet") && said.contains("crm customer list no:city"), "{said}");
    assert!(told(&["field", "add", "customer", "plate", "required"]).contains("2 records have no customer.plate yet"));
    assert_eq!(told(&["field", "set", "customer.plate", "required=yes"]), "Nothing to change\n");
    let said = told(&["field", "add", "customer", "Contract nr", "required"]);
    assert!(said.contains("no customer.contract_nr yet") && said.contains("customer list no:contract_nr"), "{said}");
    env.crm(["field", "set", "FD-3", "required=no"]).ok();
    env.crm(["field", "set", "customer.plate", "required=no"]).ok();
    env.crm(["customer", "set", "C-1", "plate=X"]).ok();
    env.crm(["field", "rm", "customer.plate"]).ok();
    let said = told(&["field", "add", "customer", "plate"]);
    assert!(said.contains("in the trash") && said.contains("crm field restore customer.plate"), "{said}");
}

//! What the command line says to who reads Chinese, sentence by sentence: as `house::chinese` wants it, with what was put
//! into the sentences.

use crate::{
    harness::{TestEnvironment, shell_words},
    house::chinese::{PLACEHOLDERS, faults_of, foreign_words, is_foreign},
};

/// A small firm, its files, and settings that are wrong.
fn world() -> TestEnvironment {
    let env = TestEnvironment::new();
    for line in [
        "user add 王芳 登录名=wang.fang 团队=华东",
        "customer add 杭州云帆科技有限公司 级别=A 城市=杭州 电话=13800138000",
        "customer add 上海云帆贸易有限公司 级别=B 城市=上海",
        "customer add 同名公司 城市=北京",
        "customer add 同名公司 城市=深圳",
        "contact add 张桂清 客户=C-1",
        "deal add 春季订单 客户=C-1 金额=12万",
        "deal add 秋季订单 客户=C-2 金额=3万",
        "deal move D-2 赢单",
        "followup add 回访 截止=2026-03-05 客户=C-1",
        "ticket add 无法开机 客户=C-1",
        "ticket add 显示屏闪烁 客户=C-2",
        "view save 重点 级别:A",
        "customer add 旧客户",
        "customer rm C-5",
    ] {
        env.crm(shell_words(line)).ok();
    }
    env.write(
        "a.csv",
        "客户名称,客户级别,城市,电话,负责人,爱好\n甲,A,杭州,13800138001,王芳,钓鱼\n乙,Z级,苏州,无,李四,\n,B,深圳,abc,,\n",
    );
    env.write("b.csv", "甲列,乙列\n1,2\n");
    env.write("c.csv", "客户,金额\n杭州云帆科技有限公司,3万\n");
    env.write("d.csv", "商机名称,客户,合同金额（万元）,销售阶段,预计成交日期\n春,甲,12,飞,哈哈\n");
    env.write("e.csv", "");
    env.write("f.csv", "客户名称,客户名称\n甲,乙\n");
    env
}

/// Commands that go wrong, or say something.
const LINES: &[&str] = &[
    "zzz",
    "客户",
    "客户 飞",
    "客户 新件",
    "customer",
    "deal flyy",
    "c add",
    "c add 甲 name=乙",
    "c add 甲 客户名称=乙",
    "c add 甲 级别=Z",
    "c add 甲 爱好=钓鱼",
    "c add 甲 地=文三路",
    "c add 甲 --if-absent 爱好",
    "c add 甲 --if-absent 名称 --if-absent 电话",
    "c add 同名公司",
    "p add 李四 邮箱=zz",
    "p add 李四 电话=abc",
    "p add 李四 生日=昨日",
    "d add 测 客户=没有",
    "d add 测 客户=云帆",
    "d add 测 客户=C-99",
    "d add 测 金额=很多",
    "d add 测 预计成交=哈哈",
    "d add 测 赢单率=很高",
    "f add 甲",
    "f add 甲 截止=哈哈",
    "f add 甲 截止=3天",
    "f add 甲 截止=明天 重复=哈哈",
    "f add 甲 截止=明天 重复=FREQ=HOURLY",
    "t add",
    "u add 王 登录名=wang.fang",
    "u add 王 登录名='a b'",
    "stage add 新阶段",
    "c show",
    "c show 云帆",
    "c show yfkj",
    "c show 同名公司",
    "c show 桂",
    "c show C-99",
    "c show P-1",
    "c show C-1 --as-of 哈哈",
    "c show C-1 --as-of 2020-01-01",
    "show zz",
    "c set",
    "c set C-1",
    "c set C-1 爱好=钓鱼",
    "c set C-1 级别=Z",
    "c set C-1 级别=A 级别=B",
    "c set C-1 级别+=A",
    "c set C-1 创建时间=今天",
    "c set C-1 最后跟进时间=今天",
    "c set C-1 上级客户=C-1",
    "c set C-1 备注=@没有.csv",
    "c set C-1 生日+=3d",
    "c set C-5 级别=A",
    "c set --where 云帆 级别=B",
    "c set --where 级别:A --all 级别=B",
    "c list --columns 爱好",
    "c list --columns ,",
    "c list --sort 爱好",
    "c list --limit 很多",
    "c list --where",
    "c list --爱好",
    "c list -o 表格",
    "c list -o template={{爱好}}",
    "c list -o template={{id|upperx}}",
    "c list --tz 北京",
    "c list --color 红",
    "c list --wait 很久",
    "c list --now 哈哈",
    "c list --as 李四",
    "c list 级别:Z",
    "c list 等阶:A",
    "c list 爱好:钓鱼",
    "c list 级别>",
    "c list '(级别:A'",
    "c list --where '(级别:A'",
    "c list --where '级别:A)'",
    "c list --where '名称:“甲'",
    "c list -级别:A",
    "c list 级别:A 或",
    "c list 或",
    "c list 创建时间:哈哈",
    "c list has:爱好",
    "c list is:爱好",
    "c list 负责人:李四",
    "c list view:没有",
    "c list 城市.名称:x",
    "d list 金额:哈哈",
    "d list 金额:10万..1万",
    "d list 客户:云",
    "c count --by 爱好",
    "c count --by 创建时间:世纪",
    "c count --sum 级别",
    "c count --sort 爱好 --by 级别",
    "c list --explain 级别:A 城市:杭州",
    "c count --explain 级别:A",
    "log",
    "log 传真 C-1 好",
    "log 电话",
    "log 电话 zgq 好",
    "log 电话 云帆 好",
    "log 电话 同名公司 好",
    "log 备注 C-1",
    "log 电话 C-1 好 next=哈哈",
    "log 电话 C-1 好 next=明天",
    "log 电话 C-1 好 结果=很好",
    "log 电话 C-1 好 时长=很久",
    "log 电话 U-1 好",
    "d move",
    "d move D-1",
    "d move D-1 飞",
    "d move D-2 输单",
    "d move D-2 下一阶段",
    "d move D-9 赢单",
    "f done",
    "f snooze F-1 哈哈",
    "f snooze F-1 昨天",
    "t assign T-1",
    "t assign T-1 李四",
    "t reply T-1",
    "t reopen T-1",
    "t merge T-1 T-1",
    "t rate T-1 9",
    "find",
    "import",
    "import 没有.csv --into 客户",
    "import a.csv",
    "import a.csv --into 爱好",
    "import a.csv --into 客户",
    "import a.csv --into 客户 --map 爱好=兴趣",
    "import a.csv --into 客户 --map 没有=名称",
    "import a.csv --into 客户 --map x",
    "import a.csv --into 客户 --map-value zz",
    "import a.csv --into 客户 --key 城市",
    "import a.csv --into 客户 --link-missing x",
    "import a.csv --into 客户 --set x",
    "import a.csv --into 客户 --skip-errors",
    "import b.csv --into 客户",
    "import c.csv --into 商机",
    "import d.csv --into 商机",
    "import e.csv --into 客户",
    "import f.csv --into 客户",
    "import . --into 客户",
    "export 爱好",
    "export --sort 名称",
    "export --columns 名称",
    "undo zz",
    "redo",
    "changes",
    "changes --since 哈哈",
    "config",
    "config zz",
    "config get",
    "config get zz",
    "config set lang 法语",
    "config set color 红",
    "config set tz 北京",
    "config set currency 贝壳",
    "config set week_start 很早",
    "config set currency",
    "config path zz",
    "view save",
    "agenda --owner 李四",
    "board --pipeline 没有",
    "queue --owner team:没有",
    "help zz",
    "doctor --check --rebuild",
    "c rm C-1 --dry-run",
    "c purge C-1 --yes",
    "u rm U-1",
    "stage rm S-1",
    "pipeline rm L-1",
];

#[test]
fn every_sentence_is_written_well_with_what_stands_in_it() {
    let env = world();
    let store = std::fs::read(env.store()).unwrap();
    let mut wrong = Vec::new();
    let zh = |line: &str| env.crm(["--lang", "zh"]).args(shell_words(line));
    for line in LINES {
        std::fs::write(env.store(), &store).unwrap();
        let said = zh(line).output().stderr;
        let said = if said.is_empty() { zh(line).output().stdout } else { said };
        if said.is_empty() {
            wrong.push(format!("crm {line}: nothing was said"));
        }
        check(line, &said, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn help_is_written_well() {
    let env = world();
    let mut wrong = Vec::new();
    let topics = ["", "filters", "dates", "output", "exit-codes", "keys", "options"].map(str::to_owned);
    let kinds = crm::domain::schema::BASE
        .kinds()
        .iter()
        .flat_map(|kind| [kind.noun.to_owned(), format!("fields {}", kind.noun)]);
    for topic in topics.into_iter().chain(kinds) {
        let page = format!("help {topic}");
        check(&page, &env.crm(shell_words(&page)).args(["--lang", "zh"]).ok(), &mut wrong);
    }
    for op in crm::ops::OPS {
        let page = match op.noun {
            crm::command::Noun::Top => format!("help {}", op.verb),
            crm::command::Noun::Every => format!("help customer {}", op.verb),
            crm::command::Noun::Kind(noun) => format!("help {noun} {}", op.verb),
        };
        check(&page, &env.crm(shell_words(&page)).args(["--lang", "zh"]).ok(), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_that_may_have_been_meant_are_offered() {
    let env = world();
    let said = |line: &str| env.crm(["--lang", "zh"]).args(shell_words(line)).fails(3);
    for (line, offered) in [
        ("log 电话 zgq 好", "是否指 P-1 张桂清？"),
        ("log 电话 桂清 好", "是否指 P-1 张桂清？"),
        (
            "log 电话 云帆 好",
            "是否指 C-2 上海云帆贸易有限公司（上海）、C-1 杭州云帆科技有限公司（13800138000，杭州）？",
        ),
        ("c show yunfan", "C-2 上海云帆贸易有限公司"),
        ("p show zhanggui", "是否指 P-1 张桂清？"),
        ("d add 测 客户=华东", "crm customer list 可查看"),
        ("t assign T-1 王", "是否指 U-2 王芳？"),
    ] {
        assert!(said(line).contains(offered), "{line}: {}", said(line));
    }
    let english = env.crm(["customer", "show", "yunfan"]).fails(3);
    assert!(english.contains("did you mean C-2 ") && english.contains(" (上海), C-1 "), "{english}");
}

#[test]
fn what_the_system_says_of_a_file_and_where_a_setting_comes_from_is_said_in_chinese() {
    let env = world();
    let zh = |line: &str| env.crm(["--lang", "zh"]).args(shell_words(line));
    assert!(zh("import 没有.csv --into 客户").fails(1).contains("没有此文件或文件夹"));
    let template = zh("c list -o template={{id|upperx}}").fails(2);
    assert!(template.contains("模板在第 6 列有误：没有此过滤器"), "{template}");
    assert!(zh("import . --into 客户").fails(1).contains("这是文件夹，不是文件"));
    let origins = zh("config list --show-origin").ok();
    assert!(origins.contains("环境变量 CRM_STORE") && origins.contains("默认值"), "{origins}");
    let codes = zh("config list --show-origin -o csv").ok();
    assert!(codes.contains(",env CRM_STORE") && codes.contains(",default"), "{codes}");
}

#[test]
fn an_unknown_language_is_refused_in_the_readers_own() {
    let env = world();
    let said = env.crm(["c", "list", "--lang", "zz"]).env("LANG", "zh_CN.UTF-8").fails(2);
    assert!(said.contains("“zz”不是 crm 支持的语言"), "{said}");
}

fn check(line: &str, said: &str, wrong: &mut Vec<String>) {
    for sentence in said.lines() {
        let mut complain = |what: String| wrong.push(format!("crm {line}: {what}: {sentence}"));
        if is_foreign(sentence) {
            complain("no Chinese".to_owned());
        }
        faults_of(sentence).into_iter().for_each(&mut complain);
        foreign_words(sentence).into_iter().for_each(|word| complain(format!("an English word, {word}")));
        let words = sentence.split(|c: char| !c.is_ascii_alphabetic());
        words.filter(|word| PLACEHOLDERS.contains(word)).for_each(|word| complain(format!("a placeholder, {word}")));
    }
}

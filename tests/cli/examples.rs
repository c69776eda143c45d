//! The examples that help shows, run as they stand, in a store where the records exist that they name.

use std::{collections::BTreeMap, fs, path::Path};

use crm::{
    command::{Noun, Op},
    grammar::help::EXAMPLES,
    ops::OPS,
};

use crate::harness::{TestEnvironment, shell_words};

/// A small firm: C-12, D-7, F-3, T-4, T-9, the people and the files that examples name, all made two days ago.
fn world() -> TestEnvironment {
    let env = TestEnvironment::new();
    let run = |line: &str| env.crm(shell_words(line)).ok();
    run("user add 'Li Wei' login=li.wei team=east");
    run("user add 王芳 login=wang.fang team=华东");
    for number in 1..=11 {
        run(&format!("customer add 'Customer {number}' city=Berlin grade=C"));
    }
    run("customer add 上海华盛科技有限公司 city=上海 grade=A email=buyer@huasheng.example phone=13800138000");
    for number in 1..=7 {
        run(&format!("deal add 'Deal {number}' customer=C-1 amount=10k"));
    }
    for number in 1..=3 {
        run(&format!("followup add 'Plan {number}' due=fri customer=C-1"));
    }
    for number in 1..=9 {
        run(&format!("ticket add 'Question {number}' customer=C-1"));
    }
    env.write("crm-schema.jsonl", "{\"kind\":\"field\",\"name\":\"customer.machine\",\"zh\":\"机器\"}\n");
    env.write("minutes.txt", "what was said");
    env.write("answer.txt", "we are sorry");
    env.write("accounts.csv", "Name,City\nNorth Light,Bergen\n");
    env.write("客户.csv", "客户名称,城市\n北光照明,杭州\n");
    env.write("商机.csv", "机会,公司\n灯具采购,北光照明\n");
    env.write("deals.csv", "Opportunity,Account,Expected close\nLamps,North Light,3/31/2026\n");
    env.advance_clock(chrono::TimeDelta::days(2));
    env
}

/// What must have happened before an example makes sense.
fn before(op: &Op) -> Option<&'static str> {
    match op.verb {
        "restore" => Some("customer rm C-12"),
        "reopen" => Some("ticket close T-9"),
        "redo" => Some("undo"),
        _ => None,
    }
}

#[test]
fn examples_in_chinese_are_of_the_operation_that_shows_them() {
    for (at, (noun, verb, lines)) in EXAMPLES.iter().enumerate() {
        let known = OPS.iter().any(|op| op.noun == *noun && op.verb == *verb);
        assert!(known, "no operation shows those of {noun:?} {verb}");
        assert!(!EXAMPLES[..at].iter().any(|(other, of, _)| other == noun && of == verb), "twice: {noun:?} {verb}");
        for line in *lines {
            let words: Vec<&str> = line.split(' ').collect();
            let said = match noun {
                Noun::Top => words[0] == *verb,
                Noun::Kind(of) => words[..2] == [*of, *verb],
                Noun::Every => {
                    let own = |op: &&Op| op.noun == Noun::Kind(words[0]) && op.verb == *verb;
                    words[1] == *verb && !OPS.iter().copied().any(|op| own(&op))
                }
            };
            assert!(said, "{noun:?} {verb}: {line}");
        }
    }
    let env = TestEnvironment::new();
    for words in [&["help", "set"][..], &["help", "customer", "set"]] {
        let page = env.crm(words).args(["--lang", "zh"]).ok();
        assert_eq!(page.lines().next(), Some("  crm customer set C-12 级别=A 标签+=重点"));
    }
    let page = env.crm(["help", "field", "set", "--lang", "zh"]).ok();
    assert_eq!(page.lines().next(), Some("  crm field set 客户.人数 中文名=职工人数"));
}

#[test]
fn examples_do_what_they_say() {
    let env = world();
    let store = fs::read(env.store()).unwrap();
    let mut wrong = Vec::new();
    for op in OPS {
        let is_its_own = |(noun, verb, _): &&(_, &str, _)| *noun == op.noun && *verb == op.verb;
        let chinese = EXAMPLES.iter().filter(is_its_own).flat_map(|(.., lines)| *lines);
        for line in op.examples.iter().chain(chinese) {
            fs::write(env.store(), &store).unwrap();
            if let Some(line) = before(op) {
                env.crm(shell_words(line)).ok();
            }
            let output = env.crm(shell_words(line)).output();
            if output.code != Some(0) {
                wrong.push(format!("crm {line}: {:?} {}", output.code, output.stderr));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Every file below a folder, with what is in it.
fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false => drop(found.insert(path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
}

#[test]
fn a_dry_run_of_any_command_changes_no_file_or_is_refused() {
    let env = world();
    env.write("k.csv", "precious");
    env.crm(["config", "set", "tz", "Europe/Berlin"]).ok();
    let of_world = || {
        let mut found = BTreeMap::new();
        files(&env.path(""), &mut found);
        found
    };
    let more = [
        "config set currency GBP",
        "config unset tz",
        "export customer --to k.csv --yes",
        "export --to new.jsonl",
        "import accounts.csv --into customer --skip-errors",
        "doctor --rebuild",
        "customer purge C-2 --yes",
        "view save hot grade:A",
    ];
    let (store, mut wrong) = (fs::read(env.store()).unwrap(), Vec::new());
    for op in OPS {
        let lines = op.examples.iter().chain(more.iter().filter(|line| line.split(' ').any(|word| word == op.verb)));
        for line in lines {
            fs::write(env.store(), &store).unwrap();
            if let Some(line) = before(op) {
                env.crm(shell_words(line)).ok();
            }
            let held = of_world();
            let mut words = shell_words(line);
            if !words.contains(&"--dry-run".to_owned()) {
                words.insert(words.iter().position(|word| word == "--").unwrap_or(words.len()), "--dry-run".into());
            }
            let output = env.crm(words).output();
            let refused = output.code == Some(2) && output.stderr.contains("has no dry run");
            if output.code != Some(0) && !refused {
                wrong.push(format!("crm {line}: {:?} {}", output.code, output.stderr));
            }
            let now = of_world();
            let changed = now.iter().filter(|(path, text)| held.get(*path) != Some(*text)).map(|(path, _)| path);
            wrong.extend(changed.map(|path| format!("crm {line}: changes {path}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let said = |line: &str| env.crm(shell_words(line)).args(["--dry-run"]).output();
    assert!(said("config set currency GBP").stderr.contains("currency would be set to GBP"));
    assert!(said("config unset tz").stderr.contains("tz would be removed"));
    assert_eq!(said("config set currency nonsense").code, Some(4));
    let export = said("export customer --to k.csv");
    assert_eq!(export.stderr.trim(), "12 records would be written to k.csv, which would be replaced");
    assert!(said("demo --reset").stderr.contains("crm demo has no dry run"));
}

#[test]
fn help_about_a_kind_of_ones_own_shows_commands_that_work() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    env.crm(["kind", "add", "vehicle", "letters=VH", "zh=车辆"]).ok();
    env.crm(["field", "add", "vehicle", "customer", "type=link", "to=customer", "zh=客户"]).ok();
    env.crm(["field", "add", "vehicle", "bought", "type=date", "zh=购买日"]).ok();
    for (lang, add) in
        [("en", "crm vehicle add Example customer=C-1 bought=fri"), ("zh", "crm 车辆 新建 示例 客户=C-1 购买日=周五")]
    {
        for words in [&["help", "vehicle"][..], &["help", "vehicle", "add"]] {
            let page = env.crm(words).args(["--lang", lang]).ok();
            assert_eq!(page.lines().next(), Some(&*format!("  {add}")));
        }
        env.crm(add.split(' ').skip(1)).ok();
    }
    env.crm(["kind", "add", "tool", "letters=TL", "zh=小 工具"]).ok();
    for code in ["a", "b"] {
        env.crm(["field", "add", "tool", code]).ok();
    }
    env.crm(["field", "add", "tool", "cc", "zh=合同 编号", "type=choice", "required"]).ok();
    env.crm(["choice", "add", "tool.cc", "red", "zh=大 红"]).ok();
    for (lang, add) in [("en", "crm tool add Example cc=red a=X1"), ("zh", "crm tool 新建 示例 cc=red A=X1")] {
        let page = env.crm(["help", "tool", "add", "--lang", lang]).ok();
        assert_eq!(page.lines().next(), Some(&*format!("  {add}")));
        env.crm(add.split(' ').skip(1)).ok();
    }
    env.crm(["field", "add", "tool", "site", "type=url", "required"]).ok();
    assert!(!env.crm(["help", "tool"]).ok().contains("tool add"), "nothing is made up for a required web address");
    assert!(env.crm(["help", "strict"]).fails(2).contains("crm help field add"));
}

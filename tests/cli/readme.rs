//! What the README and the page on Chinese tell people to type, typed: their blocks run one after the other in one world.

use std::{fs, os::unix::fs::symlink, path::Path};

use crm::{domain::schema::BASE, ops::OPS};

use crate::harness::{TestEnvironment, shell_words};

/// A page of the project.
fn page(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The blocks of a document behind such a fence.
fn blocks(text: &str, fence: &str) -> Vec<String> {
    let (mut blocks, mut open) = (Vec::new(), None::<String>);
    for line in text.lines() {
        match (&mut open, line) {
            (None, line) if line == fence => open = Some(String::new()),
            (Some(_), "```") => blocks.extend(open.take()),
            (Some(block), line) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, _) => {}
        }
    }
    blocks
}

#[test]
fn what_the_readme_says_works() {
    let env = TestEnvironment::new();
    let programs = env.path("home/bin");
    fs::create_dir(&programs).unwrap();
    symlink(env!("CARGO_BIN_EXE_crm"), programs.join("crm")).unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());

    let blocks = blocks(&page("README.md"), "```sh");
    assert!(blocks.len() > 5, "the README shows how to use the program");
    let has_jq = env.program("sh", ["-c", "command -v jq"]).output().code == Some(0);
    for block in blocks.iter().filter(|block| has_jq || !block.contains("jq ")) {
        for line in block.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            env.program("sh", ["-c", line]).env("PATH", &path).ok();
        }
    }
}

#[test]
fn the_picture_is_what_the_demo_shows() {
    let env = TestEnvironment::new();
    env.crm(["demo"]).ok();
    let store = env.path("data/crm/demo.redb");
    let panes = ["agenda", "board", "queue"].map(|pane| env.crm([pane]).env("CRM_STORE", &store).ok());
    let shown: Vec<&str> = panes.iter().flat_map(|pane| pane.lines()).map(str::trim_end).collect();
    let picture = blocks(&page("README.md"), "```text");
    for line in picture[0].lines() {
        assert!(shown.contains(&line), "the README shows a line that the demo does not: {line}\n{}", shown.join("\n"));
    }
}

const CHINESE: &str = "docs/中文.md";

#[test]
fn the_examples_in_chinese_give_what_they_say() {
    let env = TestEnvironment::new();
    let blocks = blocks(&page(CHINESE), "```console");
    assert!(blocks.len() > 4, "the page shows how to type Chinese");
    let mut wrong = Vec::new();
    for example in blocks.iter().flat_map(|block| block.split("$ crm ").filter(|example| !example.is_empty())) {
        let (command, told) = example.split_once('\n').unwrap();
        let run = env.crm(shell_words(command)).env("CRM_NOW", "2026-11-27T15:15:00Z");
        let output = run.env("LANG", "zh_CN.UTF-8").env("TZ", "Asia/Shanghai").output();
        let given = if output.code == Some(0) { &output.stdout } else { &output.stderr };
        let given: String = given.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        if given != told {
            wrong.push(format!("crm {command}\nis told to give\n{told}and gives\n{given}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The words between backticks in a cell of a table.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_phrases_in_chinese_are_read_as_the_page_says() {
    let (page, phrases) = (page(CHINESE), page("tests/phrases.tsv"));
    // Of every phrase that is tried: what it is read as.
    let known: Vec<(&str, &str)> =
        phrases.lines().filter_map(|line| line.split_once('\t')?.1.split_once('\t')?.1.split_once('\t')).collect();
    let (mut wrong, mut table, mut checked) = (Vec::new(), "", 0);
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, first, second, ..] = cells[..] else {
            table = "";
            continue;
        };
        if table.is_empty() {
            table = first;
            continue;
        }
        for word in quoted(first) {
            let is_so = match (table, quoted(second).first()) {
                ("写法", Some(result)) => known.contains(&(word, result)),
                ("写法", None) => known.iter().any(|(phrase, result)| *phrase == word && *result != "refused"),
                ("对象", _) => BASE.named(word).is_some(),
                ("操作", _) => OPS.iter().any(|op| op.is_said(word)),
                _ => continue,
            };
            checked += 1;
            if !is_so {
                wrong.push(format!("{word}: {second}"));
            }
        }
    }
    assert!(checked > 100, "{checked}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

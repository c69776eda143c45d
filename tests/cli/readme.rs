//! What the README tells people to type, typed: its `sh` blocks run one after the other in one world.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::harness::TestEnvironment;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
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

    let blocks = blocks(&readme(), "```sh");
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
    let picture = blocks(&readme(), "```text");
    for line in picture[0].lines() {
        assert!(shown.contains(&line), "the README shows a line that the demo does not: {line}\n{}", shown.join("\n"));
    }
}

//! What is written down holds on every machine, and nothing is put off in a comment.

use super::{File, assert_none, files, tree};

const PLACES: [&str; 8] = ["README.md", "CHANGELOG.md", ".ci", "docs", "keymaps", "src", "benches", "tests"];

/// The beginnings of paths that exist on somebody's machine only.
const MACHINES: [&str; 6] = ["/work/", "/home/", "/root/", "/Users/", "/mnt/", "/tmp/"];
/// Where such paths are made-up data. The scratch folder is anybody's, so any test may name it.
const MADE_UP: &str = "tests/house/";
const SCRATCH: (&str, &str) = ("/tmp/", "tests/");

const PUT_OFF: [&str; 3] = ["todo", "fixme", "xxx"];

/// Every machine's path, and every word that puts work off.
fn check(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| !file.path.starts_with(MADE_UP)) {
        for (line, text) in (1..).zip(file.text.lines()) {
            let scratch_is_fine = file.path.starts_with(SCRATCH.1);
            let machines = MACHINES.iter().filter(|&&machine| !(scratch_is_fine && machine == SCRATCH.0));
            for machine in machines.filter(|machine| names_path(text, machine)) {
                complaints.push(format!("{}:{line}: a path of one machine: {machine}", file.path));
            }
            for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
                if PUT_OFF.iter().any(|put_off| word.eq_ignore_ascii_case(put_off)) {
                    complaints.push(format!("{}:{line}: `{word}`: do it, or leave it", file.path));
                }
            }
        }
    }
    complaints
}

/// Whether an absolute path begins so: not in the middle of a longer path or of a URL.
fn names_path(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| {
        !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '}' | '/'))
    })
}

#[test]
fn nothing_is_tied_to_a_machine_or_put_off() {
    let files = tree(&PLACES);
    assert!(files.iter().any(|file| file.path == "CHANGELOG.md"));
    assert_none(&check(&files));
}

#[test]
fn paths_of_machines_and_put_off_work_are_found() {
    for (path, text) in [
        ("README.md", "cd /work/crm"),
        ("docs/a.md", "`/home/ann/x`"),
        ("src/a.rs", "\"/tmp/x\""),
        ("src/a.rs", "// see file:/Users/ann"),
        ("CHANGELOG.md", "(/root/x)"),
        ("tests/cli/a.rs", "/work/x"),
        ("src/a.rs", "// TODO: later"),
        ("benches/a.rs", "// (fixme)"),
        ("keymaps/default.toml", "# XXX"),
    ] {
        assert_eq!(check(&files(&[(path, text)])).len(), 1, "{path}: {text}");
    }
}

#[test]
fn what_only_looks_like_it_passes() {
    for (path, text) in [
        ("README.md", "https://example.com/home/x ~/work/x ./tmp/x $HOME/work/y ${HOME}/work/z"),
        ("src/a.rs", "todos, todo_list"),
        ("tests/cli/a.rs", "/tmp/x"),
    ] {
        assert_none(&check(&files(&[(path, text)])));
    }
}

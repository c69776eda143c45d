//! A file that needs scrolling for long is two files.

use super::{File, assert_none, files, tree};

const MOST_LINES: usize = 400;
const MOST_LINES_OF_MAIN: usize = 30;

/// Every source file that is too long.
fn check(files: &[File]) -> Vec<String> {
    let most = |path: &str| if path == "src/main.rs" { MOST_LINES_OF_MAIN } else { MOST_LINES };
    files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .map(|file| (&file.path, file.text.lines().count(), most(&file.path)))
        .filter(|(_, lines, most)| lines > most)
        .map(|(path, lines, most)| format!("{path}: {lines} lines, at most {most}"))
        .collect()
}

#[test]
fn files_are_short() {
    assert_none(&check(&tree(&["src", "tests", "benches"])));
}

#[test]
fn a_long_file_is_found() {
    let text = |lines: usize| "//\n".repeat(lines);
    let named = [
        ("src/a.rs", text(401)),
        ("tests/a.rs", text(400)),
        ("docs/a.md", text(999)),
        ("src/main.rs", text(31)),
        ("src/cli/main.rs", text(31)),
    ];
    let named: Vec<(&str, &str)> = named.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(check(&files(&named)), ["src/a.rs: 401 lines, at most 400", "src/main.rs: 31 lines, at most 30"]);
}

//! No file lies beside the program: each is reached by `mod` lines from a root, or it is never compiled.

use std::collections::BTreeSet;

use super::{
    File, assert_none, files,
    modules::{Source, sources},
    tree,
};

const ROOTS: [&str; 3] = ["src/lib.rs", "src/main.rs", "tests/main.rs"];

/// Every Rust file under `src` and `tests` that no root reaches.
fn check(files: &[File]) -> Vec<String> {
    let sources = sources(files);
    let mut reached = BTreeSet::new();
    for root in sources.iter().filter(|source| ROOTS.contains(&source.path)) {
        reach(root, &sources, &mut reached);
    }
    let lost = sources.iter().filter(|source| !reached.contains(source.path));
    lost.map(|source| format!("{}: no `mod` line leads here", source.path)).collect()
}

fn reach<'a>(source: &Source<'a>, sources: &[Source<'a>], reached: &mut BTreeSet<&'a str>) {
    if !reached.insert(source.path) {
        return;
    }
    let folder = |path: &'a str| path.split('/').next();
    for declared in source.declared() {
        for next in sources {
            if next.module == declared.module && folder(next.path) == folder(source.path) {
                reach(next, sources, reached);
            }
        }
    }
}

#[test]
fn every_file_is_mounted() {
    assert_none(&check(&tree(&["src", "tests"])));
}

#[test]
fn a_file_that_is_not_mounted_is_found() {
    let named = [
        ("src/lib.rs", "pub mod a; // mod lost;\nmod f { mod g; }"),
        ("src/main.rs", "mod door;"),
        ("src/door.rs", ""),
        ("src/a/mod.rs", "#[cfg(test)]\nmod tests; const X: &str = \"mod lost;\";"),
        ("src/a/tests.rs", ""),
        ("src/a/lost.rs", "mod deep;"),
        ("src/a/lost/deep.rs", ""),
        ("src/f/g.rs", ""),
        ("src/lost.rs", ""),
        ("tests/main.rs", "mod b;"),
        ("tests/b/mod.rs", "pub(crate) mod c;"),
        ("tests/b/c.rs", ""),
        ("tests/a.rs", ""),
    ];
    let lost: Vec<String> =
        check(&files(&named)).iter().filter_map(|line| Some(line.split_once(':')?.0.into())).collect();
    assert_eq!(lost, ["src/a/lost.rs", "src/a/lost/deep.rs", "src/lost.rs", "tests/a.rs"]);
}

#[test]
fn without_a_root_nothing_is_mounted() {
    assert_eq!(check(&files(&[("src/text.rs", "")])), ["src/text.rs: no `mod` line leads here"]);
}

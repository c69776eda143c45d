//! Inside a folder the files and folders import one another in one direction too, at every depth: no two files of a
//! folder name each other, not even by way of a third.
//!
//! The folder's own file (`store/mod.rs`) declares and re-exports and is no node; a name that it passes on counts as
//! the submodule that it comes from. Tests may look back.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    File, assert_none, files,
    modules::{Source, sources},
    tree,
};

/// Who imports whom, and where.
type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, String>>;

/// Every cycle found, and every glob that could hide one.
fn check(files: &[File]) -> Vec<String> {
    let sources = sources(files);
    let mut folders: BTreeSet<Vec<&str>> = BTreeSet::new();
    for source in &sources {
        folders.extend((1..source.module.len()).map(|depth| source.module[..depth].to_vec()));
    }
    let mut complaints = Vec::new();
    for folder in &folders {
        let inside: Vec<&Source<'_>> = sources.iter().filter(|source| source.module.starts_with(folder)).collect();
        let graph = graph(folder, &inside, &mut complaints);
        let mut search = Search { graph: &graph, done: BTreeSet::new(), trail: Vec::new() };
        for &node in graph.keys() {
            search.visit(node, &folder.join("::"), &mut complaints);
        }
    }
    complaints
}

fn graph<'a>(folder: &[&str], sources: &[&Source<'a>], complaints: &mut Vec<String>) -> Graph<'a> {
    let (depth, name) = (folder.len(), folder.join("::"));
    let nodes: BTreeSet<&str> = sources.iter().filter_map(|source| source.module.get(depth).copied()).collect();
    let mut passed_on: BTreeMap<&str, &str> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.module.len() == depth) {
        for named in source.named().into_iter().filter(|named| named.segments.starts_with(folder)) {
            if let [sub, .., last] = named.segments[depth..]
                && nodes.contains(sub)
            {
                passed_on.insert(named.name, sub);
                if last == "*" {
                    complaints.push(format!("{}:{}: name what comes from `{sub}`", source.path, named.line));
                }
            }
        }
    }
    let mut graph = Graph::new();
    for source in sources {
        let Some(&from) = source.module.get(depth) else { continue };
        let imports = graph.entry(from).or_default();
        for named in source.named().into_iter().filter(|named| !named.test && named.segments.starts_with(folder)) {
            let [sub, ..] = named.segments[depth..] else { continue };
            let place = format!("{}:{}", source.path, named.line);
            if sub == "*" {
                complaints.push(format!("{place}: name what comes from `{name}`"));
            }
            let to = nodes.get(sub).or_else(|| passed_on.get(sub));
            if let Some(&to) = to.filter(|&&to| to != from) {
                imports.entry(to).or_insert(place);
            }
        }
    }
    graph
}

/// A walk that remembers the way, so that coming back to it is noticed.
struct Search<'a> {
    graph: &'a Graph<'a>,
    done: BTreeSet<&'a str>,
    trail: Vec<&'a str>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, node: &'a str, folder: &str, complaints: &mut Vec<String>) {
        if let Some(start) = self.trail.iter().position(|&passed| passed == node) {
            let round = self.trail[start..].iter().zip(self.trail[start + 1..].iter().chain([&node]));
            let steps: Vec<String> =
                round.map(|(from, to)| format!("{from} -> {to} ({})", self.graph[from][to])).collect();
            return complaints.push(format!("cycle in `{folder}`: {}", steps.join(", ")));
        }
        if !self.done.insert(node) {
            return;
        }
        self.trail.push(node);
        for &next in self.graph.get(node).into_iter().flat_map(BTreeMap::keys) {
            self.visit(next, folder, complaints);
        }
        self.trail.pop();
    }
}

#[test]
fn no_folder_turns_in_a_circle() {
    assert_none(&check(&tree(&["src"])));
}

#[test]
fn a_circle_is_found_and_shown() {
    let two = files(&[
        ("src/store/index.rs", "use super::journal::Entry;"),
        ("src/store/journal.rs", "\nuse crate::store::{keys, index};"),
        ("src/store/keys.rs", ""),
    ]);
    assert_eq!(
        check(&two),
        ["cycle in `store`: index -> journal (src/store/index.rs:1), journal -> index (src/store/journal.rs:2)"]
    );
    let three = files(&[
        ("src/store/a.rs", "fn f() { super::b::g() }"),
        ("src/store/b/mod.rs", "mod deep;"),
        ("src/store/b/deep.rs", "use super::super::c;"),
        ("src/store/c.rs", "use crate::{text, store::a};"),
    ]);
    assert!(check(&three)[0].contains("a -> b (src/store/a.rs:1), b -> c (src/store/b/deep.rs:1), c -> a"));
}

#[test]
fn a_circle_through_a_name_that_is_passed_on_is_found() {
    let passed = files(&[
        ("src/store/mod.rs", "mod a; mod b; pub use a::{A, x as y}; pub(crate) use self::b::B;"),
        ("src/store/a.rs", "use super::B;"),
        ("src/store/b.rs", "use crate::store::y;"),
    ]);
    assert_eq!(check(&passed).len(), 1, "{:?}", check(&passed));
}

#[test]
fn a_circle_of_two_files_deep_in_a_layer_is_found() {
    let deep = files(&[
        ("src/query/count/mod.rs", "mod group; mod rows; pub use rows::Rows;"),
        ("src/query/count/group.rs", "use super::Rows;"),
        ("src/query/count/rows.rs", "fn f() { super::group::g() }"),
    ]);
    assert_eq!(
        check(&deep),
        [
            "cycle in `query::count`: group -> rows (src/query/count/group.rs:1), rows -> group (src/query/count/rows.rs:1)"
        ]
    );
}

#[test]
fn a_glob_that_could_hide_a_circle_is_named() {
    let glob = files(&[("src/store/mod.rs", "pub use a::*;"), ("src/store/a.rs", "use super::*;")]);
    assert_eq!(check(&glob).len(), 2);
}

#[test]
fn one_direction_passes() {
    let fine = files(&[
        ("src/store/mod.rs", "mod a; mod b; mod tests; pub use a::A;"),
        ("src/store/a.rs", "use super::b; use super::Shared; #[cfg(test)] mod tests { use super::*; }"),
        ("src/store/b.rs", "// super::a\n#[cfg(test)] mod tests { use super::super::a; }"),
        ("src/query/a.rs", "use crate::store::b;"),
        ("src/query/b.rs", "use crate::store::a; use super::a;"),
    ]);
    assert_none(&check(&fine));
}

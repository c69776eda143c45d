//! Inside a layer the submodules import one another in one direction too: no cycle between its files and folders.
//!
//! The layer's own file (`store/mod.rs`) declares and re-exports and is no node; a name that it passes on counts as
//! the submodule that it comes from. Tests may look back.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Source, sources};
use super::{File, assert_none, files, tree};

/// Who imports whom, and where.
type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, String>>;

/// Every cycle found, and every glob that could hide one.
fn check(files: &[File]) -> Vec<String> {
    let mut layers: BTreeMap<&str, Vec<&Source<'_>>> = BTreeMap::new();
    let sources = sources(files);
    for source in sources.iter().filter(|source| !source.module.is_empty()) {
        layers.entry(source.module[0]).or_default().push(source);
    }
    let mut complaints = Vec::new();
    for (layer, sources) in layers {
        let graph = graph(layer, &sources, &mut complaints);
        let mut search = Search { graph: &graph, done: BTreeSet::new(), trail: Vec::new() };
        for &node in graph.keys() {
            search.visit(node, layer, &mut complaints);
        }
    }
    complaints
}

fn graph<'a>(layer: &str, sources: &[&Source<'a>], complaints: &mut Vec<String>) -> Graph<'a> {
    let nodes: BTreeSet<&str> = sources.iter().filter_map(|source| source.module.get(1).copied()).collect();
    let mut passed_on: BTreeMap<&str, &str> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.module.len() == 1) {
        for named in source.named() {
            if let [first, sub, .., last] = named.segments[..]
                && (first, nodes.contains(sub)) == (layer, true)
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
        let Some(&from) = source.module.get(1) else { continue };
        let imports = graph.entry(from).or_default();
        for named in source.named().into_iter().filter(|named| !named.test) {
            let [first, sub, ..] = named.segments[..] else { continue };
            let place = format!("{}:{}", source.path, named.line);
            if first != layer {
                continue;
            }
            if sub == "*" {
                complaints.push(format!("{place}: name what comes from `{layer}`"));
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
    fn visit(&mut self, node: &'a str, layer: &str, complaints: &mut Vec<String>) {
        if let Some(start) = self.trail.iter().position(|&passed| passed == node) {
            let round = self.trail[start..].iter().zip(self.trail[start + 1..].iter().chain([&node]));
            let steps: Vec<String> =
                round.map(|(from, to)| format!("{from} -> {to} ({})", self.graph[from][to])).collect();
            return complaints.push(format!("cycle in `{layer}`: {}", steps.join(", ")));
        }
        if !self.done.insert(node) {
            return;
        }
        self.trail.push(node);
        for &next in self.graph.get(node).into_iter().flat_map(BTreeMap::keys) {
            self.visit(next, layer, complaints);
        }
        self.trail.pop();
    }
}

#[test]
fn no_layer_turns_in_a_circle() {
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

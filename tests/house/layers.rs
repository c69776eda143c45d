//! Imports go one way: each layer names only those below it.

use super::{File, assert_none, files, modules::sources, tree};

/// A top module, its height, and what it may import.
struct Layer {
    name: &'static str,
    height: u8,
    imports: &'static [&'static str],
}

const LAYERS: [Layer; 15] = [
    Layer { name: "text", height: 0, imports: &[] },
    Layer { name: "error", height: 0, imports: &["text"] },
    Layer { name: "domain", height: 1, imports: &["text", "error"] },
    // Below the store, which keeps the values of formulas.
    Layer { name: "language", height: 2, imports: &["text", "error", "domain"] },
    Layer { name: "store", height: 3, imports: &["text", "error", "domain", "language"] },
    Layer { name: "query", height: 4, imports: &["text", "error", "domain", "language", "store"] },
    Layer { name: "read_model", height: 5, imports: &["text", "error", "domain", "language", "store", "query"] },
    Layer { name: "commit", height: 5, imports: &["text", "error", "domain", "language", "store", "query"] },
    Layer {
        name: "command",
        height: 6,
        imports: &["text", "error", "domain", "language", "store", "query", "read_model", "commit"],
    },
    Layer {
        name: "ops",
        height: 7,
        imports: &["text", "error", "domain", "language", "store", "query", "read_model", "commit", "command"],
    },
    Layer {
        name: "grammar",
        height: 8,
        imports: &["text", "error", "domain", "language", "query", "commit", "command", "ops"],
    },
    Layer { name: "keymap", height: 9, imports: &["text", "error"] },
    // Of the domain only values: currencies, zones, what a team has agreed on. `config` opens no store.
    Layer { name: "config", height: 10, imports: &["text", "error", "domain", "keymap"] },
    Layer { name: "cli", height: 11, imports: BELOW_SURFACES },
    Layer { name: "tui", height: 12, imports: BELOW_SURFACES },
];

const BELOW_SURFACES: &[&str] = &[
    "text",
    "error",
    "domain",
    "language",
    "store",
    "query",
    "read_model",
    "commit",
    "command",
    "ops",
    "grammar",
    "keymap",
    "config",
];

/// Tests of any layer may also use what stands at this height or below.
const TESTS_MAY_USE: u8 = 3;

fn layer(name: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| layer.name == name)
}

/// What breaks the order, one line each.
fn check(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources(files) {
        let Some(&name) = source.module.first() else { continue };
        let Some(own) = layer(name) else {
            complaints.push(format!("{}: `{name}` is no layer", source.path));
            continue;
        };
        for named in source.named().iter().filter(|named| !named.relative) {
            let target = named.segments.first().copied().unwrap_or("*");
            if target == own.name {
                continue;
            }
            let place = format!("{}:{}", source.path, named.line);
            match layer(target) {
                None => complaints.push(format!("{place}: `crate::{target}` is no layer; name the layer it is from")),
                Some(other) if own.imports.contains(&other.name) => {}
                Some(other) if named.test && other.height <= TESTS_MAY_USE => {}
                Some(_) => complaints.push(format!("{place}: `{name}` may not import `{target}`")),
            }
        }
    }
    complaints
}

#[test]
fn imports_go_one_way() {
    assert_none(&check(&tree(&["src"])));
}

#[test]
fn the_table_agrees_with_itself() {
    for own in &LAYERS {
        for name in own.imports {
            assert!(layer(name).is_some_and(|other| other.height <= own.height), "{} -> {name}", own.name);
        }
    }
}

#[test]
fn an_import_against_the_order_is_found() {
    for (path, text) in [
        ("src/text/width.rs", "use crate::error::Error;"),
        ("src/error.rs", "use crate::domain::Kind;"),
        ("src/domain/deal.rs", "fn f(s: &crate::store::Store) {}"),
        ("src/store/engine/redb.rs", "use super::super::super::ops::commit;"),
        ("src/store/mod.rs", "use crate::{domain::Kind, error, query::{plan}};"),
        ("src/query/mod.rs", "mod inner { use super::super::cli; }"),
        ("src/ops/mod.rs", "pub use crate::config as settings;"),
        ("src/keymap/trie.rs", "use crate::domain::Kind;"),
        ("src/config/paths.rs", "use crate::ops::Plan;"),
        ("src/config/paths.rs", "use crate::store::Store;"),
        ("src/tui/mod.rs", "use crate::cli::table;"),
        ("src/cli/mod.rs", "crate::tui::run();"),
        ("src/domain/mod.rs", "use crate::Error;"),
        ("src/store/mod.rs", "use crate::*;"),
        ("src/utils.rs", ""),
        ("src/domain/deal.rs", "#[cfg(test)] mod tests { use crate::ops::commit; }"),
        ("src/domain/deal.rs", "macro_rules! m { () => { $crate::ops::commit() } }"),
    ] {
        assert_eq!(check(&files(&[(path, text)])).len(), 1, "{path}: {text}");
    }
}

#[test]
fn imports_in_order_pass() {
    for (path, text) in [
        ("src/lib.rs", "pub mod text; pub use crate::error::Error;"),
        ("src/domain/deal.rs", "use crate::{error::Error, text::{fold, width}}; use super::value::Money;"),
        ("src/domain/deal.rs", "//! Kept by crate::ops.\n/* crate::ops */ const X: &str = \"crate::ops\";"),
        ("src/domain/deal.rs", "#[cfg(test)] mod tests { use super::*; use crate::store::Row; }"),
        ("src/tui/update.rs", "use crate::ops::Plan; use crate::keymap::Scope; use ratatui::style; use cli_table::x;"),
        ("src/config/mod.rs", "use crate::keymap::load; pub(in crate::config) fn f() {}"),
    ] {
        assert_none(&check(&files(&[(path, text)])));
    }
}

//! Names that stay in their place: one crate behind one folder, printing in one file, no clock in the lower layers, and
//! nothing from outside in operations.

use super::{File, assert_none, files, lexer::Token, modules::sources, tree};

/// Something that may be named in some places only.
struct Rule {
    what: &'static str,
    /// Where the rule holds, by the start of the path.
    holds: &'static [&'static str],
    /// Where it is lifted again.
    except: &'static [&'static str],
    /// Whether tests inside `src` are free of it.
    tests_free: bool,
    /// Whether the tokens up to and including this position name it.
    names: fn(&[Token<'_>], usize) -> bool,
}

/// Everything that is compiled, but for these self-tests, which must name what they forbid.
const EVERYWHERE: &[&str] = &["src/", "benches/", "tests/"];
const SELF: &str = "tests/house/";
const WITHOUT_CLOCK: &[&str] = &[
    "src/text/",
    "src/domain/",
    "src/query/",
    "src/read_model/",
    "src/store/",
    "src/commit/",
    "src/command/",
    "src/ops/",
    "src/grammar/",
];

const RULES: [Rule; 9] = [
    Rule {
        what: "`rayon`, which takes its threads for granted",
        holds: EVERYWHERE,
        except: &["src/store/cores.rs", SELF],
        tests_free: false,
        names: |tokens, at| tokens[at].text == "rayon",
    },
    Rule {
        what: "`redb`, outside the engine",
        holds: EVERYWHERE,
        except: &["src/store/engine/", SELF],
        tests_free: false,
        names: |tokens, at| tokens[at].text == "redb",
    },
    Rule {
        what: "`ratatui`, outside the full screen",
        holds: EVERYWHERE,
        except: &["src/tui/", "tests/tui/", SELF],
        tests_free: false,
        names: |tokens, at| tokens[at].text == "ratatui",
    },
    Rule {
        what: "`crossterm`, away from the terminal",
        holds: EVERYWHERE,
        except: &["src/tui/", "tests/tui/", "src/keymap/key.rs", "src/cli/", SELF],
        tests_free: false,
        names: |tokens, at| tokens[at].text == "crossterm",
    },
    Rule {
        what: "printing, outside `cli/output` and the screen",
        holds: &["src/"],
        // The processes of a test speak to each other over their streams.
        except: &["src/cli/output", "src/tui/terminal_guard.rs", "src/store/engine/processes.rs"],
        tests_free: true,
        names: |tokens, at| macro_call(tokens, at, &["print", "println", "eprint", "eprintln"]) || stream(tokens, at),
    },
    Rule {
        what: "a panic on purpose",
        holds: &["src/"],
        except: &[],
        tests_free: true,
        names: |tokens, at| {
            let after = |sign: &[&str]| at > 0 && sign.contains(&tokens[at - 1].text);
            let call = after(&[".", "::"]) && matches!(tokens[at].text, "unwrap" | "expect");
            call || macro_call(tokens, at, &["panic", "todo", "unimplemented"])
        },
    },
    Rule {
        what: "the clock, which is handed down from above",
        holds: WITHOUT_CLOCK,
        except: &[],
        tests_free: false,
        names: |tokens, at| {
            let clock = |word: &str| matches!(word, "SystemTime" | "Utc" | "Local");
            tokens[at].text == "now" && at >= 2 && tokens[at - 1].text == "::" && clock(tokens[at - 2].text)
        },
    },
    Rule {
        what: "the program's own tables, where the schema of what is read must be asked",
        holds: &["src/store/", "src/query/", "src/read_model/", "src/commit/", "src/command/", "src/ops/"],
        // The schema of a new store; the words of an argument, and what a test compares the numbers of the program with.
        except: &["src/store/definitions.rs", "src/command/args.rs", "src/store/schema.rs"],
        tests_free: true,
        names: |tokens, at| tokens[at].text == "BASE",
    },
    Rule {
        what: "what is outside, which an operation is handed in its `Input`",
        holds: &["src/commit/", "src/command/", "src/ops/", "src/grammar/"],
        // An import may be larger than a memory should hold twice, and is planned from what it has read: it opens its file.
        except: &["src/ops/import/source.rs", "src/ops/import/rejected.rs"],
        tests_free: true,
        names: outside,
    },
];

/// Whether files, the environment or standard input are named.
fn outside(tokens: &[Token<'_>], at: usize) -> bool {
    let next = tokens.get(at + 1).map_or("", |token| token.text);
    match tokens[at].text {
        "stdin" | "Stdin" | "fs" | "env_os" => true,
        "env" => next != "!",
        _ => false,
    }
}

fn macro_call(tokens: &[Token<'_>], at: usize, names: &[&str]) -> bool {
    let next = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.text);
    names.contains(&tokens[at].text) && next(1) == "!" && next(2) != "="
}

/// Whether a standard stream is named: `io::stdout`, `stdout()`, or an import; a method or field of that name is none.
fn stream(tokens: &[Token<'_>], at: usize) -> bool {
    if !matches!(tokens[at].text, "stdout" | "stderr" | "Stdout" | "Stderr") {
        return false;
    }
    let before = if at == 0 { "" } else { tokens[at - 1].text };
    let called = tokens.get(at + 1).is_some_and(|token| token.text == "(") && !matches!(before, "." | "fn");
    let imported = || {
        let start = tokens[..at].iter().rposition(|token| matches!(token.text, ";" | "use"));
        start.is_some_and(|start| tokens[start].text == "use")
    };
    before == "::" || called || imported()
}

/// Every name out of its place.
fn check(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources(files) {
        let under = |places: &[&str]| places.iter().any(|place| source.path.starts_with(place));
        for rule in RULES.iter().filter(|rule| under(rule.holds) && !under(rule.except)) {
            for (at, token) in source.tokens.iter().enumerate() {
                if !(rule.tests_free && token.test) && (rule.names)(&source.tokens, at) {
                    complaints.push(format!("{}:{}: {}: `{}`", source.path, token.line, rule.what, token.text));
                }
            }
        }
    }
    complaints
}

#[test]
fn names_stay_in_their_place() {
    assert_none(&check(&tree(EVERYWHERE)));
}

#[test]
fn a_name_out_of_place_is_found() {
    for (path, text) in [
        ("src/store/mod.rs", "use redb::Database;"),
        ("src/store/mod.rs", "#[cfg(test)] mod tests { use redb::Database; }"),
        ("tests/store/crash.rs", "fn f() -> redb::Error {}"),
        ("src/query/find/search.rs", "use rayon::prelude::*;"),
        ("src/cli/table.rs", "use ratatui::style::Color;"),
        ("benches/draw.rs", "use ratatui::Frame;"),
        ("src/keymap/chord.rs", "use crossterm::event;"),
        ("src/ops/commit.rs", "println!(\"done\");"),
        ("src/main.rs", "fn main() { std::eprintln!{\"x\"} }"),
        ("src/cli/mod.rs", "use std::io::{self, stdout};"),
        ("src/cli/mod.rs", "let out = io::stderr().lock();"),
        ("src/tui/run.rs", "use std::io::Write; fn f() { stdout().flush(); }"),
        ("src/domain/deal.rs", "x.unwrap();"),
        ("src/domain/deal.rs", "x.map(Option::unwrap);"),
        ("src/domain/deal.rs", "x\n.expect(\"why\");"),
        ("src/tui/mod.rs", "panic!(\"no\");"),
        ("src/tui/mod.rs", "fn f() { todo!() }"),
        ("src/tui/mod.rs", "fn f() { unimplemented!() }"),
        ("src/query/plan.rs", "let now = chrono::Utc::now();"),
        ("src/store/journal.rs", "SystemTime::now()"),
        ("src/text/mod.rs", "Local :: now()"),
        ("src/ops/log.rs", "Utc::now()"),
        ("src/ops/log.rs", "use std::fs;"),
        ("src/ops/log.rs", "std::fs::read(path)"),
        ("src/ops/log.rs", "io::stdin().lines()"),
        ("src/ops/log.rs", "std::env::var(name)"),
    ] {
        assert_eq!(check(&files(&[(path, text)])).len(), 1, "{path}: {text}");
    }
}

#[test]
fn names_in_place_pass() {
    for (path, text) in [
        ("src/store/engine/file.rs", "use redb::Database; fn redb() {}"),
        ("src/store/mod.rs", "//! A redb file.\nconst NAME: &str = \"crm.redb\"; mod redb_file;"),
        ("src/tui/view.rs", "use ratatui::Frame; use crossterm::event;"),
        ("src/keymap/key.rs", "use crossterm::event::KeyEvent;"),
        ("src/cli/output/mod.rs", "println!(); std::io::stdout();"),
        ("src/ops/edit.rs", "Command::new(x).stdout(Stdio::null()); self.stderr; writeln!(out, \"\");"),
        ("src/domain/deal.rs", "x.unwrap_or(0).unwrap_or_default(); #[expect(clippy::panic)] fn expect() {}"),
        ("src/domain/deal.rs", "#[cfg(test)] mod tests { fn f() { x.unwrap(); panic!() } }"),
        ("src/domain/deal.rs", "if panic != todo {}"),
        ("tests/store/crash.rs", "x.unwrap(); println!();"),
        ("src/cli/context.rs", "Utc::now()"),
        ("src/ops/import/source.rs", "std::fs::read(path)"),
        ("src/ops/log.rs", "env!(\"CARGO_PKG_VERSION\"); #[cfg(test)] mod tests { use std::fs; }"),
        ("src/cli/input.rs", "io::stdin(); fs::read(path);"),
        ("src/domain/date.rs", "fn today(now: DateTime<Utc>) { self.now() }"),
    ] {
        assert_none(&check(&files(&[(path, text)])));
    }
    let declared = files(&[("src/ops/mod.rs", "#[cfg(test)] mod tests;"), ("src/ops/tests.rs", "x.unwrap();")]);
    assert_none(&check(&declared));
}

//! The module tree that source files declare, and the paths through it that they name.

use super::{
    File,
    lexer::{Token, lex},
};

/// A source file as a module.
pub(super) struct Source<'a> {
    pub(super) path: &'a str,
    /// Its place below the crate: `src/store/engine/mod.rs` is `[store, engine]`, `src/lib.rs` is `[]`.
    pub(super) module: Vec<&'a str>,
    pub(super) tokens: Vec<Token<'a>>,
}

/// A path as it is named somewhere, from the crate's root.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub(super) segments: Vec<&'a str>,
    /// What it is called from there on: its last segment, or what stands after `as`.
    pub(super) name: &'a str,
    pub(super) line: usize,
    pub(super) test: bool,
    /// It may begin at the root, or be a path beside the module: `use engine::Engine` in `store/mod.rs`.
    pub(super) relative: bool,
}

/// `mod name;`
pub(super) struct Declared<'a> {
    /// The whole path of the module that it declares.
    pub(super) module: Vec<&'a str>,
    pub(super) test: bool,
}

/// The Rust files among these. A file whose `mod` line stands under `#[cfg(test)]` is a test throughout.
pub(super) fn sources(files: &[File]) -> Vec<Source<'_>> {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    let mut sources: Vec<Source<'_>> =
        rust.map(|file| Source { path: &file.path, module: module_of(&file.path), tokens: lex(file) }).collect();
    let tests: Vec<Vec<&str>> = sources
        .iter()
        .flat_map(|source| source.declared())
        .filter_map(|declared| declared.test.then_some(declared.module))
        .collect();
    for source in &mut sources {
        if tests.iter().any(|test| source.module.starts_with(test)) {
            source.tokens.iter_mut().for_each(|token| token.test = true);
        }
    }
    sources
}

fn module_of(path: &str) -> Vec<&str> {
    let mut module: Vec<&str> = path.trim_end_matches(".rs").split('/').skip(1).collect();
    if module.last().is_some_and(|&last| last == "mod" || module.len() == 1 && matches!(last, "lib" | "main")) {
        module.pop();
    }
    module
}

impl<'a> Source<'a> {
    /// The modules that it declares and does not contain.
    pub(super) fn declared(&self) -> Vec<Declared<'a>> {
        let mut found = Vec::new();
        self.each(|at, module| {
            if let [keyword, name, end, ..] = &self.tokens[at..]
                && (keyword.text, end.text) == ("mod", ";")
            {
                let module = module.iter().copied().chain([name.text]).collect();
                found.push(Declared { module, test: keyword.test });
            }
        });
        found
    }

    /// Every path that begins at `crate`, `self` or `super`, and every one of a `use`.
    pub(super) fn named(&self) -> Vec<Named<'a>> {
        let mut found = Vec::new();
        let text = |at: usize| self.tokens.get(at).map_or("", |token| token.text);
        let mut next = 0;
        self.each(|at, module| {
            let starts = matches!(text(at), "crate" | "self" | "super") && text(at + 1) == "::";
            let import = text(at) == "use";
            if at >= next && (import || starts) {
                next = at + usize::from(import);
                next += usize::from(import && text(next) == "::");
                self.follow(&mut next, &mut Vec::new(), module, &mut found);
            }
        });
        found
    }

    /// Reads one tree of a path: `a::b`, `a::{b, c::d}`, `a::*`, `a as b`.
    fn follow(&self, at: &mut usize, prefix: &mut Vec<&'a str>, module: &[&'a str], found: &mut Vec<Named<'a>>) {
        let text = |at: usize| self.tokens.get(at).map_or("", |token| token.text);
        let (start, depth) = (*at, prefix.len());
        loop {
            match text(*at) {
                "{" => {
                    *at += 1;
                    while !matches!(text(*at), "}" | ";" | "") {
                        let before = *at;
                        self.follow(at, prefix, module, found);
                        *at += usize::from(text(*at) == "," || *at == before);
                    }
                    *at += 1;
                    break prefix.truncate(depth);
                }
                word if word == "*" || word.starts_with(|c: char| c.is_alphanumeric() || c == '_') => {
                    prefix.push(word);
                    *at += 1;
                    if text(*at) == "::" && text(*at + 1) != "<" {
                        *at += 1;
                        continue;
                    }
                }
                _ => {}
            }
            let mut name = prefix.last().copied().unwrap_or_default();
            if text(*at) == "as" {
                name = text(*at + 1);
                *at += 2;
            }
            if let Some(token) = self.tokens.get(start).filter(|_| !prefix.is_empty()) {
                let (segments, relative) = resolve(prefix, module);
                let name = if name == "self" { segments.last().copied().unwrap_or_default() } else { name };
                found.push(Named { segments, name, line: token.line, test: token.test, relative });
            }
            break prefix.truncate(depth);
        }
    }

    /// Calls with each token's position and the module that it stands in, inline ones included.
    fn each(&self, mut visit: impl FnMut(usize, &[&'a str])) {
        let mut module = self.module.clone();
        let (mut depth, mut inline) = (0, Vec::new());
        for (at, token) in self.tokens.iter().enumerate() {
            visit(at, &module);
            match token.text {
                "{" => {
                    depth += 1;
                    if at >= 2 && self.tokens[at - 2].text == "mod" {
                        inline.push(depth);
                        module.push(self.tokens[at - 1].text);
                    }
                }
                "}" => {
                    if inline.pop_if(|opened| *opened == depth).is_some() {
                        module.pop();
                    }
                    depth -= 1;
                }
                _ => {}
            }
        }
    }
}

fn resolve<'a>(path: &[&'a str], module: &[&'a str]) -> (Vec<&'a str>, bool) {
    let relative = !matches!(path[0], "crate" | "self" | "super");
    let mut whole = if path[0] == "crate" { Vec::new() } else { module.to_vec() };
    for &segment in path {
        match segment {
            "crate" | "self" => {}
            "super" => drop(whole.pop()),
            _ => whole.push(segment),
        }
    }
    (whole, relative)
}

#[cfg(test)]
mod tests {
    use super::{super::files, *};

    fn named(path: &str, text: &str) -> Vec<String> {
        let files = files(&[(path, text)]);
        let named = |source: &Source<'_>| -> Vec<String> {
            source.named().iter().map(|named| format!("{} {}", named.segments.join("::"), named.name)).collect()
        };
        sources(&files).iter().flat_map(named).collect()
    }

    #[test]
    fn files_are_modules() {
        assert_eq!(module_of("src/lib.rs"), [""; 0]);
        assert_eq!(module_of("src/error.rs"), ["error"]);
        assert_eq!(module_of("src/store/engine/mod.rs"), ["store", "engine"]);
        assert_eq!(module_of("src/store/main.rs"), ["store", "main"]);
    }

    #[test]
    fn paths_are_found_wherever_they_stand() {
        let path = "src/store/index.rs";
        assert_eq!(named(path, "fn f() -> crate::error::Result<crate::text::Width> {}").len(), 2);
        assert_eq!(
            named(path, "use crate::{a, b::{c, d::*, self}, e as f};"),
            ["a a", "b::c c", "b::d::* *", "b b", "e f"]
        );
        assert_eq!(named(path, "use super::super::cli::x;"), ["cli::x x"]);
        assert_eq!(named(path, "use super::{keys::Key, super::cli};"), ["store::keys::Key Key", "cli cli"]);
        assert_eq!(
            named(path, "mod tests { use super::super::keys; } use super::keys;"),
            ["store::keys keys", "store::keys keys"]
        );
        assert_eq!(named(path, "self::a::<T>(); crate::b::<T>::c()"), ["store::index::a a", "b b"]);
        assert_eq!(named("src/store/mod.rs", "pub use engine::{Engine, Space};").len(), 2);
        assert_eq!(named(path, "self.x; pub(crate) fn f() {} // crate::cli\n\"crate::cli\""), [""; 0]);
        assert_eq!(named(path, "$crate::text::fold!()"), ["text::fold fold"]);
    }

    #[test]
    fn a_module_declared_for_tests_is_a_test() {
        let files =
            files(&[("src/a/mod.rs", "#[cfg(test)]\nmod t;\nmod b;"), ("src/a/t/x.rs", "x"), ("src/a/b.rs", "x")]);
        let tests: Vec<bool> = sources(&files)[1..].iter().map(|source| source.tokens[0].test).collect();
        assert_eq!(tests, [true, false]);
    }
}

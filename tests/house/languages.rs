//! What a person reads is there in both languages. That an error has two sentences is held by its type; that the second
//! of them is Chinese is held here.

use super::{
    File, assert_none, files,
    lexer::{character, string},
    tree,
};

/// What reads the same in both languages begins so: a command to type, an option, schemes of addresses.
const SAME: [&str; 4] = ["crm ", "--", "tel:", "\""];

/// Every pair of sentences without Chinese, and every sentence that claims to be in no language.
fn check(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| !file.path.ends_with("tests.rs")) {
        let code = file.text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let mut complain = |at: usize, what: &str| {
            let line = 1 + code[..at].matches('\n').count();
            complaints.push(format!("{}:{line}: {what}", file.path));
        };
        for (at, call) in code.match_indices("said!(") {
            let texts = literals(&code[at + call.len()..]);
            if texts.iter().any(|text| has_words(text)) && !texts.iter().any(|text| text.chars().any(is_han)) {
                complain(at, &format!("not said in Chinese: {}", texts[0]));
            }
        }
        for (at, call) in code.match_indices("Said::same(\"") {
            let text = &code[at + call.len() - 1..];
            if !SAME.iter().any(|same| text[1..].starts_with(same)) {
                complain(at, "a sentence is said in both languages with said!");
            }
        }
    }
    complaints
}

/// Whether a format says something besides what is put into it.
fn has_words(format: &str) -> bool {
    let outside = format.split('{').flat_map(|part| part.rsplit('}').next());
    outside.flat_map(str::chars).any(char::is_alphabetic)
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// The string literals from here to the parenthesis that closes.
fn literals(rest: &str) -> Vec<&str> {
    let (mut found, mut at, mut depth) = (Vec::new(), 0, 1);
    while let Some(first) = rest[at..].chars().next().filter(|_| depth > 0) {
        let length = match string(&rest[at..]) {
            Some(length) => {
                found.push(&rest[at..at + length]);
                length
            }
            None => {
                depth += i32::from(first == '(') - i32::from(first == ')');
                character(&rest[at..]).unwrap_or(first.len_utf8())
            }
        };
        at += length;
    }
    found
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    let files = tree(&["src"]);
    let said = files.iter().map(|file| file.text.matches("said!(").count()).sum::<usize>();
    assert!(said > 300, "{said}");
    assert_none(&check(&files));
}

#[test]
fn a_sentence_in_one_language_is_found() {
    for (text, complaints) in [
        ("f(said!(\"No file\", \"没有文件\"))", 0),
        ("said!((\"a {}\", x.y(')')), (\"{}\", z), \"…\")", 1),
        ("said!(\n    \"{} of {}\",\n    \"第 {} 个\", a(b), \"c\")", 0),
        ("said!(\"No file {}\", \"No file {}\", \"x\"); said!(\"\", \"没有\")", 1),
        ("said!(\"'{text}' {en}\", \"“{text}”{zh}\")", 0),
        ("Said::same(\"crm help\")", 0),
        ("Said::same(\"There is no file\")", 1),
        ("Said::same(path.display())", 0),
        ("#[cfg(test)]\nmod tests { Said::same(\"No\") }", 0),
    ] {
        assert_eq!(check(&files(&[("src/a.rs", text)])).len(), complaints, "{text}");
    }
}

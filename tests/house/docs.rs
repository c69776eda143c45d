//! What the program says about itself is complete, in both languages, and the reference page says the same.

use std::{fs, path::Path};

use crm::{cli::reference, command::args::ArgDef, ops::OPS, text::Lang};

use super::assert_none;
use crate::harness::shell_words;

/// Compares a page with its file; `UPDATE_DOCS=1 cargo test --test main house::docs` writes it anew.
fn kept(file: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(page.lines()).position(|(kept, page)| kept != page);
    assert!(
        kept == page,
        "{file} is out of date from line {} on; UPDATE_DOCS=1 cargo test --test main house::docs writes it anew",
        differs.unwrap_or(kept.lines().count().min(page.lines().count())) + 1
    );
}

#[test]
fn the_reference_page_is_what_the_program_says() {
    kept("docs/commands.md", &reference::page(Lang::En));
}

#[test]
fn the_page_of_keys_is_what_the_key_maps_say() {
    kept("docs/keys.md", &crate::keymap::with_words(|words| crm::keymap::reference::page(Lang::En, words)));
}

/// Complaints about a text in two languages.
fn untold(what: &str, en: &str, zh: &str) -> Vec<String> {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    [
        (en.trim().is_empty(), "has no English help"),
        (zh.trim().is_empty(), "has no Chinese help"),
        (han(en), "has Chinese in its English help"),
        (!han(zh), "has no Chinese letter in its Chinese help"),
    ]
    .into_iter()
    .filter(|(wrong, _)| *wrong)
    .map(|(_, complaint)| format!("{what} {complaint}"))
    .collect()
}

/// Complaints about an example that some shell would not take as it stands.
fn unsafe_in_a_shell(line: &str) -> Vec<String> {
    let (mut quote, mut complaints, mut before) = (None, Vec::new(), ' ');
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some('"'), '$' | '`' | '\\' | '!')
            | (None, '>' | '<' | '*' | '(' | ')' | '$' | '&' | ';' | '|' | '?' | '#') => {
                complaints.push(format!("`{line}`: a shell acts upon {c}"));
            }
            (None, '\'' | '"') => quote = Some(c),
            _ => {}
        }
        before = c;
    }
    if quote.is_some() || before == ' ' {
        complaints.push(format!("`{line}` does not end well"));
    }
    // An option's value may begin with a hyphen; a filter term may not.
    let words = shell_words(line);
    for pair in words.windows(2).filter(|pair| pair[1].starts_with('-') && !pair[0].starts_with("--")) {
        let option = pair[1].starts_with("--") || ["-o", "-y", "-q", "-"].contains(&pair[1].as_str());
        if !option {
            complaints.push(format!("`{line}`: {} begins with a hyphen", pair[1]));
        }
    }
    complaints
}

#[test]
fn operations_are_told_in_both_languages_and_shown() {
    let mut complaints = Vec::new();
    for op in OPS {
        complaints.extend(untold(op.verb, op.en, op.zh));
        for ArgDef { name, en, zh, .. } in op.args {
            complaints.extend(untold(&format!("{} {name}", op.verb), en, zh));
        }
        if op.examples.is_empty() {
            complaints.push(format!("{} has no example", op.verb));
        }
        complaints.extend(op.examples.iter().flat_map(|line| unsafe_in_a_shell(line)));
    }
    assert_none(&complaints);
}

#[test]
fn what_is_wrong_is_found() {
    assert_eq!(untold("x", "Shows", "显示"), [""; 0]);
    assert_eq!(untold("x", "", "show").len(), 2);
    for line in [
        "deal list amount>10k",
        "customer list name:ac*",
        "log call C-1 a & b",
        "find \"a",
        "find 'a' $b",
        "x list -owner:me",
    ] {
        assert_eq!(unsafe_in_a_shell(line).len(), 1, "{line}");
    }
    for line in ["customer list --where 'a>1 -b (c)'", "deal list --sort -amount -o ids", "customer set - owner=me"] {
        assert_eq!(unsafe_in_a_shell(line), [""; 0]);
    }
}

//! In Chinese everything is in Chinese: on a store without a word of another language no screen shows one.

use std::collections::BTreeSet;

use super::*;
use crate::{domain::schema::BASE, ops::OPS, text::Lang, tui::tests::picture};

/// What has no other name in Chinese: keys, the person at the keyboard, what is typed as it stands.
const AS_THEY_ARE: [&str; 12] =
    ["crm", "gg", "gs", "gv", "no", "won", "QQ", "Sales", "li.wei", "limit", "last_contact", "last_contact.before"];

/// Where words of the command line are read or typed.
const TYPED: [&str; 7] = ["mistake", "filter bar", "sorting", "columns", "undone", "palette", "messages"];

/// Whether a word is one of another language, and none of those.
fn is_foreign(word: &str) -> bool {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    // A key of one letter is no word.
    letters > 1 && !AS_THEY_ARE.contains(&word)
}

/// Whether a word is typed as it stands: nouns, verbs, codes of fields.
fn is_typed(word: &str) -> bool {
    let kinds = BASE.kinds().iter().any(|kind| kind.noun == word || kind.fields.iter().any(|field| field.code == word));
    kinds || OPS.iter().any(|op| op.verb == word)
}

/// The words of a line, without the names of keys, which stand in `<>`.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (at, part) in line.split('<').enumerate() {
        let part = if at == 0 { part } else { part.split_once('>').map_or(part, |(_, rest)| rest) };
        words.extend(part.split(|c: char| !(c.is_ascii_alphanumeric() || "._".contains(c))));
    }
    words.into_iter().map(|word| word.trim_matches('.')).collect()
}

#[test]
fn no_screen_says_a_word_in_another_language() {
    let mut found = BTreeSet::new();
    visit(&mut app(Lang::Zh, (120, 36), StoreContent::Chinese), |name, state| {
        let picture = picture(state);
        assert!(picture.chars().filter(|c| *c > '\u{2fff}').count() > 20, "{name} shows little\n{picture}");
        for line in picture.lines() {
            let foreign = words(line).into_iter().filter(|word| is_foreign(word));
            let foreign = foreign.filter(|word| !(TYPED.contains(&name) && is_typed(word)));
            found.extend(foreign.map(|word| format!("{name}: {word}: {line}")));
        }
    });
    assert!(found.is_empty(), "\n{}\n", found.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_word_that_was_forgotten_is_found() {
    let foreign = |line| words(line).into_iter().filter(|word| is_foreign(word)).count();
    assert_eq!(foreign("最后跟进 Last contact  C-12  jk"), 3);
    assert_eq!(foreign("x 完成  <enter> 打开  li.wei  C-1  1/40  qualify"), 1);
}

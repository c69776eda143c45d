//! In Chinese everything is in Chinese: on a store without a word of another language no screen shows one.

use std::collections::BTreeSet;

use super::*;
use crate::tui::tests::picture;

/// What has no other name in Chinese: keys, the person at the keyboard, what is typed as it stands.
const AS_THEY_ARE: [&str; 12] =
    ["Esc", "Enter", "Tab", "li.wei", "CNY", "grade", "deal", "crm", "no", "phone", "last_contact.before", "import"];

/// Whether a word is one of another language, and none of those.
fn is_foreign(word: &str) -> bool {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    // A key of one letter, an id such as C-12, a key such as <enter>.
    letters > 1 && !AS_THEY_ARE.contains(&word)
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !(c.is_ascii_alphanumeric() || "._".contains(c))).map(|word| word.trim_matches('.'))
}

#[test]
fn no_screen_says_a_word_in_another_language() {
    let mut lived = Lived::new(Lang::Zh, (120, 36), Fill::Chinese);
    let start = lived.state.clone();
    let mut found = BTreeSet::new();
    for (name, keys) in PLACES {
        lived.state.clone_from(&start);
        lived.keys(keys);
        let picture = picture(&lived.state);
        assert!(picture.chars().filter(|c| *c > '\u{2fff}').count() > 20, "{name} shows little\n{picture}");
        for line in picture.lines() {
            found.extend(words(line).filter(|word| is_foreign(word)).map(|word| format!("{name}: {word}: {line}")));
        }
        lived.undo(keys);
    }
    assert!(found.is_empty(), "\n{}\n", found.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_word_that_was_forgotten_is_found() {
    let foreign = |line| words(line).filter(|word| is_foreign(word)).count();
    assert_eq!(foreign("最后跟进 Last contact  C-12  jk"), 3);
    assert_eq!(foreign("x 完成  Enter 打开  li.wei  C-1  1/40"), 0);
}

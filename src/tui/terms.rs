//! What the word under the caret of a filter may become.

use crate::{
    domain::{customer, user},
    text::{Lang, fold_cow},
};

/// So many are offered.
const MOST: usize = 8;

/// A term that may stand there, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The whole line with it.
    pub line: String,
    /// The term alone.
    pub word: String,
    /// What it means.
    pub means: &'static str,
}

/// What the last word of a filter of customers may become: a field, or a value of the field that is named already.
pub fn offers(line: &str, lang: Lang) -> Vec<Offer> {
    let start = line.rfind([' ', '(']).map_or(0, |at| at + 1);
    let (before, begun) = line.split_at(start);
    if begun.is_empty() {
        return Vec::new();
    }
    let found = match begun.split_once([':', '：']) {
        Some((name, _)) => values(name, lang),
        None => {
            let fields = customer::KIND.fields.iter();
            fields.map(|def| (format!("{}:", def.code), def.label(lang))).collect()
        }
    };
    let folded = fold_cow(begun);
    let fits = |word: &str| {
        let word = fold_cow(word);
        word.starts_with(&*folded) || subsequence(&folded, &word)
    };
    let mut found: Vec<_> = found.into_iter().filter(|(word, means)| fits(word) || means.starts_with(begun)).collect();
    found.sort_by_key(|(word, _)| !fold_cow(word).starts_with(&*folded));
    let offer = |(word, means): (String, &'static str)| Offer { line: format!("{before}{word}"), word, means };
    found.into_iter().take(MOST).map(offer).collect()
}

fn values(name: &str, lang: Lang) -> Vec<(String, &'static str)> {
    let Some(def) = customer::KIND.field_named(name) else { return Vec::new() };
    if def.target == Some(user::KIND.noun) {
        return vec![(format!("{name}:me"), lang.pick("who is at the keyboard", "当前用户"))];
    }
    def.choices.iter().map(|choice| (format!("{name}:{}", choice.code), lang.pick(choice.en, choice.zh))).collect()
}

/// Whether the letters stand in the word in this order.
fn subsequence(letters: &str, word: &str) -> bool {
    let mut rest = word.chars();
    letters.chars().all(|letter| rest.any(|c| c == letter))
}

#[test]
fn fields_and_their_values() {
    let words = |line: &str| offers(line, Lang::En).into_iter().map(|offer| offer.line).collect::<Vec<_>>();
    assert_eq!(words("grad"), ["grade:"]);
    assert_eq!(words("city:Oslo (grade:b"), ["city:Oslo (grade:B"]);
    assert_eq!(words("owner:"), ["owner:me"]);
    assert!(words("").is_empty() && words("nonsense:x").is_empty());
    assert_eq!(offers("客户级", Lang::Zh)[0].word, "grade:");
}

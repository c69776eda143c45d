//! "Did you mean ...?"

use strsim::{damerau_levenshtein, jaro_winkler};

use super::fold_cow;

/// A longer word is no slip of the fingers, and comparing takes as long as one word times the other.
const LONGEST: usize = 64;

/// The candidate that `word` was most likely meant to be, if one is near enough to suggest: a slip or two of the
/// fingers, or the beginning of the word.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    all_nearest(word, candidates).first().copied()
}

/// All candidates that are as near as [`nearest`], in the order in which they came.
pub fn all_nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let said = word;
    if is_long(word) {
        return Vec::new();
    }
    let word = fold_cow(word);
    let letters = word.chars().count();
    let slips_allowed = match letters {
        0 | 1 => return Vec::new(),
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let mut near: Vec<_> = candidates
        .into_iter()
        .filter(|candidate| *candidate != said && !is_long(candidate))
        .filter_map(|candidate| {
            let folded = fold_cow(candidate);
            let slips = if letters > 2 && folded.starts_with(&*word) { 1 } else { damerau_levenshtein(&word, &folded) };
            // As many slips as letters would make any two short words neighbours.
            let near = slips <= slips_allowed && slips < folded.chars().count();
            near.then(|| (candidate, slips, jaro_winkler(&word, &folded)))
        })
        .collect();
    near.sort_by(|(_, slips, alike), (_, other_slips, other_alike)| {
        slips.cmp(other_slips).then(other_alike.total_cmp(alike))
    });
    let Some(&(_, slips, alike)) = near.first() else { return Vec::new() };
    let as_near = near.into_iter().take_while(|(_, other, like)| *other == slips && like.total_cmp(&alike).is_eq());
    as_near.map(|(candidate, ..)| candidate).collect()
}

fn is_long(word: &str) -> bool {
    word.chars().nth(LONGEST).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [&str; 8] = ["name", "status", "stage", "owner", "amount", "phone", "last_contact", "城市"];

    #[test]
    fn slips_find_the_word() {
        let table = [
            ("stauts", Some("status")),
            ("Onwer", Some("owner")),
            ("amout", Some("amount")),
            ("phne", Some("phone")),
            ("last-contct", Some("last_contact")),
            ("stag", Some("stage")),
            ("last", Some("last_contact")),
            ("城布", Some("城市")),
            ("colour", None),
            ("x", None),
            ("", None),
        ];
        for (typed, meant) in table {
            assert_eq!(nearest(typed, FIELDS), meant, "{typed}");
        }
    }

    #[test]
    fn all_that_are_as_near_are_found() {
        assert_eq!(all_nearest("地趾", ["地区", "城市", "地址"]), ["地区", "地址"]);
        assert_eq!(all_nearest("stauts", FIELDS), ["status"]);
    }

    #[test]
    fn long_words_are_near_nothing() {
        let (fits, long) = ("a".repeat(LONGEST), "a".repeat(100_000));
        assert_eq!(nearest(&fits[1..], [&*fits, &long]), Some(&*fits));
        assert_eq!(nearest(&long[1..], [&*fits, &long]), None);
    }
}

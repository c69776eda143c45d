//! "Did you mean ...?"

use strsim::{damerau_levenshtein, jaro_winkler};

use super::fold_cow;

/// The candidate that `word` was most likely meant to be, if one is near enough to suggest: a slip or two of the
/// fingers, or the beginning of the word.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let said = word;
    let word = fold_cow(word);
    let letters = word.chars().count();
    let slips_allowed = match letters {
        0 | 1 => return None,
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != said)
        .filter_map(|candidate| {
            let folded = fold_cow(candidate);
            let slips = if letters > 2 && folded.starts_with(&*word) { 1 } else { damerau_levenshtein(&word, &folded) };
            // As many slips as letters would make any two short words neighbours.
            let near = slips <= slips_allowed && slips < folded.chars().count();
            near.then(|| (candidate, slips, jaro_winkler(&word, &folded)))
        })
        .min_by(|(_, slips, alike), (_, other_slips, other_alike)| {
            slips.cmp(other_slips).then(other_alike.total_cmp(alike))
        })
        .map(|(candidate, ..)| candidate)
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
}

//! How well a text fits what somebody has typed of it, for lists that are narrowed by typing.

use super::{fold_cow, pinyin};

/// How well a text fits, best first; among equals the tighter one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is what was typed.
    Whole,
    /// It begins so.
    Start,
    /// A word of it begins so, or its initials do.
    WordStart,
    /// It holds what was typed, or sounds like it from some syllable on.
    Inside,
    /// It has the letters in this order, spread over so many.
    Scattered(usize),
}

/// How well `text` fits `typed`: each word of it must fit, and the worst one counts. Nothing typed fits everything.
pub fn narrow(typed: &str, text: &str) -> Option<Fit> {
    let typed = fold_cow(typed);
    let folded = fold_cow(text);
    if typed == folded {
        return Some(Fit::Whole);
    }
    if folded.starts_with(&*typed) {
        return Some(Fit::Start);
    }
    typed.split(' ').map(|word| one(word, &folded, text)).try_fold(Fit::Whole, |worst, fit| Some(worst.max(fit?)))
}

fn one(word: &str, folded: &str, text: &str) -> Option<Fit> {
    if folded.starts_with(word) {
        return Some(Fit::Start);
    }
    let mut inside = false;
    for (at, _) in folded.match_indices(word) {
        inside = true;
        if folded[..at].chars().next_back().is_some_and(|before| !before.is_alphanumeric()) {
            return Some(Fit::WordStart);
        }
    }
    if !folded.is_ascii() && word.is_ascii() && pinyin::initials(text).starts_with(word) {
        return Some(Fit::WordStart);
    }
    if inside || pinyin::matches(word, text) {
        return Some(Fit::Inside);
    }
    scattered(word, folded).map(Fit::Scattered)
}

/// The letters from the first to the last of those that stand in this order.
fn scattered(letters: &str, text: &str) -> Option<usize> {
    let mut wanted = letters.chars().peekable();
    let mut spread = 0;
    for c in text.chars() {
        if wanted.peek() == Some(&c) {
            wanted.next();
            spread += 1;
        } else if spread > 0 {
            spread += 1;
        }
        if wanted.peek().is_none() {
            return Some(spread);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_better_fit_comes_first() {
        let table = [
            ("", "Proposal", Some(Fit::Start)),
            ("PROPOSAL", "Proposal", Some(Fit::Whole)),
            ("pro", "Proposal", Some(Fit::Start)),
            ("star", "Blue Star", Some(Fit::WordStart)),
            ("blue star", "Star, the blue one", Some(Fit::WordStart)),
            ("pos", "Proposal", Some(Fit::Inside)),
            ("fabj", "方案报价", Some(Fit::WordStart)),
            ("fangan", "方案报价", Some(Fit::Inside)),
            ("bj", "方案报价", Some(Fit::Inside)),
            ("dmv", "deal move", Some(Fit::Scattered(8))),
            ("xyz", "Proposal", None),
            ("pro 上", "Proposal", None),
        ];
        for (typed, text, fit) in table {
            assert_eq!(narrow(typed, text), fit, "{typed} in {text}");
        }
        assert!(Fit::Scattered(2) < Fit::Scattered(9));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(typed in any::<String>(), text in any::<String>()) {
            narrow(&typed, &text);
            prop_assert_eq!(narrow(&text, &text), Some(Fit::Whole));
        }
    }
}

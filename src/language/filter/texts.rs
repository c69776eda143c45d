//! Comparing stored text with folded text, without copying where the stored text folds by lower-casing alone.

use crate::text::{fold::is_plain, fold_cow, fold_words};

/// Whether the text, folded, is `folded`.
pub(super) fn equals(text: &str, folded: &str) -> bool {
    // Folding what is folded but for the case of its ASCII letters does no more than lower-case them.
    text.eq_ignore_ascii_case(folded) || (!is_plain(text) && fold_cow(text) == folded)
}

/// Whether the text, folded, begins with `folded`.
pub(super) fn begins(text: &str, folded: &str) -> bool {
    if is_plain(text) {
        text.as_bytes().get(..folded.len()).is_some_and(|start| start.eq_ignore_ascii_case(folded.as_bytes()))
    } else {
        fold_cow(text).starts_with(folded)
    }
}

/// Whether the text holds `folded`, both folded as words are.
pub(super) fn contains(text: &str, folded: &str) -> bool {
    if folded.is_empty() {
        return true;
    }
    if folded.is_ascii() {
        // Folding keeps ASCII letters, so that a hit is a hit; and in ASCII text it only puts spaces in order and takes
        // apostrophes out.
        if holds(text.as_bytes(), folded.as_bytes()) {
            return true;
        }
        if text.is_ascii() && !folded.contains(' ') && !text.contains(['\'', '`']) {
            return false;
        }
    }
    if is_plain(text) && !text.contains('\'') {
        holds(text.as_bytes(), folded.as_bytes())
    } else {
        fold_words(text).contains(folded)
    }
}

/// Whether bytes hold others, which are in lower case, ASCII letters of either case.
fn holds(text: &[u8], wanted: &[u8]) -> bool {
    let (Some(first), Some(last_start)) = (wanted.first(), text.len().checked_sub(wanted.len())) else {
        return wanted.is_empty();
    };
    let upper = first.to_ascii_uppercase();
    memchr::memchr2_iter(*first, upper, &text[..=last_start])
        .any(|at| text[at..at + wanted.len()].eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_way_agrees_with_folding(
            text in "[ A-Ca-c上海。貿贸𠮷吉Éａ'’`\t]{0,8}",
            wanted in "[ A-Ca-c上海。贸貿吉é'’]{0,3}",
        ) {
            let words = (fold_words(&text), fold_words(&wanted));
            prop_assert_eq!(contains(&text, &words.1), words.0.contains(&*words.1));
            let (folded, wanted) = (fold(&text), fold(&wanted));
            prop_assert_eq!(equals(&text, &wanted), folded == wanted);
            prop_assert_eq!(begins(&text, &wanted), folded.starts_with(&wanted));
        }
    }
}

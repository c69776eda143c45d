//! Words that are nearly right: one letter too many, too few, wrong, or two that changed places.

/// Fewer letters than this say too little with one of them wrong, of Latin and of other scripts.
const FEWEST: usize = 4;
const FEWEST_OTHERS: usize = 3;

/// Whether a word (folded) is long enough to be looked for with an error in it.
pub(super) fn is_long(word: &str) -> bool {
    let fewest = if word.is_ascii() { FEWEST } else { FEWEST_OTHERS };
    word.chars().filter(|c| c.is_alphanumeric()).count() >= fewest
}

/// Whether a word of the text begins with this one but for one error; both are folded. Where words are not written
/// apart, any character may begin one.
pub(super) fn begins_nearly(text: &str, word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let text: Vec<char> = text.chars().collect();
    (0..text.len()).any(|at| {
        let begins = at == 0 || !text[at - 1].is_alphanumeric() || !text[at].is_ascii();
        begins && text[at].is_alphanumeric() && is_near(&text[at..], &word)
    })
}

/// Whether the text goes on like the word, but for one error at most.
fn is_near(text: &[char], word: &[char]) -> bool {
    let same = text.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (text, word) = (&text[same..], &word[same..]);
    let ends = |text: &[char]| text.first().is_none_or(|c| !c.is_alphanumeric());
    match word {
        [] => true,
        // The last letter is lacking: that of a longer word would do for any.
        [_] if ends(text) => true,
        [_] => text.len() > 1 && text[1] == word[0] || ends(text.get(1..).unwrap_or_default()),
        [first, rest @ ..] => {
            let swapped = || {
                matches!((text, rest), ([a, b, text @ ..], [second, rest @ ..])
                    if a == second && b == first && text.starts_with(rest))
            };
            text.starts_with(rest)
                || text.get(1..).is_some_and(|text| text.starts_with(rest) || text.starts_with(word))
                || swapped()
        }
    }
}

/// Parts of a word of which one is whole in whatever is nearly like it.
pub(crate) fn parts(word: &str) -> [String; 3] {
    let chars: Vec<char> = word.chars().collect();
    let middle = chars.len() / 2;
    let mut swapped = chars.clone();
    if middle > 0 && middle < chars.len() {
        swapped.swap(middle - 1, middle);
    }
    [&chars[..middle], &chars[middle..], &swapped].map(|part| part.iter().collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_error_is_forgiven() {
        for near in ["harbor", "habor", "harrbor", "hatbor", "hrabor", "harbro", "arbor", "harbo", "harbort", "harbir"]
        {
            assert!(begins_nearly("blue harbor", near), "{near}");
        }
        for far in ["hrobar", "hxrbxr", "arborh", "bluee-harbor"] {
            assert!(!begins_nearly("blue harbor", far), "{far}");
        }
        assert!(begins_nearly("上海华盛科技", "华胜科技") && begins_nearly("上海华盛科技", "华科技"));
        assert!(!begins_nearly("上海华盛科技", "花胜科技") && !begins_nearly("newharbor", "harbir"));
        assert!(is_long("acme") && !is_long("acm") && is_long("张三丰") && !is_long("张三"));
    }

    proptest! {
        #[test]
        fn one_part_is_always_whole(text in "[ab]{3,8}( [ab]{3,8})?", word in "[ab]{4,8}") {
            if begins_nearly(&text, &word) {
                prop_assert!(parts(&word).iter().any(|part| text.contains(part.as_str())), "{text} {word}");
            }
        }
    }
}

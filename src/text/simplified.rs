//! Traditional Chinese as simplified Chinese, character by character, for looking for words.
//!
//! The table is made from OpenCC's `TSCharacters` (Apache-2.0): each group is a simplified character and the traditional
//! ones that are written so today. Where one has several simplified forms it has one here, so that a word is found
//! whichever way either side is written; nothing is ever printed like this.

use std::{borrow::Cow, sync::OnceLock};

use super::fold::{fold_cow, is_plain};

const GROUPS: &str = include_str!("simplified.txt");
/// The table is about these characters.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// The character as it is written in simplified Chinese.
pub fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    let Some(at) = (c as u32).checked_sub(FIRST).filter(|_| c as u32 <= LAST) else { return c };
    let table = TABLE.get_or_init(|| {
        let mut table = vec![0; (LAST - FIRST + 1) as usize];
        for group in GROUPS.split_whitespace() {
            let mut chars = group.chars();
            let simple = chars.next().map_or(0, |c| c as u16);
            chars.for_each(|c| table[(c as u32 - FIRST) as usize] = simple);
        }
        table
    });
    match table[at as usize] {
        0 => c,
        simple => char::from_u32(u32::from(simple)).unwrap_or(c),
    }
}

/// The form in which words are looked for: folded, and Chinese simplified.
pub fn fold_words(text: &str) -> Cow<'_, str> {
    let folded = fold_cow(text);
    if folded.is_ascii() || folded.chars().all(|c| simplified(c) == c) {
        return folded;
    }
    Cow::Owned(folded.chars().map(simplified).collect())
}

/// Whether [`fold_words`] does no more to a text than to lower-case its ASCII letters.
pub fn is_plain_simplified(text: &str) -> bool {
    is_plain(text) && (text.is_ascii() || text.chars().all(|c| simplified(c) == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_are_one() {
        for (text, folded) in [
            ("廣東貿易", "广东贸易"),
            ("广东贸易", "广东贸易"),
            ("張三 ＡＣＭＥ", "张三 acme"),
            ("Acme", "acme"),
            ("臺灣 台湾", "台湾 台湾"),
            ("が", "が"),
        ] {
            assert_eq!(fold_words(text), folded);
            assert_eq!(fold_words(folded), folded);
        }
    }

    #[test]
    fn the_table_leads_to_an_end() {
        let mut count = 0;
        for group in GROUPS.split_whitespace() {
            let (simple, rest) = group.split_at(3);
            for c in rest.chars() {
                count += 1;
                assert_eq!(simplified(c).to_string(), simple);
                assert_eq!(simplified(simplified(c)), simplified(c));
            }
        }
        assert!(count > 2_500);
    }
}

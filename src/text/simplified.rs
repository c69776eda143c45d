//! Traditional Chinese as simplified Chinese, character by character, for comparing and for looking for words.
//!
//! The table is made from OpenCC's `TSCharacters` (Apache-2.0): each group is a simplified character and the traditional
//! ones that are written so today. Where one has several simplified forms it has one here, so that a word is found
//! whichever way either side is written; nothing is ever printed like this.

const GROUPS: &str = include_str!("simplified.txt");
/// The table is about these characters.
const FIRST: u16 = 0x4e00;
const LAST: u16 = 0x9fff;
const COUNT: usize = (LAST - FIRST) as usize + 1;

/// How each of them is written, 0 for those that stay as they are; worked out by the compiler, because a command that
/// looks for a word would wait for it.
static TABLE: [u16; COUNT] = table();

const fn table() -> [u16; COUNT] {
    let (groups, mut table) = (GROUPS.as_bytes(), [0; COUNT]);
    let (mut at, mut simple) = (0, 0);
    while at < groups.len() {
        if groups[at].is_ascii_whitespace() {
            simple = 0;
            at += 1;
            continue;
        }
        // All of these characters are three bytes long.
        let [a, b, c] = [groups[at] as u16, groups[at + 1] as u16, groups[at + 2] as u16];
        let here = (a & 0x0f) << 12 | (b & 0x3f) << 6 | c & 0x3f;
        if simple == 0 {
            simple = here;
        } else {
            table[(here - FIRST) as usize] = simple;
        }
        at += 3;
    }
    table
}

/// The character as it is written in simplified Chinese; a variant that names are written with as the usual character.
pub fn simplified(c: char) -> char {
    let at = u16::try_from(c as u32).ok().and_then(|c| c.checked_sub(FIRST));
    match at.and_then(|at| TABLE.get(usize::from(at))) {
        None => variant(c),
        Some(0) => c,
        Some(simple) => char::from_u32(u32::from(*simple)).unwrap_or(c),
    }
}

/// The usual character for a variant outside of the table: those of Unihan's `kZVariant` and `kSemanticVariant` that
/// stand in names of people and shops.
const fn variant(c: char) -> char {
    match c {
        '\u{20bb7}' => '吉',
        '\u{3402}' => '喜',
        '\u{2123d}' => '土',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

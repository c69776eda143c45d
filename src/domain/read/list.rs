//! Where the items of a list end.

use crate::domain::field::Type;

/// The items of a list, trimmed, without empty ones.
pub(super) fn split(ty: Type, text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.char_indices().find(|&(at, c)| is_separator(c) && ends(ty, text, at, c));
        let (part, after) = match end {
            Some((at, c)) => (&text[..at], Some(&text[at + c.len_utf8()..])),
            None => (text, None),
        };
        rest = after;
        Some(part.trim())
    })
    .filter(|part| !part.is_empty())
}

const fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '、' | '，' | '；' | '\n')
}

/// Whether the separator at `at` ends an item: the comma in `12,000 CNY` and in `5551234, ext. 5` does not.
fn ends(ty: Type, text: &str, at: usize, separator: char) -> bool {
    let (before, after) = (&text[..at], &text[at + separator.len_utf8()..]);
    match ty {
        Type::Money if matches!(separator, ',' | '，') => {
            let digits = after.chars().take_while(|c| c.is_numeric()).count();
            digits != 3 || !before.ends_with(char::is_numeric)
        }
        Type::Phone => {
            let after = after.trim_start();
            !["ext", "Ext", "EXT", "转", "分机"].iter().any(|mark| after.starts_with(mark))
        }
        _ => true,
    }
}

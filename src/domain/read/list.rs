//! Where the items of a list end, and how an item is written that holds a separator.

use std::borrow::Cow;

use crate::domain::field::Type;

/// The items of a list, trimmed, without empty ones. An item of text, or a name, in quotes, as in filters, may hold separators:
/// `"Lee, Sam",vip`; in it `\"` is a quote and `\\` a backslash.
pub(super) fn split(ty: Type, text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        if let Some((item, after)) = quotation(text).filter(|_| ty == Type::Link || ty.is_text() && ty != Type::Phone) {
            rest = after;
            return Some(Cow::Owned(item.trim().to_owned()));
        }
        let end = text.char_indices().find(|&(at, c)| is_separator(c) && ends(ty, text, at, c));
        let (part, after) = match end {
            Some((at, c)) => (&text[..at], Some(&text[at + c.len_utf8()..])),
            None => (text, None),
        };
        rest = after;
        Some(Cow::Borrowed(part.trim()))
    })
    .filter(|part| !part.is_empty())
}

/// An item of text as [`split`] reads it back: in quotes where it would come apart, or seems to be in quotes itself.
pub fn quoted(item: &str) -> Cow<'_, str> {
    if !item.contains(is_separator) && closing(item).is_none() {
        return Cow::Borrowed(item);
    }
    Cow::Owned(format!("\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// The item in quotes at the start of a text, and what follows the separator behind it; none where the quotes are
/// part of an item (`5" pipe`).
fn quotation(text: &str) -> Option<(String, Option<&str>)> {
    let text = text.trim_start_matches(is_space);
    let close = closing(text)?;
    let (mut item, mut escaped) = (String::new(), false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => {
                if c != close && c != '\\' {
                    item.push('\\');
                }
                item.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            _ if c == close => {
                let after = text[at + c.len_utf8()..].trim_start_matches(is_space);
                let Some(separator) = after.chars().next() else { return Some((item, None)) };
                return is_separator(separator).then(|| (item, Some(&after[separator.len_utf8()..])));
            }
            _ => item.push(c),
        }
    }
    None
}

/// What closes the quote at the start of a text, as in filters.
fn closing(text: &str) -> Option<char> {
    match text.chars().next()? {
        '"' => Some('"'),
        '“' => Some('”'),
        '「' => Some('」'),
        _ => None,
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

const fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '、' | '，' | '；' | '\n')
}

/// Whether the separator at `at` ends an item: the comma in `12,000 CNY` and in `5551234, ext. 5` does not.
fn ends(ty: Type, text: &str, at: usize, separator: char) -> bool {
    let (before, after) = (&text[..at], &text[at + separator.len_utf8()..]);
    match ty {
        Type::Money | Type::UnitPrice if matches!(separator, ',' | '，') => {
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

//! The small steps of reading a date: each takes what it knows off the front of the input, or leaves it.

use std::ops::RangeInclusive;

use crate::{domain::words::chinese::count_prefix, text::simplified::simplified};

/// The text still to be read.
pub(super) type Input<'i, 'a> = &'i mut &'a str;

/// Lower case, half width and simplified, one character for each character, so that places in the two texts correspond.
pub(super) fn normalize(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
            '\u{3000}' | '\u{a0}' | '\t' => ' ',
            _ if c.is_ascii() => c.to_ascii_lowercase(),
            _ => simplified(c),
        })
        .collect()
}

/// The text with spaces for the hyphens beside a letter; `None` where there is none.
pub(super) fn unhyphenated(text: &str) -> Option<String> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let parts = text.char_indices().map(|(at, c)| {
        let beside = || letter(text[..at].chars().next_back()) || letter(text[at + 1..].chars().next());
        if c == '-' && at > 0 && beside() { ' ' } else { c }
    });
    let spaced: String = parts.collect();
    (spaced != text).then_some(spaced)
}

/// Runs `parser`, and puts the input back where it finds nothing.
pub(super) fn attempt<'a, T>(input: Input<'_, 'a>, parser: impl FnOnce(Input<'_, 'a>) -> Option<T>) -> Option<T> {
    let mut tried = *input;
    let found = parser(&mut tried)?;
    *input = tried;
    Some(found)
}

/// Takes something if it is there.
pub(super) fn optional<'a, T>(input: Input<'_, 'a>, parser: impl FnOnce(Input<'_, 'a>) -> Option<T>) {
    let _ = attempt(input, parser);
}

/// These very characters.
pub(super) fn literal(input: Input<'_, '_>, text: &str) -> Option<()> {
    *input = input.strip_prefix(text)?;
    Some(())
}

/// The first of these that is there, by its place in the list; list the longer ones first.
pub(super) fn one_of(input: Input<'_, '_>, texts: &[&str]) -> Option<usize> {
    texts.iter().position(|text| literal(input, text).is_some())
}

/// Any number of spaces.
pub(super) fn spaces(input: Input<'_, '_>) {
    *input = input.trim_start_matches(' ');
}

/// A whole word of Latin letters.
pub(super) fn word<'a>(input: Input<'_, 'a>) -> Option<&'a str> {
    let text = *input;
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    *input = rest;
    (!word.is_empty()).then_some(word)
}

/// A run of digits that is as long as allowed and no longer.
pub(super) fn digits(input: Input<'_, '_>, allowed: RangeInclusive<usize>) -> Option<u32> {
    let text = *input;
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if !allowed.contains(&count) {
        return None;
    }
    let (number, rest) = text.split_at(count);
    *input = rest;
    number.parse().ok()
}

/// A whole number in digits or in Chinese.
pub(super) fn number(input: Input<'_, '_>) -> Option<u32> {
    let (number, rest) = count_prefix(input)?;
    *input = rest;
    Some(number)
}

/// Whether what was read, from `before` to `after`, stops where a word or number does: `sun` in `sunny`, `sun-dried`,
/// `today's` and `sun@example.com` does not.
pub(super) fn ends_cleanly(before: &str, after: &str) -> bool {
    let taken = &before[..before.len() - after.len()];
    if !taken.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return true;
    }
    let mut next = after.chars();
    match next.next() {
        Some(c) if c.is_ascii_alphanumeric() => false,
        Some('\'' | '’' | '@' | '_') => false,
        Some('-' | '.') => !next.next().is_some_and(|c| c.is_ascii_alphabetic()),
        _ => true,
    }
}

//! The part of a text in which a word was found.

use crate::{
    domain::{FieldDef, Row, Type, bytes},
    query::filter::WordTest,
    text::fold_words,
};

/// Text up to this many characters is shown whole.
const WHOLE: usize = 80;
/// So many characters are shown before the word.
const BEFORE: usize = 24;

/// What a field says around the first of the words that it holds.
pub fn of(def: &FieldDef, row: Row<'_>, words: &[WordTest]) -> Option<String> {
    let stored = row.raw(def.tag)?;
    let word = words.iter().find(|word| word.passes_field(def, stored))?;
    let item = if def.many { bytes::items(stored).find(|item| word.passes_one(def, item))? } else { stored };
    let text = if def.ty == Type::Phone { bytes::phone(item)?.1 } else { bytes::text(item)? };
    Some(around(text, word.folded()))
}

/// The text, or the part of a long one around a word, with `…` where something was left out.
fn around(text: &str, word: &str) -> String {
    if text.chars().count() <= WHOLE {
        return text.to_owned();
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let at = starts.iter().position(|start| begins(&text[*start..], word)).unwrap_or_default();
    let from = at.saturating_sub(BEFORE);
    let to = (from + WHOLE).min(starts.len());
    let end = starts.get(to).copied().unwrap_or(text.len());
    let (left, right) = (if from > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    format!("{left}{}{right}", &text[starts[from]..end])
}

/// Whether the text, folded, begins with a word. A character may fold to several, so a little more than the word's
/// own length is looked at, and never all of a long text.
fn begins(text: &str, word: &str) -> bool {
    let enough = text.char_indices().map(|(at, _)| at).nth(word.chars().count() + 8).unwrap_or(text.len());
    !text.starts_with(char::is_whitespace) && fold_words(&text[..enough]).starts_with(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_around_the_word() {
        assert_eq!(around("short", "sh"), "short");
        let long = format!("{}They asked for a ＱUOTE by Friday. {}", "a ".repeat(60), "z ".repeat(60));
        let cut = around(&long, "quote");
        assert!(cut.starts_with('…') && cut.ends_with('…') && cut.contains("ＱUOTE by Friday"), "{cut}");
        assert_eq!(cut.chars().count(), WHOLE + 2);
        let chinese = "客户询问报价。".repeat(40);
        assert!(around(&chinese, "报价").starts_with("客户询问报价"));
    }
}

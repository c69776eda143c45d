//! A line of words as one types it, and words as a line that can be typed again.

use crate::error::{Error, Result};
use crate::text::said;

/// The words of a line: parted by spaces, kept together by quotes of either sort. A quote inside a word that does not
/// begin a value is a letter: `didn't`.
///
/// # Errors
/// `Usage` for a quote that is not closed.
pub fn split(line: &str) -> Result<Vec<String>> {
    let (mut words, mut word, mut inside) = (Vec::new(), None::<String>, None::<char>);
    for c in line.chars() {
        match inside {
            Some(mark) if c == mark => inside = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c.is_whitespace() => words.extend(word.take()),
            None if matches!(c, '"' | '\'') && opens(word.as_deref()) => {
                inside = Some(c);
                word.get_or_insert_default();
            }
            None => word.get_or_insert_default().push(c),
        }
    }
    if let Some(mark) = inside {
        return Err(Error::usage(said!("A quote {mark} is opened and not closed", "引号 {mark} 没有闭合"))
            .hint(said!("close it", "请补上另一半")));
    }
    words.extend(word);
    Ok(words)
}

/// Whether a quote after these letters begins a quotation: at the beginning of a word, or of a value.
fn opens(word: Option<&str>) -> bool {
    word.is_none_or(|word| word.is_empty() || word.ends_with(['=', '＝', ':', '：', '~']))
}

/// A word in quotes where it holds a space: `next="fri send quote"`.
pub fn quoted(word: String) -> String {
    if !word.contains(char::is_whitespace) {
        return word;
    }
    let mark = if word.contains('"') { '\'' } else { '"' };
    let start = word.split_once('=').filter(|(name, _)| !name.contains(char::is_whitespace));
    match start {
        Some((name, value)) => format!("{name}={mark}{value}{mark}"),
        None => format!("{mark}{word}{mark}"),
    }
}

/// Words as a line that reads back as the same words.
pub fn join(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_falls_into_words() {
        let words = |line: &str| split(line).unwrap();
        assert_eq!(words("log call C-1 didn't  reach"), ["log", "call", "C-1", "didn't", "reach"]);
        assert_eq!(words("next=\"fri send quote\" 'a b'"), ["next=fri send quote", "a b"]);
        assert_eq!(words("city=\"\" x"), ["city=", "x"]);
        assert!(words("  ").is_empty());
        assert!(split("a \"b").is_err());
    }

    #[test]
    fn words_come_back() {
        let words = ["customer", "add", "Say \"hi\" twice", "next=fri send quote"].map(str::to_owned);
        assert_eq!(split(&join(words.clone())).unwrap(), words);
    }
}

//! A line of words as one types it, and words as a line that can be typed again.

use crate::{
    error::{Error, Result},
    text::said,
};

/// What opens a quotation, and what closes it: those of a Chinese input method as well.
const QUOTES: [(char, char); 8] =
    [('"', '"'), ('\'', '\''), ('“', '”'), ('「', '」'), ('『', '』'), ('‘', '’'), ('＂', '＂'), ('＇', '＇')];

/// The words of a line: parted by spaces, kept together by quotes of any sort. A quote inside a word that does not
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
            None => match closing(c).filter(|_| opens(word.as_deref())) {
                Some(mark) => {
                    inside = Some(mark);
                    word.get_or_insert_default();
                }
                None => word.get_or_insert_default().push(c),
            },
        }
    }
    if let Some(mark) = inside {
        return Err(Error::usage(said!("A quote is opened and not closed with {mark}", "引号没有以 {mark} 闭合"))
            .hint(said!("close it", "请补上另一半")));
    }
    words.extend(word);
    Ok(words)
}

/// What closes a quotation that this opens.
fn closing(open: char) -> Option<char> {
    if open.is_ascii_alphanumeric() {
        return None;
    }
    QUOTES.into_iter().find(|(known, _)| *known == open).map(|(_, close)| close)
}

/// Whether a quote after these letters begins a quotation: at the beginning of a word, or of a value.
fn opens(word: Option<&str>) -> bool {
    word.is_none_or(|word| word.is_empty() || word.ends_with(['=', '＝', ':', '：', '~']))
}

/// A word in quotes where it would fall apart or lose some: `next="fri send quote"`.
pub fn quoted(word: String) -> String {
    let begins = |(at, c): (usize, char)| closing(c).is_some() && opens(Some(&word[..at]));
    if !word.is_empty() && !word.contains(char::is_whitespace) && !word.char_indices().any(begins) {
        return word;
    }
    let (name, value) = match word.split_once('=').filter(|(name, _)| !name.contains(char::is_whitespace)) {
        Some((name, value)) if !name.char_indices().any(begins) => (word.get(..=name.len()).unwrap_or_default(), value),
        _ => ("", word.as_str()),
    };
    let (open, close) = QUOTES.into_iter().find(|(_, close)| !value.contains(*close)).unwrap_or(QUOTES[0]);
    format!("{name}{open}{value}{close}")
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
        assert_eq!(
            words("c add 引号公司 备注＝“含 空格 的备注” 城市＝杭州"),
            ["c", "add", "引号公司", "备注＝含 空格 的备注", "城市＝杭州"]
        );
        assert_eq!(words("下一步＝“明天 回访” 「a b」 ‘c d’ ＂e f＂"), ["下一步＝明天 回访", "a b", "c d", "e f"]);
        assert_eq!(words("客户说“太贵” 再谈 didn’t"), ["客户说“太贵”", "再谈", "didn’t"]);
        assert!(words("  ").is_empty());
        assert!(split("a \"b").is_err());
    }

    #[test]
    fn words_come_back() {
        for words in [
            &["customer", "add", "Say \"hi\" twice", "next=fri send quote"][..],
            &["备注=“含 空格”", "“引号”", "说=\"a b\" 'c'", "", "a=\"b\"", "'x"],
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(split(&join(words.clone())).unwrap(), words);
        }
    }
}

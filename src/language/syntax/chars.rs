//! The characters and words that mean something: quotes, operators, suffixes, full-width forms.

/// What closes this opening quote.
pub(crate) fn closing_quote(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        '「' => Some('」'),
        '＂' => Some('＂'),
        _ => None,
    }
}

/// The ASCII form of the punctuation that a Chinese input method types full-width.
pub(crate) fn ascii(c: char) -> char {
    match c {
        '：' => ':',
        '＝' => '=',
        '～' => '~',
        '，' => ',',
        '（' => '(',
        '）' => ')',
        '！' => '!',
        '＜' => '<',
        '＞' => '>',
        '＋' => '+',
        '－' => '-',
        _ => c,
    }
}

/// What a term asks for, whichever way it is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// `:` and `=`: equal, in a range, empty.
    Is,
    /// `!=`, `.not:`
    IsNot,
    /// `~`, `.has:`
    Contains,
    /// `>`, `.over:`
    Over,
    /// `<`, `.under:`
    Under,
    /// `.after:`
    After,
    /// `.before:`
    Before,
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
}

/// The operator at the start of a text, and its length. `:` may stand before a comparison, as in `amount:>10k`.
pub(super) fn operator(text: &str) -> Option<(Op, usize)> {
    let mut chars = text.chars();
    let (first, second) = (chars.next()?, chars.next().unwrap_or(' '));
    let (one, two) = (first.len_utf8(), first.len_utf8() + second.len_utf8());
    match (ascii(first), ascii(second)) {
        ('≥' | '≧', _) => Some((Op::AtLeast, one)),
        ('≤' | '≦', _) => Some((Op::AtMost, one)),
        ('≠', _) => Some((Op::IsNot, one)),
        (':', '>' | '<' | '≥' | '≧' | '≤' | '≦') => {
            operator(&text[one..]).map(|(op, length)| (op, one + length))
        }
        ('=', '=') => Some((Op::Is, two)),
        (':' | '=', _) => Some((Op::Is, one)),
        ('!', '=') => Some((Op::IsNot, two)),
        ('~', _) => Some((Op::Contains, one)),
        ('>', '=') => Some((Op::AtLeast, two)),
        ('>', _) => Some((Op::Over, one)),
        ('<', '=') => Some((Op::AtMost, two)),
        ('<', _) => Some((Op::Under, one)),
        _ => None,
    }
}

/// The operator that a last name of a path stands for: `status.not:lost`.
pub(super) fn suffix(name: &str) -> Option<Op> {
    Some(match name.to_ascii_lowercase().as_str() {
        "not" => Op::IsNot,
        "has" => Op::Contains,
        "over" => Op::Over,
        "under" => Op::Under,
        "after" => Op::After,
        "before" => Op::Before,
        _ => return None,
    })
}

/// What asks for a field to be set (`has:phone`: true) or empty (`no:phone`: false) when it stands before `:`.
pub(super) fn presence(name: &str) -> Option<bool> {
    match name.to_ascii_lowercase().as_str() {
        "has" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// A word that joins terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    Or,
    And,
    Not,
    Open,
    Close,
}

/// The keyword that this word is, in either language.
pub(crate) fn keyword(word: &str) -> Option<Keyword> {
    // None is longer; a whole value may be asked about.
    if word.len() > "并且".len() {
        return None;
    }
    Some(match word.to_ascii_lowercase().as_str() {
        "or" | "或" | "或者" => Keyword::Or,
        "and" | "与" | "且" | "和" | "并且" | "而且" => Keyword::And,
        "not" | "非" | "不" | "不是" => Keyword::Not,
        "(" | "（" => Keyword::Open,
        ")" | "）" => Keyword::Close,
        _ => return None,
    })
}

/// Whether a text looks like the name of a field: letters, digits, `_` and inner `-`, no digit first.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !text.ends_with('-')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a value needs no quotes, in any place where a value can stand and in any shell.
pub(super) fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | '+' | '%' | ':' | '¥' | '€');
    !text.is_empty()
        && !text.starts_with(['.', '/', ':'])
        && !text.ends_with('.')
        && !text.contains("..")
        && text.chars().all(plain)
}

/// The length of `..` at the start of a text; three dots and more are text.
pub(super) fn dots(text: &str) -> Option<usize> {
    (text.starts_with("..") && !text.starts_with("...")).then_some(2)
}

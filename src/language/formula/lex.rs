//! What a formula consists of: figures, texts in quotes, names, signs.

use crate::{
    language::syntax::{
        Name, SyntaxError, SyntaxErrorKind,
        chars::{self, Keyword},
        part::SourcePart,
    },
    text::{Said, said},
};

use super::tree::{Binary, Comparison};

/// The smallest piece that means something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// `3万`, `10%`.
    Figure(String),
    /// A value in quotes.
    Text(String),
    /// Names joined by dots.
    Path(Vec<Name>),
    /// A sign or word between two operands; `-` also before one.
    Binary(Binary),
    Not,
    Open,
    Close,
    Comma,
    /// What a filter of children follows.
    Where,
}

/// A token with its place; `rest` is what follows it.
#[derive(Debug, Clone)]
pub(super) struct Lexed<'s> {
    pub(super) token: Token,
    pub(super) part: SourcePart<'s>,
    pub(super) rest: SourcePart<'s>,
}

/// Whether a word begins a filter of children.
fn is_where(word: &str) -> bool {
    word.eq_ignore_ascii_case("where") || word == "其中"
}

/// Whether a name can stand in a formula without quotes.
pub(super) fn is_bare_name(text: &str) -> bool {
    record_id(text) == Some(text.len())
        || text.starts_with(begins_name)
            && text.chars().all(continues_name)
            && chars::keyword(text).is_none()
            && !is_where(text)
}

/// How far the id of a record reaches at the start of a text: `C-7`, in capitals, so that `due-7` is a subtraction.
fn record_id(text: &str) -> Option<usize> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let number = text.get(letters..)?.strip_prefix('-')?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !number[digits..].starts_with(continues_name);
    ((1..=3).contains(&letters) && digits > 0 && ends).then_some(letters + 1 + digits)
}

fn begins_name(c: char) -> bool {
    (c.is_alphabetic() || c == '_') && !is_money_sign(c)
}

fn continues_name(c: char) -> bool {
    (c.is_alphanumeric() || c == '_') && !is_money_sign(c)
}

/// A sign that stands before an amount.
const fn is_money_sign(c: char) -> bool {
    matches!(c, '$' | '¥' | '￥' | '€' | '£' | '₩' | '₹' | '₽' | '₫' | '฿' | '₱' | '₪' | '＄')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The first token of a part; `None` where there is nothing but white space.
pub(super) fn next(rest: SourcePart<'_>) -> Result<Option<Lexed<'_>>, SyntaxError> {
    let rest = rest.trim_start();
    let Some(first) = rest.text().chars().next() else { return Ok(None) };
    let lexed = |token, length: usize| {
        let (part, rest) = rest.split(length);
        Ok(Some(Lexed { token, part, rest }))
    };
    if let Some((token, length)) = sign(rest.text()) {
        return lexed(token, length);
    }
    if let Some(length) = figure(rest.text()) {
        return lexed(Token::Figure(rest.text()[..length].to_owned()), length);
    }
    let is_dotted = first == '.' && chars::closing_quote(rest.text()[1..].chars().next().unwrap_or(' ')).is_some();
    if is_dotted || chars::closing_quote(first).is_some() || begins_name(first) {
        return names(rest).map(Some);
    }
    Err(stray(rest))
}

/// Names joined by dots, a text in quotes, or a word that joins others.
fn names(start: SourcePart<'_>) -> Result<Lexed<'_>, SyntaxError> {
    let mut names = Vec::new();
    let is_dotted = start.text().starts_with('.');
    let mut rest = if is_dotted { start.skip(1) } else { start };
    loop {
        let (text, after) = match rest.quoted()? {
            Some(quoted) => quoted,
            None => {
                let length = || rest.text().find(|c| !continues_name(c)).unwrap_or(rest.text().len());
                let length = record_id(rest.text()).unwrap_or_else(length);
                let (name, after) = rest.split(length);
                (name.text().to_owned(), after)
            }
        };
        let span = rest.split(rest.text().len() - after.text().len()).0.span();
        let is_quoted = after.text().len() + text.len() < rest.text().len();
        names.push((Name { text, span }, is_quoted));
        let follows = after.text().strip_prefix('.').and_then(|text| text.chars().next());
        rest = after;
        if !follows.is_some_and(|c| begins_name(c) || chars::closing_quote(c).is_some()) {
            break;
        }
        rest = after.skip(1);
    }
    let part = start.split(start.text().len() - rest.text().len()).0;
    let token = match names.as_slice() {
        [(name, true)] if !is_dotted => Token::Text(name.text.clone()),
        [(name, false)] if !is_dotted && is_where(&name.text) => Token::Where,
        [(name, false)] if !is_dotted => match chars::keyword(&name.text) {
            Some(Keyword::Or) => Token::Binary(Binary::Or),
            Some(Keyword::And) => Token::Binary(Binary::And),
            Some(Keyword::Not) => Token::Not,
            _ => Token::Path(vec![name.clone()]),
        },
        _ => Token::Path(names.into_iter().map(|(name, _)| name).collect()),
    };
    Ok(Lexed { token, part, rest })
}

/// How far a figure at the start of a text reaches.
fn figure(text: &str) -> Option<usize> {
    let mut start = text.trim_start_matches(is_money_sign).chars();
    let (first, second) = (start.next()?, start.next().unwrap_or(' '));
    let is_number = is_digit(first) || first == '.' && is_digit(second);
    if !(is_number || text.starts_with(is_money_sign)) {
        return None;
    }
    if let Some(length) = iso_date(text) {
        return Some(length);
    }
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let belongs = c.is_alphanumeric() || is_money_sign(c) || matches!(c, '%' | '％') || c == '.' && is_digit(next);
        if !belongs {
            return Some(at);
        }
    }
    Some(text.len())
}

/// `2026-03-01`, which is a day and no subtraction.
fn iso_date(text: &str) -> Option<usize> {
    let shape = text.as_bytes().get(..10)?;
    let fits = shape.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    (fits && !text[10..].starts_with(|c: char| c.is_alphanumeric())).then_some(10)
}

fn sign(text: &str) -> Option<(Token, usize)> {
    use Comparison::{AtLeast, AtMost, Differ, Equal, Less, More};
    let mut signs = text.chars();
    let (first, second) = (signs.next()?, signs.next().unwrap_or(' '));
    let (one, two) = (first.len_utf8(), first.len_utf8() + second.len_utf8());
    let compare = |comparison, length| Some((Token::Binary(Binary::Compare(comparison)), length));
    match (chars::ascii(first), chars::ascii(second)) {
        ('≥' | '≧', _) => compare(AtLeast, one),
        ('≤' | '≦', _) => compare(AtMost, one),
        ('≠', _) => compare(Differ, one),
        ('!', '=') => compare(Differ, two),
        ('>', '=') => compare(AtLeast, two),
        ('<', '=') => compare(AtMost, two),
        ('=', '=') | ('<', '>') | ('*', '*') => None,
        ('=', _) => compare(Equal, one),
        ('>', _) => compare(More, one),
        ('<', _) => compare(Less, one),
        ('+', _) => Some((Token::Binary(Binary::Add), one)),
        ('-' | '−', _) => Some((Token::Binary(Binary::Subtract), one)),
        ('*' | '＊' | '×', _) => Some((Token::Binary(Binary::Multiply), one)),
        ('/' | '／' | '÷', _) => Some((Token::Binary(Binary::Divide), one)),
        ('(', _) => Some((Token::Open, one)),
        (')', _) => Some((Token::Close, one)),
        (',', _) => Some((Token::Comma, one)),
        _ => None,
    }
}

/// The error for a sign that means nothing here, with what is written for it.
fn stray(rest: SourcePart<'_>) -> SyntaxError {
    let write = |sign: &str| said!("write {sign}", "请写 {sign}");
    let table: [(&str, Said); 14] = [
        ("==", write("=")),
        ("<>", write("!=")),
        ("&&", write("and")),
        ("||", write("or")),
        ("!", write("not")),
        ("！", write("not")),
        ("**", said!("multiply the value by itself", "请将该值与自身相乘")),
        ("^", said!("multiply the value by itself", "请将该值与自身相乘")),
        ("&", said!("text is joined with +", "文字用 + 连接")),
        (
            ":",
            said!(
                "write = to compare; the tests of a filter stand behind where",
                "比较请写 =；筛选条件写在 where 之后"
            ),
        ),
        (
            "：",
            said!(
                "write = to compare; the tests of a filter stand behind where",
                "比较请写 =；筛选条件写在 where 之后"
            ),
        ),
        (";", said!("arguments are separated by commas", "参数之间用逗号分隔")),
        ("；", said!("arguments are separated by commas", "参数之间用逗号分隔")),
        ("%", said!("write the % directly behind its number: 10%", "% 须紧接在数字之后：10%")),
    ];
    let found = table.into_iter().find(|(sign, _)| rest.text().starts_with(sign));
    let length =
        found.as_ref().map_or_else(|| rest.text().chars().next().map_or(0, char::len_utf8), |(sign, _)| sign.len());
    let part = rest.split(length).0;
    let error = part.error(
        SyntaxErrorKind::UnknownOperator,
        said!("'{}' means nothing in a formula", "公式中没有“{}”这个符号", part.text()),
    );
    error.hint(found.map_or_else(
        || {
            said!(
                "the signs are + - * / ( ) = != < <= > >= and or not; text goes in quotes",
                "可用的符号有“+ - * / ( ) = != < <= > >= and or not”；文字请加引号"
            )
        },
        |(_, hint)| hint,
    ))
}

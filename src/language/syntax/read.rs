//! The two ways to write a filter: as words of a command line, and as one string.

use super::{
    IsFieldName,
    ast::Expr,
    chars::{self, Keyword},
    error::{SyntaxError, SyntaxErrorKind},
    part::SourcePart,
    stray::{stray_comparison, stray_minus, stray_operator},
    term,
    tree::{self, Token},
};

use crate::text::said;

/// The text that the spans of [`parse_terms`] point into: the words with a space between them.
pub fn source_of(words: &[String]) -> String {
    words.join(" ")
}

/// Reads words of a command line, of which each is one term or one operator.
///
/// The value of a term runs to the end of its word, spaces included. `known` tells whether a text names a field, as a
/// code or a label; it decides only where a word could be text as well (`E-mail:a@b.c`, `https://x.y`), so that a
/// misspelled field is still read as a test, and reported by whoever looks the name up.
pub fn parse_terms(words: &[String], known: &IsFieldName<'_>) -> Result<Expr, SyntaxError> {
    let source = source_of(words);
    let mut rest = SourcePart::whole(&source);
    let mut tokens = Vec::with_capacity(words.len());
    for word in words {
        let part = rest.split(word.len()).0;
        rest = rest.skip((word.len() + 1).min(rest.text().len()));
        let part = match negated(part, known) {
            Some((not, test)) => {
                tokens.push((Token::Keyword(Keyword::Not), not.span()));
                test
            }
            None => part,
        };
        let token = match chars::keyword(part.text()) {
            Some(keyword) => Token::Keyword(keyword),
            None => Token::Term(command_line_term(part, known)?),
        };
        tokens.push((token, part.span()));
    }
    tree::build(&source, tokens)
}

/// A word that is a `not` with the test of a field behind it, `'不是 级别:A'`, taken apart.
fn negated<'s>(word: SourcePart<'s>, known: &IsFieldName<'_>) -> Option<(SourcePart<'s>, SourcePart<'s>)> {
    let (not, test) = word.split(word.text().find(char::is_whitespace)?);
    let test = test.trim();
    let is_test = chars::keyword(not.text()) == Some(Keyword::Not) && term::tests(test, known);
    is_test.then_some((not, test))
}

fn command_line_term(word: SourcePart<'_>, known: &IsFieldName<'_>) -> Result<Expr, SyntaxError> {
    if let Some(SyntaxError { kind, message, hint, .. }) = stray_minus(word.text()) {
        return Err(SyntaxError { hint, ..word.error(kind, message) });
    }
    let opened = word.text().trim_start_matches(['(', '（']);
    if opened.len() < word.text().len() && term::is_test(SourcePart::whole(opened)) {
        let (parenthesis, _) = word.split(word.text().len() - opened.len());
        let error = parenthesis.error(
            SyntaxErrorKind::StrayParenthesis,
            said!("a parenthesis is a word of its own here", "此处括号须单独成词"),
        );
        return Err(error.hint(said!(
            "put a space after it, or give the whole filter to --where",
            "请在其后加空格，或把整个筛选条件交给 --where"
        )));
    }
    one_term(word, known)
}

fn one_term(word: SourcePart<'_>, known: &IsFieldName<'_>) -> Result<Expr, SyntaxError> {
    stray_operator(word).or_else(|| stray_comparison(word, known)).map_or_else(|| term::read(word, known), Err)
}

/// Reads a filter in one string: the value of `--where`, the filter bar, a saved view.
///
/// As [`parse_terms`], except that white space ends a term, so that a value with spaces stands in quotes (`"…"`,
/// `“…”`, `「…」`), and that parentheses need no space around them and `-` in front of a term is a not. Parentheses
/// inside a value belong to it if they are balanced.
pub fn parse(text: &str, known: &IsFieldName<'_>) -> Result<Expr, SyntaxError> {
    read(text, SourcePart::whole(text), known, false).map(|(expr, _)| expr)
}

/// Reads the filter that `clause` begins with, a part of `source` that ends at the parenthesis which closes one before it:
/// the part of it that is the filter. Spans count from the beginning of the source.
pub(crate) fn parse_clause<'s>(
    source: &str,
    clause: SourcePart<'s>,
    known: &IsFieldName<'_>,
) -> Result<(Expr, SourcePart<'s>), SyntaxError> {
    let (expr, rest) = read(source, clause, known, true)?;
    Ok((expr, clause.split(clause.text().len() - rest.text().len()).0))
}

/// Reads a filter, and what stands behind it: nothing, or the parenthesis that closes one before it.
fn read<'s>(
    source: &str,
    text: SourcePart<'s>,
    known: &IsFieldName<'_>,
    is_clause: bool,
) -> Result<(Expr, SourcePart<'s>), SyntaxError> {
    let mut tokens = Vec::new();
    let mut open = 0_usize;
    let mut rest = text.trim_start();
    while let Some(first) = rest.text().chars().next() {
        let first_length = first.len_utf8();
        let (length, keyword) = match chars::ascii(first) {
            '(' => (first_length, Some(Keyword::Open)),
            ')' => (first_length, Some(Keyword::Close)),
            '-' => (first_length, Some(Keyword::Not)),
            _ => {
                let length = term_length(rest)?;
                (length, chars::keyword(&rest.text()[..length]))
            }
        };
        match keyword {
            Some(Keyword::Open) => open += 1,
            Some(Keyword::Close) if open == 0 && is_clause => break,
            Some(Keyword::Close) => open = open.saturating_sub(1),
            _ => {}
        }
        let (part, after) = rest.split(length);
        let token = match keyword {
            Some(Keyword::Not)
                if chars::ascii(first) == '-' && after.text().trim_start().len() < after.text().len() =>
            {
                let error = part.error(
                    SyntaxErrorKind::MissingOperand,
                    said!("'-' needs a term directly after it", "“-”之后须紧接一个条件"),
                );
                return Err(error.hint(said!("put a - that is meant as text in quotes", "作为文字的 - 请加引号")));
            }
            Some(keyword) => Token::Keyword(keyword),
            None => Token::Term(one_term(part, known)?),
        };
        tokens.push((token, part.span()));
        rest = after.trim_start();
    }
    Ok((tree::build(source, tokens)?, rest))
}

/// How far the term at the start of `rest` reaches: to white space or a parenthesis that is not its own. Quotes count
/// where a name or a value begins.
fn term_length(rest: SourcePart<'_>) -> Result<usize, SyntaxError> {
    let total = rest.text().len();
    let mut open = Vec::new();
    let mut left = rest;
    let mut quote_may_open = true;
    while let Some(c) = left.text().chars().next() {
        if quote_may_open && let Some((_, after)) = left.quoted()? {
            left = after;
            quote_may_open = false;
            continue;
        }
        let at = total - left.text().len();
        let form = chars::ascii(c);
        match form {
            _ if c.is_whitespace() => break,
            '(' if chars::keyword(&rest.text()[..at]).is_some() => break,
            '(' => open.push(left.split(c.len_utf8()).0),
            ')' if open.pop().is_none() => break,
            _ => {}
        }
        quote_may_open = matches!(form, ':' | '=' | '~' | '<' | '>' | '≥' | '≧' | '≤' | '≦' | '≠' | ',' | '、' | '.');
        left = left.skip(c.len_utf8());
    }
    match open.pop() {
        None => Ok(total - left.text().len()),
        Some(parenthesis) => {
            let error = parenthesis
                .error(SyntaxErrorKind::UnclosedParenthesis, said!("this parenthesis is not closed", "此括号没有闭合"));
            Err(error.hint(said!(
                "alternatives are written grade:A,B; a value with a parenthesis goes in quotes",
                "多个值写作 级别:A,B；含括号的值请加引号"
            )))
        }
    }
}

//! A piece of the source that knows its place in it, and the errors that point there.

use super::{
    ast::Span,
    chars,
    error::{SyntaxError, SyntaxErrorKind},
};

use crate::text::{Said, said};

/// A piece of the source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourcePart<'s> {
    source: &'s str,
    start: usize,
    end: usize,
}

impl<'s> SourcePart<'s> {
    /// All of it.
    pub(crate) fn whole(source: &'s str) -> Self {
        Self { source, start: 0, end: source.len() }
    }

    /// Its text.
    pub(crate) fn text(self) -> &'s str {
        &self.source[self.start..self.end]
    }

    /// Its place.
    pub(crate) fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes before and from `at`, counted from its own start; `at` must lie between characters.
    pub(crate) fn split(self, at: usize) -> (Self, Self) {
        let middle = self.start + at;
        (Self { end: middle, ..self }, Self { start: middle, ..self })
    }

    /// Without the first `bytes`.
    pub(crate) fn skip(self, bytes: usize) -> Self {
        self.split(bytes).1
    }

    /// Without the white space around it.
    pub(crate) fn trim(self) -> Self {
        let rest = self.trim_start();
        rest.split(rest.text().trim_end().len()).0
    }

    /// Without the white space before it.
    pub(crate) fn trim_start(self) -> Self {
        self.skip(self.text().len() - self.text().trim_start().len())
    }

    /// From its start to the end of `last`, which lies in it.
    pub(crate) fn through(self, last: Self) -> Self {
        Self { end: last.end, ..self }
    }

    /// An error that points here.
    pub(crate) fn error(self, kind: SyntaxErrorKind, message: Said) -> SyntaxError {
        SyntaxError::new(kind, self.source, self.span(), message)
    }

    /// The quoted text at its start, and what follows the closing quote; `None` where it starts with no quote.
    /// Inside, a backslash takes away the meaning of the closing quote and of another backslash.
    pub(crate) fn quoted(self) -> Result<Option<(String, Self)>, SyntaxError> {
        let mut chars = self.text().char_indices();
        let Some(close) = chars.next().and_then(|(_, open)| chars::closing_quote(open)) else { return Ok(None) };
        let mut text = String::new();
        while let Some((at, c)) = chars.next() {
            if c == close {
                return Ok(Some((text, self.skip(at + c.len_utf8()))));
            }
            let escaped = chars.clone().next().filter(|&(_, next)| c == '\\' && (next == close || next == '\\'));
            match escaped {
                Some((_, next)) => {
                    text.push(next);
                    chars.next();
                }
                None => text.push(c),
            }
        }
        let error = self.error(SyntaxErrorKind::UnclosedQuote, said!("this quote is not closed", "此引号没有闭合"));
        Err(error.hint(said!(
            "end it with {close}, or put a value that holds a quote in another kind: 「 」",
            "请以 {close} 结尾；值中含引号时请用另一种引号：「 」"
        )))
    }
}

//! What is wrong with a filter, and where.

use unicode_width::UnicodeWidthStr;

use super::ast::Span;
use crate::{
    error::Error,
    text::{Said, said},
};

/// The ways in which a filter can fail to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyntaxErrorKind {
    /// A quote without its other half.
    UnclosedQuote,
    /// Text directly after a closing quote.
    TextAfterQuote,
    /// `(` without `)`.
    UnclosedParenthesis,
    /// `)` without `(`, or `(` where none can be.
    StrayParenthesis,
    /// `or`, `not`, `>` or the like without the term or value that they need.
    MissingOperand,
    /// An operator without a field name before it.
    MissingName,
    /// An operator that does not exist, or not after that suffix.
    UnknownOperator,
    /// Nothing before, after or between commas.
    EmptyItem,
    /// `..` with neither end.
    OpenRange,
    /// `..` among commas, or more than once.
    RangeInList,
    /// `*` anywhere but at the end of a value.
    Wildcard,
    /// `-field:value` as an argument of the command line, where it looks like an option.
    StrayMinus,
    /// `&&`, `||` or `!`, which other languages have.
    StrayOperator,
    /// More parentheses and nots inside one another than anybody writes.
    TooDeep,
}

/// Why a filter cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which rule is broken.
    pub kind: SyntaxErrorKind,
    /// What is wrong, in a sentence.
    pub message: Said,
    /// What would work.
    pub hint: Option<Said>,
    /// The whole text.
    pub source: String,
    /// Where in it.
    pub span: Span,
}

impl SyntaxError {
    /// An error at a place of a source, without a hint.
    pub fn new(kind: SyntaxErrorKind, source: &str, span: Span, message: Said) -> Self {
        Self { kind, message, hint: None, source: source.to_owned(), span }
    }

    /// The same error with what would work.
    #[must_use]
    pub fn hint(mut self, hint: Said) -> Self {
        self.hint = Some(hint);
        self
    }
}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        let below = caret(&error.source, error.span);
        let usage = Self::usage(error.message.map(|message| format!("{message}\n{below}")));
        match error.hint {
            Some(hint) => usage.hint(hint),
            None => usage.hint(said!("crm help filters shows every spelling", "crm help filters 列出所有写法")),
        }
    }
}

/// The line of `source` in which `span` begins and, below it, carets under the span, both indented by two.
///
/// Columns are those of the terminal, so wide characters before the span do not shift the carets.
pub fn caret(source: &str, span: Span) -> String {
    let line_start = before(source, span.start).rfind('\n').map_or(0, |newline| newline + 1);
    let line = source[line_start..].lines().next().unwrap_or_default();
    let shown: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // A control character may be wider in bytes than the blank that stands for it, so map places by character.
    let columns = |byte: usize| -> usize {
        let chars = before(line, byte.saturating_sub(line_start)).chars().count();
        shown.chars().take(chars).collect::<String>().width()
    };
    let (start, end) = (columns(span.start), columns(span.end));
    format!("  {shown}\n  {}{}", " ".repeat(start), "^".repeat(end.saturating_sub(start).max(1)))
}

/// What stands before a byte, which may lie inside a character or past the end.
fn before(text: &str, byte: usize) -> &str {
    let end = text.char_indices().map(|(at, _)| at).find(|&at| at >= byte).unwrap_or(text.len());
    &text[..end]
}

//! From terms and operators in a row to a tree: not binds tightest, then and (written or not), then or.

use std::{iter::Peekable, vec::IntoIter};

use super::{
    ast::{Expr, Span},
    chars::Keyword,
    error::{SyntaxError, SyntaxErrorKind},
};

use crate::text::{Said, said};

/// How many parentheses and nots may stand inside one another: far beyond use, far below the stack.
const DEEPEST: usize = 100;

/// One thing in the row.
#[derive(Debug)]
pub(super) enum Token {
    Keyword(Keyword),
    Term(Expr),
}

/// Builds the tree of a row of tokens.
pub(super) fn build(source: &str, tokens: Vec<(Token, Span)>) -> Result<Expr, SyntaxError> {
    if tokens.is_empty() {
        return Ok(Expr::All);
    }
    let mut builder = Builder { source, tokens: tokens.into_iter().peekable(), before: None, depth: 0 };
    let expr = builder.any()?;
    match builder.tokens.next() {
        None => Ok(expr),
        Some((_, span)) => Err(builder.stray(span)),
    }
}

struct Builder<'s> {
    source: &'s str,
    tokens: Peekable<IntoIter<(Token, Span)>>,
    /// The keyword just taken, which the next term belongs to.
    before: Option<(Keyword, Span)>,
    depth: usize,
}

impl Builder<'_> {
    /// Alternatives.
    fn any(&mut self) -> Result<Expr, SyntaxError> {
        let mut expr = self.all()?;
        while self.take(Keyword::Or).is_some() {
            expr = expr.or(self.all()?);
        }
        Ok(expr)
    }

    /// Terms that all hold.
    fn all(&mut self) -> Result<Expr, SyntaxError> {
        let mut expr = self.one()?;
        loop {
            match self.tokens.peek() {
                None | Some((Token::Keyword(Keyword::Or | Keyword::Close), _)) => return Ok(expr),
                Some(_) => {
                    self.take(Keyword::And);
                    expr = expr.and(self.one()?);
                }
            }
        }
    }

    /// A term, what a not is about, or what parentheses hold.
    fn one(&mut self) -> Result<Expr, SyntaxError> {
        match self.tokens.next() {
            Some((Token::Term(expr), _)) => {
                self.before = None;
                Ok(expr)
            }
            Some((Token::Keyword(Keyword::Not), span)) => {
                self.before = Some((Keyword::Not, span));
                self.deeper(span, Self::one).map(Expr::negate)
            }
            Some((Token::Keyword(Keyword::Open), span)) => {
                self.before = Some((Keyword::Open, span));
                let expr = self.deeper(span, Self::any)?;
                match self.take(Keyword::Close) {
                    Some(_) => Ok(expr),
                    None => Err(self.unclosed(span)),
                }
            }
            next => {
                Err(self.missing(next.map(|(token, span)| (matches!(token, Token::Keyword(Keyword::Close)), span))))
            }
        }
    }

    fn deeper(&mut self, span: Span, read: fn(&mut Self) -> Result<Expr, SyntaxError>) -> Result<Expr, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(SyntaxError::new(
                SyntaxErrorKind::TooDeep,
                self.source,
                span,
                said!("this is nested too deeply", "嵌套太深"),
            ));
        }
        let expr = read(self)?;
        self.depth -= 1;
        Ok(expr)
    }

    /// Takes the next token if it is this keyword.
    fn take(&mut self, wanted: Keyword) -> Option<Span> {
        let (_, span) = self.tokens.next_if(|(token, _)| matches!(token, Token::Keyword(found) if *found == wanted))?;
        self.before = Some((wanted, span));
        Some(span)
    }

    /// The error for a term that is not there; `next` is what stands in its place, and whether that is a `)`.
    fn missing(&self, next: Option<(bool, Span)>) -> SyntaxError {
        let error = |span: Span, message: Said| {
            SyntaxError::new(SyntaxErrorKind::MissingOperand, self.source, span, message)
                .hint(said!("put a word that is meant as text in quotes", "作为文字的词请加引号"))
        };
        let text = |span: Span| self.source.get(span.range()).unwrap_or_default();
        match (self.before, next) {
            (Some((Keyword::Open, open)), None) => self.unclosed(open),
            (Some((Keyword::Open, open)), Some((true, close))) => error(
                Span { start: open.start, end: close.end },
                said!("there is nothing between these parentheses", "括号中没有内容"),
            ),
            (Some((Keyword::Or | Keyword::And | Keyword::Not, span)), None | Some((true, _))) => {
                error(span, said!("'{}' needs a term after it", "“{}”之后须有条件", text(span)))
            }
            (_, Some((false, span))) => {
                error(span, said!("'{}' needs a term before it", "“{}”之前须有条件", text(span)))
            }
            (_, Some((true, span))) => self.stray(span),
            (_, None) => error(Span::default(), said!("a term is missing", "缺少条件")),
        }
    }

    fn unclosed(&self, open: Span) -> SyntaxError {
        let kind = SyntaxErrorKind::UnclosedParenthesis;
        SyntaxError::new(kind, self.source, open, said!("this parenthesis is not closed", "此括号没有闭合"))
            .hint(said!("close it with ), or put a value that has one in quotes", "请用 ) 闭合；含括号的值请加引号"))
    }

    fn stray(&self, close: Span) -> SyntaxError {
        let kind = SyntaxErrorKind::StrayParenthesis;
        SyntaxError::new(kind, self.source, close, said!("this parenthesis closes nothing", "此括号没有对应的左括号"))
            .hint(said!("leave it out, or put a value that has one in quotes", "请去掉它；含括号的值请加引号"))
    }
}

//! The tree that a formula is read into, before anybody knows what its names mean.

use crate::language::syntax::{Expr, Name, Path, Span};

/// A formula, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// A value that begins with a digit or a sign of money: `3万`, `10%`, `2d`, `¥12`, `2026-03-01`.
    Figure {
        /// As it was written.
        text: String,
        /// Where it stands.
        span: Span,
    },
    /// A value in quotes.
    Text {
        /// The value, without its quotes.
        text: String,
        /// Where it stands, quotes included.
        span: Span,
    },
    /// A field, or the links to follow to it; of one word also a value: `today`, `open`, `明天`.
    Path(Path),
    /// `-x`, `not x`.
    Prefix {
        /// Which of them.
        op: Prefix,
        /// Where the sign stands.
        sign: Span,
        /// What it is put before.
        of: Box<Tree>,
    },
    /// `a + b`.
    Binary {
        /// What is done.
        op: Binary,
        /// Where the sign stands.
        sign: Span,
        /// What stands before it.
        left: Box<Tree>,
        /// What stands behind it.
        right: Box<Tree>,
    },
    /// `round(x, 2)`, `sum(lines.amount where kind:part)`.
    Call {
        /// The function as it was written.
        name: Name,
        /// Its arguments.
        args: Vec<Tree>,
        /// Which children are meant.
        clause: Option<Clause>,
        /// From the name to the closing parenthesis.
        span: Span,
    },
}

/// A filter of children, in the filter language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The filter, its places counted from the beginning of the formula.
    pub filter: Expr,
    /// Where it stands.
    pub span: Span,
}

/// A sign before its operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// `-`.
    Minus,
    /// `not`.
    Not,
}

/// A sign between its operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `=` and its like.
    Compare(Comparison),
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `!=`.
    Differ,
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
}

/// How tightly a part of a formula holds together; the tighter, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precedence {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Minus,
    Alone,
}

impl Binary {
    /// How it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Compare(Comparison::Equal) => "=",
            Self::Compare(Comparison::Differ) => "!=",
            Self::Compare(Comparison::Less) => "<",
            Self::Compare(Comparison::AtMost) => "<=",
            Self::Compare(Comparison::More) => ">",
            Self::Compare(Comparison::AtLeast) => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }

    /// How tightly it holds its operands together.
    pub(super) const fn precedence(self) -> Precedence {
        match self {
            Self::Or => Precedence::Or,
            Self::And => Precedence::And,
            Self::Compare(_) => Precedence::Comparison,
            Self::Add | Self::Subtract => Precedence::Sum,
            Self::Multiply | Self::Divide => Precedence::Product,
        }
    }
}

impl Tree {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Figure { span, .. } | Self::Text { span, .. } | Self::Call { span, .. } => *span,
            Self::Path(path) => path.span(),
            Self::Prefix { sign, of, .. } => Span { start: sign.start, end: of.span().end },
            Self::Binary { left, right, .. } => Span { start: left.span().start, end: right.span().end },
        }
    }

    /// Whether it is a value as written, which means what the value beside it makes of it.
    pub(super) fn is_written(&self) -> bool {
        match self {
            Self::Figure { .. } | Self::Text { .. } => true,
            Self::Prefix { op: Prefix::Minus, of, .. } => matches!(**of, Self::Figure { .. }),
            _ => false,
        }
    }

    pub(super) const fn precedence(&self) -> Precedence {
        match self {
            Self::Prefix { op: Prefix::Not, .. } => Precedence::Not,
            Self::Prefix { op: Prefix::Minus, .. } => Precedence::Minus,
            Self::Binary { op, .. } => op.precedence(),
            _ => Precedence::Alone,
        }
    }
}

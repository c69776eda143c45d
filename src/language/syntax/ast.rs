//! The tree a filter is read into: terms with their places in the source, joined by and, or, not.

/// A range of bytes in the text that was parsed, for pointing a caret at it.
///
/// Any two spans compare equal: trees are equal when they *say* the same, wherever it was written. Compare
/// [`Span::range`] where the place itself matters.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The bytes as a range, which can slice the source and be compared.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Span {}

/// A whole filter.
///
/// As parsed, and as joined by [`and`](Expr::and) and [`or`](Expr::or), a tree is flat: no `And` stands directly in an
/// `And`, no `Or` in an `Or`, each holds at least two, and `All` is found only on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Nothing was asked for: every record.
    All,
    /// All of these hold.
    And(Vec<Expr>),
    /// At least one of these holds.
    Or(Vec<Expr>),
    /// This does not hold.
    Not(Box<Expr>),
    /// One test.
    Term(Term),
}

impl Expr {
    /// Both hold. The spans of each side keep pointing into its own source.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, expr) | (expr, Self::All) => expr,
            (Self::And(mut parts), Self::And(more)) => {
                parts.extend(more);
                Self::And(parts)
            }
            (Self::And(mut parts), expr) => {
                parts.push(expr);
                Self::And(parts)
            }
            (expr, Self::And(mut parts)) => {
                parts.insert(0, expr);
                Self::And(parts)
            }
            (left, right) => Self::And(vec![left, right]),
        }
    }

    /// Either holds. The spans of each side keep pointing into its own source.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::Or(mut parts), Self::Or(more)) => {
                parts.extend(more);
                Self::Or(parts)
            }
            (Self::Or(mut parts), expr) => {
                parts.push(expr);
                Self::Or(parts)
            }
            (expr, Self::Or(mut parts)) => {
                parts.insert(0, expr);
                Self::Or(parts)
            }
            (left, right) => Self::Or(vec![left, right]),
        }
    }

    /// This does not hold.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Visits every term, from left to right.
    pub fn for_each_term<'e>(&'e self, visit: &mut dyn FnMut(&'e Term)) {
        match self {
            Self::All => {}
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.for_each_term(visit)),
            Self::Not(inner) => inner.for_each_term(visit),
            Self::Term(term) => visit(term),
        }
    }
}

/// One term of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A test of a field: `grade:A`.
    Test {
        /// The field, or the links to follow to it.
        path: Path,
        /// What is asked of it.
        test: Test,
        /// The whole term.
        span: Span,
    },
    /// Text to find in all searched fields: `harbor`, `"blue star"`.
    Words {
        /// The text, without its quotes.
        text: String,
        /// The whole term.
        span: Span,
    },
}

impl Term {
    /// Where the term stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Test { span, .. } | Self::Words { span, .. } => *span,
        }
    }
}

/// A field, reached through any number of links: `grade`, `customer.city`. Never empty as parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(pub Vec<Name>);

impl Path {
    /// From the first name to the last.
    pub fn span(&self) -> Span {
        let start = self.0.first().map_or(0, |name| name.span.start);
        Span { start, end: self.0.last().map_or(start, |name| name.span.end) }
    }
}

/// One name of a path as it was typed: a code or a label, in any language and case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name, without quotes.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// What a term asks of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Equal to one of these: `grade:A,B`.
    Is(Vec<Pattern>),
    /// Equal to none of these: `status.not:lost`, `status!=lost`.
    IsNot(Vec<Pattern>),
    /// Contains this text, commas and all: `note.has:quote`, `note~quote`.
    Contains(Lit),
    /// Between these, both included; at least one is there: `amount:10k..50k`, `amount>=10k`.
    Range {
        /// The least.
        from: Option<Lit>,
        /// The most.
        to: Option<Lit>,
    },
    /// More than this: `amount.over:10k`, `amount>10k`.
    Over(Lit),
    /// Less than this: `amount.under:10k`, `amount<10k`.
    Under(Lit),
    /// Later than this: `due.after:fri`.
    After(Lit),
    /// Earlier than this: `due.before:today`.
    Before(Lit),
    /// Has a value: `has:phone`, `phone:*`.
    Set,
    /// Has no value: `no:phone`, `phone:`, `phone:""`.
    Empty,
}

/// A value to compare with, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lit {
    /// The value, without quotes.
    pub text: String,
    /// It stands in quotes though it could do without, which says that it is meant to the letter: `owner:"me"`.
    pub quoted: bool,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A value to be equal to, or to begin with. Without text and `prefix`, it means no value: `grade:A,""`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The value, without quotes and without the `*`.
    pub text: String,
    /// A `*` follows: what begins with the text.
    pub prefix: bool,
    /// As [`Lit::quoted`].
    pub quoted: bool,
    /// Where it stands, quotes and `*` included.
    pub span: Span,
}

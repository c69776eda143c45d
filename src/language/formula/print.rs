//! The canonical spelling of a formula, which reads back as the same tree. Parentheses appear only where needed.

use std::fmt::{self, Display, Formatter, Write};

use crate::language::syntax::{Name, Path};

use super::{
    lex::is_bare_name,
    tree::{Binary, Precedence, Prefix, Tree},
};

impl Display for Tree {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure { text, .. } => f.write_str(text),
            Self::Text { text, .. } => quoted(f, text),
            Self::Path(path) => write_path(f, path),
            Self::Prefix { op: Prefix::Minus, of, .. } => {
                f.write_char('-')?;
                at_least(f, of, Precedence::Minus)
            }
            Self::Prefix { op: Prefix::Not, of, .. } => {
                f.write_str("not ")?;
                at_least(f, of, Precedence::Not)
            }
            Self::Binary { op, left, right, .. } => {
                // `a - b - c` takes c from the rest; comparisons do not follow one another.
                let precedence = op.precedence();
                let is_comparison = matches!(op, Binary::Compare(_));
                at_least(f, left, if is_comparison { Precedence::Sum } else { precedence })?;
                write!(f, " {} ", op.sign())?;
                at_least(f, right, tighter(precedence))
            }
            Self::Call { name, args, clause, .. } => {
                write!(f, "{}(", name.text)?;
                for (at, arg) in args.iter().enumerate() {
                    write!(f, "{}{arg}", if at > 0 { ", " } else { "" })?;
                }
                if let Some(clause) = clause {
                    write!(f, " where {}", clause.filter)?;
                }
                f.write_char(')')
            }
        }
    }
}

const fn tighter(precedence: Precedence) -> Precedence {
    match precedence {
        Precedence::Or => Precedence::And,
        Precedence::And => Precedence::Not,
        Precedence::Not => Precedence::Comparison,
        Precedence::Comparison => Precedence::Sum,
        Precedence::Sum => Precedence::Product,
        Precedence::Product => Precedence::Minus,
        Precedence::Minus | Precedence::Alone => Precedence::Alone,
    }
}

fn at_least(f: &mut Formatter<'_>, tree: &Tree, precedence: Precedence) -> fmt::Result {
    if tree.precedence() < precedence { write!(f, "({tree})") } else { tree.fmt(f) }
}

/// A name in quotes stands behind a dot, for alone it would be text.
fn write_path(f: &mut Formatter<'_>, path: &Path) -> fmt::Result {
    for (at, Name { text, .. }) in path.0.iter().enumerate() {
        let is_bare = is_bare_name(text);
        if at > 0 || !is_bare {
            f.write_char('.')?;
        }
        if is_bare { f.write_str(text)? } else { quoted(f, text)? }
    }
    Ok(())
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

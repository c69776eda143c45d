//! The canonical spelling of a filter, which reads back as the same tree.
//!
//! Every test is written in the spelling that no shell touches; quotes and parentheses appear only where needed.

use std::fmt::{self, Display, Formatter, Write};

use super::{
    ast::{Expr, Lit, Name, Path, Pattern, Term, Test},
    chars,
    stray::compares,
};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::And(parts) => {
                separated(f, parts, " ", |part, f| inside(f, part, matches!(part, Self::And(_) | Self::Or(_))))
            }
            Self::Or(parts) => separated(f, parts, " or ", |part, f| inside(f, part, matches!(part, Self::Or(_)))),
            Self::Not(part) => {
                f.write_str("not ")?;
                inside(f, part, matches!(**part, Self::And(_) | Self::Or(_)))
            }
            Self::Term(term) => term.fmt(f),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Test { path, test, .. } => write_test(f, path, test),
            Self::Words { text, .. } if is_plain_word(text) => f.write_str(text),
            Self::Words { text, .. } => write_quoted(f, text),
        }
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        separated(f, &self.0, ".", Name::fmt)
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is_special = chars::suffix(&self.text).is_some() || chars::presence(&self.text).is_some();
        if chars::is_name(&self.text) && !is_special { f.write_str(&self.text) } else { write_quoted(f, &self.text) }
    }
}

impl Display for Lit {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_value(f, &self.text, self.quoted)
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_value(f, &self.text, self.quoted)?;
        if self.prefix { f.write_char('*') } else { Ok(()) }
    }
}

fn write_test(f: &mut Formatter<'_>, path: &Path, test: &Test) -> fmt::Result {
    match test {
        Test::Is(patterns) => {
            write!(f, "{path}:")?;
            separated(f, patterns, ",", Pattern::fmt)
        }
        Test::IsNot(patterns) => {
            write!(f, "{path}.not:")?;
            separated(f, patterns, ",", Pattern::fmt)
        }
        Test::Contains(lit) => write!(f, "{path}.has:{lit}"),
        Test::Range { from, to } => {
            write!(f, "{path}:")?;
            from.iter().try_for_each(|lit| lit.fmt(f))?;
            f.write_str("..")?;
            to.iter().try_for_each(|lit| lit.fmt(f))
        }
        Test::Over(lit) => write!(f, "{path}.over:{lit}"),
        Test::Under(lit) => write!(f, "{path}.under:{lit}"),
        Test::After(lit) => write!(f, "{path}.after:{lit}"),
        Test::Before(lit) => write!(f, "{path}.before:{lit}"),
        Test::Set => write!(f, "has:{path}"),
        Test::Empty => write!(f, "no:{path}"),
    }
}

fn separated<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    separator: &str,
    write: impl Fn(&T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        write(item, f)?;
    }
    Ok(())
}

fn inside(f: &mut Formatter<'_>, expr: &Expr, parentheses: bool) -> fmt::Result {
    if parentheses { write!(f, "({expr})") } else { expr.fmt(f) }
}

fn write_value(f: &mut Formatter<'_>, text: &str, quoted: bool) -> fmt::Result {
    if quoted || !chars::is_plain(text) { write_quoted(f, text) } else { f.write_str(text) }
}

fn write_quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

/// Whether a text alone, without quotes, is read as words.
fn is_plain_word(text: &str) -> bool {
    chars::is_plain(text)
        && chars::keyword(text).is_none()
        && !text.starts_with('-')
        && !text.contains(':')
        && !compares(text)
}

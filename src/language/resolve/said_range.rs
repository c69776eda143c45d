//! Ranges as they are said: `1万到5万`, `1万-5万`, `周一到周五`.

use rust_decimal::Decimal;

use crate::{
    domain::{FieldDef, Type},
    error::Result,
    language::syntax::{Lit, Pattern, Span},
    text::said,
};

use super::{ResolveContext, Resolver};

/// What stands between two dates.
const BETWEEN_DATES: [char; 2] = ['到', '至'];
/// What stands between two numbers.
const BETWEEN_NUMBERS: [char; 7] = ['到', '至', '-', '–', '—', '~', '～'];

impl Resolver<'_> {
    /// The two ends that a value says which is none by itself.
    pub(super) fn said_range(&self, def: &FieldDef, pattern: &Pattern) -> Result<Option<(Lit, Lit)>> {
        let signs = match def.ty {
            Type::Date | Type::Due | Type::Instant => &BETWEEN_DATES[..],
            ty if ty.is_number() => &BETWEEN_NUMBERS,
            _ => return Ok(None),
        };
        let text = pattern.text.as_str();
        let is_sign = |c: char| signs.contains(&c);
        if !text.contains(is_sign) || self.reads(def, text) {
            return Ok(None);
        }
        let ends = text.char_indices().filter(|(at, c)| *at > 0 && is_sign(*c)).find_map(|(at, c)| {
            let (from, to) = (text[..at].trim(), text[at + c.len_utf8()..].trim());
            (self.reads(def, from) && self.reads(def, to)).then_some((from, to))
        });
        let Some((from, to)) = ends else { return Ok(None) };
        if let Some(unit) = self.unit_of_both(def, from, to) {
            let error = self.error(
                pattern.span,
                said!("'{text}' can be read as two different ranges", "“{text}”可以理解成两个不同的范围"),
            );
            // A value with a space would need quotes.
            let (from, unit, to) = (from.replace(' ', ""), unit.replace(' ', ""), to.replace(' ', ""));
            return Err(error
                .hint(said!("write {from}{unit}..{to} or {from}..{to}", "请写 {from}{unit}..{to} 或 {from}..{to}")));
        }
        // In quotes it stands elsewhere in the source.
        let start = pattern.span.start;
        let spans = match self.source.get(pattern.span.range()) == Some(text) {
            true => [
                Span { start, end: start + from.len() },
                Span { end: pattern.span.end, start: pattern.span.end - to.len() },
            ],
            false => [pattern.span; 2],
        };
        let lit = |text: &str, span| Lit { text: text.to_owned(), quoted: pattern.quoted, span };
        Ok(Some((lit(from, spans[0]), lit(to, spans[1]))))
    }

    /// Whether a text is a value of the field.
    pub(super) fn reads(&self, def: &FieldDef, text: &str) -> bool {
        self.quietly(text, |quiet, span| match def.ty.is_exact() {
            true => quiet.exact(def, text, span).is_ok(),
            false => quiet.extent(def, text, span).is_ok(),
        })
    }

    /// The unit behind the second of two numbers that the first one may have too: `5-10万`. Where the first has a unit of
    /// its own, `1万到5万`, another behind it has to leave it no greater than the second: `1百到5百万`.
    fn unit_of_both<'t>(&self, def: &FieldDef, from: &str, to: &'t str) -> Option<&'t str> {
        let first = to.char_indices().find(|(_, c)| is_digit(*c)).map(|(at, c)| at + c.len_utf8())?;
        let (alone, second) = (self.number(def, from)?, self.number(def, to)?);
        let bare = from.chars().last().is_some_and(is_digit);
        let tails = to[first..].char_indices().filter(|(_, c)| !is_digit(*c) && !is_mark(*c));
        tails.map(|(at, _)| to[first + at..].trim_start()).find(|tail| {
            let both = self.number(def, &format!("{from}{tail}"));
            both.is_some_and(|both| both != alone && (bare || both <= second))
        })
    }

    /// The number that a text is, whatever its currency.
    fn number(&self, def: &FieldDef, text: &str) -> Option<Decimal> {
        self.quietly(text, |quiet, span| match def.ty.is_exact() {
            true => quiet.exact(def, text, span).map(|exact| exact.number).ok(),
            false => quiet.extent(def, text, span).map(|extent| Decimal::from(extent.to)).ok(),
        })
    }

    /// Reads a text by itself, and tells nobody what it was understood as.
    fn quietly<T>(&self, text: &str, read: impl FnOnce(&Resolver<'_>, Span) -> T) -> T {
        let asking = ResolveContext { heard: None, ..*self.asking };
        let quiet = Resolver { source: text, asking: &asking, views: self.views };
        read(&quiet, Span { start: 0, end: text.len() })
    }
}

/// Whether a number goes on with it in figures or in Chinese, and it is no unit of thousands.
fn is_digit(c: char) -> bool {
    c.is_numeric() || "〇零一二两兩三四五六七八九十壹贰貳叁參肆伍陆陸柒捌玖拾".contains(c)
}

/// Whether it stands between the digits of a number.
const fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '，' | '．')
}

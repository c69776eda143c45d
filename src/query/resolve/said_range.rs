//! Ranges as they are said: `1万到5万`, `1万-5万`, `周一到周五`.

use crate::{
    domain::{FieldDef, Type},
    error::Result,
    query::syntax::{Lit, Pattern, Span},
    text::said,
};

use super::{Asking, Resolver};

/// What stands between two dates.
const BETWEEN_DATES: [char; 2] = ['到', '至'];
/// What stands between two numbers.
const BETWEEN_NUMBERS: [char; 7] = ['到', '至', '-', '–', '—', '~', '～'];

impl Resolver<'_> {
    /// The two ends that a value says which is none by itself.
    pub(super) fn said_range(&self, def: &FieldDef, pattern: &Pattern) -> Result<Option<(Lit, Lit)>> {
        let signs = match def.ty {
            Type::Date | Type::Due | Type::Instant => &BETWEEN_DATES[..],
            Type::Money | Type::Decimal | Type::Whole | Type::Percent | Type::Duration => &BETWEEN_NUMBERS,
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
        if let Some(unit) = unit_of_both(from, to) {
            let error = self.error(
                pattern.span,
                said!("'{text}' can be read as two different ranges", "“{text}”可以理解成两个不同的范围"),
            );
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
    fn reads(&self, def: &FieldDef, text: &str) -> bool {
        let asking = Asking { heard: None, ..*self.asking };
        let quiet = Resolver { source: text, asking: &asking, names: self.names, views: self.views };
        let span = Span { start: 0, end: text.len() };
        match def.ty {
            Type::Money | Type::Decimal => quiet.exact(def, text, span).is_ok(),
            _ => quiet.extent(def, text, span).is_ok(),
        }
    }
}

/// What may stand behind one number and be meant of two.
const UNITS: [char; 10] = ['百', '千', '万', '亿', 'k', 'K', 'w', 'W', 'm', 'M'];

/// The unit behind the second of two numbers that the first one may have too: `5-10万`.
fn unit_of_both(from: &str, to: &str) -> Option<char> {
    let plain = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '，' | '．');
    let unit = to.trim_start_matches(plain).chars().next().filter(|c| UNITS.contains(c))?;
    from.chars().all(plain).then_some(unit)
}

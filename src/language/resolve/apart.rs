//! Tests that white space has taken apart: `amount:10k to 50k`, `amount: 10k`. Their parts would be words to search for.

use crate::{
    domain::Kind,
    error::Result,
    language::syntax::{Expr, Path, Span, Term, Test},
    text::{fold_cow, said},
};

use super::{Resolver, path::PathEnd, range::is_dated};

/// What people write between the two ends of a range.
const BETWEEN: [&str; 12] = ["to", "until", "till", "到", "至", "..", "...", "…", "-", "–", "—", "——"];

impl Resolver<'_> {
    /// Refuses words among terms that all hold which are part of the test before them.
    pub(super) fn in_one_word(&self, terms: &[Expr], kind: &'static Kind) -> Result<()> {
        for (at, pair) in terms.windows(2).enumerate() {
            let [Expr::Term(Term::Test { path, test, span }), Expr::Term(Term::Words { text, span: next })] = pair
            else {
                continue;
            };
            let said = |span: Span| self.source.get(span.range()).unwrap_or_default();
            // In quotes it is text, and `and` between them says that they are two.
            let between = self.source.get(span.end..next.start).unwrap_or_default();
            if said(*next) != text || !between.trim().is_empty() {
                continue;
            }
            let (whole, name) = (Span { start: span.start, end: next.end }, said(path.span()));
            if matches!(test, Test::Empty) && said(*span).ends_with([':', '：', '=', '＝']) {
                let error = self.error(whole, said!("'{}' has nothing behind it", "“{}”之后没有值", said(*span)));
                return Err(error.hint(said!(
                    "write it without spaces: {name}:{text}; where the field is to be empty, no:{name} {text}",
                    "请不要加空格：{name}:{text}；要查该字段为空的，请写 no:{name} {text}"
                )));
            }
            if BETWEEN.contains(&&*fold_cow(text)) && self.has_size(path, kind) {
                let value = match test {
                    Test::Is(patterns) => patterns.first().map_or("", |pattern| said(pattern.span)),
                    Test::Range { from: Some(lit), .. } => said(lit.span),
                    _ => "",
                };
                let last = match terms.get(at + 2) {
                    Some(Expr::Term(Term::Words { text, .. })) => text.as_str(),
                    _ => "",
                };
                let error = self.error(whole, said!("'{text}' is no part of this test", "“{text}”不属于前面的条件"));
                return Err(error.hint(said!(
                    "a range is one word: {name}:{value}..{last}; text to search for goes in quotes",
                    "范围写成一个词：{name}:{value}..{last}；要查找的文字请加引号"
                )));
            }
        }
        Ok(())
    }

    /// Whether a path leads to numbers, amounts or dates.
    fn has_size(&self, path: &Path, kind: &'static Kind) -> bool {
        let Ok((_, PathEnd::Field(def))) = self.path(path, kind) else { return false };
        def.ty.is_number() || is_dated(def)
    }
}

//! Ranges that have no beginning, or end before they begin.

use chrono::TimeDelta;

use crate::{
    domain::{
        FieldDef, Instant, Type, bytes,
        words::{
            calendar,
            when::{self, When},
            year_day,
        },
    },
    error::Result,
    query::syntax::{Lit, Span},
    text::{fold, said},
};

use super::{Asking, Resolver, literal::Extent};

impl Resolver<'_> {
    /// Refuses what is all up to a day, `周五前`, where a beginning is asked for.
    pub(super) fn begins(&self, def: &FieldDef, lit: &Lit, extent: Extent) -> Result<()> {
        if extent.from > i64::MIN || !is_dated(def) {
            return Ok(());
        }
        let text = &lit.text;
        let error = self.error(lit.span, said!("'{text}' has no beginning", "“{text}”没有起点"));
        Err(error.hint(said!(("write {}:{text}, or the day alone", def.code), ("请写 {}:{text}，或只写日期", def.zh))))
    }

    /// The last end of a range. A weekday that comes before the first end is the one after that: `周一..周五` on a Friday.
    pub(super) fn last_end(&self, def: &FieldDef, lit: &Lit, low: Option<Extent>) -> Result<Extent> {
        let Some(low) = low.filter(|low| low.from > i64::MIN && is_dated(def) && when::is_weekday(&lit.text)) else {
            return self.extent(def, &lit.text, lit.span);
        };
        let day_of = |number: i64| match def.ty {
            Type::Date => bytes::day_from_number(number),
            _ => Some(Instant(number).day(self.asking.tz)),
        };
        let asked_at = |now| {
            let asking = Asking { now, heard: None, ..*self.asking };
            Resolver { asking: &asking, ..*self }.extent(def, &lit.text, lit.span)
        };
        let mut last = asked_at(self.asking.now)?;
        if last.to < low.from
            && let Some(first) = day_of(low.from)
        {
            last = asked_at(calendar::day_start(first, self.asking.tz))?;
        }
        if let Some(day) = day_of(last.to) {
            self.hear(def, &lit.text, Some(day), When::Day(day));
        }
        Ok(last)
    }

    /// Whether a range of two relative dates is empty on whichever day it is asked for: `today..yesterday`, and not
    /// `eow..eom`.
    pub(super) fn always_backward(&self, def: &FieldDef, ends: (Option<&Lit>, Option<&Lit>)) -> bool {
        (0..400).step_by(3).all(|days| {
            let asking = Asking { now: self.asking.now + TimeDelta::days(days), heard: None, ..*self.asking };
            let then = Resolver { source: self.source, asking: &asking, names: self.names, views: self.views };
            let read = |lit: Option<&Lit>| lit.and_then(|lit| then.extent(def, &lit.text, lit.span).ok());
            let (from, to) = (read(ends.0), read(ends.1));
            from.zip(to).is_some_and(|(from, to)| from.from > to.to)
        })
    }

    /// Refuses a range of two values that is `backward`: nothing lies in it.
    pub(super) fn runs_forward(&self, path: Span, ends: (Option<&Lit>, Option<&Lit>), backward: bool) -> Result<()> {
        let (Some(from), Some(to), true) = (ends.0, ends.1, backward) else { return Ok(()) };
        let said = |span: Span| self.source.get(span.range()).unwrap_or_default();
        let (name, first, last) = (said(path), said(from.span), said(to.span));
        let span = Span { start: from.span.start, end: to.span.end };
        let error = self.error(span, said!("This range ends before it begins", "此范围的终点在起点之前"));
        Err(match year_day::parse(&from.text).and(year_day::parse(&to.text)) {
            Some(_) => error.hint(said!(
                "{name}.day:{first}..{last} goes over the end of the year",
                "{name}.day:{first}..{last} 可跨年"
            )),
            None => error.hint(said!("did you mean {name}:{last}..{first}?", "是否指 {name}:{last}..{first}？")),
        })
    }
}

/// Whether a field holds dates.
pub(super) const fn is_dated(def: &FieldDef) -> bool {
    matches!(def.ty, Type::Date | Type::Due | Type::Instant)
}

/// Whether a date is the same whenever it is asked for.
pub(super) fn names_its_year(text: &str) -> bool {
    let text = fold(text);
    let digits = text.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    digits >= 4 || year_day::parse(&text).is_some()
}

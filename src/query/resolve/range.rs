//! Ranges that have no beginning, or end before they begin.

use chrono::{DateTime, TimeDelta};

use crate::{
    domain::{
        FieldDef, Type, bytes,
        words::{calendar, when, year_day},
    },
    error::Result,
    query::syntax::{Lit, Span},
    text::{fold, said},
};

use super::{Asking, Resolver, literal::Extent};

impl Resolver<'_> {
    /// Refuses what is all up to a day, `周五前`, where a beginning is asked for.
    pub(super) fn begins(&self, def: &FieldDef, lit: &Lit, extent: Extent) -> Result<()> {
        if extent.from > i64::MIN || !matches!(def.ty, Type::Date | Type::Due | Type::Instant) {
            return Ok(());
        }
        let text = &lit.text;
        let error = self.error(lit.span, said!("'{text}' has no beginning", "“{text}”没有起点"));
        Err(error.hint(said!(("write {}:{text}, or the day alone", def.code), ("请写 {}:{text}，或只写日期", def.zh))))
    }

    /// The last end of a range. A weekday that comes before the first end is the one after that: `周一..周五` on a Friday.
    pub(super) fn last_end(&self, def: &FieldDef, lit: &Lit, low: Option<Extent>) -> Result<Extent> {
        let dated = matches!(def.ty, Type::Date | Type::Due | Type::Instant);
        let low = low.filter(|low| dated && low.from > i64::MIN && when::is_weekday(&lit.text));
        let first = low.and_then(|low| match def.ty {
            Type::Date => bytes::day_from_number(low.from).map(|day| calendar::day_start(day, self.asking.tz)),
            _ => DateTime::from_timestamp_millis(low.from),
        });
        let quiet = Asking { heard: None, ..*self.asking };
        let now = first.filter(|_| {
            let last = Resolver { asking: &quiet, ..*self }.extent(def, &lit.text, lit.span);
            last.is_ok_and(|last| low.is_some_and(|low| last.to < low.from))
        });
        let asking = Asking { now: now.unwrap_or(self.asking.now), ..*self.asking };
        Resolver { asking: &asking, ..*self }.extent(def, &lit.text, lit.span)
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

/// Whether a date is the same whenever it is asked for.
pub(super) fn names_its_year(text: &str) -> bool {
    let text = fold(text);
    let digits = text.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    digits >= 4 || year_day::parse(&text).is_some()
}

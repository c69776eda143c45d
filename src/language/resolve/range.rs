//! Ranges that have no beginning, or end before they begin.

use chrono::TimeDelta;

use crate::{
    domain::{
        FieldDef, Instant, Type, bytes,
        words::{
            calendar,
            when::{self, Recurs, Toward, When},
            year_day,
        },
    },
    error::Result,
    language::syntax::{Lit, Span},
    text::{fold, said},
};

use super::{
    ResolveContext, Resolver,
    literal::{Extent, toward},
};

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

    /// The ends of a range. Of days that come again, the last end is the one after the first: `周一..周五` on a Friday. Where
    /// days to come are looked for the first may have been: `11月20日..12月4日` at the end of November.
    pub(super) fn ends(
        &self,
        def: &FieldDef,
        from: Option<&Lit>,
        to: Option<&Lit>,
    ) -> Result<(Option<Extent>, Option<Extent>)> {
        let read = |lit: &Lit| self.extent(def, &lit.text, lit.span);
        let (Some(first), Some(last)) = (from, to) else {
            return Ok((from.map(read).transpose()?, to.map(read).transpose()?));
        };
        let (first_recurs, last_recurs) = (when::recurs(&first.text), when::recurs(&last.text));
        if !is_dated(def) || first_recurs.is_none() && last_recurs.is_none() {
            return Ok((Some(read(first)?), Some(read(last)?)));
        }
        let day_of = |number: i64| match def.ty {
            _ if matches!(number, i64::MIN | i64::MAX) => None,
            Type::Date => bytes::day_from_number(number),
            _ => Some(Instant(number).day(self.asking.tz)),
        };
        let asked_at = |lit: &Lit, now| {
            let asking = ResolveContext { now, heard: None, ..*self.asking };
            Resolver { asking: &asking, ..*self }.extent(def, &lit.text, lit.span)
        };
        let asked_on = |lit: &Lit, day| asked_at(lit, calendar::day_start(day, self.asking.tz));
        let (mut low, mut high) = (asked_at(first, self.asking.now)?, asked_at(last, self.asking.now)?);
        if let (Some(from), Some(to)) = (day_of(low.from), day_of(high.to))
            && to < from
        {
            let looks_back = toward(def) == Toward::Back;
            match (first_recurs, last_recurs) {
                (_, Some(Recurs::Week)) if !looks_back => high = asked_on(last, from)?,
                (_, Some(recurs)) if looks_back => {
                    high = asked_on(last, recurs.other_end(from, false).unwrap_or(from))?;
                }
                (Some(recurs), _) if !looks_back => low = asked_on(first, recurs.other_end(to, true).unwrap_or(to))?,
                _ => {}
            }
        }
        for (lit, number) in [(first, low.from), (last, high.to)] {
            if let Some(day) = day_of(number) {
                self.hear(def, &lit.text, Some(day), When::Day(day));
            }
        }
        Ok((Some(low), Some(high)))
    }

    /// Whether a range of two relative dates is empty on whichever day it is asked for: `today..yesterday`, and not
    /// `eow..eom`.
    pub(super) fn always_backward(&self, def: &FieldDef, ends: (Option<&Lit>, Option<&Lit>)) -> bool {
        (0..400).step_by(3).all(|days| {
            let asking = ResolveContext { now: self.asking.now + TimeDelta::days(days), heard: None, ..*self.asking };
            let then = Resolver { source: self.source, asking: &asking, views: self.views };
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
pub fn names_its_year(text: &str) -> bool {
    let text = fold(text);
    let digits = text.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    digits >= 4 || year_day::parse(&text).is_some()
}

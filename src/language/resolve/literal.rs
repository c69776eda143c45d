//! Literals of values that have an order: from the least to the greatest number that they stand for.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{
    domain::{
        Due, FieldDef, Type, bytes,
        field::Choice,
        read,
        words::{
            WordsError, calendar, duration,
            money::{Currency, Money, UnitPrice},
            number, period,
            when::{self, Toward, When},
            year_day,
        },
    },
    error::{Error, Result},
    language::{
        filter::{self, Check, Node, Ranges},
        syntax::{Lit, Span},
    },
    text::{fold, said},
};

use super::Resolver;

const FIRST_OF_YEAR: i64 = 101;
const LAST_OF_YEAR: i64 = 1231;

/// The numbers that a literal stands for: one, or all instants of a day, all days of a month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The least number of all where everything up to the other end is meant.
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Extent {
    const fn of(number: i64) -> Self {
        Self { from: number, to: number }
    }
}

/// An exact number, and the currency that it names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exact {
    pub(super) number: Decimal,
    pub(super) currency: Option<Currency>,
}

impl Resolver<'_> {
    /// Reads a literal of an ordered type that is no text.
    pub(super) fn extent(&self, def: &FieldDef, text: &str, span: Span) -> Result<Extent> {
        let bad = |error| self.bad_value(span, error);
        Ok(match def.ty {
            Type::Whole => Extent::of(read::number_of(def, text, None).map_err(bad)?),
            Type::Percent => Extent::of(number::percent(text, None).map_err(bad)?),
            Type::Duration => Extent::of(duration::parse(text).map_err(bad)?),
            Type::Choice => Extent::of(self.choice(def, text, span)?),
            Type::YesNo => Extent::of(i64::from(self.yes_no(text, span)?)),
            Type::Date => self.days(def, text, span)?,
            Type::Instant | Type::Due => self.instants(def, text, span)?,
            Type::Text
            | Type::LongText
            | Type::Email
            | Type::Url
            | Type::Phone
            | Type::Link
            | Type::Money
            | Type::UnitPrice
            | Type::Decimal
            | Type::Rate => {
                return Err(self.error(
                    span,
                    said!(("'{}' has no order to compare by", def.code), ("“{}”没有可比较的顺序", def.zh)),
                ));
            }
        })
    }

    /// Reads a literal of numbers with decimals: an amount by its number, and the currency that it names, which is the
    /// same whatever a bare number would be.
    pub(super) fn exact(&self, def: &FieldDef, text: &str, span: Span) -> Result<Exact> {
        let bad = |error| self.bad_value(span, error);
        if !def.ty.has_currency() {
            return Ok(Exact { number: read::exact_of(def, text, None).map_err(bad)?, currency: None });
        }
        let default = self.asking.currency;
        let is_price = def.ty == Type::UnitPrice;
        let (number, currency) =
            if is_price { UnitPrice::number(text, default) } else { Money::number(text, default) }.map_err(bad)?;
        if currency.is_some() {
            // A bare number may be finer than its currency: it is only compared.
            match is_price {
                true => UnitPrice::parse(text, default).map(|_| ()),
                false => Money::parse(text, default).map(|_| ()),
            }
            .map_err(bad)?;
        }
        Ok(Exact { number, currency })
    }

    fn days(&self, def: &FieldDef, text: &str, span: Span) -> Result<Extent> {
        if let Some(end) = self.deadline(def, text, span)? {
            self.hear(def, text, None, end);
            return Ok(Extent { from: i64::MIN, to: bytes::day_number(end.day(self.asking.tz)) });
        }
        let (from, to) = match year_day::parse(text).filter(|_| def.yearless) {
            Some(day) => (day, day),
            None => {
                let (from, to) = self.days_of(def, text, span)?;
                self.hear(def, text, Some(from), When::Day(to));
                (from, to)
            }
        };
        Ok(Extent { from: bytes::day_number(from), to: bytes::day_number(to) })
    }

    /// The first and the last of the days that a literal stands for.
    fn days_of(&self, def: &FieldDef, text: &str, span: Span) -> Result<(NaiveDate, NaiveDate)> {
        if let Some(period) = self.period(def, text) {
            return Ok((period.from, period.until_excl.pred_opt().unwrap_or(period.from)));
        }
        let asking = self.asking;
        let day = when::parse_day(text, toward(def), asking.now, asking.tz, asking.week_start);
        day.map(|day| (day, day)).map_err(|error| self.bad_date(span, error))
    }

    /// The days of the year from the first of the one literal to the last of the other, over the end of the year where
    /// they are in that order. Whoever was born on a 29th of February has it on the 28th in other years.
    pub(super) fn year_days(&self, def: &FieldDef, from: Option<&Lit>, to: Option<&Lit>) -> Result<Ranges> {
        let read = |lit: &Lit| match year_day::parse(&lit.text) {
            Some(day) => Ok((day, day)),
            None => self.days_of(def, &lit.text, lit.span),
        };
        let (from, to) = (from.map(read).transpose()?, to.map(read).transpose()?);
        let (from, to) = (from.map(|(first, _)| first), to.map(|(_, last)| last));
        let dated = |day: Option<NaiveDate>| day.filter(|day| !year_day::is(*day));
        if let (Some(from), Some(to)) = (dated(from), dated(to))
            && to.signed_duration_since(from).num_days() >= 365
        {
            return Ok(Ranges::between(FIRST_OF_YEAR, LAST_OF_YEAR));
        }
        let begin = from.map_or(FIRST_OF_YEAR, filter::year_day);
        let end = match to {
            None => LAST_OF_YEAR,
            Some(day) if filter::year_day(day) == 228 && !day.leap_year() => 229,
            Some(day) => filter::year_day(day),
        };
        let mut ranges = Ranges::between(begin, end);
        if begin > end {
            ranges.extend(Ranges::between(FIRST_OF_YEAR, end));
            ranges.extend(Ranges::between(begin, LAST_OF_YEAR));
        }
        Ok(ranges)
    }

    /// The currency that a literal names.
    pub(super) fn currency(&self, text: &str, span: Span) -> Result<Currency> {
        Currency::named(text).map_err(|error| self.bad_value(span, error))
    }

    fn instants(&self, def: &FieldDef, text: &str, span: Span) -> Result<Extent> {
        let start = |day| calendar::day_start(day, self.asking.tz).timestamp_millis();
        if let Some(end) = self.deadline(def, text, span)? {
            self.hear(def, text, None, end);
            let to = match end {
                When::Day(day) => start(day.succ_opt().unwrap_or(day)) - 1,
                When::At(at) => at.timestamp_millis(),
            };
            return Ok(Extent { from: i64::MIN, to });
        }
        if let Some(period) = self.period(def, text) {
            self.hear(def, text, Some(period.from), When::Day(period.last()));
            return Ok(Extent { from: start(period.from), to: start(period.until_excl) - 1 });
        }
        let when = self.when(def, text, span)?;
        self.hear(def, text, Some(when.day(self.asking.tz)), when);
        Ok(Extent::of(when.start(self.asking.tz).timestamp_millis()))
    }

    /// Keeps what a date in words was understood as, for whoever is told.
    pub(super) fn hear(&self, def: &FieldDef, text: &str, from: Option<NaiveDate>, to: When) {
        let Some(heard) = self.asking.heard else { return };
        let to = match to {
            When::Day(day) => Due::Day(day),
            When::At(at) => Due::At(at.into()),
        };
        heard.hear_span(&self.asking.view(), def, text, (from, to));
    }

    fn period(&self, def: &FieldDef, text: &str) -> Option<period::Period> {
        let asking = self.asking;
        period::parse_period(text, toward(def), asking.now, asking.tz, asking.week_start)
    }

    fn when(&self, def: &FieldDef, text: &str, span: Span) -> Result<When> {
        let asking = self.asking;
        when::parse_toward(text, toward(def), asking.now, asking.tz, asking.week_start)
            .map_err(|error| self.bad_date(span, error))
    }

    fn bad_date(&self, span: Span, error: WordsError) -> Error {
        let error = error.or_hint(said!(
            "write a day, a month or a range: today, this-week, 2026-12, -30d..",
            "请写日期、时段或范围，如 今天、本周、12月、第四季度、最近30天、12月1日..12月15日"
        ));
        self.bad_value(span, error)
    }

    /// The end of all that is up to it: `周五前`, and `三天内` where days to come are looked for. Of what has been it
    /// would be everything.
    fn deadline(&self, def: &FieldDef, text: &str, span: Span) -> Result<Option<When>> {
        let asking = self.asking;
        let found = when::deadline(text, toward(def), asking.now, asking.tz, asking.week_start);
        let Some(found) = found else { return Ok(None) };
        if found.within && !def.coming {
            let error = self.error(span, said!("'{text}' is about days to come", "“{text}”指将来的一段时间"));
            return Err(error.hint(said!("write -3d.. for the last three days", "过去几天请写 最近3天")));
        }
        Ok(Some(found.end))
    }

    /// The days that end within a range of instants: a day that is due is over when the day is.
    pub(super) fn days_ending(&self, from: i64, to: i64) -> Ranges {
        let tz = self.asking.tz;
        let day_of = |at: i64| crate::domain::Instant(at).day(tz);
        let least = if from == i64::MIN { i64::MIN } else { bytes::day_number(day_of(from)) };
        let most = match to {
            i64::MAX => i64::MAX,
            to => {
                let day = day_of(to);
                let is_over = Due::Day(day).end(tz).0 <= to.saturating_add(1);
                bytes::day_number(day) - i64::from(!is_over)
            }
        };
        Ranges::between(least, most)
    }

    /// The number of a choice, by code or label.
    pub(super) fn choice(&self, def: &FieldDef, text: &str, span: Span) -> Result<i64> {
        read::choice(def, text)
            .map(i64::from)
            .map_err(|error| self.error(span, error.what().clone()).hint_of(error.next()))
    }

    fn yes_no(&self, text: &str, span: Span) -> Result<bool> {
        match fold(text).as_str() {
            "yes" | "y" | "true" | "1" | "on" | "是" | "对" => Ok(true),
            "no" | "n" | "false" | "0" | "off" | "否" | "不是" => Ok(false),
            _ => {
                let error = self.error(span, said!("'{text}' is neither yes nor no", "“{text}”既不是“是”也不是“否”"));
                Err(error.hint(said!("write yes or no", "请写“是”或“否”")))
            }
        }
    }
}

/// The texts, folded, that a value is one of which says this: where the field takes choices, the code of the one meant.
pub(super) fn spellings(def: &FieldDef, text: &str) -> Vec<String> {
    let mut all = def.spellings(text);
    if def.ty == Type::Text && !def.choices.is_empty() {
        all.extend(read::choice_named(def, text).map(|choice| fold(choice.code)).filter(|code| !all.contains(code)));
    }
    all
}

/// What a text holds, folded; where the field takes choices, what their labels hold too.
pub(super) fn holding(def: &'static FieldDef, folded: String) -> Node {
    let has = |choice: &&Choice| [choice.en, choice.zh].iter().any(|label| fold(label).contains(&folded));
    let labelled = def.choices.iter().filter(|_| def.ty == Type::Text).filter(has);
    let codes: Vec<String> = labelled.map(|choice| fold(choice.code)).collect();
    let written = Node::Field(def, Check::Contains(folded));
    if codes.is_empty() { written } else { Node::any([written, Node::Field(def, Check::Texts(codes))]) }
}

/// Whether the days that are asked for are to come or have been. A time of day alone is today's, whatever it is about.
pub(super) fn toward(def: &FieldDef) -> Toward {
    match read::toward(def) {
        Toward::Ahead => Toward::Next,
        toward => toward,
    }
}

//! What is asked of one stored value.

use std::ops::Bound;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::{
    domain::{
        Due, FieldDef, Type, bytes,
        words::{money::Currency, phone},
    },
    text::fold_cow,
};

use super::{Spans, texts};

/// Ranges of numbers, both ends included, in rising order and apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranges(Vec<(i64, i64)>);

impl Ranges {
    /// From the one to the other, both included; nothing where they are reversed.
    pub fn between(from: i64, to: i64) -> Self {
        Self(if from <= to { vec![(from, to)] } else { Vec::new() })
    }

    /// Exactly these.
    pub fn of(numbers: impl IntoIterator<Item = i64>) -> Self {
        let mut ranges = Self(numbers.into_iter().map(|number| (number, number)).collect());
        ranges.tidy();
        ranges
    }

    /// Exactly these numbers of records.
    pub fn of_numbers(numbers: &[u64]) -> Self {
        Self::of(numbers.iter().filter_map(|number| i64::try_from(*number).ok()))
    }

    /// Takes in the numbers of another.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
        self.tidy();
    }

    /// Whether a number is in one of them.
    pub fn contains(&self, number: i64) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= number);
        after.checked_sub(1).is_some_and(|at| number <= self.0[at].1)
    }

    /// The ranges.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (i64, i64)> + '_ {
        self.0.iter().copied()
    }

    fn tidy(&mut self) {
        self.0.sort_unstable();
        self.0.dedup_by(|next, held| {
            let touches = next.0 <= held.1.saturating_add(1);
            if touches {
                held.1 = held.1.max(next.1);
            }
            touches
        });
    }
}

/// What is asked of one stored value, or of one item of a list. Texts are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// That there is one.
    Present,
    /// A text equal to one of these.
    Texts(Vec<String>),
    /// A text that begins so.
    Prefix(String),
    /// A text that holds this.
    Contains(String),
    /// A text between these.
    Between(Bound<String>, Bound<String>),
    /// One of these telephone numbers, in whichever spelling.
    Phones(Vec<String>),
    /// A telephone number whose digits begin so.
    PhonePrefix(String),
    /// A telephone number that holds these digits, or is the same in another spelling.
    Digits(String),
    /// A number, day, instant, choice or link in these ranges.
    Numbers(Ranges),
    /// A number with decimals in these ranges; of amounts one of this currency.
    Exact(Spans, Option<Currency>),
    /// An amount of one of these currencies.
    Currencies(Vec<Currency>),
    /// A day of the year in these ranges, as [`year_day`] counts.
    YearDays(Ranges),
    /// A day in the ones, or an instant in the others.
    Due {
        /// As numbers of days.
        days: Ranges,
        /// In milliseconds.
        instants: Ranges,
    },
}

impl Check {
    /// Takes in another check of the same field, so that either may hold; gives it back where no one check says that.
    pub fn join(&mut self, other: Self) -> Result<(), Self> {
        match (self, other) {
            (Self::Texts(held), Self::Texts(more)) | (Self::Phones(held), Self::Phones(more)) => held.extend(more),
            (Self::Numbers(held), Self::Numbers(more)) | (Self::YearDays(held), Self::YearDays(more)) => {
                held.extend(more)
            }
            (Self::Exact(held, currency), Self::Exact(more, other)) if *currency == other => held.extend(more),
            (Self::Currencies(held), Self::Currencies(more)) => held.extend(more),
            (Self::Due { days, instants }, Self::Due { days: more_days, instants: more_instants }) => {
                days.extend(more_days);
                instants.extend(more_instants);
            }
            (_, other) => return Err(other),
        }
        Ok(())
    }

    /// Whether a day or a moment passes.
    pub fn passes_due(&self, due: Due) -> bool {
        match (self, due) {
            (Self::Due { days, .. }, Due::Day(day)) => days.contains(bytes::day_number(day)),
            (Self::Due { instants, .. }, Due::At(at)) => instants.contains(at.0),
            _ => false,
        }
    }

    /// Whether the stored bytes of a field pass.
    pub fn passes(&self, def: &FieldDef, stored: Option<&[u8]>) -> bool {
        match stored {
            None => is_nought_when_absent(def) && matches!(self, Self::Numbers(ranges) if ranges.contains(0)),
            Some(stored) if def.many => bytes::items(stored).any(|item| self.passes_one(def.ty, item)),
            Some(stored) => self.passes_one(def.ty, stored),
        }
    }

    fn passes_one(&self, ty: Type, stored: &[u8]) -> bool {
        let text = || text_of(ty, stored);
        match self {
            Self::Present => true,
            Self::Texts(wanted) => text().is_some_and(|text| wanted.iter().any(|one| texts::equals(text, one))),
            Self::Prefix(start) => text().is_some_and(|text| texts::begins(text, start)),
            Self::Contains(part) => text().is_some_and(|text| texts::contains(text, part)),
            Self::Between(from, to) => text().is_some_and(|text| {
                let text = fold_cow(text);
                let low = match from {
                    Bound::Included(from) => *text >= **from,
                    Bound::Excluded(from) => *text > **from,
                    Bound::Unbounded => true,
                };
                low && match to {
                    Bound::Included(to) => *text <= **to,
                    Bound::Excluded(to) => *text < **to,
                    Bound::Unbounded => true,
                }
            }),
            Self::Phones(wanted) => text().is_some_and(|text| wanted.iter().any(|one| same_phone(text, one))),
            Self::PhonePrefix(start) => text().is_some_and(|text| {
                digits(text).strip_prefix(|c| c == '+').unwrap_or(&digits(text)).starts_with(start.as_str())
            }),
            Self::Digits(part) => text().is_some_and(|text| {
                digits(text).contains(part.as_str()) || (phone::is_whole(part) && phone::same(text, part))
            }),
            Self::Numbers(ranges) => number(ty, stored).is_some_and(|number| ranges.contains(number)),
            Self::Exact(spans, currency) => exact(ty, stored, *currency).is_some_and(|number| spans.contains(number)),
            Self::Currencies(wanted) => currency_of(ty, stored).is_some_and(|currency| wanted.contains(&currency)),
            Self::YearDays(ranges) => bytes::date(stored).is_some_and(|day| ranges.contains(year_day(day))),
            Self::Due { days, instants } => match stored.split_first() {
                Some((0, day)) => bytes::signed(day).is_some_and(|day| days.contains(day)),
                Some((_, at)) => bytes::signed(at).is_some_and(|at| instants.contains(at)),
                None => false,
            },
        }
    }
}

/// A day of whichever year as a number that rises through the year: 229 is the 29th of February.
pub fn year_day(day: NaiveDate) -> i64 {
    i64::from(day.month() * 100 + day.day())
}

/// Whether a field that is not stored counts as 0: a count that the program keeps. What a formula gives is stored, 0 too.
pub fn is_nought_when_absent(def: &FieldDef) -> bool {
    def.derived && def.ty == Type::Whole && def.formula.is_none()
}

/// The text of a stored value; of a telephone number, as written.
pub(super) fn text_of(ty: Type, stored: &[u8]) -> Option<&str> {
    let text = if ty == Type::Phone { stored.get(1..)? } else { stored };
    std::str::from_utf8(text).ok()
}

/// The digits of a telephone number, with the `+` of a country; nothing where it is none.
pub(super) fn digits(text: &str) -> String {
    phone::key(text).unwrap_or_default()
}

fn same_phone(a: &str, b: &str) -> bool {
    phone::same(a, b) || texts::equals(a, &fold_cow(b))
}

/// A stored value as the number that ranges are about.
fn number(ty: Type, stored: &[u8]) -> Option<i64> {
    match ty {
        Type::Whole | Type::Duration | Type::Date | Type::Instant => bytes::signed(stored),
        Type::Percent | Type::YesNo => bytes::byte(stored).map(i64::from),
        Type::Choice => bytes::choice(stored).map(i64::from),
        Type::Link => bytes::unsigned(stored)?.try_into().ok(),
        Type::Text
        | Type::LongText
        | Type::Email
        | Type::Url
        | Type::Phone
        | Type::Due
        | Type::Money
        | Type::UnitPrice
        | Type::Decimal
        | Type::Rate => None,
    }
}

/// A stored value as a number with decimals: of an amount, where it is of this currency.
fn exact(ty: Type, stored: &[u8], currency: Option<Currency>) -> Option<Decimal> {
    match (ty, currency) {
        (Type::Decimal | Type::Rate, None) => bytes::decimal(stored),
        (Type::Money, Some(currency)) => bytes::money(stored).filter(|money| money.currency == currency)?.decimal(),
        (Type::UnitPrice, Some(currency)) => {
            bytes::unit_price(stored).filter(|price| price.currency == currency)?.decimal()
        }
        _ => None,
    }
}

/// The currency of a stored amount.
fn currency_of(ty: Type, stored: &[u8]) -> Option<Currency> {
    match ty {
        Type::Money => bytes::money(stored).map(|money| money.currency),
        Type::UnitPrice => bytes::unit_price(stored).map(|price| price.currency),
        _ => None,
    }
}

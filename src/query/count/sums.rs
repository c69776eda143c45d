//! Sums, averages and extremes of a group: a line for each currency, one for records without any amount.
//!
//! Currencies are never mixed, and a number that is no amount belongs to every line of its record.

use std::{borrow::Cow, collections::BTreeMap};

use chrono_tz::Tz;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Aggregate, Measure};
use crate::{
    domain::{
        Due, Field, FieldDef, Instant, Type, Value, bytes, types,
        words::{
            money::{Currency, Money, UnitPrice},
            number,
        },
    },
    query::grid::Cell,
};

/// What a line of a group is in. Lines stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    /// Money of a currency.
    Currency(Currency),
    /// No money.
    Nothing,
}

/// A value of a record on its way into the lines of its group.
pub(super) struct Amount {
    /// Which of the aggregates it is for.
    pub(super) at: usize,
    /// The currency of money.
    pub(super) currency: Option<Currency>,
    pub(super) number: i128,
    /// A day that is due, kept as the instant at which it begins.
    pub(super) is_day: bool,
}

/// What a line knows of the values of one aggregate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ValueTally {
    values: u64,
    total: i128,
    least: Option<(i128, bool)>,
    most: Option<(i128, bool)>,
}

impl ValueTally {
    fn add(&mut self, amount: &Amount) {
        let value = (amount.number, amount.is_day);
        self.values += 1;
        self.total += amount.number;
        self.least = Some(self.least.map_or(value, |least| least.min(value)));
        self.most = Some(self.most.map_or(value, |most| most.max(value)));
    }

    /// The measure as a number, to sort by and to draw, as [`amounts_of`] counts; of a mean, hundredths of it.
    pub(super) fn number(&self, measure: Measure) -> Option<i128> {
        match measure {
            _ if self.values == 0 => None,
            Measure::Sum => Some(self.total),
            Measure::Avg => Some(self.total * 100 / i128::from(self.values)),
            Measure::Min => self.least.map(|(number, _)| number),
            Measure::Max => self.most.map(|(number, _)| number),
        }
    }

    fn mean(&self, digits: u32) -> Option<Decimal> {
        let total = Decimal::try_from_i128_with_scale(self.total, 0).ok()?;
        let mean = total.checked_div(Decimal::from(self.values))?;
        Some(mean.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The measure as it is shown.
    pub(super) fn cell(&self, measure: Measure, def: &'static FieldDef, unit: Unit, tz: Tz) -> Cell<'static> {
        let rounded = || {
            let (values, half) = (i128::from(self.values), i128::from(self.values / 2));
            let away = if self.total < 0 { self.total - half } else { self.total + half };
            away / values
        };
        let (number, is_day) = match measure {
            _ if self.values == 0 => return Cell::Empty,
            Measure::Sum => (self.total, false),
            Measure::Avg if matches!(def.ty, Type::Whole | Type::Percent) => {
                return self.mean(2).map_or(Cell::Empty, |mean| Cell::Mean(mean.normalize()));
            }
            Measure::Avg => (rounded(), false),
            Measure::Min => self.least.unwrap_or_default(),
            Measure::Max => self.most.unwrap_or_default(),
        };
        match (def.ty, unit) {
            (Type::Money, Unit::Currency(currency)) => {
                let money = Money { minor: number, currency };
                let grouped: Cow<'static, str> = Cow::Owned(money.grouped());
                Cell::Words { code: Cow::Owned(money.amount()), en: grouped.clone(), zh: grouped }
            }
            (Type::UnitPrice, Unit::Currency(currency)) => {
                let price = UnitPrice { millionths: number, currency };
                let grouped: Cow<'static, str> = Cow::Owned(price.grouped());
                Cell::Words { code: Cow::Owned(price.amount()), en: grouped.clone(), zh: grouped }
            }
            (Type::Decimal | Type::Rate, _) => {
                let digits = number::print_scaled(number, decimals(def));
                let sign = if def.ty == Type::Rate { "%" } else { "" };
                let shown: Cow<'static, str> = Cow::Owned(format!("{digits}{sign}"));
                Cell::Words { code: Cow::Owned(digits), en: shown.clone(), zh: shown }
            }
            // A sum of more than 64 bits is said in digits, which are as exact.
            _ if i64::try_from(number).is_err() => Cell::Text(Cow::Owned(number.to_string())),
            _ => self.small(number as i64, is_day, def, tz),
        }
    }

    fn small(&self, number: i64, is_day: bool, def: &'static FieldDef, tz: Tz) -> Cell<'static> {
        match def.ty {
            Type::Duration => stored(&LENGTH, &Value::Duration(number)),
            Type::Date => bytes::day_from_number(number).map_or(Cell::Empty, |day| stored(def, &Value::Date(day))),
            Type::Instant => stored(def, &Value::Instant(Instant(number))),
            Type::Due if is_day => stored(def, &Value::Due(Due::Day(Instant(number).day(tz)))),
            Type::Due => stored(def, &Value::Due(Due::At(Instant(number)))),
            Type::Whole
            | Type::Percent
            | Type::Decimal
            | Type::Rate
            | Type::Money
            | Type::UnitPrice
            | Type::Text
            | Type::LongText
            | Type::Email
            | Type::Url
            | Type::Phone
            | Type::Choice
            | Type::YesNo
            | Type::Link => Cell::Number(number),
        }
    }
}

/// Lengths of time add up to one.
static LENGTH: FieldDef = Field::<types::Duration>::new(1, "sum", "Sum", "合计").def();

fn stored(def: &'static FieldDef, value: &Value) -> Cell<'static> {
    let mut stored = Vec::new();
    bytes::put(&mut stored, value);
    Cell::Field(def, Cow::Owned(stored))
}

/// How many records a line stands for, and what is known of each aggregate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct GroupTotals {
    pub(super) count: u64,
    pub(super) tallies: Vec<ValueTally>,
}

/// The lines of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TotalsByUnit(pub(super) BTreeMap<Unit, GroupTotals>);

impl TotalsByUnit {
    /// The one line of so many records that were only counted.
    pub(super) fn of_count(count: u64, aggregates: usize) -> Self {
        let mut lines = Self::default();
        lines.line(Unit::Nothing, aggregates).count = count;
        lines
    }

    /// Adds a record with the values that it has. It counts once in each of its lines.
    pub(super) fn add(&mut self, aggregates: usize, amounts: &[Amount]) {
        let mut has_money = false;
        for (at, amount) in amounts.iter().enumerate() {
            let Some(currency) = amount.currency else { continue };
            has_money = true;
            if amounts[..at].iter().all(|before| before.currency != Some(currency)) {
                self.add_to(Unit::Currency(currency), aggregates, amounts);
            }
        }
        if !has_money {
            self.add_to(Unit::Nothing, aggregates, amounts);
        }
    }

    fn add_to(&mut self, unit: Unit, aggregates: usize, amounts: &[Amount]) {
        let line = self.line(unit, aggregates);
        line.count += 1;
        for amount in amounts {
            if amount.currency.is_none_or(|currency| unit == Unit::Currency(currency)) {
                line.tallies[amount.at].add(amount);
            }
        }
    }

    fn line(&mut self, unit: Unit, aggregates: usize) -> &mut GroupTotals {
        self.0.entry(unit).or_insert_with(|| GroupTotals { count: 0, tallies: vec![ValueTally::default(); aggregates] })
    }
}

/// The values that a stored field brings to an aggregate.
pub(super) fn amounts_of(aggregate: &Aggregate, at: usize, stored: &[u8], tz: Tz, amounts: &mut Vec<Amount>) {
    let def = aggregate.def();
    let mut one = |stored: &[u8]| {
        let plain = |number: i128| Amount { at, currency: None, number, is_day: false };
        amounts.extend(match def.ty {
            Type::Money => {
                bytes::money(stored).map(|money| Amount { currency: Some(money.currency), ..plain(money.minor) })
            }
            Type::UnitPrice => bytes::unit_price(stored)
                .map(|price| Amount { currency: Some(price.currency), ..plain(price.millionths) }),
            Type::Decimal | Type::Rate => {
                bytes::decimal(stored).and_then(|number| scaled(number, decimals(def))).map(plain)
            }
            Type::Percent => bytes::byte(stored).map(|number| plain(number.into())),
            Type::Due => bytes::due(stored).map(|due| match due {
                Due::Day(day) => Amount { is_day: true, ..plain(crate::domain::start_of_day(day, tz).0.into()) },
                Due::At(at) => plain(at.0.into()),
            }),
            Type::Whole | Type::Duration | Type::Date | Type::Instant => {
                bytes::signed(stored).map(|number| plain(number.into()))
            }
            Type::Text
            | Type::LongText
            | Type::Email
            | Type::Url
            | Type::Phone
            | Type::Choice
            | Type::YesNo
            | Type::Link => None,
        });
    };
    if def.many { bytes::items(stored).for_each(one) } else { one(stored) }
}

/// How many decimals the numbers of a field are counted with: two at least, for the mean.
fn decimals(def: &FieldDef) -> u32 {
    u32::from(def.most_decimals()).max(2)
}

/// A number in the smallest units of so many decimals.
fn scaled(number: Decimal, decimals: u32) -> Option<i128> {
    let number = number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    number.mantissa().checked_mul(10_i128.checked_pow(decimals.checked_sub(number.scale())?)?)
}

impl Unit {
    /// The currency.
    pub(super) fn name(self) -> Cell<'static> {
        match self {
            Self::Currency(currency) => Cell::Text(Cow::Owned(currency.to_string())),
            Self::Nothing => Cell::Empty,
        }
    }
}

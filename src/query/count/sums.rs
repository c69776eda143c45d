//! Sums of a group: a line for each currency, one for plain numbers, one for records without any.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    domain::{
        FieldDef, Type, bytes,
        words::money::{Currency, Money},
    },
    query::grid::Cell,
};

/// What a line of sums is in. Lines stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    /// Money of a currency.
    Currency(Currency),
    /// Numbers without a unit.
    Plain,
    /// Nothing to sum.
    Nothing,
}

/// How many records a line stands for, and a sum for each field; `None` where no record has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) count: u64,
    pub(super) sums: Vec<Option<i64>>,
}

/// The lines of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lines(pub(super) BTreeMap<Unit, Line>);

impl Lines {
    /// The one line of no records.
    pub(super) fn of_none(fields: usize) -> Self {
        let mut lines = Self::default();
        lines.line(Unit::Nothing, fields);
        lines
    }

    /// Adds a record with the amounts that it has: each with its unit and the number of its field.
    pub(super) fn add(&mut self, fields: usize, amounts: &[(Unit, usize, i64)]) {
        if amounts.is_empty() {
            self.line(Unit::Nothing, fields).count += 1;
            return;
        }
        for (at, (unit, field, amount)) in amounts.iter().enumerate() {
            let line = self.line(*unit, fields);
            // A record counts once in a line, however many of its fields add to it.
            line.count += u64::from(amounts[..at].iter().all(|(before, ..)| before != unit));
            let sum = &mut line.sums[*field];
            *sum = Some(sum.unwrap_or_default().saturating_add(*amount));
        }
    }

    fn line(&mut self, unit: Unit, fields: usize) -> &mut Line {
        self.0.entry(unit).or_insert_with(|| Line { count: 0, sums: vec![None; fields] })
    }
}

/// The amounts that a stored value adds to a sum.
pub(super) fn amounts_of(def: &FieldDef, stored: &[u8], field: usize, amounts: &mut Vec<(Unit, usize, i64)>) {
    let mut one = |stored: &[u8]| match def.ty {
        Type::Money => {
            amounts.extend(bytes::money(stored).map(|money| (Unit::Currency(money.currency), field, money.minor)))
        }
        Type::Whole | Type::Duration => {
            amounts.extend(bytes::signed(stored).map(|number| (Unit::Plain, field, number)))
        }
        Type::Percent => amounts.extend(bytes::byte(stored).map(|number| (Unit::Plain, field, i64::from(number)))),
        _ => {}
    };
    if def.many { bytes::items(stored).for_each(one) } else { one(stored) }
}

/// Whether values of a field can be added up.
pub(super) const fn can_be_summed(def: &FieldDef) -> bool {
    matches!(def.ty, Type::Money | Type::Whole | Type::Duration | Type::Percent)
}

impl Unit {
    /// A sum in it, with the digits of its currency.
    pub(super) fn cell(self, sum: Option<i64>) -> Cell<'static> {
        match (self, sum) {
            (_, None) | (Self::Nothing, _) => Cell::Empty,
            (Self::Plain, Some(sum)) => Cell::Number(sum),
            (Self::Currency(currency), Some(minor)) => Cell::Text(Cow::Owned(Money { minor, currency }.amount())),
        }
    }

    /// The currency.
    pub(super) fn name(self) -> Cell<'static> {
        match self {
            Self::Currency(currency) => Cell::Text(Cow::Owned(currency.to_string())),
            Self::Plain | Self::Nothing => Cell::Empty,
        }
    }
}

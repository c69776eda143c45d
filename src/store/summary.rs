//! Summaries: counts and sums that screens show at once, kept in the same transaction as the records.
//!
//! A key is kind (1), summary number (1; 2 from 128 on, the first of them with its highest bit set), then the values
//! grouped by (absent: 0). Summary 0 of each kind counts all its live records. A value is the count, then for each summed
//! field the number of currencies and their sums; one of a number from 128 on goes on with how many amounts of each
//! currency there are.

use std::collections::HashMap;

use crate::{
    domain::{
        FieldDef, Kind, KindId, Record, Row, Type, bytes,
        kind::{SUMMED_DECIMALS, SummaryDef},
        lookup::GroupTotal,
        words::money::Currency,
    },
    error::Result,
};

use super::{
    keys::{ABSENT, put_value, split_value},
    step_schemas::StepKind,
};

/// A count, and for each summed field the sum in each currency (in minor units).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many records.
    pub count: i64,
    /// For each summed field: currency and sum.
    pub sums: Vec<Vec<(Currency, i128)>>,
}

/// Changes of summaries, by key, collected before they are written: an import of a million lines looks up as many groups.
pub type Deltas = HashMap<Vec<u8>, Summary>;

/// A record's fields: stored ones, and derived ones.
#[derive(Clone, Copy)]
pub struct RecordFields<'a> {
    /// The row.
    pub row: Row<'a>,
    /// The derived fields.
    pub derived: Row<'a>,
}

impl<'a> RecordFields<'a> {
    /// A record of which no derived field counts.
    pub fn stored(record: &'a Record) -> Self {
        Self { row: record.row(), derived: Row::default() }
    }

    /// The stored bytes of a field, wherever it stands.
    pub fn raw(self, def: &FieldDef) -> Option<&'a [u8]> {
        if def.derived { self.derived.raw(def.tag) } else { self.row.raw(def.tag) }
    }
}

/// The key of the count of all records of a kind.
pub fn total_key(kind: KindId) -> Vec<u8> {
    vec![kind.byte(), 0]
}

/// The prefix of all groups of a summary.
pub fn prefix(kind: KindId, number: u16) -> Vec<u8> {
    match u8::try_from(number) {
        Ok(number) if number < LONG => vec![kind.byte(), number],
        _ => {
            let [high, low] = number.to_be_bytes();
            vec![kind.byte(), high | LONG, low]
        }
    }
}

/// The number of the summary that a key belongs to.
pub fn number_of(key: &[u8]) -> Option<u16> {
    match *key.get(1)? {
        number if number < LONG => Some(number.into()),
        high => Some(u16::from_be_bytes([high & !LONG, *key.get(2)?])),
    }
}

/// The bit of a number of two bytes.
const LONG: u8 = 1 << 7;

/// The key of one group: of the records that have these stored values in the fields grouped by.
pub fn group_key(kind: KindId, def: &SummaryDef, values: &[Option<&[u8]>]) -> Result<Vec<u8>> {
    let mut key = prefix(kind, def.number);
    for (field, value) in def.by.iter().zip(values) {
        match value {
            Some(stored) => put_value(&mut key, field, stored)?,
            None => key.push(ABSENT),
        }
    }
    Ok(key)
}

/// Adds (`sign` 1) or takes away (-1) what a record contributes to the summaries of its kind.
pub fn contribute(deltas: &mut Deltas, kind: &Kind, record: RecordFields<'_>, sign: i64) -> Result<()> {
    match deltas.get_mut(&[kind.id.byte(), 0][..]) {
        Some(total) => total.count += sign,
        None => deltas.entry(total_key(kind.id)).or_default().count += sign,
    }
    for def in kind.summaries {
        let values: Vec<Option<&[u8]>> = def.by.iter().map(|field| record.raw(field)).collect();
        let group = deltas.entry(group_key(kind.id, def, &values)?).or_default();
        group.count += sign;
        let fields = def.sum.len();
        group.sums.resize(if counts_amounts(def) { 2 * fields } else { fields }, Vec::new());
        for (at, field) in def.sum.iter().enumerate() {
            if let Some((currency, number)) = record.raw(field).and_then(|stored| counted(field.ty, stored)) {
                add(&mut group.sums[at], currency, number * i128::from(sign));
                if counts_amounts(def) {
                    add(&mut group.sums[fields + at], currency, i128::from(sign));
                }
            }
        }
    }
    Ok(())
}

/// What a value adds to a sum, in the smallest unit that its type has; what is no amount, in no currency.
fn counted(ty: Type, stored: &[u8]) -> Option<(Currency, i128)> {
    let number = match ty {
        Type::Money => return bytes::money(stored).map(|money| (money.currency, money.minor)),
        Type::UnitPrice => return bytes::unit_price(stored).map(|price| (price.currency, price.millionths)),
        Type::Whole | Type::Duration => bytes::signed(stored)?.into(),
        Type::Percent => bytes::byte(stored)?.into(),
        Type::Decimal => {
            let number = bytes::decimal(stored)?;
            let scale = 10_i128.checked_pow(SUMMED_DECIMALS.checked_sub(number.scale())?)?;
            number.mantissa().checked_mul(scale)?
        }
        _ => return None,
    };
    Some((Currency::NONE, number))
}

/// Whether it also tells how many amounts of each currency there are: a formula tells a sum of 0 from none.
const fn counts_amounts(def: &SummaryDef) -> bool {
    def.number >= LONG as u16
}

/// Takes away what a record was and adds what it is; none where it was, or is, not in use.
pub fn replace(
    deltas: &mut Deltas,
    kind: StepKind,
    was: Option<RecordFields<'_>>,
    is: Option<RecordFields<'_>>,
) -> Result<()> {
    if let (Some(kind), Some(was), Some(is)) = (kind.steady(), was, is)
        && counts_alike(kind, was, is)
    {
        return Ok(());
    }
    for (kind, record, sign) in [(kind.before, was, -1), (kind.after, is, 1)] {
        if let (Some(kind), Some(record)) = (kind, record) {
            contribute(deltas, kind, record, sign)?;
        }
    }
    Ok(())
}

/// Whether two records contribute the same to the summaries of their kind.
pub fn counts_alike(kind: &Kind, one: RecordFields<'_>, other: RecordFields<'_>) -> bool {
    let mut fields = kind.summaries.iter().flat_map(|def| def.by.iter().chain(def.sum));
    fields.all(|def| one.raw(def) == other.raw(def))
}

fn add(sums: &mut Vec<(Currency, i128)>, currency: Currency, minor: i128) {
    match sums.iter_mut().find(|(held, _)| *held == currency) {
        Some((_, sum)) => *sum += minor,
        None => sums.push((currency, minor)),
    }
}

impl Summary {
    /// What it says where it also counts the amounts of each currency, of its first field.
    pub fn total(&self) -> GroupTotal {
        let (sums, counts) = self.sums.split_at(self.sums.len() / 2);
        let sum = |currency| {
            let held = sums.first().and_then(|sums| sums.iter().find(|(held, _)| *held == currency));
            held.map_or(0, |(_, sum)| *sum)
        };
        let counted = counts.first().into_iter().flatten().filter(|(_, count)| *count != 0);
        GroupTotal { count: self.count, sums: counted.map(|(currency, _)| (*currency, sum(*currency))).collect() }
    }

    /// Adds a change to what was held.
    pub fn merge(&mut self, delta: &Self) {
        self.count += delta.count;
        if self.sums.len() < delta.sums.len() {
            self.sums.resize(delta.sums.len(), Vec::new());
        }
        for (sums, changes) in self.sums.iter_mut().zip(&delta.sums) {
            for (currency, minor) in changes {
                add(sums, *currency, *minor);
            }
        }
    }

    /// The stored form; `None` for a group that has no record left. A sum of nought stays out.
    pub fn encode(&self) -> Option<Vec<u8>> {
        if self.count == 0 {
            return None;
        }
        let mut out = Vec::new();
        bytes::put(&mut out, &crate::domain::Value::Whole(self.count));
        for sums in &self.sums {
            let mut sums: Vec<_> = sums.iter().filter(|(_, sum)| *sum != 0).collect();
            sums.sort_by_key(|(currency, _)| currency.to_bytes());
            bytes::put_unsigned(&mut out, sums.len() as u64);
            for (currency, sum) in sums {
                out.extend_from_slice(&currency.to_bytes());
                bytes::put_wide(&mut out, *sum);
            }
        }
        Some(out)
    }

    /// Reads the stored form of a group.
    pub fn decode(mut stored: &[u8]) -> Option<Self> {
        let count = i64::try_from(bytes::take_wide(&mut stored)?).ok()?;
        let mut sums = Vec::new();
        while !stored.is_empty() {
            let length = bytes::take_unsigned(&mut stored)?;
            let mut field = Vec::new();
            for _ in 0..length {
                let (code, rest) = stored.split_at_checked(3)?;
                stored = rest;
                field.push((Currency::from_bytes(code.try_into().ok()?)?, bytes::take_wide(&mut stored)?));
            }
            sums.push(field);
        }
        Some(Self { count, sums })
    }
}

/// The key bytes of each value that a group stands for, in the order of the summary's fields.
pub fn group_of<'k>(def: &SummaryDef, key: &'k [u8]) -> Option<Vec<&'k [u8]>> {
    let mut rest = key.get(if def.number < LONG.into() { 2 } else { 3 }..)?;
    let mut values = Vec::with_capacity(def.by.len());
    for field in def.by {
        let (value, after) = split_value(field.ty, rest)?;
        values.push(value);
        rest = after;
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Value, customer, deal};

    #[test]
    fn numbers_from_128_on_take_two_bytes() {
        for (number, key) in [(1, vec![6, 1]), (127, vec![6, 127]), (128, vec![6, 128, 128]), (1007, vec![6, 131, 239])]
        {
            let made = prefix(KindId::new(6), number);
            assert_eq!((&made, number_of(&made)), (&key, Some(number)));
            let by = [deal::CUSTOMER.def()].to_vec().leak();
            let def = SummaryDef { number, by, sum: &[] };
            let mut stored = Vec::new();
            bytes::put(&mut stored, &Value::Link(3));
            let group = group_key(customer::ID, &def, &[Some(&stored)]).unwrap();
            assert_eq!(group_of(&def, &group).unwrap().len(), 1);
        }
    }
}

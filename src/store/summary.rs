//! Summaries: counts and sums that screens show at once, kept in the same transaction as the records.
//!
//! A key is kind (1), summary number (1), then the values grouped by (absent: 0). Summary 0 of each kind counts all its
//! live records. A value is the count, then for each summed field the number of currencies and their sums.

use std::collections::BTreeMap;

use crate::{
    domain::{FieldDef, Kind, KindId, Record, Row, bytes, kind::SummaryDef, words::money::Currency},
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

/// Changes of summaries, by key, collected before they are written.
pub type Deltas = BTreeMap<Vec<u8>, Summary>;

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
pub fn prefix(kind: KindId, number: u8) -> Vec<u8> {
    vec![kind.byte(), number]
}

/// Adds (`sign` 1) or takes away (-1) what a record contributes to the summaries of its kind.
pub fn contribute(deltas: &mut Deltas, kind: &Kind, record: RecordFields<'_>, sign: i64) -> Result<()> {
    deltas.entry(total_key(kind.id)).or_default().count += sign;
    for def in kind.summaries {
        let mut key = prefix(kind.id, def.number);
        for field in def.by {
            match record.raw(field) {
                Some(stored) => put_value(&mut key, field, stored)?,
                None => key.push(ABSENT),
            }
        }
        let group = deltas.entry(key).or_default();
        group.count += sign;
        group.sums.resize(def.sum.len(), Vec::new());
        for (field, sums) in def.sum.iter().zip(&mut group.sums) {
            if let Some(money) = record.raw(field).and_then(bytes::money) {
                add(sums, money.currency, money.minor * i128::from(sign));
            }
        }
    }
    Ok(())
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
    let mut rest = key.get(2..)?;
    let mut values = Vec::with_capacity(def.by.len());
    for field in def.by {
        let (value, after) = split_value(field.ty, rest)?;
        values.push(value);
        rest = after;
    }
    Some(values)
}

//! Counts and sums of children that a summary keeps, so that a change costs the same however many children there are.

use rust_decimal::Decimal;

use crate::{
    domain::{
        FieldDef, KindId, Lookup, RecordId, Type, Value, bytes,
        kind::{SUMMED_DECIMALS, SummaryDef},
        words::money::{Currency, UnitPrice},
    },
    error::Result,
};

use super::{
    datum::{Amount, Datum},
    roll_up::RollUp,
};

/// So many groups are added up; of more the children are looked at.
const MOST_GROUPS: usize = 32;

/// A count or sum that is made of groups of a summary.
#[derive(Debug)]
pub(super) struct Summed {
    /// The kind of the children.
    pub(super) kind: KindId,
    /// The summary, which has the number of the field.
    pub(super) summary: SummaryDef,
    /// The values behind the link of each group.
    groups: Vec<Vec<Vec<u8>>>,
}

impl Summed {
    pub(super) fn new(roll_up: &RollUp, number: u16) -> Option<Self> {
        let mut groups: Vec<Vec<Vec<u8>>> = vec![Vec::new()];
        for (def, values) in &roll_up.equal {
            let mut more = Vec::new();
            for group in &groups {
                for value in values {
                    let mut stored = Vec::new();
                    bytes::put(&mut stored, value);
                    more.push(group.iter().cloned().chain([stored]).collect());
                }
            }
            if more.len() > MOST_GROUPS || def.many {
                return None;
            }
            groups = more;
        }
        let by: Vec<FieldDef> =
            std::iter::once(*roll_up.link).chain(roll_up.equal.iter().map(|(def, _)| **def)).collect();
        let sum: Vec<FieldDef> = roll_up.sum.into_iter().copied().collect();
        let summary = SummaryDef { number, by: by.leak(), sum: sum.leak() };
        Some(Self { kind: roll_up.kind, summary, groups })
    }

    /// What the summary says for a record; none where it does not say.
    pub(super) fn datum(&self, id: RecordId, lookup: &dyn Lookup) -> Result<Option<Option<Datum>>> {
        let mut link = Vec::new();
        bytes::put(&mut link, &Value::Link(id.num));
        let (mut count, mut sums) = (0, Vec::new());
        for group in &self.groups {
            let values: Vec<Option<&[u8]>> = std::iter::once(Some(link.as_slice()))
                .chain(group.iter().map(|value| Some(value.as_slice())))
                .collect();
            let Some(total) = lookup.total_of(self.kind, &self.summary, &values)? else { return Ok(None) };
            count += total.count;
            sums.extend(total.sums);
        }
        Ok(match self.summary.sum {
            [def, ..] => sum_of(def, sums),
            [] => Some(Some(Datum::Number(count.into()))),
        })
    }
}

/// Sums as a formula has them: of numbers one, which is 0 where there is none. Nothing where one is too large for that.
fn sum_of(def: &FieldDef, sums: Vec<(Currency, i128)>) -> Option<Option<Datum>> {
    let number = |sum: i128, scale: u32| Decimal::try_from_i128_with_scale(sum, scale).ok();
    let all = || sums.iter().try_fold(0_i128, |all, (_, sum)| all.checked_add(*sum));
    Some(Some(match def.ty {
        Type::Duration => Datum::Duration(number(all()?, 0)?),
        Type::Percent => Datum::Number(number(all()?, 2)?),
        Type::Decimal => Datum::Number(number(all()?, SUMMED_DECIMALS)?),
        Type::Whole => Datum::Number(number(all()?, 0)?),
        ty => {
            let amount = |(currency, sum): (Currency, i128)| {
                let scale = if ty == Type::UnitPrice { UnitPrice::DECIMALS } else { currency.digits() };
                Some(Amount { number: number(sum, scale.into())?, currency: Some(currency) })
            };
            return Some(Datum::amounts(sums.into_iter().map(amount).collect::<Option<_>>()?));
        }
    }))
}

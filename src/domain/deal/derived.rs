//! What is computed of a deal.

use super::{AMOUNT, PROBABILITY, STAGE, STATUS, WEIGHTED};
use crate::{
    domain::{
        Record, RecordId,
        derivation::{Computed, Derivation, Source},
        lookup::Lookup,
        stage,
        words::money::Money as Amount,
    },
    error::Result,
};

pub(super) static DERIVATIONS: &[Derivation] = &[
    Derivation {
        fields: &[STATUS.def()],
        sources: &[Source::Target(STAGE.def(), &[stage::OUTCOME.def()])],
        compute: Computed::Function(status),
    },
    Derivation {
        fields: &[WEIGHTED.def()],
        sources: &[Source::Own(&[AMOUNT.def(), PROBABILITY.def()])],
        compute: Computed::Function(weighted),
    },
];

/// The outcome of its stage.
fn status(_: RecordId, deal: &Record, lookup: &dyn Lookup) -> Result<Record> {
    let mut derived = Record::new();
    let stage = lookup.record(RecordId::new(stage::ID, deal.get(STAGE).unwrap_or_default()))?;
    derived.set(STATUS, stage.and_then(|stage| stage.get(stage::OUTCOME)).unwrap_or(stage::OPEN));
    Ok(derived)
}

fn weighted(_: RecordId, deal: &Record, _: &dyn Lookup) -> Result<Record> {
    let mut derived = Record::new();
    if let Some(amount) = deal.get(AMOUNT) {
        derived.put(WEIGHTED, deal.get(PROBABILITY).map(|chance| weigh(amount, chance)));
    }
    Ok(derived)
}

/// Amount x probability, rounded half away from zero to the currency's minor unit.
pub fn weigh(amount: Amount, percent: u8) -> Amount {
    let product = amount.minor * i128::from(percent);
    let rounded = (product + product.signum() * 50) / 100;
    Amount { minor: rounded, currency: amount.currency }
}

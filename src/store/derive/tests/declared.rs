//! A derivation sees what its sources name.

use super::{
    L1, O1, filled,
    kinds::{
        AMOUNT, FEE, LINE, LINES, OF_CUSTOMER, OF_ORDER, PAYER, PRICE, QUANTITY, TOTAL, amount, lines, payer, total,
    },
};
use crate::{
    domain::{
        FieldDef, Lookup, Record, RecordId,
        derivation::{Computed, Derivation, Source},
    },
    error::Result,
};

type Compute = fn(RecordId, &Record, &dyn Lookup) -> Result<Record>;

fn lent(fields: &[FieldDef]) -> &'static [FieldDef] {
    fields.to_vec().leak()
}

fn own(fields: &[FieldDef]) -> Source {
    Source::Own(lent(fields))
}

#[test]
fn a_derivation_that_reads_what_no_source_names_is_an_error() {
    let made = filled();
    let snapshot = made.engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let derives = |id: RecordId, fields: &[FieldDef], compute: Compute, sources: Vec<Source>| {
        let derivation =
            Derivation { fields: lent(fields), sources: sources.leak(), compute: Computed::Function(compute) };
        derivation.derive(id, &reader.record(id).unwrap().unwrap(), &reader).is_ok()
    };
    let factors = || vec![own(&[QUANTITY.def(), PRICE.def()])];
    assert!(derives(L1, &[AMOUNT.def()], amount, factors()));
    assert!(!derives(L1, &[AMOUNT.def()], amount, vec![own(&[QUANTITY.def()])]));
    assert!(!derives(L1, &[PAYER.def()], amount, factors()), "a field that it does not say to compute");

    let of_lines = |fields: &[FieldDef]| vec![Source::Children(LINE, OF_ORDER.def(), lent(fields))];
    assert!(derives(O1, &[TOTAL.def()], total, of_lines(&[AMOUNT.def()])));
    assert!(!derives(O1, &[TOTAL.def()], total, of_lines(&[PRICE.def()])));
    assert!(derives(O1, &[LINES.def()], lines, of_lines(&[])));
    assert!(!derives(O1, &[LINES.def()], lines, vec![own(&[FEE.def()])]));

    let of_order = |fields: &[FieldDef]| vec![Source::Target(OF_ORDER.def(), lent(fields))];
    assert!(derives(L1, &[PAYER.def()], payer, of_order(&[OF_CUSTOMER.def()])));
    assert!(!derives(L1, &[PAYER.def()], payer, of_order(&[FEE.def()])));
    assert!(!derives(L1, &[PAYER.def()], payer, vec![own(&[OF_ORDER.def()])]));
}

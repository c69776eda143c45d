//! What a version of the program keeps beside the records, as one number.
//!
//! An index that a version does not know it does not keep, and one that it expects and does not find holds nothing: it
//! would answer with less than the truth and say nothing. So a store holds the number of the version that wrote it, and
//! where that is another one, everything beside the records is made anew before anybody is answered.

use crate::domain::{FieldDef, Kind, Schema, checksum::Checksum, define::is_definition};

/// How keys, lists of words, sounds (the readings that are known, too), computed fields and sums are made: to be raised
/// when any of that changes without a change of the tables below.
const HOW: u8 = 6;

/// The number of this version with these kinds.
pub fn layout(schema: &Schema) -> u64 {
    schema.layout(work_out)
}

fn work_out(schema: &Schema) -> u64 {
    let mut sum = Checksum::new();
    sum.add(&[HOW]);
    // Definitions have a format of their own.
    for kind in schema.kinds().iter().filter(|kind| !is_definition(kind.id)) {
        add_kind(kind, &mut sum);
    }
    sum.number()
}

fn add_kind(kind: &Kind, sum: &mut Checksum) {
    sum.add(&[kind.id.byte()]);
    for def in kind.all_fields().chain(kind.gone) {
        let kept = [def.keeps_index(), def.search, def.derived, def.many, def.name];
        sum.add(&kept.map(u8::from));
        add_fields(&[*def], sum);
    }
    for index in kind.indexes {
        sum.add(&index.number.to_be_bytes());
        add_fields(index.fields, sum);
    }
    for summary in kind.summaries {
        match u8::try_from(summary.number) {
            Ok(number) => sum.add(&[number]),
            Err(_) => sum.add(&summary.number.to_be_bytes()),
        }
        add_fields(summary.by, sum);
        add_fields(summary.sum, sum);
    }
}

fn add_fields(fields: &[FieldDef], sum: &mut Checksum) {
    sum.add(&[fields.len() as u8]);
    for def in fields {
        sum.add(&def.tag.to_be_bytes());
        sum.add(&[def.ty as u8]);
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use crate::{domain::Lookup, store::Store};

    #[test]
    fn a_link_of_which_no_index_is_kept_is_not_looked_for_in_one() {
        let store = Store::in_memory().unwrap();
        let snapshot = store.snapshot().unwrap();
        let reader = snapshot.reader();
        for kind in reader.schema().kinds() {
            for link in kind.all_fields().filter(|def| def.target.is_some()) {
                let found = reader.linking(kind.id, link, 1, &mut |_| ControlFlow::Continue(()));
                assert_eq!(found.is_ok(), link.indexed(), "{}", link.code);
            }
        }
    }
}

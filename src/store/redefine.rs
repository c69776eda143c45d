//! What a step keeps besides that changes definitions: their digest, the format that says that there is one,
//! and the indexes and lists of words of fields that records hold already.

use std::{collections::BTreeSet, ops::ControlFlow};

use crate::{
    domain::{
        Kind, KindId, Schema,
        define::{field, numbers},
        derivation::Computed,
    },
    error::Result,
};

use super::{
    build_index,
    change::RecordChange,
    definitions,
    engine::{KeyRange, Space, Write},
    index::{Index, SOUNDED, indexes_of},
    layout::layout,
    meta, search,
    step_schemas::StepSchemas,
    verify::remake_computed,
};

/// Writes it, after the rows and keys of the step itself.
///
/// # Errors
/// What the engine says, or a record that cannot be read.
pub fn redefine(
    schemas: StepSchemas,
    (seq, at): (u64, u64),
    changes: &[RecordChange],
    txn: &mut dyn Write,
) -> Result<()> {
    meta::set_number(txn, meta::FORMAT_KEY, meta::FORMAT_WITH_DEFINITIONS)?;
    meta::set_number(txn, meta::LAYOUT, layout(schemas.after))?;
    let fresh = fresh_tags(changes);
    let mut words = false;
    // What formulas give is computed anew at the end, and with it its indexes: what stands there now may be of other types.
    let computed_anew = formulas(schemas.before) != formulas(schemas.after);
    let stands = |index: &&Index| !(computed_anew && index.is_derived());
    for kind in schemas.after.kinds() {
        let before = schemas.before.kind(kind.id);
        if before.is_some_and(|before| std::ptr::eq(before, *kind)) {
            continue;
        }
        let known = before.map(indexes_of).unwrap_or_default();
        let now = indexes_of(kind);
        let comes = |index: &&Index| !holds(&known, index) && !fresh.contains(&(index.number & !SOUNDED));
        for index in now.iter().filter(comes).filter(stands) {
            let in_parts = build_index::in_parts(txn, schemas.before, kind, index)?;
            if !(in_parts && build_index::begin(txn, kind, &index.fields[0], at)?) {
                build_index::fill(index, kind, (0, usize::MAX), schemas.after, txn)?;
            }
        }
        for index in known.iter().filter(|index| !holds(&now, index)) {
            empty(index, txn)?;
        }
        words |= searched(Some(kind), &fresh) != searched(before, &fresh);
    }
    build_index::forget_others(txn, schemas.after)?;
    build_index::finish_unique(txn, schemas.after)?;
    definitions::note(txn)?;
    if words { search::rebuild_within(txn, seq) } else { Ok(()) }
}

/// Computes all fields anew, and counts all records, where the step changes a formula or what one reads: after all else
/// that the step writes.
///
/// # Errors
/// What the engine says, or a record that cannot be read.
pub fn recompute_all(schemas: StepSchemas, txn: &mut dyn Write) -> Result<()> {
    if formulas(schemas.before) == formulas(schemas.after) {
        return Ok(());
    }
    remake_computed(txn, schemas.after)
}

/// The formulas of a schema, by kind and number.
fn formulas(schema: &Schema) -> BTreeSet<(KindId, u16, u64)> {
    let of = |kind: &'static Kind| {
        kind.derivations.iter().filter_map(|derivation| match derivation.compute {
            Computed::Formula(formula) => Some((kind.id, derivation.fields.first()?.tag, formula.fingerprint())),
            Computed::Function(_) => None,
        })
    };
    schema.kinds().iter().flat_map(|kind| of(kind)).collect()
}

/// The tags of fields that the step makes: no row holds a value of them but those that it writes itself.
fn fresh_tags(changes: &[RecordChange]) -> BTreeSet<u16> {
    let made =
        changes.iter().filter(|change| change.id.kind == field::ID && change.before.is_none() && change.prev == 0);
    made.filter_map(|change| numbers::tag(change.id.num)).collect()
}

fn holds(indexes: &[Index], index: &Index) -> bool {
    indexes.iter().any(|known| known.number == index.number)
}

/// The tags that free words look into, but for fields that no row holds yet.
fn searched(kind: Option<&'static Kind>, fresh: &BTreeSet<u16>) -> Vec<u16> {
    let fields = kind.into_iter().flat_map(Kind::all_fields).filter(|def| def.search);
    fields.map(|def| def.tag).filter(|tag| !fresh.contains(tag)).collect()
}

/// Takes the keys of an index away that is not kept any more.
fn empty(index: &Index, txn: &mut dyn Write) -> Result<()> {
    let (prefix, mut keys) = (index.prefix(), Vec::new());
    txn.scan(Space::Index, KeyRange::prefix(&prefix), false, &mut |key, _| {
        keys.push(key.to_vec());
        ControlFlow::Continue(())
    })?;
    keys.iter().try_for_each(|key| Ok(txn.remove(Space::Index, key).map(|_| ())?))
}

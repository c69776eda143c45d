//! Counts and sums.

use std::{collections::BTreeMap, ops::ControlFlow};

use super::{Difference, Kinds, Sink};
use crate::{
    domain::{Lookup, Record, RecordId, derivation_graph::summaries_need_derived},
    error::{Failed, Result},
    store::{
        engine::{KeyRange, Space},
        reader::Reader,
        summary::{Deltas, RecordFields, contribute},
    },
};

pub(super) fn differences(reader: &Reader<'_>, kinds: Kinds, sink: &mut Sink<'_>) -> Result<()> {
    let mut deltas = Deltas::new();
    for kind in kinds {
        let mut failed = Failed::default();
        let needs_derived = summaries_need_derived(kind);
        reader.rows(kind.id, 0, false, &mut |num, row| {
            let derived = match needs_derived {
                true => reader.derived(RecordId::new(kind.id, num)),
                false => Ok(Record::new()),
            };
            failed.flow(derived.and_then(|derived| {
                contribute(&mut deltas, kind, RecordFields { row, derived: derived.row() }, 1)?;
                Ok(ControlFlow::Continue(()))
            }))
        })?;
        failed.end()?;
    }
    let mut wanted: BTreeMap<Vec<u8>, Vec<u8>> =
        deltas.into_iter().filter_map(|(key, summary)| summary.encode().map(|value| (key, value))).collect();
    reader.raw().scan(Space::Summary, KeyRange::all(), false, &mut |key, value| {
        let wanted = wanted.remove(key);
        if wanted.as_deref() != Some(value) {
            sink(Difference { space: Space::Summary, key: key.to_vec(), held: Some(value.to_vec()), wanted });
        }
        ControlFlow::Continue(())
    })?;
    for (key, value) in wanted {
        sink(Difference { space: Space::Summary, key, held: None, wanted: Some(value) });
    }
    Ok(())
}

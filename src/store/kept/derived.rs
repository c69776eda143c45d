//! The derived fields that are computed in one rank.

use std::{collections::HashSet, ops::ControlFlow};

use super::{Difference, Sink};
use crate::{
    domain::{KindId, Record, RecordId, derivation_graph::DerivationGraph},
    error::{Failed, Result},
    store::{
        engine::{KeyRange, Space},
        keys::num_after,
        reader::Reader,
        row,
    },
};

/// What derived rows should be, if the fields of other ranks that they hold are right. The first rank of a kind looks at
/// what stands beside its fields, too.
pub(super) fn differences(
    reader: &Reader<'_>,
    graph: &DerivationGraph,
    rank: usize,
    sink: &mut Sink<'_>,
) -> Result<()> {
    let (kind, derivations) = (graph.ranks()[rank].kind, &graph.ranks()[rank].derivations);
    let known: Option<HashSet<u16>> = graph.is_first_of_kind(rank).then(|| known_tags(graph, kind));
    let mut failed = Failed::default();
    reader.rows(kind, 0, false, &mut |num, row| {
        let id = RecordId::new(kind, num);
        let record = Record::from_bytes(row.bytes().to_vec());
        let key = row::key(kind, num);
        let mut compare = || {
            let held = reader.raw().get(Space::Derived, &key)?;
            let mut wanted = Record::from_bytes(held.clone().unwrap_or_default());
            if let Some(known) = &known {
                wanted = only(&wanted, known);
            }
            for derivation in derivations {
                derivation.put_into(&mut wanted, &derivation.derive(id, &record, reader)?);
            }
            let wanted = Some(wanted.row().bytes()).filter(|bytes| !bytes.is_empty());
            if held.as_deref() != wanted {
                let wanted = wanted.map(<[u8]>::to_vec);
                sink(Difference { space: Space::Derived, key: key.clone(), held, wanted });
            }
            Ok(ControlFlow::Continue(()))
        };
        failed.flow(compare())
    })?;
    failed.end()?;
    if known.is_some() { orphans(reader, kind, sink) } else { Ok(()) }
}

/// Derived rows of records that are not in use.
fn orphans(reader: &Reader<'_>, kind: KindId, sink: &mut Sink<'_>) -> Result<()> {
    let prefix = [kind.byte()];
    let mut orphans = Vec::new();
    reader.raw().scan(Space::Derived, KeyRange::prefix(&prefix), false, &mut |key, value| {
        let is_live = num_after(key, 1).map(|num| reader.with_row(RecordId::new(kind, num), |_| ()));
        if !matches!(is_live, Some(Ok(Some(())))) {
            orphans.push((key.to_vec(), value.to_vec()));
        }
        ControlFlow::Continue(())
    })?;
    for (key, value) in orphans {
        sink(Difference { space: Space::Derived, key, held: Some(value), wanted: None });
    }
    Ok(())
}

/// The fields that some rank computes of a kind.
fn known_tags(graph: &DerivationGraph, kind: KindId) -> HashSet<u16> {
    let ranks = graph.ranks().iter().filter(|rank| rank.kind == kind);
    ranks.flat_map(|rank| &rank.derivations).flat_map(|derivation| derivation.fields).map(|def| def.tag).collect()
}

fn only(record: &Record, tags: &HashSet<u16>) -> Record {
    let mut known = Record::new();
    for (tag, stored) in record.row().raw_fields().filter(|(tag, _)| tags.contains(tag)) {
        known.set_raw(tag, Some(stored));
    }
    known
}

//! Derived fields kept true inside the transaction of a step, and the summaries that they are part of.
//!
//! Derivations are computed in the ranks of a [`DerivationGraph`]: each after all that it reads. A step makes stale what
//! reads a field that it changed; a derived field that comes out as another value makes stale what reads it, in a later
//! rank. So each record is computed at most once in a rank, whatever and however much made it stale.

mod stale;
mod step_lookup;
#[cfg(test)]
mod tests;
mod writer;

use std::collections::HashSet;

use fixedbitset::FixedBitSet;

use crate::{
    domain::{
        KindId, Lookup, Record, RecordId,
        derivation_graph::{DerivationGraph, KindEntry, Places, summaries_need_derived},
    },
    error::Result,
};

use super::{
    change::{RecordChange, by_kind},
    engine::Write,
    reader::Reader,
    step_schemas::{StepKind, StepSchemas},
    summary::{Deltas, RecordFields, counts_alike, replace},
};
use stale::StaleSet;
use step_lookup::StepLookup;
use writer::DerivedWriter;

/// Computes what the changes of a step make stale. They are sorted by id; their rows and indexes have been written, and
/// nothing of what is derived.
///
/// Adds to `deltas` what summaries with derived fields lose and gain: of each record whose row or derived fields changed,
/// what it was is taken away and what it is now is added.
pub fn recompute(
    schemas: StepSchemas,
    changes: &[RecordChange],
    txn: &mut dyn Write,
    deltas: &mut Deltas,
) -> Result<()> {
    let counted = FixedBitSet::with_capacity(changes.len());
    let graph = schemas.after.derivations()?;
    let mut step =
        Step { schemas, graph, changes, stale: StaleSet::new(graph), counted, moved: HashSet::new(), deltas };
    for writer in step.note_changes(&Reader::within(txn, schemas.after))? {
        writer.flush(txn)?;
    }
    for rank in 0..graph.ranks().len() {
        if let Some(writer) = step.compute_rank(rank, &Reader::within(txn, schemas.after))? {
            writer.flush(txn)?;
        }
    }
    step.count_rest(&Reader::within(txn, schemas.after))
}

/// The changes of a step, and what follows from them.
struct Step<'s> {
    schemas: StepSchemas,
    graph: &'s DerivationGraph,
    changes: &'s [RecordChange],
    stale: StaleSet,
    /// The changes, by place, that stand in `deltas`: their records are counted there as they are after the step, with the
    /// derived fields that have been computed so far.
    counted: FixedBitSet,
    /// Other records that stand in `deltas` by the kind as the step leaves it, where it does not leave it as it was.
    moved: HashSet<RecordId>,
    deltas: &'s mut Deltas,
}

/// A kind of which something is computed.
#[derive(Clone, Copy)]
struct StaleKind<'g> {
    entry: &'g KindEntry,
    kind: StepKind,
    /// Whether its summaries group by, or sum, derived fields.
    summed: bool,
}

impl Step<'_> {
    /// Notes what the changes make stale; gives what is to be written of kinds that there are no more.
    fn note_changes(&mut self, reader: &Reader<'_>) -> Result<Vec<DerivedWriter>> {
        let mut gone = Vec::new();
        for (id, group) in by_kind(self.changes) {
            let kind = self.schemas.kind(id)?;
            if kind.after.is_none() {
                gone.push(self.forget(kind, group, reader)?);
                continue;
            }
            let entry = self.graph.entry(id)?;
            group.iter().try_for_each(|change| self.stale.note_change(entry, change, reader))?;
        }
        Ok(gone)
    }

    /// Takes away what was computed of the records of a kind that there is no more.
    fn forget(&mut self, kind: StepKind, group: &[RecordChange], reader: &Reader<'_>) -> Result<DerivedWriter> {
        let mut writer = DerivedWriter::new(group[0].id.kind, kind);
        for change in group {
            let derived = reader.derived(change.id)?;
            if kind.any(summaries_need_derived) {
                replace(self.deltas, kind, change.live_before().map(|was| both(was, &derived)), None)?;
            }
            writer.replace(change.id.num, &derived, Record::new())?;
        }
        Ok(writer)
    }

    /// Computes what is stale in a rank; gives what is to be written.
    fn compute_rank(&mut self, rank: usize, reader: &Reader<'_>) -> Result<Option<DerivedWriter>> {
        let stale = self.stale.take(rank);
        if stale.is_empty() {
            return Ok(None);
        }
        for (child, ..) in self.graph.ranks()[rank].children() {
            self.count_rest_of(child, reader)?;
        }
        let entry = self.graph.entry(self.graph.ranks()[rank].kind)?;
        let kind = self.schemas.kind(entry.kind.id)?;
        let of_rank = StaleKind { entry, kind, summed: kind.any(summaries_need_derived) };
        let mut writer = DerivedWriter::new(entry.kind.id, kind);
        for (num, places) in stale {
            self.compute(of_rank, (rank, places), RecordId::new(entry.kind.id, num), reader, &mut writer)?;
        }
        Ok(Some(writer))
    }

    fn compute(
        &mut self,
        StaleKind { entry, kind, summed }: StaleKind<'_>,
        (rank, places): (usize, Places),
        id: RecordId,
        reader: &Reader<'_>,
        writer: &mut DerivedWriter,
    ) -> Result<()> {
        let at = self.changes.binary_search_by_key(&id, |change| change.id).ok();
        let change = at.map(|at| &self.changes[at]);
        let held;
        let record = match change {
            Some(change) => change.live_after(),
            None => {
                held = reader.record(id)?;
                held.as_ref()
            }
        };
        // A new record has nothing derived before the first rank of its kind.
        let is_first = entry.own.first().is_some_and(|own| own.rank == rank);
        let is_bare = is_first && change.is_some_and(|change| change.prev == 0);
        let before = if is_bare { Record::new() } else { reader.derived(id)? };
        let mut after = Record::new();
        if let Some(record) = record {
            after = before.clone();
            let derivations = self.graph.ranks()[rank].derivations.iter().enumerate();
            let lookup = StepLookup { reader, schemas: self.schemas, deltas: self.deltas };
            for (_, derivation) in derivations.filter(|(place, _)| places.has(*place)) {
                derivation.put_into(&mut after, &derivation.derive(id, record, &lookup)?);
            }
        }
        if summed {
            // A change is counted from what its record was before the step, once; after that from rank to rank.
            let is_first = match at {
                Some(at) => !self.counted.put(at),
                None => kind.steady().is_some() || self.moved.insert(id),
            };
            let kind = if is_first { kind } else { entry.kind.into() };
            let was = if let Some(change) = change.filter(|_| is_first) { change.live_before() } else { record };
            let (was, is) = (was.map(|was| both(was, &before)), record.map(|is| both(is, &after)));
            replace(self.deltas, kind, was, is)?;
        }
        if before != after {
            self.stale.note_derived(entry, id, record, (&before, &after), reader)?;
            writer.replace(id.num, &before, after)?;
        }
        Ok(())
    }

    /// Counts the changed records of which nothing derived was computed.
    fn count_rest(&mut self, reader: &Reader<'_>) -> Result<()> {
        let kinds: Vec<KindId> = by_kind(self.changes).map(|(id, _)| id).collect();
        kinds.into_iter().try_for_each(|id| self.count_rest_of(id, reader))
    }

    /// The same of one kind, before something is computed from its summaries. What is computed of such a record later is
    /// counted as a difference.
    fn count_rest_of(&mut self, id: KindId, reader: &Reader<'_>) -> Result<()> {
        let from = self.changes.partition_point(|change| change.id.kind < id);
        let group = &self.changes[from..];
        let group = &group[..group.partition_point(|change| change.id.kind == id)];
        let kind = self.schemas.kind(id)?;
        if group.is_empty() || kind.after.is_none() || !kind.any(summaries_need_derived) {
            return Ok(());
        }
        for (place, change) in group.iter().enumerate() {
            if !self.counted.put(from + place) {
                count_change(kind, change, reader, self.deltas)?;
            }
        }
        Ok(())
    }
}

/// Counts a changed record whose derived fields stay as they are.
fn count_change(kind: StepKind, change: &RecordChange, reader: &Reader<'_>, deltas: &mut Deltas) -> Result<()> {
    let (was, is) = (change.live_before(), change.live_after());
    if let (Some(kind), Some(was), Some(is)) = (kind.steady(), was, is)
        && counts_alike(kind, RecordFields::stored(was), RecordFields::stored(is))
    {
        return Ok(());
    }
    let derived = if change.prev == 0 { Record::new() } else { reader.derived(change.id)? };
    let with_derived = |record| both(record, &derived);
    replace(deltas, kind, was.map(with_derived), is.map(with_derived))
}

fn both<'r>(record: &'r Record, derived: &'r Record) -> RecordFields<'r> {
    RecordFields { row: record.row(), derived: derived.row() }
}

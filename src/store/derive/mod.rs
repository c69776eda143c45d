//! Derived fields kept true inside the transaction of a step, and the summaries that they are part of.
//!
//! Derivations are computed in the ranks of a [`DerivationGraph`]: each after all that it reads. A step makes stale what
//! reads a field that it changed; a derived field that comes out as another value makes stale what reads it, in a later
//! rank. So each record is computed at most once in a rank, whatever and however much made it stale.

mod graph;
mod stale;
#[cfg(test)]
mod tests;
mod writer;

use fixedbitset::FixedBitSet;

use crate::{
    domain::{Lookup, Record, RecordId},
    error::Result,
};

use super::{
    change::{RecordChange, by_kind},
    engine::Write,
    reader::Reader,
    summary::{Deltas, RecordFields, counts_alike, replace},
};
pub use graph::{DerivationGraph, graph, summaries_need_derived};
use graph::{KindEntry, Places};
use stale::StaleSet;
use writer::DerivedWriter;

/// Computes what the changes of a step make stale. They are sorted by id; their rows and indexes have been written, and
/// nothing of what is derived.
///
/// Adds to `deltas` what summaries with derived fields lose and gain: of each record whose row or derived fields changed,
/// what it was is taken away and what it is now is added.
pub fn recompute(
    graph: &DerivationGraph,
    changes: &[RecordChange],
    txn: &mut dyn Write,
    deltas: &mut Deltas,
) -> Result<()> {
    let counted = FixedBitSet::with_capacity(changes.len());
    let mut step = Step { graph, changes, stale: StaleSet::new(graph), counted, deltas };
    step.note_changes(&Reader::inside(txn)?)?;
    for rank in 0..graph.ranks().len() {
        if let Some(writer) = step.compute_rank(rank, &Reader::inside(txn)?)? {
            writer.flush(txn)?;
        }
    }
    step.count_rest(&Reader::inside(txn)?)
}

/// The changes of a step, and what follows from them.
struct Step<'s> {
    graph: &'s DerivationGraph,
    changes: &'s [RecordChange],
    stale: StaleSet,
    /// The changes, by place, that stand in `deltas`: their records are counted there as they are after the step, with the
    /// derived fields that have been computed so far.
    counted: FixedBitSet,
    deltas: &'s mut Deltas,
}

impl Step<'_> {
    fn note_changes(&mut self, reader: &Reader<'_>) -> Result<()> {
        for (kind, group) in by_kind(self.changes) {
            let entry = self.graph.entry(kind)?;
            group.iter().try_for_each(|change| self.stale.note_change(entry, change, reader))?;
        }
        Ok(())
    }

    /// Computes what is stale in a rank; gives what is to be written.
    fn compute_rank(&mut self, rank: usize, reader: &Reader<'_>) -> Result<Option<DerivedWriter>> {
        let stale = self.stale.take(rank);
        if stale.is_empty() {
            return Ok(None);
        }
        let entry = self.graph.entry(self.graph.ranks()[rank].kind)?;
        let mut writer = DerivedWriter::new(entry.kind);
        for (num, places) in stale {
            self.compute(entry, (rank, places), RecordId::new(entry.kind.id, num), reader, &mut writer)?;
        }
        Ok(Some(writer))
    }

    fn compute(
        &mut self,
        entry: &KindEntry,
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
            for (_, derivation) in derivations.filter(|(place, _)| places.has(*place)) {
                derivation.put_into(&mut after, &derivation.derive(id, record, reader)?);
            }
        }
        if entry.summed {
            // A change is counted from what its record was before the step, once; after that from rank to rank.
            let was = match at.filter(|at| !self.counted.put(*at)) {
                Some(at) => self.changes[at].live_before(),
                None => record,
            };
            let (was, is) = (was.map(|was| both(was, &before)), record.map(|is| both(is, &after)));
            replace(self.deltas, entry.kind, was, is)?;
        }
        if before != after {
            self.stale.note_derived(entry, id, record, (&before, &after), reader)?;
            writer.replace(id.num, &before, after)?;
        }
        Ok(())
    }

    /// Counts the changed records of which nothing derived was computed.
    fn count_rest(&mut self, reader: &Reader<'_>) -> Result<()> {
        let mut from = 0;
        for (kind, group) in by_kind(self.changes) {
            let entry = self.graph.entry(kind)?;
            if entry.summed {
                let left = group.iter().enumerate().filter(|(place, _)| !self.counted.contains(from + place));
                for (_, change) in left {
                    count_change(entry, change, reader, self.deltas)?;
                }
            }
            from += group.len();
        }
        Ok(())
    }
}

/// Counts a changed record whose derived fields stay as they are.
fn count_change(entry: &KindEntry, change: &RecordChange, reader: &Reader<'_>, deltas: &mut Deltas) -> Result<()> {
    let (was, is) = (change.live_before(), change.live_after());
    if let (Some(was), Some(is)) = (was, is)
        && counts_alike(entry.kind, RecordFields::stored(was), RecordFields::stored(is))
    {
        return Ok(());
    }
    let derived = if change.prev == 0 { Record::new() } else { reader.derived(change.id)? };
    let with_derived = |record| both(record, &derived);
    replace(deltas, entry.kind, was.map(with_derived), is.map(with_derived))
}

fn both<'r>(record: &'r Record, derived: &'r Record) -> RecordFields<'r> {
    RecordFields { row: record.row(), derived: derived.row() }
}

//! The records whose derived fields are to be computed again.

use std::ops::ControlFlow;

use crate::{
    domain::{
        Lookup, Record, RecordId, bytes,
        derivation_graph::{Dependency, DerivationGraph, KindEntry, Places, Via},
    },
    error::Result,
    store::{change::RecordChange, reader::Reader, summary::RecordFields},
};

/// For each rank of a graph the numbers of the records that are stale in it, and which of their derivations are.
///
/// A record may stand there several times before its rank is taken: with a million of them, sorting once costs less than
/// finding each where it is added.
pub(super) struct StaleSet {
    ranks: Vec<Vec<(u64, Places)>>,
}

impl StaleSet {
    pub(super) fn new(graph: &DerivationGraph) -> Self {
        Self { ranks: graph.ranks().iter().map(|_| Vec::new()).collect() }
    }

    /// What is stale in a rank, each record once, in the order of numbers. Nothing is added to it later: what reads a field
    /// stands in a later rank.
    pub(super) fn take(&mut self, rank: usize) -> Vec<(u64, Places)> {
        let mut stale = std::mem::take(&mut self.ranks[rank]);
        stale.sort_unstable_by_key(|(num, _)| *num);
        stale.dedup_by(|(num, places), (kept, all)| {
            let again = num == kept;
            if again {
                all.add(*places);
            }
            again
        });
        stale
    }

    /// Notes what a change of a record makes stale. Rows and their indexes are those after the step; no derived field has
    /// been computed yet.
    pub(super) fn note_change(&mut self, entry: &KindEntry, change: &RecordChange, reader: &Reader<'_>) -> Result<()> {
        if entry.own.is_empty() && entry.dependencies.is_empty() {
            return Ok(());
        }
        let (id, is_new) = (change.id, change.prev == 0);
        let rows = [change.live_before(), change.live_after()];
        let tags: Option<Vec<u16>> = match rows {
            [None, None] => return Ok(()),
            [Some(before), Some(after)] => Some(before.row().differing(after.row()).map(|(tag, ..)| tag).collect()),
            _ => None,
        };
        if tags.is_none() {
            for own in &entry.own {
                self.add(own.rank, id.num, if is_new { own.of_new } else { own.all });
            }
        }
        for dependency in &entry.dependencies {
            let counts = match (&tags, dependency.via) {
                (Some(tags), _) => dependency.reads_any(tags),
                (None, Via::Own) => false,
                // Nobody linked to it yet; what does now has changed itself.
                (None, Via::Linking(..)) => !is_new,
                (None, Via::Linked(_)) => true,
            };
            if counts {
                let derived = match dependency.via {
                    Via::Linked(link) if link.derived && !is_new => reader.derived(id)?,
                    _ => Record::new(),
                };
                let sides = rows.into_iter().flatten().map(|record| (record, &derived));
                self.follow(dependency, id, sides, reader)?;
            }
        }
        Ok(())
    }

    /// Notes what a change of derived fields makes stale; `record` is none where the record is in use no more.
    pub(super) fn note_derived(
        &mut self,
        entry: &KindEntry,
        id: RecordId,
        record: Option<&Record>,
        (before, after): (&Record, &Record),
        reader: &Reader<'_>,
    ) -> Result<()> {
        if entry.dependencies.is_empty() {
            return Ok(());
        }
        let tags: Vec<u16> = before.row().differing(after.row()).map(|(tag, ..)| tag).collect();
        let none = Record::new();
        let record = record.unwrap_or(&none);
        for dependency in entry.dependencies.iter().filter(|dependency| dependency.reads_any(&tags)) {
            self.follow(dependency, id, [(record, before), (record, after)].into_iter(), reader)?;
        }
        Ok(())
    }

    /// Adds the records of a derivation that reads this record, as it was and as it is: its fields and derived fields.
    fn follow<'r>(
        &mut self,
        dependency: &Dependency,
        id: RecordId,
        sides: impl Iterator<Item = (&'r Record, &'r Record)>,
        reader: &Reader<'_>,
    ) -> Result<()> {
        let Dependency { rank, places, .. } = *dependency;
        match &dependency.via {
            Via::Own => self.add(rank, id.num, places),
            Via::Linking(kind, link) => reader.linking(*kind, link, id.num, &mut |num| {
                self.add(rank, num, places);
                ControlFlow::Continue(())
            })?,
            Via::Linked(link) => {
                let mut last = None;
                for (record, derived) in sides {
                    let side = RecordFields { row: record.row(), derived: derived.row() };
                    let linked = side.raw(link).and_then(bytes::unsigned);
                    if let Some(num) = linked.filter(|_| linked != last) {
                        self.add(rank, num, places);
                    }
                    last = linked;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, rank: usize, num: u64, places: Places) {
        if places != Places::default() {
            match self.ranks[rank].last_mut() {
                Some((last, all)) if *last == num => all.add(places),
                _ => self.ranks[rank].push((num, places)),
            }
        }
    }
}

//! Derived fields kept true: which ones a step makes stale, and computing them again inside its transaction.

use std::{collections::BTreeSet, ops::ControlFlow};

use crate::{
    domain::{FieldDef, KINDS, Kind, Lookup, Record, RecordId, Row, kind::Source, target_of},
    error::Result,
};

use super::{
    arena::Keys,
    change::{RecordChange, difference},
    engine::{Space, Write},
    index::{Index, indexes_of},
    reader::{Reader, kind_of},
    row,
    summary::{Deltas, RecordFields, contribute},
};

/// Whether the summaries of a kind group by, or sum, derived fields.
pub fn summaries_need_derived(kind: &Kind) -> bool {
    kind.summaries.iter().flat_map(|def| def.by.iter().chain(def.sum)).any(FieldDef::is_derived)
}

/// The records whose derived fields a step makes stale: those computed from what they point to first, then those
/// computed from what points to them.
#[derive(Default)]
pub struct Stale {
    by_target: BTreeSet<RecordId>,
    by_children: BTreeSet<RecordId>,
}

/// Looks at the store before the step is written: takes what changing records contributed out of the summaries, and
/// finds what becomes stale.
pub fn before(changes: &[RecordChange], txn: &dyn Write, deltas: &mut Deltas) -> Result<Stale> {
    let mut stale = Stale::default();
    let reader = Reader::inside(txn)?;
    for change in changes {
        let kind = kind_of(change.id)?;
        if let Some(record) = change.live_before().filter(|_| summaries_need_derived(kind)) {
            let derived = reader.derived(change.id)?;
            contribute(deltas, kind, RecordFields { row: record.row(), derived: derived.row() }, -1)?;
        }
        stale.note(change, kind, &reader)?;
    }
    Ok(stale)
}

impl Stale {
    fn note(&mut self, change: &RecordChange, kind: &'static Kind, reader: &Reader<'_>) -> Result<()> {
        if let Some(derivation) = kind.derivation {
            let by_target = derivation.sources.iter().any(|source| matches!(source, Source::Target(_)));
            if by_target {
                self.by_target.insert(change.id);
            } else if change.prev != 0 && change.live_before().is_some() != change.live_after().is_some() {
                self.by_children.insert(change.id);
            }
        }
        for other in KINDS {
            for source in other.derivation.iter().flat_map(|derivation| derivation.sources) {
                match source {
                    Source::Target(link)
                        if change.prev != 0 && target_of(link).is_some_and(|target| target.id == kind.id) =>
                    {
                        reader.linking(other.id, link, change.id.num, &mut |num| {
                            self.by_target.insert(RecordId::new(other.id, num));
                            ControlFlow::Continue(())
                        })?;
                    }
                    Source::Target(_) | Source::Children(..) => {}
                }
            }
        }
        for record in [change.live_before(), change.live_after()].into_iter().flatten() {
            self.note_parents(kind, record.row());
        }
        Ok(())
    }

    /// The records that a child's links point to and that compute something from it.
    fn note_parents(&mut self, kind: &Kind, child: Row<'_>) {
        for other in KINDS {
            for source in other.derivation.iter().flat_map(|derivation| derivation.sources) {
                if let Source::Children(from, link) = source
                    && *from == kind.id
                    && let Some(num) = child.raw(link.tag).and_then(crate::domain::bytes::unsigned)
                {
                    self.by_children.insert(RecordId::new(other.id, num));
                }
            }
        }
    }

    /// Computes what is stale, after rows and their indexes were written; adds what changed records contribute now.
    pub fn recompute(mut self, changes: &[RecordChange], txn: &mut dyn Write, deltas: &mut Deltas) -> Result<()> {
        let mut writer =
            DerivedWriter { rows: Vec::new(), removed: Keys::mixed(), added: Keys::mixed(), indexes: Vec::new() };
        for id in std::mem::take(&mut self.by_target) {
            let Some((record, before, after)) = writer.compute(id, txn)? else { continue };
            let kind = kind_of(id)?;
            let changed_itself = changes.binary_search_by_key(&id, |change| change.id).is_ok();
            if before != after {
                self.note_parents(kind, record.row());
                if !changed_itself && summaries_need_derived(kind) {
                    contribute(deltas, kind, RecordFields { row: record.row(), derived: before.row() }, -1)?;
                    contribute(deltas, kind, RecordFields { row: record.row(), derived: after.row() }, 1)?;
                }
            }
            if changed_itself && summaries_need_derived(kind) {
                contribute(deltas, kind, RecordFields { row: record.row(), derived: after.row() }, 1)?;
            }
        }
        writer.flush(txn)?;
        for id in std::mem::take(&mut self.by_children) {
            writer.compute(id, txn)?;
        }
        writer.flush(txn)
    }
}

/// Derived rows and their index entries, gathered so that they are written in order.
struct DerivedWriter {
    rows: Vec<(Vec<u8>, Record)>,
    removed: Keys,
    added: Keys,
    indexes: Vec<(&'static str, Vec<Index>)>,
}

impl DerivedWriter {
    /// Computes a record's derived fields: the record (empty if it is not live), what they were and what they are.
    fn compute(&mut self, id: RecordId, txn: &dyn Write) -> Result<Option<(Record, Record, Record)>> {
        let kind = kind_of(id)?;
        let Some(derivation) = kind.derivation else { return Ok(None) };
        let reader = Reader::inside(txn)?;
        let before = reader.derived(id)?;
        let (record, after) = match reader.record(id)? {
            Some(record) => {
                let after = (derivation.compute)(id, &record, &reader)?;
                (Some(record), after)
            }
            None => (None, Record::new()),
        };
        if before != after {
            let mut scratch = Vec::new();
            let (removed, added) = (&mut self.removed, &mut self.added);
            for index in derived_indexes(&mut self.indexes, kind) {
                difference(index, id.num, Some(&before), Some(&after), &mut scratch, removed, added)?;
            }
            self.rows.push((row::key(id.kind, id.num), after.clone()));
        }
        Ok(record.map(|record| (record, before, after)))
    }

    fn flush(&mut self, txn: &mut dyn Write) -> Result<()> {
        for (key, record) in self.rows.drain(..) {
            if record.row().bytes().is_empty() {
                txn.remove(Space::Derived, &key)?;
            } else {
                txn.put(Space::Derived, &key, record.row().bytes())?;
            }
        }
        std::mem::replace(&mut self.removed, Keys::mixed()).sort().remove_from(txn, Space::Index)?;
        std::mem::replace(&mut self.added, Keys::mixed()).sort().put_into(txn, Space::Index)
    }
}

fn derived_indexes<'w>(known: &'w mut Vec<(&'static str, Vec<Index>)>, kind: &'static Kind) -> &'w [Index] {
    let at = match known.iter().position(|(noun, _)| *noun == kind.noun) {
        Some(at) => at,
        None => {
            known.push((kind.noun, indexes_of(kind).into_iter().filter(Index::is_derived).collect()));
            known.len() - 1
        }
    };
    &known[at].1
}

//! What the store keeps beside its rows, worked out anew from them and compared with what is there.
//!
//! Each [`DerivedPart`] looks at little at a time, so that a store of a million records is looked through in the memory of one
//! index. Parts are in an order: what a later one is worked out from, an earlier one has looked at.

mod derived;
mod index;
mod summary;

use std::ops::{Bound, ControlFlow};

use crate::{
    domain::{Kind, derivation_graph::DerivationGraph},
    error::Result,
};

use super::{
    engine::{KeyRange, Space},
    index::{Index, indexes_of},
    meta,
    reader::Reader,
};

/// An entry that is not what the rows say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub space: Space,
    /// Under which key.
    pub key: Vec<u8>,
    /// What is there.
    pub held: Option<Vec<u8>>,
    /// What should be.
    pub wanted: Option<Vec<u8>>,
}

/// Takes differences, in the order of their keys.
pub type Sink<'s> = dyn FnMut(Difference) + 's;

/// A part of what is kept.
pub enum DerivedPart<'g> {
    /// An index of a kind.
    Index(&'static Kind, Index),
    /// The derived fields that are computed in a rank.
    Derived(&'g DerivationGraph, usize),
    /// Entries that belong to nothing.
    Strangers(Kinds),
    /// Counts and sums.
    Summaries(Kinds),
    /// The last number of each kind.
    Counters(Kinds),
}

type Kinds = &'static [&'static Kind];

impl<'g> DerivedPart<'g> {
    /// All parts, in order: the derived fields rank by rank, and the indexes of derived fields behind the rank that
    /// completes them.
    pub fn all(graph: &'g DerivationGraph) -> Vec<Self> {
        let kinds = graph.kinds();
        let indexes = kinds.iter().flat_map(|kind| indexes_of(kind).into_iter().map(move |index| (*kind, index)));
        // What is unfinished holds less than it will.
        let indexes = indexes.filter(|(_, index)| !index.fields.iter().any(|def| def.unfinished));
        let (derived, stored): (Vec<_>, Vec<_>) = indexes.partition(|(_, index)| index.is_derived());
        let mut parts: Vec<Self> = stored.into_iter().map(|(kind, index)| Self::Index(kind, index)).collect();
        for rank in 0..graph.ranks().len() {
            parts.push(Self::Derived(graph, rank));
            let completes = |kind: &Kind, index: &Index| {
                index.fields.iter().filter_map(|def| graph.rank_of(kind.id, def)).max() == Some(rank)
            };
            let of_rank = derived.iter().filter(|(kind, index)| completes(kind, index));
            parts.extend(of_rank.map(|(kind, index)| Self::Index(kind, *index)));
        }
        parts.extend([Self::Strangers(kinds), Self::Summaries(kinds), Self::Counters(kinds)]);
        parts
    }

    /// Whether it holds what is computed from rows: derived fields, their indexes, counts and sums.
    pub fn is_computed(&self) -> bool {
        match self {
            Self::Index(_, index) => index.is_derived(),
            Self::Derived(..) | Self::Strangers(_) | Self::Summaries(_) => true,
            Self::Counters(_) => false,
        }
    }

    /// What is not as the rows say.
    ///
    /// # Errors
    /// What the store says.
    pub fn differences(&self, reader: &Reader<'_>, sink: &mut Sink<'_>) -> Result<()> {
        match self {
            Self::Index(kind, index) => index::differences(reader, kind, index, sink),
            Self::Derived(graph, rank) => derived::differences(reader, graph, *rank, sink),
            Self::Strangers(kinds) => strangers(reader, kinds, sink),
            Self::Summaries(kinds) => summary::differences(reader, kinds, sink),
            Self::Counters(kinds) => counters(reader, kinds, sink),
        }
    }
}

/// Entries of indexes that no kind has, and of derived fields of kinds without any.
fn strangers(reader: &Reader<'_>, kinds: Kinds, sink: &mut Sink<'_>) -> Result<()> {
    let indexes = kinds.iter().flat_map(|kind| indexes_of(kind)).map(|index| index.prefix());
    between(reader, Space::Index, indexes.collect(), sink)?;
    let derived = kinds.iter().filter(|kind| !kind.derivations.is_empty()).map(|kind| vec![kind.id.byte()]);
    between(reader, Space::Derived, derived.collect(), sink)
}

/// All entries that begin with none of these.
fn between(reader: &Reader<'_>, space: Space, mut known: Vec<Vec<u8>>, sink: &mut Sink<'_>) -> Result<()> {
    known.sort_unstable();
    known.dedup();
    let mut from: Option<Vec<u8>> = Some(Vec::new());
    for prefix in known.iter().map(Some).chain([None]) {
        let Some(start) = from.take() else { break };
        let end = prefix.map_or(Bound::Unbounded, |prefix| Bound::Excluded(prefix.as_slice()));
        reader.raw().scan(space, KeyRange::between(Bound::Included(&start), end), false, &mut |key, value| {
            sink(Difference { space, key: key.to_vec(), held: Some(value.to_vec()), wanted: None });
            ControlFlow::Continue(())
        })?;
        from = prefix.and_then(|prefix| after(prefix));
    }
    Ok(())
}

/// The first key behind all that begin so.
fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let at = prefix.iter().rposition(|byte| *byte != u8::MAX)?;
    let mut after = prefix[..=at].to_vec();
    after[at] += 1;
    Some(after)
}

/// A counter below the last record would give its number to another one.
fn counters(reader: &Reader<'_>, kinds: Kinds, sink: &mut Sink<'_>) -> Result<()> {
    for kind in kinds {
        let mut last = 0;
        for space in [Space::Rows, Space::Trash, Space::Gone] {
            let prefix = [kind.id.byte()];
            reader.raw().scan(space, KeyRange::prefix(&prefix), true, &mut |key, _| {
                last = last.max(super::keys::num_after(key, 1).unwrap_or_default());
                ControlFlow::Break(())
            })?;
        }
        let key = meta::counter(kind.id);
        if meta::number(reader.raw(), &key)? < last {
            let held = reader.raw().get(Space::Meta, &key)?;
            let mut wanted = Vec::new();
            crate::domain::bytes::put_unsigned(&mut wanted, last);
            sink(Difference { space: Space::Meta, key, held, wanted: Some(wanted) });
        }
    }
    Ok(())
}

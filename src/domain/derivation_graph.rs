//! Which derivations read which fields, and in which order derivations are computed.

use std::collections::BTreeMap;

use super::{
    FieldDef, Kind, KindId,
    derivation::{Cycle, Node, Rank, Source, order},
};
use crate::{
    error::{Error, Result},
    text::said,
};

/// Some derivations of one rank, by their places in it. From the 64th on they share the last bit, so that they are
/// computed together: to compute more than is stale is right too.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Places(u64);

impl Places {
    const LAST: usize = 63;

    fn one(place: usize) -> Self {
        Self(1 << place.min(Self::LAST))
    }

    /// Adds others.
    pub const fn add(&mut self, others: Self) {
        self.0 |= others.0;
    }

    /// Whether the derivation at a place is one of them.
    pub fn has(self, place: usize) -> bool {
        self.0 & Self::one(place).0 != 0
    }
}

/// How the records of a derivation are found from a record that it reads.
#[derive(Clone, Copy, Debug)]
pub enum Via {
    /// It is the record itself.
    Own,
    /// They are the records of that kind that link to it.
    Linking(KindId, FieldDef),
    /// It is the record that this link of it leads to.
    Linked(FieldDef),
}

/// A derivation that reads fields of some kind.
#[derive(Debug)]
pub struct Dependency {
    /// The rank in which the derivation is computed.
    pub rank: usize,
    /// Its place in that rank.
    pub places: Places,
    /// Where its records are.
    pub via: Via,
    /// The tags of the fields it reads, with the link by which it does.
    pub tags: Vec<u16>,
}

impl Dependency {
    /// Whether it reads a field with one of these tags.
    pub fn reads_any(&self, tags: &[u16]) -> bool {
        tags.iter().any(|tag| self.tags.contains(tag))
    }
}

/// The derivations of a kind that are computed in one rank.
#[derive(Debug)]
pub struct OwnRank {
    /// The rank.
    pub rank: usize,
    /// All of them.
    pub all: Places,
    /// Those that a new record may have a value of.
    pub of_new: Places,
}

/// What the graph knows of a kind.
#[derive(Debug)]
pub struct KindEntry {
    /// The kind.
    pub kind: &'static Kind,
    /// Where its own derivations are, in order.
    pub own: Vec<OwnRank>,
    /// Who reads its fields.
    pub dependencies: Vec<Dependency>,
}

/// The derivations of some kinds: the order in which they are computed, and which of them a changed field makes stale.
/// Whatever reads a derived field stands in a later rank than the field.
#[derive(Debug)]
pub struct DerivationGraph {
    kinds: &'static [&'static Kind],
    ranks: Vec<Rank>,
    entries: BTreeMap<KindId, KindEntry>,
}

/// Whether the summaries of a kind group by, or sum, derived fields.
pub fn summaries_need_derived(kind: &Kind) -> bool {
    kind.summaries.iter().flat_map(|def| def.by.iter().chain(def.sum)).any(FieldDef::is_derived)
}

impl DerivationGraph {
    /// The graph of these kinds.
    ///
    /// # Errors
    /// A cycle of derived fields.
    pub fn new(kinds: &'static [&'static Kind]) -> Result<Self, Cycle> {
        let nodes_of = |kind: &'static Kind| {
            kind.derivations.iter().map(|derivation| Node { kind: kind.id, noun: kind.noun, derivation })
        };
        let nodes: Vec<Node> = kinds.iter().flat_map(|kind| nodes_of(kind)).collect();
        let entry = |kind: &&'static Kind| (kind.id, KindEntry { kind, own: Vec::new(), dependencies: Vec::new() });
        let mut graph = Self { kinds, ranks: order(&nodes)?, entries: kinds.iter().map(entry).collect() };
        for at in 0..graph.ranks.len() {
            graph.note_rank(at);
        }
        Ok(graph)
    }

    fn note_rank(&mut self, at: usize) {
        let rank = &self.ranks[at];
        let (kind, mut own) = (rank.kind, OwnRank { rank: at, all: Places::default(), of_new: Places::default() });
        let mut found = Vec::new();
        for (place, derivation) in rank.derivations.iter().enumerate() {
            let places = Places::one(place);
            own.all.add(places);
            if derivation.is_of_new_records() {
                own.of_new.add(places);
            }
            let mut note = |read: Option<KindId>, via: Via, fields: &[FieldDef], link: Option<&FieldDef>| {
                let tags = fields.iter().chain(link).map(|def| def.tag).collect();
                found.extend(read.map(|read| (read, Dependency { rank: at, places, via, tags })));
            };
            for source in derivation.sources {
                match source {
                    Source::Own(fields) => note(Some(kind), Via::Own, fields, None),
                    Source::Target(link, fields) => {
                        note(Some(kind), Via::Own, &[], Some(link));
                        let target = self.kinds.iter().find(|target| Some(target.noun) == link.target);
                        note(target.map(|target| target.id), Via::Linking(kind, *link), fields, None);
                    }
                    Source::Children(child, link, fields) => {
                        note(Some(*child), Via::Linked(*link), fields, Some(link));
                    }
                }
            }
        }
        if let Some(entry) = self.entries.get_mut(&kind) {
            entry.own.push(own);
        }
        for (read, dependency) in found {
            if let Some(entry) = self.entries.get_mut(&read) {
                entry.dependencies.push(dependency);
            }
        }
    }

    /// The kinds.
    pub const fn kinds(&self) -> &'static [&'static Kind] {
        self.kinds
    }

    /// The ranks, in the order in which they are computed.
    pub fn ranks(&self) -> &[Rank] {
        &self.ranks
    }

    /// The rank that computes a derived field.
    pub fn rank_of(&self, kind: KindId, def: &FieldDef) -> Option<usize> {
        let computes = |rank: &Rank| rank.derivations.iter().flat_map(|it| it.fields).any(|it| it.tag == def.tag);
        self.ranks.iter().position(|rank| rank.kind == kind && computes(rank))
    }

    /// Whether a rank is the first of its kind.
    pub fn is_first_of_kind(&self, rank: usize) -> bool {
        self.ranks[..rank].iter().all(|earlier| earlier.kind != self.ranks[rank].kind)
    }

    /// What the graph knows of a kind.
    ///
    /// # Errors
    /// `Failure` for a kind that is none of its own.
    pub fn entry(&self, kind: KindId) -> Result<&KindEntry> {
        self.entries.get(&kind).ok_or_else(|| {
            Error::failure(said!(
                "The store holds records of a kind that this version does not know",
                "数据文件中有此版本不认识的记录类别"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{customer, deal, schema::BASE};

    #[test]
    fn derivations_of_the_kinds_form_no_cycle() {
        let ranks = &BASE.derivations().unwrap().ranks;
        let rank = |kind: KindId| ranks.iter().position(|rank| rank.kind == kind).unwrap();
        assert!(rank(deal::ID) < rank(customer::ID), "a customer counts deals by their status, which is computed");
    }

    #[test]
    fn every_derived_field_is_computed_by_one_derivation() {
        for kind in BASE.kinds() {
            let computed = || kind.derivations.iter().flat_map(|derivation| derivation.fields);
            for def in kind.all_fields().filter(|def| def.derived) {
                let times = computed().filter(|computed| *computed == def).count();
                assert_eq!(times, 1, "{} {}", kind.noun, def.code);
            }
            assert!(computed().all(|def| kind.field(def.code) == Some(def) && def.derived), "{}", kind.noun);
        }
    }

    #[test]
    fn sources_name_fields_that_there_are_and_links_that_can_be_followed_back() {
        for kind in BASE.kinds() {
            let has = |of: &Kind, fields: &[FieldDef]| fields.iter().all(|def| of.field(def.code) == Some(def));
            for source in kind.derivations.iter().flat_map(|derivation| derivation.sources) {
                let sound = match source {
                    Source::Own(fields) => has(kind, fields),
                    Source::Target(link, fields) => {
                        let target = BASE.target(link);
                        link.indexed() && has(kind, &[*link]) && target.is_some_and(|target| has(target, fields))
                    }
                    Source::Children(child, link, fields) => {
                        let leads_here = BASE.target(link).is_some_and(|target| target.id == kind.id);
                        let child = BASE.kind(*child).unwrap();
                        link.indexed() && leads_here && has(child, &[*link]) && has(child, fields)
                    }
                };
                assert!(sound, "{} {source:?}", kind.noun);
            }
        }
    }

    #[test]
    fn derivations_behind_the_last_place_are_computed_together() {
        let mut places = Places::one(3);
        places.add(Places::one(70));
        let has: Vec<usize> = (0..80).filter(|place| places.has(*place)).collect();
        assert_eq!(has, [3].into_iter().chain(63..80).collect::<Vec<_>>());
    }
}

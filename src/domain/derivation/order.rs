//! The order in which derivations are computed: each after all derivations whose fields it reads.

use std::{collections::HashMap, fmt};

use fixedbitset::FixedBitSet;

use super::{Derivation, Source};
use crate::domain::{FieldDef, KindId};

/// A derivation and the kind whose fields it computes.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The number of the kind.
    pub kind: KindId,
    /// The noun of the kind, which is what links to it name.
    pub noun: &'static str,
    /// How fields of the kind are computed.
    pub derivation: &'static Derivation,
}

/// Derivations of one kind that are computed together. None of them reads what another one of its rank computes.
#[derive(Debug)]
pub struct Rank {
    /// The kind.
    pub kind: KindId,
    /// Its derivations of this rank.
    pub derivations: Vec<&'static Derivation>,
}

impl Rank {
    /// The kinds whose records it reads by a link of theirs.
    pub fn children(&self) -> impl Iterator<Item = (KindId, FieldDef)> + '_ {
        self.derivations.iter().flat_map(|derivation| derivation.sources).filter_map(|source| match source {
            Source::Children(kind, link, _) => Some((*kind, *link)),
            Source::Own(_) | Source::Target(..) => None,
        })
    }
}

/// Derived fields, each of which is computed from the one before; the last is the first again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle(Vec<String>);

impl Cycle {
    /// The fields, as `kind.field`.
    pub fn path(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" -> "))
    }
}

/// Puts derivations in order: whatever a derivation reads is computed in an earlier rank. Derivations of a kind share a
/// rank where that is possible, so that a record is read and written as seldom as may be. The order depends on the order
/// of the nodes alone.
///
/// # Errors
/// A cycle, where a derivation reads what is computed from its own fields.
pub fn order(nodes: &[Node]) -> Result<Vec<Rank>, Cycle> {
    let needed = needed(nodes);
    let reached = reached(&needed);
    let (mut placed, mut ranks) = (FixedBitSet::with_capacity(nodes.len()), Vec::new());
    loop {
        let left: Vec<usize> = placed.zeroes().collect();
        let is_ready = |node: &usize| needed[*node].iter().all(|(on, _)| placed.contains(*on));
        let (ready, waiting): (Vec<usize>, Vec<usize>) = left.iter().partition(|node| is_ready(node));
        let of = |list: &[usize], kind: KindId| -> Vec<usize> {
            list.iter().copied().filter(|node| nodes[*node].kind == kind).collect()
        };
        // A kind of which all that waits needs what is ready gains nothing by waiting for more to become ready.
        let may_go = |node: &&usize| {
            let (ready, waiting) = (of(&ready, nodes[**node].kind), of(&waiting, nodes[**node].kind));
            waiting.iter().all(|waits| ready.iter().any(|ready| reached[*waits].contains(*ready)))
        };
        let Some(next) = ready.iter().find(may_go).or_else(|| ready.first()) else {
            return match left.first() {
                None => Ok(ranks),
                Some(within) => Err(cycle(nodes, &needed, &placed, *within)),
            };
        };
        let kind = nodes[*next].kind;
        let together = of(&ready, kind);
        ranks.push(Rank { kind, derivations: together.iter().map(|node| nodes[*node].derivation).collect() });
        placed.extend(together);
    }
}

/// A derivation that another one needs, and the field of it that is read.
type Need = (usize, &'static FieldDef);

/// For each derivation those whose fields it reads.
fn needed(nodes: &[Node]) -> Vec<Vec<Need>> {
    let mut computed: HashMap<(KindId, u16), Need> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        computed.extend(node.derivation.fields.iter().map(|def| ((node.kind, def.tag), (at, def))));
    }
    let find = |(kind, def): (KindId, &FieldDef)| computed.get(&(kind, def.tag)).copied();
    nodes.iter().map(|node| node.reads(nodes).filter_map(find).collect()).collect()
}

/// For each derivation all that it needs, by whatever way.
fn reached(needed: &[Vec<Need>]) -> Vec<FixedBitSet> {
    let from = |node: usize| {
        let (mut reached, mut open) = (FixedBitSet::with_capacity(needed.len()), vec![node]);
        while let Some(node) = open.pop() {
            open.extend(needed[node].iter().map(|(on, _)| *on).filter(|on| !reached.put(*on)));
        }
        reached
    };
    (0..needed.len()).map(from).collect()
}

impl Node {
    /// The fields that it reads. A stored field of a kind that no node has may be left out.
    fn reads(self, nodes: &[Self]) -> impl Iterator<Item = (KindId, &'static FieldDef)> {
        self.derivation.sources.iter().flat_map(move |source| {
            let (link, (kind, fields)) = match source {
                Source::Own(fields) => (None, (Some(self.kind), *fields)),
                Source::Target(link, fields) => {
                    let target = nodes.iter().find(|node| Some(node.noun) == link.target).map(|node| node.kind);
                    (Some((self.kind, link)), (target, *fields))
                }
                Source::Children(kind, link, fields) => (Some((*kind, link)), (Some(*kind), *fields)),
            };
            link.into_iter().chain(kind.into_iter().flat_map(move |kind| fields.iter().map(move |def| (kind, def))))
        })
    }
}

/// The cycle that is reached from a derivation which cannot be placed: it needs one that cannot be placed either.
fn cycle(nodes: &[Node], needed: &[Vec<Need>], placed: &FixedBitSet, from: usize) -> Cycle {
    let (mut at, mut trail) = (from, Vec::<Need>::new());
    loop {
        let Some(need) = needed[at].iter().find(|(on, _)| !placed.contains(*on)) else { return Cycle(Vec::new()) };
        at = need.0;
        if let Some(first) = trail.iter().position(|(on, _)| *on == at) {
            // From what is read to what reads it, and closed with the field that it began with.
            let named = |(on, def): &Need| format!("{}.{}", nodes[*on].noun, def.code);
            let mut path: Vec<String> = std::iter::once(need).chain(&trail[first + 1..]).map(named).collect();
            path.push(path[0].clone());
            path.reverse();
            return Cycle(path);
        }
        trail.push(*need);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Field, Record, derivation::Computed, types::Whole};

    const LINE: (KindId, &str) = (KindId::new(201), "line");
    const ORDER: (KindId, &str) = (KindId::new(202), "order");
    const CUSTOMER: (KindId, &str) = (KindId::new(203), "customer");
    const KINDS: [(KindId, &str); 3] = [LINE, ORDER, CUSTOMER];
    const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

    fn field(tag: u16) -> FieldDef {
        Field::<Whole>::new(tag, NAMES[usize::from(tag) % NAMES.len()], "", "").derived().def()
    }

    fn link(to: &'static str) -> FieldDef {
        Field::<crate::domain::types::Link>::new(99, "link", "", "").to(to).def()
    }

    fn fields(tags: &[u16]) -> &'static [FieldDef] {
        tags.iter().map(|tag| field(*tag)).collect::<Vec<_>>().leak()
    }

    fn node((kind, noun): (KindId, &'static str), computes: &[u16], sources: Vec<Source>) -> Node {
        let compute = |_: crate::domain::RecordId, _: &Record, _: &dyn crate::domain::Lookup| Ok(Record::new());
        let derivation =
            Derivation { fields: fields(computes), sources: sources.leak(), compute: Computed::Function(compute) };
        Node { kind, noun, derivation: Box::leak(Box::new(derivation)) }
    }

    /// The ranks as kind and fields.
    fn ranks(nodes: &[Node]) -> Vec<String> {
        let said = |rank: Rank| {
            let noun = nodes.iter().find(|node| node.kind == rank.kind).unwrap().noun;
            let codes: Vec<&str> = rank.derivations.iter().flat_map(|it| it.fields).map(|def| def.code).collect();
            format!("{noun}.{}", codes.join("+"))
        };
        order(nodes).unwrap().into_iter().map(said).collect()
    }

    #[test]
    fn what_is_computed_from_children_feeds_their_parents_parents() {
        let nodes = [
            node(CUSTOMER, &[1], vec![Source::Children(ORDER.0, link("customer"), fields(&[2]))]),
            node(ORDER, &[2], vec![Source::Children(LINE.0, link("order"), fields(&[3]))]),
            node(LINE, &[3], vec![Source::Own(fields(&[50, 51]))]),
        ];
        assert_eq!(ranks(&nodes), ["line.d", "order.c", "customer.b"]);
    }

    #[test]
    fn both_ways_of_a_diamond_come_before_what_reads_both() {
        let nodes = [
            node(CUSTOMER, &[0], vec![Source::Own(fields(&[1, 2]))]),
            node(CUSTOMER, &[1], vec![Source::Children(ORDER.0, link("customer"), fields(&[3]))]),
            node(CUSTOMER, &[2], vec![Source::Children(LINE.0, link("customer"), fields(&[4]))]),
            node(ORDER, &[3], vec![Source::Target(link("customer"), fields(&[5]))]),
            node(LINE, &[4], vec![Source::Target(link("customer"), fields(&[5]))]),
            node(CUSTOMER, &[5], vec![]),
        ];
        assert_eq!(ranks(&nodes), ["customer.f", "order.d", "line.e", "customer.b+c", "customer.a"]);
    }

    #[test]
    fn kinds_may_read_each_other_where_fields_do_not() {
        let nodes = [
            node(CUSTOMER, &[0], vec![Source::Children(ORDER.0, link("customer"), fields(&[1]))]),
            node(CUSTOMER, &[2], vec![Source::Own(fields(&[50]))]),
            node(ORDER, &[1], vec![Source::Target(link("customer"), fields(&[2]))]),
        ];
        assert_eq!(ranks(&nodes), ["customer.c", "order.b", "customer.a"]);
    }

    #[test]
    fn a_kind_is_computed_at_once_where_it_can_be() {
        let nodes = [
            node(CUSTOMER, &[0], vec![Source::Own(fields(&[50]))]),
            node(CUSTOMER, &[1], vec![Source::Children(ORDER.0, link("customer"), fields(&[2]))]),
            node(ORDER, &[2, 3], vec![]),
            node(ORDER, &[4], vec![]),
        ];
        assert_eq!(ranks(&nodes), ["order.c+d+e", "customer.a+b"]);
    }

    #[test]
    fn a_cycle_is_refused_with_its_path() {
        let nodes = [
            node(CUSTOMER, &[5], vec![Source::Children(ORDER.0, link("customer"), fields(&[1]))]),
            node(CUSTOMER, &[0], vec![Source::Children(ORDER.0, link("customer"), fields(&[1]))]),
            node(ORDER, &[1], vec![Source::Children(LINE.0, link("order"), fields(&[50, 2]))]),
            node(LINE, &[2], vec![Source::Target(link("customer"), fields(&[0]))]),
        ];
        let cycle = order(&nodes).unwrap_err();
        assert_eq!(cycle.to_string(), "order.b -> customer.a -> line.c -> order.b");
        assert_eq!(cycle.path().len(), 4);
    }

    #[test]
    fn a_field_that_is_computed_from_itself_is_a_cycle_even_over_a_link() {
        let nodes = [node(CUSTOMER, &[0], vec![Source::Children(CUSTOMER.0, link("customer"), fields(&[0]))])];
        assert_eq!(order(&nodes).unwrap_err().to_string(), "customer.a -> customer.a");
        let by_link = FieldDef { tag: 0, ..link("customer") };
        let nodes = [node(CUSTOMER, &[0], vec![Source::Target(by_link, &[])])];
        assert_eq!(order(&nodes).unwrap_err().to_string(), "customer.a -> customer.a");
    }

    proptest! {
        /// Node `n` computes field `n` of a kind and reads some of the others.
        #[test]
        fn either_all_is_read_after_it_was_computed_or_there_is_a_cycle(
            kinds in proptest::collection::vec(0_usize..3, 8),
            reads in proptest::collection::vec((0_usize..8, 0_usize..8), 0..14),
        ) {
            let make = |at: usize| {
                let from = reads.iter().filter(|(reader, _)| *reader == at).map(|(_, read)| *read);
                let source = |read: usize| Source::Children(KINDS[kinds[read]].0, link(""), fields(&[read as u16]));
                node(KINDS[kinds[at]], &[at as u16], from.map(source).collect())
            };
            let nodes: Vec<Node> = (0..8).map(make).collect();
            let mut reaches = [[false; 8]; 8];
            reads.iter().for_each(|(reader, read)| reaches[*reader][*read] = true);
            for by in 0..8 {
                for from in 0..8 {
                    for to in 0..8 {
                        reaches[from][to] |= reaches[from][by] && reaches[by][to];
                    }
                }
            }
            match order(&nodes) {
                Ok(ranks) => {
                    let of = |at: usize| {
                        let has = |rank: &Rank| rank.derivations.iter().any(|it| it.fields[0].tag == at as u16);
                        let found: Vec<usize> = (0..ranks.len()).filter(|rank| has(&ranks[*rank])).collect();
                        assert_eq!(found.len(), 1);
                        found[0]
                    };
                    prop_assert!(reads.iter().all(|(reader, read)| of(*read) < of(*reader)));
                    prop_assert!((0..8).all(|at| ranks[of(at)].kind == KINDS[kinds[at]].0));
                }
                Err(cycle) => {
                    let at: Vec<usize> = cycle.path().iter().map(|said| {
                        NAMES.iter().position(|name| said.ends_with(&format!(".{name}"))).unwrap()
                    }).collect();
                    prop_assert!(at.len() > 1 && at.first() == at.last());
                    prop_assert!(at.windows(2).all(|pair| reads.contains(&(pair[1], pair[0]))));
                    prop_assert!(reaches[at[0]][at[0]]);
                }
            }
        }
    }
}

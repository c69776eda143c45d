//! What a formula reads: from this follows when a value that is kept is stale.

use crate::{
    domain::{FieldDef, KindId},
    language::{
        field_path::{FieldPath, Leaf},
        filter::{Filter, Node as Test},
    },
};

use super::node::{Live, Node, NodeKind};

/// A step from a record to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hop {
    /// To the one that a link of it points to.
    Forward(&'static FieldDef),
    /// To those of the kind whose number this is, by their link.
    Back(&'static FieldDef, KindId),
}

/// A field that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The way from the record to whose field it is; none for its own.
    pub hops: Vec<Hop>,
    /// The field.
    pub field: &'static FieldDef,
}

/// All that a formula reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// The fields, each once. The links on the way are among them.
    pub reads: Vec<Read>,
    /// What it depends on besides records.
    pub live: Live,
}

impl Dependencies {
    /// Fields of the record itself.
    pub fn own(&self) -> impl Iterator<Item = &'static FieldDef> + '_ {
        self.reads.iter().filter(|read| read.hops.is_empty()).map(|read| read.field)
    }

    /// Fields of the records that its links point to, each behind its link.
    pub fn of_targets(&self) -> impl Iterator<Item = (&'static FieldDef, &'static FieldDef)> + '_ {
        self.reads.iter().filter_map(|read| match read.hops[..] {
            [Hop::Forward(link)] => Some((link, read.field)),
            _ => None,
        })
    }

    /// Fields of the records that point to it, each behind their link. That link is among the fields.
    pub fn of_children(&self) -> impl Iterator<Item = (&'static FieldDef, KindId, &'static FieldDef)> + '_ {
        self.reads.iter().filter_map(|read| match read.hops[..] {
            [Hop::Back(link, kind)] => Some((link, kind, read.field)),
            _ => None,
        })
    }

    /// Fields that are more than one step away.
    pub fn farther(&self) -> impl Iterator<Item = &Read> {
        self.reads.iter().filter(|read| read.hops.len() > 1)
    }

    pub(super) fn of(node: &Node) -> Self {
        let mut found = Self::default();
        node.each(&mut |node| found.add(node));
        found
    }

    pub(super) fn add(&mut self, node: &Node) {
        match &node.what {
            NodeKind::Today | NodeKind::Moment(_) => {
                self.live = self.live.and(Live { now: true, zone: true, me: false, currency: false })
            }
            NodeKind::Now => self.live.now = true,
            NodeKind::Me => self.live.me = true,
            NodeKind::Field(path) => self.path(&[], path),
            NodeKind::InZone(_) => self.live.zone = true,
            NodeKind::Roll(roll) => {
                let back = [Hop::Back(roll.children.link, roll.children.kind.id)];
                self.read(&back, roll.children.link);
                if let Some((path, _)) = &roll.item {
                    self.path(&back, path);
                }
                if let Some(clause) = &roll.children.filter {
                    self.live = self.live.and(clause.live);
                    self.filter(&back, &clause.filter);
                }
            }
            _ => {}
        }
    }

    fn read(&mut self, hops: &[Hop], field: &'static FieldDef) {
        if !self.reads.iter().any(|read| read.hops == hops && read.field == field) {
            self.reads.push(Read { hops: hops.to_vec(), field });
        }
    }

    fn path(&mut self, before: &[Hop], path: &FieldPath) {
        let mut hops = before.to_vec();
        for link in path.links() {
            self.read(&hops, link);
            hops.push(Hop::Forward(link));
        }
        if let Leaf::Field(def) = path.leaf() {
            self.read(&hops, def);
        }
    }

    fn filter(&mut self, hops: &[Hop], filter: &Filter) {
        self.test(hops, filter.root());
    }

    fn test(&mut self, hops: &[Hop], test: &Test) {
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| self.test(hops, test)),
            Test::Not(test) => self.test(hops, test),
            Test::Ids(_) => {}
            Test::Field(def, _) => self.read(hops, def),
            Test::Words(words) => words.fields().iter().for_each(|def| self.read(hops, def)),
            Test::Link(link, inner) => {
                self.read(hops, link);
                self.filter(&[hops, &[Hop::Forward(link)]].concat(), inner);
            }
            Test::Linked { link, inner } => {
                let hops = [hops, &[Hop::Back(link, inner.kind().id)]].concat();
                self.read(&hops, link);
                self.filter(&hops, inner);
            }
        }
    }
}

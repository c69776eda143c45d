//! Asking one record whether it passes a filter, by what a derivation may look at. Lists of records are asked by
//! `query::filter::Evaluator`, which lends rows and remembers answers; the two must agree.

use std::ops::ControlFlow;

use super::{Check, Filter, Node};
use crate::{
    domain::{FieldDef, KindId, Lookup, Record, RecordId, bytes},
    error::{Failed, Result},
};

impl Filter {
    /// Whether a record of the kind passes.
    ///
    /// # Errors
    /// What the store says.
    pub fn passes(&self, id: RecordId, record: &Record, lookup: &dyn Lookup) -> Result<bool> {
        Subject { id, record, lookup }.passes(self.root())
    }
}

struct Subject<'a> {
    id: RecordId,
    record: &'a Record,
    lookup: &'a dyn Lookup,
}

impl Subject<'_> {
    fn passes(&self, node: &Node) -> Result<bool> {
        Ok(match node {
            Node::All(nodes) => {
                for node in nodes {
                    if !self.passes(node)? {
                        return Ok(false);
                    }
                }
                true
            }
            Node::Any(nodes) => {
                for node in nodes {
                    if self.passes(node)? {
                        return Ok(true);
                    }
                }
                false
            }
            Node::Not(node) => !self.passes(node)?,
            Node::Ids(ranges) => i64::try_from(self.id.num).is_ok_and(|num| ranges.contains(num)),
            Node::Field(def, check) => self.field(def, check)?,
            Node::Words(words) => words.passes(|def| self.record.row().raw(def.tag)),
            Node::Link(link, inner) => {
                let target = if link.derived {
                    self.lookup.derived(self.id)?.row().raw(link.tag).and_then(bytes::unsigned)
                } else {
                    self.record.row().raw(link.tag).and_then(bytes::unsigned)
                };
                match target {
                    Some(num) => passes_there(inner, num, self.lookup)?,
                    None => false,
                }
            }
            Node::Linked { link, inner } => self.any_linking(link, inner, inner.kind().id)?,
        })
    }

    fn field(&self, def: &FieldDef, check: &Check) -> Result<bool> {
        if def.derived {
            let derived = self.lookup.derived(self.id)?;
            return Ok(check.passes(def, derived.row().raw(def.tag)));
        }
        Ok(check.passes(def, self.record.row().raw(def.tag)))
    }

    fn any_linking(&self, link: &FieldDef, inner: &Filter, kind: KindId) -> Result<bool> {
        let (mut found, mut failed) = (false, Failed::default());
        self.lookup.linking(kind, link, self.id.num, &mut |num| {
            let passes = passes_there(inner, num, self.lookup);
            failed.flow(passes.map(|passes| {
                found = passes;
                if passes { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            }))
        })?;
        failed.end()?;
        Ok(found)
    }
}

fn passes_there(inner: &Filter, num: u64, lookup: &dyn Lookup) -> Result<bool> {
    let id = RecordId::new(inner.kind().id, num);
    lookup.record(id)?.map_or(Ok(false), |record| inner.passes(id, &record, lookup))
}

//! Asking a record whether it passes a filter.

use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
    ops::ControlFlow,
};

use crate::{
    domain::{FieldDef, Lookup, Record, RecordId, Row, bytes, links},
    error::Result,
    query::next_followup,
    store::Reader,
};

use super::{Check, Filter, Node};

/// Fields of a row that are found in one walk; a filter of more looks each of the others up.
const AT_ONCE: usize = 12;
/// So many answers about linked records are remembered.
const MEMO_LIMIT: usize = 200_000;

/// Takes a record that passes; breaks off when it wants no more.
pub type Visit<'v> = dyn FnMut(u64, Row<'_>) -> Result<ControlFlow<()>> + 'v;

/// Asks records of one store whether they pass a filter; remembers the answers of linked records.
pub struct Evaluator<'a> {
    reader: Reader<'a>,
    filter: &'a Filter,
    tags: Vec<u16>,
    /// By the place of the link's filter, which stands still while it is borrowed, and the number of its record.
    memo: RefCell<HashMap<(usize, u64), bool>>,
}

/// A record that is asked.
struct Subject<'r> {
    id: RecordId,
    row: Row<'r>,
    tags: &'r [u16],
    found: [Option<&'r [u8]>; AT_ONCE],
    derived: OnceCell<Record>,
}

impl<'a> Evaluator<'a> {
    /// Asks records that this reader sees.
    pub fn new(reader: Reader<'a>, filter: &'a Filter) -> Self {
        Self { reader, filter, tags: stored_tags(filter), memo: RefCell::default() }
    }

    /// Whether the record with that number and row passes.
    pub fn matches(&self, num: u64, row: Row<'_>) -> Result<bool> {
        self.passes(self.filter, &self.tags, num, row)
    }

    /// Visits every record that passes, in use or in the trash as the filter says, its number from the one on and before the other, in the order of numbers
    /// or against it; says how the last visit ended.
    pub fn each(&self, (from, end): (u64, u64), reverse: bool, visit: &mut Visit<'_>) -> Result<ControlFlow<()>> {
        let mut last = Ok(ControlFlow::Continue(()));
        self.reader.rows_in(self.filter.place(), self.filter.kind().id, (from, end), reverse, &mut |num, row| {
            last = match self.matches(num, row) {
                Ok(true) => visit(num, row),
                Ok(false) => return ControlFlow::Continue(()),
                Err(error) => Err(error),
            };
            if matches!(last, Ok(ControlFlow::Continue(()))) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        last
    }

    /// Visits the record with that number if it passes; asks it unless that is sure.
    pub fn show(&self, num: u64, sure: bool, visit: &mut Visit<'_>) -> Result<ControlFlow<()>> {
        let id = RecordId::new(self.filter.kind().id, num);
        let shown = self.reader.with_row_in(self.filter.place(), id, |row| {
            if sure || self.matches(num, row)? { visit(num, row) } else { Ok(ControlFlow::Continue(())) }
        })?;
        shown.unwrap_or(Ok(ControlFlow::Continue(())))
    }

    /// Whether the record with that number is there and passes.
    pub fn matches_number(&self, num: u64) -> Result<bool> {
        self.look(self.filter, &self.tags, num)
    }

    fn look(&self, filter: &Filter, tags: &[u16], num: u64) -> Result<bool> {
        let id = RecordId::new(filter.kind().id, num);
        self.reader.with_row_in(filter.place(), id, |row| self.passes(filter, tags, num, row))?.unwrap_or(Ok(false))
    }

    fn passes(&self, filter: &Filter, tags: &[u16], num: u64, row: Row<'_>) -> Result<bool> {
        let mut found = [None; AT_ONCE];
        row.pick(tags, &mut found);
        let id = RecordId::new(filter.kind().id, num);
        self.node(filter.root(), &Subject { id, row, tags, found, derived: OnceCell::new() })
    }

    fn node(&self, node: &Node, subject: &Subject<'_>) -> Result<bool> {
        match node {
            Node::All(nodes) => {
                for node in nodes {
                    if !self.node(node, subject)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Node::Any(nodes) => {
                for node in nodes {
                    if self.node(node, subject)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Node::Not(node) => Ok(!self.node(node, subject)?),
            Node::Ids(ranges) => Ok(i64::try_from(subject.id.num).is_ok_and(|num| ranges.contains(num))),
            Node::Field(def, check) if def.derived => self.derived(subject, def, check),
            Node::Field(def, check) => Ok(check.passes(def, subject.raw(def))),
            Node::Words(words) => Ok(words.passes(|def| subject.raw(def))),
            Node::Link(def, inner) if def.derived => {
                // One that a formula works out stands beside the row.
                let record = self.reader.derived(subject.id)?;
                match record.row().raw(def.tag).and_then(bytes::unsigned) {
                    Some(num) => self.linked(inner, num),
                    None => Ok(false),
                }
            }
            Node::Link(def, inner) => {
                for num in links(def, subject.raw(def)) {
                    if self.linked(inner, num)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Node::Linked { link, inner } => self.any_linking(link, inner, subject.id.num),
        }
    }

    fn derived(&self, subject: &Subject<'_>, def: &FieldDef, check: &Check) -> Result<bool> {
        let derived = match subject.derived.get() {
            Some(derived) => derived,
            None => {
                let record = self.reader.derived(subject.id)?;
                subject.derived.get_or_init(|| record)
            }
        };
        let stored = derived.row().raw(def.tag);
        if let (Check::Due { .. }, Some(at)) = (check, stored.and_then(bytes::instant)) {
            let due = next_followup::due(&self.reader, subject.id, at)?;
            return Ok(check.passes_due(due));
        }
        Ok(check.passes(def, stored))
    }

    /// Whether the record that a link points to passes.
    fn linked(&self, inner: &Filter, num: u64) -> Result<bool> {
        let key = (std::ptr::from_ref(inner).addr(), num);
        if let Some(known) = self.memo.borrow().get(&key) {
            return Ok(*known);
        }
        let passes = self.look(inner, &stored_tags(inner), num)?;
        let mut memo = self.memo.borrow_mut();
        if memo.len() >= MEMO_LIMIT {
            memo.clear();
        }
        memo.insert(key, passes);
        Ok(passes)
    }

    /// Whether a record passes whose link points to `target`.
    fn any_linking(&self, link: &FieldDef, inner: &Filter, target: u64) -> Result<bool> {
        let tags = stored_tags(inner);
        let mut answer = Ok(false);
        self.reader.linking(inner.kind().id, link, target, &mut |num| {
            if !inner.is_all() {
                answer = self.look(inner, &tags, num);
            } else {
                answer = Ok(true);
            }
            if matches!(answer, Ok(false)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        answer
    }
}

/// The tags of the stored fields that a filter reads, in rising order.
fn stored_tags(filter: &Filter) -> Vec<u16> {
    let mut tags = Vec::new();
    filter.for_each_field(&mut |def| {
        if !def.derived {
            tags.push(def.tag);
        }
    });
    tags.sort_unstable();
    tags.dedup();
    tags.truncate(AT_ONCE);
    tags
}

impl<'r> Subject<'r> {
    fn raw(&self, def: &FieldDef) -> Option<&'r [u8]> {
        match self.tags.iter().position(|tag| *tag == def.tag) {
            Some(at) => self.found[at],
            None => self.row.raw(def.tag),
        }
    }
}

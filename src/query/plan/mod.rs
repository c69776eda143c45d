//! Which records to look at: as few as the indexes allow.
//!
//! Every test that an index can answer is a source of numbers; its size is found by counting its first keys, with more
//! and more patience until one source comes to an end. The smallest is read, others that cost little are intersected
//! with it, negated ones taken away, and whatever no index answers for certain is asked of the rows.

mod keys;
mod read;
mod source;
mod text;

use std::cell::{Cell, OnceCell};

use crate::{error::Result, store::Reader, text::Said};

use super::{
    candidates::{CandidateSet, Candidates},
    filter::{Filter, Node},
    recheck::Recheck,
};
pub use keys::{IndexKeys, Ordered, after, asks_for, number_in};
use source::Source;

/// Counting begins with so many keys of each source, and goes on with as many times more.
const FIRST_COUNT: u64 = 1_000;
const MORE: u64 = 16;
/// A key of another source costs about so many times less than fetching a row.
const KEYS_FOR_A_ROW: u64 = 20;
/// So few rows are fetched sooner than a second source is read.
const FEW: usize = 200;
/// Fetching a row by its number costs about as much as reading so many in their order.
const ROWS_FOR_A_FETCH: u64 = 3;

/// What is wanted of the records that pass.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Their fields, not only their numbers.
    pub rows: bool,
    /// The first so many by number, where that is enough.
    pub first: Option<u64>,
}

impl Wanted {
    /// The numbers of all.
    pub const ALL: Self = Self { rows: false, first: None };
}

/// How records are found.
#[derive(Debug)]
pub enum PlanStep {
    /// The count that the store keeps was looked up.
    Known,
    /// The entries of an index were counted.
    Keys(Said),
    /// The records that do not pass were counted instead.
    Others,
    /// A source was read; how many records it names.
    Read(Said, usize),
    /// What another source has not was dropped; how many were left.
    Kept(Said, usize),
    /// What another source has was dropped; how many were left.
    Dropped(Said, usize),
    /// Every row was looked at.
    Rows,
    /// The rows of so many were asked.
    Asked(usize),
    /// The index of that name was read in its order.
    InOrder(String),
    /// So many were sorted and kept.
    Sorted(usize),
}

/// A source and the tests of the filter that it answers.
#[derive(Debug)]
struct PlannedSource {
    source: Source,
    tests: Vec<usize>,
    /// What it names, where that is known from counting it.
    known: OnceCell<CandidateSet>,
}

impl PlannedSource {
    fn new(source: Source, tests: Vec<usize>) -> Self {
        Self { source, tests, known: OnceCell::new() }
    }

    /// How many records it names, counted up to a limit.
    fn size(&self, reader: &Reader<'_>, limit: u64) -> Result<u64> {
        if let Some(known) = self.known.get() {
            return Ok(limit.min(known.hits().len() as u64));
        }
        let (size, found) = self.source.measured(reader, limit)?;
        if let Some(found) = found {
            self.known.get_or_init(|| found);
        }
        Ok(size)
    }

    /// Its records; `None` where they take more keys than the limit.
    fn found(&self, reader: &Reader<'_>, limit: u64) -> Result<Option<CandidateSet>> {
        match self.known.get() {
            Some(known) => Ok(Some(known.clone())),
            None => self.source.found(reader, limit),
        }
    }
}

/// How a filter is answered.
#[derive(Debug)]
pub struct QueryPlan {
    parts: Vec<PlannedSource>,
    /// Sources of what is not wanted; each names only what it names for certain.
    but: Vec<PlannedSource>,
    tests: usize,
    want: Wanted,
    total: u64,
    /// Which of the parts has the fewest keys, and how many: counted when somebody wants to know.
    smallest: Cell<Option<Option<(usize, u64)>>>,
}

impl QueryPlan {
    /// Looks at what the indexes hold for a filter.
    pub fn new(reader: &Reader<'_>, filter: &Filter, want: Wanted) -> Result<Self> {
        let (kind, tests) = (filter.kind(), filter.conjuncts());
        let total = reader.total(kind.id)?;
        if filter.is_of_trash() {
            // That a record is in the trash is one test more, which no index answers.
            let tests = tests.len() + 1;
            return Ok(Self { parts: Vec::new(), but: Vec::new(), tests, want, total, smallest: Cell::new(None) });
        }
        let (mut parts, mut but) = (Vec::new(), Vec::new());
        for (at, node) in tests.iter().enumerate() {
            let (node, list) = match node {
                Node::Not(node) => (&**node, &mut but),
                node => (node, &mut parts),
            };
            list.extend(source::of(reader, kind, node)?.map(|source| PlannedSource::new(source, vec![at])));
        }
        but.retain(|part| part.source.is_exact());
        for index in kind.indexes {
            let keys = IndexKeys::of_several(kind.id, index, tests);
            parts.extend(keys.map(|(keys, tests)| PlannedSource::new(Source::Keys(keys), tests)));
        }
        Ok(Self { parts, but, tests: tests.len(), want, total, smallest: Cell::new(None) })
    }

    /// About how many records are to be looked at, as far as it was counted.
    pub fn estimate(&self, reader: &Reader<'_>) -> Result<u64> {
        Ok(self.smallest(reader)?.map_or(self.total, |(_, size)| size))
    }

    /// How many records there are.
    pub const fn total(&self) -> u64 {
        self.total
    }

    fn smallest(&self, reader: &Reader<'_>) -> Result<Option<(usize, u64)>> {
        if let Some(known) = self.smallest.get() {
            return Ok(known);
        }
        let smallest = self.count(reader)?;
        self.smallest.set(Some(smallest));
        Ok(smallest)
    }

    fn count(&self, reader: &Reader<'_>) -> Result<Option<(usize, u64)>> {
        let mut cap = FIRST_COUNT;
        loop {
            let mut least: Option<(usize, u64)> = None;
            for (at, part) in self.parts.iter().enumerate() {
                // Of one that is much larger than another nobody will want the records.
                let enough =
                    least.map_or(cap, |(_, size)| cap.min(size.saturating_mul(KEYS_FOR_A_ROW).max(FIRST_COUNT)));
                let size = part.size(reader, enough)?;
                if least.is_none_or(|(_, held)| size < held) {
                    least = Some((at, size));
                }
            }
            match least {
                Some((_, size)) if size >= cap && cap < self.total => cap = cap.saturating_mul(MORE),
                least => return Ok(least),
            }
        }
    }

    /// The part that answers all tests for certain, if one does.
    fn answer(&self) -> Option<usize> {
        self.parts.iter().position(|part| part.tests.len() == self.tests && part.source.is_exact())
    }

    /// Whether indexes name records for every test.
    fn is_covered(&self) -> bool {
        let answered = |at: &usize| self.parts.iter().chain(&self.but).any(|part| part.tests.contains(at));
        !self.parts.is_empty() && (0..self.tests).all(|at| answered(&at))
    }

    /// The part to read first, unless reading all rows is as good.
    fn first(&self, reader: &Reader<'_>) -> Result<Option<usize>> {
        let answer = self.answer();
        if let (Some(answer), false, None) = (answer, self.want.rows, self.want.first) {
            // Its keys are the answer, however many.
            return Ok(Some(answer));
        }
        if let ([_], false, None, true) = (&self.parts[..], self.want.rows, self.want.first, self.is_covered()) {
            // There is nothing to choose between.
            return Ok(Some(0));
        }
        if let (Some(answer), Some(first)) = (answer, self.want.first) {
            // Among so many the first are soon found by reading on from the first row.
            let enough = first.saturating_mul(ROWS_FOR_A_FETCH).max(FIRST_COUNT);
            let size = self.parts[answer].size(reader, enough)?;
            if size >= enough && first.saturating_mul(self.total / size) < size {
                return Ok(None);
            }
        }
        let Some((at, size)) = self.smallest(reader)? else { return Ok(None) };
        let cheap = size < self.total / ROWS_FOR_A_FETCH;
        Ok((cheap || (!self.want.rows && self.is_covered())).then_some(at))
    }

    /// The number of records that pass, where one index tells by its keys alone.
    pub fn count_of_keys(&self, reader: &Reader<'_>, note: &mut dyn FnMut(PlanStep)) -> Result<Option<u64>> {
        if self.tests == 0 {
            note(PlanStep::Known);
            return Ok(Some(self.total));
        }
        match self.answer().map(|at| &self.parts[at].source) {
            Some(source @ Source::Keys(keys)) if keys.is_distinct() => {
                note(PlanStep::Keys(source.said()));
                keys.count(reader, u64::MAX).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Reads the indexes; tells `note` what it does.
    pub fn candidates(&self, reader: &Reader<'_>, note: &mut dyn FnMut(PlanStep)) -> Result<Candidates> {
        let Some(at) = self.first(reader)? else {
            note(PlanStep::Rows);
            return Ok(Candidates::All);
        };
        let first = &self.parts[at];
        let Some(mut found) = first.found(reader, u64::MAX)? else { return Ok(Candidates::All) };
        note(PlanStep::Read(first.source.said(), found.hits().len()));
        let patience = (found.hits().len() as u64).saturating_mul(KEYS_FOR_A_ROW);
        let mut answered = first.tests.clone();
        let parts = self.parts.iter().map(|part| (part, true)).chain(self.but.iter().map(|part| (part, false)));
        for (part, wanted) in parts {
            if found.hits().len() <= FEW || part.tests.iter().all(|test| answered.contains(test)) {
                continue;
            }
            let Some(other) = part.found(reader, patience)? else { continue };
            if wanted {
                found.intersect(&other);
                note(PlanStep::Kept(part.source.said(), found.hits().len()));
            } else {
                found.without(&other);
                note(PlanStep::Dropped(part.source.said(), found.hits().len()));
            }
            answered.extend(&part.tests);
        }
        if (0..self.tests).any(|test| !answered.contains(&test)) {
            found.doubt();
        }
        let asked = found.hits().iter().filter(|hit| !hit.is_sure()).count();
        if asked > 0 {
            note(PlanStep::Asked(asked));
        }
        Ok(Candidates::Found(found))
    }
}

/// The numbers of the records that pass a filter, in rising order.
pub fn numbers(reader: &Reader<'_>, filter: &Filter) -> Result<Vec<u64>> {
    numbers_by(reader, filter, &QueryPlan::new(reader, filter, Wanted::ALL)?)
}

/// The same, by a plan that was made already.
fn numbers_by(reader: &Reader<'_>, filter: &Filter, plan: &QueryPlan) -> Result<Vec<u64>> {
    Recheck { reader, filter, candidates: &plan.candidates(reader, &mut |_| {})?, bare: true }.numbers()
}

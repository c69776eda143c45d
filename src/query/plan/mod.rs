//! Which records to look at: as few as the indexes allow.
//!
//! Every test that an index can answer is a source of numbers; its size is found by counting its first keys, with more
//! and more patience until one source comes to an end. The smallest is read, others that cost little are intersected
//! with it, and whatever no index answers exactly is asked of the rows.

mod keys;
mod source;
mod text;

use std::cell::Cell;

use crate::{domain::Kind, error::Result, store::Reader};

use super::filter::{Evaluator, Filter};
pub use keys::{Keys, after, number_in};
use source::Source;
pub use text::{Postings, TextTest};

/// Counting begins with so many keys of each source, and goes on with as many times more.
const FIRST_COUNT: u64 = 1_000;
const MORE: u64 = 16;
/// A key of another source costs about so many times less than fetching a row.
const KEYS_FOR_A_ROW: u64 = 20;
/// So few rows are fetched sooner than a second source is read.
const FEW: usize = 200;

/// The records to look at.
#[derive(Debug)]
pub enum Candidates {
    /// All of the kind.
    All,
    /// Those with these numbers, in rising order.
    Numbers {
        /// The numbers.
        numbers: Vec<u64>,
        /// Whether they pass for certain, so that no row needs to be asked.
        exact: bool,
    },
}

/// How a filter is answered.
#[derive(Debug)]
pub struct Plan {
    sources: Vec<Source>,
    /// Which of them has the fewest keys, and how many: counted when somebody wants to know.
    smallest: Cell<Option<(usize, u64)>>,
    /// Whether the sources are all that the filter asks.
    exact: bool,
    total: u64,
}

impl Plan {
    /// Looks at what the indexes hold for a filter.
    pub fn new(reader: &Reader<'_>, filter: &Filter) -> Result<Self> {
        let total = reader.total(filter.kind().id)?;
        let mut sources = Vec::new();
        for node in filter.conjuncts() {
            sources.extend(source::of(reader, filter.kind(), node)?);
        }
        let exact = sources.len() == filter.conjuncts().len() && sources.iter().all(Source::is_exact);
        Ok(Self { sources, smallest: Cell::new(None), exact, total })
    }

    /// About how many records are to be looked at, as far as it was counted.
    pub fn estimate(&self, reader: &Reader<'_>) -> Result<u64> {
        Ok(self.smallest(reader)?.map_or(self.total, |(_, size)| size))
    }

    fn smallest(&self, reader: &Reader<'_>) -> Result<Option<(usize, u64)>> {
        if self.smallest.get().is_none() {
            self.smallest.set(smallest(reader, &self.sources, self.total)?);
        }
        Ok(self.smallest.get())
    }

    /// Whether every record passes.
    pub fn is_all(&self) -> bool {
        self.sources.is_empty() && self.exact
    }

    /// Whether the indexes alone tell which records pass.
    pub const fn is_exact(&self) -> bool {
        self.exact
    }

    /// The source to read first, unless reading all rows is as good.
    fn first(&self, reader: &Reader<'_>) -> Result<Option<(usize, u64)>> {
        // One source that tells all is read whatever its size.
        if self.exact && self.sources.len() == 1 {
            return Ok(Some((0, self.total)));
        }
        Ok(self.smallest(reader)?.filter(|(_, size)| self.exact || *size < self.total / 2))
    }

    /// The number of records that pass, where one index tells by its keys alone.
    pub fn count_of_keys(&self, reader: &Reader<'_>) -> Result<Option<u64>> {
        match (&self.sources[..], self.exact) {
            ([], true) => Ok(Some(self.total)),
            ([Source::Keys(keys)], true) if keys.is_distinct() => Ok(Some(keys.count(reader, u64::MAX)?)),
            _ => Ok(None),
        }
    }

    /// Reads the indexes.
    pub fn candidates(&self, reader: &Reader<'_>) -> Result<Candidates> {
        let Some((at, size)) = self.first(reader)? else { return Ok(Candidates::All) };
        let mut numbers = self.sources[at].numbers(reader, u64::MAX)?.unwrap_or_default();
        let mut exact = self.exact;
        let patience = size.saturating_mul(KEYS_FOR_A_ROW);
        for (_, source) in self.sources.iter().enumerate().filter(|(other, _)| *other != at) {
            let others = if numbers.len() > FEW { source.numbers(reader, patience)? } else { None };
            match others {
                Some(others) => intersect(&mut numbers, &others),
                None => exact = false,
            }
        }
        Ok(Candidates::Numbers { numbers, exact })
    }

    /// What is read, in a line.
    pub fn explain(&self, kind: &Kind, reader: &Reader<'_>) -> Result<String> {
        let size = self.estimate(reader)?;
        Ok(match self.first(reader)? {
            None => format!("every {}, about {}", kind.noun, self.total),
            Some((at, _)) => {
                let others = self.sources.len() - 1;
                let then = if self.exact { "no rows asked" } else { "rows asked" };
                let more = if others > 0 { format!(", intersected with up to {others} more") } else { String::new() };
                format!("{}, about {size} of {}{more}, {then}", self.sources[at], self.total)
            }
        })
    }
}

fn smallest(reader: &Reader<'_>, sources: &[Source], total: u64) -> Result<Option<(usize, u64)>> {
    let mut cap = FIRST_COUNT;
    loop {
        let mut least: Option<(usize, u64)> = None;
        for (at, source) in sources.iter().enumerate() {
            let size = source.size(reader, cap)?;
            if least.is_none_or(|(_, held)| size < held) {
                least = Some((at, size));
            }
        }
        match least {
            Some((_, size)) if size >= cap && cap < total => cap = cap.saturating_mul(MORE),
            least => return Ok(least),
        }
    }
}

/// Keeps the numbers that both lists hold; both rise.
fn intersect(numbers: &mut Vec<u64>, others: &[u64]) {
    let mut others = others.iter().peekable();
    numbers.retain(|number| {
        while others.next_if(|other| *other < number).is_some() {}
        others.peek() == Some(&number)
    });
}

/// The numbers of the records that pass a filter, in rising order.
pub fn numbers(reader: &Reader<'_>, filter: &Filter) -> Result<Vec<u64>> {
    let plan = Plan::new(reader, filter)?;
    passing(reader, filter, plan.candidates(reader)?)
}

fn passing(reader: &Reader<'_>, filter: &Filter, candidates: Candidates) -> Result<Vec<u64>> {
    let ask = Evaluator::new(*reader, filter);
    let mut found = Vec::new();
    match candidates {
        Candidates::Numbers { numbers, exact: true } => return Ok(numbers),
        Candidates::Numbers { numbers, .. } => {
            for num in numbers {
                if ask.matches_number(num)? {
                    found.push(num);
                }
            }
        }
        Candidates::All => {
            ask.each(false, &mut |num, _| {
                found.push(num);
                Ok(std::ops::ControlFlow::Continue(()))
            })?;
        }
    }
    Ok(found)
}

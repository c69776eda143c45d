//! Asking the records that a plan names whether they pass: one after the other, or many by all cores at once.

use std::ops::ControlFlow;

use crate::{domain::Row, error::Result, store::Reader};

use super::{
    candidates::{Candidate, Candidates},
    filter::{Evaluator, Filter, Visit},
    parallel,
};

/// From so many records on, several threads look at them.
const MANY: u64 = 20_000;
/// So many numbers make a part.
const PART: usize = 8_192;

/// The records that are to be asked.
#[derive(Clone, Copy)]
pub struct Recheck<'l, 'a> {
    /// The store.
    pub reader: &'l Reader<'a>,
    /// What they must be like.
    pub filter: &'l Filter,
    /// Which of them may be.
    pub candidates: &'l Candidates,
    /// Whether only numbers are wanted: a row is shown empty then if nothing need be asked of it.
    pub bare: bool,
}

/// The same records in parts, which threads may share.
#[derive(Clone, Copy)]
pub struct RecheckParts<'l> {
    candidates: &'l Candidates,
    bare: bool,
    /// How many parts there are; one where splitting is not worth it.
    pub parts: usize,
    size: usize,
}

impl<'l> RecheckParts<'l> {
    /// Parts of so many numbers, whose rows are shown.
    pub const fn new(candidates: &'l Candidates, parts: usize, size: usize) -> Self {
        Self { candidates, bare: false, parts, size }
    }

    /// Visits the records of a part that pass, in the order of numbers; `ask` is of the thread that does it.
    pub fn visit(&self, at: usize, ask: &Evaluator<'_>, visit: &mut Visit<'_>) -> Result<ControlFlow<()>> {
        let (from, end) = if self.parts == 1 { (0, usize::MAX) } else { (at * self.size, (at + 1) * self.size) };
        match self.candidates {
            Candidates::All => ask.each((from as u64, end as u64), false, visit),
            Candidates::Found(found) => {
                let hits = found.hits();
                self.hits(ask, &mut hits[from..end.min(hits.len())].iter(), visit)
            }
        }
    }

    fn hits(
        &self,
        ask: &Evaluator<'_>,
        hits: &mut dyn Iterator<Item = &Candidate>,
        visit: &mut Visit<'_>,
    ) -> Result<ControlFlow<()>> {
        for hit in hits {
            let step = if self.bare && hit.is_sure() {
                visit(hit.num(), Row::default())?
            } else {
                ask.show(hit.num(), hit.is_sure(), visit)?
            };
            if step.is_break() {
                return Ok(step);
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

impl<'l, 'a> Recheck<'l, 'a> {
    /// Visits the records that pass, in the order of numbers or against it.
    pub fn each(&self, reverse: bool, visit: &mut Visit<'_>) -> Result<()> {
        let ask = Evaluator::new(*self.reader, self.filter);
        let _ = match self.candidates {
            Candidates::All => ask.each((0, u64::MAX), reverse, visit)?,
            Candidates::Found(found) if reverse => self.whole().hits(&ask, &mut found.hits().iter().rev(), visit)?,
            Candidates::Found(_) => self.whole().visit(0, &ask, visit)?,
        };
        Ok(())
    }

    const fn whole(&self) -> RecheckParts<'l> {
        RecheckParts { candidates: self.candidates, bare: self.bare, parts: 1, size: 0 }
    }

    /// The records in parts of so many numbers.
    pub fn split(&self, size: usize) -> Result<RecheckParts<'l>> {
        let kind = self.filter.kind().id;
        let (rows, parts) = match self.candidates {
            Candidates::All => (self.reader.total(kind)?, (self.reader.last_num(kind)? as usize + 1).div_ceil(size)),
            Candidates::Found(found) => {
                let hits = found.hits();
                let shown = hits.iter().filter(|hit| !self.bare || !hit.is_sure()).count();
                (shown as u64, hits.len().div_ceil(size))
            }
        };
        let shared = self.reader.shared().is_some() && rows >= MANY;
        Ok(if shared { RecheckParts { parts, size, ..self.whole() } } else { self.whole() })
    }

    /// Takes the records that pass into one value for each part, and gives these in the order of numbers. `start` makes
    /// what a thread needs of its own, `empty` the value of a part, `fold` takes a record in.
    pub fn fold<S, T: Send>(
        &self,
        start: impl Fn(Reader<'a>) -> S + Sync,
        empty: impl Fn() -> T + Sync,
        fold: impl Fn(&mut S, &mut T, u64, Row<'_>) -> Result<()> + Sync,
        take: &mut dyn FnMut(T),
    ) -> Result<()> {
        let (split, filter) = (self.split(PART)?, self.filter);
        let make = |ask: &Evaluator<'_>, state: &mut S, at: usize| {
            let mut made = empty();
            let _ = split.visit(at, ask, &mut |num, row| {
                fold(state, &mut made, num, row)?;
                Ok(ControlFlow::Continue(()))
            })?;
            Ok(made)
        };
        match self.reader.shared() {
            Some(snapshot) if split.parts > 1 => parallel::in_order(
                split.parts,
                || (Evaluator::new(snapshot.reader(), filter), start(snapshot.reader())),
                |(ask, state), at| make(ask, state, at),
                &mut |made| {
                    take(made);
                    Ok(ControlFlow::Continue(()))
                },
            ),
            _ => {
                take(make(&Evaluator::new(*self.reader, filter), &mut start(*self.reader), 0)?);
                Ok(())
            }
        }
    }

    /// The numbers of those that pass, in rising order.
    pub fn numbers(&self) -> Result<Vec<u64>> {
        let mut numbers = Vec::new();
        let push = |(): &mut (), part: &mut Vec<u64>, num, _: Row<'_>| {
            part.push(num);
            Ok(())
        };
        self.fold(|_| (), Vec::new, push, &mut |mut part| numbers.append(&mut part))?;
        Ok(numbers)
    }

    /// How many pass.
    pub fn count(&self) -> Result<u64> {
        let mut count = 0;
        let add = |(): &mut (), part: &mut u64, _, _: Row<'_>| {
            *part += 1;
            Ok(())
        };
        self.fold(|_| (), || 0_u64, add, &mut |part| count += part)?;
        Ok(count)
    }
}

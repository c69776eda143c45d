//! The best of very many records, of which few rows are read.
//!
//! The lists tell which records may be named like the words, may begin with them, may have words that begin with them.
//! Rank by rank those records are looked at, beginning with what was changed last, until enough are found: how well
//! one fits and when it was changed is for its row to say, but none that was not looked at can be better.
//!
//! What was changed last the journal tells: no record was changed after the step that changed it last.

use std::{
    collections::HashSet,
    ops::{ControlFlow, RangeInclusive},
};

use crate::{
    domain::KindId,
    error::{Failed, Result},
    store::{
        Reader,
        search::{intersect, subtract, union},
        visit_numbers,
    },
};

use super::{
    best::{Best, Hit, Rank},
    search::{FEW, RecordRanker, Search, SearchCandidates, best_of},
};

/// So many changes of the journal are passed before all rows are read instead: to read a row takes as long as to pass
/// some twenty changes.
const PATIENCE: u64 = 20;
/// So many rows are read one by one before all others are read at once.
const MOST: usize = 10_000;

/// So many steps of one moment are told apart.
const TOGETHER: u64 = 16;

impl Search<'_> {
    /// The records of the kind that hold the words; of many, those that are wanted at most, the best.
    pub(super) fn run(&self, reader: &Reader<'_>, most: Option<usize>) -> Result<Vec<Hit>> {
        self.best_of(reader, self.listed(reader)?.as_ref(), most)
    }

    /// The best of the records that are listed; of all, where none are.
    pub(super) fn best_of(
        &self,
        reader: &Reader<'_>,
        listed: Option<&SearchCandidates<'_>>,
        most: Option<usize>,
    ) -> Result<Vec<Hit>> {
        let Some(listed) = listed else { return Ok(best_of(self.scan(reader, most)?, most)) };
        match most {
            Some(most) if !self.forgives() && listed.numbers.len() > FEW.max(most.saturating_mul(4)) => {
                best(self, reader, listed, most)
            }
            _ => Ok(best_of(self.fetch(reader, &listed.numbers, most)?, most)),
        }
    }
}

/// The best `most` of the records that are listed.
fn best(search: &Search<'_>, reader: &Reader<'_>, listed: &SearchCandidates<'_>, most: usize) -> Result<Vec<Hit>> {
    let lookup = &listed.lookup;
    let mut seen = lookup.recent().to_vec();
    intersect(&mut seen, &listed.numbers);
    let mut hits = search.fetch(reader, &seen, None)?;

    let mut tiers = RankTiers { search, listed, beginning: None };
    for rank in [Rank::Exact, Rank::Prefix, Rank::WordStart, Rank::Inside] {
        let mut these = tiers.of(rank)?;
        subtract(&mut these, &seen);
        let better = hits.iter().filter(|hit| hit.rank < rank).count();
        let wanted = most.saturating_sub(better);
        if these.len() > FEW {
            let (looked, hits) = (HashSet::new(), &mut hits);
            let mut walk = JournalWalk { search, rank, wanted, these: &these, looked, hits, found: 0 };
            walk.run(reader)?;
        } else {
            hits.extend(search.fetch(reader, &these, None)?);
        }
        if hits.iter().filter(|hit| hit.rank <= rank).count() >= most {
            break;
        }
        seen = union(&seen, &these);
    }
    let mut best = Best::of(Some(most));
    best.take(hits);
    Ok(best.sorted())
}

/// Which records may be of a rank. What a rank asks for is found out when it is that rank's turn, because mostly there
/// are enough of those before.
struct RankTiers<'t, 's> {
    search: &'t Search<'s>,
    listed: &'t SearchCandidates<'t>,
    beginning: Option<Vec<u64>>,
}

impl RankTiers<'_, '_> {
    fn of(&mut self, rank: Rank) -> Result<Vec<u64>> {
        let (lookup, numbers) = (&self.listed.lookup, &self.listed.numbers);
        match rank {
            Rank::Exact => {
                let beginning = lookup.beginning(&self.search.whole, numbers)?;
                let whole = lookup.ending(&self.search.whole, &beginning)?;
                self.beginning = Some(beginning);
                Ok(whole)
            }
            Rank::Prefix => match self.beginning.take() {
                Some(beginning) => Ok(beginning),
                None => lookup.beginning(&self.search.whole, numbers),
            },
            Rank::WordStart => {
                let mut all = numbers.clone();
                for word in &self.search.words {
                    let mut these = lookup.word_beginning(word.folded(), numbers)?;
                    if let Some(letters) = word.letters() {
                        these = union(&these, &lookup.sounding(letters)?);
                    }
                    intersect(&mut all, &these);
                }
                Ok(all)
            }
            Rank::Id | Rank::Inside | Rank::Near => Ok(numbers.clone()),
        }
    }
}

/// A walk back through the journal.
struct JournalWalk<'w, 's> {
    search: &'w Search<'s>,
    /// How well those fit that are looked for.
    rank: Rank,
    wanted: usize,
    /// The records to look at.
    these: &'w [u64],
    looked: HashSet<u64>,
    hits: &'w mut Vec<Hit>,
    /// So many were found that no record of an earlier step can be better than.
    found: usize,
}

impl JournalWalk<'_, '_> {
    /// Looks at records until enough are found that none of the others can be better than; at all of them, otherwise.
    fn run(&mut self, reader: &Reader<'_>) -> Result<()> {
        let look = self.search.looker(*reader);
        let (mut seq, mut passed) = (reader.seq()?, 0);
        let mut at = time(reader, seq)?;
        let patience = self.these.len() as u64 * PATIENCE;
        while seq > 0 && passed < patience && self.looked.len() < MOST {
            let before = if seq > 1 { time(reader, seq - 1)? } else { i64::MIN };
            // Records of one step come in the order of their numbers, so that what was changed in its moment is found
            // in order, unless steps before it changed others in the same moment.
            let since = if self.is_first(reader, seq, at)? { at } else { i64::MAX };
            self.found = self.fitting(|changed| changed > since);
            let (mut failed, mut from) = (Failed::default(), 0);
            visit_numbers(reader.raw(), seq, &mut |kind, numbers| {
                passed += 1;
                failed.flow(self.change(kind, numbers, &mut from, &look, since))
            })?;
            failed.end()?;
            if self.found >= self.wanted || self.fitting(|changed| changed > before) >= self.wanted {
                return Ok(());
            }
            (seq, at) = (seq - 1, before);
        }
        let rest: Vec<u64> = self.these.iter().copied().filter(|num| !self.looked.contains(num)).collect();
        self.hits.extend(self.search.fetch(reader, &rest, None)?);
        Ok(())
    }

    /// Looks at those of the numbers that are asked about; `from` is where they begin among those.
    fn change(
        &mut self,
        kind: KindId,
        numbers: RangeInclusive<u64>,
        from: &mut usize,
        look: &RecordRanker<'_>,
        since: i64,
    ) -> Result<ControlFlow<()>> {
        if kind != self.search.kind.id {
            return Ok(ControlFlow::Continue(()));
        }
        *from += leap(&self.these[*from..], *numbers.start());
        for num in self.these[*from..].iter().take_while(|num| **num <= *numbers.end()) {
            if self.found >= self.wanted || self.looked.len() >= MOST {
                return Ok(ControlFlow::Break(()));
            }
            if self.looked.insert(*num)
                && let Some(hit) = look.number(*num)?
            {
                self.found += usize::from(hit.rank == self.rank && hit.recent.0 >= since);
                self.hits.push(hit);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Whether no step before this one changed records of the kind in the same moment.
    fn is_first(&self, reader: &Reader<'_>, seq: u64, at: i64) -> Result<bool> {
        let mut before = seq - 1;
        while before > 0 && time(reader, before)? == at {
            if seq - before > TOGETHER {
                return Ok(false);
            }
            let mut bears = false;
            visit_numbers(reader.raw(), before, &mut |kind, _| {
                bears = kind == self.search.kind.id;
                if bears { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            if bears {
                return Ok(false);
            }
            before -= 1;
        }
        Ok(true)
    }

    /// How many fit as well as is asked and were changed then.
    fn fitting(&self, then: impl Fn(i64) -> bool) -> usize {
        self.hits.iter().filter(|hit| hit.rank == self.rank && then(hit.recent.0)).count()
    }
}

/// How many numbers at the front are less than this one; mostly a few of many.
fn leap(numbers: &[u64], num: u64) -> usize {
    let mut end = 1;
    while numbers.get(end - 1).is_some_and(|first| *first < num) {
        end *= 2;
    }
    let (from, to) = (end / 2, end.min(numbers.len()));
    from + numbers[from..to].partition_point(|first| *first < num)
}

/// The latest time of the steps up to this one: nothing that they changed last was changed later.
fn time(reader: &Reader<'_>, seq: u64) -> Result<i64> {
    Ok(reader.entry(seq)?.map_or(i64::MIN, |entry| entry.latest()))
}

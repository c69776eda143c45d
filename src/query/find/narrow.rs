//! A list narrowed by words while they are typed: the best records at once, then how many there are.

use std::ops::ControlFlow;

use crate::{
    error::Result,
    query::filter::{Evaluator, Filter},
    store::{Reader, cores},
};

use super::search::{Search, SearchCandidates};

/// Words looked for among the records that pass a filter.
///
/// A worker makes one for each state of the typed text, shows [`Narrowed::best`] and then asks for the
/// [`Narrowed::count`], which it breaks off when a newer question has come:
///
/// ```ignore
/// let narrowed = narrow(&reader, &filter, &["har"])?;
/// show(narrowed.best(40)?);                                      // a few milliseconds at a million records
/// let count = narrowed.count(&|| newest.load(Relaxed) == mine)?; // None where it was broken off
/// ```
pub struct Narrowed<'a> {
    reader: Reader<'a>,
    search: Search<'a>,
    listed: Option<SearchCandidates<'a>>,
    filter: &'a Filter,
}

/// Looks for words, all of which a record must hold, among the records that pass a filter (of one kind).
///
/// # Errors
/// What the store says.
pub fn narrow<'a>(reader: &Reader<'a>, filter: &'a Filter, words: &[&str]) -> Result<Narrowed<'a>> {
    let search = Search::new(filter.kind(), words, Some(filter));
    let listed = search.listed(reader)?;
    Ok(Narrowed { reader: *reader, search, listed, filter })
}

/// So many records are counted before it is asked whether to go on.
const AT_ONCE: usize = 4_096;

impl Narrowed<'_> {
    /// The numbers of the best records, as `find` ranks them: whole name, its beginning, the beginning of a word,
    /// anywhere; what was changed last comes first.
    ///
    /// # Errors
    /// What the store says.
    pub fn best(&self, most: usize) -> Result<Vec<u64>> {
        let hits = self.search.best_of(&self.reader, self.listed.as_ref(), Some(most))?;
        Ok(hits.into_iter().map(|hit| hit.id().num).collect())
    }

    /// The numbers of all records, in rising order; nothing once `go_on` says no.
    ///
    /// # Errors
    /// What the store says.
    pub fn all(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<Option<Vec<u64>>> {
        let Some(listed) = &self.listed else { return self.passing(go_on) };
        if listed.exact {
            return Ok(Some(listed.numbers.clone()));
        }
        let search = &self.search;
        let parts: Option<Vec<Vec<u64>>> = match self.reader.shared() {
            Some(snapshot) => cores::chunks(&listed.numbers, AT_ONCE, |numbers| {
                go_on().then(|| holding(search, &snapshot.reader(), numbers)).transpose()
            })
            .into_iter()
            .collect::<Result<_>>()?,
            None => Some(vec![holding(search, &self.reader, &listed.numbers)?]),
        };
        Ok(parts.map(|parts| parts.concat()))
    }

    /// How many records there are; nothing once `go_on` says no.
    ///
    /// # Errors
    /// What the store says.
    pub fn count(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<Option<u64>> {
        match &self.listed {
            Some(listed) if listed.exact => Ok(Some(listed.numbers.len() as u64)),
            _ => Ok(self.all(go_on)?.map(|numbers| numbers.len() as u64)),
        }
    }

    /// Asks every record, where no list tells which ones to look at.
    fn passing(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<Option<Vec<u64>>> {
        let (mut numbers, mut asked, mut broken) = (Vec::new(), 0, false);
        let ask = Evaluator::new(self.reader, self.filter);
        let _ = ask.each((0, u64::MAX), false, &mut |num, row| {
            asked += 1;
            broken = asked % AT_ONCE == 0 && !go_on();
            if self.search.holds(row) {
                numbers.push(num);
            }
            Ok(if broken { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok((!broken).then_some(numbers))
    }
}

fn holding(search: &Search<'_>, reader: &Reader<'_>, numbers: &[u64]) -> Result<Vec<u64>> {
    let look = search.looker(*reader);
    let mut holding = Vec::new();
    for num in numbers {
        holding.extend(look.number(*num)?.map(|hit| hit.id().num));
    }
    Ok(holding)
}

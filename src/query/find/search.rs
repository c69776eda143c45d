//! Words looked for in the records of one kind: where to look, and what a row says.

use std::ops::ControlFlow;

use crate::{
    domain::{FieldDef, Kind, RecordId, Row, common},
    error::{Failed, Result},
    query::{
        candidates::Candidates,
        filter::{Evaluator, Filter, WordTest},
        plan::{QueryPlan, Wanted},
    },
    store::{
        Reader, cores,
        search::{ListReader, intersect},
    },
    text::fold_words,
};

use super::best::{Best, Hit, Rank};

/// From this many records on, several threads look through them.
const MANY: u64 = 20_000;
/// So many records are looked through at a time.
const PART: u64 = 16_384;
/// So many rows are read sooner than it is found out which of them are the best.
pub(super) const FEW: usize = if cfg!(test) { 8 } else { 2_000 };
/// More fields than a kind searches.
const FIELDS: usize = 16;

/// Words looked for in the records of one kind.
pub(super) struct Search<'f> {
    pub(super) kind: &'static Kind,
    pub(super) words: Vec<WordTest>,
    /// The words with an error forgiven, where that is asked for.
    near: Option<Vec<WordTest>>,
    /// All the words in a row, folded.
    pub(super) whole: String,
    /// What else the records must be like.
    filter: Option<&'f Filter>,
    /// The searched fields, by rising tag, the name among them.
    fields: Vec<&'static FieldDef>,
}

/// The records to look at, as the lists know them.
pub(super) struct SearchCandidates<'r> {
    pub(super) lookup: ListReader<'r>,
    /// Their numbers, in rising order.
    pub(super) numbers: Vec<u64>,
    /// Whether they all pass.
    pub(super) exact: bool,
}

impl<'f> Search<'f> {
    pub(super) fn new(kind: &'static Kind, words: &[&str], filter: Option<&'f Filter>) -> Self {
        let words: Vec<WordTest> = words.iter().map(|word| WordTest::new(kind, word)).collect();
        let whole = words.iter().map(WordTest::folded).collect::<Vec<_>>().join(" ");
        let mut fields = words.first().map(|word| word.fields().to_vec()).unwrap_or_default();
        fields.sort_unstable_by_key(|def| def.tag);
        fields.truncate(FIELDS);
        let filter = filter.filter(|filter| !filter.is_all());
        Self { kind, words, near: None, whole, filter, fields }
    }

    /// Finds people by the family name in a form of address, too; these come last.
    pub(super) fn with_families(mut self) -> Self {
        self.words.iter_mut().for_each(WordTest::find_family);
        self
    }

    /// Forgives one typing error in each word that is long enough, and names that only sound alike; what has none comes
    /// first.
    pub(super) fn fuzzy(mut self) -> Self {
        self.near = Some(self.words.iter().map(|word| word.nearly().unwrap_or_else(|| word.clone())).collect());
        self
    }

    /// The words as they are looked for.
    pub(super) fn asked(&self) -> &[WordTest] {
        self.near.as_ref().unwrap_or(&self.words)
    }

    /// Whether errors of typing are forgiven.
    pub(super) const fn forgives(&self) -> bool {
        self.near.is_some()
    }

    /// Whether a record holds all the words.
    pub(super) fn holds(&self, row: Row<'_>) -> bool {
        self.words.iter().all(|word| word.passes(|def| row.raw(def.tag)))
    }

    /// The records to look at; nothing where the lists cannot tell.
    pub(super) fn listed<'r>(&self, reader: &Reader<'r>) -> Result<Option<SearchCandidates<'r>>> {
        let Some(lookup) = ListReader::new(*reader, self.kind.id)? else { return Ok(None) };
        let mut numbers: Option<Vec<u64>> = None;
        let mut exact = true;
        for word in self.asked() {
            let Some(asked) = word.asked() else {
                exact = false;
                continue;
            };
            let found = lookup.find(&asked)?;
            exact &= found.perhaps.is_empty();
            narrow(&mut numbers, found.all());
        }
        let Some(mut numbers) = numbers else { return Ok(None) };
        if let Some(filter) = self.filter {
            match QueryPlan::new(reader, filter, Wanted::ALL)?.candidates(reader, &mut |_| {})? {
                Candidates::All => exact = false,
                Candidates::Found(others) => {
                    let hits = others.hits();
                    exact &= hits.iter().all(|hit| hit.is_sure());
                    intersect(&mut numbers, &hits.iter().map(|hit| hit.num()).collect::<Vec<_>>());
                }
            }
        }
        Ok(Some(SearchCandidates { lookup, numbers, exact }))
    }

    /// Looks at these records, on several threads where there are many.
    pub(super) fn fetch(&self, reader: &Reader<'_>, numbers: &[u64], most: Option<usize>) -> Result<Vec<Hit>> {
        let part = |reader: &Reader<'_>, numbers: &[u64]| {
            let mut best = Best::of(most);
            let look = self.looker(*reader);
            for num in numbers {
                if let Some(hit) = look.number(*num)? {
                    best.push(hit);
                }
            }
            Ok(best.sorted())
        };
        match reader.shared() {
            Some(snapshot) if numbers.len() > FEW => {
                let size = numbers.len().div_ceil(4 * cores::count());
                let parts = cores::chunks(numbers, size, |numbers| part(&snapshot.reader(), numbers));
                let parts = parts.into_iter().collect::<Result<Vec<Vec<Hit>>>>()?;
                Ok(together(parts))
            }
            _ => part(reader, numbers),
        }
    }

    /// Looks at all records.
    pub(super) fn scan(&self, reader: &Reader<'_>, most: Option<usize>) -> Result<Vec<Hit>> {
        let last = reader.last_num(self.kind.id)?;
        match reader.shared() {
            Some(snapshot) if last >= MANY => {
                let parts: Vec<u64> = (0..=last / PART).collect();
                let look = |part: &u64| self.part(&snapshot.reader(), part * PART, (part + 1) * PART, most);
                let parts = cores::map(&parts, look).into_iter().collect::<Result<Vec<Vec<Hit>>>>()?;
                Ok(together(parts))
            }
            _ => self.part(reader, 0, u64::MAX, most),
        }
    }

    fn part(&self, reader: &Reader<'_>, from: u64, end: u64, most: Option<usize>) -> Result<Vec<Hit>> {
        let (mut best, mut failed) = (Best::of(most), Failed::default());
        let look = self.looker(*reader);
        reader.rows(self.kind.id, from, false, &mut |num, row| {
            if num >= end {
                return ControlFlow::Break(());
            }
            failed.flow(look.row(num, row).map(|hit| {
                hit.into_iter().for_each(|hit| best.push(hit));
                ControlFlow::Continue(())
            }))
        })?;
        failed.end()?;
        Ok(best.sorted())
    }

    /// Looks at records through this reader.
    pub(super) fn looker<'s>(&'s self, reader: Reader<'s>) -> RecordRanker<'s> {
        RecordRanker { search: self, reader, ask: self.filter.map(|filter| Evaluator::new(reader, filter)) }
    }

    /// Whether a record holds all the words, how well, and where.
    fn look(&self, num: u64, row: Row<'_>) -> Option<Hit> {
        let mut stored = [None; FIELDS];
        let mut wanted = self.fields.iter().enumerate().peekable();
        for (tag, bytes) in row.raw_fields() {
            while wanted.next_if(|(_, def)| def.tag < tag).is_some() {}
            match wanted.next_if(|(_, def)| def.tag == tag) {
                Some((at, _)) => stored[at] = Some(bytes),
                None if wanted.peek().is_none() => break,
                None => {}
            }
        }
        let hit = self.hit(num, row, &stored, &self.words);
        hit.or_else(|| {
            let mut near = self.hit(num, row, &stored, self.near.as_ref()?)?;
            near.rank = Rank::Near;
            Some(near)
        })
    }

    fn hit(&self, num: u64, row: Row<'_>, stored: &[Option<&[u8]>; FIELDS], words: &[WordTest]) -> Option<Hit> {
        let name = self.fields.iter().position(|def| def.name)?;
        let named = || std::str::from_utf8(stored[name].unwrap_or_default()).unwrap_or_default();
        let mut field = self.fields[name];
        for word in words {
            let holds = |at: usize| stored[at].is_some_and(|bytes| word.passes_field(self.fields[at], bytes));
            let by_name = holds(name);
            if by_name && !word.is_only_family(named()) {
                continue;
            }
            match (0..self.fields.len()).find(|at| *at != name && holds(*at)) {
                Some(found) if field.name => field = self.fields[found],
                None if !by_name => return None,
                _ => {}
            }
        }
        let rank = if field.name { self.rank(named()) } else { Rank::Inside };
        let recent = row.get(common::UPDATED).map_or(0, |at| at.0);
        Some(Hit::new(rank, recent, RecordId::new(self.kind.id, num), Some(field)))
    }

    /// How well the words fit a name that holds them all.
    fn rank(&self, name: &str) -> Rank {
        let folded = fold_words(name);
        if self.words.iter().any(|word| word.is_only_family(name)) {
            Rank::Near
        } else if *folded == *self.whole {
            Rank::Exact
        } else if folded.starts_with(&self.whole) {
            Rank::Prefix
        } else if self.words.iter().all(|word| begins_word(&folded, word.folded())) {
            Rank::WordStart
        } else {
            Rank::Inside
        }
    }
}

/// Looks at records through one reader.
pub(super) struct RecordRanker<'s> {
    search: &'s Search<'s>,
    reader: Reader<'s>,
    ask: Option<Evaluator<'s>>,
}

impl RecordRanker<'_> {
    /// What the record with that number is worth.
    pub(super) fn number(&self, num: u64) -> Result<Option<Hit>> {
        let id = RecordId::new(self.search.kind.id, num);
        Ok(self.reader.with_row(id, |row| self.row(num, row))?.transpose()?.flatten())
    }

    fn row(&self, num: u64, row: Row<'_>) -> Result<Option<Hit>> {
        match (&self.ask, self.search.look(num, row)) {
            (Some(ask), Some(hit)) => Ok(ask.matches(num, row)?.then_some(hit)),
            (_, hit) => Ok(hit),
        }
    }
}

pub(super) fn best_of(hits: Vec<Hit>, most: Option<usize>) -> Vec<Hit> {
    let mut best = Best::of(most);
    best.take(hits);
    best.sorted()
}

/// All of them in one; a part is let go as soon as it is in there.
fn together(parts: Vec<Vec<Hit>>) -> Vec<Hit> {
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|mut part| all.append(&mut part));
    all
}

fn narrow(held: &mut Option<Vec<u64>>, numbers: Vec<u64>) {
    match held {
        Some(held) => intersect(held, &numbers),
        None => *held = Some(numbers),
    }
}

/// Whether a word of the name begins with this one; what is not there as it is was found by its sound, which begins
/// at a syllable.
fn begins_word(name: &str, word: &str) -> bool {
    let mut found = false;
    for (at, _) in name.match_indices(word) {
        if name[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric()) {
            return true;
        }
        found = true;
    }
    !found
}

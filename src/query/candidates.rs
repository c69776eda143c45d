//! Numbers of records that indexes name, each with whether it passes for certain.

use std::iter::Peekable;

/// The number of a record, and whether the record passes for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate(u64);

impl Candidate {
    /// A record that passes for certain or may pass.
    pub const fn new(num: u64, sure: bool) -> Self {
        Self(num << 1 | sure as u64)
    }

    /// Its number.
    pub const fn num(self) -> u64 {
        self.0 >> 1
    }

    /// Whether no row needs to be asked.
    pub const fn is_sure(self) -> bool {
        self.0 & 1 == 1
    }
}

/// The records to look at.
#[derive(Debug)]
pub enum Candidates {
    /// All of the kind.
    All,
    /// These.
    Found(CandidateSet),
}

/// Records in rising order, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CandidateSet(Vec<Candidate>);

impl CandidateSet {
    /// Those with these numbers, in whichever order.
    pub fn of(numbers: impl IntoIterator<Item = u64>, sure: bool) -> Self {
        let mut found = Self(numbers.into_iter().map(|num| Candidate::new(num, sure)).collect());
        found.tidy();
        found
    }

    /// The records.
    pub fn hits(&self) -> &[Candidate] {
        &self.0
    }

    /// Those of both.
    pub fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Puts in order what was added. The sort is quick about runs that are in order.
    pub fn tidy(&mut self) {
        if !self.0.is_sorted() {
            self.0.sort();
        }
        self.0.dedup_by(|next, held| {
            let same = next.num() == held.num();
            if same {
                held.0 |= next.0;
            }
            same
        });
    }

    /// Keeps what the other has too; what passes both for certain is certain.
    pub fn intersect(&mut self, other: &Self) {
        let mut others = other.0.iter().copied().peekable();
        self.0.retain_mut(|hit| match at(&mut others, hit.num()) {
            Some(other) => {
                hit.0 &= !1 | other.0;
                true
            }
            None => false,
        });
    }

    /// Drops what the other has for certain; what it may have becomes uncertain.
    pub fn without(&mut self, other: &Self) {
        let mut others = other.0.iter().copied().peekable();
        self.0.retain_mut(|hit| match at(&mut others, hit.num()) {
            Some(other) => {
                hit.0 &= !1;
                !other.is_sure()
            }
            None => true,
        });
    }

    /// Says that all of it is uncertain.
    pub fn doubt(&mut self) {
        self.0.iter_mut().for_each(|hit| hit.0 &= !1);
    }

    /// How many pass for certain, and those that are to be asked.
    pub fn split(mut self) -> (u64, Self) {
        let all = self.0.len();
        self.0.retain(|hit| !hit.is_sure());
        ((all - self.0.len()) as u64, self)
    }
}

/// The hit of that number, where the next ones are not beyond it.
fn at(hits: &mut Peekable<impl Iterator<Item = Candidate>>, num: u64) -> Option<Candidate> {
    while hits.next_if(|hit| hit.num() < num).is_some() {}
    hits.peek().copied().filter(|hit| hit.num() == num)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(hits: &[(u64, bool)]) -> CandidateSet {
        CandidateSet(hits.iter().map(|(num, sure)| Candidate::new(*num, *sure)).collect())
    }

    #[test]
    fn certainty_follows_the_sets() {
        let one = found(&[(1, true), (2, false), (3, true), (9, true)]);
        let other = found(&[(2, true), (3, false), (4, true), (9, true)]);
        let mut both = one.clone();
        both.intersect(&other);
        assert_eq!(both, found(&[(2, false), (3, false), (9, true)]));
        let mut either = one.clone();
        either.add(other.clone());
        either.tidy();
        assert_eq!(either, found(&[(1, true), (2, true), (3, true), (4, true), (9, true)]));
        let mut rest = one.clone();
        rest.without(&other);
        assert_eq!(rest, found(&[(1, true), (3, false)]));
        assert_eq!(one.split(), (3, found(&[(2, false)])));
        assert_eq!(CandidateSet::of([5, 1, 5], false), found(&[(1, false), (5, false)]));
    }
}

//! How well a record fits, and the best of many.

use std::cmp::Reverse;

use crate::domain::{FieldDef, RecordId};

/// How well the words fit, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// They are the id.
    Id,
    /// They are the name.
    Exact,
    /// The name begins with them.
    Prefix,
    /// Each begins a word of the name.
    WordStart,
    /// They are somewhere.
    Inside,
    /// With a typing error.
    Near,
}

/// A record that was found. What is better is less.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) rank: Rank,
    pub(super) recent: Reverse<i64>,
    pub(super) id: RecordId,
    pub(super) field: Option<&'static FieldDef>,
}

impl Hit {
    const fn key(&self) -> (Rank, Reverse<i64>, RecordId) {
        (self.rank, self.recent, self.id)
    }
}

/// The best hits, no more than are wanted.
pub(super) struct Best {
    hits: Vec<Hit>,
    most: Option<usize>,
}

/// So many hits may be held beyond those that are wanted before the worst are let go.
const SLACK: usize = 1024;

impl Best {
    pub(super) const fn of(most: Option<usize>) -> Self {
        Self { hits: Vec::new(), most }
    }

    pub(super) fn push(&mut self, hit: Hit) {
        self.hits.push(hit);
        if let Some(most) = self.most
            && self.hits.len() >= most.saturating_mul(2).saturating_add(SLACK)
        {
            self.hits.select_nth_unstable_by_key(most, Hit::key);
            self.hits.truncate(most);
        }
    }

    /// Takes several; the first of them where they are, because without a limit they may be very many.
    pub(super) fn take(&mut self, mut hits: Vec<Hit>) {
        if self.most.is_some() {
            hits.into_iter().for_each(|hit| self.push(hit));
        } else if self.hits.is_empty() {
            self.hits = hits;
        } else {
            self.hits.append(&mut hits);
        }
    }

    pub(super) fn sorted(mut self) -> Vec<Hit> {
        self.hits.sort_unstable_by_key(Hit::key);
        self.hits.truncate(self.most.unwrap_or(usize::MAX));
        self.hits
    }
}

//! How well a record fits, and the best of many.

use std::cmp::Reverse;

use crate::domain::{FieldDef, KindId, RecordId, Schema};

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
    /// With a typing error, or by the family name alone.
    Near,
}

/// A record that was found. What is better is less. Without a limit there may be a million, so it is small.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) rank: Rank,
    pub(super) recent: Reverse<i64>,
    kind: KindId,
    num: u64,
    tag: Option<u16>,
}

impl Hit {
    /// Found that well, last changed then, in that field.
    pub(super) fn new(rank: Rank, recent: i64, id: RecordId, field: Option<&FieldDef>) -> Self {
        Self { rank, recent: Reverse(recent), kind: id.kind, num: id.num, tag: field.map(|def| def.tag) }
    }

    pub(super) const fn id(&self) -> RecordId {
        RecordId::new(self.kind, self.num)
    }

    /// The field that says it; none for one that was found by its id.
    pub(super) fn field(&self, schema: &Schema) -> Option<&'static FieldDef> {
        schema.kind(self.kind)?.field_by_tag(self.tag?)
    }

    const fn key(&self) -> (Rank, Reverse<i64>, RecordId) {
        (self.rank, self.recent, self.id())
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

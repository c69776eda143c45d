//! The grams of many records, gathered in lists before they are written.

use std::collections::HashMap;

use crate::{
    domain::{FieldDef, Kind, KindId, Row},
    store::{MultiplyHash, step_schemas::StepKind},
};

use super::{
    gram::{Gram, NARROW_GRAMS, Scratch},
    list::RecordList,
    record,
};

/// Lists by gram. Records come in the order of their numbers.
#[derive(Default)]
pub struct RecordLists {
    narrow: Vec<RecordList>,
    others: HashMap<Gram, RecordList, MultiplyHash>,
}

impl RecordLists {
    /// Says that a record has a gram.
    pub fn push(&mut self, gram: Gram, num: u64) {
        if gram.0 < NARROW_GRAMS as u64 {
            if self.narrow.is_empty() {
                self.narrow.resize(NARROW_GRAMS, RecordList::default());
            }
            self.narrow[gram.0 as usize].push(num);
        } else {
            self.others.entry(gram).or_default().push(num);
        }
    }

    /// Whether no record has any.
    pub fn is_empty(&self) -> bool {
        self.narrow.is_empty() && self.others.is_empty()
    }

    /// The grams that some record has, in order.
    pub fn grams(&self) -> Vec<Gram> {
        let narrow = self.narrow.iter().enumerate().filter(|(_, list)| !list.is_empty());
        let mut grams: Vec<Gram> = narrow.map(|(gram, _)| Gram(gram as u64)).collect();
        let start = grams.len();
        grams.extend(self.others.keys());
        grams[start..].sort_unstable();
        grams
    }

    /// The records that have a gram.
    pub fn of(&self, gram: Gram) -> Option<&RecordList> {
        match self.narrow.get(usize::try_from(gram.0).unwrap_or(usize::MAX)) {
            Some(list) => Some(list).filter(|list| !list.is_empty()),
            None => self.others.get(&gram),
        }
    }
}

/// What a step changes about the lists of one kind. Its parts hold records of rising numbers, so that the list of a gram
/// is those of the parts one after the other.
#[derive(Default)]
pub struct Difference {
    pub(super) kind: Option<KindId>,
    pub(super) removed: Vec<RecordLists>,
    pub(super) added: Vec<RecordLists>,
}

/// Gathers the records of one part of a step.
pub struct Gatherer {
    kind: KindId,
    /// The searched fields before the step, and after it.
    fields: [Vec<&'static FieldDef>; 2],
    /// Whether both are the same ones.
    steady: bool,
    scratch: Scratch,
    old: Vec<Gram>,
    new: Vec<Gram>,
    removed: RecordLists,
    added: RecordLists,
}

impl Gatherer {
    /// Of records of this kind.
    pub fn new(kind: &'static Kind) -> Self {
        Self::of_step(kind.id, kind.into())
    }

    /// Of records that a step changes, of a kind that it may change too.
    pub fn of_step(id: KindId, kind: StepKind) -> Self {
        Self {
            kind: id,
            fields: [kind.before, kind.after].map(|kind| kind.map(record::fields).unwrap_or_default()),
            steady: kind.steady().is_some(),
            scratch: Scratch::default(),
            old: Vec::new(),
            new: Vec::new(),
            removed: RecordLists::default(),
            added: RecordLists::default(),
        }
    }

    /// Takes in a record, before and after; numbers rise.
    pub fn push(&mut self, num: u64, before: Option<Row<'_>>, after: Option<Row<'_>>) {
        let [searched_before, searched] = &self.fields;
        match (before, after) {
            (None, None) => {}
            (None, Some(row)) => {
                record::of_row(searched, row, &mut self.scratch, &mut |gram| self.added.push(gram, num));
            }
            (Some(row), None) => {
                record::of_row(searched_before, row, &mut self.scratch, &mut |gram| self.removed.push(gram, num));
            }
            (Some(before), Some(after)) => {
                let is_searched = |tag: u16| searched.iter().any(|def| def.tag == tag);
                if self.steady && !before.differing(after).any(|(tag, ..)| is_searched(tag)) {
                    return;
                }
                let sides = [(before, searched_before, &mut self.old), (after, searched, &mut self.new)];
                for (row, fields, grams) in sides {
                    grams.clear();
                    record::of_row(fields, row, &mut self.scratch, &mut |gram| grams.push(gram));
                    grams.sort_unstable();
                    grams.dedup();
                }
                let (old, new) = (&self.old, &self.new);
                old.iter()
                    .filter(|gram| new.binary_search(gram).is_err())
                    .for_each(|gram| self.removed.push(*gram, num));
                new.iter().filter(|gram| old.binary_search(gram).is_err()).for_each(|gram| self.added.push(*gram, num));
            }
        }
    }

    /// The kind of the records.
    pub const fn kind(&self) -> KindId {
        self.kind
    }

    /// The lists of those that were added.
    pub fn into_lists(self) -> RecordLists {
        self.added
    }
}

impl Difference {
    /// What the parts say, all of one kind, in their order.
    pub fn of(parts: impl IntoIterator<Item = Gatherer>) -> Self {
        let mut difference = Self::default();
        for part in parts {
            difference.kind = Some(part.kind);
            difference.removed.extend(Some(part.removed).filter(|lists| !lists.is_empty()));
            difference.added.extend(Some(part.added).filter(|lists| !lists.is_empty()));
        }
        difference
    }
}

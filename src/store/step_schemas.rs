//! The schemas of a step: what it takes away was kept by the one before it, what it adds is kept by the one after it.
//!
//! Both are the same one unless the step changes what kinds and fields there are. Then one step may define a field and
//! fill it, and taking the step back takes both away.

use crate::{
    domain::{Kind, KindId, Record, RecordId, Schema},
    error::Result,
};

use super::{
    arena::Keys,
    change::difference,
    index::{Index, indexes_of},
};

#[cfg(test)]
mod tests;

/// The kinds of record before a step and after it.
#[derive(Clone, Copy, Debug)]
pub struct StepSchemas {
    /// By this one the keys were made that the step takes away.
    pub before: &'static Schema,
    /// By this one the keys are made that the step adds.
    pub after: &'static Schema,
}

/// A step that leaves kinds and fields as they are.
impl From<&'static Schema> for StepSchemas {
    fn from(schema: &'static Schema) -> Self {
        Self { before: schema, after: schema }
    }
}

impl StepSchemas {
    /// Whether the step leaves kinds and fields as they are.
    pub fn stay(self) -> bool {
        std::ptr::eq(self.before, self.after)
    }

    /// The tables of a kind.
    ///
    /// # Errors
    /// `Failure` for a kind that neither schema knows.
    pub fn kind(self, id: KindId) -> Result<StepKind> {
        let kinds = StepKind { before: self.before.kind(id), after: self.after.kind(id) };
        if kinds.before.is_none() && kinds.after.is_none() {
            self.after.kind_of(RecordId::new(id, 0))?;
        }
        Ok(kinds)
    }
}

/// A kind before a step and after it; at least one of them is there.
#[derive(Clone, Copy, Debug)]
pub struct StepKind {
    /// As it was; none where the step defines it.
    pub before: Option<&'static Kind>,
    /// As it will be; none where the step takes it away.
    pub after: Option<&'static Kind>,
}

impl From<&'static Kind> for StepKind {
    fn from(kind: &'static Kind) -> Self {
        Self { before: Some(kind), after: Some(kind) }
    }
}

impl StepKind {
    /// The kind where the step leaves it as it is.
    pub fn steady(self) -> Option<&'static Kind> {
        self.before.filter(|before| self.after.is_some_and(|after| std::ptr::eq(*before, after)))
    }

    /// Whether something holds of the kind on either side.
    pub fn any(self, holds: impl Fn(&Kind) -> bool) -> bool {
        self.before.into_iter().chain(self.after).any(holds)
    }

    /// The indexes of either side.
    pub fn indexes(self) -> Vec<StepIndex> {
        let of = |kind: Option<&'static Kind>| kind.map(indexes_of).unwrap_or_default();
        let mut all: Vec<StepIndex> =
            of(self.after).into_iter().map(|index| StepIndex { index, was: false, is: true }).collect();
        if self.steady().is_some() {
            all.iter_mut().for_each(|held| held.was = true);
            return all;
        }
        for index in of(self.before) {
            match all.iter_mut().find(|held| held.index.keeps_the_same_as(&index)) {
                Some(held) => held.was = true,
                None => all.push(StepIndex { index, was: true, is: false }),
            }
        }
        all
    }
}

/// An index, and on which side of the step it is kept.
#[derive(Clone, Copy, Debug)]
pub struct StepIndex {
    /// The index.
    pub index: Index,
    was: bool,
    is: bool,
}

impl StepIndex {
    /// The keys that it loses and gains as a record changes.
    pub fn difference(
        &self,
        num: u64,
        (before, after): (Option<&Record>, Option<&Record>),
        scratch: &mut Vec<u8>,
        removed: &mut Keys,
        added: &mut Keys,
    ) -> Result<()> {
        let (before, after) = (before.filter(|_| self.was), after.filter(|_| self.is));
        difference(&self.index, num, before, after, scratch, removed, added)
    }
}

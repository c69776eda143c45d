//! Derivations: how fields are computed from other fields, and which ones those are.

mod declared;
mod order;

use std::fmt;

use declared::Declared;
pub use order::{Cycle, Node, Rank, order};

use super::{KindId, Record, RecordId, field::FieldDef, lookup::Lookup};
use crate::{
    error::{Error, Result},
    text::said,
};

/// Fields that a derivation reads, stored or derived, and the record in which it reads them. That a record comes into
/// use, leaves it or links elsewhere always counts: no source has to name that.
#[derive(Debug)]
pub enum Source {
    /// Fields of the record itself.
    Own(&'static [FieldDef]),
    /// Fields of the record that this link of ours points to.
    Target(FieldDef, &'static [FieldDef]),
    /// Fields of the records of that kind whose link points to us.
    Children(KindId, FieldDef, &'static [FieldDef]),
}

/// How some derived fields of a kind are computed: from nothing, by looking, so that an index rebuilt and an index kept
/// must agree. Its fields are computed together; what needs other sources is another derivation of the kind.
#[derive(Debug)]
pub struct Derivation {
    /// What it computes: derived fields of the kind that no other derivation computes.
    pub fields: &'static [FieldDef],
    /// All that it reads. A change of anything else does not make its fields stale.
    pub sources: &'static [Source],
    /// Its fields, as a record of their own. Where it has no sources but children, a record without any has none of the
    /// fields: a record that is new is not computed.
    pub compute: Computed,
}

/// How the fields of a derivation are computed.
#[derive(Clone, Copy, Debug)]
pub enum Computed {
    /// By a function of the program.
    Function(fn(RecordId, &Record, &dyn Lookup) -> Result<Record>),
    /// By the formula of a field of one's own.
    Formula(&'static dyn Compute),
}

/// What computes a field of one's own. Formulas do; the tables of kinds know no more of them.
pub trait Compute: fmt::Debug + Send + Sync {
    /// The field, as a record of its own.
    ///
    /// # Errors
    /// What the store says.
    fn compute(&self, id: RecordId, record: &Record, lookup: &dyn Lookup) -> Result<Record>;

    /// What tells it from others: what two with the same one compute of a record is the same.
    fn fingerprint(&self) -> u64;
}

impl Computed {
    fn of(self, id: RecordId, record: &Record, lookup: &dyn Lookup) -> Result<Record> {
        match self {
            Self::Function(compute) => compute(id, record, lookup),
            Self::Formula(formula) => formula.compute(id, record, lookup),
        }
    }
}

impl Derivation {
    /// Computes its fields. Builds for debugging compute them a second time from what the sources name alone: an error
    /// says that this was not enough.
    ///
    /// # Errors
    /// What the store says.
    pub fn derive(&self, id: RecordId, record: &Record, lookup: &dyn Lookup) -> Result<Record> {
        let computed = self.compute.of(id, record, lookup)?;
        if cfg!(debug_assertions) {
            let declared = Declared::new(self.sources, id, record, lookup);
            if self.compute.of(id, &declared.own_record()?, &declared)? != computed {
                return Err(self.undeclared(id));
            }
            if computed.row().raw_fields().any(|(tag, _)| self.fields.iter().all(|def| def.tag != tag)) {
                return Err(Error::failure(said!(
                    "The derivation of {id} computes fields that it does not name",
                    "{id} 的计算得出了未声明的字段"
                )));
            }
        }
        Ok(computed)
    }

    /// The same again, for another table.
    pub const fn lent(&self) -> Self {
        Self { fields: self.fields, sources: self.sources, compute: self.compute }
    }

    /// Puts what was computed in the place of what these fields were.
    pub fn put_into(&self, derived: &mut Record, computed: &Record) {
        for def in self.fields {
            derived.set_raw(def.tag, computed.row().raw(def.tag));
        }
    }

    /// Whether a record that is new may have any of its fields. Of a formula it may: a count of none is 0.
    pub fn is_of_new_records(&self) -> bool {
        matches!(self.compute, Computed::Formula(_))
            || self.sources.iter().any(|source| !matches!(source, Source::Children(..)))
    }

    fn undeclared(&self, id: RecordId) -> Error {
        let codes: Vec<&str> = self.fields.iter().map(|def| def.code).collect();
        Error::failure(said!(
            ("{} of {id} are computed from fields that no source names", codes.join(", ")),
            ("{id} 的 {} 由来源未声明的字段计算得出", codes.join("、"))
        ))
    }
}

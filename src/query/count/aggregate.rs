//! What is worked out of a group besides its count: `--sum amount`, `--max customer.last_contact`.

use std::borrow::Cow;

use crate::{
    domain::{FieldDef, Kind},
    error::{Error, Result},
    query::{
        field_path::{FieldPath, Leaf},
        grid::Column,
    },
};

use super::Measure;

/// A measure of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// What is worked out.
    pub measure: Measure,
    path: FieldPath,
    def: &'static FieldDef,
}

impl Aggregate {
    /// Reads the field, `amount` or `customer.employees`.
    ///
    /// # Errors
    /// `Usage` for an unknown field, and for one whose values have no such measure.
    pub fn parse(measure: Measure, text: &str, kind: &'static Kind) -> Result<Self> {
        let path = FieldPath::parse(text, kind)?;
        match path.leaf() {
            Leaf::Field(def) if measure.takes(def.ty) => Ok(Self { measure, path, def }),
            _ => {
                let (code, ..) = measure.names();
                let error = Error::usage(format!("--{code} {}: its values have none", crate::text::scrub(text)));
                Err(error.hint(match measure {
                    Measure::Sum | Measure::Avg => "name a field of amounts, numbers or lengths of time",
                    Measure::Min | Measure::Max => "name a field of amounts, numbers, dates or lengths of time",
                }))
            }
        }
    }

    /// Where its values are.
    pub(super) const fn path(&self) -> &FieldPath {
        &self.path
    }

    /// The field of its values.
    pub(super) const fn def(&self) -> &'static FieldDef {
        self.def
    }

    /// Its column; one that stands alone is called by its measure only.
    pub(super) fn column(&self, alone: bool) -> Column {
        let (code, en, zh) = self.measure.names();
        if alone {
            return Column::new(code, en, zh).numbers();
        }
        let of = self.path.column();
        Column {
            code: Cow::Owned(format!("{code}_{}", of.code)),
            en: Cow::Owned(format!("{en} of {}", of.en)),
            zh: Cow::Owned(format!("{}{zh}", of.zh)),
            numeric: true,
            whole: true,
        }
    }
}

//! What is worked out of a group besides its count: `--sum amount`, `--max customer.last_contact`.

use std::borrow::Cow;

use crate::{
    domain::{FieldDef, Kind, Schema},
    error::{Error, Result},
    query::{
        field_path::{FieldPath, Leaf},
        grid::Column,
        next_followup::with_days,
    },
    text::said,
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
    pub fn parse(measure: Measure, text: &str, kind: &'static Kind, schema: &Schema) -> Result<Self> {
        let path = FieldPath::parse(text, kind, schema)?;
        match path.leaf() {
            Leaf::Field(def) if measure.takes(def.ty) => Ok(Self { measure, path, def: with_days(def) }),
            _ => {
                let (code, ..) = measure.names();
                let error = Error::usage(said!(
                    "--{code} {}: its values have none",
                    "--{code} {}：它的值无法这样计算",
                    crate::text::scrub(text)
                ));
                Err(error.hint(match measure {
                    Measure::Sum | Measure::Avg => {
                        said!("name a field of amounts, numbers or lengths of time", "请指定金额、数字或时长字段")
                    }
                    Measure::Min | Measure::Max => said!(
                        "name a field of amounts, numbers, dates or lengths of time",
                        "请指定金额、数字、日期或时长字段"
                    ),
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

    /// Whether its values are amounts of something, so that twice as much is twice as long.
    pub(super) const fn is_quantity(&self) -> bool {
        self.def.ty.is_number()
    }

    /// Whether a currency belongs to it: to money, and to every sum, which may be of money.
    pub(super) fn has_currency(&self) -> bool {
        self.measure == Measure::Sum || self.def.ty.has_currency()
    }

    /// Its column; one that stands alone is called by its measure only.
    pub(super) fn column(&self, alone: bool) -> Column {
        let (code, en, zh) = self.measure.names();
        if alone {
            let (en, zh) = if self.is_quantity() { (en, zh) } else { self.measure.names_in_time() };
            return Column::new(code, en, zh).numbers();
        }
        let of = self.path.column();
        let (en, zh) = match self.measure.names_in_time() {
            _ if self.is_quantity() => (format!("{en} of {}", of.en), format!("{}{zh}", of.zh)),
            (en, zh) => (format!("{en} {}", of.en.to_lowercase()), format!("{zh}{}", of.zh)),
        };
        Column {
            code: Cow::Owned(format!("{code}_{}", of.code)),
            en: Cow::Owned(en),
            zh: Cow::Owned(zh),
            numeric: true,
            whole: true,
            main: false,
            kind: None,
        }
    }
}

//! A field of the records that rows become, and the columns that feed it.

use chrono_tz::Tz;

use crate::domain::FieldDef;

use super::units::Unit;

/// A column that feeds a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// Which column.
    pub column: usize,
    /// The label of the phones in it.
    pub label: Option<u16>,
    /// The column with the label of each.
    pub label_column: Option<usize>,
}

/// A field and the columns that feed it.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The field.
    pub def: &'static FieldDef,
    /// Its columns. A list takes the items of all; texts are joined.
    pub sources: Vec<Source>,
    /// The text that all rows get instead.
    pub constant: Option<String>,
    /// The label of the phones in that text.
    pub label: Option<u16>,
    /// The column of family names, where the columns are the parts of a person's name.
    pub family: Option<usize>,
    /// The column with the currency of each amount.
    pub currency: Option<usize>,
    /// The unit that the heading names.
    pub unit: Option<Unit>,
    /// The column with the time of each day.
    pub time: Option<usize>,
    /// Which part of its cells it takes, where they hold province, city and district.
    pub place: Option<usize>,
    /// The zone of times that the heading names.
    pub zone: Option<Tz>,
}

impl Target {
    /// A field that nothing feeds.
    pub const fn new(def: &'static FieldDef) -> Self {
        Self {
            def,
            sources: Vec::new(),
            constant: None,
            label: None,
            family: None,
            currency: None,
            unit: None,
            time: None,
            place: None,
            zone: None,
        }
    }

    /// Whether it has a text of its own.
    pub fn is_fed(&self) -> bool {
        !self.sources.is_empty() || self.constant.is_some()
    }
}

/// What becomes of one column, for people to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnUse {
    /// Its heading.
    pub heading: String,
    /// The codes of the fields that it feeds; none where it is left out.
    pub codes: Vec<&'static str>,
    /// Whether the person said so.
    pub given: bool,
}

//! What a kind asks the store to keep beside its records: indexes of several fields, and counts and sums.

use super::FieldDef;

/// Sums of numbers with decimals are kept with so many, the most that a field has.
pub const SUMMED_DECIMALS: u32 = 10;

/// A count and sums that the store keeps up to date, by the values of some link or choice fields.
#[derive(Clone, Copy, Debug)]
pub struct SummaryDef {
    /// Its number in keys, unique in its kind; 0 is the count of all records, which every kind has. One that serves the
    /// formula of a field has the tag of the field.
    pub number: u16,
    /// Grouped by these.
    pub by: &'static [FieldDef],
    /// Money fields summed, per currency; for the formula of a field, numbers and lengths of time too.
    pub sum: &'static [FieldDef],
}

/// An index over several fields, in the order of its fields; records that lack the first one are not in it.
#[derive(Debug)]
pub struct IndexDef {
    /// Its number in keys: 2000 and up, unique in its kind. An index of one field has that field's tag instead.
    pub number: u16,
    /// What it is ordered by. Either all are stored in the row or all are derived.
    pub fields: &'static [FieldDef],
}

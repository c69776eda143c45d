//! What is asked of those who know what formulas mean.

use crate::{
    domain::{FieldDef, Kind, KindId, Schema, derivation::Derivation, kind::SummaryDef},
    error::Result,
};

use super::shape::Shape;

/// How a field is computed, and the summary of the records that it counts, where one will do.
#[derive(Debug)]
pub struct FormulaField {
    /// Its derivation.
    pub derivation: Derivation,
    /// The kind that is counted or summed up, and by what.
    pub summary: Option<(KindId, SummaryDef)>,
}

/// Those who know what formulas mean.
pub trait Formulas {
    /// What a formula of a kind of record gives.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    fn shape(&self, schema: &'static Schema, kind: &'static Kind, text: &str) -> Result<Shape>;

    /// How the field is computed that keeps what its formula gives.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    fn field(&self, schema: &'static Schema, kind: &'static Kind, def: &'static FieldDef) -> Result<FormulaField>;

    /// The names that a formula of a kind of record reads and that no field has yet, each with the noun of the kind whose
    /// field it would be; none where it cannot be read.
    fn unknown_names(&self, schema: &'static Schema, kind: &'static Kind, text: &str) -> Vec<(&'static str, String)>;
}

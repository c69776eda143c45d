//! From a typed field to its place in the table of its kind.

use crate::domain::{Field, FieldDef, Kind};

/// The definition of a typed field as it stands in the table of `kind`; a field of another kind gives the name field,
/// which a test of every operation would show.
pub fn def<M>(kind: &'static Kind, field: Field<M>) -> &'static FieldDef {
    kind.field_by_tag(field.number()).unwrap_or_else(|| kind.name_field())
}

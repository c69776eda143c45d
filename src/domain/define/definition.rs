//! Definitions with their fields found once: tables ask each for some twenty.

use crate::domain::{
    Record, RecordId, bytes,
    field::{Field, Marker},
    types::Texts,
};

use super::field;

/// A definition as it is stored.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its record.
    pub id: RecordId,
    /// Its fields.
    pub record: Record,
    /// Whether it is in the trash: its values stay in rows, and nobody sees them.
    pub trashed: bool,
    /// Whether an index of the field that it defines is unfinished.
    pub unfinished: bool,
}

/// The fields of a definition by their tags. They live as long as the program, as do the tables that take names from them.
pub(super) struct Fields([Option<&'static [u8]>; TAGS]);

/// The tags of the fields of definitions are below this, those that every record has aside.
pub(super) const TAGS: usize = 32;

impl Fields {
    pub(super) fn of(record: &'static Record) -> Self {
        let mut fields = [None; TAGS];
        for (tag, stored) in record.row().raw_fields() {
            let Some(place) = fields.get_mut(usize::from(tag)) else { break };
            *place = Some(stored);
        }
        Self(fields)
    }

    /// The value of a field, typed.
    pub(super) fn get<M: Marker>(&self, field: Field<M>) -> Option<M::Out<'static>> {
        self.raw(field.tag()).and_then(M::read)
    }

    /// The texts of a list.
    pub(super) fn texts(&self, list: Field<Texts>) -> Vec<&'static str> {
        self.raw(list.tag()).into_iter().flat_map(bytes::items).filter_map(bytes::text).collect()
    }

    fn raw(&self, tag: u16) -> Option<&'static [u8]> {
        self.0.get(usize::from(tag)).copied().flatten()
    }
}

/// Whether a definition is of a field in use that is worked out.
pub(super) fn is_formula(definition: &Definition) -> bool {
    definition.id.kind == field::ID && !definition.trashed && definition.record.get(field::FORMULA).is_some()
}

/// Definitions to be compiled, in the order of their ids.
pub(super) fn in_order(mut definitions: Vec<Definition>) -> Vec<&'static Definition> {
    definitions.sort_by_key(|definition| definition.id);
    let definitions: &'static [Definition] = definitions.leak();
    definitions.iter().collect()
}

//! Which form is wanted: enough to make it anew, so that a draft can be opened again.

use serde::{Deserialize, Serialize};

use crate::domain::{Kind, RecordId, Schema};

/// Which form is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTarget {
    /// A record of this kind is added or edited, or [`super::gestures`] has a form of this name.
    pub form: String,
    /// The records that are edited, or that the gesture is for; of a new record the one that it is added to.
    #[serde(default)]
    pub records: Vec<String>,
    /// Whether those records are edited.
    #[serde(default)]
    pub edits: bool,
    /// The field where the cursor begins.
    #[serde(default)]
    pub field: String,
    /// Whether it has no other field.
    #[serde(default)]
    pub only: bool,
    /// Whether the whole of it is edited outside, and saved from there.
    #[serde(default)]
    pub outside: bool,
    /// What stands in fields from the beginning, by code.
    #[serde(default)]
    pub given: Vec<(String, String)>,
}

impl FormTarget {
    /// A new record of a kind, for the record at hand if there is one.
    pub fn add(noun: &str, to: Option<RecordId>) -> Self {
        let records = to.iter().map(ToString::to_string).collect();
        Self {
            form: noun.to_owned(),
            records,
            edits: false,
            field: String::new(),
            only: false,
            outside: false,
            given: Vec::new(),
        }
    }

    /// A new record of a kind that is called so.
    #[must_use]
    pub fn called(mut self, schema: &Schema, name: &str) -> Self {
        if let Some(kind) = schema.named(&self.form) {
            self.given.push((kind.name_field().code.to_owned(), name.to_owned()));
        }
        self
    }

    /// Records, all of one kind, to be edited.
    pub fn edit(schema: &Schema, records: &[RecordId]) -> Self {
        let noun = records.first().and_then(|id| schema.kind(id.kind)).map_or("", |kind| kind.noun);
        let records = records.iter().map(ToString::to_string).collect();
        Self {
            form: noun.to_owned(),
            records,
            edits: true,
            field: String::new(),
            only: false,
            outside: false,
            given: Vec::new(),
        }
    }

    /// A record, edited outside.
    pub fn outside(schema: &Schema, record: RecordId) -> Self {
        Self { outside: true, ..Self::edit(schema, &[record]) }
    }

    /// One field of records alone.
    pub fn cell(schema: &Schema, records: &[RecordId], code: &str) -> Self {
        Self { field: code.to_owned(), only: true, ..Self::edit(schema, records) }
    }

    /// A small form for something done to a record.
    pub fn gesture(name: &str, records: &[RecordId]) -> Self {
        let records = records.iter().map(ToString::to_string).collect();
        Self { form: name.to_owned(), records, ..Self::add("", None) }
    }

    /// The kind of the record that is added or edited.
    pub fn kind(&self, schema: &Schema) -> Option<&'static Kind> {
        schema.named(&self.form).filter(|kind| kind.noun == self.form)
    }

    /// The records.
    pub fn ids(&self) -> impl Iterator<Item = RecordId> + '_ {
        self.records.iter().filter_map(|id| RecordId::parse(id, None))
    }
}

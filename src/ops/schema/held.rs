//! The definitions that a store holds, and the lines that stand for them in a file.

use std::ops::ControlFlow;

use chrono_tz::Tz;
use serde_json::{Map, Value as Json};

use crate::{
    domain::{
        FieldDef, Kind, KindId, Record, RecordId, Row, Schema, Value,
        define::{self, choice, field, kind, section},
        print,
    },
    error::Result,
    store::Reader,
};

/// The key that says of which kind a definition is.
pub const KIND: &str = "kind";
/// The key that says what is defined.
pub const NAME: &str = "name";

/// A definition as a store holds it.
pub struct Held {
    /// The table of its kind.
    pub kind: &'static Kind,
    /// Its record.
    pub id: RecordId,
    /// By which files know it.
    pub name: String,
    /// Its fields.
    pub record: Record,
    /// Whether it is in the trash.
    pub trashed: bool,
}

impl Held {
    /// Whether it says something of what there is: not in the trash, and neither is its kind nor its field.
    pub fn is_in_force(&self, schema: &Schema) -> bool {
        let kind = |noun: &str| schema.kinds().iter().find(|kind| kind.noun == noun);
        let text = |def: &FieldDef| match self.record.row().value(def) {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        };
        !self.trashed
            && match self.kind.id {
                field::ID => kind(&text(field::OF.lent())).is_some(),
                section::ID => kind(&text(section::OF.lent())).is_some(),
                choice::ID => text(choice::FIELD.lent())
                    .split_once('.')
                    .is_some_and(|(noun, code)| kind(noun).is_some_and(|kind| kind.field(code).is_some())),
                _ => true,
            }
    }

    /// The line that stands for it: what it is and all that it says, and nothing that another store would number.
    pub fn line(&self) -> Json {
        let mut line = Map::new();
        line.insert(KIND.to_owned(), self.kind.noun.into());
        line.insert(NAME.to_owned(), self.name.as_str().into());
        for def in stated_fields(self.kind) {
            if let Some(stored) = self.record.row().raw(def.tag) {
                line.insert(def.code.to_owned(), print::json(def, stored, Tz::UTC, &mut |_, _| Json::Null));
            }
        }
        Json::Object(line)
    }
}

/// The fields of a definition that a file states besides its name.
pub fn stated_fields(kind: &'static Kind) -> impl Iterator<Item = &'static FieldDef> {
    let named = named_by(kind.id);
    kind.all_fields().filter(move |def| def.is_settable() && def.target.is_none() && !named.contains(&def.tag))
}

/// The tags of the fields that make the name.
pub const fn named_by(kind: KindId) -> &'static [u16] {
    match kind {
        field::ID => const { &[field::OF.tag(), field::CODE.tag()] },
        choice::ID => const { &[choice::FIELD.tag(), choice::CODE.tag()] },
        section::ID => const { &[section::OF.tag(), section::NAME.tag()] },
        _ => const { &[kind::NAME.tag()] },
    }
}

/// What files call a definition: `vehicle`, `customer.contract_no`, `customer.grade.vip`, `customer.Size`.
pub fn name_of(kind: KindId, row: Row<'_>) -> String {
    let parts: Vec<&str> = match kind {
        field::ID => vec![row.get(field::OF), row.get(field::CODE)],
        choice::ID => vec![row.get(choice::FIELD), row.get(choice::CODE)],
        section::ID => vec![row.get(section::OF), row.get(section::NAME)],
        _ => vec![row.get(kind::NAME)],
    }
    .into_iter()
    .flatten()
    .collect();
    parts.join(".")
}

/// Every definition of a store, those in the trash too, in the order of files: by kind, then by name.
///
/// # Errors
/// What the store says.
pub fn held(reader: &Reader<'_>) -> Result<Vec<Held>> {
    let mut all = Vec::new();
    for table in define::KINDS {
        let kind = reader.schema().table(table);
        let mut of_kind = Vec::new();
        let mut take = |trashed: bool, num: u64, row: Row<'_>| {
            of_kind.push(Held {
                kind,
                id: RecordId::new(kind.id, num),
                name: name_of(kind.id, row),
                record: Record::from_bytes(row.bytes().to_vec()),
                trashed,
            });
            ControlFlow::Continue(())
        };
        reader.rows(kind.id, 0, false, &mut |num, row| take(false, num, row))?;
        reader.trashed(kind.id, &mut |num, row| take(true, num, row))?;
        // In the order in which they were made: another store makes them in that order, and shows and sorts them alike.
        of_kind.sort_by_key(|one| one.id);
        all.append(&mut of_kind);
    }
    Ok(all)
}

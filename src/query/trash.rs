//! What is in the trash, by what it is called: read once, however many names are looked for.

use std::{
    cell::RefCell,
    collections::{HashMap, hash_map::Entry},
    ops::ControlFlow,
    rc::Rc,
};

use crate::{
    domain::{FieldDef, Kind, KindId, RecordId, Type, bytes, common::EXTERNAL_ID, words::phone},
    error::{Error, ErrorKind, Result},
    store::{Reader, journal::Residence},
    text::{fold, said},
};

/// The names of the records of each kind that has been asked for.
#[derive(Default)]
pub struct TrashNames(RefCell<HashMap<KindId, Rc<KindNames>>>);

/// What the records of a kind in the trash are called.
#[derive(Default)]
struct KindNames {
    /// By field and folded text.
    texts: HashMap<(u16, String), Vec<u64>>,
    /// Field, telephone number as stored, and whose it is: it is compared digit by digit from its end.
    phones: Vec<(u16, String, u64)>,
}

impl TrashNames {
    /// The records in the trash whose field says this word.
    ///
    /// # Errors
    /// What the store says.
    pub fn named(&self, reader: &Reader<'_>, kind: &Kind, def: &FieldDef, word: &str) -> Result<Vec<RecordId>> {
        let called = match self.0.borrow_mut().entry(kind.id) {
            Entry::Occupied(known) => Rc::clone(known.get()),
            Entry::Vacant(none) => Rc::clone(none.insert(Rc::new(read(reader, kind)?))),
        };
        let id = |num: &u64| RecordId::new(kind.id, *num);
        if def.ty == Type::Phone {
            let same = called.phones.iter().filter(|(tag, stored, _)| *tag == def.tag && phone::same(stored, word));
            return Ok(same.map(|(.., num)| id(num)).collect());
        }
        Ok(called.texts.get(&(def.tag, fold(word))).into_iter().flatten().map(id).collect())
    }
}

/// The error for a record in the trash that somebody would change.
pub fn in_the_trash(id: RecordId) -> Error {
    is_trashed(ErrorKind::Invalid, id)
}

/// The error for a link to a record in the trash: there is no such record in use.
pub fn leads_to_the_trash(id: RecordId) -> Error {
    is_trashed(ErrorKind::NotFound, id)
}

fn is_trashed(kind: ErrorKind, id: RecordId) -> Error {
    Error::new(kind, said!("{id} is in the trash", "{id} 在回收站中"))
        .hint(said!("crm restore {id} brings it back", "crm restore {id} 可恢复"))
}

/// Whether records go by this field.
pub fn names_records(def: &FieldDef) -> bool {
    def.name
        || def.unique
        || def.tag == EXTERNAL_ID.tag()
        || def.code == "alias"
        || (def.indexed() && matches!(def.ty, Type::Email | Type::Phone))
}

fn read(reader: &Reader<'_>, kind: &Kind) -> Result<KindNames> {
    let mut called = KindNames::default();
    let fields: Vec<&FieldDef> = kind.all_fields().filter(|def| names_records(def)).collect();
    reader.rows_in(Residence::Trash, kind.id, (0, u64::MAX), false, &mut |num, row| {
        for def in &fields {
            let Some(stored) = row.raw(def.tag) else { continue };
            let mut take = |item: &[u8]| {
                if def.ty == Type::Phone {
                    let text = item.get(1..).and_then(|text| std::str::from_utf8(text).ok());
                    called.phones.extend(text.map(|text| (def.tag, text.to_owned(), num)));
                } else if let Ok(text) = std::str::from_utf8(item) {
                    called.texts.entry((def.tag, fold(text))).or_default().push(num);
                }
            };
            if def.many { bytes::items(stored).for_each(&mut take) } else { take(stored) }
        }
        ControlFlow::Continue(())
    })?;
    Ok(called)
}

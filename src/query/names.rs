//! What records are called, looked up once each.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    domain::{FieldDef, RecordId, print, stage, target_of, user},
    error::{Failed, Result},
    store::Reader,
    text::Lang,
};

/// A cache of names over a reader.
pub struct Names<'a> {
    reader: Reader<'a>,
    lang: Lang,
    known: RefCell<HashMap<RecordId, Option<String>>>,
}

/// Beyond so many names the cache starts anew: a stream of a million rows must not hold a million names.
const LIMIT: usize = 50_000;

impl<'a> Names<'a> {
    /// Names as a reader of that language sees them; users go by their login.
    pub fn new(reader: Reader<'a>, lang: Lang) -> Self {
        Self { reader, lang, known: RefCell::default() }
    }

    /// The store underneath.
    pub const fn reader(&self) -> Reader<'a> {
        self.reader
    }

    /// The language of the reader.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Appends a stored value as a person reads it, a record by its name.
    pub fn write(&self, out: &mut String, def: &FieldDef, stored: &[u8], view: &print::View) -> Result<()> {
        let mut failed = Failed::default();
        print::human(out, def, stored, view, &mut |def, num, out| {
            if let Some(kind) = target_of(def) {
                failed.keep(self.put(RecordId::new(kind.id, num), out));
            }
        });
        failed.end()
    }

    /// What a record is called; the login of a user; the id where it has no name or is gone.
    pub fn of(&self, id: RecordId) -> Result<String> {
        let mut name = String::new();
        self.put(id, &mut name)?;
        Ok(name)
    }

    /// Appends what a record is called.
    pub fn put(&self, id: RecordId, out: &mut String) -> Result<()> {
        if let Some(known) = self.known.borrow().get(&id) {
            match known {
                Some(name) => out.push_str(name),
                None => out.push_str(&id.to_string()),
            }
            return Ok(());
        }
        let name = self.look_up(id)?;
        let mut known = self.known.borrow_mut();
        if known.len() >= LIMIT {
            known.clear();
        }
        match &name {
            Some(name) => out.push_str(name),
            None => out.push_str(&id.to_string()),
        }
        known.insert(id, name);
        Ok(())
    }

    fn look_up(&self, id: RecordId) -> Result<Option<String>> {
        if id.kind == user::ID {
            let login = self.reader.held(id)?.and_then(|held| held.record.get(user::LOGIN).map(str::to_owned));
            return Ok(login);
        }
        let name = self.reader.name(id)?;
        if id.kind == stage::ID {
            return Ok(name.map(|name| stage::display_name(&name, self.lang).to_owned()));
        }
        Ok(name)
    }
}

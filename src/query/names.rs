//! What records are called, looked up once each.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

use crate::{
    domain::{FieldDef, RecordId, Row, print, stage, target_of, user},
    error::{Failed, Result},
    store::Reader,
    text::Lang,
};

/// A cache of names over a reader.
pub struct Names<'a> {
    reader: Reader<'a>,
    lang: Lang,
    known: RefCell<HashMap<RecordId, Option<String>>>,
    /// Those of them that are in the trash.
    trashed: RefCell<HashSet<RecordId>>,
}

/// Beyond so many names the cache starts anew: a stream of a million rows must not hold a million names.
const LIMIT: usize = 50_000;

impl<'a> Names<'a> {
    /// Names as a reader of that language sees them; users go by their login.
    pub fn new(reader: Reader<'a>, lang: Lang) -> Self {
        Self { reader, lang, known: RefCell::default(), trashed: RefCell::default() }
    }

    /// The store underneath.
    pub const fn reader(&self) -> Reader<'a> {
        self.reader
    }

    /// The language of the reader.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Appends a stored value as a person reads it, a record by its name, with a mark where it is in the trash.
    pub fn write(&self, out: &mut String, def: &FieldDef, stored: &[u8], view: &print::View) -> Result<()> {
        if *def == stage::NAME.def() {
            out.push_str(stage::display_name(&String::from_utf8_lossy(stored), view.lang));
            return Ok(());
        }
        let mut failed = Failed::default();
        print::human(out, def, stored, view, &mut |def, num, out| {
            if let Some(kind) = target_of(def) {
                let id = RecordId::new(kind.id, num);
                failed.keep(self.put(id, out));
                if self.trashed.borrow().contains(&id) {
                    out.push_str(view.lang.pick(" (in the trash)", "（在回收站）"));
                }
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

    /// What a record is called in files and for programs, whatever the language of the reader.
    ///
    /// # Errors
    /// What the store says.
    pub fn code(&self, id: RecordId) -> Result<String> {
        if id.kind == stage::ID {
            return Ok(self.reader.name(id)?.unwrap_or_else(|| id.to_string()));
        }
        self.of(id)
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
            self.trashed.borrow_mut().clear();
        }
        match &name {
            Some(name) => out.push_str(name),
            None => out.push_str(&id.to_string()),
        }
        known.insert(id, name);
        Ok(())
    }

    fn look_up(&self, id: RecordId) -> Result<Option<String>> {
        let Some(kind) = id.kind.kind() else { return Ok(None) };
        let tag = if id.kind == user::ID { user::LOGIN.tag() } else { kind.name_field().tag };
        let text = |row: Row<'_>| row.raw(tag).map(|text| String::from_utf8_lossy(text).into_owned());
        let name = match self.reader.with_row(id, text)? {
            Some(name) => name,
            None => {
                let Some(held) = self.reader.held(id)? else { return Ok(None) };
                self.trashed.borrow_mut().insert(id);
                text(held.record.row())
            }
        };
        if id.kind == stage::ID {
            return Ok(name.map(|name| stage::display_name(&name, self.lang).to_owned()));
        }
        Ok(name)
    }
}

//! What records are called, looked up once each.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    domain::{FieldDef, Lookup as _, RecordId, Row, Value, display_name, pipeline, print, stage, user},
    error::{Failed, Result},
    store::Reader,
    text::Lang,
};

/// A cache of names over a reader.
pub struct Names<'a> {
    reader: Reader<'a>,
    lang: Lang,
    known: RefCell<HashMap<RecordId, NameEntry>>,
}

/// What is known of a record.
#[derive(Default)]
struct NameEntry {
    /// Its name as it is stored; nothing where it has none or is gone.
    name: Option<Box<str>>,
    /// Of a user the login, and whether another one has the same name.
    login: Option<Box<str>>,
    shared: bool,
    trashed: bool,
}

impl NameEntry {
    /// Appends what the record is called.
    fn put(&self, id: RecordId, lang: Lang, out: &mut String) {
        match (&self.name, &self.login) {
            (Some(name), Some(login)) if self.shared => {
                let (open, close) = lang.pick((" (", ")"), ("（", "）"));
                out.extend([name, open, login, close]);
            }
            (Some(name), _) | (None, Some(name)) => out.push_str(display_name(id.kind, name, lang)),
            (None, None) => out.push_str(&id.to_string()),
        }
    }
}

/// Beyond so many names the cache starts anew: a stream of a million rows must not hold a million names.
const LIMIT: usize = 50_000;

impl<'a> Names<'a> {
    /// Names as a reader of that language sees them.
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

    /// Appends a stored value as a person reads it, a record by its name, with a mark where it is in the trash.
    pub fn write(&self, out: &mut String, def: &FieldDef, stored: &[u8], view: &print::View) -> Result<()> {
        let in_both = [(stage::ID, stage::NAME.def()), (pipeline::ID, pipeline::NAME.def())];
        if let Some((kind, _)) = in_both.iter().find(|(_, name)| name == def) {
            out.push_str(display_name(*kind, &String::from_utf8_lossy(stored), view.lang));
            return Ok(());
        }
        let mut failed = Failed::default();
        print::human(out, def, stored, view, &mut |def, num, out| {
            if let Some(kind) = self.reader.schema().target(def) {
                let id = RecordId::new(kind.id, num);
                failed.keep(self.with(id, |known| {
                    known.put(id, view.lang, out);
                    if known.trashed {
                        out.push_str(view.lang.pick(" (in the trash)", "（在回收站）"));
                    }
                }));
            }
        });
        failed.end()
    }

    /// What a record is called: a user by name, with the login where two have the same; the id where it has no name or is
    /// gone.
    pub fn of(&self, id: RecordId) -> Result<String> {
        let mut name = String::new();
        self.put(id, &mut name)?;
        Ok(name)
    }

    /// What a record is called for programs: its name as it is stored, whatever the language of the reader.
    ///
    /// # Errors
    /// What the store says.
    pub fn stored(&self, id: RecordId) -> Result<String> {
        self.with(id, |known| {
            known.name.as_ref().or(known.login.as_ref()).map_or_else(|| id.to_string(), ToString::to_string)
        })
    }

    /// The login of a user; the id where it is gone.
    ///
    /// # Errors
    /// What the store says.
    pub fn login(&self, id: RecordId) -> Result<String> {
        self.with(id, |known| known.login.as_ref().map_or_else(|| id.to_string(), ToString::to_string))
    }

    /// Appends what a record is called.
    pub fn put(&self, id: RecordId, out: &mut String) -> Result<()> {
        self.with(id, |known| known.put(id, self.lang, out))
    }

    fn with<T>(&self, id: RecordId, say: impl FnOnce(&NameEntry) -> T) -> Result<T> {
        if let Some(known) = self.known.borrow().get(&id) {
            return Ok(say(known));
        }
        let found = self.look_up(id)?;
        let said = say(&found);
        let mut known = self.known.borrow_mut();
        if known.len() >= LIMIT {
            known.clear();
        }
        known.insert(id, found);
        Ok(said)
    }

    fn look_up(&self, id: RecordId) -> Result<NameEntry> {
        let Some(kind) = self.reader.schema().kind(id.kind) else { return Ok(NameEntry::default()) };
        let text = |row: Row<'_>, tag| row.raw(tag).map(|text| String::from_utf8_lossy(text).into());
        let read = |row: Row<'_>| NameEntry {
            name: text(row, kind.name_field().tag),
            login: Some(user::LOGIN.tag()).filter(|_| id.kind == user::ID).and_then(|tag| text(row, tag)),
            ..NameEntry::default()
        };
        let mut known = match self.reader.with_row(id, read)? {
            Some(known) => known,
            None => {
                let Some(held) = self.reader.held(id)? else { return Ok(NameEntry::default()) };
                NameEntry { trashed: true, ..read(held.record.row()) }
            }
        };
        if let Some(name) = known.name.as_deref().filter(|_| id.kind == user::ID) {
            let same = Value::Text(name.to_owned());
            known.shared = self.reader.holder(user::ID, &user::NAME.def(), &same, id.num)?.is_some();
        }
        Ok(known)
    }
}

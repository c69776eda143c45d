//! A cell of a grid as text: for people, for files, for JSON.

use std::{borrow::Cow, fmt::Write as _};

use rust_decimal::prelude::ToPrimitive;
use serde_json::json;

use super::{json, screen::Screen};
use crate::{
    domain::{
        FieldDef, RecordId, Type,
        print::{self, View},
        user,
    },
    error::{Failed, Result},
    query::{
        grid::{Cell, Edit},
        names::Names,
    },
    text::{scrub, scrub_lines},
};

/// Puts cells into words for one reader. Text is scrubbed again on its way out: what is stored may come from anywhere.
pub struct Wording<'a> {
    screen: &'a Screen,
    names: &'a Names<'a>,
    scratch: String,
}

impl<'a> Wording<'a> {
    /// Words for whoever looks at the screen.
    pub const fn new(screen: &'a Screen, names: &'a Names<'a>) -> Self {
        Self { screen, names, scratch: String::new() }
    }

    /// Appends a cell on one line, as a person reads it.
    pub fn human(&mut self, cell: &Cell<'_>, out: &mut String) -> Result<()> {
        match cell {
            Cell::Field(def, stored) => {
                self.human_field(def, stored)?;
                out.push_str(&scrub(&self.scratch));
            }
            Cell::Text(text) => out.push_str(&scrub(text)),
            Cell::Link(_, name) => out.push_str(&scrub(name)),
            Cell::Words { en, zh, .. } => out.push_str(&scrub(self.screen.lang.pick(en, zh))),
            Cell::Edits(edits) => {
                let labels = || edits.iter().map(|(def, ..)| def.zh).collect::<Vec<_>>().join("、");
                out.push_str(&self.screen.lang.pick(codes(edits), labels()));
            }
            Cell::YesNo(yes) => out.push_str(match yes {
                true => self.screen.lang.pick("yes", "是"),
                false => self.screen.lang.pick("no", "否"),
            }),
            Cell::Empty | Cell::Number(_) | Cell::Mean(_) | Cell::Id(_) | Cell::Ids(_) => put_bare(cell, out),
        }
        Ok(())
    }

    /// A cell of a day or a time as a person reads it where room is scarce; nothing for other cells.
    pub fn short(&self, cell: &Cell<'_>) -> Option<String> {
        let Cell::Field(def, stored) = cell else { return None };
        print::short_stamp(def, stored, &self.view())
    }

    /// A field as a person reads it, on as many lines as it has.
    pub fn lines(&mut self, def: &FieldDef, stored: &[u8]) -> Result<String> {
        self.human_field(def, stored)?;
        Ok(scrub_lines(&self.scratch).into_owned())
    }

    fn human_field(&mut self, def: &FieldDef, stored: &[u8]) -> Result<()> {
        self.scratch.clear();
        let view = self.view();
        self.names.write(&mut self.scratch, def, stored, &view)
    }

    const fn view(&self) -> View {
        let Screen { lang, tz, now, .. } = *self.screen;
        View { lang, tz, now, relative: false }
    }

    /// A cell as a file holds it: codes, ids, logins of users.
    pub fn text<'c>(&'c mut self, cell: &'c Cell<'_>) -> Result<Cow<'c, str>> {
        Ok(match cell {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Field(def, stored) if def.ty.is_text() && def.ty != Type::Phone && !def.many => {
                scrub_lines(std::str::from_utf8(stored).unwrap_or_default())
            }
            Cell::Field(def, stored) => {
                self.scratch.clear();
                let mut failed = Failed::default();
                print::plain(&mut self.scratch, def, stored, self.screen.tz, &mut |def, num, out| {
                    failed.keep(plain_link(self.names, def, num, out));
                });
                failed.end()?;
                scrub_lines(&self.scratch)
            }
            Cell::Link(id, _) if id.kind == user::ID => {
                self.scratch = self.names.login(*id)?;
                scrub_lines(&self.scratch)
            }
            Cell::Text(text) => scrub_lines(text),
            Cell::Words { code, .. } => scrub_lines(code),
            Cell::Edits(edits) => Cow::Owned(codes(edits)),
            Cell::YesNo(yes) => Cow::Borrowed(if *yes { "yes" } else { "no" }),
            Cell::Link(id, _) => self.bare(&Cell::Id(*id)),
            Cell::Number(_) | Cell::Mean(_) | Cell::Id(_) | Cell::Ids(_) => self.bare(cell),
        })
    }

    fn bare(&mut self, cell: &Cell<'_>) -> Cow<'_, str> {
        self.scratch.clear();
        put_bare(cell, &mut self.scratch);
        Cow::Borrowed(&self.scratch)
    }

    /// Appends a cell as JSON.
    pub fn json(&mut self, cell: &Cell<'_>, out: &mut Vec<u8>) -> Result<()> {
        match cell {
            Cell::Empty => out.extend_from_slice(b"null"),
            Cell::Text(text) => json::put(out, text.as_ref()),
            Cell::Words { code, .. } => json::put(out, code.as_ref()),
            Cell::Number(number) => json::put(out, number),
            Cell::Mean(mean) => match mean.to_i64() {
                Some(whole) if mean.is_integer() => json::put(out, &whole),
                _ => json::put(out, &mean.to_f64()),
            },
            Cell::YesNo(yes) => json::put(out, yes),
            Cell::Id(id) => self.json_id(*id, out),
            Cell::Ids(ids) => {
                out.push(b'[');
                for id in ids {
                    json::put_comma(out);
                    self.json_id(*id, out);
                }
                out.push(b']');
            }
            Cell::Link(id, name) => self.json_link(*id, name, out)?,
            Cell::Field(def, stored) => self.json_field(def, stored, out)?,
            Cell::Edits(edits) => self.json_edits(edits, out)?,
        }
        Ok(())
    }

    /// Appends what was written as a list of `{"code","from","to"}`.
    fn json_edits(&mut self, edits: &[Edit], out: &mut Vec<u8>) -> Result<()> {
        out.push(b'[');
        for (def, from, to) in edits {
            json::put_comma(out);
            out.push(b'{');
            json::put_key(out, "code");
            json::put(out, def.code);
            for (key, side) in [("from", from), ("to", to)] {
                json::put_key(out, key);
                match side {
                    Some(stored) => self.json_field(def, stored, out)?,
                    None => out.extend_from_slice(b"null"),
                }
            }
            out.push(b'}');
        }
        out.push(b']');
        Ok(())
    }

    /// Appends a field as JSON.
    pub fn json_field(&mut self, def: &FieldDef, stored: &[u8], out: &mut Vec<u8>) -> Result<()> {
        if def.ty.is_text() && def.ty != Type::Phone && !def.many {
            // By far the most cells: no value in between.
            json::put(out, &String::from_utf8_lossy(stored));
            return Ok(());
        }
        let mut failed = Failed::default();
        let value = print::json(def, stored, self.screen.tz, &mut |def, num| {
            failed.keep(named(self.names, def, num)).flatten().unwrap_or(serde_json::Value::Null)
        });
        json::put(out, &value);
        failed.end()
    }

    /// Appends an id as JSON.
    pub fn json_id(&mut self, id: RecordId, out: &mut Vec<u8>) {
        self.scratch.clear();
        put_bare(&Cell::Id(id), &mut self.scratch);
        json::put(out, &self.scratch);
    }

    /// Appends a record and its name as JSON; a user with the login.
    pub fn json_link(&mut self, id: RecordId, name: &str, out: &mut Vec<u8>) -> Result<()> {
        if id.kind == user::ID {
            json::put(out, &person(self.names, id)?);
            return Ok(());
        }
        out.extend_from_slice(b"{\"id\":");
        self.json_id(id, out);
        out.extend_from_slice(b",\"name\":");
        json::put(out, name);
        out.push(b'}');
        Ok(())
    }
}

/// The codes of what was written.
fn codes(edits: &[Edit]) -> String {
    edits.iter().map(|(def, ..)| def.code).collect::<Vec<_>>().join(",")
}

fn put_bare(cell: &Cell<'_>, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match cell {
        Cell::Number(number) => write!(out, "{number}"),
        Cell::Mean(mean) => write!(out, "{mean}"),
        Cell::Id(id) => write!(out, "{id}"),
        Cell::Ids(ids) => {
            let ids: Vec<String> = ids.iter().map(RecordId::to_string).collect();
            write!(out, "{}", ids.join(";"))
        }
        _ => Ok(()),
    };
}

/// The record that a link points to, and its name.
fn named(names: &Names<'_>, def: &FieldDef, num: u64) -> Result<Option<serde_json::Value>> {
    let Some(kind) = names.reader().schema().target(def) else { return Ok(None) };
    let id = RecordId::new(kind.id, num);
    if id.kind == user::ID {
        return person(names, id).map(Some);
    }
    Ok(Some(json!({"id": id.to_string(), "name": names.stored(id)?})))
}

fn person(names: &Names<'_>, id: RecordId) -> Result<serde_json::Value> {
    Ok(json!({"id": id.to_string(), "name": names.stored(id)?, "login": names.login(id)?}))
}

/// A link as files have it: the id, of a user the login.
fn plain_link(names: &Names<'_>, def: &FieldDef, num: u64, out: &mut String) -> Result<()> {
    match names.reader().schema().target(def) {
        Some(kind) if kind.id == user::ID => out.push_str(&names.login(RecordId::new(kind.id, num))?),
        Some(kind) => put_bare(&Cell::Id(RecordId::new(kind.id, num)), out),
        None => {}
    }
    Ok(())
}

//! Which kinds of record there are: the tables of the program.
//!
//! A schema is handed down with what is read: a reader, an operation and the screen each hold one, and ask it for the
//! kinds. It lives as long as the program, as do the tables that it names.

use super::{
    FieldDef, Kind, KindId, RecordId, activity, contact, customer, deal, followup, pipeline, stage, ticket, user, view,
};
use crate::{
    error::{Error, Result},
    text::{fold_words, said},
};

/// The kinds of record of a store.
#[derive(Debug)]
pub struct Schema {
    kinds: &'static [&'static Kind],
}

/// Every kind of the program, in the order in which they are exported.
static KINDS: &[&Kind] = &[
    &user::KIND,
    &customer::KIND,
    &contact::KIND,
    &pipeline::KIND,
    &stage::KIND,
    &deal::KIND,
    &activity::KIND,
    &followup::KIND,
    &ticket::KIND,
    &view::KIND,
];

/// The program's own tables: those of a store in which nobody has defined anything.
pub static BASE: Schema = Schema { kinds: KINDS };

impl Schema {
    /// A schema of these tables.
    pub const fn of(kinds: &'static [&'static Kind]) -> Self {
        Self { kinds }
    }

    /// Every kind, in the order in which they are exported.
    pub const fn kinds(&self) -> &'static [&'static Kind] {
        self.kinds
    }

    /// The table of a kind; none for a number that this schema does not know.
    pub fn kind(&self, id: KindId) -> Option<&'static Kind> {
        #[cfg(test)]
        if id == super::made_up::ID {
            return Some(&super::made_up::KIND);
        }
        self.kinds.iter().copied().find(|kind| kind.id == id)
    }

    /// The table of the kind of a record.
    ///
    /// # Errors
    /// `Failure` for a kind that this schema does not know.
    pub fn kind_of(&self, id: RecordId) -> Result<&'static Kind> {
        self.kind(id.kind).ok_or_else(|| {
            Error::failure(said!(
                "The store holds records of a kind that this version does not know",
                "数据文件中有此版本不认识的记录类别"
            ))
        })
    }

    /// The kind that a noun names: its noun, plural, alias or Chinese label.
    pub fn named(&self, word: &str) -> Option<&'static Kind> {
        let named = |word: &str| {
            let is = |kind: &&Kind| {
                kind.noun == word || kind.plural == word || kind.aliases.contains(&word) || kind.zh == word
            };
            self.kinds.iter().copied().find(is)
        };
        if word.is_ascii() { named(word) } else { named(&fold_words(word)) }
    }

    /// The kind whose ids begin with these letters, in upper or lower case.
    pub fn lettered(&self, letters: &str) -> Option<&'static Kind> {
        self.kinds.iter().copied().find(|kind| kind.letters.eq_ignore_ascii_case(letters))
    }

    /// The kind that a link points to; none for a field that is no link.
    pub fn target(&self, def: &FieldDef) -> Option<&'static Kind> {
        let noun = def.target?;
        self.kinds.iter().copied().find(|kind| kind.noun == noun)
    }
}

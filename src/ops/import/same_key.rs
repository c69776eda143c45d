//! The rows of a file by their keys: which earlier row has the key of another.

use std::collections::HashMap;

use crate::{
    domain::{FieldDef, Type, words::phone},
    text::fold,
};

/// What earlier rows say about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EarlierRow {
    /// None has it.
    None,
    /// Those that have it are one record: the one of this row.
    Same(u32),
    /// These two differ from each other, and one of them has it: a local number fits several whole ones.
    Unclear(u32, u32),
}

/// A key that a row has.
struct RowKey {
    /// The row that is the record.
    first: u32,
    /// The first row of that record with this key.
    at: u32,
    text: String,
}

/// The keys of the rows so far.
pub(super) struct SameKey {
    def: &'static FieldDef,
    /// Keys that may be the same, by what they share.
    by_shared: HashMap<String, Vec<RowKey>>,
}

impl SameKey {
    /// No rows yet. The key is this field.
    pub fn new(def: &'static FieldDef) -> Self {
        Self { def, by_shared: HashMap::new() }
    }

    /// Which of the rows so far has this key. A telephone number is the same in every spelling; what is none is the same
    /// as its own text only.
    pub fn earlier(&self, key: &str) -> EarlierRow {
        let Some(held) = self.by_shared.get(&self.shared(key)) else { return EarlierRow::None };
        let mut alike = held.iter().filter(|held| self.is_same(&held.text, key));
        let Some(one) = alike.next() else { return EarlierRow::None };
        if let Some(other) = alike.find(|other| other.first != one.first) {
            return EarlierRow::Unclear(one.at, other.at);
        }
        let unlike = held.iter().find(|held| held.first == one.first && !self.is_same(&held.text, key));
        unlike.map_or(EarlierRow::Same(one.first), |unlike| EarlierRow::Unclear(one.at, unlike.at))
    }

    /// Keeps the key of a row; `first` is the row that makes the same record, or it itself.
    pub fn keep(&mut self, key: &str, at: u32, first: u32) {
        let text = match self.def.ty {
            Type::Phone => phone::key(key).unwrap_or_else(|| fold(key)),
            _ => fold(key),
        };
        let held = self.by_shared.entry(self.shared(key)).or_default();
        if !held.iter().any(|held| held.text == text) {
            held.push(RowKey { first, at, text });
        }
    }

    /// What a key has in common with all that are the same.
    fn shared(&self, key: &str) -> String {
        if self.def.ty == Type::Phone && phone::key(key).is_some() { phone::shared_digits(key) } else { fold(key) }
    }

    fn is_same(&self, held: &str, key: &str) -> bool {
        held == fold(key) || (self.def.ty == Type::Phone && phone::same(held, key))
    }
}

//! Indexes: which keys a record has in them.
//!
//! An entry is a key without a value: kind (1), index number (2, big-endian), the values of its fields, the number of
//! the record. Only live records have entries. An index of derived fields is fed from the derived space.

use crate::{
    domain::{FieldDef, Kind, KindId, Row, Type, bytes, kind::IndexDef},
    error::Result,
};

use super::keys::{ABSENT, put_num, put_sound, put_value};

/// An index of a kind: of one field, or composite.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// The kind it belongs to.
    pub kind: KindId,
    /// Its number in keys.
    pub number: u16,
    /// What it is ordered by.
    pub fields: &'static [FieldDef],
    /// Whether it is ordered by sound.
    pub by_sound: bool,
}

/// The bit that tells the number of an index by sound from that of its field.
pub const SOUNDED: u16 = 1 << 15;

/// Whether an index by sound is kept of a field, beside that by its letters: names that lists are sorted by.
pub const fn is_sounded(def: &FieldDef) -> bool {
    def.name && def.indexed() && !def.many && matches!(def.ty, Type::Text)
}

impl Index {
    /// The composite index.
    pub const fn composite(kind: KindId, def: &'static IndexDef) -> Self {
        Self { kind, number: def.number, fields: def.fields, by_sound: false }
    }

    /// The index of one field.
    pub const fn single(kind: KindId, def: &'static FieldDef) -> Self {
        Self { kind, number: def.tag, fields: std::slice::from_ref(def), by_sound: false }
    }

    /// The index of a name by its sound. It holds the names that do not sound as they are written; the others stand in
    /// the index by letters in the very same order.
    pub const fn by_sound(kind: KindId, def: &'static FieldDef) -> Self {
        Self { kind, number: SOUNDED | def.tag, fields: std::slice::from_ref(def), by_sound: true }
    }

    /// Whether the keys of a record in both are the same.
    pub fn keeps_the_same_as(&self, other: &Self) -> bool {
        (self.kind, self.number, self.by_sound) == (other.kind, other.number, other.by_sound)
            && self.fields == other.fields
    }

    /// Whether it is fed from the derived fields instead of the row.
    pub fn is_derived(&self) -> bool {
        self.fields.first().is_some_and(FieldDef::is_derived)
    }

    /// The bytes that all its keys begin with.
    pub fn prefix(&self) -> Vec<u8> {
        prefix(self.kind, self.number)
    }

    /// Gives every key that a record has in this index, without its number at the end.
    ///
    /// # Errors
    /// `Failure` where a value cannot be read.
    pub fn values(&self, row: Row<'_>, scratch: &mut Vec<u8>, sink: &mut dyn FnMut(&[u8])) -> Result<()> {
        let Some((first, rest)) = self.fields.split_first() else { return Ok(()) };
        let Some(stored) = row.raw(first.tag) else { return Ok(()) };
        let mut give = |item: &[u8]| -> Result<()> {
            scratch.clear();
            scratch.push(self.kind.byte());
            scratch.extend_from_slice(&self.number.to_be_bytes());
            let start = scratch.len();
            match self.by_sound {
                true => put_sound(scratch, item),
                false => put_value(scratch, first, item)?,
            }
            if scratch.len() == start {
                return Ok(());
            }
            for def in rest {
                match row.raw(def.tag) {
                    Some(stored) => put_value(scratch, def, stored)?,
                    None => scratch.push(ABSENT),
                }
            }
            sink(scratch);
            Ok(())
        };
        if first.many { bytes::items(stored).try_for_each(give) } else { give(stored) }
    }

    /// Whether both rows have the same bytes in every field of the index, so that no entry changes.
    pub fn same(&self, before: Row<'_>, after: Row<'_>) -> bool {
        self.fields.iter().all(|def| before.raw(def.tag) == after.raw(def.tag))
    }
}

/// The bytes that all keys of an index begin with.
pub fn prefix(kind: KindId, number: u16) -> Vec<u8> {
    let [high, low] = number.to_be_bytes();
    vec![kind.byte(), high, low]
}

/// The prefix of the entries whose first field is a link to `target`.
pub fn link_prefix(kind: KindId, number: u16, target: u64) -> Vec<u8> {
    let mut key = prefix(kind, number);
    put_num(&mut key, target);
    key
}

/// Every index of a kind.
pub fn indexes_of(kind: &'static Kind) -> Vec<Index> {
    // Of removed fields the keys stay: nobody sets a value, and the field may come back.
    let kept = kind.all_fields().chain(kind.gone);
    let singles = kept.filter(|def| def.keeps_index()).map(|def| Index::single(kind.id, def));
    let sounds = kind.all_fields().filter(|def| is_sounded(def)).map(|def| Index::by_sound(kind.id, def));
    singles.chain(sounds).chain(kind.indexes.iter().map(|def| Index::composite(kind.id, def))).collect()
}

/// Whether a value's key may stand for longer texts too, so that a match must be looked at again.
pub fn is_cut(ty: Type, key: &[u8]) -> bool {
    ty.is_text() && key.len() >= super::keys::TEXT_LIMIT - 4
}

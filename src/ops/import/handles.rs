//! By what people name a record: external id, e-mail, phone, other names, login, name. Each compared as such.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{
    domain::{FieldDef, Kind, Row, Type, bytes, words::phone},
    text::fold_cow,
};

/// The fields that name records of a kind, the surest first.
const HANDLES: [&str; 6] = ["external_id", "email", "phone", "alias", "login", ""];

/// The fields by which records of a kind are named, the surest first; its name is the last.
pub(super) fn handles(kind: &'static Kind) -> impl Iterator<Item = &'static FieldDef> {
    HANDLES.into_iter().filter_map(|code| if code.is_empty() { Some(kind.name_field()) } else { kind.field(code) })
}

/// Whether a text can be a value of the handle at all.
pub(super) fn fits(def: &FieldDef, text: &str) -> bool {
    match def.ty {
        Type::Email => text.contains('@'),
        Type::Phone => phone::normalize(text).is_some(),
        _ => true,
    }
}

/// Whether a row has this text in the handle.
pub(super) fn has(row: Row<'_>, def: &FieldDef, text: &str) -> bool {
    let folded = fold_cow(text);
    let mut found = false;
    each(row, def, &mut |held| {
        found |= if def.ty == Type::Phone { phone::same(held, text) } else { fold_cow(held) == folded };
    });
    found
}

/// Gives the hash of every value of a handle; texts that are the same have the same.
pub(super) fn hashes(row: Row<'_>, def: &FieldDef, give: &mut dyn FnMut(u64)) {
    each(row, def, &mut |held| give(hash(def, held)));
}

/// The hash of a text as a value of a handle.
pub(super) fn hash(def: &FieldDef, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    if def.ty == Type::Phone {
        phone::shared_digits(text).hash(&mut hasher);
    } else {
        fold_cow(text).hash(&mut hasher);
    }
    hasher.finish()
}

/// Visits every text of a handle that a row has.
pub(super) fn each(row: Row<'_>, def: &FieldDef, visit: &mut dyn FnMut(&str)) {
    let Some(stored) = row.raw(def.tag) else { return };
    let mut one = |item: &[u8]| {
        let text = if def.ty == Type::Phone { item.get(1..).unwrap_or_default() } else { item };
        if let Ok(text) = std::str::from_utf8(text) {
            visit(text);
        }
    };
    if def.many {
        bytes::items(stored).for_each(&mut one);
    } else {
        one(stored);
    }
}

//! The grams of a record: those of its searched fields.

use crate::domain::{FieldDef, Kind, Row, Type, bytes, words::phone};

use super::gram::{Gram, Scratch, of_text};

/// The fields of a kind that are searched, by rising tag.
pub fn fields(kind: &Kind) -> Vec<&'static FieldDef> {
    let mut fields: Vec<_> = kind.all_fields().filter(|def| (def.search || def.name) && !def.derived).collect();
    fields.sort_unstable_by_key(|def| def.tag);
    fields
}

/// Gives every gram of a record, some of them more than once.
pub fn of_row(fields: &[&FieldDef], row: Row<'_>, scratch: &mut Scratch, sink: &mut impl FnMut(Gram)) {
    let mut wanted = fields.iter().peekable();
    for (tag, stored) in row.raw_fields() {
        while wanted.next_if(|def| def.tag < tag).is_some() {}
        match wanted.next_if(|def| def.tag == tag) {
            Some(def) if def.many => bytes::items(stored).for_each(|item| of_value(def, item, scratch, sink)),
            Some(def) => of_value(def, stored, scratch, sink),
            None if wanted.peek().is_none() => break,
            None => {}
        }
    }
}

fn of_value(def: &FieldDef, stored: &[u8], scratch: &mut Scratch, sink: &mut impl FnMut(Gram)) {
    let phone = def.ty == Type::Phone;
    let Ok(text) = std::str::from_utf8(if phone { stored.get(1..).unwrap_or_default() } else { stored }) else {
        return;
    };
    of_text(text, def.name, scratch, sink);
    if phone
        && let Some(digits) = phone::key(text)
        && digits != text
    {
        of_text(&digits, false, scratch, sink);
    }
}

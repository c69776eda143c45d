//! Every name and number that stands in a store and means something, one a line.
//!
//! A store is read for as long as people keep it, so that what a number has meant once it means for ever: a line may be
//! added here, and none may go or change. `tests/schema.txt` holds the lines of before, and a test compares.

use crate::domain::{FieldDef, Kind, schema::BASE};

use super::{chunk, engine::Space, entry, meta};

/// The lines, sorted as they are told: formats, spaces, kinds with their fields, the journal.
pub fn schema() -> Vec<String> {
    let mut lines = vec![
        format!("format of the store: {}", meta::FORMAT),
        format!("format of rows: {}", super::row::FORMAT),
        format!("format of entries: {}", entry::FORMAT),
        format!("format of chunks: {}", chunk::FORMAT),
    ];
    lines.extend(Space::ALL.iter().map(|space| format!("space {}", space.name())));
    lines.extend(meta::KEYS.iter().map(|key| format!("meta {}", String::from_utf8_lossy(key))));
    for kind in BASE.kinds() {
        of_kind(kind, &mut lines);
    }
    for def in entry::FIELDS {
        of_field("entry", def, &mut lines);
    }
    lines.extend(chunk::NUMBERS.iter().map(|(what, name, number)| format!("chunk {what} {number} {name}")));
    lines
}

fn of_kind(kind: &Kind, lines: &mut Vec<String>) {
    let Kind { noun, letters, .. } = kind;
    lines.push(format!("kind {} {noun} {letters}", kind.id.byte()));
    kind.all_fields().for_each(|def| of_field(noun, def, lines));
    let codes = |fields: &[FieldDef]| fields.iter().map(|def| def.code).collect::<Vec<_>>().join("+");
    for index in kind.indexes {
        lines.push(format!("{noun} index {} by {}", index.number, codes(index.fields)));
    }
    for summary in kind.summaries {
        lines.push(format!("{noun} summary {} by {} of {}", summary.number, codes(summary.by), codes(summary.sum)));
    }
}

fn of_field(owner: &str, def: &FieldDef, lines: &mut Vec<String>) {
    let FieldDef { tag, code, ty, .. } = def;
    let many = if def.many { " list" } else { "" };
    let target = def.target.map(|noun| format!(" to {noun}")).unwrap_or_default();
    lines.push(format!("{owner} field {tag} {code} {ty:?}{many}{target}"));
    for choice in def.choices {
        lines.push(format!("{owner} field {tag} {code} is {} {}", choice.number, choice.code));
    }
}

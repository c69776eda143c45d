//! What becomes unique must be so already: two records with the same value are named.

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
};

use crate::{
    domain::{
        FieldDef, Kind, RecordId, Row,
        define::{field, numbers},
    },
    error::{Error, ErrorKind, Failed, Result},
    store::{Reader, RecordChange, StepSchemas},
    text::said,
};

use super::staged::compared;

/// Looks at every field that is unique after the step and was not before it.
///
/// # Errors
/// `Conflict` where two records have the same value, with both ids.
pub(super) fn held_once(reader: &Reader<'_>, schemas: StepSchemas, changes: &[RecordChange]) -> Result<()> {
    for kind in schemas.after.kinds() {
        let Some(before) = schemas.before.kind(kind.id) else { continue };
        if std::ptr::eq(before, *kind) {
            continue;
        }
        let was = |def: &FieldDef| before.field_by_tag(def.tag).is_some_and(|before| before.unique);
        let defs: Vec<&FieldDef> = kind.all_fields().filter(|def| def.unique && !was(def)).collect();
        if !defs.is_empty() {
            each_once(reader, kind, &defs, changes)?;
        }
    }
    Ok(())
}

/// Looks through the records of a kind once for all of these fields.
fn each_once(reader: &Reader<'_>, kind: &Kind, defs: &[&FieldDef], changes: &[RecordChange]) -> Result<()> {
    let mut known: HashMap<(u16, Vec<u8>), u64> = HashMap::new();
    let mut take = |num: u64, row: Row<'_>, defs: &[&FieldDef]| -> Result<()> {
        for def in defs {
            let Some(value) = row.value(def) else { continue };
            if let Some(other) = known.insert((def.tag, compared(&value)), num) {
                return Err(twice(kind, def, (other, num)));
            }
        }
        Ok(())
    };
    let changed: HashSet<RecordId> = changes.iter().map(|change| change.id).collect();
    let made: HashSet<u64> = changes
        .iter()
        .filter(|change| change.id.kind == field::ID && change.before.is_none() && change.prev == 0)
        .map(|change| change.id.num)
        .collect();
    // No record has a value of a field that the step makes, but those that it writes itself.
    let is_new = |def: &FieldDef| numbers::defining(def.tag).is_some_and(|num| made.contains(&num));
    let held: Vec<&FieldDef> = defs.iter().copied().filter(|def| !is_new(def)).collect();
    if !held.is_empty() {
        let mut failed = Failed::default();
        reader.rows(kind.id, 0, false, &mut |num, row| {
            if changed.contains(&RecordId::new(kind.id, num)) {
                return ControlFlow::Continue(());
            }
            failed.flow(take(num, row, &held).map(|()| ControlFlow::Continue(())))
        })?;
        failed.end()?;
    }
    for change in changes.iter().filter(|change| change.id.kind == kind.id) {
        if let Some(record) = change.live_after() {
            take(change.id.num, record.row(), defs)?;
        }
    }
    Ok(())
}

fn twice(kind: &Kind, def: &FieldDef, (one, other): (u64, u64)) -> Error {
    let (one, other) = (RecordId::new(kind.id, one), RecordId::new(kind.id, other));
    let (en, zh) = (def.en.to_lowercase(), def.zh);
    Error::new(
        ErrorKind::Conflict,
        said!(
            "{one} and {other} have the same {en}, which cannot be unique",
            "{one} 与 {other} 的{zh}相同，不能设为唯一"
        ),
    )
    .hint(said!("change one of the two first", "请先更改其中一条"))
}

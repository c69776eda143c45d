//! What becomes unique must be so already: two records with the same value are named.

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
};

use crate::{
    domain::{FieldDef, Kind, Record, RecordId, Row},
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
        for def in kind.all_fields().filter(|def| def.unique && !was(def)) {
            each_once(reader, kind, def, changes)?;
        }
    }
    Ok(())
}

fn each_once(reader: &Reader<'_>, kind: &Kind, def: &FieldDef, changes: &[RecordChange]) -> Result<()> {
    let mut known: HashMap<Vec<u8>, u64> = HashMap::new();
    let mut take = |num: u64, row: Option<Row<'_>>| -> Result<()> {
        let Some(value) = row.and_then(|row| row.value(def)) else { return Ok(()) };
        match known.insert(compared(&value), num) {
            Some(other) => Err(twice(kind, def, (other, num))),
            None => Ok(()),
        }
    };
    let changed: HashSet<u64> =
        changes.iter().filter(|change| change.id.kind == kind.id).map(|change| change.id.num).collect();
    let mut failed = Failed::default();
    reader.rows(kind.id, 0, false, &mut |num, row| {
        if changed.contains(&num) {
            return ControlFlow::Continue(());
        }
        failed.flow(take(num, Some(row)).map(|()| ControlFlow::Continue(())))
    })?;
    failed.end()?;
    for change in changes.iter().filter(|change| change.id.kind == kind.id) {
        take(change.id.num, change.live_after().map(Record::row))?;
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

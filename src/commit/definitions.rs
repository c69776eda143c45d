//! Steps that change definitions: they must fit together as the whole step leaves them, and take nothing away that records
//! or other definitions need.

use crate::{
    domain::{
        KindId,
        define::{self, choice, field, kind, numbers, section},
    },
    error::{Error, ErrorKind, Result},
    store::{Reader, RecordChange, StepSchemas, definitions},
    text::said,
};

/// The schemas before and after a step.
///
/// # Errors
/// `Invalid` where definitions do not fit together after the step, or where records hold what it would take away.
pub(super) fn schemas(reader: &Reader<'_>, changes: &[RecordChange]) -> Result<StepSchemas> {
    let before = reader.schema();
    if !changes.iter().any(|change| define::is_definition(change.id.kind)) {
        return Ok(before.into());
    }
    for change in changes {
        keeps_its_values(change)?;
        if change.live_after().is_none() && change.live_before().is_some() {
            is_not_needed(reader, change)?;
        }
    }
    let (after, problems) = definitions::schema_after(reader.raw(), changes)?;
    match problems.first() {
        Some(problem) => Err(problem.error.clone().at(problem.id)),
        None => Ok(StepSchemas { before, after }),
    }
}

/// Refuses to change what values are known by: a field of another type would not read them.
fn keeps_its_values(change: &RecordChange) -> Result<()> {
    let (Some(old), Some(new)) = (change.live_before(), change.live_after()) else { return Ok(()) };
    let fixed: &[_] = match change.id.kind {
        field::ID => &[field::OF.lent(), field::CODE.lent(), field::TYPE.lent(), field::MANY.lent(), field::TO.lent()],
        choice::ID => &[choice::FIELD.lent(), choice::CODE.lent()],
        kind::ID => &[kind::NAME.lent(), kind::LETTERS.lent()],
        section::ID => &[section::OF.lent()],
        _ => &[],
    };
    match fixed.iter().find(|def| old.row().raw(def.tag) != new.row().raw(def.tag)) {
        Some(def) => Err(Error::invalid(said!("this cannot be changed any more", "此项不能再更改"))
            .at(crate::domain::rules::place(Some(change.id), def.named()))
            .hint(said!("add another one, and remove this one", "请另建一个，再删除此项"))),
        None => Ok(()),
    }
}

/// Refuses to remove a kind of which there are records.
fn is_not_needed(reader: &Reader<'_>, change: &RecordChange) -> Result<()> {
    let Some(own) = (change.id.kind == kind::ID).then(|| numbers::kind(change.id.num)).flatten() else { return Ok(()) };
    let count = reader.total(own)? + in_the_trash(reader, own)?;
    if count == 0 {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Conflict, said!("{count} records are of this kind", "还有 {count} 条此类记录"))
        .at(change.id)
        .hint(said!("purge them first", "请先将其永久删除")))
}

fn in_the_trash(reader: &Reader<'_>, kind: KindId) -> Result<u64> {
    let mut count = 0;
    reader.trashed(kind, &mut |_, _| {
        count += 1;
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(count)
}

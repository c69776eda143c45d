//! What must hold of every record, whatever its kind: required fields, unique ones, links that lead somewhere.

use crate::{
    domain::{
        Draft, FieldDef, Kind, Lookup, Record, RecordId, bytes, deal,
        rules::{invalid, place},
        target_of,
    },
    error::{Error, Result},
    text::said,
};

use super::staged::Staged;

/// Refuses a field that nobody may set this way, on a new record or on this one.
pub(super) fn settable(id: Option<RecordId>, kind: &Kind, def: &FieldDef, import: bool) -> Result<()> {
    let refused = |what| Error::invalid(what).at(place(id, &def.named()));
    if def.derived || def.kept {
        let error = refused(said!("the program keeps this field; it cannot be set", "此字段由程序维护，不能设置"));
        return Err(match id {
            _ if kind.id != deal::ID || def.tag != deal::STATUS.tag() => error.hint(said!(
                "crm help fields {} shows which ones can be set",
                "crm help fields {} 可查看哪些能设置",
                kind.noun
            )),
            Some(id) => error
                .hint(said!("it follows the stage: crm deal move {id} won", "它随阶段而定：crm deal move {id} won")),
            None => error.hint(said!("it follows the stage: write stage=won", "它随阶段而定：请写 stage=won")),
        });
    }
    if def.import_only && !import {
        return Err(refused(said!("only an import sets this field", "此字段只能由导入设置"))
            .hint(said!("crm import FILE brings it in", "crm import 文件 可带入它")));
    }
    Ok(())
}

/// Checks a record that is about to be written.
pub(super) fn record(draft: &Draft<'_>, kind: &'static Kind, staged: &Staged<'_>) -> Result<()> {
    if let Some(def) = kind.fields.iter().find(|def| def.required && draft.new.row().raw(def.tag).is_none()) {
        return Err(invalid(draft, def.code, said!("it cannot be empty", "不能为空")).hint(said!(
            "write {}=...",
            "请写 {}=...",
            def.code
        )));
    }
    let bound = |def: &&FieldDef| def.unique || def.target.is_some();
    match draft.old {
        Some(old) => {
            for (tag, _, stored) in old.row().differing(draft.new.row()) {
                if let (Some(stored), Some(def)) = (stored, kind.field_by_tag(tag).filter(bound)) {
                    holds(draft, kind, def, stored, staged)?;
                }
            }
        }
        None => {
            for def in kind.all_fields().filter(bound) {
                if let Some(stored) = draft.new.row().raw(def.tag) {
                    holds(draft, kind, def, stored, staged)?;
                }
            }
        }
    }
    Ok(())
}

/// Checks a field that has a new value: nobody else has it, if it is unique; it leads to a record, if it is a link.
fn holds(draft: &Draft<'_>, kind: &'static Kind, def: &FieldDef, stored: &[u8], staged: &Staged<'_>) -> Result<()> {
    if def.unique {
        unique(draft, kind, def, staged)?;
    }
    if let Some(target) = target_of(def) {
        let num = bytes::unsigned(stored).unwrap_or_default();
        let id = RecordId::new(target.id, num);
        if id != draft.id && !staged.exists(id)? {
            return Err(Error::not_found(said!(("there is no {} {id}", target.noun), ("没有{} {id}", target.zh)))
                .at(draft.place(def.code))
                .hint(said!("crm {} list shows them", "crm {} list 可查看", target.noun)));
        }
    }
    Ok(())
}

fn unique(draft: &Draft<'_>, kind: &Kind, def: &FieldDef, staged: &Staged<'_>) -> Result<()> {
    let Some(value) = draft.new.row().value(def) else { return Ok(()) };
    match staged.holder(kind.id, def, &value, draft.id.num)? {
        Some(other) => Err(invalid(
            draft,
            def.code,
            said!(
                ("{} has the same {}", RecordId::new(kind.id, other), def.en.to_lowercase()),
                ("{} 已有同样的{}", RecordId::new(kind.id, other), def.zh)
            ),
        )
        .hint(said!("choose another one", "请换一个"))),
        None => Ok(()),
    }
}

/// Refuses a chain of links that comes back to its start (a parent that is its own child's child).
pub(super) fn acyclic(draft: &Draft<'_>, kind: &Kind, staged: &Staged<'_>) -> Result<()> {
    for link in kind.all_fields().filter(|def| def.acyclic) {
        let changed = draft.new.row().raw(link.tag) != draft.old.and_then(|old| old.row().raw(link.tag));
        if changed && leads_back(link, draft.id, &draft.new, &mut |id| staged.record(id))? {
            return Err(invalid(draft, link.code, said!("this would make a circle", "这会形成循环")).hint(said!(
                "choose a record that does not itself hang below this one",
                "请选一条不在此记录之下的记录"
            )));
        }
    }
    Ok(())
}

/// Whether a chain of links that begins with a record comes back to one of its own.
pub(super) fn leads_back(
    link: &FieldDef,
    id: RecordId,
    record: &Record,
    look_up: &mut dyn FnMut(RecordId) -> Result<Option<Record>>,
) -> Result<bool> {
    let next = |record: &Record| record.row().raw(link.tag).and_then(bytes::unsigned);
    let (mut seen, mut at) = (vec![id.num], next(record));
    while let Some(num) = at {
        if seen.contains(&num) {
            return Ok(true);
        }
        seen.push(num);
        at = look_up(RecordId::new(id.kind, num))?.as_ref().and_then(next);
    }
    Ok(false)
}

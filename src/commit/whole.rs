//! What must stay whole when records go, or come back: what they hang on is there, and nothing unique is there twice.

use std::{collections::HashMap, ops::ControlFlow};

use crate::{
    domain::{Kind, Lookup, Record, RecordId, Row, Value, bytes, field::FieldDef, links, pipeline},
    error::{Error, Result},
    store::{Reader, RecordChange, gone_at},
    text::said,
};

use super::check::Chains;

/// Takes a record that does not fit and why: passes the error on, or leaves the record out.
pub(super) type OnRefusal<'r> = dyn FnMut(RecordId, Error) -> Result<()> + 'r;

/// Passes every refusal on.
pub(super) fn strictly(_: RecordId, error: Error) -> Result<()> {
    Err(error)
}

/// Refuses to move a stage to the trash that still has deals, or a pipeline that still has stages: what is in them
/// would be on no board.
pub(super) fn left_empty(reader: &Reader<'_>, changes: &[RecordChange], refuse: &mut OnRefusal<'_>) -> Result<()> {
    let mut homes = Vec::new();
    let schema = reader.schema();
    for kind in schema.kinds() {
        let links = kind.all_fields().filter(|def| def.home);
        homes.extend(links.filter_map(|link| Some((schema.target(link)?.id, *kind, link))));
    }
    let held_in = |id: RecordId| homes.iter().filter(move |(holder, ..)| *holder == id.kind);
    // One that the step itself makes may go in it, too.
    let leaves = |change: &&RecordChange| {
        change.live_after().is_none() && (change.live_before().is_some() || change.before.is_none())
    };
    let leaving = |change: &&RecordChange| leaves(change) && held_in(change.id).next().is_some();
    if !changes.iter().any(|change| leaving(&change)) {
        return Ok(());
    }
    let changed: HashMap<RecordId, &RecordChange> = changes.iter().map(|change| (change.id, change)).collect();
    for change in changes.iter().filter(leaving) {
        for (_, kind, link) in held_in(change.id) {
            if let Err(error) = holds_none(reader, &changed, change.id, kind, link) {
                refuse(change.id, error)?;
            }
        }
    }
    Ok(())
}

fn holds_none(
    reader: &Reader<'_>,
    changed: &HashMap<RecordId, &RecordChange>,
    holder: RecordId,
    kind: &'static Kind,
    link: &FieldDef,
) -> Result<()> {
    let points = |row: Row<'_>| row.raw(link.tag).and_then(bytes::unsigned) == Some(holder.num);
    let now = |id: RecordId| changed.get(&id).and_then(|change| change.live_after());
    let mut held =
        changed.keys().copied().find(|id| id.kind == kind.id && now(*id).is_some_and(|new| points(new.row())));
    let mut look = |num: u64| {
        let id = RecordId::new(kind.id, num);
        if changed.contains_key(&id) {
            return ControlFlow::Continue(());
        }
        held = Some(id);
        ControlFlow::Break(())
    };
    if link.indexed() {
        reader.linking(kind.id, link, holder.num, &mut look)?;
    } else {
        reader
            .rows(kind.id, 0, false, &mut |num, row| if points(row) { look(num) } else { ControlFlow::Continue(()) })?;
    }
    let Some(id) = held else { return Ok(()) };
    let (noun, zh) = reader.schema().kind(holder.kind).map_or(("record", "记录"), |kind| (kind.noun, kind.zh));
    Err(Error::conflict(said!(
        ("{holder} still has {}, {id} for one", kind.plural),
        ("{holder} 仍有{}，例如 {id}", kind.zh)
    ))
    .hint(said!(
        ("move them first: crm {} list {noun}:{holder} shows them", kind.noun),
        ("请先移走它们：crm {} list {zh}:{holder} 可查看", kind.noun)
    )))
}

/// Refuses to bring back what does not fit any more: a link to a record that is gone since, a login that another user
/// has taken, a deal whose stage is in the trash, a parent that has come to hang below its child.
pub(super) fn fitting(reader: &Reader<'_>, changes: &[RecordChange], refuse: &mut OnRefusal<'_>) -> Result<()> {
    let (mut gone, mut taken) = (HashMap::new(), HashMap::new());
    let changed = || changes.iter().map(|change| (change.id, change)).collect::<HashMap<_, _>>();
    let (mut now, mut chains) = (None, Chains::default());
    for change in changes {
        let Some(after) = &change.after else { continue };
        let comes_back = change.live_before().is_none();
        if let Some(record) = change.live_after() {
            let kind = reader.schema().kind_of(change.id)?;
            if change.id.kind == pipeline::ID {
                one_default(reader, now.get_or_insert_with(changed), change)
                    .or_else(|error| refuse(change.id, error))?;
            }
            for def in kind.all_fields().filter(|def| def.unique) {
                let Some(Value::Text(text)) = record.row().value(def) else { continue };
                if let Some(other) = taken.insert((kind.id, def.tag, crate::text::fold(&text)), change.id) {
                    refuse(change.id, has_the_same(change.id, def, other))?;
                }
            }
            let newly = |link: &&FieldDef| {
                let (now, before) = (record.row().raw(link.tag), change.live_before().map(Record::row));
                now.is_some() && before.and_then(|before| before.raw(link.tag)) != now
            };
            for link in kind.all_fields().filter(|def| def.home || def.acyclic).filter(newly) {
                let fits = in_place(reader, now.get_or_insert_with(changed), (change.id, record), link, &mut chains);
                fits.or_else(|error| refuse(change.id, error))?;
            }
        }
        for def in reader.schema().kind_of(change.id)?.all_fields().filter(|def| def.unique || def.target.is_some()) {
            let Some(stored) = after.record.row().raw(def.tag) else { continue };
            let before = change.before.as_ref().and_then(|before| before.record.row().raw(def.tag));
            if before == Some(stored) && !comes_back {
                continue;
            }
            // What lies in the trash holds no name: the one who has it may keep it.
            if def.unique
                && change.live_after().is_some()
                && let Some(value) = after.record.row().value(def)
                && let Some(other) = reader.holder(change.id.kind, def, &value, change.id.num)?
            {
                let other = RecordId::new(change.id.kind, other);
                if !now.get_or_insert_with(changed).contains_key(&other) {
                    refuse(change.id, has_the_same(change.id, def, other))?;
                }
            }
            if let Some(target) = reader.schema().target(def) {
                let lost = links(def, Some(stored)).map(|num| RecordId::new(target.id, num));
                for to in lost {
                    let known = gone.get(&to).copied();
                    let is_gone = match known {
                        Some(known) => known,
                        None => gone_at(reader.raw(), to)?.is_some() && reader.held(to)?.is_none(),
                    };
                    gone.insert(to, is_gone);
                    if is_gone {
                        let comes_too = now.get_or_insert_with(changed).get(&to);
                        if comes_too.is_none_or(|change| change.after.is_none()) {
                            let error = Error::conflict(said!(
                                ("{} {}: {to} is gone for good", change.id, def.code),
                                ("{} {}：{to} 已彻底删除", change.id, def.zh)
                            ))
                            .hint(said!(
                                "crm set {} {}= first, or leave it as it is",
                                "请先 crm set {} {}=，或保持原样",
                                change.id,
                                def.code
                            ));
                            refuse(change.id, error)?;
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

/// Refuses a pipeline that comes to be the default one again while another one is that.
fn one_default(reader: &Reader<'_>, changed: &HashMap<RecordId, &RecordChange>, change: &RecordChange) -> Result<()> {
    let is_default = |record: Option<&Record>| record.and_then(|record| record.get(pipeline::DEFAULT)) == Some(true);
    if !is_default(change.live_after()) || is_default(change.live_before()) {
        return Ok(());
    }
    for num in pipeline::defaults(reader, change.id.num)? {
        let other = RecordId::new(pipeline::ID, num);
        if changed.get(&other).is_none_or(|change| is_default(change.live_after())) {
            return Err(Error::conflict(said!("{other} is the default pipeline by now", "默认销售流程现为 {other}"))
                .at(pipeline::DEFAULT.lent().named())
                .at(change.id)
                .hint(said!("crm pipeline set {other} default= first", "请先 crm pipeline set {other} 默认=")));
        }
    }
    Ok(())
}

/// Refuses a record whose home is in the trash, or that would hang below itself.
fn in_place(
    reader: &Reader<'_>,
    changed: &HashMap<RecordId, &RecordChange>,
    (id, record): (RecordId, &Record),
    link: &FieldDef,
    chains: &mut Chains,
) -> Result<()> {
    let linked = |record: &Record| record.row().raw(link.tag).and_then(bytes::unsigned);
    let live = |id: RecordId| match changed.get(&id) {
        Some(change) => Ok(change.live_after().cloned()),
        None => reader.record(id),
    };
    if link.home
        && let Some((num, target)) = linked(record).zip(reader.schema().target(link))
    {
        let to = RecordId::new(target.id, num);
        if live(to)?.is_none() {
            return Err(Error::conflict(said!("{to} is in the trash", "{to} 在回收站中"))
                .at(link.named())
                .at(id)
                .hint(said!("bring that back first: crm restore {to}", "请先恢复它：crm restore {to}")));
        }
    }
    if link.acyclic && chains.lead_back(link, id, &mut |id| Ok(live(id)?.as_ref().and_then(linked)))? {
        return Err(Error::conflict(said!("this would make a circle", "这会形成循环"))
            .at(link.named())
            .at(id)
            .hint(said!("take the link from one of them first", "请先去掉其中一个的关联")));
    }
    Ok(())
}

fn has_the_same(id: RecordId, def: &FieldDef, other: RecordId) -> Error {
    Error::conflict(said!("{other} has the same by now", "{other} 现在已有同样的值"))
        .at(def.named())
        .at(id)
        .hint(said!("give {other} another one first", "请先给 {other} 换一个"))
}

//! What still needs a definition that a step would take away: records, other definitions, saved views.

use std::{collections::HashMap, ops::ControlFlow};

use crate::{
    domain::{
        KindId, Lookup, Record, RecordId, Row, Schema, Type, bytes,
        define::{choice, field, kind, numbers, section},
        field::Field,
        types::Texts,
        view,
    },
    error::{Error, Result},
    query::{
        count::GroupBy,
        field_path::FieldPath,
        resolve::{self, NamedRecords},
        select::Order,
        views::{self, SavedView},
    },
    store::{
        Reader, RecordChange, RecordState,
        journal::{Residence, StepType},
    },
    text::{Said, counted, said},
};

use super::Context;

/// Refuses to take away what records hold: a kind of which there are records, a choice that was taken, the number of a
/// field by which rows know its values. A field in the trash keeps them, and one that is purged takes them along.
pub(super) fn by_records(
    reader: &Reader<'_>,
    change: &RecordChange,
    changes: &[RecordChange],
    deed: StepType,
) -> Result<()> {
    let Some(before) = change.before.as_ref() else { return Ok(()) };
    let (schema, num) = (reader.schema(), change.id.num);
    match change.id.kind {
        kind::ID => {
            let own = numbers::kind(num).filter(|own| schema.kind(*own).is_some());
            let held = own.map_or(Ok(None), |own| holders(reader, own, changes, &|_| true))?;
            match held {
                Some(held) => Err(still_held(change, held, said!("purge them first", "请先将其永久删除"))),
                None => Ok(()),
            }
        }
        field::ID if change.after.is_none() && deed != StepType::Purge => {
            let of = before.record.get(field::OF).and_then(|noun| schema.named(noun));
            let (Some(of), Some(tag)) = (of, numbers::tag(num)) else { return Ok(()) };
            let name = before.record.get(field::NAME).unwrap_or_default();
            match holders(reader, of.id, changes, &|row| row.raw(tag).is_some())? {
                Some(held) => Err(still_held(
                    change,
                    held,
                    said!(
                        "crm field rm {name} puts it aside and keeps them",
                        "crm field rm {name} 可停用字段并保留其值"
                    ),
                )),
                None => Ok(()),
            }
        }
        // With its field it goes where that goes.
        choice::ID if field_leaves(before, changes) => Ok(()),
        choice::ID => {
            let of = before.record.get(choice::FIELD).and_then(|name| name.split_once('.'));
            let of = of.and_then(|(noun, code)| schema.named(noun).map(|kind| (kind, code)));
            let of = of.and_then(|(kind, code)| {
                let gone = || kind.gone.iter().find(|def| def.code == code);
                Some((kind, kind.field(code).or_else(gone)?))
            });
            let Some((of, def)) = of.filter(|(_, def)| def.ty == Type::Choice) else { return Ok(()) };
            let number = numbers::choice(num).map(u64::from);
            let took = |row: Row<'_>| {
                let Some(stored) = row.raw(def.tag) else { return false };
                if !def.many {
                    return bytes::unsigned(stored) == number;
                }
                bytes::items(stored).any(|item| bytes::unsigned(item) == number)
            };
            let name = before.record.get(choice::NAME).unwrap_or_default();
            match holders(reader, of.id, changes, &took)? {
                Some(held) => Err(still_held(
                    change,
                    held,
                    said!(
                        "crm choice set {name} retired=yes offers it no more and keeps them",
                        "crm choice set {name} 停用=是 可不再提供此选项并保留已有的值"
                    ),
                )),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Whether the field of a choice goes in the same step.
fn field_leaves(choice: &RecordState, changes: &[RecordChange]) -> bool {
    let name = choice.record.get(choice::FIELD);
    let of = |change: &&RecordChange| change.before.as_ref().and_then(|before| before.record.get(field::NAME)) == name;
    changes
        .iter()
        .filter(|change| change.id.kind == field::ID && change.live_after().is_none())
        .any(|change| of(&change))
}

fn still_held(change: &RecordChange, (count, first): (u64, RecordId), hint: Said) -> Error {
    Error::conflict(said!(
        ("It is still needed by {}, {first} for one", counted(count, "record")),
        ("仍有 {count} 条记录使用它，例如 {first}")
    ))
    .at(change.id)
    .hint(hint)
}

/// How many records of a kind would hold something after a step, those in the trash too, and the first of them.
fn holders(
    reader: &Reader<'_>,
    kind: KindId,
    changes: &[RecordChange],
    holds: &dyn Fn(Row<'_>) -> bool,
) -> Result<Option<(u64, RecordId)>> {
    let changed: HashMap<u64, &RecordChange> =
        changes.iter().filter(|change| change.id.kind == kind).map(|change| (change.id.num, change)).collect();
    let mut found: Option<(u64, RecordId)> = None;
    let mut add = |num: u64| match &mut found {
        Some((count, _)) => *count += 1,
        None => found = Some((1, RecordId::new(kind, num))),
    };
    for place in [Residence::Live, Residence::Trash] {
        reader.rows_in(place, kind, (0, u64::MAX), false, &mut |num, row| {
            if !changed.contains_key(&num) && holds(row) {
                add(num);
            }
            ControlFlow::Continue(())
        })?;
    }
    for (num, change) in &changed {
        if change.after.as_ref().is_some_and(|after| holds(after.record.row())) {
            add(*num);
        }
    }
    Ok(found)
}

/// Refuses to take a field away that a section of a form names, and a kind for good whose fields stay.
pub(super) fn by_definitions(reader: &Reader<'_>, change: &RecordChange, changes: &[RecordChange]) -> Result<()> {
    if change.id.kind == kind::ID && change.after.is_none() {
        let noun = change.before.as_ref().and_then(|before| before.record.get(kind::NAME));
        let of = definition(reader, changes, field::ID, &|it| it.get(field::OF) == noun)?;
        return of.map_or(Ok(()), |of| {
            Err(Error::conflict(said!("{of} is a field of it", "{of} 是它的字段"))
                .at(change.id)
                .hint(said!("purge the fields of the kind first", "请先彻底删除该类别的字段")))
        });
    }
    let Some(before) = change.live_before().filter(|_| change.id.kind == field::ID) else { return Ok(()) };
    let (Some(of), Some(code)) = (before.get(field::OF), before.get(field::CODE)) else { return Ok(()) };
    // Without its record a field of the program is as it was.
    if before.get(field::TYPE).is_none() && before.get(field::FORMULA).is_none() {
        return Ok(());
    }
    let names = |record: &Record, list: Field<Texts>| view::texts(record.get(list)).iter().any(|name| name == code);
    let section = definition(reader, changes, section::ID, &|it| {
        it.get(section::OF) == Some(of) && names(it, section::OF_FIELDS)
    })?;
    match section {
        Some(by) => Err(Error::conflict(said!("{by} names it", "{by} 引用了它"))
            .at(change.id)
            .hint(said!("crm show {by} shows where; take it out there first", "crm show {by} 可查看；请先在那里去掉"))),
        None => Ok(()),
    }
}

/// A definition that stands after a step and of which something holds.
fn definition(
    reader: &Reader<'_>,
    changes: &[RecordChange],
    kind: KindId,
    holds: &dyn Fn(&Record) -> bool,
) -> Result<Option<RecordId>> {
    let changed = changes.iter().filter(|change| change.id.kind == kind);
    let mut found = changed.clone().find(|change| change.live_after().is_some_and(holds)).map(|change| change.id);
    reader.each(kind, &mut |num, record| {
        let id = RecordId::new(kind, num);
        if found.is_none() && holds(record) && !changed.clone().any(|change| change.id == id) {
            found = Some(id);
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Refuses a step that leaves a saved view with names that nothing has any more.
pub(super) fn by_views(
    reader: &Reader<'_>,
    context: &Context,
    after: &'static Schema,
    changes: &[RecordChange],
) -> Result<()> {
    let later = Reader::within(reader.raw(), after);
    for saved in views::all(reader)? {
        let stays = changes.iter().all(|change| change.id != saved.id);
        if stays && is_understood(reader, context, &saved) && !is_understood(&later, context, &saved) {
            let name = crate::text::scrub(&saved.name);
            return Err(Error::conflict(said!(
                ("The view '{name}' ({}) asks for what would be gone", saved.id),
                ("视图“{name}”（{}）用到将被删除的内容", saved.id)
            ))
            .hint(said!("change or remove the view first", "请先更改或删除该视图")));
        }
    }
    Ok(())
}

/// Whether what a view says has a meaning.
fn is_understood(reader: &Reader<'_>, context: &Context, saved: &SavedView) -> bool {
    let schema = reader.schema();
    let Some(kind) = saved.kind.and_then(|kind| schema.kind(kind.id)) else { return false };
    let asking = context.asking(*reader);
    let filter = || resolve::canonical(&saved.filter, kind, &asking, &saved.name, NamedRecords::MayCome).is_ok();
    (saved.is_static || filter())
        && saved.columns.iter().all(|column| FieldPath::parse(column, kind, schema).is_ok())
        && saved.sort.iter().all(|sort| Order::parse(sort, kind, schema).is_ok())
        && saved.by.iter().all(|by| GroupBy::parse(by, kind, schema).is_ok())
}

//! Records that hold something: a kind has some, rows have values of a field or have taken a choice.

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
};

use crate::{
    domain::{
        FieldDef, KindId, RecordId, Row, Schema, Type, bytes,
        define::{choice, field, kind, numbers},
    },
    error::{Error, Result},
    store::{
        Reader, RecordChange,
        journal::{Residence, StepType},
    },
    text::{Said, counted, said},
};

/// Refuses to take away what records hold: a kind of which there are records, a choice that was taken, the number of a
/// field by which rows know its values. A field in the trash keeps them, and one that is purged takes them along. The
/// records of a kind are looked through once, however many definitions go.
pub(in crate::commit) fn by_records(
    reader: &Reader<'_>,
    leaving: &[&RecordChange],
    changes: &[RecordChange],
    deed: StepType,
) -> Result<()> {
    let mut wanted: BTreeMap<KindId, Wanted> = BTreeMap::new();
    for (at, change) in leaving.iter().enumerate() {
        ask(reader.schema(), (at, change), changes, deed, &mut wanted);
    }
    let mut found: Vec<Option<(u64, RecordId)>> = vec![None; leaving.len()];
    for (kind, wanted) in wanted {
        wanted.look(reader, kind, changes, &mut found)?;
    }
    match leaving.iter().zip(found).find_map(|(change, found)| Some((change, found?))) {
        Some((change, (count, first))) => Err(still_held(change, count, first)),
        None => Ok(()),
    }
}

/// Notes what records must not hold for a definition to go.
fn ask(
    schema: &'static Schema,
    (at, change): (usize, &RecordChange),
    changes: &[RecordChange],
    deed: StepType,
    wanted: &mut BTreeMap<KindId, Wanted>,
) {
    let (Some(before), num) = (change.before.as_ref().map(|before| &before.record), change.id.num) else { return };
    match change.id.kind {
        kind::ID => {
            if let Some(own) = numbers::kind(num).filter(|own| schema.kind(*own).is_some()) {
                wanted.entry(own).or_default().any = Some(at);
            }
        }
        field::ID if change.after.is_none() && deed != StepType::Purge => {
            let of = before.get(field::OF).and_then(|noun| schema.named(noun));
            if let Some((of, tag)) = of.zip(numbers::tag(num)) {
                wanted.entry(of.id).or_default().fields.push((tag, at));
            }
        }
        choice::ID => {
            let of = before.get(choice::FIELD).and_then(|name| name.split_once('.'));
            let of = of.and_then(|(noun, code)| Some((schema.named(noun)?, code)));
            let Some(((kind, code), number)) = of.zip(numbers::choice(num)) else { return };
            // A field that was removed may have the code of another one, and may come back.
            let is_called = |def: &&FieldDef| def.code == code || numbers::own_code(code) == def.code;
            let offering = kind.fields.iter().chain(kind.gone).filter(is_called);
            for def in offering.filter(|def| def.ty == Type::Choice && !def.derived) {
                if !goes_with(change, def, changes) {
                    let taken = wanted.entry(kind.id).or_default().choices.entry(def.tag).or_default();
                    taken.insert(u64::from(number), (at, def.many));
                }
            }
        }
        _ => {}
    }
}

/// Whether a choice goes where its field goes in the same step.
fn goes_with(choice: &RecordChange, def: &FieldDef, changes: &[RecordChange]) -> bool {
    let field = numbers::defining(def.tag).map(|num| RecordId::new(field::ID, num));
    let goes = changes.iter().find(|change| Some(change.id) == field).filter(|change| change.live_after().is_none());
    goes.is_some_and(|field| field.after.is_none() || choice.after.is_some())
}

/// What is looked for in the records of a kind, each with the place of the definition that goes.
#[derive(Default)]
struct Wanted {
    any: Option<usize>,
    /// By the tags of fields.
    fields: Vec<(u16, usize)>,
    /// By the tags of fields and the numbers of choices; whether the field holds a list.
    choices: BTreeMap<u16, HashMap<u64, (usize, bool)>>,
}

impl Wanted {
    /// Looks at the records as they are after a step, those in the trash too: how many hold each, and the first of them.
    fn look(
        &self,
        reader: &Reader<'_>,
        kind: KindId,
        changes: &[RecordChange],
        found: &mut [Option<(u64, RecordId)>],
    ) -> Result<()> {
        let changed: HashMap<u64, &RecordChange> =
            changes.iter().filter(|change| change.id.kind == kind).map(|change| (change.id.num, change)).collect();
        let mut add = |num: u64, row: Row<'_>| {
            for at in self.held(row) {
                found[at].get_or_insert((0, RecordId::new(kind, num))).0 += 1;
            }
        };
        for place in [Residence::Live, Residence::Trash] {
            reader.rows_in(place, kind, (0, u64::MAX), false, &mut |num, row| {
                if !changed.contains_key(&num) {
                    add(num, row);
                }
                ControlFlow::Continue(())
            })?;
        }
        for (num, change) in &changed {
            if let Some(after) = &change.after {
                add(*num, after.record.row());
            }
        }
        Ok(())
    }

    /// The places of what a row holds, each once.
    fn held(&self, row: Row<'_>) -> Vec<usize> {
        let mut held: Vec<usize> = self.any.into_iter().collect();
        held.extend(self.fields.iter().filter(|(tag, _)| row.raw(*tag).is_some()).map(|(_, at)| *at));
        for (tag, numbers) in &self.choices {
            let Some(stored) = row.raw(*tag) else { continue };
            let place = |stored: &[u8], many: bool| {
                let found = bytes::unsigned(stored).and_then(|number| numbers.get(&number));
                found.filter(|(_, list)| *list == many).map(|(at, _)| *at)
            };
            held.extend(place(stored, false));
            if numbers.values().any(|(_, many)| *many) {
                held.extend(bytes::items(stored).filter_map(|item| place(item, true)));
            }
        }
        held.sort_unstable();
        held.dedup();
        held
    }
}

fn still_held(change: &RecordChange, count: u64, first: RecordId) -> Error {
    Error::conflict(said!(
        ("It is still needed by {}, {first} for one", counted(count, "record")),
        ("仍有 {count} 条记录使用它，例如 {first}")
    ))
    .at(change.id)
    .hint(hint(change))
}

/// What to do about it.
fn hint(change: &RecordChange) -> Said {
    let name = |field| change.before.as_ref().and_then(|before| before.record.get(field)).unwrap_or_default();
    match change.id.kind {
        field::ID => {
            let name = name(field::NAME);
            said!("crm field rm {name} puts it aside and keeps them", "crm field rm {name} 可停用字段并保留其值")
        }
        choice::ID => {
            let name = name(choice::NAME);
            said!(
                "crm choice set {name} retired=yes offers it no more and keeps them",
                "crm choice set {name} 停用=是 可不再提供此选项并保留已有的值"
            )
        }
        _ => said!("purge them first", "请先将其永久删除"),
    }
}

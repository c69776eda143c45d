//! Counts and sums by group.

use std::{collections::HashMap, ops::ControlFlow};

use chrono_tz::Tz;

use crate::{
    domain::{FieldDef, Kind, RecordId, Row, Type, Value, bytes, customer},
    error::Result,
    query::{
        field_path::{FieldPath, Leaf, PathValue},
        filter::Filter,
        next_followup,
        plan::number_in,
        select,
    },
    store::{
        Reader,
        engine::KeyRange,
        index::{is_cut, prefix},
        keys::{put_num, put_value, split_value},
    },
    text::fold_cow,
};

use super::{
    Aggregate, GroupBy,
    rows::{Groups, Label, Row as GroupRow},
    sums::{Amount, TotalsByUnit, amounts_of},
};

/// What stands in a key before the value of a group, and for the group without one, which comes last.
const HERE: u8 = 0;
const NOWHERE: u8 = 1;

/// Groups the records that pass a filter, and works out the aggregates of each group.
pub fn group(reader: &Reader<'_>, filter: &Filter, by: &[GroupBy], aggregates: &[Aggregate], tz: Tz) -> Result<Groups> {
    let by_index = match by {
        [one] if filter.is_all() && aggregates.is_empty() => by_index(reader, filter.kind(), one)?,
        _ => None,
    };
    let groups = match by_index {
        Some(groups) => groups,
        None => by_rows(reader, filter, by, aggregates, tz)?,
    };
    let mut sorted: Vec<_> = groups.into_iter().collect();
    if by.is_empty() && sorted.is_empty() {
        sorted.push((Vec::new(), (Vec::new(), TotalsByUnit::of_count(0, aggregates.len()))));
    }
    sorted.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let rows = sorted.into_iter().flat_map(|(_, (labels, lines))| {
        lines.0.into_iter().map(move |(unit, line)| GroupRow { labels: labels.clone(), unit, line })
    });
    Ok(Groups::new(by, aggregates.to_vec(), rows.collect(), tz))
}

type ByKey = HashMap<Vec<u8>, (Vec<Label>, TotalsByUnit)>;

/// Counts the keys of the index of the field; `None` where it has none that tells groups apart.
fn by_index(reader: &Reader<'_>, kind: &'static Kind, by: &GroupBy) -> Result<Option<ByKey>> {
    let Some(def) = by.path.own_field() else { return Ok(None) };
    if !def.indexed()
        || def.many
        || by.bucket.is_some()
        || matches!(def.ty, Type::Phone | Type::Due)
        || customer::is_next_followup(def)
    {
        return Ok(None);
    }
    // The value of each group, its first record, and its count.
    let mut found: Vec<(Vec<u8>, u64, u64)> = Vec::new();
    let mut counted = 0;
    let mut cut = false;
    let start = prefix(kind.id, def.tag);
    reader.index(KeyRange::prefix(&start), false, &mut |key| {
        let value = key.get(start.len()..).and_then(|rest| split_value(def.ty, rest));
        let (Some((value, _)), Some(num)) = (value, number_in(def.ty, key)) else { return ControlFlow::Continue(()) };
        counted += 1;
        match found.last_mut() {
            Some((held, _, count)) if held == value => *count += 1,
            _ => {
                cut |= is_cut(def.ty, value);
                found.push((value.to_vec(), num, 1));
            }
        }
        if cut { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    if cut {
        return Ok(None);
    }
    let mut groups = ByKey::with_capacity(found.len() + 1);
    let mut add = |key: Vec<u8>, label: Label, count: u64| {
        groups.insert(key, (vec![label], TotalsByUnit::of_count(count, 0)));
    };
    for (value, first, count) in found {
        let id = RecordId::new(kind.id, first);
        let label = reader.with_row(id, |row| by.path.look(reader, id, row, label_of))?;
        add([&[HERE], &value[..]].concat(), label.unwrap_or(Ok(Label::Nothing))?, count);
    }
    let rest = reader.total(kind.id)?.saturating_sub(counted);
    if rest > 0 {
        add(vec![NOWHERE], Label::Nothing, rest);
    }
    Ok(Some(groups))
}

fn label_of(found: Option<PathValue<'_>>) -> Label {
    match found {
        None => Label::Nothing,
        Some(PathValue::Id(id)) => Label::Id(id),
        Some(PathValue::Stored(def, stored)) => Label::Stored(def, stored.into()),
    }
}

fn by_rows(reader: &Reader<'_>, filter: &Filter, by: &[GroupBy], aggregates: &[Aggregate], tz: Tz) -> Result<ByKey> {
    let mut groups = ByKey::new();
    let mut amounts = Vec::new();
    // Of a record in several groups, because a field is a list, one key and its labels for each.
    let mut keys: Vec<(Vec<u8>, Vec<Label>)> = Vec::new();
    let kind = filter.kind().id;
    select::each(reader, filter, &mut |num, row| {
        let id = RecordId::new(kind, num);
        keys.clear();
        keys.push((Vec::new(), Vec::new()));
        for one in by {
            look(&one.path, reader, id, row, |found| extend(&mut keys, one, found, tz))??;
        }
        amounts.clear();
        read_amounts(reader, aggregates, id, row, tz, &mut amounts)?;
        for (key, labels) in keys.drain(..) {
            let (_, lines) = groups.entry(key).or_insert_with(|| (labels, TotalsByUnit::default()));
            lines.add(aggregates.len(), &amounts);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(groups)
}

/// Shows what a record has at the end of a path, a next follow-up as the day or the moment that it is due
/// ([`with_days`](next_followup::with_days)).
fn look<T>(
    path: &FieldPath,
    reader: &Reader<'_>,
    id: RecordId,
    row: Row<'_>,
    look: impl FnOnce(Option<PathValue<'_>>) -> T,
) -> Result<T> {
    let def = match path.leaf() {
        Leaf::Field(def) if customer::is_next_followup(def) => def,
        _ => return path.look(reader, id, row, look),
    };
    let stored = path.look(reader, id, row, |found| match found {
        Some(PathValue::Stored(_, stored)) => bytes::instant(stored),
        _ => None,
    })?;
    let (Some(at), Some(end)) = (stored, path.end(reader, id, row)?) else { return Ok(look(None)) };
    let mut due = Vec::new();
    bytes::put(&mut due, &Value::Due(next_followup::due(reader, end, at)?));
    Ok(look(Some(PathValue::Stored(next_followup::with_days(def), &due))))
}

fn read_amounts(
    reader: &Reader<'_>,
    aggregates: &[Aggregate],
    id: RecordId,
    row: Row<'_>,
    tz: Tz,
    amounts: &mut Vec<Amount>,
) -> Result<()> {
    for (at, aggregate) in aggregates.iter().enumerate() {
        look(aggregate.path(), reader, id, row, |found| {
            if let Some(PathValue::Stored(_, stored)) = found {
                amounts_of(aggregate, at, stored, tz, amounts);
            }
        })?;
    }
    Ok(())
}

/// Adds what a record is grouped by next to each of its keys; for a list, a key for each different item.
fn extend(keys: &mut Vec<(Vec<u8>, Vec<Label>)>, by: &GroupBy, found: Option<PathValue<'_>>, tz: Tz) -> Result<()> {
    let mut parts: Vec<(Vec<u8>, Label)> = Vec::new();
    let mut part = |key: Vec<u8>, label: Label| {
        if parts.iter().all(|(held, _)| *held != key) {
            parts.push((key, label));
        }
    };
    match found {
        None => {}
        Some(PathValue::Id(id)) => {
            let mut key = vec![HERE];
            put_num(&mut key, id.num);
            part(key, Label::Id(id));
        }
        Some(PathValue::Stored(def, stored)) => match by.bucket {
            Some(bucket) => {
                if let Some(name) = bucket.name(def.ty, stored, tz) {
                    part([&[HERE], name.as_bytes(), &[0]].concat(), Label::Name(name));
                }
            }
            None if def.many => {
                for item in bytes::items(stored) {
                    part(group_key(def, item)?, Label::Stored(def, one_item(item)));
                }
            }
            None => part(group_key(def, stored)?, Label::Stored(def, stored.into())),
        },
    }
    if parts.is_empty() {
        parts.push((vec![NOWHERE], Label::Nothing));
    }
    if let [(key, label)] = &mut parts[..] {
        for (held, labels) in keys.iter_mut() {
            held.append(&mut key.clone());
            labels.push(label.clone());
        }
        return Ok(());
    }
    *keys = keys
        .iter()
        .flat_map(|(held, labels)| {
            parts.iter().map(move |(key, label)| {
                let labels = labels.iter().cloned().chain([label.clone()]).collect();
                ([&held[..], key].concat(), labels)
            })
        })
        .collect();
    Ok(())
}

/// A list with one item, as stored, which is how the item of a list field is shown.
fn one_item(item: &[u8]) -> Box<[u8]> {
    let mut list = Vec::with_capacity(item.len() + 1);
    bytes::put_unsigned(&mut list, item.len() as u64);
    list.extend_from_slice(item);
    list.into()
}

/// The key of a value: as in an index, but of a text all of it.
fn group_key(def: &FieldDef, stored: &[u8]) -> Result<Vec<u8>> {
    let mut key = vec![HERE];
    let text = if def.ty == Type::Phone { stored.get(1..).unwrap_or_default() } else { stored };
    match std::str::from_utf8(text) {
        Ok(text) if def.ty.is_text() => {
            key.extend(fold_cow(text).bytes().filter(|byte| *byte != 0));
            key.push(0);
        }
        _ => put_value(&mut key, def, stored)?,
    }
    Ok(key)
}

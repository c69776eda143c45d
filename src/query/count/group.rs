//! Counts and sums by group.

use std::{borrow::Cow, collections::HashMap, ops::ControlFlow};

use chrono_tz::Tz;

use crate::{
    domain::{FieldDef, Kind, RecordId, Row, Type, bytes},
    error::{Error, Result},
    query::{
        field_path::{FieldPath, Found},
        filter::Filter,
        grid::{Cell, Column, Grid},
        names::Names,
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
    GroupBy,
    sums::{Lines, Unit, amounts_of, can_be_summed},
};

/// What stands in a key before the value of a group, and for the group without one, which comes last.
const HERE: u8 = 0;
const NOWHERE: u8 = 1;

/// What a group has in common, as it is shown. Texts that differ in case or width only are one group, shown as the
/// first record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Label {
    Nothing,
    Id(RecordId),
    Stored(&'static FieldDef, Box<[u8]>),
    Name(String),
}

/// Groups of records, in the order of what they are grouped by.
#[derive(Debug)]
pub struct Groups {
    columns: Vec<Column>,
    fields: usize,
    groups: Vec<(Vec<Label>, Lines)>,
}

/// Groups the records that pass a filter, and sums fields of each group.
pub fn group(
    reader: &Reader<'_>,
    filter: &Filter,
    by: &[GroupBy],
    sum: &[&'static FieldDef],
    tz: Tz,
) -> Result<Groups> {
    if let Some(def) = sum.iter().find(|def| !can_be_summed(def)) {
        return Err(Error::usage(format!("'{}' cannot be summed", def.code)).hint("sum a field of amounts or numbers"));
    }
    let by_index = match by {
        [one] if filter.is_all() && sum.is_empty() => by_index(reader, filter.kind(), one)?,
        _ => None,
    };
    let groups = match by_index {
        Some(groups) => groups,
        None => by_rows(reader, filter, by, sum, tz)?,
    };
    let mut sorted: Vec<_> = groups.into_iter().collect();
    if by.is_empty() && sorted.is_empty() {
        sorted.push((Vec::new(), (Vec::new(), Lines::of_none(sum.len()))));
    }
    sorted.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    Ok(Groups {
        columns: columns(by, sum),
        fields: sum.len(),
        groups: sorted.into_iter().map(|(_, group)| group).collect(),
    })
}

fn columns(by: &[GroupBy], sum: &[&'static FieldDef]) -> Vec<Column> {
    let mut columns: Vec<Column> = by.iter().map(GroupBy::column).collect();
    columns.push(Column::new("count", "Count", "数量").numbers());
    match sum {
        [] => return columns,
        [_] => columns.push(Column::new("sum", "Sum", "合计").numbers()),
        several => columns.extend(several.iter().map(|def| Column {
            code: Cow::Owned(format!("sum_{}", def.code)),
            en: Cow::Owned(format!("Sum of {}", def.en)),
            zh: Cow::Owned(format!("{}合计", def.zh)),
            numeric: true,
            whole: true,
        })),
    }
    columns.push(Column::new("currency", "Currency", "币种"));
    columns
}

type ByKey = HashMap<Vec<u8>, (Vec<Label>, Lines)>;

/// Counts the keys of the index of the field; `None` where it has none that tells groups apart.
fn by_index(reader: &Reader<'_>, kind: &'static Kind, by: &GroupBy) -> Result<Option<ByKey>> {
    let Some(def) = by.path.own_field() else { return Ok(None) };
    if !def.indexed() || def.many || by.bucket.is_some() || matches!(def.ty, Type::Phone | Type::Due) {
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
        let mut lines = Lines::default();
        lines.add(0, &[]);
        if let Some(line) = lines.0.get_mut(&Unit::Nothing) {
            line.count = count;
        }
        groups.insert(key, (vec![label], lines));
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

fn label_of(found: Option<Found<'_>>) -> Label {
    match found {
        None => Label::Nothing,
        Some(Found::Id(id)) => Label::Id(id),
        Some(Found::Stored(def, stored)) => Label::Stored(def, stored.into()),
    }
}

fn by_rows(reader: &Reader<'_>, filter: &Filter, by: &[GroupBy], sum: &[&'static FieldDef], tz: Tz) -> Result<ByKey> {
    let mut groups = ByKey::new();
    let mut amounts = Vec::new();
    let sums: Vec<FieldPath> = sum.iter().map(|def| FieldPath::field(def)).collect();
    // Of a record in several groups, because a field is a list, one key and its labels for each.
    let mut keys: Vec<(Vec<u8>, Vec<Label>)> = Vec::new();
    let kind = filter.kind().id;
    select::each(reader, filter, &mut |num, row| {
        let id = RecordId::new(kind, num);
        keys.clear();
        keys.push((Vec::new(), Vec::new()));
        for one in by {
            one.path.look(reader, id, row, |found| extend(&mut keys, one, found, tz))?;
        }
        amounts.clear();
        read_amounts(reader, &sums, id, row, &mut amounts)?;
        for (key, labels) in keys.drain(..) {
            let (_, lines) = groups.entry(key).or_insert_with(|| (labels, Lines::default()));
            lines.add(sums.len(), &amounts);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(groups)
}

fn read_amounts(
    reader: &Reader<'_>,
    sums: &[FieldPath],
    id: RecordId,
    row: Row<'_>,
    amounts: &mut Vec<(Unit, usize, i64)>,
) -> Result<()> {
    for (at, path) in sums.iter().enumerate() {
        path.look(reader, id, row, |found| {
            if let Some(Found::Stored(def, stored)) = found {
                amounts_of(def, stored, at, amounts);
            }
        })?;
    }
    Ok(())
}

/// Adds what a record is grouped by next to each of its keys; for a list, a key for each different item.
fn extend(keys: &mut Vec<(Vec<u8>, Vec<Label>)>, by: &GroupBy, found: Option<Found<'_>>, tz: Tz) {
    let mut parts: Vec<(Vec<u8>, Label)> = Vec::new();
    let mut part = |key: Vec<u8>, label: Label| {
        if parts.iter().all(|(held, _)| *held != key) {
            parts.push((key, label));
        }
    };
    match found {
        None => {}
        Some(Found::Id(id)) => {
            let mut key = vec![HERE];
            put_num(&mut key, id.num);
            part(key, Label::Id(id));
        }
        Some(Found::Stored(def, stored)) => match by.bucket {
            Some(bucket) => {
                if let Some(name) = bucket.name(def.ty, stored, tz) {
                    part([&[HERE], name.as_bytes(), &[0]].concat(), Label::Name(name));
                }
            }
            None if def.many => {
                for item in bytes::items(stored) {
                    part(group_key(def.ty, item), Label::Stored(def, one_item(item)));
                }
            }
            None => part(group_key(def.ty, stored), Label::Stored(def, stored.into())),
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
        return;
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
}

/// A list with one item, as stored, which is how the item of a list field is shown.
fn one_item(item: &[u8]) -> Box<[u8]> {
    let mut list = Vec::with_capacity(item.len() + 1);
    bytes::put_unsigned(&mut list, item.len() as u64);
    list.extend_from_slice(item);
    list.into()
}

/// The key of a value: as in an index, but of a text all of it.
fn group_key(ty: Type, stored: &[u8]) -> Vec<u8> {
    let mut key = vec![HERE];
    let text = if ty == Type::Phone { stored.get(1..).unwrap_or_default() } else { stored };
    match std::str::from_utf8(text) {
        Ok(text) if ty.is_text() => {
            key.extend(fold_cow(text).bytes().filter(|byte| *byte != 0));
            key.push(0);
        }
        _ => put_value(&mut key, ty, stored),
    }
    key
}

impl Groups {
    /// The groups as rows: what they have in common, how many there are, their sums and currency.
    pub fn into_grid<'a>(self, names: &'a Names<'a>) -> Grid<'a> {
        let fields = self.fields;
        let mut rows = Vec::new();
        for (labels, lines) in self.groups {
            for (unit, line) in lines.0 {
                let mut row: Vec<Cell<'a>> = labels.iter().map(cell_of).collect();
                row.push(Cell::Number(i64::try_from(line.count).unwrap_or(i64::MAX)));
                row.extend(line.sums.iter().map(|sum| unit.cell(*sum)));
                if fields > 0 {
                    row.push(unit.name());
                }
                rows.push(row);
            }
        }
        Grid::of_rows("groups", self.columns, rows, names)
    }
}

fn cell_of<'a>(label: &Label) -> Cell<'a> {
    match label {
        Label::Nothing => Cell::Empty,
        Label::Id(id) => Cell::Id(*id),
        Label::Stored(def, stored) => Cell::Field(def, Cow::Owned(stored.to_vec())),
        Label::Name(name) => Cell::Text(Cow::Owned(name.clone())),
    }
}

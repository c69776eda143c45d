//! What a step would change: a line for each field, from what to what.

use crate::{
    domain::{RecordId, common::is_stamp},
    error::Result,
    store::{RecordChange, differing, journal::Residence},
};

use crate::query::{
    grid::{Cell, Column, Grid, Sink},
    names::Names,
};

/// The difference as rows: record, name, what happens, field, before and after.
pub fn difference<'a>(changes: &'a [RecordChange], names: &'a Names<'a>) -> Grid<'a> {
    let columns = vec![
        Column::new("id", "Record", "记录"),
        Column::new("name", "Name", "名称"),
        Column::new("what", "What", "操作"),
        Column::new("field", "Field", "字段"),
        Column::new("from", "From", "原值"),
        Column::new("to", "To", "新值"),
    ];
    let rows = Box::new(move |sink: &mut Sink<'_>| {
        for change in changes {
            for row in rows_of(change, names)? {
                if sink(&row)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    });
    Grid { root: "changes", columns, rows, parts: None, names }
}

fn rows_of<'c>(change: &'c RecordChange, names: &Names<'_>) -> Result<Vec<[Cell<'c>; 6]>> {
    let kind = names.reader().schema().kind_of(change.id)?;
    let empty = crate::domain::Record::new();
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let what = match (before.map(|state| state.place), after.map(|state| state.place)) {
        (None, _) => Cell::coded("create", "新建"),
        (_, None) => Cell::coded("remove", "彻底删除"),
        (Some(Residence::Live), Some(Residence::Trash)) => Cell::coded("trash", "移入回收站"),
        (Some(Residence::Trash), Some(Residence::Live)) => Cell::coded("restore", "恢复"),
        _ => Cell::coded("change", "修改"),
    };
    let name = name_of(change, kind.name_field().tag, names)?;
    let mut rows = Vec::new();
    let (old, new) = (before.map_or(&empty, |state| &state.record), after.map_or(&empty, |state| &state.record));
    for field in differing(old, new).into_iter().filter(|field| !is_stamp(field.tag)) {
        let Some(def) = kind.ever_by_tag(field.tag) else { continue };
        let cell = |side: Option<std::borrow::Cow<'_, [u8]>>| {
            side.map_or(Cell::Empty, |bytes| Cell::Field(def, bytes.into_owned().into()))
        };
        rows.push([
            Cell::Id(change.id),
            Cell::Text(name.clone().into()),
            what.clone(),
            Cell::coded(def.code, def.zh),
            cell(field.old),
            cell(field.new),
        ]);
    }
    if rows.is_empty() {
        let blank = || Cell::Empty;
        rows.push([Cell::Id(change.id), Cell::Text(name.into()), what, blank(), blank(), blank()]);
    }
    Ok(rows)
}

/// What the record is called: new ones have no name in the store yet.
fn name_of(change: &RecordChange, tag: u16, names: &Names<'_>) -> Result<String> {
    let state = change.after.as_ref().or(change.before.as_ref());
    let text = state.and_then(|state| state.record.row().raw(tag));
    match text {
        Some(text) => Ok(String::from_utf8_lossy(text).into_owned()),
        None => names.of(RecordId::new(change.id.kind, change.id.num)),
    }
}

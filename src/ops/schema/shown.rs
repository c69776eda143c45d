//! Differences as rows.

use std::borrow::Cow;

use chrono_tz::Tz;

use crate::{
    command::{
        args::Words,
        op::{Answer, Show},
        row_options::chosen,
    },
    domain::{Record, print},
    error::Result,
    query::{
        grid::{Cell, Column, Grid},
        names::Names,
    },
};

use super::{
    compared::{Comparison, Difference, What},
    held::stated_fields,
};

/// Shows them, a row each.
///
/// # Errors
/// `Usage` for a column that there is not; what the output says.
pub fn differences(found: &Comparison, words: &Words, names: &Names<'_>, show: &mut dyn Show) -> Result<()> {
    if found.differences.is_empty() && show.is_for_people() {
        return Ok(());
    }
    let columns = vec![
        Column::new("what", "What", "差异"),
        Column::new("kind", "Kind", "类别"),
        Column::new("name", "Name", "名称").main(),
        Column::new("field", "Field", "字段"),
        Column::new("old", "Store", "数据文件"),
        Column::new("new", "File", "文件"),
    ];
    let rows = found.differences.iter().map(row).collect();
    let grid = Grid::of_rows("differences", columns, rows, names);
    show.show(Answer::Grid(chosen(grid, words, show)?))
}

fn row(one: &Difference) -> Vec<Cell<'_>> {
    let what = match one.what {
        What::Added => Cell::coded("added", "新建"),
        What::Restored => Cell::coded("restored", "恢复"),
        What::Changed => Cell::coded("changed", "更改"),
        What::OnlyHere => Cell::Words { code: "only_here".into(), en: "only here".into(), zh: "仅此处有".into() },
    };
    let all = || one.record.as_ref().map_or(Cell::Empty, |record| Cell::Text(all_said(one, record).into()));
    let side = |stored: &'_ Option<Vec<u8>>| match (one.field, stored) {
        (Some(def), Some(stored)) => Cell::Field(def, Cow::Owned(stored.clone())),
        _ => Cell::Empty,
    };
    let (old, new) = match one.what {
        What::Added => (Cell::Empty, all()),
        What::Restored | What::OnlyHere if one.field.is_none() => (all(), Cell::Empty),
        _ => (side(&one.old), side(&one.new)),
    };
    vec![
        what,
        Cell::coded(one.kind.noun, one.kind.zh),
        Cell::Text(one.name.as_str().into()),
        one.field.map_or(Cell::Empty, |def| Cell::coded(def.code, def.zh)),
        old,
        new,
    ]
}

/// All that is said of a definition: `type=text index=yes`.
fn all_said(one: &Difference, record: &Record) -> String {
    let mut said = String::new();
    for def in stated_fields(one.kind) {
        let Some(stored) = record.row().raw(def.tag) else { continue };
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(def.code);
        said.push('=');
        print::plain(&mut said, def, stored, Tz::UTC, &mut |_, _, _| {});
    }
    said
}

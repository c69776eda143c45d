//! What answering a question took: its steps in words, and how much of the store was read.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    domain::Kind,
    error::Result,
    store::{Counted, Reader, engine::Space},
};

use super::{
    count::count_noting,
    filter::Filter,
    grid::{Cell, Column, Grid, Said},
    names::Names,
    plan::How,
    select::Query,
};

/// Answers a query for nobody and tells how.
pub fn list<'a>(query: &Query, names: &'a Names<'a>) -> Result<Grid<'a>> {
    watched(query.kind(), names, |reader, lines| {
        let mut found = 0;
        query.for_each_noting(reader, &mut |how| lines.push(line_of(how, query.kind())), &mut |_, _| {
            found += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    })
}

/// Counts what passes a filter and tells how.
pub fn count<'a>(filter: &Filter, names: &'a Names<'a>) -> Result<Grid<'a>> {
    watched(filter.kind(), names, |reader, lines| {
        count_noting(reader, filter, &mut |how| lines.push(line_of(how, filter.kind())))
    })
}

/// A line: what was done, and a number if one belongs to it.
type Line = (Said, Option<u64>);

fn watched<'a>(
    kind: &Kind,
    names: &'a Names<'a>,
    work: impl FnOnce(&Reader<'_>, &mut Vec<Line>) -> Result<u64>,
) -> Result<Grid<'a>> {
    let mut lines = Vec::new();
    let mut line = |en: String, zh: String, count| lines.push(((en, zh), Some(count)));
    let reader = names.reader();
    let mut steps = Vec::new();
    if let Some(snapshot) = reader.shared() {
        let counted = Counted::new(snapshot);
        let found = work(&Reader::of(&counted), &mut steps)?;
        line("index entries read".into(), "读取的索引条目".into(), counted.read(Space::Index));
        line("entries of the text index read".into(), "读取的文本索引条目".into(), counted.read(Space::Search));
        line("rows read".into(), "读取的记录行".into(), counted.read(Space::Rows));
        line(format!("{} found", kind.plural), format!("找到的{}", kind.zh), found);
    } else {
        let found = work(&reader, &mut steps)?;
        line(format!("{} found", kind.plural), format!("找到的{}", kind.zh), found);
    }
    steps.append(&mut lines);
    let rows = steps.into_iter().map(|((en, zh), count)| {
        let words = Cell::Words { code: Cow::Owned(en.clone()), en: Cow::Owned(en), zh: Cow::Owned(zh) };
        let count = count.map_or(Cell::Empty, |count| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX)));
        vec![words, count]
    });
    let columns =
        vec![Column::new("step", "Step", "步骤").never_cut(), Column::new("records", "Records", "记录数").numbers()];
    Ok(Grid::of_rows("steps", columns, rows.collect(), names))
}

fn line_of(how: How, kind: &Kind) -> Line {
    match how {
        How::Read((en, zh), named) => ((format!("read {en}"), format!("读取{zh}")), Some(named as u64)),
        How::Kept((en, zh), left) => {
            ((format!("kept what {en} has too"), format!("保留{zh}中也有的")), Some(left as u64))
        }
        How::Dropped((en, zh), left) => {
            ((format!("dropped what {en} has"), format!("去掉{zh}中有的")), Some(left as u64))
        }
        How::Keys((en, zh)) => ((format!("counted the entries of {en}"), format!("统计{zh}的条目")), None),
        How::Known => (("looked up the count that is kept".to_owned(), "查询已保存的计数".to_owned()), None),
        How::Others => ((format!("counted the other {}", kind.plural), format!("改为统计其余{}", kind.zh)), None),
        How::Rows => ((format!("looked at every row of {}", kind.plural), format!("查看每一行{}", kind.zh)), None),
        How::Asked(count) => (
            ("asked the rows of those that may pass".to_owned(), "逐行核对可能符合的记录".to_owned()),
            Some(count as u64),
        ),
        How::InOrder(name) => (
            (
                format!("read in the order of index {name}, nothing sorted"),
                format!("按索引 {name} 的顺序读取，无需排序"),
            ),
            None,
        ),
        How::Sorted(kept) => (("sorted, and kept".to_owned(), "排序后保留".to_owned()), Some(kept as u64)),
    }
}

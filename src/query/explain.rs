//! What answering a question took: its steps in words, and how much of the store was read.

use std::{borrow::Cow, ops::ControlFlow};

use crate::{
    domain::Kind,
    error::Result,
    store::{Counted, Reader, engine::Space},
    text::{Said, said},
};

use super::{
    count::count_noting,
    filter::Filter,
    grid::{Cell, Column, Grid},
    names::Names,
    plan::PlanStep,
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
type ExplainLine = (Said, Option<u64>);

fn watched<'a>(
    kind: &Kind,
    names: &'a Names<'a>,
    work: impl FnOnce(&Reader<'_>, &mut Vec<ExplainLine>) -> Result<u64>,
) -> Result<Grid<'a>> {
    let mut lines = Vec::new();
    let mut line = |said: Said, count| lines.push((said, Some(count)));
    let reader = names.reader();
    let mut steps = Vec::new();
    if let Some(snapshot) = reader.shared() {
        let counted = Counted::new(snapshot.snapshot());
        let found = work(&snapshot.through(&counted).reader(), &mut steps)?;
        line(said!("index entries read", "读取的索引条目"), counted.read(Space::Index));
        line(said!("entries of the text index read", "读取的文本索引条目"), counted.read(Space::Search));
        line(said!("rows read", "读取的记录行"), counted.read(Space::Rows));
        line(said!(("{} found", kind.plural), ("找到的{}", kind.zh)), found);
    } else {
        let found = work(&reader, &mut steps)?;
        line(said!(("{} found", kind.plural), ("找到的{}", kind.zh)), found);
    }
    steps.append(&mut lines);
    let rows = steps.into_iter().map(|(said, count)| {
        let (en, zh) = said.both();
        let owned = |text: &str| Cow::Owned(text.to_owned());
        let words = Cell::Words { code: owned(en), en: owned(en), zh: owned(zh) };
        let count = count.map_or(Cell::Empty, |count| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX)));
        vec![words, count]
    });
    let columns =
        vec![Column::new("step", "Step", "步骤").never_cut(), Column::new("records", "Records", "记录数").numbers()];
    Ok(Grid::of_rows("steps", columns, rows.collect(), names))
}

fn line_of(how: PlanStep, kind: &Kind) -> ExplainLine {
    let of = |said: Said, each: fn(&str, &str) -> Said| {
        let (en, zh) = said.both();
        each(en, zh)
    };
    match how {
        PlanStep::Read(source, named) => (of(source, |en, zh| said!("read {en}", "读取：{zh}")), Some(named as u64)),
        PlanStep::Kept(source, left) => {
            (of(source, |en, zh| said!("kept what {en} has too", "只保留同时在其中的：{zh}")), Some(left as u64))
        }
        PlanStep::Dropped(source, left) => {
            (of(source, |en, zh| said!("dropped what {en} has", "去掉其中的：{zh}")), Some(left as u64))
        }
        PlanStep::Keys(source) => (of(source, |en, zh| said!("counted the entries of {en}", "统计条目数：{zh}")), None),
        PlanStep::Known => (said!("looked up the count that is kept", "查询已保存的计数"), None),
        PlanStep::Others => (said!(("counted the other {}", kind.plural), ("改为统计其余{}", kind.zh)), None),
        PlanStep::Rows => (said!(("looked at every row of {}", kind.plural), ("查看每一行{}", kind.zh)), None),
        PlanStep::Asked(count) => {
            (said!("asked the rows of those that may pass", "逐行核对可能符合的记录"), Some(count as u64))
        }
        PlanStep::InOrder(name) => {
            let zh = name.replace(" by sound", "（按拼音）");
            (said!("read in the order of index {name}, nothing sorted", "按索引 {zh} 的顺序读取，无需排序"), None)
        }
        PlanStep::Sorted(kept) => (said!("sorted, and kept", "排序后保留"), Some(kept as u64)),
    }
}

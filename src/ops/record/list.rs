//! `list`: records as rows, all of them unless a limit is given.

use crate::{
    command::{
        args::{Arg, Flag, Many, One},
        global_options::{COLUMNS, LIMIT, OFFSET, SORT},
        op::{Answer, Invocation, Noun, Op, Run, Show},
        run,
        selection::{query_of, remark_on, remark_on_nothing},
    },
    error::Result,
    query::{
        explain, grid, resolve,
        select::{Order, Query},
    },
    read_model::list,
};

/// The terms of a filter.
pub const TERMS: Arg<Many> = Arg::maybe_words("terms", "Filter terms: crm help filters", "筛选条件：crm help filters");
/// A filter in one string.
pub const WHERE: Arg<One> = Arg::value("where", "A filter in one string", "写成一个字符串的筛选条件").hyphens();
/// To tell how the answer is found.
pub const EXPLAIN: Arg<Flag> =
    Arg::flag("explain", "Say how the answer is found instead of giving it", "只说明如何查询，不列出结果");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "list",
    also: "列表 列出",
    en: "List records that a filter names, all of them unless --limit",
    zh: "列出符合条件的记录；不加 --limit 则全部列出",
    examples: &[
        "customer list grade:A city:上海",
        "deal list stage:won closed:2026-q1 --sort -amount",
        "customer list owner:me -o ids",
    ],
    args: &[TERMS.def, WHERE.def, EXPLAIN.def, SORT.def, LIMIT.def, OFFSET.def],
    run: Run::Ask(list_records),
};

fn list_records(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let kind = ask.words.kind()?;
    let (terms, filter) = (ask.words.many(TERMS), ask.words.one(WHERE));
    let mut query = query_of(ask, kind, &terms, filter)?;
    remark_on(&terms, kind, ask.reader.schema()).map_or(Ok(()), |remark| show.show(remark))?;
    run::remark(remark_on_nothing(ask, kind, (&terms, filter), &query.filter)?.as_slice(), show)?;
    let terms: Vec<String> = terms.into_iter().map(str::to_owned).collect();
    let view = resolve::leading(&ask.reader, kind, &terms, filter)?;
    if let Some(view) = view.as_ref().filter(|_| ask.words.one(SORT).is_none()) {
        query.sort = Order::parse_all(view.sort.iter().map(String::as_str), kind, ask.reader.schema())?;
    }
    let columns = match (ask.words.one(COLUMNS), view) {
        (Some(text), _) => grid::codes(text).and_then(|_| list::columns(text, kind, ask.reader.schema()))?,
        (None, _) if show.wants_all_fields() => list::with_id(list::all_columns(kind)),
        (None, Some(view)) if !view.columns.is_empty() => {
            list::with_id(list::columns(&view.columns.join(","), kind, ask.reader.schema())?)
        }
        (None, _) => list::with_id(list::default_columns(kind)),
    };
    if ask.words.has(EXPLAIN) {
        let query = Query { bare: show.wants_only_ids(), ..query };
        return show.show(Answer::Grid(explain::list(&query, ask.names)?));
    }
    if show.wants_only_ids() {
        return show.show(Answer::Grid(list::ids(query, ask.names)));
    }
    show.show(Answer::Grid(list::list(query, columns, ask.names)))
}

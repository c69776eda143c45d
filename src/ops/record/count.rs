//! `count`: how many, in groups and with sums if asked.

use crate::{
    error::Result,
    ops::{
        assigning::field,
        op::{Answer, Ask, Noun, Op, Run, Show, Takes, arg, narrowed},
        selecting::query_of,
    },
    query::{
        count::{GroupBy, count, group},
        explain,
    },
};

use super::list::{EXPLAIN, TERMS, WHERE};

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "count",
    en: "Count records, in groups and with sums if asked",
    zh: "统计记录数，可分组、求和",
    examples: &[
        "customer count grade:A",
        "deal count stage:won --by owner --sum amount",
        "deal count stage:won --by closed:quarter -o tsv",
    ],
    args: &[
        TERMS,
        WHERE,
        arg(
            "by",
            Takes::Values,
            "Group by a field, dates by :year :quarter :month :week :day",
            "分组字段，日期可按 :year :quarter :month :week :day",
        ),
        arg("sum", Takes::Values, "Sum a field of money or numbers", "求和字段"),
        EXPLAIN,
    ],
    run: Run::Ask(count_records),
};

fn count_records(ask: &Ask<'_>, show: &mut dyn Show) -> Result<()> {
    let kind = ask.words.kind()?;
    let query = query_of(ask, kind, &ask.words.many("terms"), ask.words.one("where"))?;
    if ask.words.has("explain") {
        return show.show(Answer::Grid(explain::count(&query.filter, ask.names)?));
    }
    let by = each(ask, "by").map(|text| GroupBy::parse(text, kind)).collect::<Result<Vec<_>>>()?;
    let sum = each(ask, "sum").map(|name| field(kind, name)).collect::<Result<Vec<_>>>()?;
    if by.is_empty() && sum.is_empty() {
        return show.show(Answer::Number(count(&ask.reader, &query.filter)?));
    }
    let groups = group(&ask.reader, &query.filter, &by, &sum, ask.context.tz)?;
    show.show(Answer::Grid(narrowed(groups.into_grid(ask.names), ask.words)?))
}

/// The values of an option that stands several times, or once with commas.
fn each<'a>(ask: &Ask<'a>, option: &str) -> impl Iterator<Item = &'a str> {
    ask.words.many(option).into_iter().flat_map(|text| text.split([',', '，'])).map(str::trim)
}

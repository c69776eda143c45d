//! `count`: how many, in groups and with sums if asked.

use crate::{
    command::{
        args::{Arg, Many},
        global_options::{COLUMNS, LIMIT, OFFSET, SORT},
        op::{Answer, Invocation, Noun, Op, Run, Show},
        row_options::{narrowed, refuse_choice},
        run,
        selection::{filter_of, remark_on, remark_on_nothing},
    },
    error::Result,
    query::{
        count::{Aggregate, GroupBy, Measure, count, group},
        explain,
    },
    text::said,
};

use super::list::{EXPLAIN, TERMS, WHERE};

const BY: Arg<Many> = Arg::values(
    "by",
    "Group by a field, dates by :year :quarter :month :week :day",
    "分组字段；日期之后可接 :year :quarter :month :week :day",
);
const SUM: Arg<Many> = Arg::values("sum", "Sum a field of amounts, numbers or lengths of time", "求和字段");
const AVG: Arg<Many> = Arg::values("avg", "Average a field of amounts, numbers or lengths of time", "求平均字段");
const MIN: Arg<Many> = Arg::values("min", "The least of a field: of amounts, numbers, dates", "求最小（最早）字段");
const MAX: Arg<Many> = Arg::values("max", "The greatest of a field: of amounts, numbers, dates", "求最大（最晚）字段");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "count",
    also: "统计",
    en: "Count records, in groups and with sums, averages and extremes if asked",
    zh: "统计记录数，可分组并求和、平均、最小、最大",
    examples: &[
        "customer count grade:A",
        "deal count stage:won --by owner --sum amount",
        "deal count stage:won --by closed:quarter --by owner --sum amount --avg amount -o tsv",
        "customer count --by province --max last_contact --sort -count --limit 10",
    ],
    args: &[
        TERMS.def,
        WHERE.def,
        BY.def,
        SUM.def,
        AVG.def,
        MIN.def,
        MAX.def,
        EXPLAIN.def,
        SORT.def,
        LIMIT.def,
        OFFSET.def,
    ],
    run: Run::Ask(count_records),
};

fn count_records(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let kind = ask.words.kind()?;
    let terms = ask.words.many(TERMS);
    let by = each(ask, BY).map(|text| GroupBy::parse(text, kind, ask.reader.schema())).collect::<Result<Vec<_>>>()?;
    let mut aggregates = Vec::new();
    for (measure, option) in [(Measure::Sum, SUM), (Measure::Avg, AVG), (Measure::Min, MIN), (Measure::Max, MAX)] {
        for field in each(ask, option) {
            aggregates.push(Aggregate::parse(measure, field, kind, ask.reader.schema())?);
        }
    }
    let is_number = by.is_empty() && aggregates.is_empty();
    if is_number || ask.words.has(EXPLAIN) {
        refuse_choice(ask.words, said!("add --by FIELD for groups", "加 --by 字段 可分组"))?;
    }
    let filter = filter_of(ask, kind, &terms, ask.words.one(WHERE))?;
    remark_on(&terms, kind, ask.reader.schema()).map_or(Ok(()), |remark| show.show(remark))?;
    let said = (&terms[..], ask.words.one(WHERE));
    run::remark(remark_on_nothing(ask, kind, said, &filter)?.as_slice(), show)?;
    if ask.words.has(EXPLAIN) {
        return show.show(Answer::Grid(explain::count(&filter, ask.names)?));
    }
    if is_number {
        return show.show(Answer::Number(count(&ask.reader, &filter)?));
    }
    let mut groups = group(&ask.reader, &filter, &by, &aggregates, ask.context.tz)?;
    if let Some(sort) = ask.words.one(SORT) {
        groups.sort(sort)?;
    }
    // Chosen columns are those of the groups; nobody names a bar. One bar alone says nothing.
    let bars = show.bars().filter(|_| !by.is_empty() && ask.words.one(COLUMNS).is_none());
    show.show(Answer::Grid(narrowed(groups.into_grid(ask.names, bars), ask.words, show)?))
}

/// The values of an option that stands several times, or once with commas.
fn each<'a>(ask: &Invocation<'a>, option: Arg<Many>) -> impl Iterator<Item = &'a str> {
    ask.words.many(option).into_iter().flat_map(|text| text.split([',', '，', '、'])).map(str::trim)
}

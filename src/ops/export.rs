//! `export`: every record as it is stored, for a file, another program or a spreadsheet.

use std::path::Path;

use crate::{
    command::{
        args::{Arg, Many, One},
        global_options::{COLUMNS, LIMIT, OFFSET, OUTPUT, SORT},
        op::{Answer, Invocation, Noun, Op, Run, Show},
        row_options::chosen,
        selection::{kinds, query_of},
    },
    domain::{Kind, Schema},
    error::{Error, Result},
    read_model::export::export,
    text::{Said, nearest, said, scrub},
};

const KIND: Arg<One> = Arg::maybe_word(
    "kind",
    "A kind of record, as CSV unless -o says otherwise; without one all kinds, as JSON lines",
    "记录类别（默认输出 CSV）；不写则导出全部类别（默认输出 JSON 行）",
);
const TERMS: Arg<Many> = Arg::maybe_words(
    "terms",
    "Filter terms: only the records in use that they name",
    "筛选条件：只导出符合条件且不在回收站的记录",
);
const TO: Arg<One> =
    Arg::value("to", "The file to write; --yes replaces one that is there", "写入的文件；--yes 可覆盖已有文件");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Top,
    verb: "export",
    also: "导出",
    en: "Write out records as stored, the trash too: JSON lines, or CSV of one kind",
    zh: "导出全部记录（含回收站）为 JSON 行，或将某一类导出为 CSV",
    examples: &["export --to all.jsonl", "export customer grade:A --to customers.csv", "export deal -o jsonl"],
    args: &[KIND.def, TERMS.def, TO.def, SORT.def, LIMIT.def, OFFSET.def],
    run: Run::Ask(export_records),
};

fn export_records(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let kind = ask.words.one(KIND).map(|word| named(ask.schema(), word)).transpose()?;
    let terms = ask.words.many(TERMS);
    // A limit, an offset or an order is a query too.
    let asks = !terms.is_empty() || [SORT, LIMIT, OFFSET].iter().any(|option| ask.words.one(*option).is_some());
    let query = match kind {
        Some(kind) if asks => Some(query_of(ask, kind, &terms, None)?),
        None if asks => {
            return Err(Error::usage(said!(
                "All kinds are exported whole, each record once",
                "导出全部类别时，每条记录都会导出且只导出一次"
            ))
            .hint(said!(
                "name a kind before --sort, --limit or --offset: crm export customer --limit 10",
                "要用 --sort、--limit、--offset，请指明类别：crm export customer --limit 10"
            )));
        }
        _ => None,
    };
    let table = ask.words.one(OUTPUT).is_some_and(|form| matches!(form, "csv" | "tsv"));
    let one_kind = kind.map(|kind| [kind]);
    let kinds: &[&'static Kind] = one_kind.as_ref().map_or(ask.schema().kinds(), |kind| kind);
    // Lines have the fields of their own kind; a table of all kinds has the columns of all of them.
    let parts: Vec<&[&'static Kind]> = if table { vec![kinds] } else { kinds.chunks(1).collect() };
    let mut query = query;
    if kind.is_none() && ask.words.one(COLUMNS).is_some() {
        return Err(Error::usage(said!(
            "All kinds are exported with all their fields",
            "导出全部类别时，总是包含全部字段"
        ))
        .hint(said!(
            "name a kind: crm export customer --columns id,name",
            "请指明类别：crm export customer --columns 编号,名称"
        )));
    }
    let grids = parts.into_iter().map(|kinds| chosen(export(kinds, query.take(), ask.names), ask.words, show));
    let grids = grids.collect::<Result<_>>()?;
    let to = ask.words.one(TO).filter(|to| *to != "-").map(Path::new);
    show.show(Answer::Export { grids, one_kind: kind.is_some(), to })
}

fn named(schema: &Schema, word: &str) -> Result<&'static Kind> {
    schema.named(word).ok_or_else(|| {
        let error = Error::usage(said!("'{}' is no kind of record", "没有“{}”这一类记录", scrub(word)));
        match nearest(word, schema.kinds().iter().flat_map(|kind| [kind.noun, kind.plural])) {
            Some(near) => error.hint(Said::did_you_mean(format_args!("crm export {near}"))),
            None => error.hint(kinds(schema)),
        }
    })
}

//! `show`: everything about one record, now or at an earlier instant.

use crate::{
    command::{
        args::{Arg, One},
        assignments::finder,
        global_options::COLUMNS,
        op::{Answer, Invocation, Noun, Op, Run, Show},
        row_options::chosen,
    },
    domain::{RecordId, print::View},
    error::{Error, Result},
    ops::changes::instant,
    read_model::record_details::details,
    store::journal::StepType,
    text::said,
};

const RECORD: Arg<One> = Arg::word("record", "An id, name, e-mail, phone or login", "编号、名称、邮箱、电话或登录名");
const AS_OF: Arg<One> =
    Arg::value("as-of", "As it was at this instant, without computed fields", "显示当时的状态，不含计算字段").hyphens();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "show",
    also: "查看 显示",
    en: "Show everything about one record: fields, linked records, timeline",
    zh: "显示一条记录的全部：字段、关联记录、时间线",
    examples: &["customer show C-12", "customer show buyer@huasheng.example", "customer show C-12 --as-of yesterday"],
    args: &[RECORD.def, AS_OF.def],
    run: Run::Ask(show_record),
};

fn show_record(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let context = ask.context;
    let as_of = ask.words.one(AS_OF).map(|words| instant(context, words)).transpose()?;
    let word = ask.words.one(RECORD).unwrap_or_default();
    let id = finder(ask, None).find_even_gone(ask.words.kind, word)?;
    let view = View { lang: context.lang, tz: context.tz, now: context.now, relative: false };
    match details(ask.reader, id, ask.names, view, as_of)? {
        Some(details) if ask.words.one(COLUMNS).is_some() => {
            show.show(Answer::Grid(chosen(details.as_row(ask.names), ask.words, show)?))
        }
        Some(details) => show.show(Answer::Details(Box::new(details), ask.names)),
        None => Err(missing(ask, id, as_of.is_some())?),
    }
}

fn missing(ask: &Invocation<'_>, id: RecordId, then: bool) -> Result<Error> {
    let seq = ask.reader.head(id)?.unwrap_or_default();
    if ask.reader.entry(seq)?.is_some_and(|entry| entry.deed == StepType::Purge) {
        return Ok(Error::not_found(said!("{id} has been purged, its past too", "{id} 及其历史已彻底删除"))
            .hint(said!("crm history {id} shows when, and by whom", "crm history {id} 可查看何时由谁删除")));
    }
    Ok(if then {
        Error::not_found(said!("There was no {id} then", "当时还没有 {id}"))
            .hint(said!("crm history {id} shows since when", "crm history {id} 可查看它何时开始存在"))
    } else {
        Error::not_found(said!("{id} is gone", "{id} 已不存在"))
            .hint(said!("crm history {id} shows what became of it", "crm history {id} 可查看它的去向"))
    })
}

//! `section add`: fields that a form has together under a heading.

use crate::{
    command::{
        args::{Arg, Many, One},
        assignments::speak,
        op::{Invocation, Noun, Op, Planned, Run},
    },
    commit::{Edit, WritePlan},
    domain::define::section::{NAME, OF},
    error::Result,
    ops::record,
};

use super::{kind_named, said_once};

const OF_KIND: Arg<One> = Arg::word("kind", "The kind of record whose form it is in", "所属的记录类别");
const WORDS: Arg<Many> = Arg::words("words", "Its heading, fields=a,b and zh=...", "标题、字段=a,b 与 中文标题=…");

/// The operation.
pub const ADD: Op = Op {
    noun: Noun::Kind("section"),
    verb: "add",
    also: "新建 新增 添加",
    en: "Put fields of a form together under a heading",
    zh: "在表单中将若干字段归入一组",
    examples: &["section add customer Size fields=employees,annual_revenue zh=规模"],
    args: &[OF_KIND.def, WORDS.def],
    run: Run::Change(add),
};

fn add(ask: &Invocation<'_>) -> Result<Planned> {
    let own = ask.words.kind()?;
    let of = kind_named(ask, ask.words.one(OF_KIND).unwrap_or_default())?;
    let mut spoken = speak(ask, own, &NAME.def(), &ask.words.many(WORDS))?;
    said_once(own, &spoken)?;
    let (mut record, blank) = record::add::record_of(own, &mut spoken, ask.context)?;
    record.set(OF, of.noun.to_owned());
    let mut plan = WritePlan::new();
    let id = plan.next_id(&ask.reader, own.id)?;
    plan.edits.push(Edit::Add { id, record, blank, inherited: Box::default(), trashed: false });
    Ok(Planned::about(plan, vec![id]))
}

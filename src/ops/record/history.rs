//! `history`: who changed what of a record, when, from what to what.

use crate::{
    command::{
        args::{Arg, One},
        assignments::finder,
        global_options::{LIMIT, OFFSET},
        op::{Answer, Invocation, Noun, Op, Run, Show},
        row_options::narrowed,
    },
    error::Result,
    read_model::history,
};

const RECORD: Arg<One> = Arg::word("record", "An id, name, e-mail, phone or login", "编号、名称、邮箱、电话或登录名");

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "history",
    also: "历史",
    en: "Who changed what, when, from what to what",
    zh: "查看更改历史：谁在何时改了什么",
    examples: &["customer history C-12", "deal history D-7 -o jsonl"],
    args: &[RECORD.def, LIMIT.def, OFFSET.def],
    run: Run::Ask(show_history),
};

fn show_history(ask: &Invocation<'_>, show: &mut dyn Show) -> Result<()> {
    let id = finder(ask, None).find_even_gone(ask.words.kind, ask.words.one(RECORD).unwrap_or_default())?;
    let lines = history::history(ask.reader, id)?;
    show.show(Answer::Grid(narrowed(history::grid(&lines, ask.names)?, ask.words, show)?))
}

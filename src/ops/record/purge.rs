//! `purge`: gone for good, its values in the journal too.

use crate::{
    error::Result,
    ops::{
        Context,
        args::{Arg, Many, Words},
        commit,
        op::{Answer, Ask, Noun, Op, Run, Show},
        running::difference,
        selecting::select,
    },
    query::names::Names,
    store::{Reader, Store},
    text::counted,
};

const RECORDS: Arg<Many> = Arg::maybe_words(
    "records",
    "Records: ids, names, e-mails, phones; - reads ids",
    "记录：编号、名称、邮箱、电话；- 从标准输入读取",
);

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "purge",
    en: "Remove records for good, their history too; cannot be undone",
    zh: "彻底删除记录及其历史；不可撤销",
    examples: &["customer purge C-12 --yes"],
    args: &[RECORDS.def],
    run: Run::Whole(purge),
};

fn purge(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    let (ids, changes) = {
        let snapshot = store.snapshot()?;
        let reader = Reader::new(&*snapshot);
        let names = Names::new(reader, context.lang);
        let ids = select(&Ask { reader, context, words, names: &names }, &words.many(RECORDS))?.ids;
        let changes = commit::removal(&reader, &ids)?;
        (ids, changes)
    };
    if show.dry_run() {
        return difference(store, context, &changes, show);
    }
    drop(changes);
    let n = ids.len();
    show.agree(
        &format!("Remove {} for good? This cannot be undone.", counted(n as u64, "record")),
        &format!("彻底删除 {n} 条记录？此操作不可撤销。"),
    )?;
    // What the command said is not kept: names and ids of what is gone may stand in it.
    let quiet = Context { words: format!("purge {n}"), ..context.clone() };
    let receipt = commit::purge(store, &quiet, &ids)?;
    show.show(Answer::Done { about: &ids, receipt: &receipt, note: None })
}

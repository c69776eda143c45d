//! `purge`: gone for good, its values in the journal too.

use std::{cell::RefCell, path::Path};

use crate::{
    command::{
        args::{Arg, Many, Words},
        confirmation::{self, ConfirmedStep, Consents},
        done::StepResult,
        global_options::{COLUMNS, LIMIT, OFFSET, SORT},
        op::{Answer, DryRun, Invocation, Noun, Op, Run, Show},
        question::{Question, with_parts},
        record_ref::NameScope,
        run::{difference, remark},
        selection::{TEXT, WHERE, select},
    },
    commit::{
        self, Context, Receipt,
        parts::{along, going_along},
    },
    domain::RecordId,
    error::Result,
    query::names::Names,
    store::{Reader, RecordChange, Store, copies},
    text::{Said, counted, said, scrub},
};

const RECORDS: Arg<Many> = Arg::maybe_words(
    "records",
    "Records: ids, names, e-mails, phones; - reads ids",
    "记录：编号、名称、邮箱、电话；- 从标准输入读取",
)
.ids();

/// The operation.
pub const OP: Op = Op {
    noun: Noun::Every,
    verb: "purge",
    also: "清除",
    en: "Remove records for good, their history too; cannot be undone",
    zh: "彻底删除记录及其历史；不可撤销",
    examples: &["customer purge C-12 --yes", "customer purge --where is:trashed --yes"],
    args: &[RECORDS.def, WHERE.def, TEXT.def, SORT.def, LIMIT.def, OFFSET.def],
    run: Run::Whole(purge, DryRun::Shown),
};

fn purge(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    let mut step = Removal { store, context, words, ids: RefCell::default() };
    if show.dry_run() {
        let (changes, _) = step.foresee()?;
        difference(store, context, &changes, words.one(COLUMNS), show)?;
        let parts = along(store.snapshot()?.reader().schema(), &changes);
        return remark(parts.as_slice(), show);
    }
    let mut receipt = confirmation::write(&mut step, store, show)?;
    if receipt.seq.is_some() {
        receipt.remarks.extend(store.path().and_then(still_held));
    }
    remark(&receipt.remarks, show)?;
    let done = StepResult { verb: OP.verb, told: None };
    show.show(Answer::Done { about: &step.ids.into_inner(), receipt: &receipt, done: &done, note: None })
}

/// Which copies of the store still hold what went.
fn still_held(path: &Path) -> Option<Said> {
    match copies(path) {
        Ok(copies) if copies.is_empty() => None,
        Ok(copies) => {
            let copies: Vec<_> = copies.iter().map(|copy| scrub(&copy.to_string_lossy()).into_owned()).collect();
            Some(said!(
                (
                    "What was purged is still in copies from before the format of the store was raised; delete them when you need them no more: {}",
                    copies.join(", ")
                ),
                ("升级数据文件格式前的副本中仍有已彻底删除的内容，不再需要时请自行删除：{}", copies.join("、"))
            ))
        }
        Err(error) => Some(said!(
            "Whether copies of the store beside it still hold what was purged cannot be seen: {error}",
            "无法查看数据文件旁的副本是否仍有已彻底删除的内容：{error}"
        )),
    }
}

/// The step of a purge.
struct Removal<'a> {
    store: &'a Store,
    context: &'a Context,
    words: &'a Words,
    /// What was chosen last, in the order in which it was named.
    ids: RefCell<Vec<RecordId>>,
}

impl Removal<'_> {
    /// What goes, by what the words name in the store as it is.
    fn chosen(&self, reader: &Reader<'_>) -> Result<Vec<RecordChange>> {
        let names = Names::new(*reader, self.context.lang);
        let ask = Invocation {
            reader: *reader,
            context: self.context,
            words: &*self.words.within(reader.schema())?,
            names: &names,
            heard: &crate::domain::print::Understood::default(),
        };
        let ids = select(&ask, NameScope::Either, &self.words.many(RECORDS))?.ids;
        let changes = commit::removal(reader, &ids);
        self.ids.replace(ids);
        changes
    }
}

impl ConfirmedStep for Removal<'_> {
    fn foresee(&mut self) -> Result<(Vec<RecordChange>, Option<Question>)> {
        let snapshot = self.store.snapshot()?;
        let changes = self.chosen(&snapshot.reader())?;
        let own = question(&snapshot.reader(), &changes);
        Ok((changes, Some(own)))
    }

    fn write(&mut self, consents: &mut Consents<'_>) -> Result<Receipt> {
        // What the command said is not kept: names and ids of what is gone may stand in it.
        let quiet = Context { words: "purge".to_owned(), ..self.context.clone() };
        commit::purge(self.store, &quiet, &mut |reader| {
            let changes = self.chosen(reader)?;
            consents(&changes, Some(&question(reader, &changes)))?;
            Ok(changes)
        })
    }

    fn is_for_good(&self) -> bool {
        true
    }
}

fn question(reader: &Reader<'_>, changes: &[RecordChange]) -> Question {
    let (n, parts) = (changes.len() as u64, going_along(reader.schema(), changes));
    let (with, with_zh) = with_parts(parts);
    let (n, records) = (n - parts, counted(n - parts, "record"));
    let en = format!("Remove {records}{with} for good? This cannot be undone.");
    Question { en, zh: format!("彻底删除 {n} 条记录{with_zh}？此操作不可撤销。"), for_good: true }
}

//! `undo` and `redo`: the last step of this user, taken back or done again.

use super::changes;
use crate::{
    command::{
        args::{Arg, Flag, Words},
        global_options::{COLUMNS, LIMIT, OFFSET},
        op::{Answer, DryRun, Noun, Op, Run, Show},
        row_options::refuse_choice,
        run::difference,
    },
    commit::{self, Context, Direction, Receipt, UndoScope},
    error::Result,
    store::Store,
    text::{brief, counted, said},
};

const LIST: Arg<Flag> =
    Arg::flag("list", "List the steps, newest first, and take nothing back", "列出步骤（最新在前），不撤销");

/// Takes back.
pub const UNDO: Op = Op {
    noun: Noun::Top,
    verb: "undo",
    also: "撤销",
    en: "Take back your last step",
    zh: "撤销上一步操作",
    examples: &["undo", "undo --list"],
    args: &[LIST.def, LIMIT.def, OFFSET.def],
    run: Run::Whole(undo, DryRun::Shown),
};

/// Does again.
pub const REDO: Op = Op {
    noun: Noun::Top,
    verb: "redo",
    also: "重做",
    en: "Do again the step that was taken back last",
    zh: "重做刚撤销的操作",
    examples: &["redo"],
    args: &[],
    run: Run::Whole(redo, DryRun::Shown),
};

fn target(context: &Context) -> UndoScope {
    context.session.clone().map_or(UndoScope::Mine, UndoScope::Session)
}

fn undo(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    if words.has(LIST) {
        return changes::steps(store, context, words, show);
    }
    refuse_choice(
        words,
        said!("crm undo takes back one step; add --list to see them", "crm undo 撤销一步；加 --list 可列出步骤"),
    )?;
    if show.dry_run() {
        return preview(store, context, Direction::Back, words, show);
    }
    let receipt = commit::undo(store, context, &target(context))?;
    told(&receipt, ("Undone", "已撤销"), show)
}

fn redo(store: &Store, context: &Context, words: &Words, show: &mut dyn Show) -> Result<()> {
    if show.dry_run() {
        return preview(store, context, Direction::Forth, words, show);
    }
    let receipt = commit::redo(store, context, &target(context))?;
    told(&receipt, ("Done again", "已重做"), show)
}

fn preview(store: &Store, context: &Context, way: Direction, words: &Words, show: &mut dyn Show) -> Result<()> {
    let ready = commit::preview(store, context, &target(context), way)?;
    difference(store, context, &ready.changes, words.one(COLUMNS), show)?;
    crate::command::run::remark(&ready.remarks, show)
}

fn told(receipt: &Receipt, (en, zh): (&str, &str), show: &mut dyn Show) -> Result<()> {
    let words = brief(receipt.of.as_deref().unwrap_or_default());
    let records = receipt.touched.len() as u64;
    show.show(Answer::Remark(
        format!("{en}: {words} ({})", counted(records, "record")),
        format!("{zh}：{words}（{records} 条记录）"),
    ))?;
    if receipt.over_purge {
        show.show(Answer::Remark(
            "What was purged after that step stays purged".to_owned(),
            "在那一步之后彻底删除的记录不会恢复".to_owned(),
        ))?;
    }
    crate::command::run::remark(&receipt.remarks, show)?;
    show.show(Answer::Written(receipt))
}

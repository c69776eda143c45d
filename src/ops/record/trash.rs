//! `rm` and `restore`: to the trash and back.

use crate::{
    domain::RecordId,
    error::Result,
    ops::{
        Edit, Plan,
        args::{Arg, Many},
        op::{Ask, Noun, Op, Planned, Run},
        refs::Among,
        selecting::{ALL, KEEP_GOING, Selected, TEXT, WHERE, select},
    },
};

/// To the trash.
pub const RM: Op = Op {
    noun: Noun::Every,
    verb: "rm",
    en: "Move records to the trash",
    zh: "将记录移入回收站",
    examples: &["customer rm C-12", "deal rm --where stage:lost"],
    args: &[RECORDS.def, WHERE.def, ALL.def, TEXT.def, KEEP_GOING.def],
    run: Run::Change(remove),
};

/// Back from the trash.
pub const RESTORE: Op = Op {
    noun: Noun::Every,
    verb: "restore",
    en: "Bring records back from the trash",
    zh: "从回收站恢复记录",
    examples: &["customer restore C-12", "customer restore --where is:trashed"],
    args: &[RECORDS.def, WHERE.def, TEXT.def, KEEP_GOING.def],
    run: Run::Change(restore),
};

const RECORDS: Arg<Many> = Arg::maybe_words(
    "records",
    "Records: ids, names, e-mails, phones; - reads ids",
    "记录：编号、名称、邮箱、电话；- 从标准输入读取",
)
.ids();

fn remove(ask: &Ask<'_>) -> Result<Planned> {
    move_all(ask, Among::Live, Edit::Trash)
}

fn restore(ask: &Ask<'_>) -> Result<Planned> {
    move_all(ask, Among::Trash, Edit::Restore)
}

fn move_all(ask: &Ask<'_>, among: Among, edit: fn(RecordId) -> Edit) -> Result<Planned> {
    let Selected { ids, bulk, left_out, .. } = select(ask, among, &ask.words.many(RECORDS))?;
    let mut plan = Plan::new();
    plan.edits = ids.iter().copied().map(edit).collect();
    plan.left_out = left_out.clone();
    let about = if bulk { Vec::new() } else { ids.clone() };
    Ok(Planned { each: left_out.map(|left_out| (ids, left_out)), ..Planned::about(plan, about) })
}

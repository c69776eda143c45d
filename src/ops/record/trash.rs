//! `rm` and `restore`: to the trash and back.

use std::{collections::HashSet, ops::ControlFlow};

use crate::{
    command::{
        args::{Arg, Many},
        global_options::{LIMIT, OFFSET, SORT},
        op::{Invocation, Noun, Op, Planned, Run},
        record_ref::NameScope,
        selection::{ALL, KEEP_GOING, Selected, TEXT, WHERE, select},
    },
    commit::{Edit, WritePlan},
    domain::{Kind, Lookup, RecordId, activity, deal, followup, stage, ticket},
    error::Result,
    store::Reader,
    text::{Lang, Said, said},
};

/// To the trash.
pub const RM: Op = Op {
    noun: Noun::Every,
    verb: "rm",
    also: "删除",
    en: "Move records to the trash",
    zh: "将记录移入回收站",
    examples: &["customer rm C-12", "deal rm --where stage:lost"],
    args: &[RECORDS.def, WHERE.def, ALL.def, TEXT.def, KEEP_GOING.def, SORT.def, LIMIT.def, OFFSET.def],
    run: Run::Change(remove),
};

/// Back from the trash.
pub const RESTORE: Op = Op {
    noun: Noun::Every,
    verb: "restore",
    also: "恢复",
    en: "Bring records back from the trash",
    zh: "从回收站恢复记录",
    examples: &["customer restore C-12", "customer restore --where is:trashed"],
    args: &[RECORDS.def, WHERE.def, TEXT.def, KEEP_GOING.def, SORT.def, LIMIT.def, OFFSET.def],
    run: Run::Change(restore),
};

/// The records that go or come back.
pub const RECORDS: Arg<Many> = Arg::maybe_words(
    "records",
    "Records: ids, names, e-mails, phones; - reads ids",
    "记录：编号、名称、邮箱、电话；- 从标准输入读取",
)
.ids();

/// Plans that records go to the trash.
///
/// # Errors
/// What the words or the store say.
pub fn remove(ask: &Invocation<'_>) -> Result<Planned> {
    let mut planned = move_all(ask, NameScope::Live, Edit::Trash)?;
    let going: HashSet<RecordId> = planned
        .plan
        .edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::Trash(id) => Some(*id),
            _ => None,
        })
        .collect();
    planned.plan.remarks.extend(hanging(&ask.reader, &going)?);
    Ok(planned)
}

/// Of more records than this it is not told what hangs on them.
const MOST: usize = 1000;

/// What still has to do with records that go to the trash, and stays: what is open, and what is no history and no part.
fn hanging(reader: &Reader<'_>, going: &HashSet<RecordId>) -> Result<Option<Said>> {
    if going.len() > MOST {
        return Ok(None);
    }
    let mut told: Vec<Said> = Vec::new();
    let opened = [
        (deal::ID, "open deal", "open deals", "个进行中的商机"),
        (followup::ID, "open follow-up", "open follow-ups", "条待办跟进"),
        (ticket::ID, "open ticket", "open tickets", "张未结工单"),
    ];
    let stays = |kind: &&&'static Kind| !kind.is_part() && ![activity::ID, stage::ID].contains(&kind.id);
    let mut kinds: Vec<&'static Kind> = reader.schema().kinds().iter().filter(stays).copied().collect();
    let place = |kind: &Kind| opened.iter().position(|(id, ..)| *id == kind.id).unwrap_or(opened.len());
    kinds.sort_by_key(|kind| place(kind));
    for kind in kinds {
        let (one, several, zh) = match opened.iter().find(|(id, ..)| *id == kind.id) {
            Some((_, one, several, zh)) => (*one, *several, (*zh).to_owned()),
            None => (kind.noun, kind.plural, format!("{}{}", kind.measure, kind.zh)),
        };
        let mut found = HashSet::new();
        for id in going {
            let noun = reader.schema().kind(id.kind).map(|kind| kind.noun);
            for link in kind.all_fields().filter(|def| def.indexed() && def.target.is_some() && def.target == noun) {
                reader.linking(kind.id, link, id.num, &mut |num| {
                    found.insert(RecordId::new(kind.id, num));
                    ControlFlow::Continue(())
                })?;
            }
        }
        let mut count = 0;
        for id in found.difference(going) {
            count += u64::from(is_open(reader, *id)?);
        }
        if count > 0 {
            let en = if count == 1 { one } else { several };
            told.push(said!("{count} {en}", "{count} {zh}"));
        }
    }
    let all = |lang, comma: &str| told.iter().map(|each| each.get(lang)).collect::<Vec<_>>().join(comma);
    let (en, zh) = (all(Lang::En, ", "), all(Lang::Zh, "、"));
    let ids = going.iter().next().filter(|_| going.len() == 1).map(ToString::to_string);
    Ok((!told.is_empty()).then(|| match ids {
        Some(id) => said!("{id} leaves behind: {en}", "{id} 仍有关联：{zh}"),
        None => said!("They leave behind: {en}", "它们仍有关联：{zh}"),
    }))
}

/// Whether somebody still has to do with a record that links to another.
fn is_open(reader: &Reader<'_>, id: RecordId) -> Result<bool> {
    Ok(match id.kind {
        deal::ID => reader.derived(id)?.get(deal::STATUS) == Some(stage::OPEN),
        followup::ID => reader.with_row(id, |row| row.get(followup::STATUS))?.flatten() == Some(followup::OPEN),
        ticket::ID => reader.with_row(id, |row| row.get(ticket::STATUS).is_some_and(ticket::is_open))? == Some(true),
        _ => true,
    })
}

/// Plans that they come back.
///
/// # Errors
/// As [`remove`].
pub fn restore(ask: &Invocation<'_>) -> Result<Planned> {
    move_all(ask, NameScope::Trash, Edit::Restore)
}

fn move_all(ask: &Invocation<'_>, among: NameScope, edit: fn(RecordId) -> Edit) -> Result<Planned> {
    let Selected { ids, bulk, left_out, remark, .. } = select(ask, among, &ask.words.many(RECORDS))?;
    let mut plan = WritePlan::new();
    plan.remarks.extend(remark);
    plan.edits = ids.iter().copied().map(edit).collect();
    plan.left_out = left_out.clone();
    let about = if bulk { Vec::new() } else { ids.clone() };
    Ok(Planned { each: left_out.map(|left_out| (ids, left_out)), ..Planned::about(plan, about) })
}

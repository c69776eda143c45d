//! A stage keeps its pipeline and its outcome while deals are in it: they took their pipeline, their chance and the day
//! that closed them from it when they came, and no move tells them of another one.

use std::{collections::HashMap, ops::ControlFlow};

use crate::{
    domain::{Lookup, Record, RecordId, Row, bytes, deal, stage},
    error::{Error, Result},
    query::as_of::HistoryWalk,
    store::{Reader, RecordChange},
    text::{Said, counted, said},
};

use super::whole::OnRefusal;

/// Whether a step is a new one or takes back an earlier one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StepKind {
    /// A new step: no deal may be in a stage whose outcome it changes.
    Change,
    /// An undo or a redo: the deals of the step return to their earlier values together with the stage, so only deals
    /// that would not agree with it afterwards are refused.
    Inverse {
        /// The step that is taken back.
        of: u64,
    },
}

type Changed<'a> = HashMap<RecordId, &'a RecordChange>;

/// Refuses to change a stage under its deals, in use or in the trash, and to bring a deal back into a stage that is in
/// another pipeline, or has another outcome, by now.
pub(super) fn steady(
    reader: &Reader<'_>,
    changes: &[RecordChange],
    way: StepKind,
    refuse: &mut OnRefusal<'_>,
) -> Result<()> {
    let concerns = |change: &&RecordChange| match change.id.kind {
        stage::ID => differs(change, &[stage::PIPELINE.tag(), stage::OUTCOME.tag()]),
        deal::ID => way != StepKind::Change && differs(change, &[deal::PIPELINE.tag(), deal::STAGE.tag()]),
        _ => false,
    };
    let concerned: Vec<&RecordChange> = changes.iter().filter(concerns).collect();
    if concerned.is_empty() {
        return Ok(());
    }
    let changed: Changed<'_> = changes.iter().map(|change| (change.id, change)).collect();
    let mut homes = HashMap::new();
    for change in concerned {
        let Some(after) = &change.after else { continue };
        if change.id.kind == stage::ID {
            if let Some(before) = &change.before {
                let held = of_stage(reader, &changed, change.id, (&before.record, &after.record), way);
                held.or_else(|error| refuse(change.id, error))?;
            }
        } else if let StepKind::Inverse { of } = way {
            let held = of_deal(reader, &changed, &mut homes, (change.id, &after.record), of);
            held.or_else(|error| refuse(change.id, error))?;
        }
    }
    Ok(())
}

/// Whether any of these fields is another one after the step.
fn differs(change: &RecordChange, tags: &[u16]) -> bool {
    let Some(after) = &change.after else { return false };
    let before = change.before.as_ref().map(|state| state.record.row());
    tags.iter().any(|tag| before.and_then(|before| before.raw(*tag)) != after.record.row().raw(*tag))
}

fn of_stage(
    reader: &Reader<'_>,
    changed: &Changed<'_>,
    id: RecordId,
    (before, after): (&Record, &Record),
    way: StepKind,
) -> Result<()> {
    let moved = before.get(stage::PIPELINE) != after.get(stage::PIPELINE);
    let outcome = after.get(stage::OUTCOME).unwrap_or(stage::OPEN);
    let turned = before.get(stage::OUTCOME).unwrap_or(stage::OPEN) != outcome;
    let elsewhere = |row: Row<'_>| moved && row.get(deal::PIPELINE) != after.get(stage::PIPELINE);
    // Whether the day that closed it says another outcome.
    let stale = |row: Row<'_>| row.has(deal::CLOSED) != (outcome != stage::OPEN);
    let mut found = BlockingDeals::default();
    for (deal, change) in changed.iter().filter(|(deal, _)| deal.kind == deal::ID) {
        let Some(new) = &change.after else { continue };
        let is_in = |record: &Record| record.get(deal::STAGE) == Some(id.num);
        let stays = change.before.as_ref().is_some_and(|old| is_in(&old.record));
        let row = new.record.row();
        // One that the same step takes back becomes what it was there.
        let wrong = turned && way == StepKind::Change && (stays || stale(row));
        if is_in(&new.record) && (elsewhere(row) || wrong) {
            found.add(*deal, change.live_after().is_none());
        }
    }
    let mut look = |num: u64, row: Row<'_>, trashed: bool| {
        let deal = RecordId::new(deal::ID, num);
        let is_in = row.raw(deal::STAGE.tag()).and_then(bytes::unsigned) == Some(id.num);
        let wrong = turned && (way == StepKind::Change || stale(row));
        if is_in && !changed.contains_key(&deal) && (elsewhere(row) || wrong) {
            found.add(deal, trashed);
        }
    };
    let mut numbers = Vec::new();
    reader.linking(deal::ID, &deal::STAGE.def(), id.num, &mut |num| {
        numbers.push(num);
        ControlFlow::Continue(())
    })?;
    for num in numbers {
        reader.with_row(RecordId::new(deal::ID, num), |row| look(num, row, false))?;
    }
    reader.trashed(deal::ID, &mut |num, row| {
        look(num, row, true);
        ControlFlow::Continue(())
    })?;
    found.none(id, moved)
}

/// Deals that stand in the way.
#[derive(Default)]
struct BlockingDeals {
    count: u64,
    first: Option<RecordId>,
    /// Whether all of them are in the trash.
    trashed: bool,
}

impl BlockingDeals {
    fn add(&mut self, id: RecordId, trashed: bool) {
        self.trashed = trashed && (self.count == 0 || self.trashed);
        self.count += 1;
        self.first = Some(self.first.map_or(id, |first| first.min(id)));
    }

    fn none(&self, stage: RecordId, moved: bool) -> Result<()> {
        let Some(first) = self.first else { return Ok(()) };
        let count = self.count;
        let (field, why) = match moved {
            true => (
                stage::PIPELINE.lent(),
                said!("a deal is in the pipeline of its stage", "商机须与其阶段同属一个销售流程"),
            ),
            false => (
                stage::OUTCOME.lent(),
                said!(
                    "the chance and the closing day of a deal follow from the outcome of its stage",
                    "商机的赢单率与结单日期取自其阶段的结果"
                ),
            ),
        };
        let (en, zh) = why.both();
        Err(Error::conflict(said!(
            ("{stage} still has {}, {first}{}: {en}", counted(count, "deal"), if count == 1 { "" } else { " for one" }),
            ("{stage} 仍有 {count} 个商机（{}{first}）：{zh}", if count == 1 { "" } else { "例如 " })
        ))
        .at(field.named())
        .hint(self.what_to_do(stage)))
    }

    fn what_to_do(&self, stage: RecordId) -> Said {
        if self.trashed {
            return said!(
                "crm deal list is:trashed stage:{stage} shows them: restore and move them, or purge them",
                "crm deal list is:trashed 销售阶段:{stage} 可查看：请恢复并移走，或彻底删除"
            );
        }
        said!(
            "move them first: crm deal list stage:{stage} shows them; or make another stage: crm stage add NAME",
            "请先移走它们：crm deal list 销售阶段:{stage} 可查看；或另建阶段：crm stage add 名称"
        )
    }
}

/// What a stage says of the deals in it.
#[derive(Clone, Copy)]
struct StageState {
    pipeline: Option<u64>,
    closes: bool,
    /// Whether it did otherwise before the step that is taken back.
    turned: bool,
}

/// A stage as it is after the step; nothing where it is gone.
fn home(reader: &Reader<'_>, changed: &Changed<'_>, stage: RecordId, step: u64) -> Result<Option<StageState>> {
    let closing = |record: &Record| record.get(stage::OUTCOME).unwrap_or(stage::OPEN) != stage::OPEN;
    let found = match changed.get(&stage) {
        Some(change) => change.after.as_ref().map(|after| after.record.clone()),
        None => reader.held(stage)?.map(|held| held.record),
    };
    let Some(record) = found else { return Ok(None) };
    let Some(mut past) = HistoryWalk::new(*reader, stage)? else { return Ok(None) };
    while let Some(last) = past.step()?.filter(|last| last.seq >= step) {
        past.undo(&last);
    }
    let (pipeline, closes) = (record.get(stage::PIPELINE), closing(&record));
    Ok(Some(StageState { pipeline, closes, turned: past.state().is_some_and(|(_, before)| closing(before) != closes) }))
}

/// Refuses a deal that comes back into a stage that is in another pipeline, or of another outcome, since the step that is
/// taken back; `homes` are the stages that were asked.
fn of_deal(
    reader: &Reader<'_>,
    changed: &Changed<'_>,
    homes: &mut HashMap<RecordId, Option<StageState>>,
    (id, deal): (RecordId, &Record),
    step: u64,
) -> Result<()> {
    let Some(stage) = deal.get(deal::STAGE).map(|num| RecordId::new(stage::ID, num)) else { return Ok(()) };
    let found = match homes.get(&stage) {
        Some(home) => *home,
        None => *homes.entry(stage).or_insert(home(reader, changed, stage, step)?),
    };
    let Some(StageState { pipeline, closes, turned }) = found else { return Ok(()) };
    let refused = |what| Err(Error::conflict(what).at(deal::STAGE.lent().named()).at(id));
    if pipeline.is_some() && pipeline != deal.get(deal::PIPELINE) {
        return refused(said!("{stage} is in another pipeline by now", "{stage} 现属另一销售流程")).map_err(|error| {
            error.hint(said!(
                "move {stage} back first: crm history {stage} shows where it was",
                "请先将 {stage} 移回：crm history {stage} 可查看原处"
            ))
        });
    }
    // A file may give an open deal a day on which it was closed: that is no matter of its stage, which has not changed.
    if turned && closes != deal.row().has(deal::CLOSED) {
        return refused(said!("{stage} has another outcome by now", "{stage} 的结果已经改变")).map_err(|error| {
            error.hint(said!(
                "crm history {stage} shows what it was; set that first, or move the deal yourself",
                "crm history {stage} 可查看原来的结果；请先改回，或自行移动商机"
            ))
        });
    }
    Ok(())
}

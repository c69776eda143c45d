//! The stage to which a deal is to go.

use crate::{
    command::record_ref::{Finder, stage_called},
    domain::{RecordId, deal, stage},
    error::{Error, Result},
    text::{fold, said},
};

/// The stage that `next`, `won`, `lost` or a name means for a deal: one of its own pipeline, or of the one that the finder
/// is told; an id names any.
///
/// # Errors
/// `NotFound` where there is none.
pub fn stage_for(finder: &Finder<'_>, id: RecordId, word: &str) -> Result<u64> {
    let deal = finder
        .reader
        .held(id)?
        .ok_or_else(|| Error::not_found(said!("There is no deal {id}", "没有商机 {id}")))?
        .record;
    let stages = stage::stages_of(deal.get(deal::PIPELINE).unwrap_or_default(), &finder.reader)?;
    if finder.pipeline.is_none()
        && let Some(num) = stage_called(&stages, word)
    {
        return Ok(num);
    }
    let folded = fold(word);
    if folded == "next" || folded == "下一步" || folded == "下一阶段" {
        let now = stages.iter().position(|(num, _)| Some(*num) == deal.get(deal::STAGE));
        return match now.and_then(|now| stages.get(now + 1)) {
            Some((next, record)) if record.get(stage::OUTCOME).unwrap_or(stage::OPEN) == stage::OPEN => Ok(*next),
            // A deal is closed only by somebody who says so.
            Some(_) if deal.get(deal::CLOSED).is_none() => {
                Err(Error::invalid(said!("{id} is in its last open stage", "{id} 已在最后一个进行中的阶段"))
                    .hint(said!("deal move {id} won, or lost, closes it", "结单请用 crm deal move {id} 赢单 或 输单")))
            }
            _ => Err(Error::invalid(said!("{id} is in its last stage", "{id} 已在最后阶段"))
                .hint(said!("name a stage; crm stage list shows them", "请写出阶段；crm stage list 可查看"))),
        };
    }
    if folded == "previous" || folded == "上一步" || folded == "上一阶段" {
        let now = stages.iter().position(|(num, _)| Some(*num) == deal.get(deal::STAGE));
        let outcome = now.and_then(|now| stages.get(now)).and_then(|(_, record)| record.get(stage::OUTCOME));
        return match now.and_then(|now| stages.get(now.checked_sub(1)?)) {
            Some((previous, record)) if record.get(stage::OUTCOME).unwrap_or(stage::OPEN) == stage::OPEN => {
                Ok(*previous)
            }
            _ if outcome.is_some_and(|outcome| outcome != stage::OPEN) => {
                let is = outcome.and_then(|outcome| stage::OUTCOMES.get(usize::from(outcome)));
                let (en, zh) = is.map_or(("closed", "已结单"), |choice| (choice.code, choice.zh));
                Err(Error::invalid(said!(
                    "{id} is {en}: no open stage comes right before that",
                    "{id} 的结果为{zh}，紧邻其前没有进行中的阶段"
                ))
                .hint(said!(
                    "name the stage to which it goes back; crm stage list shows them",
                    "请写出要退回的阶段；crm stage list 可查看"
                )))
            }
            _ => Err(Error::invalid(said!("{id} is in its first stage", "{id} 已在最初阶段"))
                .hint(said!("name a stage; crm stage list shows them", "请写出阶段；crm stage list 可查看"))),
        };
    }
    let pipeline = finder.pipeline.or_else(|| deal.get(deal::PIPELINE));
    let stages = finder.reader.schema().table(&stage::KIND);
    Finder { pipeline, ..*finder }.find(Some(stages), word).map(|id| id.num).map_err(|error| error.at(id))
}

//! The board: the deals of a pipeline by stage, with counts and sums.
//!
//! Counts and sums come from the summaries that every change keeps, the places of cards from an index; only the cards
//! that somebody looks at are read.

use std::{collections::HashMap, ops::ControlFlow, sync::Arc};

use chrono_tz::Tz;

use crate::{
    domain::{
        Instant, Lookup, RecordId, Row, Value, common::UPDATED, customer, deal, followup, stage, words::money::Money,
    },
    error::Result,
    store::{
        Reader,
        engine::KeyRange,
        keys::{num_after, split_value, take_num},
        summary::{Summary, group_of},
    },
};

use super::{
    owners::Owners,
    positions::{self, PassingSet, by_time},
};
use crate::query::{filter::Filter, names::Names};

/// A pipeline as columns of cards.
#[derive(Clone, Debug)]
pub struct Board {
    /// The pipeline.
    pub pipeline: RecordId,
    /// What it is called.
    pub name: String,
    /// Its stages in their order.
    pub columns: Vec<BoardColumn>,
}

/// A stage with its deals.
#[derive(Clone, Debug)]
pub struct BoardColumn {
    /// The stage.
    pub stage: RecordId,
    /// What it is called, as stored.
    pub name: String,
    /// Whether its deals are open, won, lost or void.
    pub outcome: u16,
    /// After so many seconds in it a deal is stale.
    pub stale_after: Option<i64>,
    /// How many deals stand in it.
    pub count: u64,
    /// What they are worth, in each currency.
    pub sums: Vec<Money>,
    /// What they are worth by their chance of winning.
    pub weighted: Vec<Money>,
    /// Their numbers, those changed last first; none where the stage is no open one.
    pub order: Arc<[u64]>,
}

impl BoardColumn {
    /// Whether its deals are still to be won.
    pub const fn is_open(&self) -> bool {
        self.outcome == stage::OPEN
    }
}

/// A deal as a card.
#[derive(Clone, Debug)]
pub struct Card {
    /// Which.
    pub id: RecordId,
    /// What it is called.
    pub title: String,
    /// Whose, and what they are called.
    pub customer: Option<(RecordId, String)>,
    /// What it is worth.
    pub amount: Option<Money>,
    /// Who works on it.
    pub owner: Option<u64>,
    /// How many days it has been in its stage.
    pub days: i64,
    /// Whether that is longer than the stage allows.
    pub stale: bool,
    /// Whether an open follow-up of the deal or its customer says what comes next.
    pub planned: bool,
}

impl Card {
    /// Whether somebody should look at it: it is stale, or nothing is planned.
    pub const fn wants_attention(&self) -> bool {
        self.stale || !self.planned
    }
}

/// The deals of a pipeline that some people have and a filter lets through.
///
/// # Errors
/// What the store says.
pub fn board(names: &Names<'_>, pipeline: u64, owners: &Owners, filter: &Filter) -> Result<Board> {
    let reader = names.reader();
    let passing = PassingSet::of(&reader, filter)?;
    let mut held = match passing.numbers() {
        None => by_stage(&reader, pipeline, owners)?,
        Some(numbers) => among(&reader, pipeline, owners, numbers)?,
    };
    let mut columns = Vec::new();
    for (num, record) in stage::stages_of(pipeline, &reader)? {
        let held = held.remove(&num).unwrap_or_default();
        let outcome = record.get(stage::OUTCOME).unwrap_or(stage::OPEN);
        let order = match (outcome, held.numbers) {
            (stage::OPEN, Some(numbers)) => numbers,
            (stage::OPEN, None) => in_stage(&reader, pipeline, num, owners)?,
            _ => Vec::new(),
        };
        let money = |at: usize| sums_of(held.summary.sums.get(at).into_iter().flatten().copied());
        columns.push(BoardColumn {
            stage: RecordId::new(stage::ID, num),
            name: record.get(stage::NAME).unwrap_or_default().to_owned(),
            outcome,
            stale_after: record.get(stage::STALE_AFTER),
            count: u64::try_from(held.summary.count).unwrap_or_default(),
            sums: money(0),
            weighted: money(1),
            order: order.into(),
        });
    }
    let pipeline = RecordId::new(crate::domain::pipeline::ID, pipeline);
    Ok(Board { pipeline, name: names.of(pipeline)?, columns })
}

/// What stands in a stage; its numbers where they are known already.
#[derive(Default)]
struct InStage {
    summary: Summary,
    numbers: Option<Vec<u64>>,
}

fn sums_of(sums: impl Iterator<Item = (crate::domain::words::money::Currency, i128)>) -> Vec<Money> {
    let mut sums: Vec<Money> =
        sums.filter(|(_, minor)| *minor != 0).map(|(currency, minor)| Money { minor, currency }).collect();
    sums.sort_by_key(|sum| sum.currency);
    sums
}

/// Counts and sums by stage, from what the store keeps up to date: no deal is looked at.
fn by_stage(reader: &Reader<'_>, pipeline: u64, owners: &Owners) -> Result<HashMap<u64, InStage>> {
    let mut stages: HashMap<u64, InStage> = HashMap::new();
    let Some(def) = deal::KIND.summaries.first() else { return Ok(stages) };
    reader.summaries(deal::ID, def.number, &mut |key, found| {
        // Grouped by pipeline, stage and owner; nobody is number 0, which no user has.
        let nums: Vec<u64> =
            group_of(def, key).into_iter().flatten().filter_map(|value| take_num(value).map(|(num, _)| num)).collect();
        if let [held, stage, owner] = nums[..]
            && held == pipeline
            && owners.has(Some(owner).filter(|owner| *owner > 0))
        {
            stages.entry(stage).or_default().summary.merge(&found);
        }
        ControlFlow::Continue(())
    })?;
    Ok(stages)
}

/// The same of certain deals, from their rows.
fn among(reader: &Reader<'_>, pipeline: u64, owners: &Owners, numbers: &[u64]) -> Result<HashMap<u64, InStage>> {
    let mut stages: HashMap<u64, (InStage, Vec<(Instant, u64)>)> = HashMap::new();
    for num in numbers {
        let id = RecordId::new(deal::ID, *num);
        let seen = reader.with_row(id, |row| {
            let wanted = row.get(deal::PIPELINE) == Some(pipeline) && owners.has(row.get(deal::OWNER));
            wanted.then(|| (row.get(deal::STAGE), row.get(UPDATED), row.get(deal::AMOUNT)))
        })?;
        let Some((stage, updated, amount)) = seen.flatten() else { continue };
        let (held, cards) = stages.entry(stage.unwrap_or_default()).or_default();
        let weighted = if amount.is_some() { reader.derived(id)?.get(deal::WEIGHTED) } else { None };
        let sum = |money: Option<Money>| money.map(|money| (money.currency, money.minor)).into_iter().collect();
        held.summary.merge(&Summary { count: 1, sums: vec![sum(amount), sum(weighted)] });
        cards.push((updated.unwrap_or_default(), *num));
    }
    let ordered = |(mut held, mut cards): (InStage, Vec<(Instant, u64)>)| {
        cards.sort_unstable_by(|a, b| b.cmp(a));
        held.numbers = Some(cards.into_iter().map(|(_, num)| num).collect());
        held
    };
    Ok(stages.into_iter().map(|(stage, found)| (stage, ordered(found))).collect())
}

/// The numbers of the deals of a stage, those changed last first, from the index that is in that order.
fn in_stage(reader: &Reader<'_>, pipeline: u64, stage: u64, owners: &Owners) -> Result<Vec<u64>> {
    let values = [Value::Link(pipeline), Value::Link(stage)];
    if owners.each().is_some() {
        let start = positions::start(&deal::KIND, &deal::BY_STAGE_AND_OWNER, &values)?;
        let placed = by_time(reader, &start, owners, None, 0)?;
        return Ok(placed.iter().rev().map(|placed| placed.num).collect());
    }
    let start = positions::start(&deal::KIND, &deal::BY_STAGE, &values)?;
    let mut numbers = Vec::new();
    reader.index(KeyRange::prefix(&start), true, &mut |key| {
        let rest = split_value(crate::domain::Type::Instant, &key[start.len()..]);
        numbers.extend(rest.and_then(|(_, rest)| num_after(rest, 0)));
        ControlFlow::Continue(())
    })?;
    Ok(numbers)
}

/// The cards of these deals of a stage; one that is gone meanwhile is left out.
///
/// # Errors
/// What the store says.
pub fn cards(
    names: &Names<'_>,
    stale_after: Option<i64>,
    numbers: &[u64],
    (now, tz): (Instant, Tz),
) -> Result<Vec<Card>> {
    let mut cards = Vec::with_capacity(numbers.len());
    for num in numbers {
        cards.extend(card(names, *num, stale_after, (now, tz))?);
    }
    Ok(cards)
}

fn card(names: &Names<'_>, num: u64, stale_after: Option<i64>, (now, tz): (Instant, Tz)) -> Result<Option<Card>> {
    let (id, reader) = (RecordId::new(deal::ID, num), names.reader());
    let made = reader.with_row(id, |row: Row<'_>| {
        let since = row.get(deal::STAGE_SINCE).unwrap_or(now);
        Card {
            id,
            title: row.get(deal::TITLE).unwrap_or_default().to_owned(),
            customer: row.get(deal::CUSTOMER).map(|num| (RecordId::new(customer::ID, num), String::new())),
            amount: row.get(deal::AMOUNT),
            owner: row.get(deal::OWNER),
            days: (now.day(tz) - since.day(tz)).num_days(),
            stale: stale_after.is_some_and(|longest| now > since.plus_seconds(longest)),
            planned: false,
        }
    })?;
    let Some(mut card) = made else { return Ok(None) };
    if let Some((customer, name)) = &mut card.customer {
        *name = names.of(*customer)?;
        card.planned = reader.derived(*customer)?.get(customer::NEXT_FOLLOWUP).is_some();
    }
    card.planned = card.planned || has_plan(&reader, num)?;
    Ok(Some(card))
}

/// Whether the deal itself has an open follow-up.
fn has_plan(reader: &Reader<'_>, deal: u64) -> Result<bool> {
    let mut plans = Vec::new();
    reader.linking(followup::ID, &followup::DEAL.def(), deal, &mut |num| {
        plans.push(num);
        ControlFlow::Continue(())
    })?;
    for num in plans {
        let status = reader.with_row(RecordId::new(followup::ID, num), |row| row.get(followup::STATUS))?;
        if status.is_some_and(|status| status.unwrap_or(followup::OPEN) == followup::OPEN) {
            return Ok(true);
        }
    }
    Ok(false)
}

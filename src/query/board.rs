//! The board: the deals of a pipeline by stage, with counts and sums.

use std::{collections::HashMap, ops::ControlFlow};

use chrono_tz::Tz;

use crate::{
    domain::{
        Instant, Lookup, Record, RecordId, Row, common::UPDATED, customer, deal, followup, stage, words::money::Money,
    },
    error::Result,
    store::{
        Reader,
        engine::KeyRange,
        keys::{num_after, put_num, split_value, take_num},
        summary::{Summary, group_of},
    },
};

use super::{names::Names, owners::Owners};

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
    /// How many deals stand in it.
    pub count: u64,
    /// What they are worth, in each currency.
    pub sums: Vec<Money>,
    /// What they are worth by their chance of winning.
    pub weighted: Vec<Money>,
    /// The deals changed last, latest first; none where the stage is no open one.
    pub cards: Vec<Card>,
}

impl BoardColumn {
    /// Whether its deals are still to be won.
    pub const fn is_open(&self) -> bool {
        self.outcome == stage::OPEN
    }

    /// How many deals have no card here.
    pub const fn more(&self) -> u64 {
        self.count.saturating_sub(self.cards.len() as u64)
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

/// The deals of a pipeline, with at most so many cards in a stage.
///
/// # Errors
/// What the store says.
pub fn board(
    names: &Names<'_>,
    pipeline: u64,
    owners: &Owners,
    (now, tz): (Instant, Tz),
    limit: Option<usize>,
) -> Result<Board> {
    let reader = names.reader();
    let sums = sums(&reader, pipeline, owners)?;
    let stages = stage::stages_of(pipeline, &reader)?;
    let mut mine = match owners.people() {
        Some(people) => Some(numbers_of(&reader, pipeline, people)?),
        None => None,
    };
    let mut columns = Vec::with_capacity(stages.len());
    for (num, record) in stages {
        let held = sums.get(&num);
        let money = |at: usize| -> Vec<Money> {
            let sums = held.and_then(|held| held.sums.get(at)).into_iter().flatten();
            let mut sums: Vec<Money> = sums
                .filter(|(_, minor)| *minor != 0)
                .map(|(currency, minor)| Money { minor: *minor, currency: *currency })
                .collect();
            sums.sort_by_key(|sum| sum.currency);
            sums
        };
        let mut column = BoardColumn {
            stage: RecordId::new(stage::ID, num),
            name: record.get(stage::NAME).unwrap_or_default().to_owned(),
            outcome: record.get(stage::OUTCOME).unwrap_or(stage::OPEN),
            count: held.map_or(0, |held| u64::try_from(held.count).unwrap_or_default()),
            sums: money(0),
            weighted: money(1),
            cards: Vec::new(),
        };
        if column.is_open() {
            let numbers = match &mut mine {
                Some(mine) => latest(mine.remove(&num).unwrap_or_default(), limit),
                None => in_stage(&reader, pipeline, num, owners, limit)?,
            };
            for deal in numbers {
                column.cards.extend(card(names, deal, &record, (now, tz))?);
            }
        }
        columns.push(column);
    }
    let pipeline = RecordId::new(crate::domain::pipeline::ID, pipeline);
    Ok(Board { pipeline, name: names.of(pipeline)?, columns })
}

/// Counts and sums by stage, from what the store keeps up to date: no deal is looked at.
fn sums(reader: &Reader<'_>, pipeline: u64, owners: &Owners) -> Result<HashMap<u64, Summary>> {
    let mut sums: HashMap<u64, Summary> = HashMap::new();
    let Some(def) = deal::KIND.summaries.first() else { return Ok(sums) };
    reader.summaries(deal::ID, def.number, &mut |key, found| {
        // Grouped by pipeline, stage and owner; nobody is number 0, which no user has.
        let nums: Vec<u64> =
            group_of(def, key).into_iter().flatten().filter_map(|value| take_num(value).map(|(num, _)| num)).collect();
        if let [held, stage, owner] = nums[..]
            && held == pipeline
            && owners.has(Some(owner).filter(|owner| *owner > 0))
        {
            sums.entry(stage).or_default().merge(&found);
        }
        ControlFlow::Continue(())
    })?;
    Ok(sums)
}

/// When a deal changed last, and its number.
type Changed = (Instant, u64);

/// The deals of some people, by stage.
fn numbers_of(reader: &Reader<'_>, pipeline: u64, people: &[u64]) -> Result<HashMap<u64, Vec<Changed>>> {
    let mut numbers = Vec::new();
    for person in people {
        reader.linking(deal::ID, &deal::OWNER.def(), *person, &mut |num| {
            numbers.push(num);
            ControlFlow::Continue(())
        })?;
    }
    let mut stages: HashMap<u64, Vec<Changed>> = HashMap::new();
    for num in numbers {
        reader.with_row(RecordId::new(deal::ID, num), |row| {
            if row.get(deal::PIPELINE) == Some(pipeline) {
                let stage = row.get(deal::STAGE).unwrap_or_default();
                stages.entry(stage).or_default().push((row.get(UPDATED).unwrap_or_default(), num));
            }
        })?;
    }
    Ok(stages)
}

fn latest(mut deals: Vec<Changed>, limit: Option<usize>) -> Vec<u64> {
    deals.sort_unstable_by(|a, b| b.cmp(a));
    deals.truncate(limit.unwrap_or(usize::MAX));
    deals.into_iter().map(|(_, num)| num).collect()
}

/// The deals of a stage that changed last, from the index that is in that order.
fn in_stage(reader: &Reader<'_>, pipeline: u64, stage: u64, owners: &Owners, limit: Option<usize>) -> Result<Vec<u64>> {
    let mut key = crate::store::index::link_prefix(deal::ID, deal::BY_STAGE.number, pipeline);
    put_num(&mut key, stage);
    let limit = limit.unwrap_or(usize::MAX);
    let (mut numbers, mut failed) = (Vec::new(), None);
    reader.index(KeyRange::prefix(&key), true, &mut |entry| {
        if numbers.len() >= limit {
            return ControlFlow::Break(());
        }
        let rest = split_value(crate::domain::Type::Instant, &entry[key.len()..]);
        let Some(num) = rest.and_then(|(_, rest)| num_after(rest, 0)) else { return ControlFlow::Continue(()) };
        match reader.with_row(RecordId::new(deal::ID, num), |row| owners.has(row.get(deal::OWNER))) {
            Ok(Some(true)) => numbers.push(num),
            Ok(_) => {}
            Err(error) => {
                failed = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    failed.map_or(Ok(numbers), Err)
}

fn card(names: &Names<'_>, num: u64, stage: &Record, (now, tz): (Instant, Tz)) -> Result<Option<Card>> {
    let (id, reader) = (RecordId::new(deal::ID, num), names.reader());
    let made = reader.with_row(id, |row: Row<'_>| {
        let since = row.get(deal::STAGE_SINCE).unwrap_or(now);
        let longest = stage.get(stage::STALE_AFTER);
        Card {
            id,
            title: row.get(deal::TITLE).unwrap_or_default().to_owned(),
            customer: row.get(deal::CUSTOMER).map(|num| (RecordId::new(customer::ID, num), String::new())),
            amount: row.get(deal::AMOUNT),
            owner: row.get(deal::OWNER),
            days: (now.day(tz) - since.day(tz)).num_days(),
            stale: longest.is_some_and(|longest| now > since.plus_seconds(longest)),
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

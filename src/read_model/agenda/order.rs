//! The places of the agenda, from the index of what is open by person and time.
//!
//! A key says when something is due, but not whether that is a day or a moment, nor in which zone the day is meant.
//! Of what is due about now the rows are therefore looked at; before that all is overdue, and after it all is later.

use chrono::{Days, NaiveDate, NaiveTime};

use crate::{
    domain::{Due, Instant, RecordId, Value, followup, start_of_day, words::calendar},
    error::Result,
    query::filter::Filter,
    read_model::{
        owners::Owners,
        positions::{Attention, PassingSet, Position, between, by_time, start},
    },
    store::Reader,
};

use super::clock::{Clock, Section};

const DAY: i64 = 24 * 60 * 60;
/// Nobody is reminded of anything longer before.
const AHEAD: i64 = 7 * DAY;

/// What is to be done in the order of time, section by section, and last what was done today.
///
/// # Errors
/// What the store says.
pub fn order(reader: &Reader<'_>, owners: &Owners, clock: &Clock, filter: &Filter) -> Result<Vec<Position>> {
    let passing = PassingSet::of(reader, filter)?;
    let mut open = by_time(reader, &open_keys()?, owners, None, Section::Overdue as u8)?;
    if !passing.is_all() {
        open.retain(|placed| passing.has(placed.num));
    }
    let (from, to) = near(clock);
    let first = open.partition_point(|placed| placed.at < from);
    let last = open.partition_point(|placed| placed.at < to);
    for placed in &mut open[last..] {
        placed.part = Section::Later as u8;
    }
    sort_near(reader, clock, &mut open[first..last])?;
    done_today(reader, owners, clock, &passing, &mut open)?;
    Ok(open)
}

/// How many open follow-ups should have been done by now, and of which the time has come since `since`: when it was to
/// be reminded of them, else when they were due.
///
/// # Errors
/// What the store says.
pub fn pressing(reader: &Reader<'_>, owners: &Owners, clock: &Clock, since: Instant) -> Result<Attention> {
    let (from, to) = near(clock);
    // A day is over at most two days after its key, wherever it is, and not before it.
    let from = from.min(since.plus_seconds(-2 * DAY).0);
    let to = to.max(clock.now.plus_seconds(AHEAD + DAY).0);
    let open = by_time(reader, &open_keys()?, owners, Some(to), Section::Overdue as u8)?;
    let first = open.partition_point(|placed| placed.at < from);
    let mut pressing = Attention { late: first, come: Vec::new() };
    for placed in &open[first..] {
        let told = reader.with_row(RecordId::new(followup::ID, placed.num), |row| {
            let over = row.get(followup::DUE)?.end(clock.tz);
            Some((over, over.plus_seconds(-row.get(followup::REMIND).unwrap_or_default().clamp(0, AHEAD))))
        })?;
        let Some((over, told)) = told.flatten() else { continue };
        pressing.late += usize::from(over <= clock.now);
        if since < told && told <= clock.now {
            pressing.come.push(placed.num);
        }
    }
    Ok(pressing)
}

fn open_keys() -> Result<Vec<u8>> {
    start(&followup::KIND, &followup::BY_STATUS, &[Value::Choice(followup::OPEN)])
}

/// The keys among which sections change, as far as any zone and any way to say a due may move them.
fn near(clock: &Clock) -> (i64, i64) {
    let today = clock.today();
    let key = |day: Option<NaiveDate>| Instant::from(day.unwrap_or(today).and_time(NaiveTime::MIN).and_utc()).0;
    let week_end = calendar::week_start(today, clock.week_start) + Days::new(7);
    (key(today.pred_opt()), key(week_end.checked_add_days(Days::new(2))))
}

/// Puts what is due about now in order: by section, then by day, what has no time of day first.
fn sort_near(reader: &Reader<'_>, clock: &Clock, near: &mut [Position]) -> Result<()> {
    let mut dues = Vec::with_capacity(near.len());
    for placed in near.iter() {
        let due = reader.with_row(RecordId::new(followup::ID, placed.num), |row| row.get(followup::DUE))?;
        let due = due.flatten().unwrap_or(Due::At(Instant(placed.at)));
        let placed = Position { part: clock.section(due) as u8, ..*placed };
        dues.push((placed.part, due.day(clock.tz), due.start(clock.tz), placed));
    }
    dues.sort_by_key(|(part, day, at, placed)| (*part, *day, *at, placed.num));
    for (place, (.., placed)) in near.iter_mut().zip(dues) {
        *place = placed;
    }
    Ok(())
}

fn done_today(
    reader: &Reader<'_>,
    owners: &Owners,
    clock: &Clock,
    passing: &PassingSet,
    out: &mut Vec<Position>,
) -> Result<()> {
    let today = clock.today();
    let day = |day: NaiveDate| start_of_day(day, clock.tz).0;
    let range = (day(today), day(today.succ_opt().unwrap_or(today)));
    for placed in between(reader, &followup::KIND, &followup::DONE_AT.def(), range)? {
        let mine = reader.with_row(RecordId::new(followup::ID, placed.num), |row| {
            row.get(followup::STATUS) == Some(followup::DONE) && owners.has(row.get(followup::OWNER))
        })?;
        if mine == Some(true) && passing.has(placed.num) {
            out.push(Position { part: Section::Done as u8, ..placed });
        }
    }
    Ok(())
}

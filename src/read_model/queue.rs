//! The queue: open tickets by the time that is left for them.

use crate::{
    domain::{Instant, RecordId, Row, Value, choices::NORMAL, customer, print::span, ticket},
    error::Result,
    store::Reader,
    text::Lang,
};

use super::{
    owners::Owners,
    positions::{Attention, NEVER, PassingSet, Position, by_time, start},
};
use crate::query::{filter::Filter, names::Names};

/// A ticket that somebody still has to do something about.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// Which.
    pub id: RecordId,
    /// How long until its limit.
    pub left: TimeLeft,
    /// The limit that runs; none while it waits for the customer.
    pub due: Option<Instant>,
    /// Which limit that is.
    pub limit: TicketClock,
    /// What it is about.
    pub subject: String,
    /// Whose problem it is, and what they are called.
    pub customer: Option<(RecordId, String)>,
    /// What sort of ticket it is.
    pub ty: Option<u16>,
    /// How urgent it is.
    pub priority: u16,
    /// The agent.
    pub owner: Option<u64>,
    /// How far it is.
    pub status: u16,
}

/// The two clocks of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketClock {
    /// Nobody has answered yet.
    Response,
    /// It has been answered.
    Resolution,
}

impl TicketClock {
    /// What the clock runs for.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Response => lang.pick("response", "响应"),
            Self::Resolution => lang.pick("solution", "解决"),
        }
    }
}

/// How long until the limit of a ticket, in the order in which tickets want attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeLeft {
    /// So many seconds; less than none where the limit is over.
    Seconds(i64),
    /// It has no limit.
    Open,
    /// The clock stands still while it is the customer's turn.
    Paused,
}

impl TimeLeft {
    /// How long it is until a limit.
    pub const fn until(due: Instant, now: Instant) -> Self {
        Self::Seconds((due.0 - now.0).div_euclid(1000))
    }

    /// Whether the limit is over.
    pub const fn is_breached(self) -> bool {
        matches!(self, Self::Seconds(..0))
    }

    /// The seconds, while the clock runs.
    pub const fn seconds(self) -> Option<i64> {
        match self {
            Self::Seconds(seconds) => Some(seconds),
            Self::Open | Self::Paused => None,
        }
    }

    /// The time in words: `35m over`, `2h 10m`, `paused`.
    pub fn say(self, lang: Lang) -> String {
        match self {
            Self::Seconds(seconds @ ..0) => {
                let over = span(seconds.saturating_neg(), lang);
                lang.pick(format!("{over} over"), format!("超时{over}"))
            }
            Self::Seconds(seconds) => span(seconds, lang),
            Self::Open => lang.pick("no limit", "无时限").to_owned(),
            Self::Paused => lang.pick("paused", "已暂停").to_owned(),
        }
    }
}

/// The parts of the queue: the clock runs, or it waits for the customer.
const RUNNING: u8 = 0;
const PAUSED: u8 = 1;

/// The places of the open tickets: the least time left first, then those without a limit, paused ones last.
///
/// # Errors
/// What the store says.
pub fn order(reader: &Reader<'_>, owners: &Owners, filter: &Filter) -> Result<Vec<Position>> {
    let passing = PassingSet::of(reader, filter)?;
    let mut found = Vec::new();
    for (status, part) in [(ticket::NEW, RUNNING), (ticket::OPEN, RUNNING), (ticket::WAITING, PAUSED)] {
        found.extend(by_time(reader, &keys(status)?, owners, None, part)?);
    }
    if !passing.is_all() {
        found.retain(|placed| passing.has(placed.num));
    }
    found.sort();
    Ok(found)
}

fn keys(status: u16) -> Result<Vec<u8>> {
    start(&ticket::KIND, &ticket::BY_STATUS, &[Value::Choice(status)])
}

/// How many tickets are over their limit, and which of them have not been so for longer than since `since`.
///
/// # Errors
/// What the store says.
pub fn breached(reader: &Reader<'_>, owners: &Owners, (since, now): (Instant, Instant)) -> Result<Attention> {
    let mut pressing = Attention::default();
    for status in [ticket::NEW, ticket::OPEN] {
        let over = by_time(reader, &keys(status)?, owners, Some(now.0), RUNNING)?;
        pressing.late += over.len();
        let earlier = over.partition_point(|placed| placed.at < since.0);
        pressing.come.extend(over[earlier..].iter().map(|placed| placed.num));
    }
    Ok(pressing)
}

/// How many of these places are of tickets over their limit.
pub fn breached_of(placed: &[Position], now: Instant) -> usize {
    placed.partition_point(|placed| is_breached(placed, now))
}

/// Whether the ticket in a place is over its limit.
pub const fn is_breached(placed: &Position, now: Instant) -> bool {
    placed.part == RUNNING && placed.at < now.0 && placed.at != NEVER
}

/// The most urgent ticket that nobody has; of those with the same limit the one of the highest priority.
///
/// # Errors
/// What the store says.
pub fn next_free(reader: &Reader<'_>) -> Result<Option<RecordId>> {
    let nobodys = Owners::of([]).and_nobody();
    let mut free = by_time(reader, &keys(ticket::NEW)?, &nobodys, None, RUNNING)?;
    free.extend(by_time(reader, &keys(ticket::OPEN)?, &nobodys, None, RUNNING)?);
    let Some(first) = free.iter().map(|placed| placed.at).min() else { return Ok(None) };
    let mut best: Option<(u16, u64)> = None;
    for placed in free.iter().filter(|placed| placed.at == first) {
        let id = RecordId::new(ticket::ID, placed.num);
        let priority = reader.with_row(id, |row| row.get(ticket::PRIORITY).unwrap_or(NORMAL))?.unwrap_or_default();
        if best.is_none_or(|(most, num)| (priority, num) > (most, placed.num)) {
            best = Some((priority, placed.num));
        }
    }
    Ok(best.map(|(_, num)| RecordId::new(ticket::ID, num)))
}

/// The tickets in these places; one that is gone meanwhile is left out.
///
/// # Errors
/// What the store says.
pub fn rows(names: &Names<'_>, placed: &[Position], now: Instant) -> Result<Vec<QueueRow>> {
    let mut rows = Vec::with_capacity(placed.len());
    for place in placed {
        let id = RecordId::new(ticket::ID, place.num);
        let Some(mut row) = names.reader().with_row(id, |row| take(id, row, now))? else { continue };
        if let Some((id, name)) = &mut row.customer {
            *name = names.of(*id)?;
        }
        rows.push(row);
    }
    Ok(rows)
}

fn take(id: RecordId, row: Row<'_>, now: Instant) -> QueueRow {
    let status = row.get(ticket::STATUS).unwrap_or(ticket::NEW);
    let due = row.get(ticket::DUE);
    QueueRow {
        id,
        left: left(status, due, now),
        due,
        limit: if row.has(ticket::RESPONDED_AT) { TicketClock::Resolution } else { TicketClock::Response },
        subject: row.get(ticket::SUBJECT).unwrap_or_default().to_owned(),
        customer: row.get(ticket::CUSTOMER).map(|num| (RecordId::new(customer::ID, num), String::new())),
        ty: row.get(ticket::TYPE),
        priority: row.get(ticket::PRIORITY).unwrap_or(NORMAL),
        owner: row.get(ticket::OWNER),
        status,
    }
}

/// The time that a ticket of this status has until its limit.
pub fn left(status: u16, due: Option<Instant>, now: Instant) -> TimeLeft {
    match due {
        _ if status == ticket::WAITING => TimeLeft::Paused,
        Some(due) => TimeLeft::until(due, now),
        None => TimeLeft::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_in_words_and_in_order() {
        let table = [
            (TimeLeft::Seconds(-2100), "35m over", "超时35分钟", true),
            (TimeLeft::Seconds(-1), "0m over", "超时0分钟", true),
            (TimeLeft::Seconds(0), "0m", "0分钟", false),
            (TimeLeft::Seconds(7800), "2h 10m", "2小时10分", false),
            (TimeLeft::Open, "no limit", "无时限", false),
            (TimeLeft::Paused, "paused", "已暂停", false),
        ];
        assert!(table.is_sorted_by_key(|(left, ..)| *left));
        for (left, en, zh, breached) in table {
            assert_eq!((left.say(Lang::En).as_str(), &*left.say(Lang::Zh), left.is_breached()), (en, zh, breached));
        }
    }

    #[test]
    fn what_is_over_its_limit_stands_first() {
        let placed = |part, at, num| Position { part, at, num };
        let mut order =
            [placed(PAUSED, NEVER, 1), placed(RUNNING, NEVER, 2), placed(RUNNING, 99, 3), placed(RUNNING, 100, 4)];
        order.sort();
        assert_eq!(order.map(|placed| placed.num), [3, 4, 2, 1]);
        assert_eq!(breached_of(&order, Instant(100)), 1);
    }
}

//! The queue: open tickets by the time that is left for them.

use std::cmp::Reverse;

use crate::{
    domain::{Instant, RecordId, Row, Value, choices::NORMAL, customer, print::span, ticket},
    error::Result,
    text::Lang,
};

use super::{names::Names, owners::Owners};

/// A ticket that somebody still has to do something about.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// Which.
    pub id: RecordId,
    /// How long until its limit.
    pub left: Left,
    /// The limit that runs; none while it waits for the customer.
    pub due: Option<Instant>,
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

/// How long until the limit of a ticket, in the order in which tickets want attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    /// So many seconds; less than none where the limit is over.
    Seconds(i64),
    /// It has no limit.
    Open,
    /// The clock stands still while it is the customer's turn.
    Paused,
}

impl Left {
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

/// The open tickets, the one with the least time left first; paused ones last.
///
/// # Errors
/// What the store says.
pub fn queue(names: &Names<'_>, owners: &Owners, now: Instant) -> Result<Vec<QueueRow>> {
    let reader = names.reader();
    let mut rows = Vec::new();
    for status in [ticket::NEW, ticket::OPEN, ticket::WAITING] {
        for num in reader.numbers_by_value(ticket::ID, &ticket::STATUS.def(), &Value::Choice(status))? {
            let id = RecordId::new(ticket::ID, num);
            rows.extend(reader.with_row(id, |row| take(id, row, owners, now))?.flatten());
        }
    }
    rows.sort_by_key(|row| (row.left, Reverse(row.priority), row.id));
    for row in &mut rows {
        if let Some((id, name)) = &mut row.customer {
            *name = names.of(*id)?;
        }
    }
    Ok(rows)
}

fn take(id: RecordId, row: Row<'_>, owners: &Owners, now: Instant) -> Option<QueueRow> {
    let owner = row.get(ticket::OWNER);
    if !owners.has(owner) || row.has(ticket::MERGED_INTO) {
        return None;
    }
    let status = row.get(ticket::STATUS).unwrap_or(ticket::NEW);
    let due = ticket::next_due(row);
    let left = match due {
        _ if status == ticket::WAITING => Left::Paused,
        Some(due) => Left::Seconds((due.0 - now.0).div_euclid(1000)),
        None => Left::Open,
    };
    Some(QueueRow {
        id,
        left,
        due,
        subject: row.get(ticket::SUBJECT).unwrap_or_default().to_owned(),
        customer: row.get(ticket::CUSTOMER).map(|num| (RecordId::new(customer::ID, num), String::new())),
        ty: row.get(ticket::TYPE),
        priority: row.get(ticket::PRIORITY).unwrap_or(NORMAL),
        owner,
        status,
    })
}

/// How many of the tickets are over their limit.
pub fn breached(rows: &[QueueRow]) -> usize {
    rows.iter().filter(|row| row.left.is_breached()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_in_words_and_in_order() {
        let table = [
            (Left::Seconds(-2100), "35m over", "超时35分", true),
            (Left::Seconds(-1), "0m over", "超时0分", true),
            (Left::Seconds(0), "0m", "0分", false),
            (Left::Seconds(7800), "2h 10m", "2小时10分", false),
            (Left::Open, "no limit", "无时限", false),
            (Left::Paused, "paused", "已暂停", false),
        ];
        assert!(table.is_sorted_by_key(|(left, ..)| *left));
        for (left, en, zh, breached) in table {
            assert_eq!((left.say(Lang::En).as_str(), &*left.say(Lang::Zh), left.is_breached()), (en, zh, breached));
        }
    }
}

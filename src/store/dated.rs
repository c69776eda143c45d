//! Steps by the time that they are dated, and writing an entry so that they can be found by it.
//!
//! Entries stand in the order of their sequence numbers. Mostly they stand in that of time as well; but clocks differ,
//! a writer waits for its turn with the time in hand, and somebody enters what happened last week. So an entry keeps the
//! latest time of those before it, where that is later than its own: [`Entry::latest`] never goes back and can be
//! searched in halves. How far any entry lies behind it at the most, the store remembers.

use crate::{domain::Instant, error::Result};

use super::{
    engine::{Space, Write},
    entry,
    journal::{Entry, entry_key},
    meta,
    reader::Reader,
};

/// Writes the entry of the next step. The one before is read for its time, so that a program that cannot read what
/// another version wrote last writes nothing after it.
///
/// # Errors
/// What the store says.
pub fn append(txn: &mut dyn Write, seq: u64, mut entry: Entry) -> Result<()> {
    let before = Reader::inside(txn)?.entry(seq.saturating_sub(1))?.map(|last| last.latest());
    entry.highest = before.filter(|latest| *latest > entry.at);
    if let Some(highest) = entry.highest {
        let back = highest.abs_diff(entry.at);
        if back > meta::number(txn, meta::BACK)? {
            meta::set_number(txn, meta::BACK, back)?;
        }
    }
    txn.put(Space::Journal, &entry_key(seq), &entry::write(&entry))?;
    meta::set_number(txn, meta::SEQ, seq)
}

/// The most that a step is dated before one that was taken earlier, in milliseconds; 0 where all are in order.
///
/// # Errors
/// What the store says.
pub fn disorder(reader: &Reader<'_>) -> Result<u64> {
    meta::number(reader.raw(), meta::BACK)
}

/// The first step that is dated at an instant or after it; the number after the last where there is none. Steps behind
/// it may be dated before.
///
/// # Errors
/// What the store says.
pub fn first_since(reader: &Reader<'_>, at: Instant) -> Result<u64> {
    first_late(reader, |latest| latest >= at.0)
}

/// The greatest sequence number that is not dated after an instant; 0 where all are. What the store held after that
/// step is what it held then.
///
/// # Errors
/// What the store says.
pub fn last_until(reader: &Reader<'_>, at: Instant) -> Result<u64> {
    let most = i64::try_from(disorder(reader)?).unwrap_or(i64::MAX);
    // From here on every step is dated after it, however far it lies behind.
    let mut seq = first_late(reader, |latest| latest.saturating_sub(most) > at.0)? - 1;
    while seq > 0 && reader.entry(seq)?.is_some_and(|entry| entry.at > at.0) {
        seq -= 1;
    }
    Ok(seq)
}

/// Whether a step is dated at this very instant, as the one is that made a record created then.
///
/// # Errors
/// What the store says.
pub fn is_of_a_step(reader: &Reader<'_>, at: Instant) -> Result<bool> {
    for seq in first_since(reader, at)?..=last_until(reader, at)? {
        if reader.entry(seq)?.is_some_and(|entry| entry.at == at.0) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The first step whose latest time is late; that of all after it is, too.
fn first_late(reader: &Reader<'_>, late: impl Fn(i64) -> bool) -> Result<u64> {
    let (mut low, mut high) = (1, reader.seq()? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if reader.entry(middle)?.is_some_and(|entry| !late(entry.latest())) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::{Store, engine::WriteTxn};

    proptest! {
        #[test]
        fn steps_are_found_by_time_in_whatever_order_they_are_dated(
            times in proptest::collection::vec(0_i64..40, 0..30),
            asked in 0_i64..42,
        ) {
            let store = Store::in_memory().unwrap();
            let mut txn = store.begin().unwrap();
            for (seq, at) in (1..).zip(&times) {
                append(&mut *txn, seq, Entry { at: *at, ..Entry::default() }).unwrap();
            }
            WriteTxn::commit(txn).unwrap();
            let snapshot = store.snapshot().unwrap();
            let reader = snapshot.reader();
            let first = times.iter().position(|at| *at >= asked).unwrap_or(times.len()) as u64 + 1;
            prop_assert_eq!(first_since(&reader, Instant(asked)).unwrap(), first);
            let last = times.iter().rposition(|at| *at <= asked).map_or(0, |at| at as u64 + 1);
            prop_assert_eq!(last_until(&reader, Instant(asked)).unwrap(), last);
            prop_assert_eq!(is_of_a_step(&reader, Instant(asked)).unwrap(), times.contains(&asked));
            let highest = |end: usize| times[..=end].iter().max().copied().unwrap_or_default();
            let back = (0..times.len()).map(|end| highest(end).abs_diff(times[end])).max().unwrap_or_default();
            prop_assert_eq!(disorder(&reader).unwrap(), back);
        }
    }
}

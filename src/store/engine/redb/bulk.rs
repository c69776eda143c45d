//! Sorted entries in, and sorted keys out, many at a time.
//!
//! A cursor fills whole leaves at its gap, ten times as fast as inserting from the root, but it takes only keys that
//! lie inside the gap. A key that does not (it exists, the next existing key comes first, or the order is broken) is
//! inserted from the root and the gap moves behind it. Where entries interleave densely with existing ones the gap
//! never pays, so after a short run the loader inserts from the root for a while, longer each time.
//!
//! Keys that stand close together are removed in one walk over all entries between the first and the last of them, which
//! rewrites each leaf once. How close they stand is looked at beforehand, and then told by the walks themselves; where
//! they stand too far apart they go one by one.

use std::ops::Bound;

use redb::{CursorError, ReadableTable, StorageError, Table};

use super::guard::{Held, guarded};
use crate::store::engine::{EngineError, Entries};

/// A table that is written to.
pub(super) type WriteTable<'t> = Table<'t, &'static [u8], &'static [u8]>;

/// A run through the cursor that is shorter than this was not worth moving it.
const WORTHWHILE: u64 = 16;
/// The most entries inserted from the root before the cursor is tried again.
const LONGEST_DETOUR: u64 = 1024;

pub(super) fn load(table: &mut WriteTable<'_>, entries: &mut dyn Entries) -> Result<u64, EngineError> {
    let mut total = 0;
    let mut detour = 0;
    let mut next = copy_next(entries)?;
    while let Some((key, value)) = next {
        // The first entry goes in from the root, and the cursor starts behind it.
        guarded(|| table.insert(&*key, &*value).map(drop))?;
        total += 1;
        let mut last = key;
        for _ in 0..detour {
            let Some((key, value)) = entries.next_entry()? else { return Ok(total) };
            guarded(|| table.insert(key, value).map(drop))?;
            total += 1;
            last.clear();
            last.extend_from_slice(key);
        }
        let (run, rejected) = run(table, &last, entries)?;
        total += run;
        detour = if run >= WORTHWHILE { 0 } else { (detour * 2).clamp(WORTHWHILE, LONGEST_DETOUR) };
        next = rejected;
    }
    Ok(total)
}

type Owned = (Vec<u8>, Vec<u8>);

fn copy_next(entries: &mut dyn Entries) -> Result<Option<Owned>, EngineError> {
    Ok(entries.next_entry()?.map(|(key, value)| (key.to_vec(), value.to_vec())))
}

/// Inserts through a cursor in the gap behind `after` until an entry does not fit there, and returns that one.
fn run(
    table: &mut WriteTable<'_>,
    after: &[u8],
    entries: &mut dyn Entries,
) -> Result<(u64, Option<Owned>), EngineError> {
    let mut held = guarded(|| table.lower_bound_mut(Bound::Excluded(after)).map(Held::new))?;
    let cursor = held.get_mut()?;
    let mut count = 0;
    let mut rejected = None;
    while let Some((key, value)) = entries.next_entry()? {
        let inserted = guarded(|| match cursor.insert_before(key, value) {
            Err(CursorError::UnorderedKey) => Ok(false),
            inserted => inserted.map(|()| true),
        });
        match inserted {
            Ok(true) => count += 1,
            Ok(false) => {
                rejected = Some((key.to_vec(), value.to_vec()));
                break;
            }
            Err(error) => return Err(error),
        }
    }
    let cursor = held.take()?;
    guarded(|| cursor.close())?;
    Ok((count, rejected))
}

/// The fewest and the most keys that are removed in one walk.
const WALKED: (usize, usize) = (16, 512);
/// The most entries that a walk may pass for each key that it removes: one from the root costs as much.
const PASSED: usize = 48;
/// The most walks that are not even considered after keys have stood too far apart.
const FORGONE: usize = 64;

pub(super) fn unload(table: &mut WriteTable<'_>, keys: &mut dyn Iterator<Item = &[u8]>) -> Result<u64, EngineError> {
    let (mut removed, mut walked) = (0, WALKED.0);
    let (mut forgone, mut forgo, mut close) = (0, 0, false);
    let mut window = Vec::new();
    loop {
        window.clear();
        window.extend((0..walked).map_while(|_| keys.next()));
        if window.is_empty() {
            return Ok(removed);
        }
        let walks = window.len() >= WALKED.0 && window.is_sorted_by(|a, b| a < b);
        if walks && forgo == 0 && (close || stand_close(table, &window)?) {
            let (gone, passed) = walk(table, &window)?;
            removed += gone;
            close = passed <= window.len() * PASSED;
            (walked, forgone) = if close { ((walked * 2).min(WALKED.1), 0) } else { (WALKED.0, forgone) };
            continue;
        }
        for key in &window {
            removed += u64::from(guarded(|| table.remove(*key).map(|held| held.is_some()))?);
        }
        walked = WALKED.0;
        if forgo > 0 {
            forgo -= 1;
        } else {
            forgone = (forgone * 2).clamp(1, FORGONE);
            forgo = forgone;
        }
    }
}

/// Whether there are few other keys between these, which ascend.
fn stand_close(table: &WriteTable<'_>, keys: &[&[u8]]) -> Result<bool, EngineError> {
    let [first, .., last] = keys else { return Ok(false) };
    guarded(|| {
        let between = table.range::<&[u8]>((Bound::Included(first), Bound::Included(last)))?;
        for (passed, entry) in between.enumerate() {
            entry?;
            if passed == keys.len() * PASSED {
                return Ok(false);
            }
        }
        Ok::<_, StorageError>(true)
    })
}

/// Removes keys, which ascend, in one walk from the first to the last. Answers how many of them there were, and how many
/// entries it passed.
fn walk(table: &mut WriteTable<'_>, keys: &[&[u8]]) -> Result<(u64, usize), EngineError> {
    let [first, .., last] = keys else { return Ok((0, 0)) };
    let (mut removed, mut passed, mut wanted) = (0, 0, keys.iter().copied().peekable());
    guarded(|| {
        table.retain_in::<&[u8], _>((Bound::Included(*first), Bound::Included(*last)), |key, _| {
            while wanted.next_if(|wanted| *wanted < key).is_some() {}
            let goes = wanted.next_if_eq(&key).is_some();
            removed += u64::from(goes);
            passed += 1;
            !goes
        })
    })?;
    Ok((removed, passed))
}

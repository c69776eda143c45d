//! Loading sorted entries through a cursor.
//!
//! A cursor fills whole leaves at its gap, ten times as fast as inserting from the root, but it takes only keys that
//! lie inside the gap. A key that does not (it exists, the next existing key comes first, or the order is broken) is
//! inserted from the root and the gap moves behind it. Where entries interleave densely with existing ones the gap
//! never pays, so after a short run the loader inserts from the root for a while, longer each time.

use std::ops::Bound;

use redb::CursorError;

use super::guard::guarded;
use super::txn::WriteTable;
use crate::store::engine::{EngineError, Entries};

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
    let mut cursor = guarded(|| table.lower_bound_mut(Bound::Excluded(after)))?;
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
    guarded(|| cursor.close())?;
    Ok((count, rejected))
}

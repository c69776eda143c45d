//! Long lists as places: which record stands where, told by an index alone, so that a screen reads only the rows that
//! it shows.

use std::ops::{Bound, ControlFlow};

use crate::{
    domain::{FieldDef, Kind, Value, bytes, kind::IndexDef},
    error::Result,
    store::{
        Reader,
        engine::KeyRange,
        index::prefix,
        keys::{ABSENT, num_after, put_int, put_num, put_value, take_int, take_num},
    },
};

use super::owners::Owners;
use crate::query::{filter::Filter, select::Query};

/// A record in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The part of the list it belongs to, in the order of the parts.
    pub part: u8,
    /// The time that it is ordered by, in milliseconds since 1970; the greatest where it has none.
    pub at: i64,
    /// Its number.
    pub num: u64,
}

/// What wants attention of the records in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// How many should have been done by now.
    pub late: usize,
    /// Those whose time has come since a moment that was asked about, in the order of time.
    pub come: Vec<u64>,
}

/// The time of what has none.
pub const NEVER: i64 = i64::MAX;

/// The beginning of the keys of an index whose first fields have these values.
///
/// # Errors
/// `Failure` where a value is not one of its field.
pub fn start(kind: &Kind, index: &IndexDef, values: &[Value]) -> Result<Vec<u8>> {
    let mut key = prefix(kind.id, index.number);
    for (field, value) in index.fields.iter().zip(values) {
        let mut stored = Vec::new();
        bytes::put(&mut stored, value);
        put_value(&mut key, field, &stored)?;
    }
    Ok(key)
}

/// The records whose keys begin with `start`, then owner and time; the earliest first, those without a time last. Of
/// some owners only those are read that are before a time where one is given.
pub fn by_time(
    reader: &Reader<'_>,
    start: &[u8],
    owners: &Owners,
    before: Option<i64>,
    part: u8,
) -> Result<Vec<Position>> {
    let mut found = Vec::new();
    let mut read = |from: &[u8], to: KeyRange<'_>| {
        reader.index(to, false, &mut |key| {
            let rest = &key[from.len()..];
            let rest = if from.len() == start.len() { after_owner(rest) } else { Some(rest) };
            found.extend(rest.and_then(|rest| timed(rest, part)));
            ControlFlow::Continue(())
        })
    };
    match owners.each() {
        None => read(start, KeyRange::prefix(start))?,
        Some(each) => {
            for owner in each {
                let mut from = start.to_vec();
                match owner {
                    Some(num) => put_num(&mut from, num),
                    None => from.push(ABSENT),
                }
                match before {
                    None => read(&from, KeyRange::prefix(&from))?,
                    Some(before) => {
                        let (mut first, mut end) = (from.clone(), from.clone());
                        put_int(&mut first, i64::MIN);
                        put_int(&mut end, before);
                        read(&from, KeyRange::between(Bound::Included(&first), Bound::Excluded(&end)))?;
                    }
                }
            }
        }
    }
    if let Some(before) = before {
        found.retain(|placed| placed.at < before);
    }
    // The keys of each owner are in order, which a stable sort makes use of.
    found.sort();
    Ok(found)
}

fn after_owner(key: &[u8]) -> Option<&[u8]> {
    match key.split_first()? {
        (&ABSENT, rest) => Some(rest),
        _ => take_num(key).map(|(_, rest)| rest),
    }
}

fn timed(key: &[u8], part: u8) -> Option<Position> {
    match key.split_first()? {
        (&ABSENT, rest) => Some(Position { part, at: NEVER, num: num_after(rest, 0)? }),
        _ => {
            let (at, rest) = take_int(key)?;
            Some(Position { part, at, num: num_after(rest, 0)? })
        }
    }
}

/// The records of a single-field index of times between two of them, in their order.
pub fn between(reader: &Reader<'_>, kind: &Kind, field: &FieldDef, (from, to): (i64, i64)) -> Result<Vec<Position>> {
    let key = prefix(kind.id, field.tag);
    let (mut first, mut end) = (key.clone(), key.clone());
    put_int(&mut first, from);
    put_int(&mut end, to);
    let mut found = Vec::new();
    reader.index(KeyRange::between(Bound::Included(&first), Bound::Excluded(&end)), false, &mut |entry| {
        found.extend(timed(&entry[key.len()..], 0));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Which records pass a filter: all of them, or those with these numbers.
pub struct PassingSet(Option<Vec<u64>>);

impl PassingSet {
    /// Asks the store.
    ///
    /// # Errors
    /// What the store says.
    pub fn of(reader: &Reader<'_>, filter: &Filter) -> Result<Self> {
        if filter.is_all() {
            return Ok(Self(None));
        }
        let mut numbers = Query::new(filter.clone()).numbers(reader)?;
        numbers.sort_unstable();
        Ok(Self(Some(numbers)))
    }

    /// Whether every record passes.
    pub const fn is_all(&self) -> bool {
        self.0.is_none()
    }

    /// Whether the record with this number passes.
    pub fn has(&self, num: u64) -> bool {
        self.0.as_ref().is_none_or(|numbers| numbers.binary_search(&num).is_ok())
    }

    /// Their numbers, unless all pass.
    pub fn numbers(&self) -> Option<&[u64]> {
        self.0.as_deref()
    }
}

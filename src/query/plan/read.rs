//! Reading runs of keys: one after the other, or a long one by all cores at once.

use std::ops::{Bound, ControlFlow};

use crate::{
    error::Result,
    query::parallel,
    store::{
        Reader, SharedView,
        engine::KeyRange,
        keys::{num_after, put_num, split_value},
    },
};

use super::keys::{IndexKeys, KeyRun, after};

/// After so many keys of one value it is worth while that several threads read the others.
const MANY: u64 = if cfg!(test) { 4 } else { 8_192 };
/// The others are read in so many parts.
const PARTS: u64 = 16;

impl IndexKeys {
    /// Visits the keys in their order or against it, with the number of the record.
    pub fn walk(
        &self,
        reader: &Reader<'_>,
        reverse: bool,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        let mut runs = self.runs.iter();
        while let Some(run) = if reverse { runs.next_back() } else { runs.next() } {
            if self.walk_run(reader, run, reverse, visit)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn walk_run(
        &self,
        reader: &Reader<'_>,
        (start, end): &KeyRun,
        reverse: bool,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        let mut go_on = ControlFlow::Continue(());
        let range = KeyRange::between(Bound::Included(start), Bound::Excluded(end));
        reader.index(range, reverse, &mut |key| {
            go_on = self.number_in(key).map_or(ControlFlow::Continue(()), &mut *visit);
            go_on
        })?;
        Ok(go_on)
    }

    /// How many keys there are, counted up to a limit.
    pub fn count(&self, reader: &Reader<'_>, limit: u64) -> Result<u64> {
        let counted = self.fold(reader, limit, &|| (), &|(), _| ())?;
        Ok(counted.map_or(limit, |parts| parts.iter().map(|part| part.keys).sum()))
    }

    /// The numbers of the records, run after run; `None` if they are as many as the limit, or more.
    pub fn numbers(&self, reader: &Reader<'_>, limit: u64) -> Result<Option<Vec<u64>>> {
        let read = self.fold(reader, limit, &Vec::new, &|numbers: &mut Vec<u64>, num| numbers.push(num))?;
        Ok(read.map(|mut parts| match &mut parts[..] {
            [part] => std::mem::take(&mut part.held),
            _ => parts.into_iter().flat_map(|part| part.held).collect(),
        }))
    }

    /// The keys in parts, in their order; `None` if they are as many as the limit, or more.
    fn fold<T: Send>(
        &self,
        reader: &Reader<'_>,
        limit: u64,
        empty: &(impl Fn() -> T + Sync),
        add: &(impl Fn(&mut T, u64) + Sync),
    ) -> Result<Option<Vec<GatheredKeys<T>>>> {
        if limit == 0 {
            return Ok(None);
        }
        let mut parts: Vec<GatheredKeys<T>> = Vec::new();
        for run in &self.runs {
            let left = limit - parts.iter().map(|part| part.keys).sum::<u64>();
            let shared = reader.shared().filter(|_| left > 2 * MANY && self.is_one_value(run));
            let (part, last) = self.part(reader, run, shared.map_or(left, |_| MANY), empty(), add)?;
            let (first, left) = (part.keys, left - part.keys);
            parts.push(part);
            if left == 0 {
                return Ok(None);
            }
            if let Some(snapshot) = shared.filter(|_| first == MANY) {
                let rest = self.rest(snapshot, (run, last + 1), left, empty, add)?;
                let more: u64 = rest.iter().map(|part| part.keys).sum();
                if more >= left {
                    return Ok(None);
                }
                parts.extend(rest);
            }
        }
        if parts.is_empty() {
            parts.push(GatheredKeys { keys: 0, held: empty() });
        }
        Ok(Some(parts))
    }

    /// The beginning of a run up to a limit, and the number in the last key that was read.
    fn part<T>(
        &self,
        reader: &Reader<'_>,
        run: &KeyRun,
        limit: u64,
        mut held: T,
        add: &impl Fn(&mut T, u64),
    ) -> Result<(GatheredKeys<T>, u64)> {
        let (mut keys, mut last) = (0, 0);
        let _ = self.walk_run(reader, run, false, &mut |num| {
            add(&mut held, num);
            (keys, last) = (keys + 1, num);
            if keys < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok((GatheredKeys { keys, held }, last))
    }

    /// The keys of one value from a number on. Each part ends at the limit, so that together they may have more.
    fn rest<T: Send>(
        &self,
        snapshot: SharedView<'_>,
        (run, from): (&KeyRun, u64),
        limit: u64,
        empty: &(impl Fn() -> T + Sync),
        add: &(impl Fn(&mut T, u64) + Sync),
    ) -> Result<Vec<GatheredKeys<T>>> {
        let mut end = from;
        let _ = self.walk_run(&snapshot.reader(), run, true, &mut |num| {
            end = num + 1;
            ControlFlow::Break(())
        })?;
        let size = (end - from).div_ceil(PARTS).max(1);
        let key = |num: u64| {
            let mut key = run.0.clone();
            put_num(&mut key, num);
            key
        };
        let make = |reader: &mut Reader<'_>, part: usize| {
            let low = from + part as u64 * size;
            let run = (key(low), key(low.saturating_add(size).min(end)));
            self.part(reader, &run, limit, empty(), add).map(|(part, _)| part)
        };
        let mut parts = Vec::new();
        parallel::in_order((end - from).div_ceil(size) as usize, || snapshot.reader(), make, &mut |part| {
            parts.push(part);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(parts)
    }

    /// Whether all keys of the run differ in the number of the record only, by which they can be parted.
    fn is_one_value(&self, (start, end): &KeyRun) -> bool {
        let mut rest = start.get(3..);
        for def in &self.fields {
            rest = rest.and_then(|key| split_value(def.ty, key)).map(|(_, rest)| rest);
        }
        rest.is_some_and(<[u8]>::is_empty) && *end == after(start)
    }

    fn number_in(&self, key: &[u8]) -> Option<u64> {
        let mut rest = key.get(3..)?;
        for def in &self.fields {
            (_, rest) = split_value(def.ty, rest)?;
        }
        num_after(rest, 0)
    }
}

/// Some keys.
struct GatheredKeys<T> {
    /// How many.
    keys: u64,
    /// What was gathered from them.
    held: T,
}

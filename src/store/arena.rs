//! Index keys of a step, gathered and put in order before they are written.
//!
//! Most indexes have few distinct values and many records of each: there it is enough to sort the values, because the
//! records come in the order of their numbers. Where nearly every value is another one, keys stand in one run of bytes
//! and are sorted.

use std::{collections::HashMap, ops::Range};

use crate::error::Result;

use super::{
    cores,
    engine::{EngineError, Entries, Pair, Space, Write},
    keys::put_num,
};

/// From so many distinct values on it is looked whether grouping pays.
const MANY: usize = 4096;
/// It pays where a value has at least so many records.
const EACH: usize = 4;
/// From so many keys on they are sorted on all cores.
const PARALLEL: usize = 10_000;
/// From so many keys on they are written as a run instead of one by one.
const RUN: usize = 8;

/// Keys as they come, in the order of the numbers at their ends.
pub struct Keys {
    groups: HashMap<Box<[u8]>, Vec<u64>>,
    count: usize,
    flat: Option<Flat>,
    shared: usize,
}

/// Keys one after the other. Together they stay below 4 GiB: an index of a step is far smaller.
pub struct Flat {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// So many bytes at the front are the same in all of them.
    shared: usize,
}

impl Flat {
    fn push(&mut self, value: &[u8], num: u64) {
        self.bytes.extend_from_slice(value);
        put_num(&mut self.bytes, num);
        self.ends.push(self.bytes.len() as u32);
    }

    fn get(&self, at: u32) -> &[u8] {
        &self.bytes[self.place(at)]
    }

    fn place(&self, at: u32) -> Range<usize> {
        let at = at as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        start..self.ends[at] as usize
    }

    /// The first eight bytes that may differ: they settle nearly every comparison without a look at the key.
    fn head(&self, at: u32) -> u64 {
        let key = self.get(at);
        let key = key.get(self.shared..).unwrap_or_default();
        let mut head = [0; 8];
        let length = key.len().min(8);
        head[..length].copy_from_slice(&key[..length]);
        u64::from_be_bytes(head)
    }
}

impl Keys {
    /// No keys yet, of one index: all begin with its kind and number.
    pub fn of_index() -> Self {
        Self { groups: HashMap::new(), count: 0, flat: None, shared: 3 }
    }

    /// No keys yet, of any index.
    pub fn mixed() -> Self {
        Self { shared: 0, ..Self::of_index() }
    }

    /// Adds the key of a value (with what stands before it) and a record; a value comes with rising numbers.
    pub fn push(&mut self, value: &[u8], num: u64) {
        self.count += 1;
        if let Some(flat) = &mut self.flat {
            flat.push(value, num);
            return;
        }
        match self.groups.get_mut(value) {
            Some(nums) => nums.push(num),
            None => {
                self.groups.insert(value.into(), vec![num]);
                if self.groups.len() == MANY && self.count < MANY * EACH {
                    self.flatten();
                }
            }
        }
    }

    fn flatten(&mut self) {
        let mut flat = Flat { bytes: Vec::new(), ends: Vec::new(), shared: self.shared };
        for (value, nums) in self.groups.drain() {
            nums.into_iter().for_each(|num| flat.push(&value, num));
        }
        self.flat = Some(flat);
    }

    /// Puts the keys in order.
    pub fn sort(self) -> SortedKeys {
        let Some(flat) = self.flat else {
            let mut groups: Vec<(Box<[u8]>, Vec<u64>)> = self.groups.into_iter().collect();
            groups.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            groups.iter_mut().for_each(|(_, nums)| {
                nums.sort_unstable();
                nums.dedup();
            });
            return SortedKeys::Groups(groups);
        };
        let mut order: Vec<(u64, u32)> = (0..flat.ends.len() as u32).map(|at| (flat.head(at), at)).collect();
        let compare = |a: &(u64, u32), b: &(u64, u32)| a.0.cmp(&b.0).then_with(|| flat.get(a.1).cmp(flat.get(b.1)));
        if order.len() > PARALLEL {
            cores::sort(&mut order, compare);
        } else {
            order.sort_unstable_by(compare);
        }
        let mut order: Vec<u32> = order.into_iter().map(|(_, at)| at).collect();
        order.dedup_by(|a, b| flat.get(*a) == flat.get(*b));
        SortedKeys::Flat { keys: flat, order }
    }
}

/// Keys in order, each once.
pub enum SortedKeys {
    /// Values in order, each with its records in order.
    Groups(Vec<(Box<[u8]>, Vec<u64>)>),
    /// Keys, and the order in which to read them.
    Flat {
        /// The keys.
        keys: Flat,
        /// Their places in order.
        order: Vec<u32>,
    },
}

impl SortedKeys {
    fn len(&self) -> usize {
        match self {
            Self::Groups(groups) => groups.iter().map(|(_, nums)| nums.len()).sum(),
            Self::Flat { order, .. } => order.len(),
        }
    }

    /// Writes the keys, without values.
    pub fn put_into(&self, txn: &mut dyn Write, space: Space) -> Result<()> {
        let mut run = Walk::new(self);
        if self.len() >= RUN {
            txn.load(space, &mut run)?;
            return Ok(());
        }
        while run.step() {
            txn.put(space, &run.key, &[])?;
        }
        Ok(())
    }

    /// Removes the keys.
    pub fn remove_from(&self, txn: &mut dyn Write, space: Space) -> Result<()> {
        let mut run = Walk::new(self);
        if self.len() < RUN {
            while run.step() {
                txn.remove(space, &run.key)?;
            }
            return Ok(());
        }
        let mut keys = Vec::with_capacity(self.len());
        while run.step() {
            keys.push(run.key.clone());
        }
        txn.unload(space, &mut keys.iter().map(Vec::as_slice))?;
        Ok(())
    }
}

/// So many keys are fetched at once from where they lie.
const FETCHED: usize = 128;

/// Sorted keys, one after the other, in one buffer.
pub struct Walk<'k> {
    keys: &'k SortedKeys,
    group: usize,
    at: usize,
    key: Vec<u8>,
    fetched: Fetched,
}

/// Flat keys that come next. They lie all over memory: fetched in a row, the processor waits for many at once instead of
/// for one after the other.
struct Fetched {
    bytes: Vec<u8>,
    places: Vec<Range<usize>>,
    next: usize,
    given: usize,
}

impl Fetched {
    const fn new() -> Self {
        Self { bytes: Vec::new(), places: Vec::new(), next: 0, given: 0 }
    }

    fn next(&mut self, keys: &Flat, order: &mut std::slice::Iter<'_, u32>) -> Option<&[u8]> {
        if self.next == self.places.len() {
            self.places.clear();
            self.places.extend(order.by_ref().take(FETCHED).map(|at| keys.place(*at)));
            self.bytes.clear();
            self.places.iter().for_each(|place| self.bytes.extend_from_slice(&keys.bytes[place.clone()]));
            (self.next, self.given) = (0, 0);
        }
        let length = self.places.get(self.next)?.len();
        let start = self.given;
        (self.next, self.given) = (self.next + 1, start + length);
        Some(&self.bytes[start..start + length])
    }
}

impl<'k> Walk<'k> {
    /// Before the first of them.
    pub const fn new(keys: &'k SortedKeys) -> Self {
        Self { keys, group: 0, at: 0, key: Vec::new(), fetched: Fetched::new() }
    }

    /// The key that it has come to.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// Goes on to the next key; whether there was one.
    pub fn step(&mut self) -> bool {
        self.key.clear();
        match self.keys {
            SortedKeys::Flat { keys, order } => {
                let mut rest = order.get(self.at..).unwrap_or_default().iter();
                let Some(key) = self.fetched.next(keys, &mut rest) else { return false };
                self.key.extend_from_slice(key);
                self.at = order.len() - rest.len();
                true
            }
            SortedKeys::Groups(groups) => {
                while let Some((value, nums)) = groups.get(self.group) {
                    if let Some(num) = nums.get(self.at) {
                        self.at += 1;
                        self.key.extend_from_slice(value);
                        put_num(&mut self.key, *num);
                        return true;
                    }
                    self.group += 1;
                    self.at = 0;
                }
                false
            }
        }
    }
}

impl Entries for Walk<'_> {
    fn next_entry(&mut self) -> Result<Option<Pair<'_>>, EngineError> {
        Ok(self.step().then_some((&self.key, &[])))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(keys: &SortedKeys) -> Vec<Vec<u8>> {
        let mut walk = Walk::new(keys);
        let mut found = Vec::new();
        while walk.step() {
            found.push(walk.key.clone());
        }
        found
    }

    proptest! {
        #[test]
        fn grouped_or_flat_the_order_is_that_of_the_bytes(values in prop::collection::vec(0..40_u16, 0..400), flat: bool) {
            let mut keys = Keys::of_index();
            if flat {
                keys.flatten();
            }
            let mut expected = Vec::new();
            for (num, value) in values.iter().enumerate() {
                let prefix = [2, 0, 7, (value / 8) as u8 + 1, (value % 8) as u8 + 1, 0];
                keys.push(&prefix, num as u64);
                let mut key = prefix.to_vec();
                put_num(&mut key, num as u64);
                expected.push(key);
            }
            expected.sort();
            prop_assert_eq!(all(&keys.sort()), expected);
        }
    }

    #[test]
    fn many_values_are_flattened_and_still_in_order() {
        let mut keys = Keys::mixed();
        for num in 0..2 * MANY as u64 {
            keys.push(&(num.wrapping_mul(0x9e37_79b9)).to_be_bytes(), num);
        }
        let sorted = keys.sort();
        assert!(matches!(sorted, SortedKeys::Flat { .. }));
        assert!(all(&sorted).is_sorted());
        assert_eq!(sorted.len(), 2 * MANY);
    }
}

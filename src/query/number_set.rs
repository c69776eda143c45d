//! Sets of records of one kind, a bit for each number that the kind has given out.

use fixedbitset::FixedBitSet;

/// Numbers of records. A million take 125 kB, whichever they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberSet(FixedBitSet);

impl NumberSet {
    /// None.
    pub const fn new() -> Self {
        Self(FixedBitSet::new())
    }

    /// Whether it holds a number.
    pub fn contains(&self, num: u64) -> bool {
        place(num).is_some_and(|at| self.0.contains(at))
    }

    /// Adds a number.
    pub fn insert(&mut self, num: u64) {
        if let Some(at) = place(num) {
            self.0.grow_and_insert(at);
        }
    }

    /// Adds a number, or takes it away.
    pub fn toggle(&mut self, num: u64) {
        if let Some(at) = place(num) {
            self.0.grow((at + 1).max(self.0.len()));
            self.0.toggle(at);
        }
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.0 = FixedBitSet::new();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.count_ones(..)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_clear()
    }

    /// The numbers, rising.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.ones().map(|at| at as u64)
    }
}

impl FromIterator<u64> for NumberSet {
    fn from_iter<I: IntoIterator<Item = u64>>(numbers: I) -> Self {
        let mut set = Self::new();
        numbers.into_iter().for_each(|num| set.insert(num));
        set
    }
}

/// Where a number stands. What no memory could hold a bit for was never given out.
fn place(num: u64) -> Option<usize> {
    u32::try_from(num).ok().map(|num| num as usize)
}

#[test]
fn numbers_are_held_marked_and_counted() {
    let mut set: NumberSet = [7, 1_000_000, 3].into_iter().collect();
    assert_eq!((set.len(), set.contains(7), set.contains(8)), (3, true, false));
    set.toggle(7);
    set.toggle(2_000_000);
    assert_eq!(set.iter().collect::<Vec<_>>(), [3, 1_000_000, 2_000_000]);
    set.insert(u64::MAX);
    assert!(!set.contains(u64::MAX) && set.len() == 3);
    set.clear();
    assert!(set.is_empty() && !set.contains(3));
}

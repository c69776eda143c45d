//! Work on all cores, where the system lets this process have threads; else on the thread that it has.
//!
//! rayon takes its pool for granted and panics without one, so this is the only file that knows it.

use std::sync::LazyLock;

use rayon::prelude::*;

/// Whether there is a pool.
static POOL: LazyLock<Cores> = LazyLock::new(|| Cores(rayon::ThreadPoolBuilder::new().build_global().is_ok()));

/// Several threads, or the one that asks.
#[derive(Clone, Copy)]
struct Cores(bool);

impl Cores {
    fn count(self) -> usize {
        if self.0 { rayon::current_num_threads() } else { 1 }
    }

    fn join<A: Send, B: Send>(self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
        if self.0 { rayon::join(one, other) } else { (one(), other()) }
    }

    fn map<I: Sync, T: Send>(self, items: &[I], make: impl Fn(&I) -> T + Sync) -> Vec<T> {
        if self.0 { items.par_iter().with_max_len(1).map(&make).collect() } else { items.iter().map(make).collect() }
    }

    fn chunks<I: Sync, T: Send>(self, items: &[I], size: usize, make: impl Fn(&[I]) -> T + Sync) -> Vec<T> {
        let size = size.max(1);
        if self.0 { items.par_chunks(size).map(&make).collect() } else { items.chunks(size).map(make).collect() }
    }

    fn sort<T: Send>(self, items: &mut [T], compare: impl Fn(&T, &T) -> std::cmp::Ordering + Sync) {
        if self.0 { items.par_sort_unstable_by(&compare) } else { items.sort_unstable_by(compare) }
    }
}

/// How many threads work at once.
pub fn count() -> usize {
    POOL.count()
}

/// Does both, at the same time if it can.
pub fn join<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    POOL.join(one, other)
}

/// What is made of each item, in the order of the items.
pub fn map<I: Sync, T: Send>(items: &[I], make: impl Fn(&I) -> T + Sync) -> Vec<T> {
    POOL.map(items, make)
}

/// What is made of so many items at a time, in the order of the items.
pub fn chunks<I: Sync, T: Send>(items: &[I], size: usize, make: impl Fn(&[I]) -> T + Sync) -> Vec<T> {
    POOL.chunks(items, size, make)
}

/// Sorts; what compares equal may change places.
pub fn sort<T: Send>(items: &mut [T], compare: impl Fn(&T, &T) -> std::cmp::Ordering + Sync) {
    POOL.sort(items, compare);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_does_what_several_do() {
        for cores in [Cores(count() > 0 && POOL.0), Cores(false)] {
            let numbers: Vec<u64> = (0..1000).rev().collect();
            assert_eq!(cores.join(|| 1, || 2), (1, 2));
            assert_eq!(cores.map(&numbers, |n| n + 1)[..2], [1000, 999]);
            assert_eq!(cores.chunks(&numbers, 300, <[u64]>::len), [300, 300, 300, 100]);
            let mut sorted = numbers.clone();
            cores.sort(&mut sorted, u64::cmp);
            assert!(sorted.is_sorted() && cores.count() > 0);
        }
    }
}

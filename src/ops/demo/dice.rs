//! Numbers that look like chance and are the same every time.

/// The seed of the demo: with another one the records would be others.
const SEED: u64 = 0x6372_6d20_6465_6d6f;

/// A sequence of numbers: splitmix64.
pub(super) struct Dice(u64);

impl Dice {
    /// The sequence from its start.
    pub(super) const fn new() -> Self {
        Self(SEED)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) const fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// Yes in so many cases of a hundred.
    pub(super) const fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of several.
    pub(super) const fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.between(0, from.len() as i64 - 1) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_same_every_time_and_within_bounds() {
        let (mut a, mut b) = (Dice::new(), Dice::new());
        let rolls: Vec<i64> = (0..100).map(|_| a.between(-2, 3)).collect();
        assert_eq!(rolls, (0..100).map(|_| b.between(-2, 3)).collect::<Vec<_>>());
        assert!((-2..=3).all(|number| rolls.contains(&number)) && rolls.iter().all(|roll| (-2..=3).contains(roll)));
    }
}

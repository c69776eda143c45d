//! A quick hash for numbers of our own.

use std::hash::{BuildHasherDefault, Hasher};

/// For keys that nobody outside chooses freely: grams, ids of records.
pub type MultiplyHash = BuildHasherDefault<MultiplyHasher>;

/// Numbers are spread well enough by one multiplication each.
#[derive(Default)]
pub struct MultiplyHasher(u64);

impl Hasher for MultiplyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}

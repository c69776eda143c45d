//! A number that tells apart what nobody forges: tables, definitions, formulas.

/// As FNV-1a makes it. Stores hold such numbers, so that it stays as it is.
#[derive(Clone, Copy, Debug)]
pub struct Checksum(u64);

impl Checksum {
    /// Of nothing yet.
    pub const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Of all that was added.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Adds some bytes; where they end is not told.
    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds a text, and where it ends.
    pub fn add_text(&mut self, text: &str) {
        self.add(text.as_bytes());
        self.add(&[0xff]);
    }
}

impl Default for Checksum {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_changes() {
        let of = |parts: &[&str]| {
            let mut sum = Checksum::new();
            parts.iter().for_each(|part| sum.add(part.as_bytes()));
            sum.number()
        };
        assert_eq!(
            [of(&[]), of(&["a"]), of(&["foobar"])],
            [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]
        );
        assert_eq!(of(&["foo", "bar"]), of(&["foobar"]));
        let ended = |parts: &[&str]| {
            let mut sum = Checksum::new();
            parts.iter().for_each(|part| sum.add_text(part));
            sum.number()
        };
        assert_ne!(ended(&["foo", "bar"]), ended(&["foob", "ar"]));
    }
}

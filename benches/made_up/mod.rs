//! Made-up records: the same number gives the same bytes everywhere, about a third of them Chinese.

mod kinds;
mod words;

use std::io::{self, Write};

pub(crate) use kinds::Kind;

/// How many people own the records.
pub(crate) const PEOPLE: u64 = 40;

/// SplitMix64: small, quick, and the same on every machine (Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators", 2014).
pub(crate) struct Dice(u64);

impl Dice {
    /// A row's own dice, so that any row can be made without those before it.
    pub(crate) fn new(salt: u64, row: u64) -> Self {
        let mut seed = Self(salt);
        seed.0 = seed.next() ^ row;
        seed.next();
        seed
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True this often in a hundred times.
    pub(crate) fn percent(&mut self, often: u64) -> bool {
        self.below(100) < often
    }

    /// One of these, each as likely.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap_or(0)]
    }

    /// One of these, as likely as its weight.
    pub(crate) fn weigh<'a>(&mut self, from: &[(&'a str, u64)]) -> &'a str {
        let mut left = self.below(from.iter().map(|(_, weight)| weight).sum());
        for &(word, weight) in from {
            if left < weight {
                return word;
            }
            left -= weight;
        }
        ""
    }

    /// A day of these years, as `2026-03-02`.
    pub(crate) fn day(&mut self, years: std::ops::Range<u64>) -> String {
        let year = years.start + self.below(years.end - years.start);
        format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }

    /// A day of the first quarter of 2026: after every record was made, and past.
    pub(crate) fn lately(&mut self) -> String {
        format!("2026-0{}-{:02}", 1 + self.below(3), 1 + self.below(28))
    }

    /// An instant of the years 2018 to 2025, as RFC 3339.
    pub(crate) fn instant(&mut self) -> String {
        let day = self.day(2018..2026);
        format!("{day}T{:02}:{:02}:{:02}Z", self.below(24), self.below(60), self.below(60))
    }

    /// The login of one of the people who own records.
    pub(crate) fn login(&mut self) -> String {
        kinds::login(self.below(PEOPLE))
    }
}

/// Writes `count` records of this kind as CSV, headings first. Links name records by id, as a new store numbers them:
/// customers `C-1` to `C-count`, and so on.
pub(crate) fn write(kind: Kind, count: u64, to: impl Write) -> io::Result<()> {
    let mut to = csv::Writer::from_writer(to);
    to.write_record(kind.headings())?;
    for row in 0..count {
        to.write_record(kind.row(row, count))?;
    }
    to.flush()
}

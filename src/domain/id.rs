//! Names of records: the kind and a number, written `C-1042`.

use std::fmt;

use super::Kind;

/// The number of a kind of record, the first byte of all its keys. Never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(u8);

impl KindId {
    /// The kind with this number; only a kind's own file calls it.
    pub const fn new(number: u8) -> Self {
        Self(number)
    }

    /// The byte that stands for it in keys.
    pub const fn byte(self) -> u8 {
        self.0
    }

    /// The table of this kind. Every `KindId` that exists came from one, so this cannot miss in practice; a number that
    /// no kind has (a store of a later version) reads as `None`.
    pub fn kind(self) -> Option<&'static Kind> {
        super::KINDS.iter().copied().find(|kind| kind.id == self)
    }
}

impl fmt::Debug for KindId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Some(kind) => f.write_str(kind.noun),
            None => write!(f, "kind {}", self.0),
        }
    }
}

/// One record: its kind and its number within the kind, counted from 1 and never given twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RecordId {
    /// What kind of record it is.
    pub kind: KindId,
    /// Its number.
    pub num: u64,
}

impl RecordId {
    /// The record `num` of `kind`.
    pub const fn new(kind: KindId, num: u64) -> Self {
        Self { kind, num }
    }

    /// Reads `C-12`, `c12`, `Ｃ１２`; under a noun (`under`) the number alone will do. `None` where the text is no id at all.
    pub fn parse(text: &str, under: Option<&Kind>) -> Option<Self> {
        let text = crate::text::fold(text);
        let digits_at = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = text.split_at(digits_at);
        let num = digits.parse().ok().filter(|num| *num > 0)?;
        let letters = letters.strip_suffix('-').unwrap_or(letters);
        let kind = if letters.is_empty() && digits_at == 0 {
            under?
        } else {
            super::KINDS.iter().find(|kind| kind.letters.eq_ignore_ascii_case(letters))?
        };
        Some(Self::new(kind.id, num))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind.kind().map_or("?", |kind| kind.letters), self.num)
    }
}

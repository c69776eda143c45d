//! Numbers of kinds and of records.

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
}

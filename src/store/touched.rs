//! A change of which only the numbers are read: who looks for the newest changes passes large steps.

use std::{fmt, ops::RangeInclusive};

use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};

use super::journal::{FieldChange, Place};

/// What is stored of a [`Change`](super::journal::Change).
#[derive(Debug, Deserialize)]
pub struct Touched<'a> {
    num: u64,
    _prev: u64,
    #[serde(borrow)]
    what: What<'a>,
}

/// The variants of [`What`](super::journal::What), in their order.
#[derive(Debug, Deserialize)]
enum What<'a> {
    Made { last: u64, _to: Place },
    Changed { _from: Place, _to: Place, _fields: Passed },
    Unmade { _from: Place, _row: &'a [u8] },
    Purged,
}

/// Fields that were read over.
#[derive(Debug)]
struct Passed;

impl<'de> Deserialize<'de> for Passed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Over;
        impl<'de> Visitor<'de> for Over {
            type Value = Passed;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("changes of fields")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Passed, A::Error> {
                while fields.next_element::<FieldChange<'de>>()?.is_some() {}
                Ok(Passed)
            }
        }
        from.deserialize_seq(Over)
    }
}

impl Touched<'_> {
    /// The records that it is about.
    pub const fn numbers(&self) -> RangeInclusive<u64> {
        match self.what {
            What::Made { last, .. } => self.num..=last,
            _ => self.num..=self.num,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::store::journal::{Change, What};

    #[test]
    fn the_numbers_are_those_of_the_changes() {
        let field = FieldChange { tag: 3, old: Some(Cow::Borrowed(b"ab")), new: None };
        let changed = What::Changed { from: Place::Live, to: Place::Trash, fields: vec![field.clone(), field] };
        let changes = [
            Change { num: 1, prev: 0, what: What::Made { last: 5, to: Place::Live } },
            Change { num: 7, prev: 2, what: changed },
            Change { num: 8, prev: 3, what: What::Unmade { from: Place::Trash, row: Cow::Borrowed(b"row") } },
            Change { num: 300, prev: 4, what: What::Purged },
        ];
        let stored = postcard::to_stdvec(&changes[..]).unwrap();
        // What a program has written every later one reads.
        let made = [4, 1, 0, 0, 5, 0];
        let fields = [7, 2, 1, 0, 1, 2, 3, 1, 2, b'a', b'b', 0, 3, 1, 2, b'a', b'b', 0];
        let gone = [8, 3, 2, 1, 3, b'r', b'o', b'w', 0xAC, 2, 4, 3];
        assert_eq!(stored, [&made[..], &fields, &gone].concat());
        assert_eq!(postcard::from_bytes::<Vec<Change<'_>>>(&stored).unwrap(), changes);
        let numbers: Vec<_> =
            postcard::from_bytes::<Vec<Touched<'_>>>(&stored).unwrap().iter().map(Touched::numbers).collect();
        assert_eq!(numbers, [1..=5, 7..=7, 8..=8, 300..=300]);
    }
}

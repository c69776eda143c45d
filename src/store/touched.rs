//! The numbers in a chunk of changes, read without the rest: who looks for the newest changes passes large steps.
//!
//! This reads what `postcard` has written of [`Change`](super::journal::Change): numbers of seven bits a byte, a variant by
//! its place, bytes behind their length. To make a value of each change, only to drop it, took twice as long.

use std::ops::RangeInclusive;

use crate::domain::bytes::take_unsigned;

/// The places of the variants of [`What`](super::journal::What).
const MADE: u64 = 0;
const CHANGED: u64 = 1;
const UNMADE: u64 = 2;
const PURGED: u64 = 3;

/// Takes a change off the front and gives the records that it is about; nothing where it cannot be read.
pub fn take_numbers(changes: &mut &[u8]) -> Option<RangeInclusive<u64>> {
    let (num, _prev, what) = (take_unsigned(changes)?, take_unsigned(changes)?, take_unsigned(changes)?);
    let mut last = num;
    match what {
        MADE => {
            last = take_unsigned(changes)?;
            let _to = take_unsigned(changes)?;
        }
        CHANGED => {
            let (_from, _to) = (take_unsigned(changes)?, take_unsigned(changes)?);
            for _ in 0..take_unsigned(changes)? {
                let _tag = take_unsigned(changes)?;
                for _side in ["old", "new"] {
                    if take_unsigned(changes)? == 1 {
                        pass_bytes(changes)?;
                    }
                }
            }
        }
        UNMADE => {
            let _from = take_unsigned(changes)?;
            pass_bytes(changes)?;
        }
        PURGED => {}
        _ => return None,
    }
    Some(num..=last)
}

fn pass_bytes(rest: &mut &[u8]) -> Option<()> {
    let length = usize::try_from(take_unsigned(rest)?).ok()?;
    *rest = rest.get(length..)?;
    Some(())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::store::journal::{Change, FieldChange, Place, What};

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
        let (count, mut rest) = postcard::take_from_bytes::<u64>(&stored).unwrap();
        let numbers: Vec<_> = (0..count).map(|_| take_numbers(&mut rest).unwrap()).collect();
        assert!(rest.is_empty());
        assert_eq!(numbers, [1..=5, 7..=7, 8..=8, 300..=300]);
        for end in 1..stored.len() {
            let mut rest = &stored[1..end];
            let read = (0..count).map_while(|_| take_numbers(&mut rest)).count() as u64;
            assert!(read < count, "cut off after {end} bytes");
        }
    }
}

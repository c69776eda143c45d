//! The numbers by which rows and keys know what is defined, from the numbers of the records that define it.
//!
//! | | built in | one's own |
//! | --- | --- | --- |
//! | tag of a field | 1 to 999 | 999 + the record's number up to 1999, then from 4000 on |
//! | number of an index | that of its field; composite ones 2000 to 2499 | that of its field; composite ones 2500 to 3999 |
//! | number of a choice | its place, below 1000 | 1000 + the record's number |
//! | byte of a kind | 1 to 127 | 127 + the record's number |
//!
//! The highest bit of an index number is set where the index is by sound, so that tags end at 32767.

use std::ops::RangeInclusive;

use crate::domain::KindId;

/// Tags of fields of one's own begin here.
pub const FIRST_TAG: u16 = 1000;
/// Composite indexes have the numbers from here on.
const COMPOSITE: u16 = 2000;
/// Tags go on here.
const SECOND_TAG: u16 = 4000;
/// The highest tag: the bit above it tells an index by sound.
const LAST_TAG: u16 = (1 << 15) - 1;
/// Numbers of choices of one's own begin behind this one.
const CHOICES: u16 = 1000;
/// The first of them.
pub const FIRST_CHOICE: u16 = CHOICES + 1;
/// The highest byte of a built-in kind.
const LAST_BUILT_IN: u8 = 127;
/// The bytes of kinds of one's own.
pub const OWN_KINDS: RangeInclusive<u8> = LAST_BUILT_IN + 1..=u8::MAX;

/// The tag of the field that the `field` record of this number defines; none where there are too many.
pub fn tag(num: u64) -> Option<u16> {
    let place = u16::try_from(num.checked_sub(1)?).ok()?;
    let first = FIRST_TAG.checked_add(place)?;
    let tag = if first < COMPOSITE { first } else { SECOND_TAG.checked_add(first - COMPOSITE)? };
    (tag <= LAST_TAG).then_some(tag)
}

/// The number of the `field` record that defines the field with this tag; none for one of the program.
pub fn defining(tag: u16) -> Option<u64> {
    let place = tag.checked_sub(FIRST_TAG)?;
    let place = if tag < SECOND_TAG { place } else { tag - SECOND_TAG + (COMPOSITE - FIRST_TAG) };
    Some(u64::from(place) + 1)
}

/// The code of a field of one's own where the program has one of its code by now.
pub fn own_code(code: &str) -> String {
    format!("own_{code}")
}

/// The number of the choice that the `choice` record of this number defines; none where there are too many.
pub fn choice(num: u64) -> Option<u16> {
    CHOICES.checked_add(u16::try_from(num).ok()?)
}

/// The number of the `choice` record that defines the choice with this number; none for one of the program.
pub fn offered_by(choice: u16) -> Option<u64> {
    choice.checked_sub(CHOICES).filter(|num| *num > 0).map(u64::from)
}

/// The kind that the `kind` record of this number defines; none where there are too many.
pub fn kind(num: u64) -> Option<KindId> {
    LAST_BUILT_IN.checked_add(u8::try_from(num).ok()?).map(KindId::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_leave_out_what_is_taken() {
        assert_eq!([1, 1000, 1001].map(tag), [Some(1000), Some(1999), Some(4000)]);
        assert_eq!([0, 29_768, 29_769].map(tag), [None, Some(32_767), None]);
        assert_eq!([1, 64_535, 64_536].map(choice), [Some(1001), Some(65_535), None]);
        assert_eq!([999, 1000, 1001, 65_535].map(offered_by), [None, None, Some(1), Some(64_535)]);
        assert_eq!([1, 128, 129].map(kind), [Some(KindId::new(128)), Some(KindId::new(255)), None]);
    }

    #[test]
    fn no_two_fields_have_one_tag() {
        let tags: std::collections::HashSet<u16> = (1..=29_768).filter_map(tag).collect();
        assert_eq!(tags.len(), 29_768);
        assert!((1..=29_768).all(|num| tag(num).and_then(defining) == Some(num)));
        assert_eq!(defining(999), None);
        assert!(!tags.iter().any(|tag| (COMPOSITE..SECOND_TAG).contains(tag)));
    }
}

//! A range of keys: two bounds, one of which may have to be computed.

use std::{borrow::Cow, ops::Bound};

/// A range of keys, borrowed from the caller. Reversed bounds hold nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRange<'a> {
    start: Bound<&'a [u8]>,
    end: Bound<Cow<'a, [u8]>>,
}

impl<'a> KeyRange<'a> {
    /// Every key.
    pub const fn all() -> Self {
        Self { start: Bound::Unbounded, end: Bound::Unbounded }
    }

    /// Every key that begins with `prefix`.
    pub fn prefix(prefix: &'a [u8]) -> Self {
        Self { start: Bound::Included(prefix), end: successor(prefix) }
    }

    /// Keys that begin with `prefix`, after `start`: where a page of a list goes on.
    pub fn prefix_after(prefix: &'a [u8], start: &'a [u8]) -> Self {
        let start = if start < prefix { Bound::Included(prefix) } else { Bound::Excluded(start) };
        Self { start, end: successor(prefix) }
    }

    /// Keys that begin with `prefix`, before `end`: where a page read backwards goes on.
    pub fn prefix_before(prefix: &'a [u8], end: &'a [u8]) -> Self {
        let beyond = end >= prefix && !end.starts_with(prefix);
        let end = if beyond { successor(prefix) } else { Bound::Excluded(Cow::Borrowed(end)) };
        Self { start: Bound::Included(prefix), end }
    }

    /// Keys between two bounds.
    pub fn between(start: Bound<&'a [u8]>, end: Bound<&'a [u8]>) -> Self {
        Self { start, end: end.map(Cow::Borrowed) }
    }

    /// The lower bound.
    pub fn start(&self) -> Bound<&[u8]> {
        self.start
    }

    /// The upper bound.
    pub fn end(&self) -> Bound<&[u8]> {
        self.end.as_ref().map(|key| &**key)
    }

    /// Whether no key can lie in it.
    pub fn is_empty(&self) -> bool {
        match (self.start(), self.end()) {
            (Bound::Included(start), Bound::Included(end)) => start > end,
            (Bound::Included(start) | Bound::Excluded(start), Bound::Included(end) | Bound::Excluded(end)) => {
                start >= end
            }
            (_, Bound::Excluded(end)) => end.is_empty(),
            _ => false,
        }
    }
}

/// The end of all keys that begin with `prefix`: its last byte that can be raised is, what follows goes. A prefix of
/// 0xFF bytes, and the empty one, have no end.
fn successor(prefix: &[u8]) -> Bound<Cow<'_, [u8]>> {
    let raised = prefix.iter().rposition(|byte| *byte != u8::MAX).map(|last| {
        let mut end = prefix[..=last].to_vec();
        end[last] += 1;
        end
    });
    raised.map_or(Bound::Unbounded, |end| Bound::Excluded(Cow::Owned(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::RangeBounds;

    fn holds(range: &KeyRange<'_>, key: &[u8]) -> bool {
        RangeBounds::<[u8]>::contains(&(range.start(), range.end()), key)
    }

    #[test]
    fn a_prefix_ends_before_its_successor() {
        for (prefix, inside, outside) in [
            (&b"ab"[..], &b"ab\xff\xff"[..], &b"ac"[..]),
            (b"a\xff", b"a\xff\xff\xff", b"b"),
            (b"\xff\xff", b"\xff\xff\xff", b"\xff\xfe\xff"),
        ] {
            let range = KeyRange::prefix(prefix);
            assert!(holds(&range, prefix) && holds(&range, inside) && !holds(&range, outside), "{prefix:?}");
        }
        assert!(holds(&KeyRange::prefix(b""), b"\xff\xff\xff\xff"));
    }

    #[test]
    fn a_page_goes_on_inside_its_prefix() {
        let after = KeyRange::prefix_after(b"b", b"bm");
        assert!(!holds(&after, b"bm") && holds(&after, b"bm\0") && !holds(&after, b"c"));
        assert!(!holds(&KeyRange::prefix_after(b"b", b"a"), b"az"));
        let before = KeyRange::prefix_before(b"b", b"bm");
        assert!(holds(&before, b"b") && holds(&before, b"bl\xff") && !holds(&before, b"bm"));
        assert!(!holds(&KeyRange::prefix_before(b"b", b"d"), b"c"));
        assert!(KeyRange::prefix_before(b"b", b"a").is_empty());
    }

    #[test]
    fn reversed_bounds_are_empty() {
        let range = |start, end| KeyRange::between(start, end).is_empty();
        assert!(range(Bound::Included(b"b"), Bound::Included(b"a")));
        assert!(range(Bound::Excluded(b"a"), Bound::Included(b"a")));
        assert!(range(Bound::Excluded(b"a"), Bound::Excluded(b"a")));
        assert!(range(Bound::Unbounded, Bound::Excluded(b"")));
        assert!(!range(Bound::Included(b"a"), Bound::Included(b"a")));
    }
}

//! Pages by their place in the file, end to end in one piece of memory that is used again.

use std::collections::{BTreeMap, btree_map::Entry};
use std::{io, ops::Range};

/// The most that is written in one call.
const RUN: usize = 1 << 20;

/// Pages that do not overlap.
#[derive(Debug, Default)]
pub(super) struct Pages {
    bytes: Vec<u8>,
    places: BTreeMap<u64, Range<usize>>,
}

/// What there is of a page.
pub(super) enum Look<'p> {
    /// No byte of it.
    Nothing,
    /// All of it.
    Page(&'p [u8]),
    /// A part of it, or pages of other lengths over it.
    Conflict,
}

impl Pages {
    /// The memory they take, that of removed ones included.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Where they stand.
    pub(super) fn offsets(&self) -> impl Iterator<Item = u64> {
        self.places.keys().copied()
    }

    /// The last page that holds bytes of this range.
    fn overlapping(&self, offset: u64, length: usize) -> Option<(u64, &Range<usize>)> {
        let (at, place) = self.places.range(..offset + length as u64).next_back()?;
        (at + place.len() as u64 > offset).then_some((*at, place))
    }

    /// What there is of a page of this place and length.
    pub(super) fn look(&self, offset: u64, length: usize) -> Look<'_> {
        match self.overlapping(offset, length) {
            None => Look::Nothing,
            Some((at, place)) if at == offset && place.len() == length => Look::Page(&self.bytes[place.clone()]),
            Some(_) => Look::Conflict,
        }
    }

    /// Whether a page there would overlap with one that is not in its very place.
    pub(super) fn conflicts(&self, offset: u64, length: usize) -> bool {
        matches!(self.look(offset, length), Look::Conflict)
    }

    /// Takes a page in, over the one in its place. It may not conflict with another.
    pub(super) fn keep(&mut self, offset: u64, page: &[u8]) {
        match self.places.entry(offset) {
            Entry::Occupied(place) => self.bytes[place.get().clone()].copy_from_slice(page),
            Entry::Vacant(vacant) => {
                let start = self.bytes.len();
                self.bytes.extend_from_slice(page);
                vacant.insert(start..self.bytes.len());
            }
        }
    }

    /// Drops the pages that hold bytes of this range.
    pub(super) fn remove(&mut self, offset: u64, length: usize) {
        while let Some((at, _)) = self.overlapping(offset, length) {
            self.places.remove(&at);
        }
    }

    /// Drops all pages and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
    }

    /// Gives the pages in order, neighbours as one run.
    pub(super) fn runs(&self, mut write: impl FnMut(u64, &[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut pages = self.places.iter().peekable();
        let mut gathered = Vec::new();
        while let Some((start, first)) = pages.next() {
            gathered.clear();
            let (mut inside, mut length) = (first.clone(), first.len());
            while let Some((_, place)) =
                pages.next_if(|(at, place)| **at == start + length as u64 && length + place.len() <= RUN)
            {
                length += place.len();
                if gathered.is_empty() && place.start == inside.end {
                    inside.end = place.end;
                    continue;
                }
                // Neighbours in the file that are none in memory.
                if gathered.is_empty() {
                    gathered.extend_from_slice(&self.bytes[inside.clone()]);
                }
                gathered.extend_from_slice(&self.bytes[place.clone()]);
            }
            write(*start, if gathered.is_empty() { &self.bytes[inside] } else { &gathered })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_out_sorted_and_neighbours_together() {
        let mut pages = Pages::default();
        for (offset, byte, length) in [(8192, 2, 4096), (4096, 1, 4096), (65_536, 9, 8192), (8192, 3, 4096)] {
            assert!(!pages.conflicts(offset, length));
            pages.keep(offset, &vec![byte; length]);
        }
        assert_eq!(pages.size(), 16_384);
        for (offset, length) in [(0, 8192), (4096, 8192), (6144, 1024), (69_632, 4096), (0, 1 << 20)] {
            assert!(pages.conflicts(offset, length), "{offset} {length}");
        }
        let mut runs = Vec::new();
        let mut note = |start, run: &[u8]| {
            runs.push((start, run.len(), run[0], run[run.len() - 1]));
            Ok(())
        };
        pages.runs(&mut note).unwrap();
        pages.keep(73_728, &[7; 4096]);
        pages.remove(5000, 10_000);
        pages.runs(&mut note).unwrap();
        assert_eq!(runs, [(4096, 8192, 1, 3), (65_536, 8192, 9, 9), (65_536, 12_288, 9, 7)]);
        pages.clear();
        assert!(pages.offsets().next().is_none() && pages.size() == 0);
    }
}

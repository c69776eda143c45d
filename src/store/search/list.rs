//! Lists of records: how the numbers of those that have a gram stand in the store.
//!
//! A list is cut into blocks. A block's key is kind (1), gram (7), its first number; its value is how far each further
//! number is from the one before, so that a common gram costs little more than a byte for each record. Which numbers
//! share a block means nothing.

use std::ops::{Bound, ControlFlow};

use crate::{
    domain::{KindId, bytes},
    error::Result,
    store::{
        engine::{KeyRange, Read, Space},
        keys::{num_after, put_num},
    },
};

use super::gram::{Gram, Span};

/// A block is closed when its value is longer than this.
const BLOCK: usize = 480;
/// The bytes of a kind and a gram.
const HEAD: usize = 8;

/// Appends the bytes that the keys of a gram begin with.
pub fn put_head(key: &mut Vec<u8>, kind: KindId, gram: Gram) {
    key.push(kind.byte());
    key.extend_from_slice(&gram.0.to_be_bytes()[1..]);
}

/// The gram and the first number of a block.
pub fn read_key(key: &[u8]) -> Option<(Gram, u64)> {
    let mut gram = [0; 8];
    gram[1..].copy_from_slice(key.get(1..HEAD)?);
    Some((Gram(u64::from_be_bytes(gram)), num_after(key, HEAD)?))
}

/// Visits the numbers of a block.
pub fn each(first: u64, mut value: &[u8], visit: &mut impl FnMut(u64)) {
    visit(first);
    let mut num = first;
    while let Some(step) = bytes::take_unsigned(&mut value) {
        num += step;
        visit(num);
    }
}

/// A growing list, its numbers in rising order, in blocks from the start.
#[derive(Default, Clone)]
pub struct RecordList {
    first: u64,
    last: u64,
    steps: Vec<u8>,
    /// Where further blocks begin, and with which number.
    cuts: Vec<(u32, u64)>,
}

impl RecordList {
    /// Adds a number, unless it is the last one already. Numbers begin with 1.
    pub fn push(&mut self, num: u64) {
        if self.last == num {
            return;
        }
        let block = self.cuts.last().map_or(0, |(at, _)| *at as usize);
        if self.last == 0 {
            self.first = num;
        } else if self.steps.len() - block > BLOCK {
            self.cuts.push((self.steps.len() as u32, num));
        } else {
            bytes::put_unsigned(&mut self.steps, num - self.last);
        }
        self.last = num;
    }

    /// Whether it holds nothing.
    pub const fn is_empty(&self) -> bool {
        self.last == 0
    }

    /// The block at a place: its first number and its value.
    pub fn block(&self, at: usize) -> Option<(u64, &[u8])> {
        let (start, first) = match at.checked_sub(1) {
            Some(before) => self.cuts.get(before).map(|(start, first)| (*start as usize, *first))?,
            None => (0, self.first),
        };
        let end = self.cuts.get(at).map_or(self.steps.len(), |(start, _)| *start as usize);
        (!self.is_empty()).then(|| (first, &self.steps[start..end]))
    }

    /// Visits the numbers.
    pub fn each(&self, visit: &mut impl FnMut(u64)) {
        (0..).map_while(|at| self.block(at)).for_each(|(first, value)| each(first, value, visit));
    }
}

/// Cuts rising numbers into blocks.
pub struct Blocks<F> {
    sink: F,
    value: Vec<u8>,
    first: u64,
    last: u64,
}

impl<F: FnMut(u64, &[u8])> Blocks<F> {
    /// Blocks go to `sink`: first number and value.
    pub const fn new(sink: F) -> Self {
        Self { sink, value: Vec::new(), first: 0, last: 0 }
    }

    /// Takes the next number.
    pub fn push(&mut self, num: u64) {
        if self.value.len() > BLOCK {
            self.close();
        }
        if self.last == 0 {
            self.first = num;
        } else {
            bytes::put_unsigned(&mut self.value, num - self.last);
        }
        self.last = num;
    }

    /// Ends the list.
    pub fn close(&mut self) {
        if self.last != 0 {
            (self.sink)(self.first, &self.value);
        }
        self.last = 0;
        self.value.clear();
    }
}

/// Visits the numbers of every gram of a span: in rising order within a gram.
pub fn scan(read: &dyn Read, kind: KindId, span: Span, visit: &mut impl FnMut(u64)) -> Result<()> {
    let (mut start, mut end) = (Vec::with_capacity(HEAD), Vec::with_capacity(HEAD));
    put_head(&mut start, kind, span.from);
    put_head(&mut end, kind, Gram(span.to.0 + 1));
    let range = KeyRange::between(Bound::Included(&start), Bound::Excluded(&end));
    read.scan(Space::Search, range, false, &mut |key, value| {
        if let Some((_, first)) = read_key(key) {
            each(first, value, visit);
        }
        ControlFlow::Continue(())
    })?;
    Ok(())
}

/// The block that a number would stand in, and where the next one of the same gram begins.
pub struct BlockPosition {
    /// The first number and all numbers of the block; none where the gram has no block at or before the number.
    pub block: Option<(u64, Vec<u64>)>,
    /// The first number of the next block.
    pub next: Option<u64>,
}

/// Finds the block for a number.
pub fn place(read: &dyn Read, kind: KindId, gram: Gram, num: u64) -> Result<BlockPosition> {
    let (mut head, mut key) = (Vec::with_capacity(HEAD), Vec::with_capacity(HEAD + 9));
    put_head(&mut head, kind, gram);
    put_head(&mut key, kind, gram);
    put_num(&mut key, num);
    let mut found = BlockPosition { block: None, next: None };
    let before = KeyRange::between(Bound::Included(&head), Bound::Included(&key));
    read.scan(Space::Search, before, true, &mut |key, value| {
        if let Some((_, first)) = read_key(key) {
            let mut numbers = Vec::with_capacity(value.len() + 1);
            each(first, value, &mut |num| numbers.push(num));
            found.block = Some((first, numbers));
        }
        ControlFlow::Break(())
    })?;
    read.scan(Space::Search, KeyRange::prefix_after(&head, &key), false, &mut |key, _| {
        found.next = read_key(key).map(|(_, first)| first);
        ControlFlow::Break(())
    })?;
    Ok(found)
}

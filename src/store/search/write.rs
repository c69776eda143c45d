//! Writing what a step changes about lists: blocks that differ, or all lists of a kind that has none yet.

use std::ops::ControlFlow;

use crate::{
    domain::KindId,
    error::Result,
    store::{
        engine::{EngineError, Entries, KeyRange, Pair, Space, Write},
        keys::put_num,
    },
};

use super::{
    gather::{Difference, RecordLists},
    gram::Gram,
    list::{self, Blocks},
};

impl Difference {
    /// Changes the lists in the store.
    pub fn write(self, txn: &mut dyn Write) -> Result<()> {
        let Some(kind) = self.kind else { return Ok(()) };
        if self.removed.is_empty() && is_new(txn, kind)? {
            return load(txn, kind, &self.added);
        }
        let mut grams: Vec<Gram> = self.removed.iter().chain(&self.added).flat_map(RecordLists::grams).collect();
        grams.sort_unstable();
        grams.dedup();
        let (mut edits, mut page) = (Vec::new(), Page::default());
        for gram in grams {
            edits.clear();
            for (lists, add) in [(&self.removed, false), (&self.added, true)] {
                let lists = lists.iter().filter_map(|lists| lists.of(gram));
                lists.for_each(|list| list.each(&mut |num| edits.push((num, add))));
            }
            edits.sort_unstable();
            page.edit(txn, kind, gram, &edits)?;
            if page.bytes > FLUSH {
                page.flush(txn)?;
            }
        }
        page.flush(txn)
    }
}

/// So many bytes of changed blocks are held before they are written.
const FLUSH: usize = 4 << 20;

fn is_new(txn: &dyn Write, kind: KindId) -> Result<bool> {
    let mut new = true;
    txn.scan(Space::Search, KeyRange::prefix(&[kind.byte()]), false, &mut |_, _| {
        new = false;
        ControlFlow::Break(())
    })?;
    Ok(new)
}

/// Blocks that differ, until they are written.
#[derive(Default)]
struct Page {
    gone: Vec<Vec<u8>>,
    blocks: Vec<(Vec<u8>, Vec<u8>)>,
    bytes: usize,
}

impl Page {
    /// Takes numbers out of a list and puts others in; they rise.
    fn edit(&mut self, txn: &dyn Write, kind: KindId, gram: Gram, mut edits: &[(u64, bool)]) -> Result<()> {
        let key_of = |first: u64| {
            let mut key = Vec::with_capacity(12);
            list::put_head(&mut key, kind, gram);
            put_num(&mut key, first);
            key
        };
        while let Some((num, _)) = edits.first() {
            let place = list::place(txn, kind, gram, *num)?;
            let here = place.next.map_or(edits.len(), |next| edits.partition_point(|(num, _)| *num < next));
            let (these, rest) = edits.split_at(here);
            edits = rest;
            let (first, held) = place.block.map_or((None, Vec::new()), |(first, held)| (Some(first), held));
            let mut kept = false;
            let mut blocks = Blocks::new(|new: u64, value: &[u8]| {
                kept |= first == Some(new);
                self.bytes += value.len();
                self.blocks.push((key_of(new), value.to_vec()));
            });
            merge(&held, these, &mut |num| blocks.push(num));
            blocks.close();
            self.gone.extend(first.filter(|_| !kept).map(key_of));
        }
        Ok(())
    }

    fn flush(&mut self, txn: &mut dyn Write) -> Result<()> {
        txn.unload(Space::Search, &mut self.gone.iter().map(Vec::as_slice))?;
        for (key, value) in &self.blocks {
            txn.put(Space::Search, key, value)?;
        }
        *self = Self::default();
        Ok(())
    }
}

/// The numbers held without those that go and with those that come; all rise.
fn merge(held: &[u64], edits: &[(u64, bool)], sink: &mut impl FnMut(u64)) {
    let mut held = held.iter().copied().peekable();
    for (num, add) in edits {
        while let Some(before) = held.next_if(|held| held < num) {
            sink(before);
        }
        held.next_if_eq(num);
        if *add {
            sink(*num);
        }
    }
    held.for_each(sink);
}

/// Writes the lists of a kind that has none yet: the blocks go in as one run.
fn load(txn: &mut dyn Write, kind: KindId, parts: &[RecordLists]) -> Result<()> {
    let mut grams: Vec<Gram> = parts.iter().flat_map(RecordLists::grams).collect();
    grams.sort_unstable();
    grams.dedup();
    let mut run = Run { kind, parts, grams: &grams, part: 0, block: 0, key: Vec::new() };
    txn.load(Space::Search, &mut run)?;
    Ok(())
}

/// The blocks of all lists in order, lent as they are.
struct Run<'p> {
    kind: KindId,
    parts: &'p [RecordLists],
    grams: &'p [Gram],
    part: usize,
    block: usize,
    key: Vec<u8>,
}

impl Entries for Run<'_> {
    fn next_entry(&mut self) -> Result<Option<Pair<'_>>, EngineError> {
        while let Some(gram) = self.grams.first() {
            let Some(part) = self.parts.get(self.part) else {
                self.grams = &self.grams[1..];
                (self.part, self.block) = (0, 0);
                continue;
            };
            if let Some((first, value)) = part.of(*gram).and_then(|list| list.block(self.block)) {
                self.block += 1;
                self.key.clear();
                list::put_head(&mut self.key, self.kind, *gram);
                put_num(&mut self.key, first);
                return Ok(Some((&self.key, value)));
            }
            (self.part, self.block) = (self.part + 1, 0);
        }
        Ok(None)
    }
}

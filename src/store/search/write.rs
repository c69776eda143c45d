//! Writing what a step changes about lists: blocks that differ, or all lists of a kind that has none yet.

use std::ops::ControlFlow;

use crate::{
    domain::KindId,
    error::Result,
    store::{
        engine::{EngineError, Entries, KeyRange, Pair, Space, WriteTxn},
        keys::put_num,
    },
};

use super::{
    gather::{Difference, Lists},
    gram::Gram,
    list::{self, Blocks},
};

impl Difference {
    /// Changes the lists in the store.
    pub fn write(self, txn: &mut dyn WriteTxn) -> Result<()> {
        let Some(kind) = self.kind else { return Ok(()) };
        if self.removed.is_empty() && is_new(txn, kind)? {
            return load(txn, kind, &self.added);
        }
        let mut grams: Vec<Gram> = self.removed.iter().chain(&self.added).flat_map(Lists::grams).collect();
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

fn is_new(txn: &dyn WriteTxn, kind: KindId) -> Result<bool> {
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
    fn edit(&mut self, txn: &dyn WriteTxn, kind: KindId, gram: Gram, mut edits: &[(u64, bool)]) -> Result<()> {
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

    fn flush(&mut self, txn: &mut dyn WriteTxn) -> Result<()> {
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
fn load(txn: &mut dyn WriteTxn, kind: KindId, parts: &[Lists]) -> Result<()> {
    let mut grams: Vec<Gram> = parts.iter().flat_map(Lists::grams).collect();
    grams.sort_unstable();
    grams.dedup();
    txn.load(Space::Search, &mut Run { kind, parts, grams: grams.into_iter(), blocks: Vec::new(), at: 0 })?;
    Ok(())
}

/// The blocks of all lists in order, one list in memory at a time.
struct Run<'p> {
    kind: KindId,
    parts: &'p [Lists],
    grams: std::vec::IntoIter<Gram>,
    blocks: Vec<(Vec<u8>, Vec<u8>)>,
    at: usize,
}

impl Entries for Run<'_> {
    fn next_entry(&mut self) -> Result<Option<Pair<'_>>, EngineError> {
        while self.at == self.blocks.len() {
            let Some(gram) = self.grams.next() else { return Ok(None) };
            self.blocks.clear();
            self.at = 0;
            let mut blocks = Blocks::new(|first: u64, value: &[u8]| {
                let mut key = Vec::with_capacity(12);
                list::put_head(&mut key, self.kind, gram);
                put_num(&mut key, first);
                self.blocks.push((key, value.to_vec()));
            });
            for list in self.parts.iter().filter_map(|lists| lists.of(gram)) {
                list.each(&mut |num| blocks.push(num));
            }
            blocks.close();
        }
        let block = self.blocks.get(self.at).map(|(key, value)| (key.as_slice(), value.as_slice()));
        self.at += 1;
        Ok(block)
    }
}

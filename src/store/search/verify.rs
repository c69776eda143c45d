//! The lists compared with what the rows say, some records at a time.

use std::{
    collections::BTreeMap,
    ops::{ControlFlow, Range},
};

use crate::{
    domain::{Kind, Record, RecordId, Row},
    error::Result,
    store::{
        engine::{KeyRange, Read, Space},
        reader::Reader,
    },
};

use super::{
    gather::{Gatherer, RecordLists},
    gram::Gram,
    list, recent,
};

/// The lists of so many records are worked out at a time.
const PART: u64 = if cfg!(test) { 4 } else { 1 << 18 };

/// What is wrong with the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFlaw {
    /// They do not tell enough to be searched by.
    All,
    /// Some lists should name this record and do not, or should not and do.
    Record {
        /// Which one.
        id: RecordId,
        /// Whether a list lacks it.
        lacking: bool,
        /// Whether a list names it that should not.
        extra: bool,
    },
}

/// Where lists and journal together say something else than the rows.
///
/// # Errors
/// What the store says.
pub fn verify(reader: &Reader<'_>, sink: &mut dyn FnMut(ListFlaw)) -> Result<()> {
    let Some(before) = recent::as_known(reader)? else {
        sink(ListFlaw::All);
        return Ok(());
    };
    for kind in reader.schema().kinds() {
        let last = reader.last_num(kind.id)? / PART;
        for part in 0..=last {
            // The last part has what lists may name beyond all records too.
            let numbers = part * PART..if part == last { u64::MAX } else { (part + 1) * PART };
            let expected = expected(reader, kind, &before, &numbers)?;
            let mut amiss = BTreeMap::new();
            compare(reader.raw(), kind, &numbers, &expected, &mut amiss)?;
            for (num, (lacking, extra)) in amiss {
                sink(ListFlaw::Record { id: RecordId::new(kind.id, num), lacking, extra });
            }
        }
    }
    Ok(())
}

/// What the lists of a kind should name of some records.
fn expected(
    reader: &Reader<'_>,
    kind: &'static Kind,
    before: &BTreeMap<RecordId, Option<Record>>,
    numbers: &Range<u64>,
) -> Result<RecordLists> {
    let range = RecordId::new(kind.id, numbers.start)..RecordId::new(kind.id, numbers.end);
    let mut changed = before.range(range).map(|(id, record)| (id.num, record)).peekable();
    let mut gatherer = Gatherer::new(kind);
    let mut push = |num: u64, row: Option<Row<'_>>| gatherer.push(num, None, row);
    reader.rows_between(kind.id, (numbers.start, numbers.end), false, &mut |num, row| {
        while let Some((other, record)) = changed.next_if(|(other, _)| *other < num) {
            push(other, record.as_ref().map(Record::row));
        }
        match changed.next_if(|(other, _)| *other == num) {
            Some((_, record)) => push(num, record.as_ref().map(Record::row)),
            None => push(num, Some(row)),
        }
        ControlFlow::Continue(())
    })?;
    changed.for_each(|(num, record)| push(num, record.as_ref().map(Record::row)));
    Ok(gatherer.into_lists())
}

/// Which records a list lacks, and which it should not have.
type Differing = BTreeMap<u64, (bool, bool)>;

fn compare(
    read: &dyn Read,
    kind: &Kind,
    numbers: &Range<u64>,
    expected: &RecordLists,
    amiss: &mut Differing,
) -> Result<()> {
    let mut wanted = expected.grams().into_iter().peekable();
    let mut held: Option<(Gram, Vec<u64>)> = None;
    let mut check = |upto: Option<Gram>, held: &[u64]| {
        while let Some(gram) = wanted.next_if(|gram| upto.is_none_or(|upto| *gram < upto)) {
            differ(&[], &numbers_of(expected, gram), amiss);
        }
        if let Some(gram) = upto {
            let known = wanted.next_if_eq(&gram).map(|gram| numbers_of(expected, gram));
            differ(held, known.as_deref().unwrap_or_default(), amiss);
        }
    };
    read.scan(Space::Search, KeyRange::prefix(&[kind.id.byte()]), false, &mut |key, value| {
        let Some((gram, first)) = list::read_key(key) else { return ControlFlow::Continue(()) };
        if held.as_ref().is_none_or(|(other, _)| *other != gram)
            && let Some((before, listed)) = held.replace((gram, Vec::new()))
        {
            check(Some(before), &listed);
        }
        if let Some((_, listed)) = held.as_mut().filter(|_| first < numbers.end) {
            list::each(first, value, &mut |num| listed.extend(Some(num).filter(|num| numbers.contains(num))));
        }
        ControlFlow::Continue(())
    })?;
    if let Some((gram, listed)) = held {
        check(Some(gram), &listed);
    }
    check(None, &[]);
    Ok(())
}

fn numbers_of(lists: &RecordLists, gram: Gram) -> Vec<u64> {
    let mut numbers = Vec::new();
    lists.of(gram).into_iter().for_each(|list| list.each(&mut |num| numbers.push(num)));
    numbers
}

/// Notes what only one of both has, and what a list has in the wrong place.
fn differ(held: &[u64], wanted: &[u64], amiss: &mut Differing) {
    if held == wanted {
        return;
    }
    let mut sorted = held.to_vec();
    sorted.sort_unstable();
    for num in wanted.iter().filter(|num| sorted.binary_search(num).is_err()) {
        amiss.entry(*num).or_default().0 = true;
    }
    let extra = held.iter().filter(|num| wanted.binary_search(num).is_err());
    let misplaced = held.windows(2).filter(|pair| pair[0] >= pair[1]).map(|pair| &pair[1]);
    for num in extra.chain(misplaced) {
        amiss.entry(*num).or_default().1 = true;
    }
}

//! All lists at once: brought up to date, made anew from the rows, compared with what the rows say.

use std::{collections::BTreeMap, ops::ControlFlow};

use crate::{
    domain::{KINDS, Kind, Record, RecordId, Row},
    error::Result,
    store::{
        engine::{KeyRange, Read, Space, Write},
        meta,
        reader::Reader,
    },
};

use super::{
    gather::{Difference, Gatherer, Lists},
    gram::Gram,
    list, recent,
};

/// Makes the lists of every kind anew from the rows.
///
/// # Errors
/// What the store says.
pub fn rebuild(txn: &mut dyn Write) -> Result<()> {
    let mut keys = Vec::new();
    txn.scan(Space::Search, KeyRange::all(), false, &mut |key, _| {
        keys.push(key.to_vec());
        ControlFlow::Continue(())
    })?;
    txn.unload(Space::Search, &mut keys.iter().map(Vec::as_slice))?;
    drop(keys);
    for kind in KINDS {
        let mut gatherer = Gatherer::new(kind);
        Reader::new(txn).rows(kind.id, 0, false, &mut |num, row| {
            gatherer.push(num, None, Some(row));
            ControlFlow::Continue(())
        })?;
        Difference::of([gatherer]).write(txn)?;
    }
    let seq = meta::number(txn, meta::SEQ)?;
    meta::set_number(txn, meta::SEARCH, seq)
}

/// Brings the lists up to date with all steps that are written.
pub fn catch_up(txn: &mut dyn Write) -> Result<()> {
    let seq = meta::number(txn, meta::SEQ)?;
    if recent::known(txn)? == seq {
        return Ok(());
    }
    let Some(before) = recent::as_known(txn)? else { return rebuild(txn) };
    let mut differences = Vec::new();
    let mut gatherer: Option<Gatherer> = None;
    for (id, before) in &before {
        if gatherer.as_ref().is_none_or(|held| held.kind() != id.kind) {
            differences.extend(gatherer.take().map(|held| Difference::of([held])));
            gatherer = id.kind.kind().map(Gatherer::new);
        }
        let before = before.as_ref().map(Record::row);
        if let Some(held) = &mut gatherer {
            let pushed = Reader::new(txn).with_row(*id, |row| held.push(id.num, before, Some(row)))?;
            if pushed.is_none() {
                held.push(id.num, before, None);
            }
        }
    }
    differences.extend(gatherer.take().map(|held| Difference::of([held])));
    for difference in differences {
        difference.write(txn)?;
    }
    meta::set_number(txn, meta::SEARCH, seq)
}

/// Where lists and journal together say something else than the rows.
///
/// # Errors
/// What the store says.
pub fn verify(reader: &Reader<'_>, complaints: &mut Vec<String>) -> Result<()> {
    let Some(before) = recent::as_known(reader.raw())? else {
        complaints.push("Search: the lists do not know the records".to_owned());
        return Ok(());
    };
    for kind in KINDS {
        compare(reader.raw(), kind, &expected(reader, kind, &before)?, complaints)?;
    }
    Ok(())
}

/// The lists of a kind as they should be.
fn expected(reader: &Reader<'_>, kind: &'static Kind, before: &BTreeMap<RecordId, Option<Record>>) -> Result<Lists> {
    let range = RecordId::new(kind.id, 0)..=RecordId::new(kind.id, u64::MAX);
    let mut changed = before.range(range).map(|(id, record)| (id.num, record)).peekable();
    let mut gatherer = Gatherer::new(kind);
    let mut push = |num: u64, row: Option<Row<'_>>| gatherer.push(num, None, row);
    reader.rows(kind.id, 0, false, &mut |num, row| {
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

fn compare(read: &dyn Read, kind: &Kind, expected: &Lists, complaints: &mut Vec<String>) -> Result<()> {
    let mut wanted = expected.grams().into_iter().peekable();
    let mut held: Option<(Gram, Vec<u64>)> = None;
    let mut check = |held: Option<(Gram, Vec<u64>)>, wanted: &mut std::iter::Peekable<_>| {
        let upto = held.as_ref().map(|(gram, _)| *gram);
        while let Some(gram) = wanted.next_if(|gram: &Gram| upto.is_none_or(|upto| *gram < upto)) {
            complaints.push(format!("Search of {}: {gram:?} is lacking", kind.plural));
        }
        let Some((gram, held)) = held else { return };
        let mut numbers = Vec::new();
        if wanted.next_if_eq(&gram).is_some() {
            expected.of(gram).into_iter().for_each(|list| list.each(&mut |num| numbers.push(num)));
        }
        if held != numbers {
            complaints.push(format!("Search of {}: {gram:?} lists {held:?} instead of {numbers:?}", kind.plural));
        }
    };
    read.scan(Space::Search, KeyRange::prefix(&[kind.id.byte()]), false, &mut |key, value| {
        let Some((gram, first)) = list::read_key(key) else {
            return ControlFlow::Continue(());
        };
        if held.as_ref().is_none_or(|(other, _)| *other != gram) {
            if let Some(held) = held.take() {
                check(Some(held), &mut wanted);
            }
            held = Some((gram, Vec::new()));
        }
        if let Some((_, numbers)) = &mut held {
            list::each(first, value, &mut |num| numbers.push(num));
        }
        ControlFlow::Continue(())
    })?;
    if held.is_some() {
        check(held, &mut wanted);
    }
    check(None, &mut wanted);
    Ok(())
}

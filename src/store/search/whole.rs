//! All lists at once: brought up to date, made anew from the rows.

use std::ops::ControlFlow;

use crate::{
    domain::{Record, Schema},
    error::Result,
    store::{
        engine::{KeyRange, Space, Write},
        meta,
        reader::Reader,
    },
};

use super::{
    gather::{Difference, Gatherer},
    recent,
};

/// Makes the lists of every kind anew from the rows.
///
/// # Errors
/// What the store says.
pub fn rebuild(txn: &mut dyn Write) -> Result<()> {
    let seq = meta::number(txn, meta::SEQ)?;
    rebuild_within(txn, seq)
}

/// The same within the step of this sequence number, whose rows are written.
///
/// # Errors
/// As [`rebuild`].
pub fn rebuild_within(txn: &mut dyn Write, seq: u64) -> Result<()> {
    let mut keys = Vec::new();
    txn.scan(Space::Search, KeyRange::all(), false, &mut |key, _| {
        keys.push(key.to_vec());
        ControlFlow::Continue(())
    })?;
    txn.unload(Space::Search, &mut keys.iter().map(Vec::as_slice))?;
    drop(keys);
    let schema = Reader::inside(txn)?.schema();
    for kind in schema.kinds() {
        let mut gatherer = Gatherer::new(kind);
        Reader::within(txn, schema).rows(kind.id, 0, false, &mut |num, row| {
            gatherer.push(num, None, Some(row));
            ControlFlow::Continue(())
        })?;
        Difference::of([gatherer]).write(txn)?;
    }
    meta::set_number(txn, meta::SEARCH, seq)
}

/// Brings the lists up to date with all steps that are written.
///
/// # Errors
/// What the store says.
pub fn catch_up(txn: &mut dyn Write) -> Result<()> {
    let schema = Reader::inside(txn)?.schema();
    catch_up_by(txn, schema)
}

/// The same where the schema after the last of them is known.
pub(super) fn catch_up_by(txn: &mut dyn Write, schema: &'static Schema) -> Result<()> {
    let seq = meta::number(txn, meta::SEQ)?;
    if recent::known(txn)? == seq {
        return Ok(());
    }
    let Some(before) = recent::as_known(&Reader::within(txn, schema))? else { return rebuild(txn) };
    let mut differences = Vec::new();
    let mut gatherer: Option<Gatherer> = None;
    for (id, before) in &before {
        if gatherer.as_ref().is_none_or(|held| held.kind() != id.kind) {
            differences.extend(gatherer.take().map(|held| Difference::of([held])));
            gatherer = schema.kind(id.kind).map(Gatherer::new);
        }
        let before = before.as_ref().map(Record::row);
        if let Some(held) = &mut gatherer {
            let pushed = Reader::within(txn, schema).with_row(*id, |row| held.push(id.num, before, Some(row)))?;
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

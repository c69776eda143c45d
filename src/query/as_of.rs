//! A record as it was: the journal read backwards.

use crate::{
    domain::{Instant, Record, RecordId},
    error::Result,
    store::{
        Reader, find_change,
        journal::{Change, Entry, Residence},
        last_until, unapply,
    },
};

/// A step in the history of a record.
pub struct RecordStep {
    /// Its sequence number.
    pub seq: u64,
    /// Who, when, and in what words.
    pub entry: Entry,
    /// What it did to the record.
    pub change: Change<'static>,
}

/// A record on its way back through its history, newest step first.
pub struct HistoryWalk<'a> {
    reader: Reader<'a>,
    id: RecordId,
    /// The step that made the record what `state` is; 0 for none.
    seq: u64,
    state: Option<(Residence, Record)>,
}

impl<'a> HistoryWalk<'a> {
    /// Begins with the record as it is, also where it is gone; `None` where it never was.
    pub fn new(reader: Reader<'a>, id: RecordId) -> Result<Option<Self>> {
        let Some(seq) = reader.head(id)? else { return Ok(None) };
        let state = reader.held(id)?.map(|held| (held.place, held.record));
        Ok(Some(Self { reader, id, seq, state }))
    }

    /// Where the record is at this point, and what it holds; `None` where it does not exist.
    pub const fn state(&self) -> Option<&(Residence, Record)> {
        self.state.as_ref()
    }

    /// The step that led to this point; `None` before the first.
    pub fn step(&self) -> Result<Option<RecordStep>> {
        if self.seq == 0 {
            return Ok(None);
        }
        let (Some(entry), Some(change)) =
            (self.reader.entry(self.seq)?, find_change(self.reader.raw(), self.seq, self.id)?)
        else {
            return Ok(None);
        };
        Ok(Some(RecordStep { seq: self.seq, entry, change }))
    }

    /// Goes back before a step that [`step`](Self::step) gave.
    pub fn undo(&mut self, step: &RecordStep) {
        self.state = unapply(self.state.take(), &step.change);
        self.seq = step.change.prev;
    }
}

/// Where a record was at a point in time, which is after the last step that is not dated later, and what it held; `None` where it did not exist.
pub fn as_of(reader: Reader<'_>, id: RecordId, at: Instant) -> Result<Option<(Residence, Record)>> {
    let Some(mut past) = HistoryWalk::new(reader, id)? else { return Ok(None) };
    let last = last_until(&reader, at)?;
    while past.seq > last
        && let Some(step) = past.step()?
    {
        past.undo(&step);
    }
    Ok(past.state)
}

//! Stores in which nobody has worked yet: they take the records of another store, with their ids, as if they were empty.
//!
//! What a store begins with (the person at the keyboard, a pipeline and its stages) has ids that the records of another
//! store have too. As long as nothing but imports was done, nothing hangs on them: the records of the file take their
//! places.

use std::ops::ControlFlow;

use crate::{
    domain::{
        Instant, KindId, RecordId,
        common::{CREATED, VERSION},
    },
    error::Result,
    store::{
        Reader, StoredRecord,
        journal::{Residence, StepType},
    },
};

/// A store with more steps was worked in.
const STEPS: u64 = 1000;

/// Whether the records of a kind may give way to those of a file.
pub(super) struct ReplaceableRecords {
    /// When the store got what it begins with.
    set_up: Vec<Instant>,
    /// Whether the kind has no record that anybody has made or changed.
    pub is_fresh: bool,
}

impl ReplaceableRecords {
    /// What a store says of a kind.
    pub fn new(reader: &Reader<'_>, kind: KindId) -> Result<Self> {
        let last = reader.last_num(kind)?;
        if last == 0 {
            return Ok(Self { set_up: Vec::new(), is_fresh: true });
        }
        let Some(set_up) = begun(reader)? else { return Ok(Self { set_up: Vec::new(), is_fresh: false }) };
        let fresh = Self { set_up, is_fresh: true };
        // What is in the trash gives way to nothing.
        let (mut worked, mut failed) = (false, None);
        reader.trashed(kind, &mut |_, _| {
            worked = true;
            ControlFlow::Break(())
        })?;
        // Numbers that files keep are far apart: only those that records have are looked at.
        reader.rows(kind, 0, false, &mut |num, _| {
            let gives_way = || match reader.held(RecordId::new(kind, num))? {
                Some(held) => fresh.gives_way(reader, &held),
                None => Ok(true),
            };
            match gives_way() {
                Ok(gives_way) => worked |= !gives_way,
                Err(error) => failed = Some(error),
            }
            if worked || failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        failed.map_or(Ok(Self { is_fresh: !worked, ..fresh }), Err)
    }

    /// Whether a record is one that the store began with, as it was then.
    pub fn gives_way(&self, reader: &Reader<'_>, held: &StoredRecord) -> Result<bool> {
        let created = held.record.get(CREATED);
        let untouched = self.is_fresh
            && held.place == Residence::Live
            && held.record.get(VERSION) == Some(1)
            && created.is_some_and(|created| self.set_up.contains(&created));
        let step = if untouched { reader.entry(held.head)? } else { None };
        // An import that was taken back leaves it as it was.
        Ok(step.is_some_and(|step| matches!(step.deed, StepType::Setup | StepType::Undo(_))))
    }
}

/// When a store got what it begins with, if nothing was done in it but that and imports.
fn begun(reader: &Reader<'_>) -> Result<Option<Vec<Instant>>> {
    let last = reader.seq()?;
    if last > STEPS {
        return Ok(None);
    }
    let mut begun = Vec::new();
    for seq in 1..=last {
        let Some(entry) = reader.entry(seq)? else { return Ok(None) };
        match entry.deed {
            StepType::Setup => begun.push(Instant(entry.at)),
            StepType::Do if entry.words.split_whitespace().next() == Some("import") => {}
            StepType::Undo(_) | StepType::Redo(_) => {}
            StepType::Do | StepType::Purge => return Ok(None),
        }
    }
    Ok(Some(begun))
}

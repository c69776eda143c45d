//! Records that changed since the lists were brought up to date.
//!
//! A small step writes nothing here: the journal tells which records it changed and what they were, so that lists and
//! journal together always say what the records say. Such records are looked at by every search. When the journal has
//! grown by [`SOME`] steps, or with a large step, the lists are brought up to date in the transaction of the step.

use std::{collections::BTreeMap, ops::ControlFlow};

use crate::{
    domain::{KindId, Record, RecordId},
    error::Result,
    store::{
        chunks,
        engine::Read,
        journal::{Change, ChangeType, Residence},
        meta,
        reader::Reader,
    },
};

use super::record;

/// After so many steps the lists are brought up to date.
pub const SOME: u64 = 256;
/// Beyond so many steps, or records, the lists are made anew rather than brought up to date, and nobody searches by
/// them: another version of the program has written to the store, or they were never made.
const TOO_MANY: usize = 50_000;

/// The changes of each record since the lists were brought up to date, the oldest first.
type Changes = BTreeMap<RecordId, Vec<Change<'static>>>;

/// Up to which step the lists tell everything.
pub fn known(read: &dyn Read) -> Result<u64> {
    meta::number(read, meta::SEARCH)
}

/// The changes since then that bear on the lists, of all kinds or of one; nothing where they are too many.
fn changes(reader: &Reader<'_>, kind: Option<KindId>) -> Result<Option<Changes>> {
    let read = reader.raw();
    let (known, seq) = (known(read)?, meta::number(read, meta::SEQ)?);
    let (mut found, mut count) = (Changes::new(), 0);
    if seq.saturating_sub(known) > 8 * SOME {
        return Ok(None);
    }
    let mut fields: Option<(KindId, Vec<u16>)> = None;
    chunks::visit_steps(read, known + 1..=seq, kind, &mut |kind, change| {
        if fields.as_ref().is_none_or(|(held, _)| *held != kind) {
            let tags = reader.schema().kind(kind).map(|kind| record::fields(kind).iter().map(|def| def.tag).collect());
            fields = Some((kind, tags.unwrap_or_default()));
        }
        let tags = fields.as_ref().map_or(&[][..], |(_, tags)| tags);
        let last = match &change.what {
            ChangeType::Changed { from, to, fields } if from == to => {
                // In the trash it bears on no list, but what the record was before that is found by way of it.
                let hidden = *to == Residence::Trash && !found.contains_key(&RecordId::new(kind, change.num));
                if hidden || !fields.iter().any(|field| tags.contains(&field.tag)) {
                    return ControlFlow::Continue(());
                }
                change.num
            }
            ChangeType::Made { last, .. } => *last,
            _ => change.num,
        };
        count += last - change.num + 1;
        if count > TOO_MANY as u64 {
            return ControlFlow::Break(());
        }
        let (first, change) = (change.num, chunks::into_owned(change));
        for num in first..=last {
            found.entry(RecordId::new(kind, num)).or_default().push(change.clone());
        }
        ControlFlow::Continue(())
    })?;
    Ok((count <= TOO_MANY as u64).then_some(found))
}

/// The numbers of the records of a kind that changed since the lists were brought up to date, in rising order; nothing
/// where the lists tell too little to search by.
pub fn numbers(reader: &Reader<'_>, kind: KindId) -> Result<Option<Vec<u64>>> {
    Ok(changes(reader, Some(kind))?.map(|found| found.into_keys().map(|id| id.num).collect()))
}

/// What changed records were in the lists' eyes: their fields where they were in use.
pub fn as_known(reader: &Reader<'_>) -> Result<Option<BTreeMap<RecordId, Option<Record>>>> {
    let Some(found) = changes(reader, None)? else { return Ok(None) };
    let mut before = BTreeMap::new();
    for (id, changes) in found {
        let now = reader.held(id)?.map(|held| (held.place, held.record));
        let then = changes.iter().rev().fold(now, chunks::unapply);
        before.insert(id, then.filter(|(place, _)| *place == Residence::Live).map(|(_, record)| record));
    }
    Ok(Some(before))
}

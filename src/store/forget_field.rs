//! Forgetting fields for good: their values leave the rows and the journal, and with them the words of the steps in which
//! they may stand.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::{Bound, ControlFlow, RangeInclusive},
};

use crate::{
    domain::{KindId, Record, RecordId},
    error::{Error, Result},
};

use super::{
    chunk, chunks,
    engine::{KeyRange, Space, Write},
    journal::ChangeType,
    keys::num_after,
    row::{self, Stored},
};

/// So many entries are looked at before those that hold the field are written.
const BATCH: usize = 1024;

/// A field that is forgotten.
pub struct ForgottenField {
    /// The bytes of the kinds that may hold it, whether there are such kinds any more or not.
    pub kinds: RangeInclusive<u8>,
    /// By which rows know it.
    pub tag: u16,
}

/// Takes fields out of everything that is kept of their kinds. Versions and times of records stay as they are: nobody has
/// changed them.
///
/// # Errors
/// What the engine says; a chunk of the journal that cannot be read.
pub fn forget_fields(txn: &mut dyn Write, fields: &[ForgottenField]) -> Result<()> {
    let mut tags: BTreeMap<u8, Vec<u16>> = BTreeMap::new();
    for ForgottenField { kinds, tag } in fields {
        kinds.clone().for_each(|kind| tags.entry(kind).or_default().push(*tag));
    }
    if tags.is_empty() {
        return Ok(());
    }
    // Whether a record had a value of a field from its first step on: the words of that step are the only ones that no
    // change of the field leads to.
    let mut from_the_start = HashMap::new();
    let mut told = BTreeSet::new();
    rewrite(txn, Space::Changes, &[], &mut |key, stored| {
        let seq = key.first_chunk().map_or(0, |seq| u64::from_be_bytes(*seq));
        let Some((kind, tags)) = tags_in(key, &tags) else { return Ok(None) };
        let blanked = chunk::without_fields(stored, tags).ok_or_else(|| chunks::unreadable(seq))?;
        if blanked.is_some() {
            note_first((kind, stored), tags, &mut from_the_start).ok_or_else(|| chunks::unreadable(seq))?;
            told.insert(seq);
        }
        Ok(blanked)
    })?;
    for (byte, tags) in &tags {
        for space in [Space::Rows, Space::Trash] {
            rewrite(txn, space, &[*byte], &mut |key, value| {
                let Some((num, stored)) = num_after(key, 1).zip(Stored::read(value)) else { return Ok(None) };
                let held: Vec<u16> =
                    stored.row.raw_fields().map(|(tag, _)| tag).filter(|tag| tags.contains(tag)).collect();
                if held.is_empty() {
                    return Ok(None);
                }
                let mut record = Record::from_bytes(stored.row.bytes().to_vec());
                for tag in held {
                    from_the_start.entry((RecordId::new(KindId::new(*byte), num), tag)).or_insert(true);
                    record.set_raw(tag, None);
                }
                let mut blanked = Vec::new();
                row::write(&mut blanked, stored.head, &record);
                Ok(Some(blanked))
            })?;
        }
    }
    told.extend(first_steps(txn, &tags, &from_the_start)?);
    told.into_iter().try_for_each(|seq| chunks::forget_words(txn, seq))
}

/// Whether a record had a value of a field before anything that the journal tells of it.
type FromTheStart = HashMap<(RecordId, u16), bool>;

/// The kind that a chunk of changes is about, and which of its fields are forgotten.
fn tags_in<'t>(key: &[u8], tags: &'t BTreeMap<u8, Vec<u16>>) -> Option<(KindId, &'t [u16])> {
    let kind = chunks::kind_in(key)?;
    Some((kind, tags.get(&kind.byte())?))
}

/// Notes for each record that a chunk is the first to tell about whether it had values of the fields before.
fn note_first((kind, stored): (KindId, &[u8]), tags: &[u16], from_the_start: &mut FromTheStart) -> Option<()> {
    let _flow = chunk::each(stored, &mut |change| {
        for tag in tags {
            let had = match &change.what {
                ChangeType::Changed { fields, .. } => {
                    fields.iter().find(|field| field.tag == *tag).map(|field| field.old.is_some())
                }
                ChangeType::Unmade { row, .. } => crate::domain::Row::new(row).raw(*tag).map(|_| true),
                ChangeType::Made { .. } | ChangeType::Purged => None,
            };
            if let Some(had) = had {
                from_the_start.entry((RecordId::new(kind, change.num), *tag)).or_insert(had);
            }
        }
        ControlFlow::Continue(())
    })?;
    Some(())
}

/// The steps that made records with a value of one of the fields.
fn first_steps(txn: &dyn Write, tags: &BTreeMap<u8, Vec<u16>>, from_the_start: &FromTheStart) -> Result<BTreeSet<u64>> {
    let had: HashSet<RecordId> = from_the_start.iter().filter(|(_, had)| **had).map(|((id, _), _)| *id).collect();
    let (mut steps, mut bad) = (BTreeSet::new(), None);
    txn.scan(Space::Changes, KeyRange::prefix(&[]), false, &mut |key, stored| {
        let Some((kind, _)) = tags_in(key, tags) else { return ControlFlow::Continue(()) };
        let seq = key.first_chunk().map_or(0, |seq| u64::from_be_bytes(*seq));
        let read = chunk::each(stored, &mut |change| {
            let made = matches!(change.what, ChangeType::Made { .. });
            if made && change.numbers().any(|num| had.contains(&RecordId::new(kind, num))) {
                steps.insert(seq);
            }
            ControlFlow::Continue(())
        });
        if read.is_none() {
            bad = Some(seq);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    bad.map_or(Ok(steps), |seq| Err(chunks::unreadable(seq)))
}

/// What is to stand in the place of a value; nothing where it stays.
type Rewritten<'r> = dyn FnMut(&[u8], &[u8]) -> Result<Option<Vec<u8>>> + 'r;

/// Goes through all entries whose keys begin so, and puts others in their place.
fn rewrite(txn: &mut dyn Write, space: Space, prefix: &[u8], with: &mut Rewritten<'_>) -> Result<()> {
    let mut after: Option<Vec<u8>> = None;
    loop {
        let (mut changed, mut failed, mut seen) = (Vec::new(), None::<Error>, 0);
        let from = after.take();
        let start = from.as_deref().map_or(Bound::Included(prefix), Bound::Excluded);
        txn.scan(space, KeyRange::between(start, Bound::Unbounded), false, &mut |key, value| {
            if !key.starts_with(prefix) {
                return ControlFlow::Break(());
            }
            match with(key, value) {
                Ok(Some(value)) => changed.push((key.to_vec(), value)),
                Ok(None) => {}
                Err(error) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            seen += 1;
            if seen < BATCH {
                return ControlFlow::Continue(());
            }
            after = Some(key.to_vec());
            ControlFlow::Break(())
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        for (key, value) in &changed {
            txn.put(space, key, value)?;
        }
        if after.is_none() {
            return Ok(());
        }
    }
}

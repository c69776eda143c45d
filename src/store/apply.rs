//! Writing a step: rows, indexes, journal, derived fields and summaries in one transaction.
//!
//! What can be encoded and sorted beforehand is, in [`Encoded`], so that the lock is held for writing only. The state
//! before and after is all that a change is; everything written follows from the difference.

use std::collections::HashSet;

use crate::{
    domain::{
        Instant,
        define::{field, is_definition, numbers},
        derivation_graph::summaries_need_derived,
    },
    error::{Error, Result},
    text::said,
};

use super::{
    arena::{Keys, SortedKeys},
    change::{RecordChange, RecordState, by_kind},
    chunks, cores, dated, derive,
    engine::{EngineError, Entries, Space, Write, WriteTxn},
    forget_field::{ForgottenField, forget_fields},
    journal::{Entry, Residence},
    meta,
    redefine::{recompute_all, redefine},
    row, search,
    step_schemas::{StepIndex, StepSchemas},
    summary::{self, Deltas, RecordFields, Summary},
};

/// A step ready to be written at a known sequence number.
pub struct Encoded {
    schemas: StepSchemas,
    seq: u64,
    entry: Entry,
    clock: u64,
    changes: Vec<RecordChange>,
    removed: Vec<SortedKeys>,
    added: Vec<SortedKeys>,
    chunks: Vec<(Vec<u8>, Vec<u8>)>,
    purge: bool,
    deltas: Deltas,
    search: search::ListChanges,
}

/// The field that a definition record stands for, of those that rows may hold.
fn field_of(schemas: StepSchemas, change: &RecordChange) -> Option<ForgottenField> {
    let before = change.before.as_ref().filter(|_| change.id.kind == field::ID)?;
    // One without a type tells what is otherwise about a field of the program.
    before.record.get(field::TYPE)?;
    let of = before.record.get(field::OF)?;
    let kind = schemas.before.kinds().iter().find(|kind| kind.noun == of).map(|kind| kind.id.byte());
    // A kind of one's own may be in the trash or gone, and another may have its noun; no two fields have one tag.
    let built_in = kind.filter(|byte| !numbers::OWN_KINDS.contains(byte));
    let kinds = built_in.map_or(numbers::OWN_KINDS, |byte| byte..=byte);
    Some(ForgottenField { kinds, tag: numbers::tag(change.id.num)? })
}

impl Encoded {
    /// Encodes and sorts all that follows from the changes alone, by the schema of the reader that they were planned with,
    /// or by those before and after the step. `seq` is the sequence number that the step will have; `purge` forgets what
    /// was instead of keeping it.
    pub fn new(
        schemas: impl Into<StepSchemas>,
        seq: u64,
        entry: Entry,
        mut changes: Vec<RecordChange>,
        purge: bool,
    ) -> Result<Self> {
        let schemas = schemas.into();
        if !changes.is_sorted_by_key(|change| change.id) {
            changes.sort_by_key(|change| change.id);
        }
        let large = changes.len() >= PARALLEL;
        let search = || search::ListChanges::new(schemas, &changes, purge);
        let rest = || Ok::<_, Error>((chunks::of(seq, &changes, purge), summary_deltas(schemas, &changes)?));
        let (search, (indexes, rest)) = both(large, search, || both(large, || index_keys(schemas, &changes), rest));
        let (search, (removed, added), (chunks, deltas)) = (search?, indexes?, rest?);
        let clock = entry.at.unsigned_abs();
        Ok(Self { schemas, seq, entry, clock, changes, removed, added, chunks, purge, deltas, search })
    }

    /// What the machine's clock says, where the step is dated otherwise.
    #[must_use]
    pub fn by_clock(self, clock: Instant) -> Self {
        Self { clock: clock.0.unsigned_abs(), ..self }
    }

    /// What the step changes.
    pub fn changes(&self) -> &[RecordChange] {
        &self.changes
    }

    /// Writes the step. The transaction must have been begun at the sequence before; the caller commits.
    pub fn write(mut self, txn: &mut dyn WriteTxn) -> Result<()> {
        let at = meta::number(txn, meta::SEQ)?;
        if at + 1 != self.seq {
            return Err(Error::conflict(said!(
                "The store changed while the step was being prepared",
                "准备这一步时数据文件已有变化"
            ))
            .hint(said!("try again", "请重试")));
        }
        if self.changes.len() < PARALLEL {
            self.write_records(txn)?;
            write_indexes(&self.removed, &self.added, txn)?;
        } else {
            let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
            let [mut one, mut other] = txn.hands();
            let indexes = move || write_indexes(&removed, &added, &mut *other);
            let (records, indexes) = cores::join(|| self.write_records(&mut *one), indexes);
            records.and(indexes)?;
        }
        if self.changes.iter().any(|change| is_definition(change.id.kind)) {
            redefine(self.schemas, (self.seq, self.clock), &self.changes, txn)?;
        }
        derive::recompute(self.schemas, &self.changes, txn, &mut self.deltas)?;
        write_summaries(txn, &self.deltas)?;
        if !self.schemas.stay() {
            recompute_all(self.schemas, txn)?;
        }
        if self.purge {
            for change in &self.changes {
                chunks::forget(txn, change.id, change.prev)?;
            }
            let fields: Vec<_> = self.changes.iter().filter_map(|change| field_of(self.schemas, change)).collect();
            forget_fields(txn, &fields)?;
        }
        dated::append(txn, self.seq, self.entry)
    }

    /// Writes all that is in no index: what is searched, rows, what the journal keeps of them.
    fn write_records(&mut self, txn: &mut dyn Write) -> Result<()> {
        self.search.write(self.schemas, txn, self.seq, &self.changes)?;
        self.write_rows(txn)?;
        for (key, chunk) in &self.chunks {
            txn.put(Space::Changes, key, chunk)?;
        }
        Ok(())
    }

    fn write_rows(&self, txn: &mut dyn Write) -> Result<()> {
        for (kind, group) in by_kind(&self.changes) {
            let stays = |state: &Option<RecordState>| state.as_ref().is_none_or(|state| state.place == Residence::Live);
            let all_live = group.iter().all(|change| stays(&change.before) && change.live_after().is_some());
            if all_live && group.len() > 1 {
                self.load_rows(group, txn)?;
            } else {
                for change in group {
                    self.write_row(change, txn)?;
                }
            }
            let highest = group.last().map_or(0, |change| change.id.num);
            let counter = meta::counter(kind);
            if meta::number(txn, &counter)? < highest {
                meta::set_number(txn, &counter, highest)?;
            }
        }
        Ok(())
    }

    /// New records, and others that stay in use: their keys ascend, so they go in as one run.
    fn load_rows(&self, group: &[RecordChange], txn: &mut dyn Write) -> Result<()> {
        txn.load(Space::Rows, &mut NewRows { seq: self.seq, rest: group.iter(), key: Vec::new(), value: Vec::new() })?;
        for change in group.iter().filter(|change| change.before.is_none() && change.prev != 0) {
            txn.remove(Space::Gone, &row::key(change.id.kind, change.id.num))?;
        }
        Ok(())
    }

    fn write_row(&self, change: &RecordChange, txn: &mut dyn Write) -> Result<()> {
        let key = row::key(change.id.kind, change.id.num);
        let (from, to) = (change.before.as_ref().map(space_of), change.after.as_ref().map(space_of));
        if let Some(space) = from.filter(|_| from != to) {
            txn.remove(space, &key)?;
        }
        match (&change.after, to) {
            (Some(state), Some(space)) => {
                let mut value = Vec::with_capacity(state.record.row().bytes().len() + 8);
                row::write(&mut value, self.seq, &state.record);
                txn.put(space, &key, &value)?;
                if change.before.is_none() && change.prev != 0 {
                    txn.remove(Space::Gone, &key)?;
                }
            }
            _ => {
                let mut head = Vec::new();
                crate::domain::bytes::put_unsigned(&mut head, self.seq);
                txn.put(Space::Gone, &key, &head)?;
            }
        }
        Ok(())
    }
}

/// Rows, each lent from the same two buffers.
struct NewRows<'c> {
    seq: u64,
    rest: std::slice::Iter<'c, RecordChange>,
    key: Vec<u8>,
    value: Vec<u8>,
}

impl Entries for NewRows<'_> {
    fn next_entry(&mut self) -> Result<Option<(&[u8], &[u8])>, EngineError> {
        let next = self.rest.next().and_then(|change| change.live_after().map(|record| (change.id, record)));
        let Some((id, record)) = next else { return Ok(None) };
        self.key.clear();
        self.value.clear();
        row::put_key(&mut self.key, id.kind, id.num);
        row::write(&mut self.value, self.seq, record);
        Ok(Some((&self.key, &self.value)))
    }
}

const fn space_of(state: &RecordState) -> Space {
    match state.place {
        Residence::Live => Space::Rows,
        Residence::Trash => Space::Trash,
    }
}

/// From this many changes on the indexes are encoded and written on all cores.
const PARALLEL: usize = 2000;

/// Runs both, at the same time where the work is `large`.
fn both<A: Send, B: Send>(large: bool, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    if large { cores::join(one, other) } else { (one(), other()) }
}

/// The keys that each index loses, and those that it gains.
fn index_keys(schemas: StepSchemas, changes: &[RecordChange]) -> Result<(Vec<SortedKeys>, Vec<SortedKeys>)> {
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for (kind, group) in by_kind(changes) {
        let touched = tags_of(group);
        let is_touched = |held: &StepIndex| held.index.fields.iter().any(|def| touched.contains(&def.tag));
        let mut indexes = schemas.kind(kind)?.indexes();
        indexes.retain(|held| !held.index.is_derived() && is_touched(held));
        let encode = |index: &StepIndex| {
            let (mut gone, mut new) = (Keys::of_index(), Keys::of_index());
            index_difference(index, group, &mut gone, &mut new)?;
            Ok((gone.sort(), new.sort()))
        };
        let encoded: Vec<Result<(SortedKeys, SortedKeys)>> =
            if group.len() < PARALLEL { indexes.iter().map(encode).collect() } else { cores::map(&indexes, encode) };
        for encoded in encoded {
            let (gone, new) = encoded?;
            removed.push(gone);
            added.push(new);
        }
    }
    Ok((removed, added))
}

/// What the changes add to the summaries of kinds that need no derived field for it.
fn summary_deltas(schemas: StepSchemas, changes: &[RecordChange]) -> Result<Deltas> {
    let mut deltas = Deltas::new();
    for (kind, group) in by_kind(changes) {
        let kind = schemas.kind(kind)?;
        if kind.any(summaries_need_derived) {
            continue;
        }
        for change in group {
            let (was, is) = (change.live_before(), change.live_after());
            summary::replace(&mut deltas, kind, was.map(RecordFields::stored), is.map(RecordFields::stored))?;
        }
    }
    Ok(deltas)
}

/// The fields in which any of these records differs from what it was; all that a record has where it comes or goes.
fn tags_of(group: &[RecordChange]) -> HashSet<u16> {
    let mut tags = HashSet::new();
    let mut last = Vec::new();
    for change in group {
        // Changes of one step are mostly of the same fields: look closer only where they differ.
        let fields: Vec<u16> = match (change.live_before(), change.live_after()) {
            (Some(before), Some(after)) => before.row().differing(after.row()).map(|(tag, ..)| tag).collect(),
            (record, None) | (None, record) => {
                record.map(|it| it.row().raw_fields().map(|(tag, _)| tag).collect()).unwrap_or_default()
            }
        };
        if fields != last {
            tags.extend(fields.iter().copied());
            last = fields;
        }
    }
    tags
}

fn index_difference(index: &StepIndex, group: &[RecordChange], removed: &mut Keys, added: &mut Keys) -> Result<()> {
    let mut scratch = Vec::new();
    for change in group {
        let sides = (change.live_before(), change.live_after());
        index.difference(change.id.num, sides, &mut scratch, removed, added)?;
    }
    Ok(())
}

fn write_indexes(removed: &[SortedKeys], added: &[SortedKeys], txn: &mut dyn Write) -> Result<()> {
    removed.iter().try_for_each(|keys| keys.remove_from(txn, Space::Index))?;
    added.iter().try_for_each(|keys| keys.put_into(txn, Space::Index))
}

pub(super) fn write_summaries(txn: &mut dyn Write, deltas: &Deltas) -> Result<()> {
    let mut sorted: Vec<_> = deltas.iter().collect();
    sorted.sort_unstable_by_key(|(key, _)| *key);
    for (key, delta) in sorted {
        let held = txn.get(Space::Summary, key)?;
        let mut held = held.and_then(|held| Summary::decode(&held)).unwrap_or_default();
        held.merge(delta);
        match held.encode() {
            Some(value) => txn.put(Space::Summary, key, &value)?,
            None => {
                txn.remove(Space::Summary, key)?;
            }
        }
    }
    Ok(())
}

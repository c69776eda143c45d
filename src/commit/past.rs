//! Taking steps back and doing them again, and forgetting for good.
//!
//! The inverse of a step is read from the journal and is itself a step: what was made is unmade (and kept, for redo),
//! what was changed gets its old values. Only the fields that the step wrote are looked at; a record that nobody else
//! has changed since comes back to the byte, version and times included.

use std::ops::ControlFlow;

use crate::{
    domain::{
        FieldDef, Kind, KindId, RecordId, Row,
        common::{UPDATED, UPDATED_BY, VERSION, is_stamp},
    },
    error::{Error, Failed, Result},
    store::{
        PURGED, Reader, RecordChange, RecordState, Store,
        journal::{Change, ChangeType, Entry, FieldChange, Residence, StepType},
        visit_changes,
    },
    text::said,
};

use super::{
    Prepared, Receipt, actor,
    links::unlinked,
    parts::{along, with_parts},
    prepare::PreparedStep,
    purged::{NotRestored, is_missing, is_purged, names_records, without_missing},
    run, stages,
    whole::{fitting, left_empty, strictly},
};
use crate::commit::Context;

/// Whose steps are taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UndoScope {
    /// The last step of the user who acts.
    Mine,
    /// The last step of this full-screen session.
    Session(String),
}

impl UndoScope {
    fn covers(&self, entry: &Entry, user: u64) -> bool {
        match self {
            Self::Mine => entry.by == user,
            Self::Session(session) => entry.session.as_deref() == Some(session),
        }
    }
}

/// Takes back the last step that still stands.
///
/// # Errors
/// `Failure` where there is none; `Conflict` where something that the step wrote has changed since.
pub fn undo(store: &Store, context: &Context, target: &UndoScope) -> Result<Receipt> {
    let (mut of, mut over_purge) = (None, false);
    let receipt = run(store, context, &mut |reader| {
        let step = find(reader, context, target, Direction::Back)?;
        (of, over_purge) = (Some(step.entry.words), step.over_purge);
        let PreparedStep { changes, remarks } = invert(reader, context, step.seq)?;
        Ok(Prepared { deed: StepType::Undo(step.seq), user: context.user, changes, remarks })
    })?;
    Ok(Receipt { of, over_purge, ..receipt })
}

/// Does the step that was taken back last again.
///
/// # Errors
/// As [`undo`].
pub fn redo(store: &Store, context: &Context, target: &UndoScope) -> Result<Receipt> {
    let mut of = None;
    let receipt = run(store, context, &mut |reader| {
        let JournalStep { seq, entry, .. } = find(reader, context, target, Direction::Forth)?;
        let StepType::Undo(undone) = entry.deed else { return Err(nothing(Direction::Forth)) };
        of = reader.entry(undone)?.map(|entry| entry.words);
        let PreparedStep { changes, remarks } = invert(reader, context, seq)?;
        Ok(Prepared { deed: StepType::Redo(undone), user: context.user, changes, remarks })
    })?;
    Ok(Receipt { of, ..receipt })
}

/// What [`undo`] or [`redo`] would change.
///
/// # Errors
/// As [`undo`].
pub fn preview(store: &Store, context: &Context, target: &UndoScope, way: Direction) -> Result<PreparedStep> {
    let snapshot = store.snapshot()?;
    let reader = snapshot.reader();
    let JournalStep { seq, .. } = find(&reader, context, target, way)?;
    invert(&reader, context, seq)
}

/// Back to before a step, or forth to after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

fn nothing(way: Direction) -> Error {
    match way {
        Direction::Back => Error::failure(said!("There is nothing to undo", "没有可撤销的操作"))
            .hint(said!("crm undo --list shows the steps", "crm undo --list 可查看各步")),
        Direction::Forth => Error::failure(said!("There is nothing to redo", "没有可重做的操作"))
            .hint(said!("crm undo --list shows the steps", "crm undo --list 可查看各步")),
    }
}

/// A step of the journal that is to be inverted.
struct JournalStep {
    seq: u64,
    entry: Entry,
    /// Whether a purge came after it.
    over_purge: bool,
}

/// Walks the journal backwards to the step that comes next: to undo, the last one that stands; to redo, the undoing
/// that no later step has made final.
fn find(reader: &Reader<'_>, context: &Context, target: &UndoScope, way: Direction) -> Result<JournalStep> {
    let user = actor(context)?;
    let (mut settled, mut standing, mut over_purge) = (Vec::new(), Vec::new(), false);
    for seq in (1..=reader.seq()?).rev() {
        let Some(entry) = reader.entry(seq)? else { continue };
        if !target.covers(&entry, user) {
            // What was undone or done again elsewhere is so here too; the latest counts.
            match entry.deed {
                StepType::Undo(of) | StepType::Redo(of) if settled.contains(&of) || standing.contains(&of) => {}
                StepType::Redo(of) if way == Direction::Back => standing.push(of),
                StepType::Undo(of) | StepType::Redo(of) => settled.push(of),
                StepType::Do | StepType::Setup | StepType::Purge => {}
            }
            continue;
        }
        match entry.deed {
            StepType::Setup => {}
            StepType::Purge => over_purge = true,
            StepType::Do | StepType::Undo(_) if entry.words == PURGED && !stands(reader, seq)? => {}
            StepType::Undo(of) if settled.contains(&of) || standing.contains(&of) => {}
            StepType::Undo(_) if way == Direction::Forth => return Ok(JournalStep { seq, entry, over_purge }),
            StepType::Undo(of) | StepType::Redo(of) if way == Direction::Forth => settled.push(of),
            StepType::Undo(of) => settled.push(of),
            // The step done again stands, and it is the step itself whose inverse takes it back.
            StepType::Redo(of) if settled.contains(&of) => {}
            StepType::Redo(of) => {
                let original = reader.entry(of)?.ok_or_else(|| nothing(way))?;
                return Ok(JournalStep { seq: of, entry: original, over_purge });
            }
            StepType::Do if way == Direction::Forth => break,
            StepType::Do if settled.contains(&seq) => {}
            StepType::Do => return Ok(JournalStep { seq, entry, over_purge }),
        }
    }
    Err(nothing(way))
}

/// Whether a step changed any record that has not been purged since.
fn stands(reader: &Reader<'_>, seq: u64) -> Result<bool> {
    let mut stands = Ok(false);
    visit_changes(reader.raw(), seq, &mut |kind, change| {
        let last = match change.what {
            ChangeType::Made { last, .. } => last,
            _ => change.num,
        };
        for num in change.num..=last {
            stands = is_purged(reader, RecordId::new(kind, num)).map(|purged| !purged);
            if !matches!(stands, Ok(false)) {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    stands
}

/// The changes that take a step back; of records that have been purged since, nothing is left to take back.
fn invert(reader: &Reader<'_>, context: &Context, seq: u64) -> Result<PreparedStep> {
    let user = actor(context)?;
    let mut inverse = Inverse { reader, context, user, changes: Vec::new(), left: NotRestored::default() };
    let mut failed = Failed::default();
    visit_changes(reader.raw(), seq, &mut |kind, change| {
        failed.flow(inverse.add(kind, &change).map(ControlFlow::Continue))
    })?;
    failed.end()?;
    let Inverse { mut changes, mut left, .. } = inverse;
    left.links(reader, &mut changes)?;
    unlinked(reader, &changes, Some(seq))?;
    fitting(reader, &changes, &mut strictly)?;
    left_empty(reader, &changes, &mut strictly)?;
    stages::steady(reader, &changes, stages::StepKind::Inverse { of: seq }, &mut strictly)?;
    Ok(PreparedStep { changes, remarks: left.remarks() })
}

struct Inverse<'a> {
    reader: &'a Reader<'a>,
    context: &'a Context,
    user: u64,
    changes: Vec<RecordChange>,
    left: NotRestored,
}

impl Inverse<'_> {
    fn add(&mut self, kind: KindId, change: &Change<'_>) -> Result<()> {
        let id = RecordId::new(kind, change.num);
        match &change.what {
            ChangeType::Made { last, to } => {
                (change.num..=*last).try_for_each(|num| self.unmake(RecordId::new(kind, num), *to))
            }
            ChangeType::Changed { from, to, fields } => self.change_back(id, *from, *to, fields),
            ChangeType::Unmade { from, row } => {
                let prev = self.reader.head(id)?.unwrap_or_default();
                if self.reader.held(id)?.is_some() {
                    return Err(Error::invalid(said!("{id} is there already", "{id} 已存在")));
                }
                let state = RecordState { place: *from, record: crate::domain::Record::from_bytes(row.to_vec()) };
                self.changes.push(RecordChange { id, prev, before: None, after: Some(state) });
                Ok(())
            }
            ChangeType::Purged => Ok(()),
        }
    }

    fn unmake(&mut self, id: RecordId, place: Residence) -> Result<()> {
        let Some(held) = self.reader.held(id)? else {
            return if is_purged(self.reader, id)? { Ok(()) } else { Err(gone_since(id)) };
        };
        if held.place != place {
            return Err(moved_since(id));
        }
        if held.record.get(VERSION).is_some_and(|version| version > 1) {
            let kind = self.reader.schema().kind_of(id)?;
            let field = last_field(self.reader, id, held.head)?;
            return Err(changed_later(id, field.and_then(|tag| kind.ever_by_tag(tag))));
        }
        let before = RecordState { place: held.place, record: held.record };
        self.changes.push(RecordChange { id, prev: held.head, before: Some(before), after: None });
        Ok(())
    }

    fn change_back(&mut self, id: RecordId, from: Residence, to: Residence, fields: &[FieldChange<'_>]) -> Result<()> {
        let kind = self.reader.schema().kind_of(id)?;
        let Some(held) = self.reader.held(id)? else {
            return if is_purged(self.reader, id)? { Ok(()) } else { Err(gone_since(id)) };
        };
        if held.place != to {
            return Err(moved_since(id));
        }
        let row = held.record.row();
        let is_as_left = |field: &FieldChange<'_>| row.raw(field.tag) == field.new.as_deref();
        let untouched = fields.iter().filter(|field| is_stamp(field.tag)).all(is_as_left);
        let mut record = held.record.clone();
        for field in fields.iter().filter(|field| !is_stamp(field.tag)) {
            if is_as_left(field) || self.lost(kind, field, row)? {
                record.set_raw(field.tag, field.old.as_deref());
            } else if untouched {
                // Nobody has changed it: it was left as it was when a later step was taken back.
                record = held.record.clone();
                self.left.keep(id);
                break;
            } else {
                return Err(changed_later(id, kind.ever_by_tag(field.tag)));
            }
        }
        if untouched {
            for field in fields.iter().filter(|field| is_stamp(field.tag)) {
                record.set_raw(field.tag, field.old.as_deref());
            }
        } else if from != to || record != held.record {
            record.set(UPDATED, self.context.now);
            record.set(UPDATED_BY, self.user);
            record.set(VERSION, held.record.get(VERSION).unwrap_or_default() + 1);
        }
        let before = RecordState { place: held.place, record: held.record };
        let after = RecordState { place: from, record };
        self.changes.push(RecordChange { id, prev: held.head, before: Some(before), after: Some(after) });
        Ok(())
    }

    /// Whether a link lacks nothing but records that are missing.
    fn lost(&self, kind: &Kind, field: &FieldChange<'_>, row: Row<'_>) -> Result<bool> {
        let link = kind.field_by_tag(field.tag).filter(|def| names_records(def));
        let Some((link, new)) = link.zip(field.new.as_deref()) else { return Ok(false) };
        let missing = &mut |to| is_missing(self.reader, to);
        let kept = without_missing(link, new, self.reader.schema(), missing)?;
        Ok(kept.is_some_and(|(kept, _)| kept.as_deref() == row.raw(field.tag)))
    }
}

fn gone_since(id: RecordId) -> Error {
    Error::conflict(said!(
        "{id} is gone since, so the step cannot be taken back",
        "{id} 之后已不存在，因此无法撤销这一步"
    ))
    .hint(said!("crm history {id} shows who removed it", "crm history {id} 可查看是谁删除的"))
}

fn moved_since(id: RecordId) -> Error {
    Error::conflict(said!(
        "{id} has been moved to or from the trash since, so the step cannot be taken back",
        "{id} 之后移入或移出过回收站，因此无法撤销这一步"
    ))
    .hint(said!("crm history {id} shows who moved it", "crm history {id} 可查看是谁移动的"))
}

/// `field` is none where this version does not know it.
fn changed_later(id: RecordId, field: Option<&FieldDef>) -> Error {
    Error::conflict(said!(
        "it has been changed since, so the step cannot be taken back",
        "之后已被修改，因此无法撤销这一步"
    ))
    .at(field.map(FieldDef::named).unwrap_or_default())
    .at(id)
    .hint(said!("crm history {id} shows who changed it", "crm history {id} 可查看是谁改的"))
}

/// A field that the last change of a record wrote.
fn last_field(reader: &Reader<'_>, id: RecordId, head: u64) -> Result<Option<u16>> {
    let change = crate::store::find_change(reader.raw(), head, id)?;
    Ok(change.and_then(|change| match change.what {
        ChangeType::Changed { fields, .. } => fields.iter().map(|field| field.tag).find(|tag| !is_stamp(*tag)),
        _ => None,
    }))
}

/// Removes records for good, from wherever they are, and blanks what the journal knows of them. `choose` says what goes,
/// from [`removal`], and may be asked again when the store has moved on.
///
/// # Errors
/// `NotFound` for a record that is not there; what `choose` says.
pub fn purge(
    store: &Store,
    context: &Context,
    choose: &mut dyn FnMut(&Reader<'_>) -> Result<Vec<RecordChange>>,
) -> Result<Receipt> {
    run(store, context, &mut |reader| {
        let changes = choose(reader)?;
        let remarks = along(reader.schema(), &changes).into_iter().collect();
        Ok(Prepared { deed: StepType::Purge, user: context.user, changes, remarks })
    })
}

/// What [`purge`] takes away: these records, and their parts.
///
/// # Errors
/// As [`purge`].
pub fn removal(reader: &Reader<'_>, ids: &[RecordId]) -> Result<Vec<RecordChange>> {
    let ids = with_parts(reader, ids)?;
    let mut changes = Vec::with_capacity(ids.len());
    for id in &ids {
        let kind = reader.schema().kind_of(*id)?;
        let held = reader.held(*id)?;
        let held =
            held.ok_or_else(|| Error::not_found(said!(("There is no {} {id}", kind.noun), ("没有{} {id}", kind.zh))))?;
        let before = RecordState { place: held.place, record: held.record };
        changes.push(RecordChange { id: *id, prev: held.head, before: Some(before), after: None });
    }
    changes.sort_by_key(|change| change.id);
    changes.dedup_by_key(|change| change.id);
    unlinked(reader, &changes, None)?;
    Ok(changes)
}

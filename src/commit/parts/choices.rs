//! The choices of a field, which go to the trash with it, come back with it and are purged with it. They name the field, and
//! a code may have been used twice: by a field that was removed, and by another one after it.

use std::{collections::HashSet, ops::ControlFlow};

use crate::{
    commit::staged::Staged,
    domain::{
        Lookup, Record, RecordId,
        define::{choice, field},
    },
    error::Result,
    store::{Reader, RecordChange, RecordState, journal::Residence},
};

use super::Parts;

/// What a field that a record defines is called. One that only says what is otherwise about a field of the program has no
/// choices of its own.
fn offering(id: RecordId, record: &Record) -> Option<&str> {
    record.get(field::NAME).filter(|_| id.kind == field::ID && field::is_own(record))
}

fn is_of(record: &Record, name: &str) -> bool {
    record.get(choice::FIELD) == Some(name)
}

impl Parts<'_> {
    /// The choices in use of a field.
    pub(super) fn choices_in_use(&self, staged: &Staged<'_>, of: RecordId) -> Result<Vec<RecordId>> {
        let mut found = Vec::new();
        if of.kind != field::ID {
            return Ok(found);
        }
        let Some(record) = staged.record(of)? else { return Ok(found) };
        let Some(name) = offering(of, &record) else { return Ok(found) };
        staged.each(choice::ID, &mut |num, record| {
            found.extend(is_of(record, name).then(|| RecordId::new(choice::ID, num)));
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// The choices in the trash of a field that the step moved there which moved the field there.
    pub(super) fn choices_gone_with(&self, staged: &Staged<'_>, of: &RecordChange) -> Result<Vec<RecordId>> {
        let name = of.before.as_ref().and_then(|before| offering(of.id, &before.record));
        let Some(name) = name else { return Ok(Vec::new()) };
        let mut held = trashed_choices(&self.reader, name)?;
        staged.each_change(&mut |change| {
            let now = change.after.as_ref().filter(|after| after.place == Residence::Trash);
            let now = now.is_some_and(|after| change.id.kind == choice::ID && is_of(&after.record, name));
            held.extend((now && !held.contains(&change.id)).then_some(change.id));
            Ok(())
        })?;
        let (step, mut found) = (self.moved_by(of)?, Vec::new());
        for id in held {
            let Some(change) = staged.change_of(id)? else { continue };
            let in_trash = change.after.as_ref().is_some_and(|after| after.place == Residence::Trash);
            if in_trash && self.moved_by(&change)? == step {
                found.push(id);
            }
        }
        Ok(found)
    }

    /// All choices of a field, those in the trash too; of a code that another field has as well, those that are surely its own.
    pub(super) fn choices(&self, of: RecordId) -> Result<Vec<RecordId>> {
        if of.kind != field::ID {
            return Ok(Vec::new());
        }
        let Some(field) = self.held(of)? else { return Ok(Vec::new()) };
        let record = field.before.as_ref().map(|before| (before.place, &before.record));
        let Some((place, name)) = record.and_then(|(place, record)| Some((place, offering(of, record)?))) else {
            return Ok(Vec::new());
        };
        let (alone, mut found) = (self.is_alone(of, name)?, Vec::new());
        if alone || place == Residence::Live {
            self.reader.each(choice::ID, &mut |num, record| {
                found.extend(is_of(record, name).then(|| RecordId::new(choice::ID, num)));
                ControlFlow::Continue(())
            })?;
        }
        let step = self.moved_by(&field)?;
        for id in trashed_choices(&self.reader, name)? {
            let Some(choice) = self.held(id)? else { continue };
            if alone || place == Residence::Trash && self.moved_by(&choice)? == step {
                found.push(id);
            }
        }
        Ok(found)
    }

    /// Whether no other field of one's own has its name, in use or in the trash.
    fn is_alone(&self, of: RecordId, name: &str) -> Result<bool> {
        let mut others = HashSet::new();
        for place in [Residence::Live, Residence::Trash] {
            self.reader.rows_in(place, field::ID, (0, u64::MAX), false, &mut |num, row| {
                others.extend((num != of.num && row.get(field::NAME) == Some(name)).then_some(num));
                ControlFlow::Continue(())
            })?;
        }
        Ok(others.is_empty())
    }

    /// A record that goes for good.
    fn held(&self, id: RecordId) -> Result<Option<RecordChange>> {
        Ok(self.reader.held(id)?.map(|held| RecordChange {
            id,
            prev: held.head,
            before: Some(RecordState { place: held.place, record: held.record }),
            after: None,
        }))
    }
}

fn trashed_choices(reader: &Reader<'_>, name: &str) -> Result<Vec<RecordId>> {
    let mut found = Vec::new();
    reader.trashed(choice::ID, &mut |num, row| {
        found.extend((row.get(choice::FIELD) == Some(name)).then(|| RecordId::new(choice::ID, num)));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

//! What a rule sees and may do: the draft of one record, and the context of the step.
//!
//! Rules run in `ops/commit.rs` on every change of every path; nothing that changes a record goes around them.

use std::cell::RefCell;

use chrono::{NaiveDate, Weekday};

use super::{
    Instant, Record, RecordId, Value, common,
    field::{Field, FieldDef, Marker},
    language::Language,
    lookup::Lookup,
    types::Link,
    words::money::Currency,
};
use crate::{
    error::{Error, ErrorLocation, Result},
    text::{Said, said},
};

/// How long a ticket may wait, by priority (low, normal, high, urgent), in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceLevels {
    /// Until the first response.
    pub response: [i64; 4],
    /// Until it is resolved.
    pub resolution: [i64; 4],
}

const HOUR: i64 = 3600;

impl Default for ServiceLevels {
    fn default() -> Self {
        Self {
            response: [24 * HOUR, 8 * HOUR, 4 * HOUR, HOUR],
            resolution: [7 * 24 * HOUR, 3 * 24 * HOUR, 24 * HOUR, 8 * HOUR],
        }
    }
}

/// What a team has agreed on and rules depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The currency of a bare number.
    pub currency: Currency,
    /// The first day of the week.
    pub week_start: Weekday,
    /// How fast tickets are to be answered and resolved.
    pub service: ServiceLevels,
}

/// The step that a change is part of.
pub struct RuleContext<'a> {
    /// The instant of the step.
    pub now: Instant,
    /// The zone in which a date is a day.
    pub tz: chrono_tz::Tz,
    /// The number of the user who acts.
    pub user: u64,
    /// Whether records come from a file: their own dates and owners stand.
    pub import: bool,
    /// Whether the change follows from that of another record, and is asked for by its rules.
    pub follows: bool,
    /// What the team has agreed on.
    pub settings: &'a Settings,
    /// The store, with the changes of this step so far.
    pub lookup: &'a dyn Lookup,
    /// The filter language.
    pub language: &'a dyn Language,
    /// What else must happen in the same step.
    pub effects: &'a RefCell<Vec<Effect>>,
}

/// Something that follows from a change and happens in the same step, by the same rules.
#[derive(Debug)]
pub enum Effect {
    /// A new record of the kind of this one, which comes after it; the person is told its id.
    Follow(RecordId, Record),
    /// Fields of another record.
    Set(RecordId, Vec<(u16, Option<Value>)>),
    /// Another record to the trash, unless it is there already.
    Trash(RecordId),
    /// Another record back from the trash, by its rules, unless it is in use.
    Restore(RecordId),
    /// Something that the person should know: the rule has done otherwise than was said.
    Remark(Said),
}

impl RuleContext<'_> {
    /// The day of the step.
    pub fn today(&self) -> NaiveDate {
        self.now.day(self.tz)
    }

    /// Asks for something that follows.
    pub fn then(&self, effect: Effect) {
        self.effects.borrow_mut().push(effect);
    }

    /// The record that a link of a draft points to; an error where there is none.
    pub fn target(&self, id: RecordId) -> Result<Record> {
        self.lookup.record(id)?.ok_or_else(|| Error::not_found(said!("There is no record {id}", "没有记录 {id}")))
    }
}

/// Where the record of a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// In use.
    InUse,
    /// On its way back from the trash, as it went there: others may have come to have what only one can have.
    ComesBack,
    /// In the trash: it takes nothing from those in use.
    Trashed,
}

/// A record about to be written, with what it was before.
pub struct Draft<'a> {
    /// The record.
    pub id: RecordId,
    /// The fields of its kind, without those that all kinds share.
    pub fields: &'static [FieldDef],
    /// What it was; `None` for a new one.
    pub old: Option<&'a Record>,
    /// What it is to be.
    pub new: Record,
    /// The fields that the step itself names: rules do not second-guess them.
    pub given: &'a [u16],
    /// Where the record is.
    pub presence: Presence,
}

impl Draft<'_> {
    /// Whether the record is being made.
    pub const fn is_new(&self) -> bool {
        self.old.is_none()
    }

    /// The field that an error is about.
    pub fn place(&self, code: &str) -> ErrorLocation {
        let named = self.fields.iter().chain(common::FIELDS).find(|def| def.code == code);
        let named = named.map_or_else(|| ErrorLocation::field(code, code), FieldDef::named);
        place(self.old.map(|_| self.id), named)
    }

    /// The value that the draft has.
    pub fn get<M: Marker>(&self, field: Field<M>) -> Option<M::Out<'_>> {
        self.new.get(field)
    }

    /// The value that the record had.
    pub fn old<M: Marker>(&self, field: Field<M>) -> Option<M::Out<'_>> {
        self.old.and_then(|old| old.get(field))
    }

    /// Whether the field differs from what it was; for a new record, whether it is set.
    pub fn changed<M: Marker>(&self, field: Field<M>) -> bool {
        self.new.row().raw(field.tag()) != self.old.and_then(|old| old.row().raw(field.tag()))
    }

    /// Whether the field is to be looked at as if it were new: it differs, or the record comes back with it.
    pub fn takes<M: Marker>(&self, field: Field<M>) -> bool {
        self.changed(field) || self.presence == Presence::ComesBack
    }

    /// Whether the step names the field itself.
    pub fn given<M: Marker>(&self, field: Field<M>) -> bool {
        self.given.contains(&field.tag())
    }

    /// Sets a field.
    pub fn set<M: Marker>(&mut self, field: Field<M>, input: M::In) {
        self.new.set(field, input);
    }

    /// Sets a field, or clears it.
    pub fn put<M: Marker>(&mut self, field: Field<M>, input: Option<M::In>) {
        self.new.put(field, input);
    }

    /// Sets a field unless the step names it or it has a value.
    pub fn default<M: Marker>(&mut self, field: Field<M>, input: M::In) {
        if !self.given(field) && !self.new.row().has(field) {
            self.new.set(field, input);
        }
    }

    /// Sets a field unless it has a value; nobody may empty it, for no list would have the record.
    ///
    /// # Errors
    /// `Invalid` where the step empties it.
    pub fn always<M: Marker>(&mut self, field: Field<M>, input: M::In) -> Result<()> {
        self.default(field, input);
        if self.new.row().has(field) {
            return Ok(());
        }
        Err(self.empty(&field.def()))
    }

    /// The error for a field that has to have a value.
    pub fn empty(&self, def: &FieldDef) -> Error {
        let error = invalid(self, def.code, said!("it cannot be empty", "不能为空"));
        error.hint(said!(("write {}=...", def.code), ("请写 {}=…", def.zh)))
    }

    /// Clears a field unless the step names it.
    pub fn reset<M: Marker>(&mut self, field: Field<M>) {
        if !self.given(field) {
            self.new.clear(field);
        }
    }

    /// Clears a field that the program keeps.
    pub fn clear_kept<M: Marker>(&mut self, field: Field<M>) {
        self.new.clear(field);
    }

    /// Takes the same field of a linked record where this one has none.
    pub fn inherit<M: Marker>(&mut self, field: Field<M>, from: &Record, theirs: &FieldDef) {
        if !self.given(field) && !self.new.row().has(field) {
            self.new.set_raw(field.tag(), from.row().raw(theirs.tag));
        }
    }
}

/// The field that an error is about: `C-9 name`, or of a new record `name`, for its id means nothing to anybody yet.
pub fn place(id: Option<RecordId>, field: ErrorLocation) -> ErrorLocation {
    id.map(ErrorLocation::from).unwrap_or_default().then(field)
}

impl Draft<'_> {
    /// Takes links from the record that a link points to, where the link is new and this record has none of its own:
    /// the customer of its contact, the contact of its deal. A link that was itself taken over may lead to the trash,
    /// where nothing is taken from.
    pub fn inherit_from(
        &mut self,
        context: &RuleContext<'_>,
        link: Field<Link>,
        theirs: &[(Field<Link>, Field<Link>)],
    ) -> Result<()> {
        let def = link.def();
        let Some(num) = self.get(link).filter(|_| self.changed(link)) else { return Ok(()) };
        let Some(kind) = context.lookup.kinds().target(&def) else { return Ok(()) };
        let Some(target) = context.lookup.record(RecordId::new(kind, num))? else { return Ok(()) };
        for (ours, theirs) in theirs {
            self.inherit(*ours, &target, &theirs.def());
        }
        Ok(())
    }
}

/// An error that names the field it is about.
pub fn invalid(draft: &Draft<'_>, code: &str, what: Said) -> Error {
    Error::invalid(what).at(draft.place(code))
}

/// The owner of a new record is the person who adds it; a file names its own.
pub fn owned_by_adder(draft: &mut Draft<'_>, context: &RuleContext<'_>, owner: Field<Link>) {
    if draft.is_new() && !context.import {
        draft.default(owner, context.user);
    }
}

//! From a plan to changes: assignments, stamps, rules and checks, and whatever follows from them.

mod place;

use std::{
    cell::RefCell,
    collections::{HashSet, VecDeque},
    rc::Rc,
};

use crate::{
    domain::{
        Draft, FieldDef, Kind, Record, RecordId, Value, assign,
        common::{CREATED, CREATED_BY, UPDATED, UPDATED_BY, VERSION, is_stamp},
        rules::{Effect, Presence, RuleContext},
    },
    error::{Error, Result},
    store::{Reader, RecordChange, RecordState, journal::Residence},
    text::{Said, n_before, said},
};

use super::{
    actor, ahead,
    based_on::{by_whom, changed_since},
    check, currency, defaults,
    language::StepLanguage,
    parts::{self, Parts},
    remarks::{Remarks, idle_owners},
    staged::Staged,
    stages,
    whole::{fitting, left_empty},
};
use crate::{
    commit::{Assign, Assignment, Context, Edit, WritePlan, skipped::is_of_a_record},
    query::trash::in_the_trash,
};

/// So many effects may follow from one step; more means that rules call each other in a circle.
const EFFECTS: usize = if cfg!(test) { 2000 } else { 1_000_000 };

/// What a step changes, and what the person should know about it.
#[derive(Debug, Default)]
pub struct PreparedStep {
    /// The changes.
    pub changes: Vec<RecordChange>,
    /// Remarks, each once.
    pub remarks: Vec<Said>,
}

/// What a plan changes, by the rules, on top of what the reader sees. Records that stay as they are are left out.
///
/// # Errors
/// What a rule refuses, a record that does not exist, a conflict with a later version.
pub fn prepare(reader: &Reader<'_>, context: &Context, plan: WritePlan) -> Result<PreparedStep> {
    let (edits, mut counters) = plan.split();
    let left_out = counters.left_out.take();
    let staged = Staged::new(*reader, edits.len(), std::mem::take(&mut counters.coming));
    let effects = RefCell::new(Vec::new());
    let import = counters.import;
    let parts = Parts::new(*reader);
    let step =
        StepPreparer { context, reader, staged: &staged, effects: &effects, user: actor(context)?, import, parts };
    let (mut followed, mut remarks) = (0, Remarks::default());
    let mut chains = check::Chains::default();
    std::mem::take(&mut counters.remarks).into_iter().for_each(|remark| remarks.add(remark));
    ahead::each(reader, &staged, edits, &mut |edit| {
        let Some(left_out) = &left_out else { return step.whole(edit, &mut counters, &mut followed, &mut remarks) };
        let (id, before) = (edit.id(), counters.clone());
        staged.mark();
        remarks.mark(id);
        let done = step
            .whole(edit, &mut counters, &mut followed, &mut remarks)
            .and_then(|()| check::acyclic_since(&staged, &mut chains));
        if left_out.keep(Some(id.to_string()), done)?.is_none() {
            staged.back();
            remarks.back();
            effects.take();
            counters = before;
        }
        Ok(())
    })?;
    remarks.end();
    check::acyclic(&staged, import)?;
    let mut changes = staged.into_changes();
    changes.retain(|change| change.before != change.after);
    // One that the step makes cannot be left out any more: others may link to it.
    let made: HashSet<RecordId> = match &left_out {
        Some(_) => changes.iter().filter(|change| change.before.is_none()).map(|change| change.id).collect(),
        None => HashSet::new(),
    };
    let mut some_left_out = false;
    loop {
        let mut refused = HashSet::new();
        let mut refuse = |id: RecordId, error: Error| match &left_out {
            Some(left_out) if is_of_a_record(&error) && !made.contains(&id) => {
                if refused.insert(id) {
                    left_out.add(Some(id.to_string()), error);
                }
                Ok(())
            }
            _ => Err(error),
        };
        // What the step makes may hang on what does not come back after all.
        let comes_back = |change: &RecordChange| change.before.is_some() && change.live_before().is_none();
        if some_left_out || changes.iter().any(comes_back) {
            fitting(reader, &changes, &mut refuse)?;
        }
        left_empty(reader, &changes, &mut refuse)?;
        stages::steady(reader, &changes, stages::StepKind::Change, &mut refuse)?;
        if refused.is_empty() {
            idle_owners(reader, &changes, &mut remarks)?;
            parts::along(reader.schema(), &changes).into_iter().for_each(|remark| remarks.add(remark));
            return Ok(PreparedStep { remarks: remarks.into_list(), changes });
        }
        if let Some(left_out) = &left_out {
            parts::stay(reader.schema(), &changes, &mut refused, left_out);
        }
        // Without them others may not fit any more.
        remarks.without(&refused);
        changes.retain(|change| !refused.contains(&change.id));
        some_left_out = true;
    }
}

fn assignments(id: RecordId, kind: &'static Kind, fields: Vec<(u16, Option<Value>)>) -> Result<Rc<[Assignment]>> {
    let fields = fields.into_iter().map(|(tag, value)| {
        let assign = value.map_or(Assign::Clear, Assign::Set);
        kind.field_by_tag(tag).map(|def| (def, assign)).ok_or_else(|| foreign(id, kind, &tag.to_string()))
    });
    fields.collect()
}

/// An assignment to a field that the kind does not have, and that would end up in whichever field has its number.
fn foreign(id: RecordId, kind: &Kind, field: &str) -> Error {
    Error::failure(said!(
        ("{id}: a{} {} has no field {field}", n_before(kind.noun), kind.noun),
        ("{id}：{}没有字段 {field}", kind.zh)
    ))
    .hint(said!("this is a fault of crm; nothing was changed", "这是 crm 的错误；未作任何更改"))
}

/// Who asks for an edit: a person may not set what only the program keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    User,
    Rule,
}

struct StepPreparer<'a> {
    context: &'a Context,
    reader: &'a Reader<'a>,
    staged: &'a Staged<'a>,
    effects: &'a RefCell<Vec<Effect>>,
    user: u64,
    import: bool,
    parts: Parts<'a>,
}

impl StepPreparer<'_> {
    /// An edit, and what follows from it by the rules.
    fn whole(&self, edit: Edit, counters: &mut WritePlan, followed: &mut usize, remarks: &mut Remarks) -> Result<()> {
        self.edit(edit, Origin::User)?;
        let mut queue: VecDeque<Effect> = self.effects.take().into();
        while let Some(effect) = queue.pop_front() {
            *followed += 1;
            if *followed > EFFECTS {
                return Err(Error::failure(said!(
                    "The rules of this step do not come to an end",
                    "这一步的规则无法执行完"
                )));
            }
            let edit = match effect {
                Effect::Follow(done, record) => {
                    let id = counters.next_id(self.reader, done.kind)?;
                    remarks.add(said!("{done} comes again as {id}", "{done} 的下一次是 {id}"));
                    Edit::Add { id, record, blank: Box::default(), inherited: Box::default(), trashed: false }
                }
                Effect::Remark(remark) => {
                    remarks.add(remark);
                    continue;
                }
                Effect::Trash(id) => Edit::Trash(id),
                Effect::Restore(id) => Edit::Restore(id),
                Effect::Set(id, fields) => {
                    Edit::Set { id, fields: assignments(id, self.kind_of(id)?, fields)?, based_on: None }
                }
            };
            self.edit(edit, Origin::Rule)?;
            queue.extend(self.effects.take());
        }
        Ok(())
    }

    fn edit(&self, edit: Edit, origin: Origin) -> Result<()> {
        match edit {
            Edit::Add { id, record, blank, inherited, trashed } => {
                let presence = if trashed { Presence::Trashed } else { Presence::InUse };
                let added = self.add(id, record, (&blank, &inherited), (origin, presence));
                // Whoever imports knows the line of the row that would have become this record.
                if self.import { added.map_err(|error| error.at(id)) } else { added }
            }
            Edit::Set { id, fields, based_on } => self.set(id, &fields, based_on, origin),
            Edit::Trash(id) => self.place(id, Residence::Trash, origin),
            Edit::Restore(id) => self.place(id, Residence::Live, origin),
        }
    }

    fn add(
        &self,
        id: RecordId,
        record: Record,
        (blank, inherited): (&[u16], &[u16]),
        (origin, presence): (Origin, Presence),
    ) -> Result<()> {
        let kind = self.kind_of(id)?;
        let mut given: Vec<u16> = record.row().raw_fields().map(|(tag, _)| tag).collect();
        let typed: Vec<u16> = match origin {
            Origin::User => given.iter().copied().filter(|tag| !inherited.contains(tag)).collect(),
            Origin::Rule => Vec::new(),
        };
        if origin == Origin::User {
            for def in given.iter().filter_map(|tag| kind.field_by_tag(*tag)) {
                check::settable(None, kind, def, self.import)?;
            }
        }
        given.extend_from_slice(blank);
        let mut draft = Draft { id, fields: kind.fields, old: None, new: record, given: &given, presence };
        draft.default(CREATED, self.context.now);
        draft.default(CREATED_BY, self.user);
        draft.set(UPDATED, self.context.now);
        draft.set(UPDATED_BY, self.user);
        draft.set(VERSION, 1);
        defaults::fill(&mut draft, kind, self.context, (self.reader, self.staged))?;
        self.rule(&mut draft, kind, &typed, origin)?;
        let after = RecordState::live(draft.new);
        self.staged.put(RecordChange { id, prev: 0, before: None, after: Some(after) });
        Ok(())
    }

    fn set(&self, id: RecordId, fields: &[Assignment], based_on: Option<i64>, origin: Origin) -> Result<()> {
        let kind = self.kind_of(id)?;
        let (change, state) = self.held(id, kind)?;
        // People do not edit a record in the trash. Rules do, so that what they maintain is right when it is restored, and so
        // does an import of a file that contains the record.
        let acts = origin == Origin::User && !self.import;
        if acts && state.place == Residence::Trash && !self.takes_lost_links(&state.record, fields)? {
            return Err(in_the_trash(id));
        }
        if let Some(version) = based_on {
            self.conflict(id, kind, fields, version)?;
        }
        let mut new = state.record.clone();
        let mut given = Vec::with_capacity(fields.len());
        for (def, assign) in fields {
            if kind.field_by_tag(def.tag) != Some(*def) {
                return Err(foreign(id, kind, def.code));
            }
            if origin == Origin::User {
                check::settable(Some(id), kind, def, self.import)?;
            }
            let value = self.assigned(id, &new, def, assign).map_err(|error| error.at(id))?;
            if origin == Origin::User && def.ty.has_currency() {
                let (before, default) = (new.row().value(def), self.context.settings.currency);
                let remark = currency::changed((def, assign), before, default, self.import);
                self.effects.borrow_mut().extend(remark.map(Effect::Remark));
            }
            new.set_value(def.tag, value.as_ref());
            given.push(def.tag);
        }
        let presence = if state.place == Residence::Live { Presence::InUse } else { Presence::Trashed };
        let mut draft = Draft { id, fields: kind.fields, old: Some(&state.record), new, given: &given, presence };
        let typed: &[u16] = if origin == Origin::User { &given } else { &[] };
        // What a rule writes into the trash is kept up and no more. What somebody writes goes through the rules of the kind,
        // wherever the record is.
        if presence == Presence::InUse || origin == Origin::User {
            self.rule(&mut draft, kind, typed, origin)?;
        } else {
            check::record(&draft, kind, self.staged, typed)?;
        }
        let new = draft.new;
        self.put(change, RecordState { place: state.place, record: new });
        Ok(())
    }

    /// Whether all that is said takes links away that lead to no record any more: without that it could not come back.
    fn takes_lost_links(&self, record: &Record, fields: &[Assignment]) -> Result<bool> {
        for (def, assign) in fields {
            let to: Vec<u64> = record.row().links(def).collect();
            let (Assign::Clear, Some(target)) = (assign, self.reader.schema().target(def)) else { return Ok(false) };
            for num in &to {
                if self.reader.held(RecordId::new(target.id, *num))?.is_some() {
                    return Ok(false);
                }
            }
            if to.is_empty() {
                return Ok(false);
            }
        }
        Ok(!fields.is_empty())
    }

    fn kind_of(&self, id: RecordId) -> Result<&'static Kind> {
        self.reader.schema().kind_of(id)
    }

    fn held(&self, id: RecordId, kind: &Kind) -> Result<(RecordChange, RecordState)> {
        let change = self.staged.change_of(id)?;
        let found = change.and_then(|change| change.after.clone().map(|state| (change, state)));
        found.ok_or_else(|| {
            Error::not_found(said!(("There is no {} {id}", kind.noun), ("没有{} {id}", kind.zh))).hint(said!(
                "crm {} list shows them",
                "crm {} list 可查看",
                kind.noun
            ))
        })
    }

    fn rule(&self, draft: &mut Draft<'_>, kind: &'static Kind, typed: &[u16], origin: Origin) -> Result<()> {
        let language = StepLanguage { asking: self.context.asking(*self.reader), import: self.import };
        let context = RuleContext {
            now: self.context.now,
            tz: self.context.tz,
            user: self.user,
            import: self.import,
            follows: origin == Origin::Rule,
            settings: &self.context.settings,
            lookup: self.staged,
            language: &language,
            effects: self.effects,
        };
        (kind.rules)(draft, &context)?;
        if draft.presence == Presence::Trashed {
            // What is in the trash changes nothing else.
            self.effects.borrow_mut().retain(|effect| matches!(effect, Effect::Remark(_)));
        }
        check::record(draft, kind, self.staged, typed)?;
        // A file tells of what has been, also of what is in the trash.
        if self.import { Ok(()) } else { check::leads_on(draft, kind, self.staged, typed) }
    }

    /// Stages a record's new state, stamped; one that comes out as it was leaves no trace.
    fn put(&self, change: RecordChange, mut after: RecordState) {
        let original = change.before.as_ref();
        let differs = original.is_none_or(|before| {
            before.place != after.place
                || before.record.row().differing(after.record.row()).any(|(tag, ..)| !is_stamp(tag))
        });
        match original {
            Some(before) if differs => {
                after.record.set(UPDATED, self.context.now);
                after.record.set(UPDATED_BY, self.user);
                after.record.set(VERSION, before.record.get(VERSION).unwrap_or_default() + 1);
            }
            Some(before) => after = before.clone(),
            None => {}
        }
        self.staged.put(RecordChange { after: Some(after), ..change });
    }

    /// Refuses an edit begun on an older version if a field that it writes has changed since.
    fn conflict(&self, id: RecordId, kind: &Kind, fields: &[Assignment], based_on: i64) -> Result<()> {
        let written = &mut fields.iter().map(|(def, _)| *def);
        let Some((def, step)) = changed_since(self.reader, id, based_on, written)? else { return Ok(()) };
        let what = by_whom(self.reader, self.context.lang, step, Some(self.user))?;
        let hint = said!("look at it again: crm {} show {id}", "请再看一下：crm {} show {id}", kind.noun);
        Err(Error::conflict(what).at(def.named()).at(id).hint(hint))
    }

    /// The value that an assignment leaves.
    fn assigned(&self, id: RecordId, record: &Record, def: &FieldDef, assign: &Assign) -> Result<Option<Value>> {
        let clock = self.context.day_clock();
        match assign {
            Assign::Set(value) => Ok(Some(value.clone())),
            Assign::Clear => Ok(None),
            Assign::Numbers(label, new) => Ok(assign::numbers(record.row().value(def), *label, new.as_ref())),
            Assign::Add(operand) => assign::add(def, record.row().value(def), operand.clone(), clock),
            Assign::Remove(operand) => assign::remove(def, record.row().value(def), operand.clone(), clock),
            Assign::Compute(formula) => formula.value(def, id, self.context, self.reader),
        }
    }
}

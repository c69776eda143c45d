//! What the person should know about a step that is written all the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    domain::{Kind, KindId, Lookup, Record, RecordId, bytes, field::FieldDef, user},
    error::Result,
    store::{Reader, RecordChange},
    text::{Said, counted, said},
};

/// So many remarks are listed; of more, only the number is said.
const LISTED: usize = 20;

/// Remarks in the making.
#[derive(Default)]
pub(super) struct Remarks {
    list: Vec<Remark>,
    /// Where each stands in the list, by its words.
    seen: HashMap<String, usize>,
    /// How many were there at the last mark, and those before it that an edit since then has said too.
    since: (usize, Vec<usize>),
    /// The record whose edit is being made, where it may be left out.
    of: Option<RecordId>,
}

/// A remark, and the records whose edits have said it; empty where it does not hang on records.
struct Remark {
    said: Said,
    of: Vec<RecordId>,
}

impl Remarks {
    /// Adds a remark, once.
    pub(super) fn add(&mut self, remark: Said) {
        let said = remark.both().0;
        match self.seen.get(said) {
            None => {
                self.seen.insert(said.to_owned(), self.list.len());
                self.list.push(Remark { said: remark, of: self.of.into_iter().collect() });
            }
            Some(at) => {
                let of = &mut self.list[*at].of;
                if let Some(id) = self.of.filter(|id| !of.is_empty() && of.last() != Some(id)) {
                    of.push(id);
                    self.since.1.push(*at);
                }
            }
        }
    }

    /// Remembers how things stand, for [`Remarks::back`]; what follows is said by the edit of a record.
    pub(super) fn mark(&mut self, of: RecordId) {
        self.since = (self.list.len(), Vec::new());
        self.of = Some(of);
    }

    /// Ends what [`Remarks::mark`] began: what follows is about the whole step.
    pub(super) fn end(&mut self) {
        self.of = None;
    }

    /// Takes back what was added since the last mark.
    pub(super) fn back(&mut self) {
        let (before, again) = std::mem::take(&mut self.since);
        for remark in self.list.drain(before..) {
            self.seen.remove(remark.said.both().0);
        }
        for at in again.into_iter().filter(|at| *at < before) {
            self.list[at].of.pop();
        }
    }

    /// Takes back what only edits of these records have said: they are left out.
    pub(super) fn without(&mut self, refused: &HashSet<RecordId>) {
        self.list.retain(|remark| remark.of.is_empty() || remark.of.iter().any(|id| !refused.contains(id)));
        self.list.iter_mut().for_each(|remark| remark.of.retain(|id| !refused.contains(id)));
        let places = self.list.iter().enumerate().map(|(at, remark)| (remark.said.both().0.to_owned(), at));
        self.seen = places.collect();
    }

    /// The first of them, and how many there are more.
    pub(super) fn into_list(self) -> Vec<Said> {
        let more = self.list.len().saturating_sub(LISTED);
        let mut list: Vec<Said> = self.list.into_iter().take(LISTED).map(|remark| remark.said).collect();
        if more > 0 {
            list.push(said!(("and {}", counted(more as u64, "more remark")), ("另有 {more} 条提示")));
        }
        list
    }
}

/// The field of a kind that says whose work a record is.
fn owner_of(kind: &'static Kind) -> Option<&'static FieldDef> {
    kind.fields.iter().find(|def| def.code == "owner" && def.target == Some(user::KIND.noun))
}

/// Says which users get work although they no longer do any: the records are theirs all the same.
pub(super) fn idle_owners(reader: &Reader<'_>, changes: &[RecordChange], remarks: &mut Remarks) -> Result<()> {
    let mut given: BTreeMap<u64, (RecordId, u64)> = BTreeMap::new();
    let owners: Vec<(KindId, Option<u16>)> =
        reader.schema().kinds().iter().map(|kind| (kind.id, owner_of(kind).map(|def| def.tag))).collect();
    let mut users = HashMap::new();
    for change in changes {
        if change.id.kind == user::ID {
            users.insert(change.id.num, change);
        }
        let Some(after) = change.live_after() else { continue };
        let Some(tag) = owners.iter().find(|(kind, _)| *kind == change.id.kind).and_then(|(_, tag)| *tag) else {
            continue;
        };
        let owner = after.row().raw(tag);
        let had = change.live_before().and_then(|before| before.row().raw(tag));
        if let Some(owner) = owner.filter(|_| owner != had).and_then(bytes::unsigned) {
            given.entry(owner).or_insert((change.id, 0)).1 += 1;
        }
    }
    for (num, (first, count)) in given {
        let id = RecordId::new(user::ID, num);
        let person = match users.get(&num) {
            Some(change) => change.live_after().cloned(),
            None => reader.record(id)?,
        };
        let called = |person: &'_ Record| person.get(user::NAME).or(person.get(user::LOGIN)).map(str::to_owned);
        let name = person.as_ref().and_then(called).map(|name| crate::text::scrub(&name).into_owned());
        let name = name.unwrap_or_default();
        let what = if count == 1 { Said::same(first.to_string()) } else { many(count) };
        let (en, zh) = what.both();
        match person.as_ref().map(|person| person.get(user::ACTIVE)) {
            Some(Some(false)) => remarks.add(said!(
                "{name} ({id}) is not active any more, and now has {en}",
                "{name}（{id}）已停用，但分到了 {zh}"
            )),
            None => remarks.add(said!("{id} is in the trash, and now has {en}", "{id} 在回收站中，但分到了 {zh}")),
            Some(_) => {}
        }
    }
    Ok(())
}

fn many(count: u64) -> Said {
    said!(("{}", counted(count, "more record")), ("{count} 条记录"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Record, customer},
        store::{RecordState, Store},
    };

    #[test]
    fn remarks_go_with_the_edit_that_is_taken_back() {
        let mut remarks = Remarks::default();
        remarks.add(Said::same("kept".to_owned()));
        remarks.mark(RecordId::new(customer::ID, 1));
        (0..30).for_each(|n| remarks.add(Said::same(format!("left out {n}"))));
        remarks.back();
        remarks.mark(RecordId::new(customer::ID, 2));
        remarks.add(Said::same("left out 3".to_owned()));
        let said: Vec<_> = remarks.into_list().iter().map(|said| said.both().0.to_owned()).collect();
        assert_eq!(said, ["kept", "left out 3"], "and it can be said again");
    }

    #[test]
    fn remarks_go_with_the_records_that_alone_have_said_them() {
        let mut remarks = Remarks::default();
        let said = |text: &str| Said::same(text.to_owned());
        for (num, texts) in [(1, ["one", "both"]), (2, ["both", "two"])] {
            remarks.mark(RecordId::new(customer::ID, num));
            texts.iter().for_each(|text| remarks.add(said(text)));
        }
        remarks.end();
        remarks.add(said("all"));
        remarks.without(&HashSet::from([RecordId::new(customer::ID, 1)]));
        let left: Vec<_> = remarks.into_list().iter().map(|said| said.both().0.to_owned()).collect();
        assert_eq!(left, ["both", "two", "all"]);
    }

    #[test]
    fn an_owner_is_judged_as_the_same_step_leaves_them() {
        let store = Store::in_memory().unwrap();
        let snapshot = store.snapshot().unwrap();
        let made = |id, record| RecordChange { id, prev: 0, before: None, after: Some(RecordState::live(record)) };
        let mut changes = Vec::new();
        for (num, active) in [(1, true), (2, false)] {
            let mut customer = Record::new();
            customer.set(customer::OWNER, num);
            changes.push(made(RecordId::new(customer::ID, num), customer));
            let mut person = Record::new();
            person.set(user::LOGIN, "someone".to_owned());
            person.set(user::ACTIVE, active);
            changes.push(made(RecordId::new(user::ID, num), person));
        }
        let mut remarks = Remarks::default();
        idle_owners(&snapshot.reader(), &changes, &mut remarks).unwrap();
        let said: Vec<_> = remarks.into_list().iter().map(|said| said.both().0.to_owned()).collect();
        assert_eq!(said, ["someone (U-2) is not active any more, and now has C-2"]);
    }
}

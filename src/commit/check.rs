//! What must hold of every record, whatever its kind: required fields, unique ones, links that lead somewhere.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{
        Draft, FieldDef, Kind, KindId, Lookup, Record, RecordId, deal,
        define::numbers,
        links, not_offered,
        rules::{Presence, invalid, place},
        standing, ticket,
    },
    error::{Error, Result},
    text::said,
};

use super::staged::Staged;
use crate::query::trash::leads_to_the_trash;

/// Refuses a field that nobody may set this way, on a new record or on this one.
pub(super) fn settable(id: Option<RecordId>, kind: &Kind, def: &FieldDef, import: bool) -> Result<()> {
    let refused = |what| Error::invalid(what).at(place(id, def.named()));
    if def.derived || def.kept {
        let error = refused(said!("the program keeps this field; it cannot be set", "此字段由程序维护，不能设置"));
        return Err(match id {
            _ if kind.id != deal::ID || def.tag != deal::STATUS.tag() => error.hint(said!(
                "crm help fields {} shows which ones can be set",
                "crm help fields {} 可查看哪些能设置",
                kind.noun
            )),
            Some(id) => error
                .hint(said!("it follows the stage: crm deal move {id} won", "它随阶段而定：crm deal move {id} 赢单")),
            None => error.hint(said!("it follows the stage: write stage=won", "它随阶段而定：请写 销售阶段=赢单")),
        });
    }
    if def.import_only && !import {
        return Err(refused(said!("only an import sets this field", "此字段只能由导入设置"))
            .hint(said!("crm import FILE brings it in", "可用 crm import 文件 导入")));
    }
    Ok(())
}

/// Checks a record that is about to be written. Fields that somebody has just `typed` must lead somewhere; a link that was
/// taken over from another record may lead to the trash, so that work goes on.
pub(super) fn record(draft: &Draft<'_>, kind: &'static Kind, staged: &Staged<'_>, typed: &[u16]) -> Result<()> {
    // A field that became required after the record was made holds up no other edit of it.
    let had = |def: &FieldDef| draft.old.is_none_or(|old| old.row().raw(def.tag).is_some());
    if let Some(def) = kind.fields.iter().find(|def| def.required && draft.new.row().raw(def.tag).is_none() && had(def))
    {
        return Err(draft.empty(def));
    }
    offered(draft, kind, typed)?;
    // What is in the trash needs no place where it is seen: it cannot come back before that does.
    let seen = draft.presence != Presence::Trashed;
    let leads = |def: &FieldDef| def.target.is_some() && (def.home && seen || typed.contains(&def.tag));
    let bound = |def: &&FieldDef| def.unique || leads(def);
    match draft.old {
        Some(old) => {
            for (tag, _, stored) in old.row().differing(draft.new.row()) {
                if let (Some(stored), Some(def)) = (stored, kind.field_by_tag(tag).filter(bound)) {
                    holds(draft, kind, def, stored, staged)?;
                }
            }
        }
        None => {
            for def in kind.all_fields().filter(bound) {
                if let Some(stored) = draft.new.row().raw(def.tag) {
                    holds(draft, kind, def, stored, staged)?;
                }
            }
        }
    }
    Ok(())
}

/// Refuses a choice that is taken no more, and a text that is none of the choices which are all it takes, where the record
/// does not have it already and somebody has typed it: an export of another store has what its records were left with.
fn offered(draft: &Draft<'_>, kind: &'static Kind, typed: &[u16]) -> Result<()> {
    // Those of the program never retire, and stand before those of one's own.
    let with_own = |def: &&FieldDef| def.choices.last().is_some_and(|choice| choice.number >= numbers::FIRST_CHOICE);
    let asked = |def: &&FieldDef| draft.old.is_some() || typed.contains(&def.tag);
    for def in kind.fields.iter().filter(|def| def.strict || with_own(def)).filter(asked) {
        let (new, old) = (draft.new.row().raw(def.tag), draft.old.and_then(|old| old.row().raw(def.tag)));
        if let Some(error) = not_offered(def, new, old) {
            return Err(Error::invalid(error.what().clone()).hint_of(error.next()).at(draft.place(def.code)));
        }
    }
    Ok(())
}

/// Refuses a link that somebody has just typed to a ticket on which work does not go on.
pub(super) fn leads_on(draft: &Draft<'_>, kind: &Kind, staged: &Staged<'_>, typed: &[u16]) -> Result<()> {
    let schema = staged.schema();
    let link = kind.fields.iter().find(|def| schema.target(def).is_some_and(|target| target.id == ticket::ID));
    let Some(link) = link.filter(|link| kind.id != ticket::ID && typed.contains(&link.tag)) else { return Ok(()) };
    let stored = draft.new.row().raw(link.tag);
    if stored == draft.old.and_then(|old| old.row().raw(link.tag)) {
        return Ok(());
    }
    for num in new_links(draft, link, stored) {
        standing::leads_on(RecordId::new(ticket::ID, num), staged).map_err(|error| error.at(draft.place(link.code)))?;
    }
    Ok(())
}

/// Where the stored bytes of a link that has changed lead: of a list, where it did not lead before.
fn new_links<'s>(draft: &Draft<'_>, link: &FieldDef, stored: Option<&'s [u8]>) -> impl Iterator<Item = u64> + use<'s> {
    let old = draft.old.filter(|_| link.many);
    let had: HashSet<u64> = old.into_iter().flat_map(|old| old.row().links(link)).collect();
    links(link, stored).filter(move |num| !had.contains(num))
}

/// Checks a field that has a new value: nobody else has it, if it is unique; it leads to a record, if it is a link.
fn holds(draft: &Draft<'_>, kind: &'static Kind, def: &FieldDef, stored: &[u8], staged: &Staged<'_>) -> Result<()> {
    if def.unique {
        unique(draft, kind, def, staged)?;
    }
    let Some(target) = staged.schema().target(def) else { return Ok(()) };
    for num in new_links(draft, def, Some(stored)) {
        let id = RecordId::new(target.id, num);
        // Of chains it is told as of any circle; who made a record may be the record itself.
        if id == draft.id && !def.acyclic && !def.import_only && !def.kept {
            return Err(invalid(draft, def.code, said!("a record does not link to itself", "不能关联到自身")).hint(
                said!(("choose another {}, or leave it empty", target.noun), ("请选择另一个{}，或留空", target.zh)),
            ));
        }
        if id != draft.id && !staged.exists(id)? && !staged.is_coming(id) {
            if staged.change_of(id)?.is_some_and(|change| change.after.is_some()) {
                return Err(leads_to_the_trash(id).at(draft.place(def.code)));
            }
            return Err(Error::not_found(said!(("there is no {} {id}", target.noun), ("没有{} {id}", target.zh)))
                .at(draft.place(def.code))
                .hint(said!("crm {} list shows them", "crm {} list 可查看", target.noun)));
        }
    }
    Ok(())
}

fn unique(draft: &Draft<'_>, kind: &Kind, def: &FieldDef, staged: &Staged<'_>) -> Result<()> {
    let Some(value) = draft.new.row().value(def) else { return Ok(()) };
    match staged.holder(kind.id, def, &value, draft.id.num)? {
        Some(other) => Err(invalid(
            draft,
            def.code,
            said!(
                ("{} has the same {}", RecordId::new(kind.id, other), def.en.to_lowercase()),
                ("{} 已有同样的{}", RecordId::new(kind.id, other), def.zh)
            ),
        )
        .hint(said!("choose another one", "请换一个"))),
        None => Ok(()),
    }
}

/// Refuses chains of links that come back to their start (a parent that is its own child's child), as they are when
/// the whole step is made.
pub(super) fn acyclic(staged: &Staged<'_>, import: bool) -> Result<()> {
    let mut chains = Chains::default();
    staged.each_change(&mut |change| hangs_right(staged, change, import, &mut chains))
}

/// The same of what was put since the last mark; `chains` are those of the edits before.
pub(super) fn acyclic_since(staged: &Staged<'_>, chains: &mut Chains) -> Result<()> {
    linked_anew(staged, chains)?;
    let held = staged.each_since(&mut |change, _| hangs_right(staged, change, false, chains));
    if held.is_err() {
        // It is taken back, and links as before.
        linked_anew(staged, chains)?;
    }
    held
}

/// Tells of every link that differs since the last mark.
fn linked_anew(staged: &Staged<'_>, chains: &mut Chains) -> Result<()> {
    staged.each_since(&mut |change, earlier| {
        for link in staged.schema().kind_of(change.id)?.all_fields().filter(|def| def.acyclic) {
            let linked = |record: &Record| record.row().raw(link.tag).map(<[u8]>::to_vec);
            if change.live_after().and_then(linked) != earlier.and_then(linked) {
                chains.linked_anew(link, change.id);
            }
        }
        Ok(())
    })
}

fn hangs_right(
    staged: &Staged<'_>,
    change: &crate::store::RecordChange,
    import: bool,
    chains: &mut Chains,
) -> Result<()> {
    let Some(after) = change.live_after() else { return Ok(()) };
    for link in staged.schema().kind_of(change.id)?.all_fields().filter(|def| def.acyclic) {
        let before = change.before.as_ref().and_then(|before| before.record.row().raw(link.tag));
        let now = after.row().raw(link.tag);
        if now.is_none() || now == before {
            continue;
        }
        if chains.lead_back(link, change.id, &mut |id| staged.link_of(id, link))? {
            let known = change.before.is_some().then_some(change.id);
            let error =
                Error::invalid(said!("this would make a circle", "这会形成循环")).at(place(known, link.named())).hint(
                    said!("choose a record that does not itself hang below this one", "请选一条不在此记录之下的记录"),
                );
            // Whoever imports knows the line of the row that would have become this record.
            let new = import && known.is_none();
            return Err(if new { error.at(change.id) } else { error });
        }
    }
    Ok(())
}

/// Chains of links that have been followed, so that each record is passed once however many chains go through it.
#[derive(Default)]
pub(super) struct Chains(HashMap<(KindId, u16), HashSet<u64>>);

impl Chains {
    /// A record links to another one from now on: chains that go through it are not known any more.
    pub(super) fn linked_anew(&mut self, link: &FieldDef, id: RecordId) {
        if let Some(ending) = self.0.get_mut(&(id.kind, link.tag)).filter(|ending| ending.contains(&id.num)) {
            ending.clear();
        }
    }

    /// Whether the chain that begins with a record comes back to one of its own. `next` gives the number of the record
    /// to which one links, and must always give the same.
    pub(super) fn lead_back(
        &mut self,
        link: &FieldDef,
        id: RecordId,
        next: &mut dyn FnMut(RecordId) -> Result<Option<u64>>,
    ) -> Result<bool> {
        let ending = self.0.entry((id.kind, link.tag)).or_default();
        let (mut passed, mut at) = (HashSet::new(), Some(id.num));
        while let Some(num) = at.filter(|num| !ending.contains(num)) {
            if !passed.insert(num) {
                return Ok(true);
            }
            at = next(RecordId::new(id.kind, num))?;
        }
        ending.extend(passed);
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer;

    #[test]
    fn a_long_chain_is_passed_once() {
        const LENGTH: u64 = 5_000;
        let (mut chains, mut asked) = (Chains::default(), 0);
        for num in 1..=LENGTH {
            let led = chains.lead_back(&customer::PARENT.def(), RecordId::new(customer::ID, num), &mut |id| {
                asked += 1;
                Ok((id.num > 1).then(|| id.num - 1))
            });
            assert_eq!(led, Ok(false));
        }
        assert_eq!(asked, LENGTH);
        let circle = |id: RecordId| Ok(Some(id.num % 3 + 1));
        assert_eq!(
            Chains::default().lead_back(&customer::PARENT.def(), RecordId::new(customer::ID, 1), &mut { circle }),
            Ok(true)
        );
    }

    #[test]
    fn many_records_get_one_parent_and_a_circle_is_still_seen() {
        let (link, id) = (customer::PARENT.def(), |num| RecordId::new(customer::ID, num));
        // 1 to 1000 hang below one another, and then 2000 to 3000 are hung below 1000, one after the other.
        let mut parents: HashMap<u64, u64> = (2..=1000).map(|num| (num, num - 1)).collect();
        let (mut chains, mut asked) = (Chains::default(), 0);
        let mut hang = |parents: &mut HashMap<u64, u64>, num: u64, parent: u64| {
            parents.insert(num, parent);
            chains.linked_anew(&link, id(num));
            chains.lead_back(&link, id(num), &mut |id| {
                asked += 1;
                Ok(parents.get(&id.num).copied())
            })
        };
        for num in 2000..3000 {
            assert_eq!(hang(&mut parents, num, 1000), Ok(false));
        }
        assert_eq!(hang(&mut parents, 1, 2500), Ok(true), "1 hangs above 2500");
        assert!(asked < 4000, "{asked}");
    }
}

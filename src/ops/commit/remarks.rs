//! What the person should know about a step that is written all the same.

use std::collections::{BTreeMap, HashSet};

use crate::{
    domain::{Kind, Lookup, RecordId, bytes, field::FieldDef, user},
    error::Result,
    store::{Reader, RecordChange, kind_of},
    text::{Said, counted, said},
};

/// So many remarks are listed; of more, only the number is said.
const LISTED: usize = 20;

/// Remarks in the making.
#[derive(Default)]
pub(super) struct Remarks {
    list: Vec<Said>,
    seen: HashSet<String>,
}

impl Remarks {
    /// Adds a remark, once.
    pub(super) fn add(&mut self, remark: Said) {
        if self.seen.insert(remark.both().0.to_owned()) && self.list.len() < LISTED {
            self.list.push(remark);
        }
    }

    /// All of them.
    pub(super) fn into_list(mut self) -> Vec<Said> {
        let more = self.seen.len() - self.list.len();
        if more > 0 {
            self.list.push(said!(("and {}", counted(more as u64, "more remark")), ("另有 {more} 条提示")));
        }
        self.list
    }
}

/// The field of a kind that says whose work a record is.
fn owner_of(kind: &'static Kind) -> Option<&'static FieldDef> {
    kind.fields.iter().find(|def| def.code == "owner" && def.target == Some(user::KIND.noun))
}

/// Says which users get work although they no longer do any: the records are theirs all the same.
pub(super) fn idle_owners(reader: &Reader<'_>, changes: &[RecordChange], remarks: &mut Remarks) -> Result<()> {
    let mut given: BTreeMap<u64, (RecordId, u64)> = BTreeMap::new();
    for change in changes {
        let Some(after) = change.live_after() else { continue };
        let Some(def) = owner_of(kind_of(change.id)?) else { continue };
        let owner = after.row().raw(def.tag);
        let had = change.live_before().and_then(|before| before.row().raw(def.tag));
        if let Some(owner) = owner.filter(|_| owner != had).and_then(bytes::unsigned) {
            given.entry(owner).or_insert((change.id, 0)).1 += 1;
        }
    }
    for (num, (first, count)) in given {
        let id = RecordId::new(user::ID, num);
        let person = match changes.iter().find(|change| change.id == id) {
            Some(change) => change.live_after().cloned(),
            None => reader.record(id)?,
        };
        let name = person.as_ref().and_then(|person| person.get(user::LOGIN)).map(crate::text::scrub);
        let name = name.as_deref().unwrap_or("");
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

//! The records of a static list: ids in a file, judged as those of links are.

use std::collections::HashMap;

use crate::{
    domain::{KindId, Record, RecordId, Value, view},
    error::Result,
    text::Said,
};

use super::{
    links::{LinkSources, Meaning, Search},
    roles::Role,
};

/// The members of the lists that rows have, by the place of the row.
#[derive(Debug, Default)]
pub(super) struct Members {
    lists: HashMap<u32, std::result::Result<Option<Value>, Said>>,
}

impl Members {
    /// Judges the members of every row that has some.
    pub fn judge(lookup: &LinkSources<'_>) -> Result<Self> {
        let mut lists = HashMap::new();
        if lookup.kind.id != view::ID {
            return Ok(Self { lists });
        }
        let mut searches: HashMap<KindId, Search<'_>> = HashMap::new();
        for (at, (row, role)) in (0..).zip(lookup.rows.iter().zip(lookup.roles)) {
            let Some(members) = row.fields.get(view::RECORDS).filter(|_| *role != Role::Wrong) else { continue };
            let held = || match role {
                Role::Update(num) | Role::Replace(num) => lookup.reader.held(RecordId::new(view::ID, *num)),
                _ => Ok(None),
            };
            let of = match row.fields.get(view::OF) {
                Some(of) => Some(of),
                None => held()?.and_then(|held| held.record.get(view::OF)),
            };
            // Without a kind the row is refused for that.
            let Some(kind) = of.and_then(|of| view::kind_of(lookup.reader.schema(), of)) else { continue };
            let search = match searches.entry(kind.id) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(new) => new.insert(Search::new(lookup, kind)?),
            };
            let (mut kept, mut wrong) = (Vec::new(), None);
            for member in view::texts(Some(members)) {
                match search.id(&member)? {
                    Meaning::Stored(num) | Meaning::Trashed(num) => {
                        kept.push(Value::Text(RecordId::new(kind.id, num).to_string()));
                    }
                    Meaning::Wrong(reason) => wrong = wrong.or(Some((*reason).clone())),
                    Meaning::Nothing | Meaning::Row(_) | Meaning::Made(_) | Meaning::Named(_) => {}
                }
            }
            let list = (!kept.is_empty()).then_some(Value::List(kept));
            lists.insert(at, wrong.map_or(Ok(list), Err));
        }
        Ok(Self { lists })
    }

    /// What is wrong with the members of a row.
    pub fn wrong(&self, at: usize) -> Option<&Said> {
        self.of(at)?.as_ref().err()
    }

    /// The record of a row with the members that its list has here.
    pub fn put(&self, at: usize, mut record: Record) -> Record {
        if let Some(Ok(list)) = self.of(at) {
            record.set_value(view::RECORDS.tag(), list.as_ref());
        }
        record
    }

    fn of(&self, at: usize) -> Option<&std::result::Result<Option<Value>, Said>> {
        if self.lists.is_empty() { None } else { self.lists.get(&u32::try_from(at).ok()?) }
    }
}

//! What a step that is taken back, or done again, cannot bring back: what has been removed for good, and links to it.

use std::collections::HashMap;

use crate::{
    domain::{
        FieldDef, RecordId, Schema, Type, Value, bytes,
        common::is_stamp,
        define::{choice, numbers},
        links,
    },
    error::Result,
    store::{
        Reader, RecordChange, gone_at,
        journal::{Residence, StepType},
    },
    text::{Said, counted, said},
};

/// Whether a record has been removed for good.
pub(super) fn is_purged(reader: &Reader<'_>, id: RecordId) -> Result<bool> {
    let Some(seq) = gone_at(reader.raw(), id)? else { return Ok(false) };
    Ok(reader.entry(seq)?.is_some_and(|entry| entry.deed == StepType::Purge) && reader.held(id)?.is_none())
}

/// Whether nothing leads to a record any more: it has been removed for good. A choice is offered only while it is in use.
pub(super) fn is_missing(reader: &Reader<'_>, id: RecordId) -> Result<bool> {
    match id.kind {
        choice::ID => Ok(reader.held(id)?.is_none_or(|held| held.place == Residence::Trash)),
        _ => is_purged(reader, id),
    }
}

/// Whether values of a field are records: those that a link leads to, or the ones that define choices.
pub(super) fn names_records(def: &FieldDef) -> bool {
    def.target.is_some() || def.ty == Type::Choice
}

/// What a stored link or choice is without the records that are missing, and the first of those: nothing is left of a link to
/// one of them, and of a list the other items.
pub(super) fn without_missing(
    def: &FieldDef,
    stored: &[u8],
    schema: &Schema,
    missing: &mut dyn FnMut(RecordId) -> Result<bool>,
) -> Result<Option<(Option<Vec<u8>>, RecordId)>> {
    let target = schema.target(def).map(|kind| kind.id);
    let (mut left, mut gone) = (Vec::new(), None);
    for number in links(def, Some(stored)) {
        let (value, id) = match target {
            Some(target) => (Value::Link(number), Some(RecordId::new(target, number))),
            None => {
                let number = u16::try_from(number).unwrap_or_default();
                (Value::Choice(number), numbers::offered_by(number).map(|num| RecordId::new(choice::ID, num)))
            }
        };
        match id {
            Some(id) if missing(id)? => gone = gone.or(Some(id)),
            _ => left.push(value),
        }
    }
    let Some(gone) = gone else { return Ok(None) };
    let mut kept = Vec::new();
    bytes::put(&mut kept, &Value::List(left));
    Ok(Some((Some(kept).filter(|kept| !kept.is_empty()), gone)))
}

/// What is not taken back, for a remark.
#[derive(Default)]
pub(super) struct NotRestored {
    links: Option<(RecordId, &'static FieldDef, RecordId)>,
    links_count: u64,
    kept: Option<RecordId>,
    kept_count: u64,
}

impl NotRestored {
    /// A record that stays as it is.
    pub(super) fn keep(&mut self, id: RecordId) {
        self.kept.get_or_insert(id);
        self.kept_count += 1;
    }

    /// Takes away the links that changes would make to purged records, and the choices that are offered no more. A record
    /// that cannot be without such a link stays as it is now; one that would come back with it is left to be refused.
    pub(super) fn links(&mut self, reader: &Reader<'_>, changes: &mut Vec<RecordChange>) -> Result<()> {
        let choices = changes.iter().filter(|change| change.id.kind == choice::ID);
        let mut known: HashMap<_, _> = choices.map(|change| (change.id, change.live_after().is_none())).collect();
        for change in &mut *changes {
            let Some(after) = &mut change.after else { continue };
            for link in reader.schema().kind_of(change.id)?.all_fields().filter(|def| names_records(def)) {
                let before = change.before.as_ref();
                let stored = after.record.row().raw(link.tag);
                if stored == before.and_then(|before| before.record.row().raw(link.tag)) {
                    continue;
                }
                let Some(stored) = stored else { continue };
                let mut missing = |to: RecordId| match known.get(&to) {
                    Some(missing) => Ok(*missing),
                    None => Ok(*known.entry(to).or_insert(is_missing(reader, to)?)),
                };
                let Some((kept, to)) = without_missing(link, stored, reader.schema(), &mut missing)? else { continue };
                match before {
                    _ if kept.is_some() || !link.required && !link.home => {
                        after.record.set_raw(link.tag, kept.as_deref());
                        self.links.get_or_insert((change.id, link, to));
                        self.links_count += 1;
                    }
                    Some(before) => {
                        let mut record = before.record.clone();
                        for (tag, stamp) in after.record.row().raw_fields().filter(|(tag, _)| is_stamp(*tag)) {
                            record.set_raw(tag, Some(stamp));
                        }
                        after.record = record;
                        self.keep(change.id);
                        break;
                    }
                    None => {}
                }
            }
        }
        changes.retain(|change| change.before != change.after);
        Ok(())
    }

    /// What a person should know of it.
    pub(super) fn remarks(&self) -> Vec<Said> {
        let links = self.links.map(|(id, link, to)| {
            let count = self.links_count;
            if to.kind == choice::ID {
                return said!(
                    (
                        "{id} {}: {to} is no choice any more, so it is not brought back ({} in all)",
                        link.code,
                        counted(count, "such value")
                    ),
                    ("{id} {}：{to} 已不是选项，不再恢复该值（共 {count} 处）", link.zh)
                );
            }
            said!(
                (
                    "{id} {}: {to} has been purged, so nothing links to it again ({} in all)",
                    link.code,
                    counted(count, "such link")
                ),
                ("{id} {}：{to} 已彻底删除，不再恢复与它的关联（共 {count} 处）", link.zh)
            )
        });
        let kept = self.kept.map(|id| {
            let count = self.kept_count;
            said!(
                (
                    "{id} stays as it is now: what it would link to has been purged ({} in all)",
                    counted(count, "such record")
                ),
                ("{id} 保持现状：它要关联的记录已彻底删除（共 {count} 条）")
            )
        });
        links.into_iter().chain(kept).collect()
    }
}

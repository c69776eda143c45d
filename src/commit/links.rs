//! Nobody points to what goes for good: not after the whole step, whatever pointed there before it.

#[cfg(test)]
mod list_tests;

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    ops::ControlFlow,
};

use crate::{
    domain::{Kind, Lookup, RecordId, Row, field::FieldDef, user},
    error::{Error, Result},
    store::{Reader, RecordChange, engine::Space, find_change, visit_numbers},
    text::{Said, counted, said},
};

/// Beyond so many records an index of links is read once as a whole instead of once for each.
const MANY: usize = 1000;

/// Where so many steps or records at most came since a step, they are looked at one by one instead of all records.
const FEW: u64 = 10_000;

/// Refuses to remove records that others, which stay, point to by any field after all `changes`, in use or in the trash.
/// Where a step is taken back that made them, only records that were changed by it or `since` can.
pub(super) fn unlinked(reader: &Reader<'_>, changes: &[RecordChange], since: Option<u64>) -> Result<()> {
    if changes.iter().all(|change| change.after.is_some()) {
        return Ok(());
    }
    let since = since.map(|step| touched_since(reader, step)).transpose()?.flatten();
    let schema = reader.schema();
    for target in schema.kinds() {
        let gone: Vec<u64> = changes
            .iter()
            .filter(|change| change.id.kind == target.id && change.after.is_none())
            .map(|change| change.id.num)
            .collect();
        if gone.is_empty() {
            continue;
        }
        let mut links =
            Links { changes, gone: &gone, since: since.as_ref(), target, from: HashSet::new(), first: None };
        for kind in schema.kinds() {
            links.of(reader, kind)?;
        }
        links.none(reader)?;
        if target.id == user::ID {
            idle(reader, &gone)?;
        }
    }
    Ok(())
}

/// The records that a step and those after it have changed; none where they are many.
fn touched_since(reader: &Reader<'_>, step: u64) -> Result<Option<BTreeSet<RecordId>>> {
    let last = reader.seq()?;
    if last.saturating_sub(step) > FEW {
        return Ok(None);
    }
    let (mut changed, mut count) = (BTreeSet::new(), 0);
    for seq in step..=last {
        visit_numbers(reader.raw(), seq, &mut |kind, numbers| {
            count += numbers.end() - numbers.start() + 1;
            if count > FEW {
                return ControlFlow::Break(());
            }
            changed.extend(numbers.map(|num| RecordId::new(kind, num)));
            ControlFlow::Continue(())
        })?;
        if count > FEW {
            return Ok(None);
        }
    }
    Ok(Some(changed))
}

/// The links of records that stay to records that go.
struct Links<'a> {
    changes: &'a [RecordChange],
    /// The numbers of those that go, in order.
    gone: &'a [u64],
    /// The only records that can have such links, where that is known.
    since: Option<&'a BTreeSet<RecordId>>,
    target: &'static Kind,
    from: HashSet<RecordId>,
    first: Option<(RecordId, &'static FieldDef, RecordId)>,
}

impl Links<'_> {
    /// Looks for links of a kind.
    fn of(&mut self, reader: &Reader<'_>, kind: &'static Kind) -> Result<()> {
        let leads_here = |def: &&FieldDef| reader.schema().target(def).is_some_and(|to| to.id == self.target.id);
        // What a field in the trash leads to has to be there when the field comes back.
        let links: Vec<&'static FieldDef> = kind.all_fields().chain(kind.gone).filter(leads_here).collect();
        let changes = self.changes;
        for change in changes.iter().filter(|change| change.id.kind == kind.id) {
            if let Some(after) = &change.after {
                self.by_row(kind, &links, change.id.num, after.record.row(), Self::points);
            }
        }
        if let Some(since) = self.since {
            for id in since.range(RecordId::new(kind.id, 0)..=RecordId::new(kind.id, u64::MAX)) {
                if let Some(held) = reader.held(*id)? {
                    self.by_row(kind, &links, id.num, held.record.row(), Self::found);
                }
            }
            return Ok(());
        }
        let (indexed, others): (Vec<_>, Vec<_>) = links.iter().copied().partition(|def| def.indexed());
        if reader.total(kind.id)? > 0 {
            for link in indexed {
                self.by_index(reader, kind, link)?;
            }
            if !others.is_empty() {
                reader.rows(kind.id, 0, false, &mut |num, row| {
                    self.by_row(kind, &others, num, row, Self::found);
                    ControlFlow::Continue(())
                })?;
            }
        }
        // No index knows what is in the trash.
        if !links.is_empty() && !reader.raw().is_empty(Space::Trash)? {
            reader.trashed(kind.id, &mut |num, row| {
                self.by_row(kind, &links, num, row, Self::found);
                ControlFlow::Continue(())
            })?;
        }
        Ok(())
    }

    fn by_index(&mut self, reader: &Reader<'_>, kind: &'static Kind, link: &'static FieldDef) -> Result<()> {
        let gone = self.gone;
        let mut found = |num: u64, to: u64| {
            self.found(RecordId::new(kind.id, num), link, to);
            ControlFlow::Continue(())
        };
        if gone.len() < MANY {
            return gone.iter().try_for_each(|to| reader.linking(kind.id, link, *to, &mut |num| found(num, *to)));
        }
        reader.links(kind.id, link, &mut |to, num| match gone.binary_search(&to) {
            Ok(_) => found(num, to),
            Err(_) => ControlFlow::Continue(()),
        })
    }

    fn by_row(
        &mut self,
        kind: &'static Kind,
        links: &[&'static FieldDef],
        num: u64,
        row: Row<'_>,
        take: fn(&mut Self, RecordId, &'static FieldDef, u64),
    ) {
        for link in links {
            for to in row.links(link) {
                if self.gone.binary_search(&to).is_ok() {
                    take(self, RecordId::new(kind.id, num), link, to);
                }
            }
        }
    }

    /// A link as the store holds it. Records that are changed count as they will be, not as they are.
    fn found(&mut self, from: RecordId, link: &'static FieldDef, to: u64) {
        if self.changes.binary_search_by_key(&from, |change| change.id).is_err() {
            self.points(from, link, to);
        }
    }

    fn points(&mut self, from: RecordId, link: &'static FieldDef, to: u64) {
        self.from.insert(from);
        self.first.get_or_insert((from, link, RecordId::new(self.target.id, to)));
    }

    /// Refuses where there are any.
    fn none(&self, reader: &Reader<'_>) -> Result<()> {
        let Some((from, link, to)) = self.first else { return Ok(()) };
        let count = self.from.len() as u64;
        let error = Error::conflict(said!(
            ("{from} {}: it points to {to}, which would be gone ({} in all)", link.code, counted(count, "such record")),
            ("{from} 的“{}”仍是 {to}，因此 {to} 不能彻底删除（这样的记录共 {count} 条）", link.zh)
        ));
        let of = reader.schema().kind(from.kind).filter(|kind| kind.gone.iter().any(|def| def.tag == link.tag));
        if let Some(of) = of {
            return Err(error.hint(said!(
                ("that field is in the trash: restore or purge it first (crm field list of:{} is:trashed)", of.noun),
                ("该字段在回收站中，请先恢复或彻底删除（crm field list of:{} is:trashed）", of.noun)
            )));
        }
        Err(match link.is_settable() {
            true => error.hint(said!("take back, or change, that record first", "请先修改或删除那些记录")),
            false => error.hint(kept_name(to)),
        })
    }
}

/// What to do about a user whom the records name.
fn kept_name(id: RecordId) -> Said {
    said!("crm user set {id} active=no keeps the name and ends the work", "crm user set {id} 在职=否 可停用并保留姓名")
}

/// Refuses to remove users who have taken steps: the journal names them. No step is by a user who was not there yet.
fn idle(reader: &Reader<'_>, users: &[u64]) -> Result<()> {
    let last = reader.seq()?;
    let mut first = last;
    for num in users {
        first = first.min(made_at(reader, RecordId::new(user::ID, *num))?);
    }
    let mut steps = BTreeMap::<u64, u64>::new();
    for seq in first..=last {
        if let Some(entry) = reader.entry(seq)?.filter(|entry| users.contains(&entry.by)) {
            *steps.entry(entry.by).or_default() += 1;
        }
    }
    let Some((num, count)) = steps.into_iter().next() else { return Ok(()) };
    let id = RecordId::new(user::ID, num);
    Err(Error::conflict(said!(
        ("{id} has taken {}, which would name nobody then", counted(count, "step")),
        ("{id} 执行过 {count} 步操作，彻底删除后，这些操作将没有署名")
    ))
    .hint(kept_name(id)))
}

/// The step that made a record first.
fn made_at(reader: &Reader<'_>, id: RecordId) -> Result<u64> {
    let mut seq = reader.head(id)?.unwrap_or_default();
    while let Some(change) = find_change(reader.raw(), seq, id)?.filter(|change| change.prev != 0) {
        seq = change.prev;
    }
    Ok(seq)
}

//! Edits begun on an older version of a record: which of their fields have changed since, and by whom.

use crate::{
    domain::{
        FieldDef, Instant, Record, RecordId,
        common::{UPDATED, VERSION, is_stamp},
        user,
    },
    error::Result,
    query::names::Names,
    store::{Reader, find_change, journal::ChangeType},
    text::{Lang, Said, said},
};

/// A field that has changed, and the step that changed it, where the journal tells.
pub type Changed = (&'static FieldDef, Option<u64>);

/// The first of these fields that a step has changed after a version of the record.
///
/// # Errors
/// What the store says.
pub fn changed_since(
    reader: &Reader<'_>,
    id: RecordId,
    based_on: i64,
    fields: &mut dyn Iterator<Item = &'static FieldDef>,
) -> Result<Option<Changed>> {
    let mut head = reader.head(id)?;
    let held = reader.held(id)?;
    let mut version = held.and_then(|held| held.record.get(VERSION)).unwrap_or_default();
    // An undo has brought an earlier version back since.
    if version < based_on {
        return Ok(fields.next().map(|def| (def, head)));
    }
    let fields: Vec<_> = fields.collect();
    while let Some(seq) = head.filter(|_| version > based_on) {
        let Some(change) = find_change(reader.raw(), seq, id)? else { break };
        if let ChangeType::Changed { fields: changed, .. } = &change.what
            && let Some(def) = fields.iter().find(|def| changed.iter().any(|field| field.tag == def.tag))
        {
            return Ok(Some((def, Some(seq))));
        }
        version -= 1;
        head = Some(change.prev).filter(|prev| *prev != 0);
    }
    Ok(None)
}

/// A state in which a record was, as a file tells it.
#[derive(Clone, Copy, Debug)]
pub struct AsOf {
    /// Its version.
    pub version: i64,
    /// When it was changed last.
    pub updated: Instant,
    /// To how many milliseconds that is said.
    pub unit: i64,
}

impl AsOf {
    fn is(&self, record: &Record) -> bool {
        let within = |at: Instant| at.0.div_euclid(self.unit) == self.updated.0.div_euclid(self.unit);
        record.get(VERSION) == Some(self.version) && record.get(UPDATED).is_some_and(within)
    }
}

/// What has become of fields of a record since a state.
#[derive(Clone, Copy, Debug)]
pub enum Since {
    /// None of them has changed.
    Nothing,
    /// This one has.
    Changed(Changed),
    /// The record was never in that state.
    NeverSo,
}

/// What has become of these fields since the record was in a state. Versions that an undo took back are told from those
/// that were counted again.
///
/// # Errors
/// What the store says.
pub fn changed_from(reader: &Reader<'_>, id: RecordId, state: &AsOf, fields: &[&'static FieldDef]) -> Result<Since> {
    let (Some(held), mut head) = (reader.held(id)?, reader.head(id)?) else { return Ok(Since::NeverSo) };
    let (mut record, mut found) = (held.record, None);
    while !state.is(&record) {
        let Some(seq) = head else { return Ok(Since::NeverSo) };
        let Some(change) = find_change(reader.raw(), seq, id)? else { return Ok(Since::NeverSo) };
        let ChangeType::Changed { fields: changed, .. } = &change.what else { return Ok(Since::NeverSo) };
        if found.is_none() {
            let def = fields.iter().find(|def| changed.iter().any(|field| field.tag == def.tag));
            found = def.map(|def| (*def, Some(seq)));
        }
        for field in changed.iter().filter(|field| is_stamp(field.tag)) {
            record.set_raw(field.tag, field.old.as_deref());
        }
        head = Some(change.prev).filter(|prev| *prev != 0);
    }
    Ok(found.map_or(Since::Nothing, Since::Changed))
}

/// Who took the step that changed a field; `me` is who asks.
///
/// # Errors
/// What the store says.
pub fn by_whom(reader: &Reader<'_>, lang: Lang, step: Option<u64>, me: Option<u64>) -> Result<Said> {
    let by = step.map(|seq| reader.entry(seq)).transpose()?.flatten().map(|entry| entry.by);
    Ok(match by {
        Some(_) if by == me => said!("you have changed it since", "之后已由本人修改"),
        Some(by) => {
            let by = Names::new(*reader, lang).of(RecordId::new(user::ID, by))?;
            let by = crate::text::scrub(&by);
            said!("{by} has changed it since", "之后已被 {by} 修改")
        }
        None => said!("it has been changed since", "之后已被修改"),
    })
}

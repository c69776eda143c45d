//! Rows that change a record of the store: what they would take away of it.

use crate::{
    commit::{AsOf, Changed, Since, by_whom, changed_from, changed_since},
    domain::{
        FieldDef, RecordId,
        bytes::unsigned,
        common::{CREATED, NOTE, VERSION},
    },
    error::Result,
    store::{Reader, StoredRecord, is_of_a_step, journal::StepType},
    text::{Lang, said},
};

use super::{fault::Fault, file_row::FileRow, mapping::Mapping};

/// What a row says of a record that is there already.
pub(super) struct Updated<'a> {
    /// The store.
    pub reader: &'a Reader<'a>,
    /// What the columns feed.
    pub mapping: &'a Mapping,
    /// The row.
    pub row: FileRow<'a>,
    /// Its links: the field, and the record of the store that it names; none for one that is not there yet.
    pub links: &'a [(u16, Option<u64>)],
    /// The record.
    pub id: RecordId,
    /// The record as it is.
    pub held: &'a StoredRecord,
    /// The number of the user who imports.
    pub me: Option<u64>,
    /// Whether empty cells clear what the record has.
    pub clears: bool,
}

impl Updated<'_> {
    /// What is wrong with a row whose empty cells are to clear a field that no record is without.
    pub fn clears_required(&self) -> Option<Fault> {
        let def = self.emptied().find(|def| def.required)?;
        let reason = said!("it is empty, and {} cannot be without it", "必填，此处为空（{}）", self.id);
        Some(Fault { line: self.row.line, field: Some((def.code, def.zh)), reason })
    }

    /// What is wrong with a row that was written when the record was at an earlier version, and that would put old values
    /// over those that somebody has given it since.
    pub fn overwrites(&self) -> Result<Option<Fault>> {
        let (version, id) = (self.row.own.version, self.id);
        let now = self.held.record.get(VERSION).unwrap_or_default();
        if version == 0 {
            return Ok(None);
        }
        // An undo gives the numbers of versions back, so that one may have been given twice.
        if let Some((updated, unit)) = self.row.own.updated {
            let differing: Vec<_> = self.differing().collect();
            match changed_from(self.reader, id, &AsOf { version, updated, unit }, &differing)? {
                Since::Nothing => return Ok(None),
                Since::Changed(changed) => return self.written_over(changed).map(Some),
                Since::NeverSo if self.is_made_here()? => {
                    let changed = differing.first().map(|def| (*def, Some(self.held.head)));
                    return changed.map(|changed| self.written_over(changed)).transpose();
                }
                Since::NeverSo => {}
            }
        }
        // A store that took its records from another one counts anew, but for an undo it never counts back.
        let is_undone = || -> Result<bool> {
            let step = self.reader.entry(self.held.head)?;
            Ok(step.is_some_and(|step| matches!(step.deed, StepType::Undo(_))))
        };
        if now == version || (now < version && !is_undone()?) {
            return Ok(None);
        }
        match changed_since(self.reader, id, version, &mut self.differing())? {
            Some(changed) => self.written_over(changed).map(Some),
            None => Ok(None),
        }
    }

    /// Whether the record was made by a step of this store. A store that took it from another one counts its versions
    /// anew.
    fn is_made_here(&self) -> Result<bool> {
        self.held.record.get(CREATED).map_or(Ok(false), |at| is_of_a_step(self.reader, at))
    }

    fn written_over(&self, (def, step): Changed) -> Result<Fault> {
        let id = self.id;
        let who = by_whom(self.reader, Lang::En, step, self.me)?;
        let (en, zh) = who.both();
        let reason = said!(
            "{id}: {en} (export again; --keep-going imports the other rows, --map 'version=' writes over it)",
            "{id}：{zh}（请重新导出；--keep-going 导入其余各行，--map 'version=' 则覆盖）"
        );
        Ok(Fault { line: self.row.line, field: Some((def.code, def.zh)), reason })
    }

    /// The fields that the record has and whose cells in the row are empty.
    pub fn emptied(&self) -> impl Iterator<Item = &'static FieldDef> {
        let held = self.held.record.row();
        let (fields, links) = (self.row.fields, self.row.links);
        self.mapping.targets.iter().enumerate().filter_map(move |(at, target)| {
            let tag = target.def.tag;
            let is_linked = || links.iter().any(|link| usize::from(link.target) == at);
            let emptied = !target.sources.is_empty()
                && target.place.is_none()
                && !target.def.import_only
                && held.raw(tag).is_some()
                && fields.raw(tag).is_none()
                && !is_linked();
            emptied.then_some(target.def)
        })
    }

    /// Whether a link of the record leads where the row says: a list to the same records in the same order.
    fn leads(&self, tag: u16, target: Option<u64>) -> bool {
        let held = self.held.record.row();
        match self.mapping.targets.iter().find(|mapped| mapped.def.tag == tag && mapped.def.many) {
            Some(mapped) => {
                let all = self.links.iter().filter(|(other, _)| *other == tag).map(|(_, target)| *target);
                all.eq(held.links(mapped.def).map(Some))
            }
            None => held.raw(tag).and_then(unsigned) == target,
        }
    }

    /// The fields to which the row gives another value than the record has.
    fn differing(&self) -> impl Iterator<Item = &'static FieldDef> {
        let held = self.held.record.row();
        // What a row says beside its numbers is added to the note, and takes nothing away.
        let noted = self.feeds(NOTE.tag());
        let fields = self
            .row
            .fields
            .raw_fields()
            .filter(move |(tag, stored)| (noted || *tag != NOTE.tag()) && held.raw(*tag) != Some(*stored));
        let links = self.links.iter().filter(move |(tag, target)| target.is_none() || !self.leads(*tag, *target));
        let tags = fields.map(|(tag, _)| tag).chain(links.map(|(tag, _)| *tag));
        let cleared = self.emptied().filter(|_| self.clears);
        let given =
            tags.filter_map(|tag| self.mapping.targets.iter().map(|target| target.def).find(|def| def.tag == tag));
        given.chain(cleared)
    }

    fn feeds(&self, tag: u16) -> bool {
        self.mapping.targets.iter().any(|target| target.def.tag == tag && target.is_fed())
    }
}

//! A look at the store that shows a derivation what its sources name, and nothing else.

use std::{ops::ControlFlow, rc::Rc};

use super::Source;
use crate::{
    domain::{
        KindId, Record, RecordId, Value, bytes,
        field::FieldDef,
        indexes::IndexDef,
        lookup::{Kinds, Lookup, Made},
    },
    error::{Error, Result},
    text::said,
};

/// Shows the fields that the sources of a record's derivation name. Other fields are absent; other records, and questions
/// that no source stands for, are errors.
pub(super) struct Declared<'a> {
    sources: &'static [Source],
    id: RecordId,
    record: &'a Record,
    lookup: &'a dyn Lookup,
}

impl<'a> Declared<'a> {
    pub(super) const fn new(
        sources: &'static [Source],
        id: RecordId,
        record: &'a Record,
        lookup: &'a dyn Lookup,
    ) -> Self {
        Self { sources, id, record, lookup }
    }

    /// The named fields of the record itself.
    pub(super) fn own_record(&self) -> Result<Record> {
        Ok(only(self.record, &self.named(self.id, self.record)?.unwrap_or_default()))
    }

    /// The tags of the fields that may be read of a record; none where the record may not be looked at.
    fn named(&self, of: RecordId, record: &Record) -> Result<Option<Vec<u16>>> {
        let mut tags = None;
        for source in self.sources {
            let (fields, link) = match source {
                Source::Own(fields) if of == self.id => (*fields, None),
                Source::Target(link, _) if of == self.id => (&[][..], Some(link)),
                Source::Target(link, fields) if self.leads(self.id, self.record, link, of)? => (*fields, None),
                Source::Children(kind, link, fields)
                    if of.kind == *kind && self.leads(of, record, link, self.id)? =>
                {
                    (*fields, Some(link))
                }
                _ => continue,
            };
            tags.get_or_insert_with(Vec::new).extend(fields.iter().chain(link).map(|def| def.tag));
        }
        Ok(tags)
    }

    /// Whether a link of a record leads to another one.
    fn leads(&self, from: RecordId, record: &Record, link: &FieldDef, to: RecordId) -> Result<bool> {
        if self.lookup.kinds().target(link).is_some_and(|target| target != to.kind) {
            return Ok(false);
        }
        let num = |record: &Record| record.row().raw(link.tag).and_then(bytes::unsigned).unwrap_or_default();
        Ok(to.num == if link.derived { num(&self.lookup.derived(from)?) } else { num(record) })
    }

    fn reads_children(&self, kind: KindId, by: &FieldDef, rest: &[FieldDef], target: u64) -> Result<()> {
        let named = self.sources.iter().any(|source| match source {
            Source::Children(from, link, fields) => {
                *from == kind && link.tag == by.tag && rest.iter().all(|def| fields.iter().any(|it| it.tag == def.tag))
            }
            Source::Own(_) | Source::Target(..) => false,
        });
        if named && target == self.id.num { Ok(()) } else { Err(self.refused()) }
    }

    fn refused(&self) -> Error {
        Error::failure(said!(
            ("{} is computed from something that no source names", self.id),
            ("{} 的计算读取了来源未声明的内容", self.id)
        ))
    }
}

impl Lookup for Declared<'_> {
    fn kinds(&self) -> &'static dyn Kinds {
        self.lookup.kinds()
    }

    fn record(&self, id: RecordId) -> Result<Option<Record>> {
        let Some(record) = self.lookup.record(id)? else { return Ok(None) };
        let tags = self.named(id, &record)?.ok_or_else(|| self.refused())?;
        Ok(Some(only(&record, &tags)))
    }

    fn derived(&self, id: RecordId) -> Result<Record> {
        let Some(record) = self.lookup.record(id)? else { return Ok(Record::new()) };
        let tags = self.named(id, &record)?.ok_or_else(|| self.refused())?;
        Ok(only(&self.lookup.derived(id)?, &tags))
    }

    fn linking(
        &self,
        kind: KindId,
        link: &FieldDef,
        target: u64,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()> {
        self.reads_children(kind, link, &[], target)?;
        self.lookup.linking(kind, link, target, visit)
    }

    /// The order of an index is that of its fields: a source names them, too.
    fn linking_by(
        &self,
        kind: KindId,
        index: &IndexDef,
        target: u64,
        reverse: bool,
        visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<()> {
        let (link, rest) = index.fields.split_first().ok_or_else(|| self.refused())?;
        self.reads_children(kind, link, rest, target)?;
        self.lookup.linking_by(kind, index, target, reverse, visit)
    }

    fn each(&self, _: KindId, _: &mut dyn FnMut(u64, &Record) -> ControlFlow<()>) -> Result<()> {
        Err(self.refused())
    }

    fn steps_giving(&self, _: RecordId, _: &FieldDef, _: &Value) -> Result<Vec<u64>> {
        Err(self.refused())
    }

    fn made_by(&self, _: u64, _: KindId, _: &[u16]) -> Result<Rc<Made>> {
        Err(self.refused())
    }

    fn holder(&self, _: KindId, _: &FieldDef, _: &Value, _: u64) -> Result<Option<u64>> {
        Err(self.refused())
    }
}

fn only(record: &Record, tags: &[u16]) -> Record {
    let mut shown = Record::new();
    for (tag, stored) in record.row().raw_fields().filter(|(tag, _)| tags.contains(tag)) {
        shown.set_raw(tag, Some(stored));
    }
    shown
}

//! Reading records, indexes, summaries and the journal, from a snapshot or from inside a write transaction.

use std::ops::{Bound, ControlFlow};

use crate::{
    domain::{FieldDef, KindId, Record, RecordId, Row, Value, bytes, schema::Schema},
    error::{Error, Result},
    text::said,
};

use super::{
    definitions::schema_of,
    engine::{KeyRange, Read, Snapshot, Space},
    entry,
    index::prefix,
    journal::{Entry, Residence, entry_key},
    keys::{num_after, put_value, take_num},
    meta,
    row::{self, Stored},
    summary::{self, Summary},
    view::{SharedView, StoreView},
};

/// A consistent view of the store.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    read: &'a dyn Read,
    schema: &'static Schema,
    shared: Option<&'a dyn Snapshot>,
    taken: &'a [(KindId, u64)],
}

/// A record with where it is and who changed it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    /// In use or in the trash.
    pub place: Residence,
    /// The sequence of its last change.
    pub head: u64,
    /// Its fields.
    pub record: Record,
}

impl<'a> Reader<'a> {
    /// Reads from inside a write transaction.
    ///
    /// # Errors
    /// What the engine says.
    pub fn inside(txn: &'a dyn Read) -> Result<Self> {
        Ok(Self::within(txn, schema_of(txn)?))
    }

    /// The same where the schema is known.
    pub const fn within(txn: &'a dyn Read, schema: &'static Schema) -> Self {
        Self { read: txn, schema, shared: None, taken: &[] }
    }

    /// The same state for other threads; none inside a write transaction.
    pub fn shared(&self) -> Option<SharedView<'a>> {
        self.shared.map(|snapshot| SharedView::of(snapshot, self.schema))
    }

    /// The kinds of record that there are.
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// The ordered bytes underneath.
    pub const fn raw(&self) -> &'a dyn Read {
        self.read
    }

    /// The sequence number of the last step; 0 for a new store.
    pub fn seq(&self) -> Result<u64> {
        meta::number(self.read, meta::SEQ)
    }

    /// The same view, in which these last numbers are given already: to records that the same step adds.
    #[must_use]
    pub const fn beside<'b>(&self, taken: &'b [(KindId, u64)]) -> Reader<'b>
    where
        'a: 'b,
    {
        Reader { read: self.read, schema: self.schema, shared: self.shared, taken }
    }

    /// The last number given to a record of this kind.
    pub fn last_num(&self, kind: KindId) -> Result<u64> {
        if let Some((_, last)) = self.taken.iter().find(|(known, _)| *known == kind) {
            return Ok(*last);
        }
        meta::number(self.read, &meta::counter(kind))
    }

    /// Shows the fields of a live record to `look`, without copying; `None` where there is no such record.
    pub fn with_row<T>(&self, id: RecordId, look: impl FnOnce(Row<'_>) -> T) -> Result<Option<T>> {
        self.with_stored(Space::Rows, id, |stored| look(stored.row))
    }

    /// The same for a record that is there, or for one in the trash.
    pub fn with_row_in<T>(&self, place: Residence, id: RecordId, look: impl FnOnce(Row<'_>) -> T) -> Result<Option<T>> {
        self.with_stored(space_of(place), id, |stored| look(stored.row))
    }

    fn with_stored<T>(&self, space: Space, id: RecordId, look: impl FnOnce(Stored<'_>) -> T) -> Result<Option<T>> {
        let (mut look, mut seen) = (Some(look), None);
        let mut bad = false;
        self.read.get_with(space, &row::key(id.kind, id.num), &mut |value| match Stored::read(value) {
            Some(stored) => seen = look.take().map(|look| look(stored)),
            None => bad = true,
        })?;
        if bad { Err(unreadable(id)) } else { Ok(seen) }
    }

    /// A record in use or in the trash.
    pub fn held(&self, id: RecordId) -> Result<Option<StoredRecord>> {
        for (space, place) in [(Space::Rows, Residence::Live), (Space::Trash, Residence::Trash)] {
            let found = self.with_stored(space, id, |stored| StoredRecord {
                place,
                head: stored.head,
                record: Record::from_bytes(stored.row.bytes().to_vec()),
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The sequence that changed the record last, also of one that is gone.
    pub fn head(&self, id: RecordId) -> Result<Option<u64>> {
        if let Some(held) = self.held(id)? {
            return Ok(Some(held.head));
        }
        Ok(self.read.get(Space::Gone, &row::key(id.kind, id.num))?.and_then(|value| bytes::unsigned(&value)))
    }

    /// Visits every live record of a kind from the number `from` on, in the order of numbers or against it.
    pub fn rows(
        &self,
        kind: KindId,
        from: u64,
        reverse: bool,
        visit: &mut dyn FnMut(u64, Row<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        self.rows_between(kind, (from, u64::MAX), reverse, visit)
    }

    /// Visits the live records of a kind with numbers from the one on and before the other.
    pub fn rows_between(
        &self,
        kind: KindId,
        numbers: (u64, u64),
        reverse: bool,
        visit: &mut dyn FnMut(u64, Row<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        self.rows_in(Residence::Live, kind, numbers, reverse, visit)
    }

    /// The same for the records that are there, or for those in the trash.
    pub fn rows_in(
        &self,
        place: Residence,
        kind: KindId,
        numbers: (u64, u64),
        reverse: bool,
        visit: &mut dyn FnMut(u64, Row<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        self.stored(space_of(place), kind, numbers, reverse, &mut |num, stored| visit(num, stored.row))
    }

    /// Visits every record of a kind in the trash.
    pub fn trashed(&self, kind: KindId, visit: &mut dyn FnMut(u64, Row<'_>) -> ControlFlow<()>) -> Result<()> {
        self.rows_in(Residence::Trash, kind, (0, u64::MAX), false, visit)
    }

    fn stored(
        &self,
        space: Space,
        kind: KindId,
        (from, end): (u64, u64),
        reverse: bool,
        visit: &mut dyn FnMut(u64, Stored<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut bad = None;
        let (start, end) = (row::key(kind, from), row::key(kind, end));
        let range = KeyRange::between(Bound::Included(&start), Bound::Excluded(&end));
        self.read.scan(space, range, reverse, &mut |key, value| {
            let num = num_after(key, 1).unwrap_or_default();
            match Stored::read(value) {
                Some(stored) => visit(num, stored),
                None => {
                    bad = Some(RecordId::new(kind, num));
                    ControlFlow::Break(())
                }
            }
        })?;
        bad.map_or(Ok(()), |id| Err(unreadable(id)))
    }

    /// Visits the derived fields of all records of a kind.
    pub fn derived_rows(&self, kind: KindId, visit: &mut dyn FnMut(u64, Row<'_>) -> ControlFlow<()>) -> Result<()> {
        let prefix = [kind.byte()];
        Ok(self.read.scan(Space::Derived, KeyRange::prefix(&prefix), false, &mut |key, value| {
            visit(num_after(key, 1).unwrap_or_default(), Row::new(value))
        })?)
    }

    /// Visits index entries that begin with `prefix`: the key after index number, and the record's number.
    pub fn index(
        &self,
        range: KeyRange<'_>,
        reverse: bool,
        visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<()> {
        Ok(self.read.scan(Space::Index, range, reverse, &mut |key, _| visit(key))?)
    }

    /// The count and sums of one group, or of all live records of a kind.
    pub fn summary(&self, key: &[u8]) -> Result<Summary> {
        let stored = self.read.get(Space::Summary, key)?;
        Ok(stored.and_then(|stored| Summary::decode(&stored)).unwrap_or_default())
    }

    /// How many live records of a kind there are.
    pub fn total(&self, kind: KindId) -> Result<u64> {
        Ok(u64::try_from(self.summary(&summary::total_key(kind))?.count).unwrap_or_default())
    }

    /// Visits the groups of a summary.
    pub fn summaries(
        &self,
        kind: KindId,
        number: u16,
        visit: &mut dyn FnMut(&[u8], Summary) -> ControlFlow<()>,
    ) -> Result<()> {
        let prefix = summary::prefix(kind, number);
        Ok(self.read.scan(
            Space::Summary,
            KeyRange::prefix(&prefix),
            false,
            &mut |key, value| match Summary::decode(value) {
                Some(found) => visit(key, found),
                None => ControlFlow::Continue(()),
            },
        )?)
    }

    /// The journal entry with that sequence number.
    pub fn entry(&self, seq: u64) -> Result<Option<Entry>> {
        let Some(stored) = self.read.get(Space::Journal, &entry_key(seq))? else { return Ok(None) };
        entry::read(&stored).map(Some).ok_or_else(|| {
            Error::failure(said!("journal entry {seq} cannot be read", "无法读取第 {seq} 条日志")).hint(said!(
                "the store may be damaged, or written by a newer version of the program",
                "数据文件可能已损坏，或由更新版本的程序写入"
            ))
        })
    }

    /// What a live or trashed record is called.
    pub fn name(&self, id: RecordId) -> Result<Option<String>> {
        let Some(kind) = self.schema.kind(id.kind) else { return Ok(None) };
        let tag = kind.name_field().tag;
        let text = |row: Row<'_>| row.raw(tag).map(|text| String::from_utf8_lossy(text).into_owned());
        if let Some(name) = self.with_row(id, text)? {
            return Ok(name);
        }
        Ok(self.with_stored(Space::Trash, id, |stored| text(stored.row))?.flatten())
    }

    /// Visits every entry of the index of a link: the record pointed to, the record that points.
    pub fn links(
        &self,
        kind: KindId,
        link: &FieldDef,
        visit: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<()> {
        has_index(link)?;
        let key = prefix(kind, link.tag);
        self.index(KeyRange::prefix(&key), false, &mut |entry| {
            let target = take_num(&entry[key.len()..]);
            let both = target.and_then(|(target, rest)| Some((target, num_after(rest, 0)?)));
            both.map_or(ControlFlow::Continue(()), |(target, num)| visit(target, num))
        })
    }

    /// The numbers of the records whose indexed field has exactly this value, folded; may hold a few more where texts
    /// are longer than an index tells apart.
    pub fn numbers_by_value(&self, kind: KindId, field: &FieldDef, value: &Value) -> Result<Vec<u64>> {
        let mut stored = Vec::new();
        bytes::put(&mut stored, value);
        let mut key = prefix(kind, field.tag);
        put_value(&mut key, field, &stored)?;
        let mut found = Vec::new();
        self.index(KeyRange::prefix(&key), false, &mut |entry| {
            found.extend(num_after(entry, key.len()));
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }
}

impl StoreView<'_> {
    /// Reads the records of this state.
    pub fn reader(&self) -> Reader<'_> {
        self.shared().reader()
    }
}

impl<'a> SharedView<'a> {
    /// Reads the records of the state.
    pub fn reader(self) -> Reader<'a> {
        let snapshot = self.snapshot();
        Reader { read: snapshot, schema: self.schema(), shared: Some(snapshot), taken: &[] }
    }
}

#[cfg(test)]
impl dyn Snapshot + '_ {
    /// Reads the records of a test that has an engine and no store.
    pub fn reader(&self) -> Reader<'_> {
        self.reader_by(&crate::domain::schema::BASE)
    }

    /// The same by a schema of the test.
    pub fn reader_by(&self, schema: &'static Schema) -> Reader<'_> {
        SharedView::of(self, schema).reader()
    }
}

const fn space_of(place: Residence) -> Space {
    match place {
        Residence::Live => Space::Rows,
        Residence::Trash => Space::Trash,
    }
}

fn unreadable(id: RecordId) -> Error {
    Error::failure(said!("The row of {id} cannot be read", "无法读取 {id} 的数据")).hint(said!(
        "the store may be damaged, or written by a newer version of the program",
        "数据文件可能已损坏，或由更新版本的程序写入"
    ))
}

/// Refuses to look for a link in an index that nobody keeps: it would find none.
pub(super) fn has_index(link: &FieldDef) -> Result<()> {
    if link.indexed() {
        return Ok(());
    }
    Err(Error::failure(said!(("No index is kept of '{}'", link.code), ("未保存“{}”的索引", link.zh))))
}

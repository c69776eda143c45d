//! Records of the store and rows of the file by what people call them.

use std::{collections::HashMap, ops::ControlFlow};

use crate::{
    domain::{FieldDef, Kind, RecordId, Row, Type, Value},
    error::Result,
    store::{
        Reader,
        engine::KeyRange,
        index::prefix,
        journal::Residence,
        keys::{num_after, put_last_digits},
    },
};

use super::{
    file_row::FileRow,
    handles::{fits, handles, has, hash, hashes},
    rows::FileRows,
};

/// Hashes of values with the number of the record or row that has them, sorted.
type ByHash = Vec<(u64, u64)>;

fn with_hash(sorted: &ByHash, hash: u64) -> impl Iterator<Item = u64> {
    let start = sorted.partition_point(|(known, _)| *known < hash);
    sorted[start..].iter().take_while(move |(known, _)| *known == hash).map(|(_, num)| *num)
}

/// Live records of one kind by their handles.
pub(super) struct Finder<'a> {
    reader: Reader<'a>,
    kind: &'static Kind,
    empty: bool,
    unindexed: HashMap<u16, ByHash>,
}

impl<'a> Finder<'a> {
    /// Finds records of this kind.
    pub fn new(reader: Reader<'a>, kind: &'static Kind) -> Result<Self> {
        Ok(Self { reader, kind, empty: reader.total(kind.id)? == 0, unindexed: HashMap::new() })
    }

    /// Whether a live record has this number.
    pub fn exists(&self, num: u64) -> Result<bool> {
        Ok(!self.empty && self.reader.with_row(self.id(num), |_| ())?.is_some())
    }

    /// Whether a record with this number is in the trash.
    pub fn is_trashed(&self, num: u64) -> Result<bool> {
        Ok(self.reader.held(self.id(num))?.is_some_and(|held| held.place == Residence::Trash))
    }

    /// The numbers of the records that have this text in the handle.
    pub fn find(&mut self, def: &'static FieldDef, text: &str) -> Result<Vec<u64>> {
        self.find_where(def, text, &|_| true)
    }

    /// Those of them of which something else holds too.
    pub fn find_where(
        &mut self,
        def: &'static FieldDef,
        text: &str,
        also: &dyn Fn(Row<'_>) -> bool,
    ) -> Result<Vec<u64>> {
        if self.empty || !fits(def, text) {
            return Ok(Vec::new());
        }
        let mut found = if !def.indexed() {
            self.scanned(def, text)?
        } else if def.ty == Type::Phone {
            self.phones(def, text)?
        } else {
            self.reader.numbers_by_value(self.kind.id, def, &Value::Text(text.to_owned()))?
        };
        found.sort_unstable();
        found.dedup();
        let mut sure = Vec::with_capacity(found.len());
        for num in found {
            if self.reader.with_row(self.id(num), |row| has(row, def, text) && also(row))? == Some(true) {
                sure.push(num);
            }
        }
        Ok(sure)
    }

    fn phones(&self, def: &FieldDef, text: &str) -> Result<Vec<u64>> {
        let mut start = prefix(self.kind.id, def.tag);
        let length = start.len();
        put_last_digits(&mut start, text);
        let mut found = Vec::new();
        self.reader.index(KeyRange::prefix(&start), false, &mut |key| {
            let end = key[length..].iter().position(|byte| *byte == 0);
            found.extend(end.and_then(|end| num_after(key, length + end + 1)));
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// Looks through all records once for each handle that has no index.
    fn scanned(&mut self, def: &'static FieldDef, text: &str) -> Result<Vec<u64>> {
        let sorted = match self.unindexed.get(&def.tag) {
            Some(sorted) => sorted,
            None => {
                let mut all = Vec::new();
                self.reader.rows(self.kind.id, 0, false, &mut |num, row| {
                    hashes(row, def, &mut |hash| all.push((hash, num)));
                    ControlFlow::Continue(())
                })?;
                all.sort_unstable();
                self.unindexed.entry(def.tag).or_insert(all)
            }
        };
        Ok(with_hash(sorted, hash(def, text)).collect())
    }

    const fn id(&self, num: u64) -> RecordId {
        RecordId::new(self.kind.id, num)
    }
}

/// Rows of the file by their handles.
pub(super) struct OwnRows {
    by_handle: Vec<(&'static FieldDef, ByHash)>,
}

impl OwnRows {
    /// The rows, each as a record of this kind.
    pub fn new(rows: &FileRows, kind: &'static Kind) -> Self {
        let by_handle = handles(kind).map(|def| {
            let mut all = Vec::new();
            for (at, row) in rows.iter().enumerate() {
                hashes(row.fields, def, &mut |hash| all.push((hash, at as u64)));
            }
            all.sort_unstable();
            (def, all)
        });
        Self { by_handle: by_handle.collect() }
    }

    /// The rows that have this text in the handle.
    pub fn find(&self, rows: &[FileRow<'_>], def: &FieldDef, text: &str) -> Vec<u32> {
        if !fits(def, text) {
            return Vec::new();
        }
        let Some((_, sorted)) = self.by_handle.iter().find(|(known, _)| *known == def) else { return Vec::new() };
        let found = with_hash(sorted, hash(def, text)).filter_map(|at| u32::try_from(at).ok());
        found.filter(|at| rows.get(*at as usize).is_some_and(|row| has(row.fields, def, text))).collect()
    }
}

//! Sorting by keys made for it: bytes whose order is the order asked for.

use std::collections::{BinaryHeap, HashMap};

use crate::{
    domain::{FieldDef, RecordId, Row, Type, bytes},
    error::Result,
    query::{
        field_path::{FieldPath, PathValue},
        names::Names,
        recheck::Recheck,
    },
    store::{
        Reader,
        keys::{put_num, put_value},
    },
    text::{Lang, fold_cow, pinyin},
};

use super::{Order, Query};

/// The numbers of the records that pass, sorted; the first `most` where so many are enough.
pub(super) fn numbers(query: &Query, look: &Recheck<'_, '_>, most: Option<usize>) -> Result<Vec<u64>> {
    // Keys are made of rows.
    let look = Recheck { bare: false, ..*look };
    let mut kept = SortBuffer::new(most);
    look.fold(
        |reader| SortKeys::new(query, reader),
        || SortBuffer::new(most),
        |keys, kept, num, row| {
            keys.make(num, row)?;
            kept.offer(&keys.key, num);
            Ok(())
        },
        &mut |part| kept.append(part),
    )?;
    Ok(kept.into_numbers())
}

/// Numbers with the keys that they are sorted by: all, or the first ones only.
enum SortBuffer {
    All(SortKeyBuffer),
    First(usize, BinaryHeap<(Box<[u8]>, u64)>),
}

/// Keys one after the other, which costs a third of what boxes would.
#[derive(Default)]
struct SortKeyBuffer {
    bytes: Vec<u8>,
    /// Where a key ends, and whose it is.
    ends: Vec<(usize, u64)>,
}

impl SortBuffer {
    fn new(most: Option<usize>) -> Self {
        match most {
            Some(most) => Self::First(most, BinaryHeap::new()),
            None => Self::All(SortKeyBuffer::default()),
        }
    }

    fn offer(&mut self, key: &[u8], num: u64) {
        match self {
            Self::All(all) => {
                all.bytes.extend_from_slice(key);
                all.ends.push((all.bytes.len(), num));
            }
            Self::First(most, heap) => {
                if heap.len() < *most {
                    heap.push((key.into(), num));
                } else if let Some(mut last) = heap.peek_mut()
                    && key < &*last.0
                {
                    *last = (key.into(), num);
                }
            }
        }
    }

    fn append(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::All(all), Self::All(more)) => {
                let before = all.bytes.len();
                all.bytes.extend_from_slice(&more.bytes);
                all.ends.extend(more.ends.iter().map(|(end, num)| (before + end, *num)));
            }
            (Self::First(..), Self::First(_, heap)) => heap.iter().for_each(|(key, num)| self.offer(key, *num)),
            _ => {}
        }
    }

    fn into_numbers(self) -> Vec<u64> {
        match self {
            Self::All(SortKeyBuffer { bytes, ends }) => {
                let key = |at: usize| {
                    let from = at.checked_sub(1).map_or(0, |before| ends[before].0);
                    &bytes[from..ends[at].0]
                };
                let mut order: Vec<u32> = (0..ends.len() as u32).collect();
                order.sort_unstable_by(|a, b| key(*a as usize).cmp(key(*b as usize)));
                order.into_iter().map(|at| ends[at as usize].1).collect()
            }
            Self::First(_, heap) => heap.into_sorted_vec().into_iter().map(|(_, num)| num).collect(),
        }
    }
}

/// What stands before a value, and in the place of none, which is last in either direction.
const HERE: u8 = 0;
const NOWHERE: u8 = 1;

/// Makes the keys that records are sorted by.
struct SortKeys<'q, 'a> {
    /// The key that was made last.
    key: Vec<u8>,
    sort: &'q [Order],
    reader: Reader<'a>,
    lang: Lang,
    names: Names<'a>,
    kind: crate::domain::KindId,
    /// The keys of names, by record.
    known: HashMap<RecordId, Box<[u8]>>,
}

/// Beyond so many names they are looked up anew.
const KNOWN_LIMIT: usize = 200_000;

impl<'q, 'a> SortKeys<'q, 'a> {
    fn new(query: &'q Query, reader: Reader<'a>) -> Self {
        let names = Names::new(reader, query.lang);
        let kind = query.kind().id;
        Self { key: Vec::new(), sort: &query.sort, reader, lang: query.lang, names, kind, known: HashMap::new() }
    }

    /// Makes the key of a record.
    fn make(&mut self, num: u64, row: Row<'_>) -> Result<()> {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        let made = self.put(&mut key, num, row);
        self.key = key;
        made
    }

    fn put(&mut self, key: &mut Vec<u8>, num: u64, row: Row<'_>) -> Result<()> {
        for order in self.sort {
            let start = key.len();
            self.put_one(&order.by, key, num, row)?;
            // The byte that says whether there is a value is not turned, so that none is last in either direction.
            if order.descending {
                key[start + 1..].iter_mut().for_each(|byte| *byte = !*byte);
            }
        }
        let start = key.len();
        put_num(key, num);
        if self.sort.first().is_some_and(|order| order.descending) {
            key[start..].iter_mut().for_each(|byte| *byte = !*byte);
        }
        Ok(())
    }

    fn put_one(&mut self, by: &FieldPath, key: &mut Vec<u8>, num: u64, row: Row<'_>) -> Result<()> {
        let start = key.len();
        key.push(HERE);
        let (lang, schema) = (self.lang, self.reader.schema());
        let link = by.look(&self.reader, RecordId::new(self.kind, num), row, |found| match found {
            None => Ok(None),
            Some(PathValue::Id(id)) => {
                put_num(key, id.num);
                Ok(None)
            }
            Some(PathValue::Stored(def, stored)) => {
                let first = if def.many { bytes::items(stored).next() } else { Some(stored) };
                match (def.ty, first) {
                    (_, None) => Ok(None),
                    (Type::Link, Some(stored)) => Ok(bytes::unsigned(stored)
                        .zip(schema.target(def))
                        .map(|(num, kind)| RecordId::new(kind.id, num))),
                    (_, Some(stored)) => put_sort_value(key, def, stored, lang).map(|()| None),
                }
            }
        })??;
        if let Some(id) = link {
            self.put_name(key, id)?;
        }
        if key.len() == start + 1 {
            key[start] = NOWHERE;
        }
        Ok(())
    }

    fn put_name(&mut self, key: &mut Vec<u8>, id: RecordId) -> Result<()> {
        if let Some(known) = self.known.get(&id) {
            key.extend_from_slice(known);
            return Ok(());
        }
        let name = self.names.of(id)?;
        let start = key.len();
        put_sort_text(key, &name, self.lang);
        if self.known.len() >= KNOWN_LIMIT {
            self.known.clear();
        }
        self.known.insert(id, key[start..].into());
        Ok(())
    }
}

/// Appends a value so that it sorts: as in an index, but text as [`put_sort_text`] has it.
fn put_sort_value(key: &mut Vec<u8>, def: &FieldDef, stored: &[u8], lang: Lang) -> Result<()> {
    match std::str::from_utf8(stored) {
        Ok(text) if def.ty.is_text() && def.ty != Type::Phone => {
            put_sort_text(key, text, lang);
            Ok(())
        }
        _ => put_value(key, def, stored),
    }
}

/// Appends text so that it sorts: Chinese by its sound for who reads Chinese. An index is cut; sorting is not.
fn put_sort_text(key: &mut Vec<u8>, text: &str, lang: Lang) {
    if lang == Lang::Zh && !text.is_ascii() {
        key.extend(pinyin::sort_key(text).into_iter().filter(|byte| *byte != 0));
    } else {
        key.extend(fold_cow(text).bytes().filter(|byte| *byte != 0));
    }
    key.push(0);
}

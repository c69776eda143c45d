//! Sorting by keys made for it: bytes whose order is the order asked for.

use std::{
    collections::{BinaryHeap, HashMap},
    ops::ControlFlow,
};

use crate::{
    domain::{RecordId, Row, Type, bytes, target_of},
    error::Result,
    query::{
        field_path::{FieldPath, Found},
        filter::Evaluator,
        names::Names,
        plan::{Candidates, Plan},
    },
    store::{
        Reader,
        keys::{put_num, put_value},
    },
    text::{Lang, fold_cow, pinyin},
};

use super::{Order, Query, show};

/// The numbers of the records that pass, sorted; the first `most` where so many are enough.
pub(super) fn numbers(query: &Query, reader: &Reader<'_>, plan: &Plan, most: Option<usize>) -> Result<Vec<u64>> {
    let ask = Evaluator::new(*reader, &query.filter);
    let mut keys = SortKeys::new(query, reader);
    let mut kept = Kept::new(most);
    let mut scratch = Vec::new();
    let mut take = |num: u64, row: Row<'_>| {
        scratch.clear();
        keys.put(&mut scratch, num, row)?;
        kept.offer(&scratch, num);
        Ok(ControlFlow::Continue(()))
    };
    match plan.candidates(reader)? {
        Candidates::All => ask.each(false, &mut take)?,
        Candidates::Numbers { numbers, exact } => show(reader, query.kind(), &numbers, &mut |num, row| {
            if exact || ask.matches(num, row)? { take(num, row) } else { Ok(ControlFlow::Continue(())) }
        })?,
    }
    Ok(kept.into_numbers())
}

/// All records, or the first ones only.
enum Kept {
    All(Vec<(Box<[u8]>, u64)>),
    First(usize, BinaryHeap<(Box<[u8]>, u64)>),
}

impl Kept {
    fn new(most: Option<usize>) -> Self {
        match most {
            Some(most) => Self::First(most, BinaryHeap::new()),
            None => Self::All(Vec::new()),
        }
    }

    fn offer(&mut self, key: &[u8], num: u64) {
        match self {
            Self::All(all) => all.push((key.into(), num)),
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

    fn into_numbers(self) -> Vec<u64> {
        let sorted = match self {
            Self::All(mut all) => {
                all.sort_unstable();
                all
            }
            Self::First(_, heap) => heap.into_sorted_vec(),
        };
        sorted.into_iter().map(|(_, num)| num).collect()
    }
}

/// What stands before a value, and in the place of none, which is last in either direction.
const HERE: u8 = 0;
const NOWHERE: u8 = 1;

/// Makes the keys that records are sorted by.
struct SortKeys<'q, 'a> {
    sort: &'q [Order],
    reader: &'a Reader<'a>,
    lang: Lang,
    names: Names<'a>,
    kind: crate::domain::KindId,
    /// The keys of names, by record.
    known: HashMap<RecordId, Box<[u8]>>,
}

/// Beyond so many names they are looked up anew.
const KNOWN_LIMIT: usize = 200_000;

impl<'q, 'a> SortKeys<'q, 'a> {
    fn new(query: &'q Query, reader: &'a Reader<'a>) -> Self {
        let names = Names::new(*reader, query.lang);
        let kind = query.kind().id;
        Self { sort: &query.sort, reader, lang: query.lang, names, kind, known: HashMap::new() }
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
        let lang = self.lang;
        let link = by.look(self.reader, RecordId::new(self.kind, num), row, |found| match found {
            None => None,
            Some(Found::Id(id)) => {
                put_num(key, id.num);
                None
            }
            Some(Found::Stored(def, stored)) => {
                let first = if def.many { bytes::items(stored).next() } else { Some(stored) };
                match (def.ty, first) {
                    (_, None) => None,
                    (Type::Link, Some(stored)) => {
                        bytes::unsigned(stored).zip(target_of(def)).map(|(num, kind)| RecordId::new(kind.id, num))
                    }
                    (ty, Some(stored)) => {
                        put_sort_value(key, ty, stored, lang);
                        None
                    }
                }
            }
        })?;
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
        put_sort_value(key, Type::Text, name.as_bytes(), self.lang);
        if self.known.len() >= KNOWN_LIMIT {
            self.known.clear();
        }
        self.known.insert(id, key[start..].into());
        Ok(())
    }
}

/// Appends a value so that it sorts: as in an index, but Chinese by its sound for who reads Chinese.
fn put_sort_value(key: &mut Vec<u8>, ty: Type, stored: &[u8], lang: Lang) {
    let text = (ty.is_text() && ty != Type::Phone).then(|| std::str::from_utf8(stored).ok()).flatten();
    match text.filter(|text| lang == Lang::Zh && !text.is_ascii()) {
        Some(text) => {
            key.extend(pinyin::sort_key(text).bytes().filter(|byte| *byte != 0));
            key.push(0);
        }
        None => match text {
            // An index is cut; sorting is not.
            Some(text) => {
                key.extend(fold_cow(text).bytes().filter(|byte| *byte != 0));
                key.push(0);
            }
            None => put_value(key, ty, stored),
        },
    }
}

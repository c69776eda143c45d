//! Runs of index keys that hold the records of one test.

use std::ops::{Bound, ControlFlow};

use crate::{
    domain::{FieldDef, KindId, Type, words::phone},
    error::Result,
    query::filter::{Check, Ranges},
    store::{
        Reader,
        engine::KeyRange,
        index::{is_cut, prefix},
        keys::{ABSENT, TEXT_LIMIT, num_after, put_int, put_num, put_text, split_value},
    },
};

/// The most that the beginning of a day differs from its beginning in UTC, in milliseconds.
const ZONES_APART: i64 = 15 * 3_600_000;
/// Two spellings of a telephone number share at least so many last digits.
const SHARED_DIGITS: usize = 7;

/// Runs of keys in the index of one field.
#[derive(Debug)]
pub struct Keys {
    pub(super) def: &'static FieldDef,
    /// From the one, to before the other.
    runs: Vec<(Vec<u8>, Vec<u8>)>,
    /// Whether every record in them passes.
    pub(super) exact: bool,
}

impl Keys {
    /// The keys of the records that may pass a check, where the field has an index that can tell.
    pub fn of(kind: KindId, def: &'static FieldDef, check: &Check) -> Option<Self> {
        if !def.indexed() {
            return None;
        }
        let start = prefix(kind, def.tag);
        let (runs, exact) = runs(&start, def.ty, check)?;
        Some(Self { def, runs, exact })
    }

    /// The keys of the records whose link points to one of these.
    pub fn linking(kind: KindId, link: &'static FieldDef, targets: &[u64]) -> Option<Self> {
        Self::of(kind, link, &Check::Numbers(Ranges::of_numbers(targets)))
    }

    /// Whether no record stands in them twice.
    pub fn is_distinct(&self) -> bool {
        !self.def.many
    }

    /// How many keys there are, counted up to a limit.
    pub fn count(&self, reader: &Reader<'_>, limit: u64) -> Result<u64> {
        let mut count = 0;
        self.each(reader, &mut |_| {
            count += 1;
            if count < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(count)
    }

    /// The numbers of the records, in rising order; `None` beyond a limit.
    pub fn numbers(&self, reader: &Reader<'_>, limit: u64) -> Result<Option<Vec<u64>>> {
        let mut numbers = Vec::new();
        self.each(reader, &mut |key| {
            numbers.extend(number_in(self.def.ty, key));
            if (numbers.len() as u64) < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        if numbers.len() as u64 >= limit {
            return Ok(None);
        }
        if !numbers.is_sorted() {
            numbers.sort_unstable();
        }
        numbers.dedup();
        Ok(Some(numbers))
    }

    fn each(&self, reader: &Reader<'_>, visit: &mut dyn FnMut(&[u8]) -> ControlFlow<()>) -> Result<()> {
        let mut go_on = ControlFlow::Continue(());
        for (start, end) in &self.runs {
            let range = KeyRange::between(Bound::Included(start), Bound::Excluded(end));
            reader.index(range, false, &mut |key| {
                go_on = visit(key);
                go_on
            })?;
            if go_on.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The number of the record in a key of the index of one field.
pub fn number_in(ty: Type, key: &[u8]) -> Option<u64> {
    let (_, rest) = split_value(ty, key.get(3..)?)?;
    num_after(rest, 0)
}

type Runs = Vec<(Vec<u8>, Vec<u8>)>;

fn runs(start: &[u8], ty: Type, check: &Check) -> Option<(Runs, bool)> {
    let with = |put: &dyn Fn(&mut Vec<u8>)| {
        let mut key = start.to_vec();
        put(&mut key);
        key
    };
    let run = |key: Vec<u8>| {
        let end = after(&key);
        (key, end)
    };
    let mut exact = true;
    let runs = match check {
        Check::Present => vec![run(start.to_vec())],
        Check::Texts(texts) if ty.is_text() && ty != Type::Phone => {
            let mut runs = Vec::new();
            for text in texts {
                let key = with(&|key| put_text(key, text));
                exact &= !is_cut(ty, &key) && !text.contains('\0');
                runs.push(run(key));
            }
            runs
        }
        Check::Prefix(text) if ty != Type::Phone => {
            exact = text.len() < TEXT_LIMIT / 2 && !text.contains('\0');
            if !exact {
                return None;
            }
            vec![run(with(&|key| key.extend_from_slice(text.as_bytes())))]
        }
        Check::Between(from, to) if ty != Type::Phone => {
            exact = false;
            let low = match from {
                Bound::Included(text) | Bound::Excluded(text) => with(&|key| put_start(key, text)),
                Bound::Unbounded => start.to_vec(),
            };
            let high = match to {
                Bound::Included(text) | Bound::Excluded(text) => after(&with(&|key| put_start(key, text))),
                Bound::Unbounded => after(start),
            };
            vec![(low, high)]
        }
        Check::Phones(numbers) if ty == Type::Phone => {
            exact = false;
            let mut runs = Vec::new();
            for number in numbers {
                let digits = last_digits(number)?;
                runs.push(run(with(&|key| key.extend_from_slice(digits.as_bytes()))));
            }
            runs
        }
        Check::Numbers(ranges) => ranges.iter().map(|range| number_run(start, ty, range)).collect(),
        Check::Money(ranges, _) => {
            exact = false;
            ranges.iter().map(|range| number_run(start, ty, range)).collect()
        }
        Check::Due { instants, .. } => {
            exact = false;
            let widen = |(from, to): (i64, i64)| (from.saturating_sub(ZONES_APART), to.saturating_add(ZONES_APART));
            ranges_of(instants.iter().map(widen)).iter().map(|range| number_run(start, ty, range)).collect()
        }
        _ => return None,
    };
    Some((runs, exact))
}

fn ranges_of(ranges: impl Iterator<Item = (i64, i64)>) -> Ranges {
    let mut joined = Ranges::default();
    ranges.for_each(|(from, to)| joined.extend(Ranges::between(from, to)));
    joined
}

fn number_run(start: &[u8], ty: Type, (from, to): (i64, i64)) -> (Vec<u8>, Vec<u8>) {
    let key = |number: i64| {
        let mut key = start.to_vec();
        match u64::try_from(number) {
            Ok(number) if ty == Type::Link => put_num(&mut key, number),
            Err(_) if ty == Type::Link => {}
            _ => put_int(&mut key, number),
        }
        key
    };
    let low = if from == i64::MIN { start.to_vec() } else { key(from) };
    let high = to.checked_add(1).map_or_else(|| after(start), key);
    (low, high)
}

/// The end of all keys that begin so. Every key begins with the number of a kind, so there always is one.
pub fn after(key: &[u8]) -> Vec<u8> {
    let mut end = key.to_vec();
    while end.pop_if(|byte| *byte == u8::MAX).is_some() {}
    if let Some(last) = end.last_mut() {
        *last += 1;
    }
    end
}

/// The beginning of a folded text, as far as an index tells texts apart for certain.
fn put_start(key: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes().iter().copied().filter(|byte| *byte != ABSENT);
    key.extend(bytes.take(TEXT_LIMIT / 2));
}

/// The digits that all spellings of a telephone number end in, last first.
fn last_digits(number: &str) -> Option<String> {
    let normal = phone::normalize(number)?;
    let main = normal.split('x').next().unwrap_or_default();
    let significant = main.strip_prefix('+').or_else(|| main.strip_prefix('0')).unwrap_or(main);
    Some(significant.chars().rev().take(SHARED_DIGITS).collect())
}

//! Runs of index keys that hold the records of one test.

use std::ops::Bound;

use crate::{
    domain::{FieldDef, KindId, Type, kind::IndexDef},
    query::filter::{Check, Edge, Node, Ranges, is_nought_when_absent},
    store::{
        index::{is_cut, prefix},
        keys::{ABSENT, TEXT_LIMIT, num_after, put_decimal, put_int, put_last_digits, put_num, put_text, split_value},
    },
};

/// The most that the beginning of a day differs from its beginning in UTC, in milliseconds.
const ZONES_APART: i64 = 15 * 3_600_000;
/// A day that is due counts by its end; clocks that are put back make it longer.
const LONGEST_DAY: i64 = 26 * 3_600_000;
/// So many values of the first field of an index are looked up one after the other.
const FEW_VALUES: i64 = 12;

/// From the one key, to before the other.
pub type KeyRun = (Vec<u8>, Vec<u8>);

/// Runs of keys in one index.
#[derive(Debug)]
pub struct IndexKeys {
    /// What stands in the keys before the number of the record.
    pub(super) fields: Vec<&'static FieldDef>,
    /// From the one, to before the other.
    pub(super) runs: Vec<KeyRun>,
    /// Whether every record in them passes.
    exact: bool,
}

impl IndexKeys {
    /// The keys of the records that may pass a check, where the field has an index that can tell.
    pub fn of(kind: KindId, def: &'static FieldDef, check: &Check) -> Option<Self> {
        let without = is_nought_when_absent(def) && matches!(check, Check::Numbers(ranges) if ranges.contains(0));
        if !def.indexed() || without {
            return None;
        }
        let (runs, exact) = runs(&prefix(kind, def.tag), def.ty, check)?;
        Some(Self { fields: vec![def], runs, exact })
    }

    /// The keys of the records whose link points to one of these.
    pub fn linking(kind: KindId, link: &'static FieldDef, targets: &[u64]) -> Option<Self> {
        Self::of(kind, link, &Check::Numbers(Ranges::of_numbers(targets)))
    }

    /// The keys of an index of several fields, where a filter wants the first to be equal to a value or one of a few,
    /// and another after it; and which of the tests they answer.
    pub fn of_several(kind: KindId, index: &'static IndexDef, tests: &[Node]) -> Option<(Self, Vec<usize>)> {
        let mut starts = vec![prefix(kind, index.number)];
        let mut answered = Vec::new();
        for def in index.fields {
            let Some((at, check)) = test_of(tests, def) else { break };
            answered.push(at);
            let Some(values) = few_values(def.ty, check) else {
                let (runs, exact) = runs_behind(&starts, def.ty, check)?;
                let keys = Self { fields: index.fields.iter().collect(), runs, exact };
                return (answered.len() > 1).then_some((keys, answered));
            };
            let put = |start: &Vec<u8>, value: i64| {
                let mut start = start.clone();
                put_number(&mut start, def.ty, value).map(|()| start)
            };
            starts = starts.iter().flat_map(|start| values.iter().filter_map(|value| put(start, *value))).collect();
        }
        let runs = starts.into_iter().map(|start| (start.clone(), after(&start))).collect();
        (answered.len() > 1).then(|| (Self { fields: index.fields.iter().collect(), runs, exact: true }, answered))
    }

    /// The keys of an index in the order of one of its fields, as the filter wants those before it to be equal to one
    /// value each; which of the tests they answer; and the run of the records that lack the field, if the index has
    /// them and the filter may want them.
    pub fn in_order(kind: KindId, index: &'static IndexDef, by: &FieldDef, tests: &[Node]) -> Option<Ordered> {
        let at = index.fields.iter().position(|field| field == by).filter(|at| *at > 0)?;
        let mut start = prefix(kind, index.number);
        let mut answered = Vec::new();
        for def in &index.fields[..at] {
            let (test, check) = test_of(tests, def)?;
            let [value] = few_values(def.ty, check)?[..] else { return None };
            put_number(&mut start, def.ty, value)?;
            answered.push(test);
        }
        let absent = Some([&start[..], &[ABSENT]].concat()).filter(|_| !asks_for(tests, by));
        let own = test_of(tests, by)
            .and_then(|(test, check)| Some((test, runs_behind(std::slice::from_ref(&start), by.ty, check)?)));
        let (runs, exact) = match own {
            Some((test, found)) => {
                answered.push(test);
                found
            }
            None => (vec![([&start[..], &[ABSENT + 1]].concat(), after(&start))], true),
        };
        let absent = absent.map(|start| (start.clone(), after(&start)));
        Some(Ordered { keys: Self { fields: index.fields.iter().collect(), runs, exact }, answered, absent })
    }

    /// The keys of the index of one field, in its order.
    pub fn in_order_of(kind: KindId, by: &'static FieldDef, tests: &[Node]) -> Option<Ordered> {
        let own = test_of(tests, by).and_then(|(test, check)| Some((test, Self::of(kind, by, check)?)));
        let (keys, answered) = match own {
            Some((test, keys)) => (keys, vec![test]),
            None => (Self::of(kind, by, &Check::Present)?, Vec::new()),
        };
        Some(Ordered { keys, answered, absent: None })
    }

    /// The same index with one run only.
    #[must_use]
    pub fn with_run(&self, run: KeyRun) -> Self {
        Self { fields: self.fields.clone(), runs: vec![run], exact: self.exact }
    }

    /// Whether every record in them passes.
    pub const fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether no record stands in them twice.
    pub fn is_distinct(&self) -> bool {
        self.fields.iter().all(|def| !def.many)
    }

    /// The fields of the index.
    pub fn name(&self) -> String {
        self.fields.iter().map(|def| def.code).collect::<Vec<_>>().join("+")
    }
}

/// The keys of an index in the order of a field.
#[derive(Debug)]
pub struct Ordered {
    /// The keys.
    pub keys: IndexKeys,
    /// Which tests of the filter they answer.
    pub answered: Vec<usize>,
    /// Where the records stand that lack the field.
    pub absent: Option<KeyRun>,
}

/// The first test of a field, and its place among the tests.
fn test_of<'t>(tests: &'t [Node], def: &FieldDef) -> Option<(usize, &'t Check)> {
    tests.iter().enumerate().find_map(|(at, node)| match node {
        Node::Field(held, check) if *held == def => Some((at, check)),
        _ => None,
    })
}

/// Whether a record without the field fails one of the tests.
pub fn asks_for(tests: &[Node], def: &FieldDef) -> bool {
    !is_nought_when_absent(def) && test_of(tests, def).is_some()
}

/// The runs behind each of several beginnings of keys; a record without the field stands behind them too, before all
/// others, and is left out.
fn runs_behind(starts: &[Vec<u8>], ty: Type, check: &Check) -> Option<(KeyRuns, bool)> {
    let (mut all, mut exact) = (Vec::new(), true);
    for start in starts {
        let (mut found, of_start) = runs(start, ty, check)?;
        exact &= of_start;
        found.iter_mut().filter(|(low, _)| low == start).for_each(|(low, _)| low.push(ABSENT + 1));
        all.extend(found);
    }
    Some((all, exact))
}

/// The number of the record in a key of the index of one field.
pub fn number_in(ty: Type, key: &[u8]) -> Option<u64> {
    let (_, rest) = split_value(ty, key.get(3..)?)?;
    num_after(rest, 0)
}

/// The values that a check lets through, if they are few.
fn few_values(ty: Type, check: &Check) -> Option<Vec<i64>> {
    let Check::Numbers(ranges) = check else { return None };
    if !matches!(ty, Type::Link | Type::Choice | Type::Whole | Type::Date | Type::Instant | Type::YesNo) {
        return None;
    }
    let mut values = Vec::new();
    for (from, to) in ranges.iter() {
        let more = to.checked_sub(from).filter(|more| *more < FEW_VALUES)?;
        values.extend(from..=from + more);
    }
    (values.len() as i64 <= FEW_VALUES).then_some(values)
}

/// Appends a value as it stands in a key; a link to nobody cannot.
fn put_number(key: &mut Vec<u8>, ty: Type, value: i64) -> Option<()> {
    match ty {
        Type::Link => put_num(key, u64::try_from(value).ok()?),
        _ => put_int(key, value),
    }
    Some(())
}

type KeyRuns = Vec<KeyRun>;

fn runs(start: &[u8], ty: Type, check: &Check) -> Option<(KeyRuns, bool)> {
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
                let key = with(&|key| put_last_digits(key, number));
                // What has no digits is no number, and none of the keys tells anything of it.
                if key.len() == start.len() {
                    return None;
                }
                runs.push(run(key));
            }
            runs
        }
        Check::Numbers(ranges) => ranges.iter().map(|range| number_run(start, ty, range)).collect(),
        Check::Exact(spans, currency) => {
            exact = currency.is_none();
            let at = |number| with(&|key| put_decimal(key, number));
            let low = |edge| match edge {
                Edge::Least => start.to_vec(),
                Edge::At(number, false) => at(number),
                Edge::At(number, true) => after(&at(number)),
                Edge::Most => after(start),
            };
            spans.iter().map(|(from, to)| (low(from), low(to))).collect()
        }
        Check::Due { instants, .. } => {
            exact = false;
            let widen = |(from, to): (i64, i64)| {
                (from.saturating_sub(ZONES_APART + LONGEST_DAY), to.saturating_add(ZONES_APART))
            };
            ranges_of(instants.iter().map(widen)).iter().map(|range| number_run(start, ty, range)).collect()
        }
        _ => return None,
    };
    let mut runs: KeyRuns = runs;
    runs.sort();
    runs.dedup();
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

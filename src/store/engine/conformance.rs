//! What every engine does, in one suite. A new engine adds one line to [`suite!`].

use std::{
    collections::BTreeMap,
    ops::{Bound, ControlFlow},
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use proptest::prelude::*;

use super::{
    Access, Engine, EngineError, KeyRange, OpenOptions, Read, Space, WriteTxn, catches_panics, entries, memory, open,
    transact,
};

const WAIT: Duration = Duration::from_secs(5);
type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

fn pairs(reader: &(impl Read + ?Sized), space: Space, range: KeyRange<'_>, reverse: bool) -> Pairs {
    let mut found = Vec::new();
    let mut visit = |key: &[u8], value: &[u8]| {
        found.push((key.to_vec(), value.to_vec()));
        ControlFlow::Continue(())
    };
    reader.scan(space, range, reverse, &mut visit).unwrap();
    found
}

fn keys(reader: &(impl Read + ?Sized), range: KeyRange<'_>, reverse: bool) -> Vec<Vec<u8>> {
    pairs(reader, Space::Rows, range, reverse).into_iter().map(|(key, _)| key).collect()
}

fn write(engine: &dyn Engine, work: impl FnOnce(&mut dyn WriteTxn) -> Result<(), EngineError>) {
    transact(engine, WAIT, work).unwrap();
}

fn entries_come_and_go(engine: &dyn Engine) {
    write(engine, |txn| {
        assert_eq!(txn.get(Space::Rows, b"a")?, None);
        assert!(txn.is_empty(Space::Rows)?);
        txn.put(Space::Rows, b"a", b"1")?;
        txn.put(Space::Rows, b"a", b"2")?;
        txn.put(Space::Rows, b"", b"empty key")?;
        txn.put(Space::Trash, b"a", b"")?;
        assert_eq!(txn.get(Space::Rows, b"a")?.as_deref(), Some(&b"2"[..]));
        assert_eq!(txn.len(Space::Rows)?, 2);
        Ok(())
    });
    let snapshot = engine.snapshot().unwrap();
    assert_eq!(snapshot.get(Space::Rows, b"").unwrap().as_deref(), Some(&b"empty key"[..]));
    assert_eq!(snapshot.get(Space::Trash, b"a").unwrap().as_deref(), Some(&b""[..]));
    assert_eq!(snapshot.get(Space::Search, b"a").unwrap(), None);
    assert_eq!(snapshot.len(Space::Search).unwrap(), 0);
    assert!(pairs(&*snapshot, Space::Search, KeyRange::all(), false).is_empty());
    assert!(!snapshot.get_with(Space::Rows, b"b", &mut |_| panic!("there is no b")).unwrap());

    write(engine, |txn| {
        assert!(txn.remove(Space::Rows, b"a")?);
        assert!(!txn.remove(Space::Rows, b"a")?);
        Ok(())
    });
    assert_eq!(engine.snapshot().unwrap().len(Space::Rows).unwrap(), 1);
}

fn many_keys_are_read_at_once(engine: &dyn Engine) {
    let big = vec![7; 50_000];
    write(engine, |txn| {
        for key in 0..6_u8 {
            txn.put(Space::Rows, &[key * 2], &big[..usize::from(key) * 10_000])?;
        }
        Ok(())
    });
    let wanted: Vec<[u8; 1]> = (0..12).rev().map(|key| [key]).collect();
    let wanted: Vec<&[u8]> = wanted.iter().map(|key| &key[..]).collect();
    let look = |reader: &dyn Read| {
        let mut seen = Vec::new();
        reader.get_many(Space::Rows, &wanted, &mut |place, value| seen.push((place, value.map(<[u8]>::len)))).unwrap();
        seen
    };
    let expected: Vec<_> =
        (0..12).map(|place| (place, (11 - place) % 2 == 0).1.then(|| (11 - place) / 2 * 10_000)).enumerate().collect();
    assert_eq!(look(&*engine.snapshot().unwrap()), expected);
    assert_eq!(look(&*engine.begin(WAIT).unwrap()), expected);
}

fn scans_keep_to_their_bounds(engine: &dyn Engine) {
    let all: [&[u8]; 8] = [b"", b"\0", b"a", b"a\xff", b"a\xff\xff", b"b", b"\xff", b"\xff\xff"];
    write(engine, |txn| all.iter().try_for_each(|key| txn.put(Space::Rows, key, key)));
    let bounds = || {
        let at = all.iter().flat_map(|key| [Bound::Included(*key), Bound::Excluded(*key)]);
        at.chain([Bound::Unbounded])
    };
    let check = |reader: &dyn Read| {
        let model: BTreeMap<&[u8], ()> = all.iter().map(|key| (*key, ())).collect();
        for (start, end) in bounds().flat_map(|start| bounds().map(move |end| (start, end))) {
            let range = KeyRange::between(start, end);
            let mut expected: Vec<Vec<u8>> = match range.is_empty() {
                true => Vec::new(),
                false => model.range::<[u8], _>((start, end)).map(|(key, ())| key.to_vec()).collect(),
            };
            assert_eq!(keys(reader, range.clone(), false), expected, "{start:?}..{end:?}");
            expected.reverse();
            assert_eq!(keys(reader, range, true), expected, "reversed {start:?}..{end:?}");
        }
        for prefix in all {
            let expected: Vec<_> = all.iter().filter(|key| key.starts_with(prefix)).map(|key| key.to_vec()).collect();
            assert_eq!(keys(reader, KeyRange::prefix(prefix), false), expected, "{prefix:?}");
        }
        let mut visits = 0;
        let mut stop_at_3 = |_: &[u8], _: &[u8]| {
            visits += 1;
            if visits == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        reader.scan(Space::Rows, KeyRange::all(), true, &mut stop_at_3).unwrap();
        assert_eq!(visits, 3);
    };
    check(&*engine.snapshot().unwrap());
    check(&*engine.begin(WAIT).unwrap());
}

fn visitors_may_read_again(engine: &dyn Engine) {
    write(engine, |txn| (0..200_u8).try_for_each(|key| txn.put(Space::Rows, &[key], &[key; 1000])));
    let check = |reader: &dyn Read| {
        let mut seen = 0;
        let mut visit = |key: &[u8], value: &[u8]| {
            assert_eq!(reader.get(Space::Rows, key).unwrap().as_deref(), Some(value));
            reader.get_with(Space::Rows, key, &mut |_| seen += reader.len(Space::Rows).unwrap()).unwrap();
            ControlFlow::Continue(())
        };
        reader.scan(Space::Rows, KeyRange::all(), false, &mut visit).unwrap();
        assert_eq!(seen, 200 * 200);
        let last = keys(reader, KeyRange::all(), true);
        assert_eq!((last.len(), last.first(), last.last()), (200, Some(&vec![199]), Some(&vec![0])));
    };
    check(&*engine.snapshot().unwrap());
    check(&*engine.begin(WAIT).unwrap());
}

fn a_visitors_panic_is_its_own(engine: &dyn Engine) {
    write(engine, |txn| txn.put(Space::Rows, b"k", b"v"));
    let snapshot = engine.snapshot().unwrap();
    let scan = || snapshot.scan(Space::Rows, KeyRange::all(), false, &mut |_, _| panic!("not a damaged file"));
    let panic = catch_unwind(AssertUnwindSafe(scan)).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"not a damaged file"));
    assert!(!catches_panics());
    assert_eq!(snapshot.len(Space::Rows).unwrap(), 1);
}

fn snapshots_stand_still(engine: &dyn Engine) {
    write(engine, |txn| txn.put(Space::Rows, b"k", b"old"));
    let before = engine.snapshot().unwrap();
    let mut txn = engine.begin(WAIT).unwrap();
    txn.put(Space::Rows, b"k", b"new").unwrap();
    let during = engine.snapshot().unwrap();
    assert_eq!(txn.get(Space::Rows, b"k").unwrap().as_deref(), Some(&b"new"[..]));
    txn.commit().unwrap();
    for earlier in [before, during] {
        assert_eq!(earlier.get(Space::Rows, b"k").unwrap().as_deref(), Some(&b"old"[..]));
    }
    assert_eq!(engine.snapshot().unwrap().get(Space::Rows, b"k").unwrap().as_deref(), Some(&b"new"[..]));
}

fn dropping_leaves_no_trace(engine: &dyn Engine) {
    write(engine, |txn| txn.put(Space::Rows, b"k", b"kept"));
    let mut txn = engine.begin(WAIT).unwrap();
    txn.remove(Space::Rows, b"k").unwrap();
    txn.put(Space::Index, b"new", b"table").unwrap();
    drop(txn);
    let failed: Result<(), EngineError> = transact(engine, WAIT, |txn| {
        txn.put(Space::Rows, b"k", b"changed")?;
        Err(EngineError::NoSpace)
    });
    assert!(matches!(failed, Err(EngineError::NoSpace)));
    let snapshot = engine.snapshot().unwrap();
    assert_eq!(snapshot.get(Space::Rows, b"k").unwrap().as_deref(), Some(&b"kept"[..]));
    assert_eq!(snapshot.len(Space::Index).unwrap(), 0);
}

fn a_second_writer_waits_its_time(engine: &dyn Engine) {
    let held = engine.begin(WAIT).unwrap();
    let wait = Duration::from_millis(30);
    let Err(EngineError::Busy { waited }) = engine.begin(wait) else { panic!("two writers at a time") };
    assert!(waited >= wait);
    assert!(matches!(engine.begin(Duration::ZERO), Err(EngineError::Busy { .. })));
    drop(held);
    // The one that gave up gets its turn in the background and gives it back.
    write(engine, |txn| txn.put(Space::Rows, b"k", b"v"));
}

fn large_values_fit(engine: &dyn Engine) {
    let large: Vec<u8> = (0..1 << 20).map(|at: u32| (at % 251) as u8).collect();
    write(engine, |txn| txn.put(Space::Rows, b"large", &large));
    assert_eq!(engine.snapshot().unwrap().get(Space::Rows, b"large").unwrap(), Some(large));
}

fn loads_mix_with_what_is_there(engine: &dyn Engine) {
    let entry = |number: u32, step: u32| ((number * step).to_be_bytes().to_vec(), vec![step as u8; 30]);
    let mut model = BTreeMap::new();
    // Onto nothing, densely into the gaps, over the same keys, sparsely, then in no order at all.
    for (count, step) in [(20_000, 6), (40_000, 3), (20_000, 6), (100, 1000), (1, 7)] {
        let batch: Vec<_> = (0..count).map(|number| entry(number, step)).collect();
        model.extend(batch.iter().cloned());
        write(engine, |txn| {
            assert_eq!(txn.load(Space::Index, &mut entries(batch))?, u64::from(count));
            Ok(())
        });
    }
    let shuffled: Vec<_> = (0..5000_u32).map(|number| entry(number.wrapping_mul(2_654_435_761) % 9000, 5)).collect();
    model.extend(shuffled.iter().cloned());
    write(engine, |txn| txn.load(Space::Index, &mut entries(&mut shuffled.iter().cloned())).map(drop));
    assert!(pairs(&*engine.snapshot().unwrap(), Space::Index, KeyRange::all(), false).into_iter().eq(model.clone()));

    // Far apart, each second one, in no order, a run without gaps.
    let part = |keys: Vec<Vec<u8>>, step: usize, turn: usize| {
        let mut part: Vec<_> = keys.into_iter().step_by(step).collect();
        (0..part.len().saturating_sub(1) * turn).for_each(|at| part.swap(at, at / 3));
        part
    };
    for (step, turn) in [(200, 0), (2, 0), (30, 1), (1, 0)] {
        let mut gone = part(model.keys().cloned().collect(), step, turn);
        gone.truncate(20_000);
        write(engine, |txn| {
            assert_eq!(txn.unload(Space::Index, &mut gone.iter().map(|key| &key[..]))?, gone.len() as u64);
            assert_eq!(txn.unload(Space::Index, &mut gone.iter().map(|key| &key[..]))?, 0);
            Ok(())
        });
        gone.iter().for_each(|key| drop(model.remove(key)));
        let held = pairs(&*engine.snapshot().unwrap(), Space::Index, KeyRange::all(), false);
        assert!(held.into_iter().eq(model.clone()));
    }
}

#[derive(Debug, Clone)]
enum Step {
    Put(Vec<u8>, Vec<u8>),
    Remove(Vec<u8>),
    Load(Pairs),
    Unload(Vec<Vec<u8>>),
    Commit,
    Abort,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = || prop::collection::vec(prop::sample::select(&[0_u8, 1, 0x7f, 0xfe, 0xff][..]), 0..4);
    let value = || prop::collection::vec(any::<u8>(), 0..6);
    let step = prop_oneof![
        4 => (key(), value()).prop_map(|(key, value)| Step::Put(key, value)),
        2 => key().prop_map(Step::Remove),
        2 => prop::collection::btree_map(key(), value(), 0..40).prop_map(|map| Step::Load(map.into_iter().collect())),
        1 => prop::collection::btree_set(key(), 0..60).prop_map(|set| Step::Unload(set.into_iter().collect())),
        2 => Just(Step::Commit),
        1 => Just(Step::Abort),
    ];
    prop::collection::vec(step, 1..40)
}

/// Runs steps against an ordered map, comparing both ways inside and outside of the transaction.
fn agrees_with_a_map(engine: &dyn Engine, steps: Vec<Step>) {
    let mut committed = BTreeMap::new();
    let mut txn = engine.begin(WAIT).unwrap();
    let mut model = committed.clone();
    for step in steps {
        match step {
            Step::Put(key, value) => {
                txn.put(Space::Rows, &key, &value).unwrap();
                model.insert(key, value);
            }
            Step::Remove(key) => {
                assert_eq!(txn.remove(Space::Rows, &key).unwrap(), model.remove(&key).is_some());
            }
            Step::Load(batch) => {
                txn.load(Space::Rows, &mut entries(&mut batch.iter().cloned())).unwrap();
                model.extend(batch);
            }
            Step::Unload(keys) => {
                let removed = txn.unload(Space::Rows, &mut keys.iter().map(|key| &key[..])).unwrap();
                assert_eq!(removed, keys.iter().filter(|key| model.remove(*key).is_some()).count() as u64);
            }
            Step::Commit => {
                txn.commit().unwrap();
                committed.clone_from(&model);
                txn = engine.begin(WAIT).unwrap();
            }
            Step::Abort => {
                drop(txn);
                model.clone_from(&committed);
                txn = engine.begin(WAIT).unwrap();
            }
        }
        assert_eq!(txn.len(Space::Rows).unwrap(), model.len() as u64);
        assert!(pairs(&*txn, Space::Rows, KeyRange::all(), false).into_iter().eq(model.clone()));
        let outside = engine.snapshot().unwrap();
        let reversed = committed.clone().into_iter().rev();
        assert!(pairs(&*outside, Space::Rows, KeyRange::all(), true).into_iter().eq(reversed));
    }
}

fn new_memory() -> (Box<dyn Engine>, ()) {
    (Box::new(memory().unwrap()), ())
}

fn new_file() -> (Box<dyn Engine>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(&folder.path().join("store.redb"), OpenOptions::new(Access::Create)).unwrap();
    (engine, folder)
}

macro_rules! suite {
    ($engine:ident, $new:ident, $cases:literal) => {
        mod $engine {
            use super::*;

            suite! { @tests $new: entries_come_and_go, many_keys_are_read_at_once, scans_keep_to_their_bounds,
                visitors_may_read_again, a_visitors_panic_is_its_own, snapshots_stand_still, dropping_leaves_no_trace,
                a_second_writer_waits_its_time, large_values_fit, loads_mix_with_what_is_there }

            proptest! {
                #![proptest_config(ProptestConfig { cases: $cases, failure_persistence: None, ..Default::default() })]
                #[test]
                fn any_steps_agree_with_a_map(steps in steps()) {
                    let (engine, _kept) = $new();
                    agrees_with_a_map(&*engine, steps);
                }
            }
        }
    };
    (@tests $new:ident: $($name:ident),*) => {$(
        #[test]
        fn $name() {
            let (engine, _kept) = $new();
            super::$name(&*engine);
            engine.close().unwrap();
        }
    )*};
}

suite!(in_memory, new_memory, 128);
suite!(in_a_file, new_file, 16);

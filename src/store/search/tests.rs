//! Lists and journal together against the records themselves.

use proptest::prelude::*;

use super::{ListFlaw, ListReader, WordQuery, catch_up, list, rebuild, verify};
use crate::{
    domain::{Phone, Record, RecordId, Value, common, customer},
    error::Result,
    store::{
        Encoded, Reader, RecordChange, RecordState, Store,
        engine::Write,
        journal::{Entry, Residence},
    },
    text::{fold, pinyin},
};

/// Writes a step as `ops/commit` does, without its rules.
fn write(store: &Store, after: Vec<(u64, Option<Record>)>, purge: bool) {
    write_states(store, after.into_iter().map(|(num, after)| (num, after.map(RecordState::live))).collect(), purge);
}

fn write_states(store: &Store, after: Vec<(u64, Option<RecordState>)>, purge: bool) {
    let snapshot = store.snapshot().unwrap();
    let reader = snapshot.reader();
    let mut changes = Vec::new();
    for (num, after) in after {
        let id = RecordId::new(customer::ID, num);
        let prev = reader.head(id).unwrap().unwrap_or_default();
        let before = reader.held(id).unwrap().map(|held| RecordState { place: held.place, record: held.record });
        if before != after {
            changes.push(RecordChange { id, prev, before, after });
        }
    }
    if changes.is_empty() {
        return;
    }
    let entry = Entry { by: 1, ..Entry::default() };
    let encoded = Encoded::new(reader.schema(), reader.seq().unwrap() + 1, entry, changes, purge).unwrap();
    let mut txn = store.begin().unwrap();
    encoded.write(&mut *txn).unwrap();
    txn.commit().unwrap();
}

fn within(store: &Store, work: impl FnOnce(&mut dyn Write) -> Result<()>) {
    let mut txn = store.begin().unwrap();
    work(&mut *txn).unwrap();
    txn.commit().unwrap();
}

fn record((name, phone, note): &Fields) -> Record {
    let mut record = Record::new();
    record.set(customer::NAME, name.clone());
    if !phone.is_empty() {
        let phone = Value::Phone(Phone { label: None, number: phone.clone() });
        record.set_value(customer::PHONE.tag(), Some(&Value::List(vec![phone])));
    }
    if !note.is_empty() {
        record.set(common::NOTE, note.clone());
    }
    record
}

fn sound(store: &Store) {
    let snapshot = store.snapshot().unwrap();
    let mut amiss = Vec::new();
    verify(&snapshot.reader(), &mut |found| amiss.push(found)).unwrap();
    assert_eq!(amiss, []);
}

fn looked_up(store: &Store, asked: &WordQuery) -> Vec<u64> {
    let snapshot = store.snapshot().unwrap();
    let lookup = ListReader::new(snapshot.reader(), customer::ID).unwrap().unwrap();
    lookup.find(asked).unwrap().all()
}

/// The numbers of the records of which somebody who reads them says so.
fn read(store: &Store, says: impl Fn(&Record) -> bool) -> Vec<u64> {
    let snapshot = store.snapshot().unwrap();
    let mut numbers = Vec::new();
    snapshot
        .reader()
        .rows(customer::ID, 0, false, &mut |num, row| {
            if says(&Record::from_bytes(row.bytes().to_vec())) {
                numbers.push(num);
            }
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    numbers
}

/// Name, telephone, note.
type Fields = (String, String, String);

#[derive(Clone, Debug)]
enum Step {
    Some(Vec<(u64, Option<Fields>)>),
    Many(u64, String),
    CatchUp,
    Rebuild,
    Purge(u64),
}

fn fields() -> impl Strategy<Value = Fields> {
    ("[abA 张三单上é-]{1,6}", "(\\+86 1[0-9]{3}-[0-9]{3}|)", "(quote|月底 回访|)")
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => prop::collection::btree_map(1..40_u64, prop::option::weighted(0.8, fields()), 1..4)
            .prop_map(|changes| Step::Some(changes.into_iter().collect())),
        1 => (1..60_u64, "[ab张三 ]{1,4}").prop_map(|(from, name)| Step::Many(from, name)),
        1 => Just(Step::CatchUp),
        1 => Just(Step::Rebuild),
        1 => (1..40_u64).prop_map(Step::Purge),
    ]
}

fn take(store: &Store, step: Step) {
    match step {
        Step::Some(changes) => {
            write(store, changes.into_iter().map(|(num, fields)| (num, fields.as_ref().map(record))).collect(), false);
        }
        Step::Many(from, name) => {
            let named = |num: u64| record(&(format!("{name}{num}"), String::new(), String::new()));
            write(store, (from..from + 100).map(|num| (num, Some(named(num)))).collect(), false);
        }
        Step::CatchUp => within(store, catch_up),
        Step::Rebuild => within(store, rebuild),
        Step::Purge(num) => write(store, vec![(num, None)], true),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn the_lists_name_whatever_holds_a_word(
        steps in prop::collection::vec(step(), 1..12),
        words in prop::collection::vec("[ab0-9张三单上 -]{1,3}", 4),
        sounds in prop::collection::vec("(z|zs|zhang|zhs|shan|dan|a|ab|s|shz|dz|zhangsa)", 3),
    ) {
        let store = Store::in_memory().unwrap();
        for step in steps {
            take(&store, step);
        }
        sound(&store);
        let texts = |record: &Record| {
            let phones = record.row().value(&customer::PHONE.def()).map_or_else(String::new, |phones| format!("{phones:?}"));
            [record.get(customer::NAME).unwrap_or_default(), record.get(common::NOTE).unwrap_or_default(), &phones]
                .map(fold)
        };
        for word in words.iter().map(|word| fold(word)) {
            let Some(asked) = WordQuery::text(&word) else { continue };
            let named = looked_up(&store, &asked);
            // A telephone is held by how it is printed here, which knows more words than the number has.
            let held = read(&store, |record| texts(record)[..2].iter().any(|text| text.contains(&word)));
            prop_assert!(held.iter().all(|num| named.contains(num)), "{word}: {held:?} {named:?}");
        }
        for word in &sounds {
            let Some(asked) = WordQuery::text(word) else { continue };
            let named = looked_up(&store, &asked.or_sound(word));
            // A name in Latin letters alone is found by how it is written only.
            let named_so = |name: &str| !name.is_ascii() && pinyin::matches(word, name);
            let held = read(&store, |record| named_so(record.get(customer::NAME).unwrap_or_default()));
            prop_assert!(held.iter().all(|num| named.contains(num)), "{word}: {held:?} {named:?}");
        }
    }
}

#[test]
fn what_is_certain_needs_no_second_look() {
    let store = Store::in_memory().unwrap();
    let named = |num: u64| match num % 3 {
        0 => "Blue Harbor",
        1 => "上海贸易",
        _ => "Ha ha Rb",
    };
    let record_of = |num| record(&(named(num).to_owned(), "+86 138-0013".to_owned(), String::new()));
    write(&store, (1..=90).map(|num| (num, Some(record_of(num)))).collect(), false);
    let snapshot = store.snapshot().unwrap();
    let lookup = ListReader::new(snapshot.reader(), customer::ID).unwrap().unwrap();
    for (word, sure, perhaps) in
        [("har", 30, 0), ("上海", 30, 0), ("上", 30, 0), ("harbor", 0, 30), ("80013", 0, 90), ("nowhere", 0, 0)]
    {
        let found = lookup.find(&WordQuery::text(word).unwrap()).unwrap();
        assert_eq!((found.sure.len(), found.perhaps.len()), (sure, perhaps), "{word}");
    }
    let sounding = |word: &str| lookup.find(&WordQuery::text(word).unwrap().or_sound(word)).unwrap().all().len();
    assert_eq!(["shmy", "shanghaimaoyi", "sh", "shanghaim", "maoyish"].map(sounding), [30, 30, 30, 30, 0]);
}

#[test]
fn a_small_step_writes_no_list_until_there_are_many() {
    let store = Store::in_memory().unwrap();
    let entries = |store: &Store| {
        use crate::store::engine::Space;
        store.snapshot().unwrap().len(Space::Search).unwrap()
    };
    let add = |num: u64, name: &str| {
        write(&store, vec![(num, Some(record(&(name.to_owned(), String::new(), String::new()))))], false);
    };
    for num in 1..super::recent::SOME {
        add(num, "Harbor");
    }
    assert_eq!(entries(&store), 0);
    assert_eq!(looked_up(&store, &WordQuery::text("harbor").unwrap()).len() as u64, super::recent::SOME - 1);
    add(super::recent::SOME, "Acme");
    assert!(entries(&store) > 0);
    sound(&store);
}

#[test]
fn what_was_edited_in_the_trash_is_known_by_what_it_was_before() {
    let store = Store::in_memory().unwrap();
    let at = |place: Residence, name: &str| {
        let record = record(&(name.to_owned(), String::new(), String::new()));
        write_states(&store, vec![(1, Some(RecordState { place, record }))], false);
        sound(&store);
    };
    let named = |word: &str| looked_up(&store, &WordQuery::text(word).unwrap());
    at(Residence::Live, "Harbor");
    within(&store, catch_up);
    at(Residence::Trash, "Harbor");
    at(Residence::Trash, "Acme");
    within(&store, catch_up);
    sound(&store);
    assert_eq!((named("harbor"), named("acme")), (vec![], vec![]));
    at(Residence::Trash, "Zeta");
    at(Residence::Live, "Zeta");
    within(&store, catch_up);
    sound(&store);
    assert_eq!((named("harbor"), named("acme"), named("zeta")), (vec![], vec![], vec![1]));
}

#[test]
fn what_is_purged_leaves_no_trace() {
    let store = Store::in_memory().unwrap();
    for num in 1..4 {
        write(&store, vec![(num, Some(record(&(format!("Secret {num}"), String::new(), String::new()))))], false);
    }
    write(&store, (1..4).map(|num| (num, None)).collect(), true);
    use crate::store::engine::Space;
    assert!(store.snapshot().unwrap().is_empty(Space::Search).unwrap());
    sound(&store);
}

#[test]
fn what_lists_say_wrongly_is_told_by_record() {
    use crate::store::engine::{KeyRange, Space};
    let store = Store::in_memory().unwrap();
    for num in 1..=9 {
        write(&store, vec![(num, Some(record(&(format!("Harbor {num}"), String::new(), String::new()))))], false);
    }
    within(&store, rebuild);
    sound(&store);
    let mut blocks = Vec::new();
    let prefix = [customer::ID.byte()];
    store
        .snapshot()
        .unwrap()
        .scan(Space::Search, KeyRange::prefix(&prefix), false, &mut |key, value| {
            blocks.push((key.to_vec(), value.to_vec()));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    let told = |change: &dyn Fn(&mut dyn Write)| {
        let mut txn = store.begin().unwrap();
        change(&mut *txn);
        let mut told = Vec::new();
        verify(&Reader::inside(&*txn).unwrap(), &mut |amiss| told.push(amiss)).unwrap();
        told
    };
    let amiss = |num: u64, lacking: bool, extra: bool| {
        let id = RecordId::new(customer::ID, num);
        ListFlaw::Record { id, lacking, extra }
    };
    // A list of one record: of a gram that stands in one name only.
    let (alone, of) = blocks
        .iter()
        .find_map(|(key, value)| Some((key, list::read_key(key)?.1)).filter(|_| value.is_empty()))
        .unwrap();
    let lacking = told(&|txn| assert!(txn.remove(Space::Search, alone).unwrap()));
    assert_eq!(lacking, [amiss(of, true, false)]);
    // A list of all, with one that there is not; one of which the last has gone.
    let (all, steps) = blocks.iter().find(|(_, value)| value.len() == 8).unwrap();
    let extra = told(&|txn| txn.put(Space::Search, all, &[&steps[..], &[90]].concat()).unwrap());
    assert_eq!(extra, [amiss(99, false, true)]);
    let both = told(&|txn| {
        txn.put(Space::Search, all, &steps[..7]).unwrap();
        let mut stray = alone.clone();
        *stray.last_mut().unwrap() = 9;
        txn.put(Space::Search, &stray, &[]).unwrap();
    });
    let wrong = if of == 9 { amiss(9, true, false) } else { amiss(9, true, true) };
    assert_eq!(both, [wrong]);
}

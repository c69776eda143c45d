//! Every field of every kind changes at random, and what is computed is what would be computed anew.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use crm::{
    commit::{self, Assign, Edit, Receipt, WritePlan, skipped::SkippedRecords},
    domain::{
        Due, FieldDef, Instant, Kind, KindId, Phone, Record, RecordId, Type, Value,
        define::is_definition,
        derivation::Source,
        schema::BASE,
        words::money::{Currency, Money, UnitPrice},
    },
    store::{Reader, Store},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::{
    steps::{self, Step, context, open, sound, with_colleague},
    unseen::run,
};

/// What is tried: where, to what.
type Dice = [u8; 5];

/// Some value of a field.
fn value(def: &FieldDef, reader: &Reader<'_>, [number, other]: [u8; 2]) -> Value {
    let day = NaiveDate::from_ymd_opt(2026, 1 + u32::from(number % 12), 1 + u32::from(other % 28)).unwrap();
    let at = Instant(1_772_442_000_000 + i64::from(number) * 3_600_000);
    let currency = if other.is_multiple_of(2) { Currency::CNY } else { Currency::USD };
    let one = match def.ty {
        Type::Text | Type::LongText => Value::Text(format!("text {}", number % 9)),
        Type::Email => Value::Text(format!("a{number}@example.com")),
        Type::Url => Value::Text(format!("https://example.com/{number}")),
        Type::Phone => Value::Phone(Phone { number: format!("1380013{}", 8000 + u16::from(number)), label: None }),
        Type::Whole => Value::Whole(def.range().0 + i64::from(number % 5)),
        Type::Decimal | Type::Rate => Value::Decimal(number.into()),
        Type::UnitPrice => Value::UnitPrice(UnitPrice { millionths: i128::from(number) * 101, currency }),
        Type::Money => Value::Money(Money { minor: i128::from(number) * 101, currency }),
        Type::Percent => Value::Percent(number % 101),
        Type::Date => Value::Date(day),
        Type::Instant => Value::Instant(at),
        Type::Due => Value::Due(if other.is_multiple_of(2) { Due::Day(day) } else { Due::At(at) }),
        Type::Duration => Value::Duration(i64::from(number) * 60),
        Type::Choice => Value::Choice(u16::from(number) % def.choices.len() as u16),
        Type::YesNo => Value::YesNo(number.is_multiple_of(2)),
        Type::Link => {
            let last = BASE.target(def).map_or(0, |kind| reader.last_num(kind.id).unwrap());
            Value::Link(1 + u64::from(number) % last.max(1))
        }
    };
    if def.many { Value::List(vec![one]) } else { one }
}

/// One edit of a record: a field, mostly; sometimes it goes to the trash or comes back.
fn edit(reader: &Reader<'_>, [what, which, field, number, other]: Dice) -> Edit {
    let kind = BASE.kinds()[usize::from(what) % BASE.kinds().len()];
    let last = reader.last_num(kind.id).unwrap().max(1);
    let id = RecordId::new(kind.id, 1 + u64::from(which) % last);
    let fields = settable(kind);
    let def = fields[usize::from(field) % fields.len()];
    match other % 16 {
        0 => Edit::Trash(id),
        1 | 2 => Edit::Restore(id),
        3 => Edit::Set { id, fields: vec![(def, Assign::Clear)].into(), based_on: None },
        _ => to_some_value(reader, id, def, [number, other]),
    }
}

fn to_some_value(reader: &Reader<'_>, id: RecordId, def: &'static FieldDef, dice: [u8; 2]) -> Edit {
    Edit::Set { id, fields: vec![(def, Assign::Set(value(def, reader, dice)))].into(), based_on: None }
}

/// Takes a step of these edits, without those that are refused; `import` allows what only a file may say.
fn take(store: &Store, at: i64, edits: &[Edit], import: bool) -> Receipt {
    commit::commit(store, &context(at), &mut |_| {
        let mut plan = WritePlan::new();
        (plan.edits, plan.import, plan.left_out) = (edits.to_vec(), import, Some(SkippedRecords::default()));
        Ok(plan)
    })
    .unwrap()
}

/// Gives a field of some records other values.
fn sweep(store: &Store, kind: &Kind, def: &'static FieldDef, runner: &mut TestRunner) -> Vec<Edit> {
    let snapshot = store.snapshot().unwrap();
    let reader = snapshot.reader();
    let step = 1 + reader.last_num(kind.id).unwrap() as usize / 32;
    let numbers = (1..=reader.last_num(kind.id).unwrap()).step_by(step);
    numbers
        .map(|num| to_some_value(&reader, RecordId::new(kind.id, num), def, dice(&any::<[u8; 2]>(), runner)))
        .collect()
}

fn dice<S: Strategy>(strategy: &S, runner: &mut TestRunner) -> S::Value {
    strategy.new_tree(runner).unwrap().current()
}

/// A store with some records of every kind, many of them deals.
fn little() -> Store {
    let store = open();
    with_colleague(&store);
    let mut runner = TestRunner::deterministic();
    for (at, what) in [0, 1, 1, 2, 1, 3, 4, 1].into_iter().cycle().take(80).enumerate() {
        let (name, link, more) = dice(&any::<(u8, u8, u8)>(), &mut runner);
        steps::take(&store, &Step::Add { what, name, link, more }, at as i64);
    }
    let lines = ["contact add Ann", "contact add Bo", "view save v customer grade:A", "pipeline add Partners"];
    let stages = ["stage add First pipeline=Partners", "stage add Last pipeline=Partners"];
    for (at, line) in lines.iter().chain(&stages).enumerate() {
        assert!(run(&store, &context(900 + at as i64), line).unwrap(), "{line}");
    }
    let lacking = |kind: &&&Kind| store.snapshot().unwrap().reader().last_num(kind.id).unwrap() == 0;
    for kind in BASE.kinds().iter().filter(|kind| !is_definition(kind.id)).filter(lacking) {
        add_two(&store, kind);
    }
    store
}

/// Adds two records of a kind, which have what they need.
fn add_two(store: &Store, kind: &'static Kind) {
    let added = commit::commit(store, &context(950), &mut |reader| {
        let mut plan = WritePlan::new();
        for number in 0..2 {
            let mut record = Record::new();
            for def in settable(kind).into_iter().filter(|def| def.required) {
                record.set_value(def.tag, Some(&value(def, reader, [number, number])));
            }
            let id = plan.next_id(reader, kind.id)?;
            plan.edits.push(Edit::Add { id, record, blank: [].into(), inherited: [].into(), trashed: false });
        }
        Ok(plan)
    });
    added.unwrap();
}

/// With `CRM_TEST_FULL=1` many more times.
#[test]
fn whatever_field_changes_what_is_computed_is_what_would_be_computed_anew() {
    let store = little();
    let rounds = if std::env::var_os("CRM_TEST_FULL").is_some() { 40 } else { 1 };
    let mut runner = TestRunner::deterministic();
    let (mut at, mut changed) = (1000, BTreeSet::new());
    for _ in 0..rounds {
        for kind in BASE.kinds() {
            for def in settable(kind) {
                at += 1;
                let edits = sweep(&store, kind, def, &mut runner);
                if take(&store, at, &edits, true).seq.is_some() {
                    changed.insert((kind.id, def.tag));
                    sound(&store);
                }
            }
        }
        for _ in 0..200 {
            at += 1;
            let edits: Vec<Edit> = {
                let snapshot = store.snapshot().unwrap();
                let tried = dice(&proptest::collection::vec(any::<Dice>(), 1..4), &mut runner);
                tried.into_iter().map(|dice| edit(&snapshot.reader(), dice)).collect()
            };
            take(&store, at, &edits, at % 2 == 0);
            if at % 20 == 0 {
                sound(&store);
            }
        }
    }
    for (kind, def) in BASE.kinds().iter().flat_map(|kind| named(kind)).filter(|(_, def)| !def.derived) {
        assert!(changed.contains(&(kind, def.tag)), "{} never changed", def.code);
    }
}

fn settable(kind: &Kind) -> Vec<&'static FieldDef> {
    kind.all_fields().filter(|def| !def.derived && !def.kept).collect()
}

/// The fields that the sources of a kind name, of whatever kind they are.
fn named(kind: &'static Kind) -> Vec<(KindId, FieldDef)> {
    let sources = kind.derivations.iter().flat_map(|derivation| derivation.sources);
    let of = |source: &Source| match source {
        Source::Own(fields) => fields.iter().map(|def| (kind.id, *def)).collect(),
        Source::Target(link, fields) => {
            let target = BASE.target(link).unwrap().id;
            fields.iter().map(|def| (target, *def)).chain([(kind.id, *link)]).collect()
        }
        Source::Children(child, link, fields) => {
            fields.iter().chain([link]).map(|def| (*child, *def)).collect::<Vec<_>>()
        }
    };
    sources.flat_map(of).collect()
}

//! Everything can be undone: random steps, then back to the start and forward to the end again.

use std::rc::Rc;

use chrono::Weekday;
use crm::{
    domain::{
        Due, Instant, KINDS, Record, RecordId, Value, activity, common, customer, deal, followup,
        rules::Settings,
        stage, ticket, user,
        words::money::{Currency, Money},
    },
    ops::{Assign, Context, Edit, Plan, commit, setup},
    store::{
        Reader, Store,
        engine::{KeyRange, Space},
        row::Stored,
        search, verify,
    },
    text::Lang,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

fn context(second: i64) -> Context {
    Context {
        now: Instant(1_772_442_000_000 + second * 1000),
        tz: chrono_tz::Asia::Shanghai,
        lang: Lang::En,
        user: Some(1),
        login: "ann".to_owned(),
        session: None,
        settings: Settings { currency: Currency::CNY, week_start: Weekday::Mon, service: Default::default() },
        words: format!("step {second}"),
        may_read_files: false,
    }
}

fn open() -> Store {
    let store = Store::in_memory().unwrap();
    setup::set_up(&store, &mut context(0), true).unwrap();
    store
}

/// A store after some hundred random steps, always the same ones.
pub(super) fn filled() -> Store {
    let store = open();
    let mut runner = TestRunner::deterministic();
    for at in 1..=400 {
        take(&store, &step().new_tree(&mut runner).unwrap().current(), at);
    }
    store
}

/// All that the store says about records, without who changed them last.
pub(super) fn picture(store: &Store) -> Vec<(Space, Vec<u8>, Vec<u8>)> {
    let snapshot = store.snapshot().unwrap();
    let mut entries = Vec::new();
    for space in [Space::Rows, Space::Trash, Space::Derived, Space::Index, Space::Summary] {
        snapshot
            .scan(space, KeyRange::all(), false, &mut |key, value| {
                let value = match space {
                    Space::Rows | Space::Trash => Stored::read(value).unwrap().row.bytes(),
                    _ => value,
                };
                entries.push((space, key.to_vec(), value.to_vec()));
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
    }
    entries
}

fn sound(store: &Store) {
    let snapshot = store.snapshot().unwrap();
    let flaws = verify(&Reader::new(&*snapshot)).unwrap();
    assert!(flaws.is_empty(), "{flaws:?}");
}

/// A bulk step changes the customers up to this one.
const BULK: u64 = 60;

/// One random step in plain numbers, so that a failing case shrinks.
#[derive(Clone, Debug)]
enum Step {
    Add { what: u8, name: u8, link: u8, more: u8 },
    Set { what: u8, which: u8, field: u8, value: u8 },
    Bulk { value: u8 },
    Trash { what: u8, which: u8 },
    Restore { what: u8, which: u8 },
    CatchUp,
    Undo,
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => any::<(u8, u8, u8, u8)>().prop_map(|(what, name, link, more)| Step::Add { what, name, link, more }),
        6 => any::<(u8, u8, u8, u8)>().prop_map(|(what, which, field, value)| Step::Set { what, which, field, value }),
        1 => any::<u8>().prop_map(|value| Step::Bulk { value }),
        2 => any::<(u8, u8)>().prop_map(|(what, which)| Step::Trash { what, which }),
        1 => any::<(u8, u8)>().prop_map(|(what, which)| Step::Restore { what, which }),
        1 => Just(Step::CatchUp),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

fn kinds() -> [crm::domain::KindId; 7] {
    [customer::ID, deal::ID, followup::ID, activity::ID, ticket::ID, stage::ID, user::ID]
}

fn pick(last: u64, which: u8) -> u64 {
    1 + u64::from(which) % last.max(1)
}

fn new_record(reader: &Reader<'_>, what: u8, name: u8, link: u8, more: u8) -> (crm::domain::KindId, Record) {
    let mut record = Record::new();
    let customer = pick(reader.last_num(customer::ID).unwrap(), link);
    let label = format!("名 {name}");
    let kind = kinds()[usize::from(what) % 5];
    if kind == customer::ID {
        record.set(customer::NAME, label);
        record.set(customer::GRADE, u16::from(more % 4));
        record.set(customer::EMAIL, vec![Value::Text(format!("c{more}@example.com"))]);
        if more.is_multiple_of(3) && link.is_multiple_of(2) {
            record.set(customer::PARENT, customer);
        }
    } else if kind == deal::ID {
        record.set(deal::TITLE, label);
        record.set(deal::CUSTOMER, customer);
        let currency = if more.is_multiple_of(2) { Currency::CNY } else { Currency::USD };
        record.set(deal::AMOUNT, Money { minor: i64::from(more) * 101, currency });
        record.set(deal::STAGE, pick(6, more));
    } else if kind == followup::ID {
        record.set(followup::TITLE, label);
        record.set(followup::CUSTOMER, customer);
        record.set(followup::DUE, Due::At(Instant(1_772_442_000_000 + i64::from(more) * 3_600_000)));
        if more.is_multiple_of(2) {
            record.set(followup::REPEAT, "every 2 weeks".to_owned());
        }
    } else if kind == activity::ID {
        record.set(activity::TEXT, label);
        record.set(activity::CUSTOMER, customer);
        record.set(activity::TYPE, u16::from(more % 7));
        record.set(activity::DIRECTION, u16::from(more % 2));
        let tickets = reader.last_num(ticket::ID).unwrap();
        if tickets > 0 {
            record.set(activity::TICKET, pick(tickets, link));
        }
    } else {
        record.set(ticket::SUBJECT, label);
        record.set(ticket::CUSTOMER, customer);
        record.set(ticket::PRIORITY, u16::from(more % 4));
    }
    (kind, record)
}

fn change(what: u8, field: u8, value: u8) -> (crm::domain::KindId, &'static str, Assign) {
    let number = u16::from(value);
    let choices: [(crm::domain::KindId, &str, Assign); 11] = [
        (customer::ID, "grade", Assign::Set(Value::Choice(number % 4))),
        (customer::ID, "tag", Assign::Add(Value::List(vec![Value::Text(format!("t{}", value % 3))]))),
        (customer::ID, "name", Assign::Set(Value::Text(format!("Nämé 名{}", value % 5)))),
        (ticket::ID, "note", Assign::Set(Value::Text(format!("note {value}")))),
        (customer::ID, "parent", Assign::Set(Value::Link(1 + u64::from(value) % 3))),
        (deal::ID, "stage", Assign::Set(Value::Link(1 + u64::from(value) % 6))),
        (deal::ID, "customer", Assign::Set(Value::Link(1 + u64::from(value) % 4))),
        (deal::ID, "probability", Assign::Set(Value::Percent(value % 101))),
        (followup::ID, "status", Assign::Set(Value::Choice(number % 3))),
        (ticket::ID, "status", Assign::Set(Value::Choice(number % 5))),
        (stage::ID, "outcome", Assign::Set(Value::Choice(number % 4))),
    ];
    choices[usize::from(what ^ field) % choices.len()].clone()
}

/// What a step does: whether it was written.
fn take(store: &Store, step: &Step, at: i64) -> bool {
    let context = context(at);
    let result = match step {
        Step::Undo => commit::undo(store, &context, &commit::Target::Mine),
        Step::Redo => commit::redo(store, &context, &commit::Target::Mine),
        Step::CatchUp => {
            let mut txn = store.begin().unwrap();
            search::catch_up(&mut *txn).unwrap();
            txn.commit().unwrap();
            return false;
        }
        step => commit::commit(store, &context, &mut |reader| {
            let mut plan = Plan::new();
            match step {
                Step::Add { what, name, link, more } => {
                    let (kind, record) = new_record(reader, *what, *name, *link, *more);
                    plan.add(reader, kind, record)?;
                }
                Step::Set { what, which, field, value } => {
                    let (kind, code, assign) = change(*what, *field, *value);
                    let def = kind.kind().unwrap().field(code).unwrap();
                    let id = RecordId::new(kind, pick(reader.last_num(kind)?, *which));
                    plan.set(id, vec![(def, assign)]);
                }
                Step::Bulk { value } => {
                    let def = customer::KIND.field("grade").unwrap();
                    let fields: Rc<[_]> = vec![(def, Assign::Set(Value::Choice(u16::from(*value % 4))))].into();
                    reader.rows(customer::ID, 0, false, &mut |num, _| {
                        let id = RecordId::new(customer::ID, num);
                        plan.edits.push(Edit::Set { id, fields: fields.clone(), based_on: None });
                        if num < BULK { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) }
                    })?;
                }
                Step::Trash { what, which } | Step::Restore { what, which } => {
                    let kind = kinds()[usize::from(*what) % 6];
                    let id = RecordId::new(kind, pick(reader.last_num(kind)?, *which));
                    let back = matches!(step, Step::Restore { .. });
                    plan.edits.push(if back { Edit::Restore(id) } else { Edit::Trash(id) });
                }
                Step::CatchUp | Step::Undo | Step::Redo => {}
            }
            Ok(plan)
        }),
    };
    result.is_ok_and(|receipt| receipt.seq.is_some())
}

/// Enough for every run of the tests; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_is_the_start_and_redoing_it_the_end(steps in prop::collection::vec(step(), 1..30)) {
        let store = open();
        let start = picture(&store);
        let mut at = 1;
        for step in &steps {
            take(&store, step, at);
            at += 1;
        }
        sound(&store);
        let end = picture(&store);
        let mut undone = 0;
        while take(&store, &Step::Undo, at + undone) {
            undone += 1;
        }
        sound(&store);
        prop_assert_eq!(&picture(&store), &start);
        for count in 0..undone {
            prop_assert!(take(&store, &Step::Redo, at + undone + count), "redo {count} of {undone}");
        }
        sound(&store);
        prop_assert_eq!(&picture(&store), &end);
    }
}

/// What is kept beside the records is what would be made of them anew, after very many steps. `CRM_TEST_FULL=1` takes a
/// hundred thousand of them.
#[test]
fn what_is_kept_stays_true_through_random_steps() {
    let full = std::env::var_os("CRM_TEST_FULL").is_some_and(|full| full == "1");
    let (count, looks) = if full { (100_000, 20_000) } else { (1_500, 500) };
    let store = open();
    let mut runner = TestRunner::deterministic();
    let steps = step();
    let mut written = 0;
    for at in 1..=count {
        let step = steps.new_tree(&mut runner).unwrap().current();
        written += i64::from(take(&store, &step, at));
        if at % looks == 0 {
            sound(&store);
        }
    }
    assert!(written > count / 3, "{written} of {count} steps wrote anything");
    let before = picture(&store);
    assert_eq!(commit::mend(&store, &mut |_, _| {}).unwrap(), 0);
    assert_eq!(picture(&store), before);
}

#[test]
fn every_kind_is_reachable_by_the_random_steps() {
    assert!(kinds().len() <= KINDS.len() && kinds().iter().all(|kind| kind.kind().is_some()));
    assert_eq!(common::VERSION.def().code, "version");
}

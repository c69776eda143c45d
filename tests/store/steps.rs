//! Random steps on a store: everything that people and programs do to one.

use std::{ops::ControlFlow, rc::Rc};

use chrono::Weekday;
use crm::{
    commit::{self, Assign, Context, Edit, WritePlan, setup},
    domain::{
        Due, Instant, KindId, Lookup, Record, RecordId, Schema, Value, activity,
        assign::Operand,
        customer, deal, followup,
        rules::Settings,
        stage, ticket, user,
        words::money::{Currency, Money},
    },
    error::Result,
    ops::import::{ImportJob, ImportOptions, LinkMissing},
    store::{
        Reader, Store,
        engine::{KeyRange, Space},
        journal::Residence,
        row::Stored,
        search, verify,
    },
    text::Lang,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::{define::line, unseen::run};

pub(super) fn context(second: i64) -> Context {
    Context {
        now: Instant(1_772_442_000_000 + second * 1000),
        ahead: 0,
        machine: || Instant(0),
        tz: chrono_tz::Asia::Shanghai,
        lang: Lang::En,
        user: Some(1),
        login: "ann".to_owned(),
        session: None,
        settings: Settings { currency: Currency::CNY, week_start: Weekday::Mon, service: Default::default() },
        words: format!("step {second}"),
        input: commit::Input::default(),
    }
}

pub(super) fn open() -> Store {
    let store = Store::in_memory().unwrap();
    setup::set_up(&store, &mut context(0), true).unwrap();
    store
}

/// A second person, who takes every fifth step.
const COLLEAGUE: RecordId = RecordId { kind: user::ID, num: 2 };

/// Adds the second person.
pub(super) fn with_colleague(store: &Store) {
    let mut record = Record::new();
    record.set(user::NAME, "Bo Li".to_owned());
    let receipt = commit::commit(store, &context(0), &mut |reader| {
        let mut plan = WritePlan::new();
        plan.add(reader, user::ID, record.clone())?;
        Ok(plan)
    });
    assert_eq!(receipt.unwrap().touched, [COLLEAGUE]);
}

/// A store after some hundred random steps, always the same ones.
pub(super) fn filled() -> Store {
    let store = open();
    let mut runner = TestRunner::deterministic();
    for at in 1..=600 {
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
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    entries
}

pub(super) fn sound(store: &Store) {
    let snapshot = store.snapshot().unwrap();
    let flaws = verify(&snapshot.reader()).unwrap();
    assert!(flaws.is_empty(), "{flaws:?}");
}

/// A bulk step changes the customers up to one of these: more than the lists of the search wait for, or fewer.
const BULK: [u64; 2] = [60, 100];

/// One random step in plain numbers, so that a failing case shrinks.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Add { what: u8, name: u8, link: u8, more: u8 },
    Set { what: u8, which: u8, field: u8, value: u8 },
    Bulk { value: u8 },
    Sweep { what: u8, which: u8, back: bool },
    Say { what: u8, which: u8, other: u8 },
    Define { what: u8, which: u8, other: u8 },
    Import { rows: u8, from: u8 },
    Purge { what: u8, which: u8 },
    Trash { what: u8, which: u8 },
    Restore { what: u8, which: u8 },
    CatchUp,
    Undo,
    Redo,
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => any::<(u8, u8, u8, u8)>().prop_map(|(what, name, link, more)| Step::Add { what, name, link, more }),
        6 => any::<(u8, u8, u8, u8)>().prop_map(|(what, which, field, value)| Step::Set { what, which, field, value }),
        1 => any::<u8>().prop_map(|value| Step::Bulk { value }),
        1 => any::<(u8, u8, bool)>().prop_map(|(what, which, back)| Step::Sweep { what, which, back }),
        6 => any::<(u8, u8, u8)>().prop_map(|(what, which, other)| Step::Say { what, which, other }),
        4 => any::<(u8, u8, u8)>().prop_map(|(what, which, other)| Step::Define { what, which, other }),
        1 => any::<(u8, u8)>().prop_map(|(rows, from)| Step::Import { rows, from }),
        2 => any::<(u8, u8)>().prop_map(|(what, which)| Step::Trash { what, which }),
        1 => any::<(u8, u8)>().prop_map(|(what, which)| Step::Restore { what, which }),
        1 => Just(Step::CatchUp),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

/// A step that nobody takes back.
pub(super) fn step_for_good() -> impl Strategy<Value = Step> {
    any::<(u8, u8)>().prop_map(|(what, which)| Step::Purge { what, which })
}

fn kinds() -> [KindId; 7] {
    [customer::ID, deal::ID, followup::ID, activity::ID, ticket::ID, stage::ID, user::ID]
}

pub(super) fn pick(last: u64, which: u8) -> u64 {
    1 + u64::from(which) % last.max(1)
}

fn new_record(reader: &Reader<'_>, what: u8, name: u8, link: u8, more: u8) -> (KindId, Record) {
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
        record.set(deal::AMOUNT, Money { minor: i128::from(more) * 101, currency });
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

fn change(what: u8, field: u8, value: u8) -> (KindId, &'static str, Assign) {
    let number = u16::from(value);
    let choices: [(KindId, &str, Assign); 11] = [
        (customer::ID, "grade", Assign::Set(Value::Choice(number % 4))),
        (customer::ID, "tag", Assign::Add(Operand::Value(Value::List(vec![Value::Text(format!("t{}", value % 3))])))),
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

/// How many commands there are to choose from.
pub(super) const COMMANDS: u8 = 18;

/// The words of a command about some records.
fn said(reader: &Reader<'_>, what: u8, which: u8, other: u8) -> Result<String> {
    let of =
        |kind: KindId, which: u8| Ok::<_, crm::error::Error>(RecordId::new(kind, pick(reader.last_num(kind)?, which)));
    let (customer, deal) = (of(customer::ID, which)?, of(deal::ID, which)?);
    let (followup, ticket, into) = (of(followup::ID, which)?, of(ticket::ID, which)?, of(ticket::ID, other)?);
    let commands: [String; COMMANDS as usize] = [
        format!("log call {customer} asked for a quote next=\"fri send it\""),
        format!("log visit {deal} showed it minutes={other}"),
        format!("deal move {deal} next"),
        format!("deal move {deal} lost lost_reason=price"),
        format!("followup done {followup} went well"),
        format!("followup snooze {followup} +3d"),
        format!("ticket reply {ticket} we look at it"),
        format!("ticket note {ticket} spare part"),
        format!("ticket wait {ticket}"),
        format!("ticket resolve {ticket} replaced it satisfaction=4"),
        format!("ticket reopen {ticket}"),
        format!("ticket merge {ticket} {into}"),
        format!("ticket assign {ticket} me"),
        "ticket next".to_owned(),
        format!(
            "customer set {customer} tag+=t{} city=上海 phone+=\"138 0013 {}\"",
            other % 3,
            8000 + u16::from(other)
        ),
        format!("customer set --where id:{customer},C-{other} owner=me name=\"Häfen {other}\""),
        format!("deal set --where customer:{customer} amount+={other}"),
        format!("view save v{} customer employees.over:{which}", other % 3),
    ];
    Ok(commands[usize::from(what % COMMANDS)].clone())
}

/// Rows that add customers, or change those with the same address; or deals, of customers that may not be there yet.
fn import(schema: &'static Schema, rows: u8, from: u8, context: &Context) -> Result<ImportJob> {
    let rows = 1 + u64::from(rows) % 90;
    let (of_customers, from) = (!from.is_multiple_of(4), u64::from(from));
    let line = |row: u64| match of_customers {
        true => format!("名 {},c{}@example.com,{}\n", row % 50, 200 + row, ["A", "B", "C"][row as usize % 3]),
        false => format!("Deal {row},Häfen {},{row} CNY\n", row % 7),
    };
    let lines = (from..from + rows).map(line);
    let heading = if of_customers { "name,email,grade\n" } else { "title,customer,amount\n" };
    let file: String = std::iter::once(heading.to_owned()).chain(lines).collect();
    let options = match of_customers {
        true => {
            ImportOptions { key: Some("email".to_owned()), ..ImportOptions::new(schema, schema.table(&customer::KIND)) }
        }
        false => {
            ImportOptions { link_missing: LinkMissing::Create, ..ImportOptions::new(schema, schema.table(&deal::KIND)) }
        }
    };
    let options = ImportOptions { skip_errors: true, ..options };
    ImportJob::read(file.into_bytes(), options, context, &mut |_, _| {})
}

/// What a step does: whether it was written.
pub(super) fn take(store: &Store, step: &Step, at: i64) -> bool {
    let mut context = context(at);
    if at % 5 == 0
        && store.snapshot().is_ok_and(|snapshot| snapshot.reader().record(COLLEAGUE).is_ok_and(|it| it.is_some()))
    {
        (context.user, context.login) = (Some(COLLEAGUE.num), "bo".to_owned());
    }
    let result = match step {
        Step::Undo => commit::undo(store, &context, &commit::UndoScope::Mine),
        Step::Redo => commit::redo(store, &context, &commit::UndoScope::Mine),
        Step::CatchUp => {
            let mut txn = store.begin().unwrap();
            search::catch_up(&mut *txn).unwrap();
            txn.commit().unwrap();
            return false;
        }
        Step::Say { what, which, other } => {
            let snapshot = store.snapshot().unwrap();
            let line = said(&snapshot.reader(), *what, *which, *other).unwrap();
            return run(store, &context, &line).unwrap_or(false);
        }
        Step::Define { what, which, other } => {
            let snapshot = store.snapshot().unwrap();
            let line = line(&snapshot.reader(), *what, *which, *other).unwrap();
            return run(store, &context, &line).unwrap_or(false);
        }
        Step::Import { rows, from } => {
            let schema = store.snapshot().unwrap().schema();
            let job = import(schema, *rows, *from, &context).unwrap();
            commit::commit(store, &context, &mut |reader| job.plan(reader).map(|(plan, _)| plan))
        }
        Step::Purge { what, which } => {
            let snapshot = store.snapshot().unwrap();
            let kind = kinds()[usize::from(*what) % 5];
            let last = snapshot.reader().last_num(kind).unwrap();
            let id = RecordId::new(kind, pick(last, *which));
            commit::purge(store, &context, &mut |reader| commit::removal(reader, &[id]))
        }
        step => commit::commit(store, &context, &mut |reader| {
            let mut plan = WritePlan::new();
            match step {
                Step::Add { what, name, link, more } => {
                    let (kind, record) = new_record(reader, *what, *name, *link, *more);
                    plan.add(reader, kind, record)?;
                }
                Step::Set { what, which, field, value } => {
                    let (kind, code, assign) = change(*what, *field, *value);
                    let def = reader.schema().kind(kind).unwrap().field(code).unwrap();
                    let id = RecordId::new(kind, pick(reader.last_num(kind)?, *which));
                    plan.set(id, vec![(def, assign)]);
                }
                Step::Bulk { value } => {
                    let def = reader.schema().table(&customer::KIND).field("grade").unwrap();
                    let fields: Rc<[_]> = vec![(def, Assign::Set(Value::Choice(u16::from(*value % 4))))].into();
                    reader.rows(customer::ID, 0, false, &mut |num, _| {
                        let id = RecordId::new(customer::ID, num);
                        plan.edits.push(Edit::Set { id, fields: fields.clone(), based_on: None });
                        if num < BULK[usize::from(*value) % 2] {
                            ControlFlow::Continue(())
                        } else {
                            ControlFlow::Break(())
                        }
                    })?;
                }
                Step::Trash { what, which } | Step::Restore { what, which } => {
                    let kind = kinds()[usize::from(*what) % 6];
                    let id = RecordId::new(kind, pick(reader.last_num(kind)?, *which));
                    let back = matches!(step, Step::Restore { .. });
                    plan.edits.push(if back { Edit::Restore(id) } else { Edit::Trash(id) });
                }
                Step::Sweep { what, which, back } => {
                    let kind = kinds()[usize::from(*what) % 5];
                    let first = pick(reader.last_num(kind)?, *which);
                    for id in (first..first + 3 + u64::from(*what) % 80).map(|num| RecordId::new(kind, num)) {
                        let place = reader.held(id)?.map(|held| held.place);
                        plan.edits.extend(match place {
                            Some(Residence::Live) if !back => Some(Edit::Trash(id)),
                            Some(Residence::Trash) if *back => Some(Edit::Restore(id)),
                            _ => None,
                        });
                    }
                }
                _ => {}
            }
            Ok(plan)
        }),
    };
    result.is_ok_and(|receipt| receipt.seq.is_some())
}

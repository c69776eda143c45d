//! Steps that do many things at once: what is new links to what is old and the other way round, records go and come
//! back, names change hands. Each is taken back and done again, and the store is as it was, to the byte.

use std::{cell::Cell, collections::HashMap};

use crm::{
    commit::{self, Assign, Edit, UndoScope, WritePlan, skipped::SkippedRecords},
    domain::{
        FieldDef, KindId, Record, RecordId, Value, activity, contact, customer, deal, followup, pipeline, schema::BASE,
        stage, ticket, user,
    },
    error::{ErrorKind, Result},
    store::{Reader, Store},
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{
    steps::{context, open, picture, sound},
    undo::cases,
};

const KINDS: [KindId; 10] = [
    customer::ID,
    contact::ID,
    deal::ID,
    customer::ID,
    followup::ID,
    activity::ID,
    ticket::ID,
    user::ID,
    stage::ID,
    pipeline::ID,
];

/// A part of a step, in plain numbers, so that a failing case shrinks.
#[derive(Clone, Debug)]
enum Part {
    Add { what: u8, to: u8 },
    Link { what: u8, which: u8, field: u8, to: u8 },
    Unlink { what: u8, which: u8, field: u8 },
    Login { which: u8, name: u8 },
    Outcome { which: u8, to: u8 },
    Trash { what: u8, which: u8 },
    Restore { what: u8, which: u8 },
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        5 => any::<(u8, u8)>().prop_map(|(what, to)| Part::Add { what, to }),
        6 => any::<(u8, u8, u8, u8)>().prop_map(|(what, which, field, to)| Part::Link { what, which, field, to }),
        1 => any::<(u8, u8, u8)>().prop_map(|(what, which, field)| Part::Unlink { what, which, field }),
        2 => any::<(u8, u8)>().prop_map(|(which, name)| Part::Login { which, name }),
        1 => any::<(u8, u8)>().prop_map(|(which, to)| Part::Outcome { which, to }),
        2 => any::<(u8, u8)>().prop_map(|(what, which)| Part::Trash { what, which }),
        2 => any::<(u8, u8)>().prop_map(|(what, which)| Part::Restore { what, which }),
    ]
}

/// The records that a step may name: those of the store, and those that it has made itself so far.
struct Known<'a> {
    reader: &'a Reader<'a>,
    made: HashMap<KindId, u64>,
}

impl Known<'_> {
    fn pick(&self, kind: KindId, which: u8) -> Result<RecordId> {
        let last = self.reader.last_num(kind)? + self.made.get(&kind).copied().unwrap_or_default();
        // The latest are named most, so that steps meet.
        Ok(RecordId::new(kind, last.max(1) - u64::from(which) % last.clamp(1, 8)))
    }
}

fn links(kind: KindId) -> Vec<&'static FieldDef> {
    BASE.kind(kind).unwrap().all_fields().filter(|def| def.is_settable() && BASE.target(def).is_some()).collect()
}

fn set(id: RecordId, def: &'static FieldDef, assign: Assign) -> Edit {
    Edit::Set { id, fields: vec![(def, assign)].into(), based_on: None }
}

fn new_record(known: &Known<'_>, kind: KindId, to: u8) -> Result<Record> {
    let mut record = Record::new();
    let label = format!("Name {to}");
    let customer = known.pick(customer::ID, to)?.num;
    match kind {
        customer::ID => record.set(customer::NAME, label),
        contact::ID => record.set(contact::NAME, label),
        deal::ID => {
            record.set(deal::TITLE, label);
            record.set(deal::CUSTOMER, customer);
        }
        followup::ID => {
            record.set(followup::TITLE, label);
            record.set(followup::CUSTOMER, customer);
        }
        activity::ID => {
            record.set(activity::TEXT, label);
            record.set(activity::TYPE, u16::from(to % 7));
            record.set(activity::CUSTOMER, customer);
        }
        ticket::ID => {
            record.set(ticket::SUBJECT, label);
            record.set(ticket::CUSTOMER, customer);
        }
        user::ID => {
            record.set(user::NAME, label);
            record.set(user::LOGIN, format!("login{}", to % 6));
        }
        pipeline::ID => record.set(pipeline::NAME, label),
        _ => {
            record.set(stage::NAME, label);
            record.set(stage::PIPELINE, known.pick(pipeline::ID, to)?.num);
        }
    }
    Ok(record)
}

/// A step of all parts that the rules allow.
fn plan(reader: &Reader<'_>, parts: &[Part]) -> Result<WritePlan> {
    let mut plan = WritePlan::new();
    plan.left_out = Some(SkippedRecords::default());
    let mut known = Known { reader, made: HashMap::new() };
    let kind = |what: u8| KINDS[usize::from(what) % KINDS.len()];
    let link = |kind: KindId, field: u8| {
        let links = links(kind);
        (!links.is_empty()).then(|| links[usize::from(field) % links.len()])
    };
    for part in parts {
        match *part {
            Part::Add { what, to } => {
                let kind = kind(what);
                plan.add(reader, kind, new_record(&known, kind, to)?)?;
                *known.made.entry(kind).or_default() += 1;
            }
            Part::Link { what, which, field, to } => {
                let (kind, Some(def)) = (kind(what), link(kind(what), field)) else { continue };
                let to = known.pick(BASE.target(def).unwrap().id, to)?.num;
                plan.edits.push(set(known.pick(kind, which)?, def, Assign::Set(Value::Link(to))));
            }
            Part::Unlink { what, which, field } => {
                let (kind, Some(def)) = (kind(what), link(kind(what), field)) else { continue };
                plan.edits.push(set(known.pick(kind, which)?, def, Assign::Clear));
            }
            Part::Login { which, name } => {
                let def = user::KIND.field("login").unwrap();
                let login = Value::Text(format!("login{}", name % 6));
                plan.edits.push(set(known.pick(user::ID, which)?, def, Assign::Set(login)));
            }
            Part::Outcome { which, to } => {
                let def = stage::KIND.field("outcome").unwrap();
                plan.edits.push(set(known.pick(stage::ID, which)?, def, Assign::Set(Value::Choice(u16::from(to % 4)))));
            }
            Part::Trash { what, which } => plan.edits.push(Edit::Trash(known.pick(kind(what), which)?)),
            Part::Restore { what, which } => plan.edits.push(Edit::Restore(known.pick(kind(what), which)?)),
        }
    }
    Ok(plan)
}

/// Takes a step; whether it wrote anything. The rules may refuse one, and nothing else may go wrong.
fn take(store: &Store, parts: &[Part], at: i64) -> bool {
    match commit::commit(store, &context(at), &mut |reader| plan(reader, parts)) {
        Ok(receipt) => receipt.seq.is_some(),
        Err(error) => {
            let refused = matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::NotFound);
            assert!(refused, "{parts:?}: {error:?}");
            false
        }
    }
}

#[test]
fn a_step_of_many_parts_is_undone_and_redone_to_the_byte() {
    let config = ProptestConfig { cases: cases(), source_file: Some(file!()), ..ProptestConfig::default() };
    let steps = prop::collection::vec(prop::collection::vec(part(), 1..12), 1..12);
    let (taken, wrote) = (Cell::new(0_u64), Cell::new(0_u64));
    let result = TestRunner::new(config).run(&steps, |steps| {
        let store = open();
        let mut at = 0;
        let mut moment = || {
            at += 1;
            at
        };
        let mut pictures = vec![picture(&store)];
        for parts in &steps {
            let written = take(&store, parts, moment());
            taken.set(taken.get() + 1);
            if !written {
                continue;
            }
            wrote.set(wrote.get() + 1);
            let (before, after) = (pictures.last().unwrap().clone(), picture(&store));
            let undone = commit::undo(&store, &context(moment()), &UndoScope::Mine);
            prop_assert!(undone.is_ok(), "undo: {undone:?}");
            prop_assert_eq!(picture(&store), before);
            let redone = commit::redo(&store, &context(moment()), &UndoScope::Mine);
            prop_assert!(redone.is_ok(), "redo: {redone:?}");
            prop_assert_eq!(&picture(&store), &after);
            pictures.push(after);
        }
        sound(&store);
        for picture_before in pictures.iter().rev().skip(1) {
            let undone = commit::undo(&store, &context(moment()), &UndoScope::Mine);
            prop_assert!(undone.is_ok(), "undo of all: {undone:?}");
            prop_assert_eq!(&picture(&store), picture_before);
        }
        for picture_after in pictures.iter().skip(1) {
            let redone = commit::redo(&store, &context(moment()), &UndoScope::Mine);
            prop_assert!(redone.is_ok(), "redo of all: {redone:?}");
            prop_assert_eq!(&picture(&store), picture_after);
        }
        sound(&store);
        Ok(())
    });
    let (taken, wrote) = (taken.get(), wrote.get());
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(wrote * 2 > taken, "{wrote} of {taken} steps wrote something: the rest proves nothing");
}

/// A step that makes a customer and links a contact to it that was there.
#[test]
fn what_links_to_a_record_of_the_same_step_does_not_hinder_its_undo() {
    let store = open();
    let old = [Part::Add { what: 0, to: 0 }, Part::Add { what: 1, to: 0 }];
    assert!(take(&store, &old, 1));
    let before = picture(&store);
    let customer = links(contact::ID).iter().position(|def| def.code == "customer").unwrap() as u8;
    let new = [Part::Add { what: 0, to: 1 }, Part::Link { what: 1, which: 0, field: customer, to: 0 }];
    assert!(take(&store, &new, 2));
    let after = picture(&store);
    commit::undo(&store, &context(3), &UndoScope::Mine).unwrap();
    assert_eq!(picture(&store), before);
    commit::redo(&store, &context(4), &UndoScope::Mine).unwrap();
    assert_eq!(picture(&store), after);
}

/// A pipeline that a step makes and moves to the trash, with a stage of the same step in it.
#[test]
fn no_step_leaves_what_it_makes_in_a_home_that_it_moves_to_the_trash() {
    let store = open();
    let before = picture(&store);
    let parts = [Part::Add { what: 9, to: 0 }, Part::Add { what: 8, to: 0 }, Part::Trash { what: 9, which: 0 }];
    assert!(!take(&store, &parts, 1));
    assert_eq!(picture(&store), before);
    assert!(take(&store, &parts[..2], 2));
}

/// A user in the trash, whose login another one has by then, comes back under another login.
#[test]
fn who_came_back_under_another_login_goes_back_to_the_trash() {
    let store = open();
    let user = 7;
    assert!(take(&store, &[Part::Add { what: user, to: 0 }], 1));
    assert!(take(&store, &[Part::Trash { what: user, which: 0 }], 2));
    assert!(take(&store, &[Part::Login { which: 1, name: 0 }], 3));
    let before = picture(&store);
    assert!(take(&store, &[Part::Restore { what: user, which: 0 }, Part::Login { which: 0, name: 1 }], 4));
    commit::undo(&store, &context(5), &UndoScope::Mine).unwrap();
    assert_eq!(picture(&store), before);
}

//! Indexes that are built in parts, while others write: under test a kind has many records from twenty on, and a part is
//! seven of them.

use crate::{
    commit::{
        self, Assign, Context, Edit, UndoScope, WritePlan,
        parts::tests::{MACHINE, context},
        setup, write,
    },
    domain::{
        Instant, KindId, Record, RecordId, Value, customer,
        define::field::{self, CODE, INDEX, OF},
    },
    error::Result,
    store::{Reader, Store, build_part, stamp, unfinished_indexes, verify},
};

const MANY: u64 = 50;

/// A step that is planned so, after which nobody builds.
fn step(store: &Store, at: i64, plan: &mut dyn FnMut(&Reader<'_>, &mut WritePlan) -> Result<()>) {
    let at = context(at);
    let receipt = write(store, &at, &mut |reader| {
        let mut steps = WritePlan::new();
        plan(reader, &mut steps)?;
        let commit::PreparedStep { changes, remarks } = commit::prepare(reader, &at, steps)?;
        Ok(commit::Prepared { deed: crate::store::journal::StepType::Do, user: at.user, changes, remarks })
    });
    assert!(receipt.unwrap().seq.is_some());
}

fn employees(schema: &'static crate::domain::Schema) -> &'static crate::domain::FieldDef {
    schema.table(&customer::KIND).field("employees").unwrap()
}

fn add(reader: &Reader<'_>, plan: &mut WritePlan, kind: KindId, record: Record) -> Result<()> {
    plan.add(reader, kind, record).map(drop)
}

/// A store of fifty customers, every second of which says how many employees it has.
fn filled() -> Store {
    let store = Store::in_memory().unwrap();
    setup::set_up(&store, &mut context(0), true).unwrap();
    step(&store, 1, &mut |reader, plan| {
        (1..=MANY).try_for_each(|num| {
            let mut record = Record::new();
            record.set(customer::NAME, format!("Name {num}"));
            record.put(customer::EMPLOYEES, num.is_multiple_of(2).then_some(num as i64));
            add(reader, plan, customer::ID, record)
        })
    });
    store
}

fn ask_for_the_index(reader: &Reader<'_>, plan: &mut WritePlan) -> Result<()> {
    let mut record = Record::new();
    record.set(OF, customer::KIND.noun.to_owned());
    record.set(CODE, "employees".to_owned());
    record.set(INDEX, true);
    add(reader, plan, field::ID, record)
}

fn part(store: &Store) -> bool {
    let mut txn = store.begin().unwrap();
    let more = build_part(&mut *txn, 0).unwrap();
    stamp(&mut *txn).unwrap();
    txn.commit().unwrap();
    more
}

/// The customers with so many employees, by the index.
fn by_index(store: &Store, number: i64) -> Vec<u64> {
    let snapshot = store.snapshot().unwrap();
    let def = employees(snapshot.schema());
    snapshot.reader().numbers_by_value(customer::ID, def, &Value::Whole(number)).unwrap()
}

fn sound(store: &Store) {
    let snapshot = store.snapshot().unwrap();
    assert_eq!(verify(&snapshot.reader()).unwrap(), []);
}

fn set(num: u64, number: i64) -> Edit {
    let id = RecordId::new(customer::ID, num);
    let def = customer::KIND.field("employees").unwrap();
    Edit::Set { id, fields: vec![(def, Assign::Set(Value::Whole(number)))].into(), based_on: None }
}

#[test]
fn the_step_that_asks_for_an_index_of_many_values_builds_it_behind_itself() {
    let store = filled();
    let asked = commit::commit(&store, &context(2), &mut |reader| {
        let mut plan = WritePlan::new();
        ask_for_the_index(reader, &mut plan)?;
        Ok(plan)
    });
    assert!(asked.unwrap().remarks.is_empty());
    let snapshot = store.snapshot().unwrap();
    assert!(employees(snapshot.schema()).indexed());
    assert_eq!(unfinished_indexes(&*snapshot).unwrap(), []);
    assert_eq!(by_index(&store, 40), [40]);
    sound(&store);
}

#[test]
fn writers_keep_an_unfinished_index_and_nobody_looks_into_it() {
    let store = filled();
    step(&store, 2, &mut ask_for_the_index);
    {
        let snapshot = store.snapshot().unwrap();
        let def = employees(snapshot.schema());
        assert!(def.keeps_index() && !def.indexed() && snapshot.schema().has_unfinished_index());
        assert_eq!(unfinished_indexes(&*snapshot).unwrap().len(), 1);
    }
    sound(&store);
    assert!(part(&store) && part(&store));
    // Behind and before what has gone by; one comes, one goes, one comes back.
    step(&store, 3, &mut |reader, plan| {
        plan.edits.extend([set(3, 1000), set(4, 1000), set(41, 1000), set(42, 1000)]);
        plan.edits.push(Edit::Trash(RecordId::new(customer::ID, 6)));
        plan.edits.push(Edit::Trash(RecordId::new(customer::ID, 44)));
        let mut record = Record::new();
        record.set(customer::NAME, "New".to_owned());
        record.set(customer::EMPLOYEES, 1000);
        add(reader, plan, customer::ID, record)
    });
    sound(&store);
    while part(&store) {
        sound(&store);
    }
    sound(&store);
    assert!(employees(store.snapshot().unwrap().schema()).indexed());
    assert_eq!(by_index(&store, 1000), [3, 4, 41, 42, 51]);
    assert_eq!((by_index(&store, 44), by_index(&store, 6), by_index(&store, 46)), (vec![], vec![], vec![46]));
}

#[test]
fn an_unfinished_index_that_nobody_asks_for_any_more_is_not_made() {
    let store = filled();
    step(&store, 2, &mut ask_for_the_index);
    assert!(part(&store));
    commit::undo(&store, &context(3), &UndoScope::Mine).unwrap();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(unfinished_indexes(&*snapshot).unwrap(), []);
    assert!(!employees(snapshot.schema()).keeps_index());
    drop(snapshot);
    sound(&store);
    assert!(!part(&store));
    commit::redo(&store, &context(4), &UndoScope::Mine).unwrap();
    assert_eq!(by_index(&store, 40), [40]);
    sound(&store);
}

#[test]
fn whoever_comes_later_goes_on_where_somebody_has_died() {
    let store = filled();
    step(&store, 2, &mut ask_for_the_index);
    assert!(part(&store));
    let later = |second: i64| -> Context { context(second) };
    let change = |at: i64| {
        let receipt = commit::commit(&store, &later(at), &mut |_| {
            let mut plan = WritePlan::new();
            plan.edits.push(set(1, at));
            Ok(plan)
        });
        assert!(receipt.unwrap().seq.is_some());
        store.snapshot().unwrap().schema().has_unfinished_index()
    };
    // The note is of the first part's moment, which the test calls 0: long ago.
    assert!(!change(3), "it is gone on with");
    assert_eq!(by_index(&store, 40), [40]);
    sound(&store);
}

#[test]
fn whether_somebody_works_on_an_index_is_told_by_the_machines_clock() {
    let store = filled();
    step(&store, 2, &mut ask_for_the_index);
    let change = |at: i64| {
        let mut plan = WritePlan::new();
        plan.edits.push(set(1, at));
        assert!(commit::commit(&store, &context(at), &mut |_| Ok(plan.clone())).unwrap().seq.is_some());
        store.snapshot().unwrap().schema().has_unfinished_index()
    };
    assert!(change(1_000_000), "a step that is dated otherwise takes nothing over");
    assert!(change(-1_000_000));
    MACHINE.set(MACHINE.get() + 31_000);
    assert!(!change(3), "half a minute has gone by");
    sound(&store);
}

#[test]
fn a_step_leaves_to_others_what_they_work_on() {
    let store = filled();
    step(&store, 2, &mut ask_for_the_index);
    let receipt = commit::commit(&store, &context(3), &mut |_| {
        let mut plan = WritePlan::new();
        plan.edits.push(set(1, 7));
        Ok(plan)
    });
    assert!(receipt.unwrap().seq.is_some());
    assert!(store.snapshot().unwrap().schema().has_unfinished_index());
    assert_eq!(commit::mend(&store, || Instant(0), &mut |_, _| {}).unwrap(), 0);
    assert!(!store.snapshot().unwrap().schema().has_unfinished_index());
    assert_eq!(by_index(&store, 7), [1]);
    sound(&store);
}

#[test]
fn what_becomes_unique_has_a_whole_index_at_once() {
    let store = filled();
    let field = RecordId::new(field::ID, 1);
    step(&store, 2, &mut |reader, plan| {
        let mut record = Record::new();
        record.set(OF, customer::KIND.noun.to_owned());
        record.set(CODE, "plate".to_owned());
        add(reader, plan, field.kind, record)
    });
    step(&store, 3, &mut |reader, plan| {
        let def = reader.schema().table(&customer::KIND).field("plate").unwrap();
        let text = |num: u64| Assign::Set(Value::Text(format!("P{num}")));
        let set = |num| Edit::Set {
            id: RecordId::new(customer::ID, num),
            fields: vec![(def, text(num))].into(),
            based_on: None,
        };
        plan.edits.extend((1..=MANY).map(set));
        Ok(())
    });
    let traits = |at, def: &'static crate::domain::FieldDef| {
        step(&store, at, &mut |_, plan| {
            let fields = vec![(def, Assign::Set(Value::YesNo(true)))].into();
            plan.edits.push(Edit::Set { id: field, fields, based_on: None });
            Ok(())
        });
    };
    traits(4, INDEX.lent());
    assert_eq!(unfinished_indexes(&*store.snapshot().unwrap()).unwrap().len(), 1);
    traits(5, field::UNIQUE.lent());
    let snapshot = store.snapshot().unwrap();
    assert_eq!(unfinished_indexes(&*snapshot).unwrap(), []);
    let def = snapshot.schema().table(&customer::KIND).field("plate").unwrap();
    let last = snapshot.reader().numbers_by_value(customer::ID, def, &Value::Text(format!("P{MANY}")));
    assert_eq!((def.unique, def.indexed(), last.unwrap()), (true, true, vec![MANY]));
    drop(snapshot);
    sound(&store);
}

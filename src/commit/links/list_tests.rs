//! Lists of links through the write path, and asked for.

use std::ops::ControlFlow;

use crate::{
    commit::{
        self, Assign, Edit,
        parts::tests::{add, context, open, picture, record, redo, said, set, sheet, sound, step, undo},
    },
    domain::{
        FieldDef, Lookup, Record, RecordId, Value,
        assign::Operand,
        customer,
        made_up::sheets::{PARTNERS, SEE_ALSO, SHEET, SHEETS},
    },
    error::ErrorKind,
    query::{
        count::{GroupBy, group},
        field_path::FieldPath,
        grid::Cell,
        names::Names,
        resolve,
        select::Query,
    },
    store::{Problem, Store, verify},
    text::Lang,
};

const fn of_customer(num: u64) -> RecordId {
    RecordId::new(customer::ID, num)
}

fn list(nums: &[u64]) -> Value {
    Value::List(nums.iter().copied().map(Value::Link).collect())
}

fn edit(id: RecordId, def: &'static FieldDef, assign: Assign) -> Edit {
    Edit::Set { id, fields: vec![(def, assign)].into(), based_on: None }
}

fn more(nums: &[u64]) -> Edit {
    edit(sheet(1), PARTNERS.lent(), Assign::Add(Operand::Value(list(nums))))
}

fn less(nums: &[u64]) -> Edit {
    edit(sheet(1), PARTNERS.lent(), Assign::Remove(Operand::Value(list(nums))))
}

/// Four customers, in two cities; the first sheet is for the first two.
fn filled() -> Store {
    let store = open();
    let customers = [("Acme", "Oslo"), ("Bolt", "Bergen"), ("Cone", "Oslo"), ("Dorn", "Bergen")];
    let customers = customers.map(|(name, city)| {
        let mut record = Record::new();
        record.set(customer::NAME, name.to_owned());
        record.set(customer::CITY, city.to_owned());
        record
    });
    add(&store, customer::ID, customers).unwrap();
    add(&store, SHEET, ["one", "two", "three"].map(|name| record(SHEET, name, 0))).unwrap();
    step(&store, &[set(sheet(1), PARTNERS.lent(), list(&[2, 1]))]).unwrap();
    store
}

fn partners(store: &Store) -> Vec<u64> {
    let snapshot = store.snapshot().unwrap();
    let held = snapshot.reader().held(sheet(1)).unwrap().unwrap();
    held.record.row().links(PARTNERS.lent()).collect()
}

/// The sheets of which the index says that they are for a customer.
fn indexed(store: &Store, num: u64) -> Vec<u64> {
    let (snapshot, mut found) = (store.snapshot().unwrap(), Vec::new());
    let mut take = |num| {
        found.push(num);
        ControlFlow::Continue(())
    };
    snapshot.reader().linking(SHEET, PARTNERS.lent(), num, &mut take).unwrap();
    found
}

fn asked(store: &Store, kind: &'static crate::domain::Kind, filter: &str) -> Vec<u64> {
    let (snapshot, context) = (store.snapshot().unwrap(), context(1));
    let reader = snapshot.reader();
    let filter = resolve::read(filter, kind, &context.asking(reader)).unwrap();
    let mut found = Query::new(filter).numbers(&reader).unwrap();
    found.sort_unstable();
    found
}

#[test]
fn items_are_added_taken_and_indexed_each() {
    let store = filled();
    assert_eq!((partners(&store), indexed(&store, 1), indexed(&store, 2)), (vec![2, 1], vec![1], vec![1]));
    let before = picture(&store);
    step(&store, &[more(&[3, 1])]).unwrap();
    step(&store, &[less(&[2])]).unwrap();
    assert_eq!((partners(&store), indexed(&store, 2), indexed(&store, 3)), (vec![1, 3], vec![], vec![1]));
    sound(&store);
    undo(&store).unwrap();
    undo(&store).unwrap();
    assert_eq!(picture(&store), before);
    redo(&store).unwrap();
    redo(&store).unwrap();
    assert_eq!(partners(&store), [1, 3]);
    step(&store, &[less(&[1, 3])]).unwrap();
    assert!(partners(&store).is_empty() && indexed(&store, 1).is_empty());
    sound(&store);
}

#[test]
fn a_list_of_links_is_asked_for_as_links_and_lists_are() {
    let store = filled();
    step(&store, &[set(sheet(2), PARTNERS.lent(), list(&[3, 1])), set(sheet(2), SEE_ALSO.lent(), list(&[1, 3]))])
        .unwrap();
    for (filter, wanted) in [
        ("partners:C-1", vec![1, 2]),
        ("partners:Bolt", vec![1]),
        ("partners:C-2,C-3", vec![1, 2]),
        ("合作方:Cone", vec![2]),
        ("partners.city:Oslo", vec![1, 2]),
        ("partners.city:Bergen", vec![1]),
        ("partners.city:Bergen partners.city:Oslo", vec![1]),
        ("not partners:C-2", vec![2, 3]),
        ("has:partners", vec![1, 2]),
        ("no:partners", vec![3]),
        ("partners:", vec![3]),
        ("partners~orn", vec![]),
        ("partners~ol", vec![1]),
        ("see_also.partners:Bolt", vec![2]),
        ("see_also.name:three", vec![2]),
    ] {
        assert_eq!(asked(&store, &SHEETS, filter), wanted, "{filter}");
    }
    let kind = store.snapshot().unwrap().schema().kind(customer::ID).unwrap();
    assert_eq!(asked(&store, kind, "sheets.name:two"), [1, 3]);
    assert_eq!(asked(&store, kind, "no:sheets"), [4]);
    let snapshot = store.snapshot().unwrap();
    let path = FieldPath::parse("partners.city", &SHEETS, snapshot.schema()).unwrap_err();
    assert_eq!(
        (path.kind(), said(path)),
        (ErrorKind::Usage, "'partners' holds several records, of which none is meant".to_owned())
    );
    let by = [GroupBy { path: FieldPath::field(PARTNERS.lent()), bucket: None }];
    let all = resolve::read("", &SHEETS, &context(1).asking(snapshot.reader())).unwrap();
    let groups = group(&snapshot.reader(), &all, &by, &[], chrono_tz::UTC).unwrap();
    let (names, mut counts) = (Names::new(snapshot.reader(), Lang::En), Vec::new());
    (groups.into_grid(&names, None).rows)(&mut |row| {
        counts.push(format!("{:?}", row[1]));
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    // C-1, C-2, C-3 and without.
    assert_eq!(counts, [2, 1, 1, 1].map(|count| format!("{:?}", Cell::Number(count))));
}

#[test]
fn a_list_keeps_what_is_in_the_trash_and_takes_nothing_from_there() {
    let store = filled();
    step(&store, &[Edit::Trash(of_customer(2)), Edit::Trash(of_customer(4))]).unwrap();
    step(&store, &[more(&[3])]).unwrap();
    assert_eq!(partners(&store), [2, 1, 3]);
    let error = step(&store, &[more(&[4])]).unwrap_err();
    assert_eq!(said(error), "SH-1 partners: C-4 is in the trash");
    let error = step(&store, &[more(&[9])]).unwrap_err();
    assert_eq!(
        (error.kind(), said(error)),
        (ErrorKind::NotFound, "SH-1 partners: there is no customer C-9".to_owned())
    );
    let error = step(&store, &[set(sheet(1), SEE_ALSO.lent(), list(&[2, 1]))]).unwrap_err();
    assert_eq!(said(error), "SH-1 see_also: a record does not link to itself");
    sound(&store);
}

#[test]
fn what_a_list_leads_to_is_not_purged_and_what_was_is_left_out_alone() {
    let store = filled();
    let purge = |num| commit::purge(&store, &context(2), &mut |reader| commit::removal(reader, &[of_customer(num)]));
    let error = purge(2).unwrap_err();
    assert_eq!(said(error), "SH-1 partners: it points to C-2, which would be gone (1 such record in all)");
    step(&store, &[more(&[3])]).unwrap();
    step(&store, &[less(&[2, 3])]).unwrap();
    purge(2).unwrap();
    let undone = undo(&store).unwrap();
    assert_eq!(partners(&store), [1, 3]);
    let remark = undone.remarks[0].both().0;
    assert_eq!(remark, "SH-1 partners: C-2 has been purged, so nothing links to it again (1 such link in all)");
    // The list is what the step before left, but for the record that is gone.
    undo(&store).unwrap();
    assert_eq!(partners(&store), [1]);
    redo(&store).unwrap();
    assert_eq!(partners(&store), [1, 3]);
    sound(&store);
}

#[test]
fn an_item_that_leads_nowhere_is_found() {
    let store = filled();
    let mut lost = record(SHEET, "lost", 0);
    lost.set(PARTNERS, vec![Value::Link(1), Value::Link(77)]);
    commit::commit(&store, &context(1), &mut |reader| {
        let mut plan = commit::WritePlan::new();
        // Taken over from elsewhere, it is not looked at.
        plan.add_after(reader, SHEET, lost.clone(), &[PARTNERS.tag()])?;
        Ok(plan)
    })
    .unwrap();
    let flaws = verify(&store.snapshot().unwrap().reader()).unwrap();
    assert_eq!(flaws.len(), 1, "{flaws:?}");
    assert_eq!((flaws[0].record, flaws[0].problem), (Some(sheet(4)), Problem::Dangling));
}

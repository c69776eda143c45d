//! Rows of records in the trash: they change no record in use.

use super::{identity::CREATED, *};
use crate::domain::{followup, pipeline};

impl Shop {
    fn trash(&self, id: &str) {
        let id = RecordId::parse(id, None).unwrap();
        commit::commit(&self.store, &self.context, &mut |_| {
            let mut plan = WritePlan::new();
            plan.edits.push(Edit::Trash(id));
            Ok(plan)
        })
        .unwrap();
    }

    fn trashed(&self, id: &str) -> crate::domain::Record {
        let snapshot = self.store.snapshot().unwrap();
        let held = snapshot.reader().held(RecordId::parse(id, None).unwrap()).unwrap().unwrap();
        assert_eq!(held.place, crate::store::journal::Residence::Trash, "{id}");
        held.record
    }
}

fn by_id(kind: &'static Kind) -> ImportOptions {
    ImportOptions { key: Some("id".into()), ..into(kind) }
}

#[test]
fn a_followup_in_the_trash_that_is_done_does_not_come_again() {
    let shop = Shop::new();
    shop.import("title,due,repeat\nCall,2026-01-05,weekly\n", into(&followup::KIND)).unwrap();
    shop.trash("F-1");
    shop.import("id,trashed,status\nF-1,yes,done\n", by_id(&followup::KIND)).unwrap();
    assert_eq!(shop.trashed("F-1").get(followup::STATUS), Some(followup::DONE));
    let snapshot = shop.store.snapshot().unwrap();
    assert_eq!(snapshot.reader().last_num(followup::ID), Ok(1));
}

#[test]
fn a_ticket_in_the_trash_that_is_merged_changes_no_ticket_in_use() {
    let shop = Shop::new();
    shop.import("subject\nOne\nTwo\n", into(&ticket::KIND)).unwrap();
    let before = shop.value("T-2", "priority");
    shop.trash("T-1");
    shop.import("id,trashed,priority,merged_into\nT-1,yes,urgent,T-2\n", by_id(&ticket::KIND)).unwrap();
    assert_eq!(shop.trashed("T-1").get(ticket::MERGED_INTO), Some(2));
    assert_eq!(shop.value("T-2", "priority"), before);
    assert_eq!(shop.value("T-2", "version"), Some(Value::Whole(1)));
}

#[test]
fn a_record_that_comes_into_the_trash_takes_nothing_from_those_in_use() {
    let shop = Shop::new();
    let text = format!("id,trashed,name,default,created\nL-1,,Sales,yes,{CREATED}\nL-2,yes,Old,yes,{CREATED}\n");
    shop.import(&text, into(&pipeline::KIND)).unwrap();
    assert_eq!(shop.value("L-1", "default"), Some(Value::YesNo(true)));
    assert_eq!(shop.trashed("L-2").get(pipeline::DEFAULT), Some(true));
}

#[test]
fn a_record_that_links_to_itself_is_restored_and_undone_as_any_other() {
    let shop = Shop::new();
    let id = RecordId::new(customer::ID, 1);
    let (own, note) = (customer::REFERRED_BY.tag(), customer::KIND.field("note").unwrap());
    // An earlier version took such a link; of one that is inherited it is not asked.
    commit::commit(&shop.store, &shop.context, &mut |reader| {
        let mut plan = WritePlan::new();
        let mut record = crate::domain::Record::new();
        record.set(customer::NAME, "Acme".to_owned());
        record.set_value(own, Some(&Value::Link(1)));
        let id = plan.next_id(reader, customer::ID)?;
        let inherited = [own].as_slice().into();
        plan.edits.push(Edit::Add { id, record, blank: Box::default(), inherited, trashed: false });
        Ok(plan)
    })
    .unwrap();
    let edit = |edit: &dyn Fn(&mut WritePlan)| {
        commit::commit(&shop.store, &shop.context, &mut |_| {
            let mut plan = WritePlan::new();
            edit(&mut plan);
            Ok(plan)
        })
        .unwrap();
    };
    let undo = || commit::undo(&shop.store, &shop.context, &commit::UndoScope::Mine).unwrap();
    edit(&|plan| plan.set(id, vec![(note, commit::Assign::Set(Value::Text("x".to_owned())))]));
    shop.trash("C-1");
    edit(&|plan| plan.edits.push(Edit::Restore(id)));
    for _ in 0..3 {
        undo();
        let redone = commit::redo(&shop.store, &shop.context, &commit::UndoScope::Mine);
        assert!(redone.is_ok(), "{redone:?}");
        undo();
    }
    assert_eq!(shop.value("C-1", "referred_by"), Some(Value::Link(1)));
    assert_eq!(shop.value("C-1", "note"), None);
    // An export that repeats what the record has changes nothing.
    shop.import("id,referred_by,city\nC-1,C-1,Oslo\n", by_id(&customer::KIND)).unwrap();
    assert_eq!(shop.text("C-1", "city").as_deref(), Some("Oslo"));
    // Taken into a new store, it is told of with what to do.
    let fresh = Shop::new();
    let error = fresh.import("id,name,referred_by\nC-1,Acme,C-1\n", by_id(&customer::KIND)).map(drop).unwrap_err();
    assert!(error.message(Lang::En).contains("line 2, referred_by: a record does not link to itself"), "{error:?}");
}

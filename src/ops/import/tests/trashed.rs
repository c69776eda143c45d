//! Rows of records in the trash: they change no record in use.

use super::{identity::CREATED, *};
use crate::domain::{followup, pipeline};

impl Shop {
    fn trash(&self, id: &str) {
        let id = RecordId::parse(id, None).unwrap();
        commit::commit(&self.store, &self.context, &mut |_| {
            let mut plan = Plan::new();
            plan.edits.push(Edit::Trash(id));
            Ok(plan)
        })
        .unwrap();
    }

    fn trashed(&self, id: &str) -> crate::domain::Record {
        let snapshot = self.store.snapshot().unwrap();
        let held = Reader::new(&*snapshot).held(RecordId::parse(id, None).unwrap()).unwrap().unwrap();
        assert_eq!(held.place, crate::store::journal::Place::Trash, "{id}");
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
    assert_eq!(Reader::new(&*snapshot).last_num(followup::ID), Ok(1));
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

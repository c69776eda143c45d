//! Rows of an export in which somebody has edited some cells: only these are given, the rest follows by the rules.

use super::*;
use crate::{
    commit::Assign,
    domain::{FieldDef, Record, followup, ticket},
};

fn record(shop: &Shop, id: &str) -> Record {
    let snapshot = shop.store.snapshot().unwrap();
    snapshot.reader().record(RecordId::parse(id, None).unwrap()).unwrap().unwrap()
}

/// A shop with a record, an hour after it was made.
fn an_hour_later(kind: &'static Kind, new: &str) -> Shop {
    let mut shop = Shop::new();
    shop.import(new, into(kind)).unwrap();
    shop.context.now = shop.context.now.plus_seconds(3600);
    shop
}

fn by_id(kind: &'static Kind) -> ImportOptions {
    ImportOptions { key: Some("id".into()), ..into(kind) }
}

/// Makes a record, and changes it as somebody types it and by an edited export: both leave the same.
fn same(kind: &'static Kind, new: &str, typed: &[(&str, Value)], edited: &str) -> Record {
    let by_hand = an_hour_later(kind, new);
    let id = RecordId::new(kind.id, 1);
    let fields = typed.iter().map(|(code, value)| (kind.field(code).unwrap(), Assign::Set(value.clone())));
    let fields: Vec<(&'static FieldDef, Assign)> = fields.collect();
    commit::commit(&by_hand.store, &by_hand.context, &mut |_| {
        let mut plan = WritePlan::new();
        plan.set(id, fields.clone());
        Ok(plan)
    })
    .unwrap();
    let by_file = an_hour_later(kind, new);
    by_file.import(edited, by_id(kind)).unwrap();
    let (by_hand, by_file) = (record(&by_hand, &id.to_string()), record(&by_file, &id.to_string()));
    for def in kind.all_fields() {
        assert_eq!(by_file.row().value(def), by_hand.row().value(def), "{}", def.code);
    }
    by_file
}

#[test]
fn what_hangs_on_an_edited_stage_follows_it() {
    let new = "title,amount,stage\nA,5000,S-4\n";
    let row = |stage: &str, amount: &str| {
        format!("id,title,amount,stage,probability,stage_since\nD-1,A,{amount},{stage},75,2026-01-01T00:00:00Z\n")
    };
    for stage in [5, 6] {
        let typed = [("stage", Value::Link(stage))];
        let deal = same(&deal::KIND, new, &typed, &row(&format!("S-{stage}"), "5000"));
        assert!(deal.get(deal::CLOSED).is_some() && deal.get(deal::PROBABILITY) != Some(75), "{deal:?}");
    }
    // An edited cell is given, whatever the rules would make of it.
    let amount = Value::Money(crate::domain::words::money::Money { minor: 700_000, currency: Currency::CNY });
    let typed = [("stage", Value::Link(2)), ("amount", amount)];
    same(&deal::KIND, new, &typed, &row("S-2", "7000"));
    let shop = an_hour_later(&deal::KIND, new);
    shop.import(&row("S-2", "5000").replace(",75,", ",60,"), by_id(&deal::KIND)).unwrap();
    assert_eq!(record(&shop, "D-1").get(deal::PROBABILITY), Some(60));
}

#[test]
fn what_hangs_on_an_edited_status_follows_it() {
    let new = "subject,priority,status\nA,high,waiting\n";
    let typed = [("status", Value::Choice(ticket::CLOSED))];
    let shop = an_hour_later(&ticket::KIND, new);
    let due = record(&shop, "T-1").get(ticket::RESOLUTION_DUE).map(|at| at.utc().to_rfc3339()).unwrap_or_default();
    let row = format!("id,subject,priority,status,resolution_due,paused\nT-1,A,high,closed,{due},\n");
    let closed = same(&ticket::KIND, new, &typed, &row);
    assert!(closed.get(ticket::CLOSED_AT).is_some(), "{closed:?}");

    let new = "title,due,status,done_at,done_by\nCall,2026-01-05,done,2025-12-30T10:00:00Z,U-1\n";
    let typed = [("status", Value::Choice(followup::OPEN))];
    let row = "id,title,due,status,done_at,done_by\nF-1,Call,2026-01-05,open,2025-12-30T10:00:00Z,U-1\n";
    let open = same(&followup::KIND, new, &typed, row);
    assert_eq!((open.get(followup::DONE_AT), open.get(followup::DONE_BY)), (None, None));
}

#[test]
fn a_row_without_edits_changes_nothing_and_a_later_row_may_give_the_old_value_back() {
    let shop = an_hour_later(&customer::KIND, "name,city,email\nAcme,Oslo,a@b.c\n");
    shop.import("id,name,city,email\nC-1,Acme,Oslo,a@b.c\n", by_id(&customer::KIND)).unwrap();
    assert_eq!(shop.value("C-1", "version"), Some(Value::Whole(1)));
    let by_name = ImportOptions { key: Some("name".into()), ..into(&customer::KIND) };
    shop.import("name,city\nAcme,Rome\nAcme,Oslo\n", by_name).unwrap();
    assert_eq!(shop.text("C-1", "city").as_deref(), Some("Oslo"));
}

#[test]
fn the_time_of_creation_that_a_spreadsheet_has_shortened_tells_the_record() {
    let mut shop = Shop::new();
    shop.context.now = Instant(shop.context.now.0 + 45_678);
    shop.import("name,city\nAcme,Oslo\n", into(&customer::KIND)).unwrap();
    let created = shop.value("C-1", "created");
    for cell in ["2026-01-01 08:00", "2026-01-01T00:00:45Z", "2026/1/1 8:00"] {
        shop.import(&format!("id,name,city,created\nC-1,Acme,{cell},{cell}\n"), into(&customer::KIND)).unwrap();
        assert_eq!((shop.text("C-1", "city").as_deref(), shop.value("C-1", "created")), (Some(cell), created.clone()));
    }
    for cell in ["2026-01-01 08:01", "2026-01-01T00:00:00Z", "2026-01-01 08:00:46"] {
        let error = message(shop.import(&format!("id,name,created\nC-1,B,{cell}\n"), into(&customer::KIND)));
        assert!(error.contains("was created at another time"), "{cell}: {error}");
    }
    let error = message(shop.import("id,name\nC-1,B\n", into(&customer::KIND)));
    assert!(error.contains("'created'") && error.contains("--key id"), "{error}");
}

#[test]
fn me_is_whoever_imports() {
    let mut shop = Shop::new();
    shop.import("name,login\nBob,bob\n", into(&crate::domain::user::KIND)).unwrap();
    shop.context.user = Some(2);
    shop.context.login = "bob".into();
    shop.import("name,owner\nA,me\nB,我\n", into(&customer::KIND)).unwrap();
    let set = ImportOptions { set: vec!["owner=me".into()], ..into(&customer::KIND) };
    shop.import("name\nC\n", set).unwrap();
    for id in ["C-1", "C-2", "C-3"] {
        assert_eq!(shop.value(id, "owner"), Some(Value::Link(2)), "{id}");
    }
}

#[test]
fn ids_of_this_store_under_new_ids_name_the_way_out() {
    let shop = Shop::new();
    shop.import("name\nAcme\n", into(&customer::KIND)).unwrap();
    let text = "id,name,customer\nP-9,Ann,C-1\n";
    let new_ids = ImportOptions { new_ids: true, ..into(&contact::KIND) };
    let error = message(shop.import(text, new_ids));
    assert!(error.contains("--map 'id=' in place of --new-ids"), "{error}");
    let without = ImportOptions { map: vec!["id=".into()], ..into(&contact::KIND) };
    shop.import(text, without).unwrap();
    assert_eq!(shop.value("P-1", "customer"), Some(Value::Link(1)));
}

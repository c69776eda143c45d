//! A file that this program wrote, on its way back.

use super::*;

const CREATED: &str = "2025-12-31T16:00:00Z";

fn shop() -> Shop {
    let shop = Shop::new();
    let text = format!("name,city,parent,created\nAcme,Oslo,,{CREATED}\nBest,Rome,Acme,{CREATED}\n");
    shop.import(&text, into(&customer::KIND)).unwrap();
    shop
}

fn counts(report: &ImportReport) -> (u64, usize) {
    (report.added, report.updates.len())
}

#[test]
fn a_row_changes_the_record_that_it_is() {
    let shop = shop();
    let text =
        format!("kind,id,trashed,name,city,created\ncustomer,C-1,,Acme,Bergen,{CREATED}\ncustomer,,,New,Bari,\n");
    let report = shop.import(&text, into(&customer::KIND)).unwrap();
    assert_eq!(counts(&report), (1, 1));
    assert_eq!(shop.text("C-1", "city").as_deref(), Some("Bergen"));
    assert_eq!(shop.text("C-3", "name").as_deref(), Some("New"));
}

#[test]
fn a_row_of_another_store_is_no_record_of_this_one() {
    let shop = shop();
    let other = "id,name,created\nC-1,Other,2024-01-01T00:00:00Z\n";
    let error = message(shop.import(other, into(&customer::KIND)));
    assert!(error.contains("line 2, id:") && error.contains("another store (--new-ids adds it)"), "{error}");
    let error = message(shop.import("id,name\nC-1,Acme\n", into(&customer::KIND)));
    assert!(error.contains("--key id updates it"), "{error}");
    let error = message(shop.import(&format!("id,name,created\nC-9,X,{CREATED}\n"), into(&customer::KIND)));
    assert!(error.contains("there is no customer C-9"), "{error}");
    let error = message(shop.import(&format!("kind,id,name,created\ndeal,C-1,X,{CREATED}\n"), into(&customer::KIND)));
    assert!(error.contains("the row is a deal"), "{error}");
    let error =
        message(shop.import(&format!("id,city,created\nC-1,A,{CREATED}\nC-1,B,{CREATED}\n"), into(&customer::KIND)));
    assert!(error.contains("line 3, id: line 2 has C-1 too"), "{error}");

    let trusted = ImportOptions { key: Some("id".into()), ..into(&customer::KIND) };
    assert_eq!(counts(&shop.import("id,name\nC-1,Renamed\n", trusted).unwrap()), (0, 1));
    assert_eq!(shop.text("C-1", "name").as_deref(), Some("Renamed"));
}

#[test]
fn rows_of_another_store_are_added_under_new_ids_with_their_links() {
    let shop = shop();
    let new_ids = |kind| ImportOptions { new_ids: true, ..into(kind) };
    let report = shop
        .import("id,name,parent,created\nC-1,Other,,2024-01-01T00:00:00Z\nC-2,Below,C-1,\n", new_ids(&customer::KIND));
    assert_eq!(counts(&report.unwrap()), (2, 0));
    assert_eq!(shop.text("C-3", "external_id").as_deref(), Some("C-1"));
    assert_eq!(shop.value("C-4", "parent"), Some(Value::Link(3)), "not C-1 of this store");
    shop.import("id,name,customer\nP-1,Ann,C-2\n", new_ids(&contact::KIND)).unwrap();
    assert_eq!(shop.value("P-1", "customer"), Some(Value::Link(4)));
}

#[test]
fn a_store_without_records_keeps_the_ids_of_the_file() {
    let shop = Shop::new();
    let text =
        "id,trashed,name,parent,created\nC-7,,Below,C-3,2024-01-01T00:00:00Z\nC-3,,Above,,\nC-5,yes,Gone,,\n,,New,,\n";
    let report = shop.import(text, into(&customer::KIND)).unwrap();
    assert_eq!(counts(&report), (4, 0));
    assert_eq!(shop.value("C-7", "parent"), Some(Value::Link(3)));
    assert_eq!(shop.text("C-8", "name").as_deref(), Some("New"));
    assert_eq!(report.line_of(RecordId::new(customer::ID, 3)), Some(3));
    let snapshot = shop.store.snapshot().unwrap();
    let held = Reader::new(&*snapshot).held(RecordId::new(customer::ID, 5)).unwrap().unwrap();
    assert_eq!(held.place, crate::store::journal::Place::Trash);
}

#[test]
fn who_made_a_record_elsewhere_does_not_stop_its_import() {
    let shop = Shop::new();
    let text = format!(
        "id,name,owner,created,created_by\nC-7,Acme,U-1,{CREATED},U-1\nC-8,Best,,{CREATED},U-9\nC-9,Cid,,{CREATED},zoe\n"
    );
    let report = shop.import(&text, into(&customer::KIND)).unwrap();
    assert_eq!(counts(&report), (3, 0));
    assert_eq!(shop.value("C-7", "owner"), Some(Value::Link(1)));
    assert_eq!(["C-7", "C-8"].map(|id| shop.value(id, "created_by")), [Some(Value::Link(1)), Some(Value::Link(1))]);
    let warnings: Vec<_> = report.warnings.iter().map(|warning| warning.get(Lang::En)).collect();
    assert_eq!(warnings, ["created_by is left out where it names no user of this store: 2 rows, from line 3 on"]);
    let error = message(shop.import("name,owner\nNew,U-9\n", into(&customer::KIND)));
    assert!(error.contains("line 2, owner: there is no user 'U-9'"), "{error}");
}

#[test]
fn ids_of_other_programs_are_external() {
    let shop = shop();
    for id in ["17", "C17", "X-4", "P-1"] {
        let report = shop.import(&format!("id,name\n{id},Other\n"), into(&customer::KIND)).unwrap();
        assert_eq!((counts(&report), codes(&report)["id"].as_str()), ((1, 0), "external_id"), "{id}");
    }
}

#[test]
fn rows_with_one_key_are_named() {
    let shop = Shop::new();
    let by = ImportOptions { key: Some("phone".into()), ..into(&contact::KIND) };
    let report = shop.import("name,phone\nAnn,13800138000\nBob,138-0013-8000\nEve,13900139000\n", by).unwrap();
    let warnings: Vec<_> = report.warnings.iter().map(|warning| warning.get(Lang::En)).collect();
    assert_eq!(warnings, ["Rows with the key of an earlier row change the same record: line 3 that of line 2"]);
}

#[test]
fn records_made_from_one_row_know_each_other() {
    let shop = Shop::new();
    let text = "title,customer,contact\nBig,Acme,Ann\nSmall,Acme,Ann\nOther,Best,Bob\n";
    shop.import(text, create(&deal::KIND)).unwrap();
    let customers = ["P-1", "P-2"].map(|id| shop.value(id, "customer"));
    assert_eq!(customers, [Some(Value::Link(1)), Some(Value::Link(2))]);
    assert_eq!(shop.value("D-2", "contact"), Some(Value::Link(1)));
    // A customer that is there already is known to the new contact, too.
    shop.import("title,contact,customer\nMore,Cid,Acme\n", create(&deal::KIND)).unwrap();
    assert_eq!(shop.value("P-3", "customer"), Some(Value::Link(1)));
}

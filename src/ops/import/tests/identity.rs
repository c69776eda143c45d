//! A file that this program wrote, on its way back.

use super::*;

pub const CREATED: &str = "2025-12-31T16:00:00Z";

pub fn shop() -> Shop {
    let shop = Shop::new();
    let text = format!("name,city,parent,created\nAcme,Oslo,,{CREATED}\nBest,Rome,Acme,{CREATED}\n");
    shop.import(&text, into(&customer::KIND)).unwrap();
    shop
}

pub fn counts(report: &ImportReport) -> (u64, usize) {
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
    let held = snapshot.reader().held(RecordId::new(customer::ID, 5)).unwrap().unwrap();
    assert_eq!(held.place, crate::store::journal::Residence::Trash);
}

#[test]
fn ids_far_apart_are_not_counted_through() {
    let shop = Shop::new();
    shop.import(&format!("id,name,created\nC-100000000,Far,{CREATED}\n"), into(&customer::KIND)).unwrap();
    let before = std::time::Instant::now();
    let error = message(shop.import(&format!("id,name,created\nC-7,Near,{CREATED}\n"), into(&customer::KIND)));
    assert!(error.contains("there is no customer C-7"), "{error}");
    assert!(before.elapsed() < std::time::Duration::from_secs(2));
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
    assert!(error.contains("line 2, owner: there is no user 'U-9' (import the users first"), "{error}");
}

#[test]
fn ids_of_other_programs_are_external() {
    let shop = shop();
    for id in ["17", "C17", "X-4", "C-0017", "P-0001", "C-1-2"] {
        let report = shop.import(&format!("id,name\n{id},Other\n"), into(&customer::KIND)).unwrap();
        assert_eq!((counts(&report), codes(&report)["id"].as_str()), ((1, 0), "external_id"), "{id}");
    }
}

#[test]
fn a_damaged_id_of_an_export_is_refused_and_a_longer_hyphen_is_read() {
    let shop = shop();
    for id in ["C-01", "1", "C1", "X-1"] {
        let text = format!("kind,id,name,created,version\ncustomer,{id},Acme,{CREATED},1\n");
        let error = shop.import(&text, into(&customer::KIND)).map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{id}");
        assert!(error.message(Lang::En).contains(&format!("line 2: '{id}' is no id of this program")), "{error:?}");
    }
    for id in ["C-0", "C-18446744073709551616"] {
        assert!(
            message(shop.import(&format!("id,name\n{id},A\n"), into(&customer::KIND))).contains("is no id"),
            "{id}"
        );
    }
    let text = format!("kind,id,name,created,version\ncustomer,C-1,Acme,{CREATED},1\ncustomer,2,Best,{CREATED},1\n");
    let error = message(shop.import(&text, into(&customer::KIND)));
    assert!(error.contains("line 3, id: '2' is no id of a customer"), "{error}");
    let text = format!("id,name,city,created\nC–1,Acme,Bergen,{CREATED}\n");
    assert_eq!(counts(&shop.import(&text, into(&customer::KIND)).unwrap()), (0, 1));
}

#[test]
fn rows_in_the_trash_do_not_come_back_by_another_key() {
    let shop = shop();
    let by_name = |map: &[&str]| ImportOptions {
        key: Some("name".into()),
        map: map.iter().map(|map| (*map).to_owned()).collect(),
        ..into(&customer::KIND)
    };
    let text = format!(
        "kind,id,trashed,name,created,version\ncustomer,C-1,,Acme,{CREATED},1\ncustomer,C-7,yes,Gone,{CREATED},1\n"
    );
    let error = message(shop.import(&text, by_name(&[])));
    assert!(error.contains("line 3 is in the trash"), "{error}");
    assert_eq!(counts(&shop.import(&text, by_name(&["trashed="])).unwrap()), (1, 1));
}

#[test]
fn an_id_of_this_program_that_leads_nowhere_is_no_name() {
    for id in ["D-1", "C-0", "C–9"] {
        let shop = Shop::new();
        let error = message(shop.import(&format!("subject,customer\nHelp,{id}\n"), create(&ticket::KIND)));
        assert!(error.contains(&format!("there is no customer '{id}'")), "{error}");
    }
}

#[test]
fn cells_below_no_heading_are_spoken_of() {
    let report = Shop::new().import("name,,\nAcme,,\nBest,,x\n", into(&customer::KIND)).unwrap();
    let warnings: Vec<_> = report.warnings.iter().map(|warning| warning.get(Lang::En)).collect();
    assert_eq!(warnings, ["Not imported, since it has no heading: column 3"]);
}

#[test]
fn ids_of_another_kind_are_refused_until_somebody_says_what_they_are() {
    let shop = shop();
    let text = "Id,name\n,Some\nP-1,Other\n";
    let error = shop.import(text, into(&customer::KIND)).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(error.message(Lang::En), "line 3: 'P-1' is the id of a contact, and the rows are to be customers");
    assert!(error.next_step(Lang::En).unwrap().contains("--map 'Id=external_id'"), "{error:?}");
    let given = ImportOptions { map: vec!["id=external_id".into()], ..into(&customer::KIND) };
    assert_eq!(counts(&shop.import(text, given).unwrap()), (2, 0));
    assert_eq!(shop.text("C-4", "external_id").as_deref(), Some("P-1"));
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

fn by(code: &str) -> ImportOptions {
    ImportOptions { key: Some(code.into()), ..into(&contact::KIND) }
}

#[test]
fn numbers_that_end_alike_are_those_of_two_people() {
    let shop = Shop::new();
    let text = "name,phone\nAnn,138-1234-5678\nBob,139-1234-5678\nCid,206-555-0142\nDan,415-555-0142\n";
    assert_eq!(counts(&shop.import(text, by("phone")).unwrap()), (4, 0));
    let report = shop.import(&text.replace("Bob", "Bo"), by("phone")).unwrap();
    assert_eq!((counts(&report), report.warnings.len()), ((0, 4), 0));
    assert_eq!(["P-1", "P-2"].map(|id| shop.text(id, "name").unwrap()), ["Ann", "Bo"]);
}

#[test]
fn a_local_number_that_fits_two_people_is_refused_wherever_it_stands() {
    let (cid, dan, local) = ("Cid,206-555-0142\n", "Dan,415-555-0142\n", "Eve,555-0142\n");
    for (rows, line) in [([cid, dan, local], 4), ([local, cid, dan], 4), ([cid, local, dan], 4)] {
        let error = message(Shop::new().import(&format!("name,phone\n{}", rows.concat()), by("phone")));
        assert!(error.contains(&format!("line {line}, phone:")) && error.contains("do not tell whose"), "{error}");
    }
    // A store that knows one of them is no proof that the local number is the other's.
    let shop = Shop::new();
    shop.import(&format!("name,phone\n{cid}"), by("phone")).unwrap();
    for rows in [[local, dan], [dan, local]] {
        let error = message(shop.import(&format!("name,phone\n{}", rows.concat()), by("phone")));
        assert!(error.contains("line 3, phone: line 2 and P-1 do not tell whose"), "{error}");
    }
}

#[test]
fn what_is_no_telephone_number_is_the_same_as_its_own_text_only() {
    let mut keys = same_key::SameKey::new(contact::KIND.field("phone").unwrap());
    use super::same_key::EarlierRow::{None, Same};
    keys.keep("12", 0, 0);
    assert_eq!(["12", "13", "012", "reception"].map(|key| keys.earlier(key)), [Same(0), None, None, None]);
    keys.keep("138 0013 8000", 1, 1);
    assert_eq!(["+86 138-0013-8000", "139-0013-8000"].map(|key| keys.earlier(key)), [Same(1), None]);
}

#[test]
fn every_row_with_a_key_of_several_records_is_rejected_and_counted() {
    let shop = Shop::new();
    shop.import("name,email\nAnn,a@x.example\nAnn 2,a@x.example\n", into(&contact::KIND)).unwrap();
    let options = ImportOptions { skip_errors: true, ..by("email") };
    let text = "name,email\nA,a@x.example\nB,a@x.example\nC,c@x.example\nD,A@x.example\n";
    let report = shop.import(text, options).unwrap();
    assert_eq!((report.rows, counts(&report), report.rejected), (4, (1, 0), 3));
    assert_eq!(report.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 3, 5]);
}

#[test]
fn notes_beside_the_numbers_of_several_rows_of_one_key_are_all_kept() {
    let row = |more: &str| format!("Li Lei,li@x.example,13800138000 ({more})\n");
    let rows = |all: &[&str]| format!("name,email,phone\n{}", all.iter().map(|more| row(more)).collect::<String>());
    let said =
        |all: &[&str]| Some(all.iter().map(|more| format!("13800138000: {more}")).collect::<Vec<_>>().join("\n"));
    let shop = Shop::new();
    shop.import(&rows(&["ask for Li", "not on Mondays", "ask for Li", "the driver"]), by("email")).unwrap();
    let first = ["ask for Li", "not on Mondays", "the driver"];
    assert_eq!(shop.text("P-1", "note"), said(&first));
    shop.import(&rows(&["evenings", "the driver", "mornings"]), by("email")).unwrap();
    assert_eq!(shop.text("P-1", "note"), said(&[&first[..], &["evenings", "mornings"]].concat()));
    // A column of notes says what the note is; an empty cell of it says nothing.
    let text =
        "name,email,phone,note\nLi,li@x.example,13800138000 (reception),VIP\nLi,li@x.example,13800138000 (attic),\n";
    shop.import(text, by("email")).unwrap();
    assert_eq!(shop.text("P-1", "note").as_deref(), Some("VIP\n13800138000: reception\n13800138000: attic"));
}

#[test]
fn ids_are_kept_as_long_as_numbers_are_left_behind_them() {
    let shop = Shop::new();
    for id in ["C-100000001", "C-18446744073709551615"] {
        let error = message(shop.import(&format!("id,name\nC-1,A\n{id},B\n"), into(&customer::KIND)));
        assert!(error.contains(&format!("line 3, id: the number of {id} is too high")), "{error}");
    }
    let error = message(shop.import("id,name\nC-1,A\nC-18446744073709551616,B\n", into(&customer::KIND)));
    assert!(error.contains("line 3, id: 'C-18446744073709551616' is no id of a customer"), "{error}");
    shop.import("id,name\nC-100000000,A\n", into(&customer::KIND)).unwrap();
    shop.import("name\nB\n", into(&customer::KIND)).unwrap();
    assert_eq!(shop.text("C-100000001", "name").as_deref(), Some("B"));
}

#[test]
fn a_link_by_id_from_another_store_leads_to_no_record_that_was_made_here() {
    let contacts = "id,name,customer,created\nP-1,Ann,C-1,2024-01-02T00:00:00Z\n";
    let shop = Shop::new();
    shop.import("name\nAcme\n", into(&customer::KIND)).unwrap();
    let error = message(shop.import(contacts, into(&contact::KIND)));
    assert!(error.contains("line 2, customer: C-1 was made in this store"), "{error}");
    assert!(error.contains("--key id"), "{error}");
    // A new row in a file without ids is one that somebody typed.
    shop.import("title,customer\nBig,C-1\n", into(&deal::KIND)).unwrap();
    let trusted = ImportOptions { key: Some("id".into()), ..into(&contact::KIND) };
    shop.import(contacts, trusted).unwrap();
    assert_eq!(shop.value("P-1", "customer"), Some(Value::Link(1)));

    // One kind after the other, with their ids.
    let shop = Shop::new();
    shop.import("id,name,created\nC-1,Other,2024-01-01T00:00:00Z\n", into(&customer::KIND)).unwrap();
    shop.import(contacts, into(&contact::KIND)).unwrap();
    assert_eq!(shop.value("P-1", "customer"), Some(Value::Link(1)));

    // Under new ids, the old one is the external id.
    let shop = shop_with_one_under_a_new_id();
    shop.import(contacts, into(&contact::KIND)).unwrap();
    assert_eq!(shop.value("P-1", "customer"), Some(Value::Link(2)));
}

fn shop_with_one_under_a_new_id() -> Shop {
    let shop = Shop::new();
    shop.import("name\nAcme\n", into(&customer::KIND)).unwrap();
    let new_ids = ImportOptions { new_ids: true, ..into(&customer::KIND) };
    shop.import("id,name,created\nC-1,Other,2024-01-01T00:00:00Z\n", new_ids).unwrap();
    shop
}

#[test]
fn a_key_that_tells_no_record_apart_is_refused_each_time() {
    let shop = Shop::new();
    let text = "name,phone\nAnn,12\nBob,x123\nCid,12 / 13800138000\nDan,\n";
    let error = message(shop.import(text, by("phone")));
    assert!(error.contains("line 2, phone: '12' is no telephone number that tells records apart"), "{error}");
    assert!(error.contains("line 3, phone: ") && !error.contains("line 4"), "{error}");
    let options = || ImportOptions { skip_errors: true, ..by("phone") };
    let report = shop.import(text, options()).unwrap();
    assert_eq!((counts(&report), report.rejected), ((2, 0), 2));
    let report = shop.import(&text.replace("Dan,\n", ""), options()).unwrap();
    assert_eq!((counts(&report), report.rejected), ((0, 1), 2));
}

#[test]
fn a_ticket_that_waits_has_waited_since_the_file_says() {
    let shop = Shop::new();
    let text = format!(
        "id,subject,customer,status,waiting_since,created\nT-1,Slow,Acme,waiting,2025-12-31T20:00:00Z,{CREATED}\n\
         T-2,Open,Acme,open,2025-12-31T20:00:00Z,{CREATED}\n"
    );
    shop.import(&text, create(&ticket::KIND)).unwrap();
    let since = chrono::DateTime::parse_from_rfc3339("2025-12-31T20:00:00Z").unwrap().to_utc();
    assert_eq!(shop.value("T-1", "waiting_since"), Some(Value::Instant(since.into())));
    assert_eq!((shop.value("T-2", "waiting_since"), shop.value("T-2", "paused")), (None, None));
}

#[test]
fn a_link_without_a_hyphen_is_a_name() {
    let shop = Shop::new();
    shop.import("name\nOne\nTwo\nC2\n", into(&customer::KIND)).unwrap();
    let create = ImportOptions { link_missing: LinkMissing::Create, ..into(&contact::KIND) };
    shop.import("name,customer\nAnn,C2\nBob,C-2\nCai,C1\n", create).unwrap();
    let of = |id: &str| shop.value(id, "customer");
    assert_eq!([of("P-1"), of("P-2"), of("P-3")], [3, 2, 4].map(|num| Some(Value::Link(num))));
}

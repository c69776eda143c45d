//! Rows that change records of the store: what they would take away of them.

use super::{
    identity::{CREATED, counts, shop},
    *,
};

/// A file as an export of the shop has it, and who may change records beside it.
fn exported(city: &str, grade: &str, version: i64) -> String {
    format!("kind,id,trashed,name,grade,city,created,version\ncustomer,C-1,,Acme,{grade},{city},{CREATED},{version}\n")
}

fn set(shop: &Shop, id: &str, code: &str, text: &str) {
    let id = RecordId::parse(id, None).unwrap();
    let def = customer::KIND.field(code).unwrap();
    commit::commit(&shop.store, &shop.context, &mut |_| {
        let mut plan = WritePlan::new();
        plan.set(id, vec![(def, commit::Assign::Set(Value::Text(text.to_owned())))]);
        Ok(plan)
    })
    .unwrap();
}

#[test]
fn a_row_does_not_write_over_what_was_changed_since_it_was_exported() {
    let shop = shop();
    set(&shop, "C-1", "city", "Rome");
    let stale = exported("Oslo", "A", 1);
    let refused = shop.import(&stale, into(&customer::KIND)).map(drop).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    let text = refused.message(Lang::En);
    for part in ["line 2, city: C-1: you have changed it since", "export again", "--map 'version='"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(shop.text("C-1", "city").as_deref(), Some("Rome"));

    let skipping = ImportOptions { skip_errors: true, ..into(&customer::KIND) };
    let with_new = format!("{stale}customer,,,New,,,,\n");
    let report = shop.import(&with_new, skipping).unwrap();
    assert_eq!((counts(&report), report.rejected), ((1, 0), 1));

    let anyway = ImportOptions { map: vec!["version=".into()], ..into(&customer::KIND) };
    shop.import(&stale, anyway).unwrap();
    assert_eq!(shop.text("C-1", "city").as_deref(), Some("Oslo"));
}

#[test]
fn a_row_that_changes_what_nobody_else_has_changed_comes_in_as_often_as_wanted() {
    let shop = shop();
    let edited = exported("Bergen", "", 1);
    for _ in 0..2 {
        assert_eq!(counts(&shop.import(&edited, into(&customer::KIND)).unwrap()), (0, 1));
    }
    assert_eq!(shop.value("C-1", "version"), Some(Value::Whole(2)), "the second time nothing differs");
    // Somebody sets what the row says too, and somebody else a field that it does not change.
    set(&shop, "C-1", "province", "Vestland");
    shop.import(&exported("Bergen", "A", 1), into(&customer::KIND)).unwrap();
    assert_eq!(shop.text("C-1", "province").as_deref(), Some("Vestland"));
    let error = message(shop.import(&exported("Bergen", "A", 1).replace(",1\n", ",x\n"), into(&customer::KIND)));
    assert!(error.contains("its version 'x' is no number"), "{error}");
}

#[test]
fn empty_cells_keep_what_a_record_has_and_it_is_said() {
    let shop = shop();
    set(&shop, "C-1", "province", "Viken");
    let emptied = format!("id,name,city,province,parent,created\nC-1,Acme,,,,{CREATED}\nC-2,Best,,,,{CREATED}\n");
    let report = shop.import(&emptied, into(&customer::KIND)).unwrap();
    assert_eq!((shop.text("C-1", "city"), shop.value("C-2", "parent")), (Some("Oslo".into()), Some(Value::Link(1))));
    let warnings: Vec<_> = report.warnings.iter().map(|warning| warning.get(Lang::En)).collect();
    assert_eq!(
        warnings,
        ["4 empty cells from line 2 on leave the values that the record has (--clear-empty clears them)"]
    );
}

#[test]
fn empty_cells_clear_what_a_record_has_where_that_is_wanted() {
    let shop = shop();
    let clear = || ImportOptions { clear_empty: true, ..into(&customer::KIND) };
    let emptied = format!("id,name,city,parent,created\nC-1,Acme,,,{CREATED}\nC-2,Best,,,{CREATED}\n,New,,,\n");
    let report = shop.import(&emptied, clear()).unwrap();
    assert_eq!((counts(&report), report.warnings.len()), ((1, 2), 0));
    assert_eq!((shop.text("C-1", "city"), shop.value("C-2", "parent")), (None, None));
    assert_eq!(shop.text("C-2", "name").as_deref(), Some("Best"));
    let error = message(shop.import(&format!("id,name,created\nC-1,,{CREATED}\n"), clear()));
    assert!(error.contains("line 2, name: it is empty, and C-1 cannot be without it"), "{error}");
    // What somebody else has given the record since is not cleared either.
    set(&shop, "C-1", "city", "Rome");
    let stale = format!("id,name,city,created,version\nC-1,Acme,,{CREATED},2\n");
    assert_eq!(shop.import(&stale, clear()).map(drop).unwrap_err().kind(), ErrorKind::Conflict);
}

#[test]
fn a_version_that_was_counted_again_after_an_undo_is_not_the_one_of_the_file() {
    let mut shop = shop();
    let minutes = |shop: &mut Shop, n: i64| shop.context.now = Instant(shop.context.now.0 + n * 60_000);
    minutes(&mut shop, 1);
    set(&shop, "C-1", "city", "Bern");
    let file = |shop: &Shop, city: &str| {
        let at = chrono::DateTime::from_timestamp_millis(shop.context.now.0).unwrap().format("%Y-%m-%dT%H:%M:%SZ");
        format!("id,name,city,created,updated,version\nC-1,Renamed,{city},{CREATED},{at},2\n")
    };
    let early = file(&shop, "Bern");
    minutes(&mut shop, 1);
    commit::undo(&shop.store, &shop.context, &commit::UndoScope::Mine).unwrap();
    minutes(&mut shop, 1);
    set(&shop, "C-1", "city", "Quito");
    assert_eq!(shop.value("C-1", "version"), Some(Value::Whole(2)), "as it was in the file");
    let error = shop.import(&early, into(&customer::KIND)).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(error.message(Lang::En).contains("line 2, city: C-1"), "{error:?}");
    shop.import(&file(&shop, "Riga"), into(&customer::KIND)).unwrap();
    assert_eq!(shop.text("C-1", "city").as_deref(), Some("Riga"));
}

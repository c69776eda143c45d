//! Lists of links: several names in a cell, and back as they were exported.

use super::*;
use crate::{
    domain::made_up::sheets::{PARTNERS, SCHEMA, SEE_ALSO, SHEET, SHEETS},
    query::{grid::Cell, names::Names},
};

fn shop() -> Shop {
    let shop = Shop::over(Store::in_memory().unwrap().with_schema(&SCHEMA));
    let customers = ImportOptions::new(&SCHEMA, &customer::KIND);
    shop.import("name,email\nAcme,a@acme.example\n\"Bolt, Sons\",\nCone,\n", customers).unwrap();
    shop
}

fn sheets() -> ImportOptions {
    ImportOptions::new(&SCHEMA, &SHEETS)
}

fn held(shop: &Shop, num: u64, def: &crate::domain::FieldDef) -> Vec<u64> {
    let snapshot = shop.store.snapshot().unwrap();
    let record = snapshot.reader().record(RecordId::new(SHEET, num)).unwrap().unwrap();
    record.row().links(def).collect()
}

#[test]
fn a_cell_names_several_records() {
    let shop = shop();
    let text = "name,partners,see also\none,C-3; a@acme.example; Acme,\ntwo,\"\"\"Bolt, Sons\"\";Cone\",one\nthree,,two、four\nfour,Cone,three\n";
    let report = shop.import(text, sheets()).unwrap();
    assert_eq!((report.added, report.rejected), (4, 0));
    assert_eq!(held(&shop, 1, PARTNERS.lent()), [3, 1]);
    assert_eq!(held(&shop, 2, PARTNERS.lent()), [2, 3]);
    assert_eq!(held(&shop, 2, SEE_ALSO.lent()), [1]);
    assert_eq!(held(&shop, 3, SEE_ALSO.lent()), [2, 4]);
    assert_eq!(held(&shop, 4, SEE_ALSO.lent()), [3]);
    let error = shop.import("name,partners\nfive,Cone;Nobody\n", sheets()).unwrap_err();
    assert!(format!("{error:?}").contains("Nobody"), "{error:?}");
}

#[test]
fn a_record_of_the_store_takes_the_whole_list() {
    let shop = shop();
    shop.import("name,partners\none,Acme;Cone\n", sheets()).unwrap();
    let by_id = ImportOptions { key: Some("id".to_owned()), ..sheets() };
    // The second row is not there yet when the first is changed.
    shop.import("id,name,partners,see also\nSH-1,one,Cone,\"two\"\n,two,,one\n", by_id).unwrap();
    assert_eq!(held(&shop, 1, PARTNERS.lent()), [3]);
    assert_eq!(held(&shop, 1, SEE_ALSO.lent()), [2]);
    assert_eq!(held(&shop, 2, SEE_ALSO.lent()), [1]);
}

#[test]
fn an_export_has_ids_that_come_back() {
    let shop = shop();
    shop.import("name,partners\none,Acme;Cone\n", sheets()).unwrap();
    let snapshot = shop.store.snapshot().unwrap();
    let (names, mut cells) = (Names::new(snapshot.reader(), Lang::En), Vec::new());
    let kinds = [&SHEETS];
    let grid = crate::read_model::export::export(&kinds, None, &names);
    let at = grid.columns.iter().position(|column| column.code == "partners").unwrap();
    (grid.rows)(&mut |row| {
        cells.push(format!("{:?}", row[at]));
        Ok(std::ops::ControlFlow::Continue(()))
    })
    .unwrap();
    let ids = [1, 3].map(|num| RecordId::new(customer::ID, num));
    assert_eq!(cells, [format!("{:?}", Cell::Ids(ids.to_vec()))]);
}

//! Records of one name: the one of the row's customer is meant.

use super::*;

fn shop() -> Shop {
    let shop = Shop::new();
    shop.import("name\nAcme\nBeta\n", into(&customer::KIND)).unwrap();
    shop.import("name,customer,email\nKay,Acme,kay@acme.example\nLin,,\n", into(&contact::KIND)).unwrap();
    shop
}

fn link(shop: &Shop, id: &str, code: &str) -> Option<u64> {
    match shop.value(id, code)? {
        Value::Link(num) => Some(num),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_contact_of_another_customer_is_not_taken_for_the_one_that_is_meant() {
    let shop = shop();
    let row = "title,customer,contact\nD,Beta,Kay\n";
    let error = shop.import(row, into(&deal::KIND)).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    let (en, zh) = (error.message(Lang::En).to_owned(), error.message(Lang::Zh).to_owned());
    assert!(en.contains("line 2, contact: 'Kay' is a contact of 'Acme' (C-1), and not of 'Beta'"), "{en}");
    assert!(en.contains("write P-1"), "{en}");
    assert!(zh.contains("“Kay”是“Acme”（C-1）的联系人，不是“Beta”的"), "{zh}");
    shop.import(row, ImportOptions { link_missing: LinkMissing::Blank, ..into(&deal::KIND) }).unwrap();
    assert_eq!(link(&shop, "D-1", "contact"), None);
    let report = shop.import(row, create(&deal::KIND)).unwrap();
    assert_eq!(report.created_links.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1]);
    assert_eq!((link(&shop, "D-2", "contact"), link(&shop, "P-3", "customer")), (Some(3), Some(2)));
    // Now each of them is found by the customer of the row.
    shop.import("title,customer,contact\nE,Acme,Kay\nF,Beta,Kay\n", into(&deal::KIND)).unwrap();
    assert_eq!([link(&shop, "D-3", "contact"), link(&shop, "D-4", "contact")], [Some(1), Some(3)]);
    let error = message(shop.import("title,contact\nG,Kay\n", into(&deal::KIND)));
    assert!(error.contains("several contacts: P-1, P-3"), "{error}");
}

#[test]
fn who_is_nobodys_or_named_for_certain_is_taken_without_a_word() {
    let shop = shop();
    for (row, contact) in
        [("A,Beta,Lin", 2), ("B,Beta,P-1", 1), ("C,Beta,kay@acme.example", 1), ("D,,Kay", 1), ("E,Acme,Kay", 1)]
    {
        let report = shop.import(&format!("title,customer,contact\n{row}\n"), into(&deal::KIND)).unwrap();
        assert_eq!(report.warnings, [], "{row}");
        let id = format!("D-{}", report.added_lines[0].0);
        assert_eq!(link(&shop, &id, "contact"), Some(contact), "{row}");
    }
}

#[test]
fn each_customer_gets_a_contact_of_its_own() {
    let shop = Shop::new();
    let text = "title,customer,contact\nA,Acme,Mo\nB,Beta,Mo\nC,acme,mo\nD,,Jo\nE,Beta,Jo\n";
    shop.import(text, create(&deal::KIND)).unwrap();
    let contacts = ["D-1", "D-2", "D-3", "D-4", "D-5"].map(|id| link(&shop, id, "contact").unwrap());
    assert_eq!(contacts[0], contacts[2]);
    assert_ne!(contacts[0], contacts[1]);
    assert_eq!(contacts[3], contacts[4], "who is named without a customer is the one that another row makes");
    let customers = |num: u64| link(&shop, &format!("P-{num}"), "customer");
    assert_eq!([customers(contacts[0]), customers(contacts[1]), customers(contacts[3])], [Some(1), Some(2), Some(2)]);
}

#[test]
fn a_row_that_changes_a_record_is_its_customers() {
    let shop = shop();
    shop.import("title,external_id,customer\nA,1,Beta\n", into(&deal::KIND)).unwrap();
    let by = |missing| ImportOptions { key: Some("external_id".into()), link_missing: missing, ..into(&deal::KIND) };
    let text = "external_id,contact\n1,Kay\n";
    assert!(message(shop.import(text, by(LinkMissing::Fail))).contains("and not of 'Beta'"));
    shop.import(text, by(LinkMissing::Create)).unwrap();
    assert_eq!((link(&shop, "D-1", "contact"), link(&shop, "P-3", "customer")), (Some(3), Some(2)));
}

#[test]
fn a_row_of_a_customer_that_there_is_not_takes_nobody_elses_contact() {
    let shop = shop();
    let blank = ImportOptions { link_missing: LinkMissing::Blank, ..into(&deal::KIND) };
    shop.import("title,customer,contact\nD,Gamma,Kay\nE,,Kay\n", blank).unwrap();
    assert_eq!((link(&shop, "D-1", "contact"), link(&shop, "D-1", "customer")), (None, None));
    assert_eq!((link(&shop, "D-2", "contact"), link(&shop, "D-2", "customer")), (Some(1), Some(1)));
}

#[test]
fn a_wrong_row_says_of_nobody_whose_they_are() {
    // One is wrong from the beginning, the other by a link.
    for row in ["A,Acme,Mo,abc,", "A,Acme,Mo,5,U-9"] {
        let shop = shop();
        let skip = ImportOptions { skip_errors: true, ..create(&deal::KIND) };
        let text = format!("title,customer,contact,amount,owner\n{row}\nB,,Mo,5,\n");
        let report = shop.import(&text, skip).unwrap();
        assert_eq!((report.added, report.rejected), (1, 1), "{row}");
        assert_eq!(shop.text("D-1", "title").as_deref(), Some("B"));
        assert_eq!(link(&shop, "D-1", "contact"), Some(3));
        assert_eq!((link(&shop, "P-3", "customer"), link(&shop, "D-1", "customer")), (None, None), "{row}");
    }
}

#[test]
fn a_row_without_a_customer_does_not_choose_among_those_that_other_rows_make() {
    let shop = shop();
    let text = "title,customer,contact\nA,Acme,Mo\nB,Beta,Mo\nC,,Mo\n";
    let error = message(shop.import(text, create(&deal::KIND)));
    assert!(error.contains("line 4, contact: 'Mo' is the name of several contacts: line 2, line 3"), "{error}");
    let text = "title,customer,contact\nA,Beta,Kay\nB,,Kay\n";
    let error = message(shop.import(text, create(&deal::KIND)));
    assert!(error.contains("line 3, contact: 'Kay' is the name of several contacts: P-1, line 2"), "{error}");
}

#[test]
fn all_whose_contact_somebody_is_are_named() {
    let shop = shop();
    shop.import("name\nGamma\n", into(&customer::KIND)).unwrap();
    shop.import("name,customer\nKay,Beta\n", into(&contact::KIND)).unwrap();
    let error = message(shop.import("title,customer,contact\nD,Gamma,Kay\n", into(&deal::KIND)));
    assert!(error.contains("'Kay' is a contact of 'Acme' (C-1), 'Beta' (C-2), and not of 'Gamma'"), "{error}");
    assert!(error.contains("write P-1 / P-3"), "{error}");
}

#[test]
fn many_rows_without_customers_have_contacts_made() {
    let shop = Shop::new();
    let rows: String = (0..3000).map(|at| format!("D{at},Person {at}\n")).collect();
    let report = shop.import(&format!("title,contact\n{rows}"), create(&deal::KIND)).unwrap();
    assert_eq!(report.created_links.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [3000]);
}

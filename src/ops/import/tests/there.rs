//! Rows that are like a record of the store, or like an earlier row, are told of in one line.

use super::*;

fn told(report: &ImportReport) -> Vec<&str> {
    report.warnings.iter().map(|said| said.both().0).collect()
}

#[test]
fn rows_that_double_records_are_told_in_one_line_with_the_key_that_helps() {
    let shop = Shop::new();
    let first = "name,phone,email,tax_id,external_id\n\
        Acme,13800138000,a@acme.example,,\nBeta,13900139000,b@beta.example,,77\nGamma,,,91350100M000100Y43,\n";
    assert_eq!(told(&shop.import(first, into(&customer::KIND)).unwrap()), [""; 0]);
    let again = "name,phone,email,tax_id,external_id\nacme,,,,\nNew,139-0013-9000,,,\nOther,,B@beta.example,,\n\
        More,,,,77\nNone,,,91350100m000100y43,\nFree,13700137000,f@free.example,,\nFresh,137 0013 7000,,,\n";
    let report = shop.import(again, into(&customer::KIND)).unwrap();
    assert_eq!(
        told(&report),
        [
            "Added though alike: 6 rows, line 2 as C-1 (Name), line 3 as C-2 (Phones), line 4 as C-2 (E-mails) and 3 more; \
            --key external_id or --key tax_id or --key email or --key phone or --key name updates what is there instead"
        ]
    );
    let zh = report.warnings[0].both().1;
    assert!(zh.starts_with("有 6 行与已有的记录或前面的行相同，仍作为新记录添加：第 2 行同 C-1（客户名称）"), "{zh}");
    let by = ImportOptions { key: Some("name".into()), ..into(&customer::KIND) };
    assert_eq!(told(&shop.import("name,city\nGamma,Oslo\n", by).unwrap()), [""; 0]);
}

#[test]
fn people_of_one_name_are_alike_at_one_customer_only() {
    let shop = Shop::new();
    shop.import("name\nAcme\nBeta\n", into(&customer::KIND)).unwrap();
    let rows = "name,customer\nKay,Acme\nKay,Beta\nLin,\nKay,acme\n";
    let report = shop.import(rows, into(&contact::KIND)).unwrap();
    assert_eq!(told(&report), ["Added though alike: 1 row, line 5 as line 2 (Name); crm undo takes the import back"]);
    let report = shop.import("name,customer\nLin,Acme\nKay,Beta\nLin,\n", into(&contact::KIND)).unwrap();
    assert_eq!(
        told(&report),
        ["Added though alike: 2 rows, line 3 as P-2 (Name), line 4 as P-3 (Name); crm undo takes the import back"]
    );
}

#[test]
fn a_few_rows_are_looked_up_in_a_large_store() {
    let shop = Shop::new();
    let rows: String = (0..50).map(|at| format!("Firm {at},1380013{at:04},{at}\n")).collect();
    shop.import(&format!("name,phone,external_id\n{rows}"), into(&customer::KIND)).unwrap();
    let report = shop.import("name,phone\nX,13800130007\nFirm 9,\nFree,\n", into(&customer::KIND)).unwrap();
    assert_eq!(
        told(&report),
        ["Added though alike: 2 rows, line 2 as C-8 (Phones), line 3 as C-10 (Name); \
            --key phone or --key name updates what is there instead"]
    );
    shop.import("title,external_id\nA,1\n", into(&deal::KIND)).unwrap();
    let report = shop.import("title,external_id\nA,2\nB,1\n", into(&deal::KIND)).unwrap();
    assert_eq!(
        told(&report),
        ["Added though alike: 1 row, line 3 as D-1 (External ID); --key external_id updates what is there instead"]
    );
}

#[test]
fn a_trial_says_what_would_be_added() {
    let shop = Shop::new();
    shop.import("name\nKay\n", into(&contact::KIND)).unwrap();
    let trial = ImportOptions { trial: true, ..into(&contact::KIND) };
    let (_, report) = shop.plan("name\nKay\n", trial).unwrap();
    assert_eq!(told(&report), ["Would be added though alike: 1 row, line 2 as P-1 (Name)"]);
    assert_eq!(
        report.warnings[0].both().1,
        "有 1 行与已有的记录或前面的行相同，将作为新记录添加：第 2 行同 P-1（姓名）"
    );
}

#[test]
fn telephone_numbers_with_the_same_last_digits_are_each_compared() {
    let shop = Shop::new();
    shop.import("name,phone\nA,+86 10 62881234\nB,+86 21 62881234\n", into(&customer::KIND)).unwrap();
    let report = shop.import("name,phone\nX,+86 10 62881234\nY,+86 21 62881234\n", into(&customer::KIND)).unwrap();
    assert_eq!(
        told(&report),
        ["Added though alike: 2 rows, line 2 as C-1 (Phones), line 3 as C-2 (Phones); \
            --key phone updates what is there instead"]
    );
    let rows = "name,phone\nP,+86 10 62884321\nQ,+86 21 62884321\nR,+86 21 62884321\n";
    let report = shop.import(rows, into(&customer::KIND)).unwrap();
    assert!(
        told(&report)[0].starts_with("Added though alike: 1 row, line 4 as line 3 (Phones)"),
        "{:?}",
        told(&report)
    );
}

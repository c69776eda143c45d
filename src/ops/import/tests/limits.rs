//! What an import gives up, and what it takes although there is much of it.

use super::*;
use crate::domain::user;

#[test]
fn circles_of_rows_are_refused_at_their_line() {
    let shop = Shop::new();
    let error = shop.import("name,parent\nA,C\nB,A\nC,B\n", into(&customer::KIND)).map(drop).unwrap_err();
    assert!(error.message(Lang::En).contains("this would make a circle"), "{error:?}");
}

#[test]
fn long_chains_of_wrong_rows_are_all_rejected() {
    let shop = Shop::new();
    const ROWS: usize = 5_000;
    let rows: String = (0..ROWS).map(|row| format!("N{row},N{},A\n", row + 1)).collect();
    let skip = ImportOptions { skip_errors: true, ..into(&customer::KIND) };
    let report = shop.import(&format!("name,parent,grade\n{rows}N{ROWS},,wrong\nGood,,A\n"), skip).unwrap();
    assert_eq!((report.added, report.rejected), (1, ROWS as u64 + 1));
}

#[test]
fn cells_are_no_longer_than_fields_hold() {
    let shop = Shop::new();
    let (line, more) = ("x".repeat(4096), "y".repeat(4097));
    shop.import(&format!("name,note\n{line},{more}\n"), into(&customer::KIND)).unwrap();
    for text in
        [format!("name,city\nAcme,{more}\n"), format!("name,owner\nAcme,{more}\n"), format!("name,tag\nAcme,{more}\n")]
    {
        let error = message(shop.import(&text, create(&customer::KIND)));
        assert!(error.contains("line 2, ") && error.contains("4097 bytes is too long"), "{error}");
    }
    let error =
        message(shop.import(&format!("name,note\nAcme,{}\n", "z".repeat((16 << 20) + 1)), into(&customer::KIND)));
    assert!(error.contains("line 2, note: a text of 16777217 bytes is too long"), "{error}");
}

#[test]
fn many_columns_are_looked_through_once() {
    let shop = Shop::new();
    let headings: Vec<String> = (0..5_000).map(|column| format!("Column {column}")).collect();
    let text = format!("name,{}\nAcme{}\n", headings.join(","), ",x".repeat(headings.len()));
    assert_eq!(shop.import(&text, into(&customer::KIND)).unwrap().added, 1);
}

#[test]
fn many_people_of_one_name_get_logins_one_after_the_other() {
    let shop = Shop::new();
    const PEOPLE: usize = 3_000;
    shop.import(&format!("name\n{}", "Sam Lee\n".repeat(PEOPLE)), into(&user::KIND)).unwrap();
    for (id, login) in [("U-2", "sam.lee"), ("U-3", "sam.lee2"), ("U-3001", "sam.lee3000")] {
        assert_eq!(shop.text(id, "login").as_deref(), Some(login));
    }
    let error = message(shop.import("name,login\nA,same\nB,other\nC,SAME\n", into(&user::KIND)));
    assert!(error.contains("U-3002 has the same login"), "{error}");
}

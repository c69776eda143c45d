//! All that is wrong with rows is told at once, and what people write in files is read.

use super::*;
use crate::domain::followup;

#[test]
fn what_is_wrong_with_cells_and_with_links_is_told_at_once() {
    let shop = Shop::new();
    let text = "title,customer,amount,contact\nA,Nobody,abc,Zed\n,Nobody,1,\nC,,x,\n";
    let error = message(shop.import(text, into(&deal::KIND)));
    for said in [
        "3 of 3 rows are wrong",
        "line 2, amount: 'abc'",
        "line 2, customer: there is no customer 'Nobody'",
        "line 2, contact: there is no contact 'Zed'",
        "line 3, customer: there is no customer 'Nobody'",
        "line 3, title:",
        "line 4, amount: 'x'",
    ] {
        assert!(error.contains(said), "{said}: {error}");
    }
    assert!(!error.contains("line 4, title"), "{error}");
    let skip = ImportOptions { skip_errors: true, ..into(&deal::KIND) };
    let report = shop.import(&format!("{text}D,,5,\n"), skip).unwrap();
    assert_eq!((report.added, report.rejected), (1, 3));
    assert_eq!(shop.text("D-1", "title").as_deref(), Some("D"));
}

#[test]
fn what_is_empty_by_a_word_or_a_stroke_is_empty() {
    let shop = Shop::new();
    let text = "客户名称,员工人数,年营业额,客户级别,生日,网址,上级客户,是否黑名单\n甲,无,暂无,/,-,N/A,无,-\n";
    shop.import(text, ImportOptions { map: vec!["是否黑名单=blacklisted".into()], ..create(&customer::KIND) }).unwrap();
    for code in ["employees", "annual_revenue", "grade", "birthday", "website", "parent", "blacklisted"] {
        assert_eq!(shop.value("C-1", code), None, "{code}");
    }
    shop.import("客户名称,所属行业\n乙,无\n", into(&customer::KIND)).unwrap();
    assert_eq!(shop.text("C-2", "industry").as_deref(), Some("无"), "a text is what stands there");
    assert!(message(shop.import("title,due\nCall,-\n", into(&followup::KIND))).contains("line 2, due"));
}

#[test]
fn thousands_are_grouped_in_a_column_of_ten_thousands_too() {
    let shop = Shop::new();
    shop.import("商机名称,签约金额（万元）\nA,\"3,500\"\n", into(&deal::KIND)).unwrap();
    let Some(Value::Money(money)) = shop.value("D-1", "amount") else { panic!("no amount") };
    assert_eq!((money.minor, money.currency.as_str()), (3_500_000_000, "CNY"));
    let error = message(shop.import("商机名称,金额（吨）\nA,12\n", into(&deal::KIND)));
    assert!(error.contains("says that its numbers are '吨'"), "{error}");
    shop.import("商机名称,金额（含税）\nA,12\n", into(&deal::KIND)).unwrap();
}

#[test]
fn headings_of_taiwan_and_of_other_programs_are_known() {
    let shop = Shop::new();
    let cells = ["甲", "12345678", "02-2712-3456", "a@b.example", "注", "台北市信義路5段7號", "user"];
    let text = format!("公司名稱,統一編號,傳真,電子郵件,備註,地址,業務\n{}\n", cells.join(","));
    let report = shop.import(&text, create(&customer::KIND)).unwrap();
    assert_eq!(report.left_out().count(), 0, "{:?}", report.columns);
    let report =
        shop.import("聯絡人,職稱,行動電話,公司名稱\n王小明,經理,0912-345-678,甲\n", into(&contact::KIND)).unwrap();
    assert_eq!(report.left_out().count(), 0, "{:?}", report.columns);
    assert_eq!(shop.value("P-1", "customer"), Some(Value::Link(1)));
    let text = "商机编号,商机名称,所属公司,预计成单日期,赢率,Close Date\n1,A,甲,2026-12-01,10%,\n";
    let report = shop.import(text, into(&deal::KIND)).unwrap();
    assert_eq!(report.left_out().count(), 0, "{:?}", report.columns);
}

#[test]
fn the_day_on_which_an_open_deal_closes_is_the_expected_one() {
    let shop = Shop::new();
    let text = "Deal Name,Deal Stage,Close Date\nA,qualify,2026-12-01\nB,won,2025-12-01\n";
    shop.import(text, into(&deal::KIND)).unwrap();
    let day = |text: &str| Some(Value::Date(text.parse().unwrap()));
    assert_eq!((shop.value("D-1", "expected_close"), shop.value("D-1", "closed")), (day("2026-12-01"), None));
    assert_eq!((shop.value("D-2", "expected_close"), shop.value("D-2", "closed")), (None, day("2025-12-01")));
}

#[test]
fn a_plan_that_an_edited_file_has_done_is_done_by_whom_imports() {
    let shop = Shop::new();
    shop.import("title,due,external_id\nCall,2026-01-05,1\nMail,2026-01-05,2\n", into(&followup::KIND)).unwrap();
    let by = ImportOptions { key: Some("external_id".into()), ..into(&followup::KIND) };
    shop.import("external_id,status,done_at\n1,done,\n2,done,2026-01-02T10:00:00Z\n", by).unwrap();
    assert_eq!(shop.value("F-1", "done_by"), Some(Value::Link(1)));
    assert_eq!(shop.value("F-1", "done_at"), Some(Value::Instant(shop.context.now)));
    assert_eq!(shop.value("F-2", "done_by"), None, "somebody did it whom the file does not name");
}

#[test]
fn a_record_does_not_link_to_itself() {
    let shop = Shop::new();
    let error = shop.import("name,referred_by\nAcme,Acme\n", into(&customer::KIND)).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert!(error.message(Lang::En).contains("does not link to itself"), "{error:?}");
}

#[test]
fn a_row_that_links_to_itself_is_left_out_alone() {
    let shop = Shop::new();
    let skip = ImportOptions { skip_errors: true, ..into(&customer::KIND) };
    let report = shop.import("name,referred_by\nAcme,Acme\nBeta,\n", skip).unwrap();
    assert_eq!((report.added, report.rejected), (1, 1));
    assert!(report.faults[0].said().get(Lang::En).contains("line 2, referred_by: a record does not link to itself"));
    assert!(report.faults[0].reason.get(Lang::En).contains("empty the cell"), "{:?}", report.faults);
}

#[test]
fn somebody_may_be_called_as_other_programs_write_nothing() {
    let shop = Shop::new();
    shop.import("name\nNa\nNull\n", into(&contact::KIND)).unwrap();
    shop.import("title,contact\nA,Na\nB,null\nC,暂无\nD,n/a\n", into(&deal::KIND)).unwrap();
    let contacts = ["D-1", "D-2", "D-3", "D-4"].map(|id| shop.value(id, "contact"));
    assert_eq!(contacts, [Some(Value::Link(1)), Some(Value::Link(2)), None, None]);
}

#[test]
fn activities_of_a_time_to_come_are_told_of() {
    let shop = Shop::new();
    let remarks = |text: &str| {
        let job = shop.job(text, into(&activity::KIND)).unwrap();
        commit::commit(&shop.store, &shop.context, &mut |reader| Ok(job.plan(reader)?.0)).unwrap().remarks
    };
    let told = remarks("text,type,at\nA,call,2027-01-01\nB,call,2027-01-02\n");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].get(Lang::En).contains("are of a time to come"), "{told:?}");
    assert_eq!(remarks("text,type,at\nA,note,2027-01-01\nB,call,2025-01-02\n"), []);
}

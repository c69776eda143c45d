//! Names, telephone numbers and addresses as address books and people write them.

use super::*;

#[test]
fn a_birthday_is_the_day_that_is_written() {
    let mut shop = Shop::new();
    shop.context.tz = chrono_tz::America::New_York;
    let cells =
        ["1990-01-01T00:00:00Z", "1990-01-01T00:00:00+08:00", "1990-01-01T23:30:00-10:00", "1990-01-01 00:00:00"];
    for (cell, id) in cells.into_iter().zip(["P-1", "P-2", "P-3", "P-4"]) {
        shop.import(&format!("name,birthday\nAnn,{cell}\n"), into(&contact::KIND)).unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
        assert_eq!(shop.value(id, "birthday"), Some(Value::Date(day)), "{cell}");
    }
}

fn phones(shop: &Shop, id: &str) -> Vec<(String, Option<u16>)> {
    let Some(Value::List(items)) = shop.value(id, "phone") else { return Vec::new() };
    let phone = |item| if let Value::Phone(phone) = item { (phone.number, phone.label) } else { panic!("{item:?}") };
    items.into_iter().map(phone).collect()
}

fn one(number: &str, label: Option<u16>) -> (String, Option<u16>) {
    (number.to_owned(), label)
}

const MOBILE: Option<u16> = Some(0);
const LANDLINE: Option<u16> = Some(1);
const FAX: Option<u16> = Some(2);

#[test]
fn a_family_name_stands_where_the_name_has_it() {
    let shop = Shop::new();
    let text = "First Name,Last Name\n国藩,曾\nAda,Lovelace\n민수,김\n太郎,山田\n";
    shop.import(text, into(&contact::KIND)).unwrap();
    shop.import("姓,名\n李,雷\nLee,Ann\n", into(&contact::KIND)).unwrap();
    let names: Vec<_> = (1..=6).filter_map(|num| shop.text(&format!("P-{num}"), "name")).collect();
    assert_eq!(names, ["曾国藩", "Ada Lovelace", "김민수", "山田太郎", "李雷", "Ann Lee"]);
}

#[test]
fn numbers_come_apart_and_words_about_them_are_kept() {
    let shop = Shop::new();
    let text = "name,phone,note\nZhao,13800138000/13900139000,\nQian,138-0013-8001(微信同号),old\nSun,'02415550102,\n\
        Li,Tel: 010-88888888,\nWu,手机13700137000 传真02162881234,\n";
    shop.import(text, into(&contact::KIND)).unwrap();
    assert_eq!(phones(&shop, "P-1"), [one("13800138000", None), one("13900139000", None)]);
    assert_eq!(phones(&shop, "P-2"), [one("138-0013-8001", None)]);
    assert_eq!(shop.text("P-2", "note").as_deref(), Some("old\n138-0013-8001: 微信同号"));
    assert_eq!(phones(&shop, "P-3"), [one("02415550102", None)]);
    assert_eq!(phones(&shop, "P-4"), [one("010-88888888", LANDLINE)]);
    assert_eq!(phones(&shop, "P-5"), [one("13700137000", MOBILE), one("02162881234", FAX)]);
    assert_eq!(shop.text("P-1", "note"), None);
}

#[test]
fn an_option_that_calls_the_phones_by_a_label_gives_them_that() {
    let shop = Shop::new();
    let map = |map: &str| ImportOptions { map: vec![map.into()], ..into(&contact::KIND) };
    shop.import("name,Reach\nZhao,13800138000 传真02162881234\n", map("Reach=手机")).unwrap();
    assert_eq!(phones(&shop, "P-1"), [one("13800138000", MOBILE), one("02162881234", FAX)]);
    let set = |set: &str| ImportOptions { set: vec![set.into()], ..into(&contact::KIND) };
    shop.import("name\nQian\n", set("手机=13800138001")).unwrap();
    shop.import("name\nSun\n", set("电话=13800138002")).unwrap();
    assert_eq!(phones(&shop, "P-2"), [one("13800138001", MOBILE)]);
    assert_eq!(phones(&shop, "P-3"), [one("13800138002", None)]);
}

#[test]
fn words_for_nothing_are_empty_where_people_are_reached() {
    let shop = Shop::new();
    let nothing = ["无", "暂无", "-", "—", "－", "/", "／", "——", " 无 ", "N/A"];
    let rows: String = nothing.iter().map(|cell| format!("甲,{cell},{cell}\n")).collect();
    shop.import(&format!("name,phone,email\n{rows}"), into(&contact::KIND)).unwrap();
    for num in 1..=nothing.len() {
        let id = format!("P-{num}");
        assert_eq!((shop.value(&id, "phone"), shop.value(&id, "email")), (None, None), "{}", nothing[num - 1]);
    }
    assert!(message(shop.import("name,phone\n乙,没装\n", into(&contact::KIND))).contains("phone"));
}

#[test]
fn numbers_are_stored_so_that_they_can_be_dialled() {
    let shop = Shop::new();
    let text = "name,phone,email\n甲,１３８００１３８０００,wang＠qq。com\n乙,138.0013.8001/138.0013.8002,\n\
        丙,010-88886666-8001,\n丁,１３９－００１３－９０００（微信同号）,\n";
    shop.import(text, into(&contact::KIND)).unwrap();
    assert_eq!(phones(&shop, "P-1"), [one("13800138000", None)]);
    assert_eq!(shop.value("P-1", "email"), Some(Value::List(vec![Value::Text("wang@qq.com".into())])));
    assert_eq!(phones(&shop, "P-2"), [one("138.0013.8001", None), one("138.0013.8002", None)]);
    assert_eq!(phones(&shop, "P-3"), [one("010-88886666-8001", None)]);
    assert_eq!(phones(&shop, "P-4"), [one("139-0013-9000", None)]);
}

#[test]
fn an_address_book_comes_in() {
    let shop = Shop::new();
    let text = "First Name,Last Name,Phone 1 - Label,Phone 1 - Value,E-mail 1 - Value\n\
        Mira,Okafor,* Work,+44 20 7946 0001 ::: +44 20 7946 0002,\nNils,Dahl,Main,5551234567,n@a.example ::: n@b.example (home)\n";
    let report = shop.import(text, into(&contact::KIND)).unwrap();
    assert_eq!(report.left_out().count(), 0);
    assert_eq!(phones(&shop, "P-1"), [one("+44 20 7946 0001", LANDLINE), one("+44 20 7946 0002", LANDLINE)]);
    assert_eq!(shop.text("P-2", "note").as_deref(), Some("5551234567: Main\nn@a.example: home"));
    let mails = Value::List(["n@a.example", "n@b.example"].map(|mail| Value::Text(mail.into())).into());
    assert_eq!(shop.value("P-2", "email"), Some(mails));
    assert!(
        message(shop.import("name,email\nA,a@b.example nobody@\n", into(&contact::KIND))).contains("line 2, email")
    );
}

#[test]
fn a_note_that_is_there_is_added_to() {
    let shop = Shop::new();
    shop.import("name,external_id,note\nAnn,1,first\n", into(&contact::KIND)).unwrap();
    let by = || ImportOptions { key: Some("external_id".into()), ..into(&contact::KIND) };
    for _ in 0..2 {
        shop.import("external_id,phone\n1,13800138000 (after six)\n", by()).unwrap();
    }
    assert_eq!(shop.text("P-1", "note").as_deref(), Some("first\n13800138000: after six"));
}

#[test]
fn numbers_that_a_spreadsheet_shortened_are_refused() {
    let shop = Shop::new();
    for (heading, cell) in
        [("phone", "1.38E+10"), ("phone", "13800138000/8.61381E+12"), ("tax_id", "9.11E+17"), ("external_id", "1E+15")]
    {
        let text = format!("name,{heading}\nAnn,{cell}\n");
        let error = message(shop.import(&text, into(&customer::KIND)));
        assert!(
            error.contains(&format!("line 2, {heading}:")) && error.contains("spreadsheet has shortened"),
            "{error}"
        );
        assert!(error.contains("format the column as text"), "{error}");
    }
    let error = message(shop.import("title,customer\nA,1.2E+10\n", create(&deal::KIND)));
    assert!(error.contains("line 2, customer:") && error.contains("shortened"), "{error}");
}

#[test]
fn credit_codes_whose_last_character_does_not_fit_are_told_once_and_taken() {
    let shop = Shop::new();
    let rows: String = (0..7).map(|at| format!("丙{at},91350100M000100Y4{}\n", if at == 0 { 3 } else { 4 })).collect();
    let report = shop.import(&format!("客户名称,税号\n{rows}"), into(&customer::KIND)).unwrap();
    let told: Vec<&str> = report.warnings.iter().map(|said| said.both().1).collect();
    assert_eq!(told[..1], ["统一社会信用代码的校验码不符，已按原样导入，请核对：共 6 行，第 3、4、5、6、7 行等"]);
    assert_eq!(shop.text("C-7", "tax_id").as_deref(), Some("91350100M000100Y44"));
}

#[test]
fn province_city_and_district_in_one_column_come_apart() {
    let shop = Shop::new();
    let rows = "甲,浙江省杭州市西湖区\n乙,上海/浦东新区\n丙,杭州西湖\n丁,\n";
    let report = shop.import(&format!("客户名称,省/市/区\n{rows}"), into(&customer::KIND)).unwrap();
    let place = |id: &str| ["province", "city", "district"].map(|code| shop.text(id, code).unwrap_or_default());
    assert_eq!(place("C-1"), ["浙江省", "杭州市", "西湖区"]);
    assert_eq!(place("C-2"), ["上海", "上海", "浦东新区"]);
    assert_eq!(place("C-3"), [""; 3]);
    let told: Vec<&str> = report.warnings.iter().map(|said| said.both().1).collect();
    assert_eq!(told, ["无法明确拆分为省份、城市、区县的单元格未导入：共 1 行，第 4 行"]);
    let again = ImportOptions { key: Some("name".into()), clear_empty: true, ..into(&customer::KIND) };
    shop.import("客户名称,省市区\n甲,不详\n", again).unwrap();
    assert_eq!(place("C-1"), ["浙江省", "杭州市", "西湖区"], "what is not understood clears nothing");
    let report = shop.import("客户名称,城市,省市区\n戊,宁波,浙江/杭州/西湖\n", into(&customer::KIND)).unwrap();
    assert_eq!(report.left_out().collect::<Vec<_>>(), ["省市区"]);
}

#[test]
fn what_other_programs_write_is_met_half_way() {
    let shop = Shop::new();
    // A delimiter more than headings; logins that look like ids; ids of other programs.
    let report = shop.import("name,owner\nAcme,u04,\nBest,u04,\n", create(&customer::KIND)).unwrap();
    assert_eq!(report.created_links.iter().map(|(_, count)| *count).sum::<u64>(), 1);
    assert_eq!(shop.text("U-2", "login").as_deref(), Some("u04"));
    let error = message(shop.import("name,owner\nAcme,U-9\n", create(&customer::KIND)));
    assert!(error.contains("there is no user 'U-9'"), "{error:?}");
    let error = message(shop.import("name,created,grade\nAcme,10/20/2016,Gold\n", into(&customer::KIND)));
    assert!(error.contains("--date-format") && error.contains("--map-value 'grade:Gold=?'"), "{error:?}");
}

//! What options say of a file, and what the file says itself.

use super::*;

#[test]
fn other_names_of_values_are_read_for_several_fields_and_missed_where_no_cell_has_them() {
    let shop = Shop::new();
    let text = "name,grade,status\nA, Gold ,Live\nB,Silver,Live\n";
    let with = |map_value: &str| ImportOptions { map_value: vec![map_value.into()], ..into(&customer::KIND) };
    let report = shop.import(text, with("grade:Gold=A,grade:Silver=B,status:Live=active,Bronze=lost")).unwrap();
    let warnings: Vec<_> = report.warnings.iter().map(|warning| warning.get(Lang::En)).collect();
    assert_eq!(warnings, ["--map-value 'status:Bronze=...' changes nothing: no cell for status says 'Bronze'"]);
    let plain = Shop::new();
    plain.import("name,grade\nA,A\nB,B\n", into(&customer::KIND)).unwrap();
    for id in ["C-1", "C-2"] {
        assert_eq!(shop.value(id, "grade"), plain.value(id, "grade"), "{id}");
    }
    // The first field of an option is the one before its first colon, whatever follows.
    let error = message(shop.import("name,city\nA,grade:x\n", with("grade:Gold=A")));
    assert!(error.contains("no column feeds 'grade'"), "{error}");
    shop.import("name,city\nC,grade:x\n", with("city:grade:x=Oslo")).unwrap();
    assert_eq!(shop.text("C-3", "city").as_deref(), Some("Oslo"));
}

#[test]
fn the_kind_of_the_rows_is_in_a_file_of_this_program() {
    let kind = |text: &str| {
        ImportFile::read(&BASE, text.as_bytes().to_vec()).unwrap().kind().map(|kind| kind.map(|kind| kind.noun))
    };
    assert_eq!(kind("kind,id,name\ncustomer,C-1,A\n,,B\ncustomer,,C\n"), Ok(Some("customer")));
    assert_eq!(kind("id,title\nD-1,A\nD-7,B\n"), Ok(Some("deal")));
    for text in ["name\nA\n", "id,name\n1,A\n", "id,name\nC1,A\n", "kind,name\nlarge,A\n", "id,name\nC-1,A\nx,B\n"] {
        assert_eq!(kind(text), Ok(None), "{text}");
    }
    let error = kind("kind,id\ncustomer,C-1\ndeal,D-1\n").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(error.message(Lang::En), "line 2 is a customer, and line 3 a deal");
}

#[test]
fn a_hint_names_the_nearest_value_or_leaves_a_blank() {
    let shop = Shop::new();
    let error = |text: &str, kind| {
        let error = shop.import(text, into(kind)).unwrap_err();
        (error.message(Lang::En), error.message(Lang::Zh))
    };
    for (text, kind, hint) in [
        ("name,status\nA,成交过\n", &customer::KIND, "客户状态:成交过=成交"),
        ("name,status\nA,未成交\n", &customer::KIND, "客户状态:未成交=?"),
        ("name,grade\nA,金牌\n", &customer::KIND, "客户级别:金牌=?"),
        ("name,gender\nA,男同志\n", &contact::KIND, "性别:男同志=男"),
        ("title,stage\nA,方案/报价\n", &deal::KIND, "销售阶段:方案/报价=方案报价"),
    ] {
        let (_, zh) = error(text, kind);
        assert!(zh.contains(&format!("--map-value '{hint}'")), "{hint}: {zh}");
    }
    let job = |map_value: &str| {
        let options = ImportOptions { map_value: vec![map_value.into()], ..into(&customer::KIND) };
        Shop::new().import("name,status\nA,成交\n", options)
    };
    let unmet = job("status:青铜=成交").unwrap().warnings;
    assert!(
        unmet.iter().any(|said| said.both().1.starts_with("--map-value '客户状态:青铜=...' 没有作用")),
        "{unmet:?}"
    );
    let unfed = job("grade:金牌=A").unwrap_err();
    assert!(unfed.next_step(Lang::Zh).unwrap().contains("--map '列标题=客户级别'"), "{unfed:?}");
    let malformed = job("青铜=成交").unwrap_err();
    assert!(malformed.next_step(Lang::Zh).unwrap().contains("--map-value '客户状态:"), "{malformed:?}");
    let (en, _) = error("name,status\nA,成交过\n", &customer::KIND);
    assert!(en.contains("--map-value 'status:成交过=active'"), "{en}");
}

#[test]
fn a_value_with_a_remark_in_brackets_is_that_value() {
    let shop = Shop::new();
    shop.import("name,grade\n甲,A（重点客户）\n乙,B级（普通客户）\n", into(&customer::KIND)).unwrap();
    assert_eq!(shop.value("C-1", "grade"), Some(Value::Choice(0)));
    assert_eq!(shop.value("C-2", "grade"), Some(Value::Choice(1)));
}

#[test]
fn titles_before_headings_and_totals_behind_rows_are_told() {
    let shop = Shop::new();
    let text = "客户列表\n导出时间：2026-11-27 10:00\n客戶名稱,電話,成立日期,備註\n甲,13800138001,45356,一\n乙,,2024/3/6,二\n合计,2,,\n";
    let options = ImportOptions { map: vec!["成立日期=birthday".into()], ..into(&customer::KIND) };
    let report = shop.import(text, options).unwrap();
    assert_eq!((report.rows, report.added), (2, 2));
    let warnings: Vec<&str> = report.warnings.iter().map(|warning| warning.both().1).collect();
    assert_eq!(
        warnings,
        ["列标题之前的内容已略过：客户列表 / 导出时间：2026-11-27 10:00", "末尾的合计行（第 6 行起）已略过：合计 2"]
    );
    let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).map(Value::Date);
    assert_eq!(shop.value("C-1", "birthday"), day(2024, 3, 5));
    assert_eq!(shop.value("C-2", "birthday"), day(2024, 3, 6));
    let error = message(shop.import("客户列表\n\n名称,级别\n甲,金\n", into(&customer::KIND)));
    assert!(error.contains("line 4, grade"), "{error}");
}

#[test]
fn full_width_semicolons_part_cells() {
    let shop = Shop::new();
    shop.import("客户名称；城市\n甲；上海\n乙；北京\n", into(&customer::KIND)).unwrap();
    assert_eq!(shop.text("C-2", "city").as_deref(), Some("北京"));
}

#[test]
fn columns_of_other_records_are_told_how_to_come_along() {
    let shop = Shop::new();
    let report = shop
        .import("客户名称,联系人,下次跟进时间,最后跟进记录\n甲,张三,2026-12-01,已报价\n", into(&customer::KIND))
        .unwrap();
    let told: Vec<String> = beyond::beyond(&report).iter().map(|said| said.both().1.to_owned()).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].ends_with("--into contact --map '客户名称=customer,联系人=name'"), "{}", told[0]);
    let map = |pairs: &str, kind| ImportOptions { map: vec![pairs.into()], ..into(kind) };
    shop.import("客户名称,联系人\n甲,张三\n", map("客户名称=customer,联系人=name", &contact::KIND)).unwrap();
    assert_eq!(shop.value("P-1", "customer"), Some(Value::Link(1)));
}

#[test]
fn a_file_that_was_read_by_other_fields_than_those_of_the_store_is_not_imported() {
    static OTHER: crate::domain::Schema = crate::domain::Schema::new(&[&customer::KIND]);
    let shop = Shop::new();
    let read = ImportOptions { schema: &OTHER, ..into(&customer::KIND) };
    let error = shop.plan("name\nAcme\n", read).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(error.next_step(Lang::En), Some("import it again"));
}

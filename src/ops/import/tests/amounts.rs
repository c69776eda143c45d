//! Amounts and numbers as files write them: which sign parts decimals, which column or heading names their currency.

use super::*;
use crate::domain::words::figures::Mark;

fn amounts(shop: &Shop, ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| amounts_of(shop, id, "amount")).collect()
}

fn amounts_of(shop: &Shop, id: &str, field: &str) -> String {
    match shop.value(id, field) {
        Some(Value::Money(money)) => money.to_string(),
        other => format!("{other:?}"),
    }
}

fn with_sign(sign: Mark) -> ImportOptions {
    ImportOptions { decimal: Some(sign), ..create(&deal::KIND) }
}

#[test]
fn round_thousands_are_read_as_their_column_or_the_person_says() {
    let text = "title;amount\nPump;250.000 €\nValve;1.000 EUR\n";
    let error = Shop::new().import(text, create(&deal::KIND)).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert!(error.message(Lang::En).contains("line 2 of 'amount' may be thousands or decimals"), "{error:?}");
    assert!(error.next_step(Lang::En).unwrap().contains("--decimal"), "{error:?}");

    let shop = Shop::new();
    shop.import(text, with_sign(Mark::Comma)).unwrap();
    assert_eq!(amounts(&shop, &["D-1", "D-2"]), ["250000.00 EUR", "1000.00 EUR"]);
    shop.import(text, with_sign(Mark::Point)).unwrap();
    assert_eq!(amounts(&shop, &["D-3", "D-4"]), ["250.00 EUR", "1.00 EUR"]);
    // One cell decides for all, wherever it stands.
    shop.import(&format!("{text}Pipe;12,5 EUR\n"), create(&deal::KIND)).unwrap();
    assert_eq!(amounts(&shop, &["D-5", "D-6", "D-7"]), ["250000.00 EUR", "1000.00 EUR", "12.50 EUR"]);
    shop.import("title,amount\nA,\"1,000 USD\"\nB,12.50 USD\n", create(&deal::KIND)).unwrap();
    assert_eq!(amounts(&shop, &["D-8", "D-9"]), ["1000.00 USD", "12.50 USD"]);
    let error = message(shop.import("title,amount\nA,\"12,5\"\nB,12.5\n", create(&deal::KIND)));
    assert!(error.contains("line 3 of 'amount' has its decimals behind a point, line 2 behind a comma"), "{error}");
    let error = message(shop.import("title;amount\nA;12,5\nB;1,2,3\n", with_sign(Mark::Point)));
    assert!(error.contains("line 2, amount") && error.contains("line 3, amount"), "{error}");
}

#[test]
fn a_cell_that_differs_from_its_column_is_a_wrong_row() {
    let shop = Shop::new();
    let text = "title,amount\nA,¥1.5万\nB,12.50\nC,\"1.234,5\"\n";
    let error = message(shop.import(text, create(&deal::KIND)));
    assert!(error.contains("1 of 3 rows") && error.contains("line 4, amount: '1.234,5' has its decimals"), "{error}");
    let skipping = ImportOptions { skip_errors: true, ..create(&deal::KIND) };
    let report = shop.import(text, skipping).unwrap();
    assert_eq!((report.added, report.rejected), (2, 1));
    assert_eq!(amounts(&shop, &["D-1", "D-2"]), ["15000.00 CNY", "12.50 CNY"]);
}

#[test]
fn whole_numbers_are_read_so_too() {
    let shop = Shop::new();
    shop.import("name,employees\nA,\"1,200\"\nB,\"1,000\"\n", into(&customer::KIND)).unwrap();
    assert_eq!(
        (shop.value("C-1", "employees"), shop.value("C-2", "employees")),
        (Some(Value::Whole(1200)), Some(Value::Whole(1000)))
    );
    assert!(message(shop.import("name,employees\nA,1.000\n", into(&customer::KIND))).contains("thousands or decimals"));
}

#[test]
fn a_column_of_currencies_counts() {
    let shop = Shop::new();
    let text = "title,amount,Currency\nA,12000,EUR\nB,5000,JPY\nC,7,\nD,7 USD,USD\n";
    let report = shop.import(text, create(&deal::KIND)).unwrap();
    assert_eq!(codes(&report)["Currency"], "amount");
    assert_eq!(amounts(&shop, &["D-1", "D-2", "D-3", "D-4"]), ["12000.00 EUR", "5000 JPY", "7.00 CNY", "7.00 USD"]);
    for heading in ["Amount Currency", "Währung", "Currency (ISO)", "币种"] {
        shop.import(&format!("title,amount,{heading}\nA,1,GBP\n"), create(&deal::KIND)).unwrap();
    }
    assert_eq!(amounts(&shop, &["D-5", "D-6", "D-7", "D-8"]), ["1.00 GBP"; 4]);
    for headings in ["Currency,Currency", "Currency,currency", "Ccy,币种"] {
        let error = message(shop.import(&format!("title,amount,{headings}\nA,1,GBP,EUR\n"), create(&deal::KIND)));
        assert!(error.contains("both have the currency of amounts"), "{error}");
    }
    let error = message(shop.import("title,amount,currency\nA,1,gold\nB,1 USD,EUR\n", create(&deal::KIND)));
    assert!(error.contains("line 2, amount: 'gold' names no currency"), "{error}");
    assert!(error.contains("line 3, amount: '1 USD' is in USD, and its column says EUR"), "{error}");
}

#[test]
fn units_in_headings_count() {
    let shop = Shop::new();
    for (heading, cell) in [
        ("Amount (EUR)", "12"),
        ("Amount in EUR", "12"),
        ("商机金额（万元）", "12.5"),
        ("合同金额（美元）", "12"),
        ("Amount (k)", "12"),
    ] {
        shop.import(&format!("title,{heading}\nA,{cell}\n"), create(&deal::KIND)).unwrap();
    }
    assert_eq!(
        amounts(&shop, &["D-1", "D-2", "D-3", "D-4", "D-5"]),
        ["12.00 EUR", "12.00 EUR", "125000.00 CNY", "12.00 USD", "12000.00 CNY"]
    );
    for (heading, amount) in [
        ("Amount (€k)", "10000.00 EUR"),
        ("Amount ($M)", "10000000.00 USD"),
        ("Amount (Mio. EUR)", "10000000.00 EUR"),
        ("Amount (人民币万元)", "100000.00 CNY"),
        ("Amount (thousands)", "10000.00 CNY"),
        ("Amount (€)(k)", "10000.00 EUR"),
        ("合同金额（元）", "10.00 CNY"),
        ("合同金额（千元）", "10000.00 CNY"),
        ("合同金额(万元)", "100000.00 CNY"),
        ("合同金额（百万元）", "10000000.00 CNY"),
        ("合同金额（亿元）", "1000000000.00 CNY"),
        ("合同金额（USD）", "10.00 USD"),
        ("金额:万元", "100000.00 CNY"),
        ("金额_万元", "100000.00 CNY"),
        ("合同金额（萬元）", "100000.00 CNY"),
    ] {
        let shop = Shop::new();
        shop.import(&format!("title,{heading}\nA,10\n"), create(&deal::KIND)).unwrap();
        assert_eq!(amounts(&shop, &["D-1"]), [amount], "{heading}");
    }
    for unit in ["cents", "¢", "EUR incl. VAT", "lakhs"] {
        let text = format!("title,Amount ({unit})\nA,1\n");
        let error = shop.import(&text, create(&deal::KIND)).map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{unit}");
        let as_it_stands = format!("--map 'Amount ({unit})=amount'");
        assert!(error.next_step(Lang::En).unwrap().contains(&as_it_stands), "{error:?}");
        let given = ImportOptions { map: vec![format!("Amount ({unit})=amount")], ..create(&deal::KIND) };
        Shop::new().import(&text, given).unwrap();
    }
    let error = message(shop.import("text,Minutes (hours)\nA,2\n", create(&activity::KIND)));
    assert!(error.contains("says that its numbers are 'hours'"), "{error}");
    let error = message(shop.import("title,Amount (EUR)\nA,1 USD\n", create(&deal::KIND)));
    assert!(error.contains("is in USD, and its column says EUR"), "{error}");
}

#[test]
fn full_width_digits_are_numbers_in_a_column_of_a_unit_too() {
    let shop = Shop::new();
    let text = "商机名称,合同金额（万元）\nA,１２\nB,１．５\nC,（１２）\nD,\"1,200\"\n";
    shop.import(text, create(&deal::KIND)).unwrap();
    assert_eq!(
        amounts(&shop, &["D-1", "D-2", "D-3", "D-4"]),
        ["120000.00 CNY", "15000.00 CNY", "-120000.00 CNY", "12000000.00 CNY"]
    );
    shop.import("客户名称,年营业额（万元）\nA,12\n", into(&customer::KIND)).unwrap();
    assert_eq!(amounts_of(&shop, "C-1", "annual_revenue"), "120000.00 CNY");
}

#[test]
fn amounts_are_read_as_they_are_spoken_in_cells_too() {
    let shop = Shop::new();
    let text = "title,amount\nA,三万五\nB,壹拾贰万元整\nC,港币3万元\nD,\"￥1,200.50元\"\n";
    shop.import(text, create(&deal::KIND)).unwrap();
    assert_eq!(
        amounts(&shop, &["D-1", "D-2", "D-3", "D-4"]),
        ["35000.00 CNY", "120000.00 CNY", "30000.00 HKD", "1200.50 CNY"]
    );
}

#[test]
fn a_file_of_this_program_has_its_decimals_behind_a_point() {
    let shop = Shop::new();
    let text = "id,title,amount\nD-1,Dinars,1.234 KWD\nD-2,Whole,1234.000 KWD\nD-3,Euros,1.20 EUR\n";
    shop.import(text, into(&deal::KIND)).unwrap();
    assert_eq!(amounts(&shop, &["D-1", "D-2", "D-3"]), ["1.234 KWD", "1234.000 KWD", "1.20 EUR"]);
    // Elsewhere it may be either.
    let error = message(shop.import("title,amount\nDinars,1.234 KWD\n", into(&deal::KIND)));
    assert!(error.contains("may be thousands or decimals"), "{error}");
    shop.import("title,amount\nDinars,1.234 KWD\n", with_sign(Mark::Point)).unwrap();
    assert_eq!(amounts(&shop, &["D-4"]), ["1.234 KWD"]);
}

#[test]
fn numbers_are_read_whatever_parts_their_groups_and_refused_as_they_stand() {
    let shop = Shop::new();
    let cells =
        ["\"1.200,50 €\"", "\"1.200,-\"", "\"(1.200,00)\"", "\"-,5\"", "1\u{202f}200 €", "1'200", "\"1'234,5\""];
    let text: String = cells.iter().map(|cell| format!("A,{cell}\n")).collect();
    shop.import(&format!("title,amount\n{text}"), with_sign(Mark::Comma)).unwrap();
    assert_eq!(
        amounts(&shop, &["D-1", "D-2", "D-3", "D-4", "D-5", "D-6", "D-7"]),
        ["1200.50 EUR", "1200.00 CNY", "-1200.00 CNY", "-0.50 CNY", "1200.00 EUR", "1200.00 CNY", "1234.50 CNY"]
    );
    shop.import("title,Amount (k)\nA,(1.5)\nB,\"1,200\"\nC,(2)\n", create(&deal::KIND)).unwrap();
    assert_eq!(amounts(&shop, &["D-8", "D-9"]), ["-1500.00 CNY", "1200000.00 CNY"]);
    let error = message(shop.import("title,amount\nA,(1.2345) USD\nB,\"1,2,3\"\n", create(&deal::KIND)));
    assert!(error.contains("line 2, amount: '(1.2345) USD'") && error.contains("line 3, amount: '1,2,3'"), "{error}");
}

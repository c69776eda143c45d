//! Numbers with decimals, unit prices and rates: from a file into a store, changed, and taken back.

use super::*;
use crate::{
    commit::Assign,
    domain::{
        assign::operand,
        made_up::{self, ID, KIND, PRICE, QUANTITY, TAX},
        print::plain,
        read::ReadContext,
        words::{figures::Mark, money::UnitPrice},
    },
    read_model::history::history,
};

fn record(num: u64) -> RecordId {
    RecordId::new(ID, num)
}

/// The fields of a record as files have them, in the order of their codes.
fn held(shop: &Shop, num: u64) -> Vec<String> {
    let snapshot = shop.store.snapshot().unwrap();
    let record = snapshot.reader().record(record(num)).unwrap().unwrap();
    ["quantity", "factor", "price", "tax"]
        .into_iter()
        .filter_map(|code| {
            let def = KIND.field(code)?;
            let mut out = String::new();
            plain(&mut out, def, record.row().raw(def.tag)?, chrono_tz::UTC, &mut |_, _, _| {});
            Some(out)
        })
        .collect()
}

/// Options of an import of items into a store that knows them.
fn items() -> ImportOptions {
    ImportOptions { schema: &made_up::SCHEMA, ..into(&KIND) }
}

#[test]
fn headings_say_the_unit_of_prices_numbers_and_rates() {
    let shop = Shop::of_items();
    let text = "Item,Quantity (k),Unit price (USD),Tax rate (%),Factor\nPump,1.5,0.0125,8.875,0.0000000001\n\
                Valve,-2,\"1,234.5\",13%,7\n";
    let report = shop.import(text, items()).unwrap();
    assert_eq!((report.added, report.rejected), (2, 0));
    assert_eq!(held(&shop, 1), ["1500", "0.0000000001", "0.0125 USD", "8.875"]);
    assert_eq!(held(&shop, 2), ["-2000", "7", "1234.50 USD", "13"]);
    shop.import("物品,单价（元）,数量(万),税率(%)\n泵,3.5,1.25,12.5\n", items()).unwrap();
    assert_eq!(held(&shop, 3), ["12500", "3.50 CNY", "12.5"]);
    shop.import("Item,Unit price,Currency\nPump,1.2345,EUR\n", items()).unwrap();
    assert_eq!(held(&shop, 4), ["1.2345 EUR"]);
    for (heading, price) in
        [("单价（元/台）", "12.50 CNY"), ("Unit price (USD/kg)", "12.50 USD"), ("单价（万元/套）", "125000.00 CNY")]
    {
        shop.import(&format!("Item,{heading}\nPump,12.5\n"), items()).unwrap();
        let snapshot = shop.store.snapshot().unwrap();
        let last = snapshot.reader().last_num(ID).unwrap();
        assert_eq!(held(&shop, last), [price]);
    }
    for (heading, unit) in [
        ("Unit price (USD/EUR)", "USD/EUR"),
        ("单价（元/100件）", "元/100件"),
        ("Quantity (kg)", "kg"),
        ("Unit price (kg)", "kg"),
        ("Tax rate (kg)", "kg"),
    ] {
        let error = message(shop.import(&format!("Item,{heading}\nPump,1\n"), items()));
        assert!(error.contains(&format!("'{unit}', which cannot be read")), "{error}");
    }
    let error = message(shop.import("Item,Unit price (USD)\nPump,3 EUR\n", items()));
    assert!(error.contains("'3 EUR' is in EUR, and its column says USD"), "{error}");
}

#[test]
fn a_column_of_decimals_says_which_sign_stands_before_them() {
    let shop = Shop::of_items();
    let text = "Item;Quantity;Unit price;Tax rate\nPump;1.234,5;0,0125 €;8,875\nValve;2.000;1.000 €;7,5\n";
    shop.import(text, items()).unwrap();
    assert_eq!(held(&shop, 1), ["1234.5", "0.0125 EUR", "8.875"]);
    assert_eq!(held(&shop, 2), ["2000", "1000.00 EUR", "7.5"]);
    let unclear = "Item;Quantity\nPump;1.234\n";
    let error = message(shop.import(unclear, items()));
    assert!(error.contains("line 2 of 'Quantity' may be thousands or decimals"), "{error}");
    for (sign, quantity) in [(Mark::Point, "1.234"), (Mark::Comma, "1234")] {
        shop.import(unclear, ImportOptions { decimal: Some(sign), ..items() }).unwrap();
        let snapshot = shop.store.snapshot().unwrap();
        let last = snapshot.reader().last_num(ID).unwrap();
        assert_eq!(held(&shop, last), [quantity]);
    }
}

#[test]
fn what_is_too_fine_or_out_of_bounds_is_a_wrong_row() {
    let shop = Shop::of_items();
    let text = "Item,Quantity,Unit price,Tax rate\nA,1.2345678,,\nB,,$0.0000001,\nC,,,100.5\nD,1,$1,1\n";
    let report = shop.import(text, ImportOptions { skip_errors: true, ..items() }).unwrap();
    assert_eq!((report.added, report.rejected), (1, 3));
    let error = message(shop.import(text, items()));
    for wrong in [
        "line 2, quantity: '1.2345678' is finer than this field has it: 6 decimals",
        "line 3, price: '$0.0000001' is finer than a unit price has it: 6 decimals",
        "line 4, tax: '100.5' is not between 0% and 100%",
    ] {
        assert!(error.contains(wrong), "{error}");
    }
}

#[test]
fn decimals_change_are_remembered_and_taken_back_to_the_byte() {
    let shop = Shop::of_items();
    shop.import("Item,Quantity,Unit price,Tax rate\nPump,1.5,$0.01,12.5\n", items()).unwrap();
    let before = {
        let snapshot = shop.store.snapshot().unwrap();
        snapshot.reader().record(record(1)).unwrap().unwrap()
    };
    let reading = ReadContext {
        now: Instant(0),
        tz: chrono_tz::UTC,
        week_start: Weekday::Mon,
        currency: Currency::CNY,
        date_format: None,
        decimal: None,
        links: &|_, _| Ok(1),
    };
    let by = |def: &crate::domain::FieldDef, text: &str| operand(def, text, &reading).unwrap();
    let receipt = commit::commit(&shop.store, &shop.context, &mut |_| {
        let mut plan = WritePlan::new();
        let price = Value::UnitPrice(UnitPrice { millionths: 22_500_000_000, currency: Currency::CNY });
        let fields = [
            (QUANTITY.lent(), Assign::Add(by(&QUANTITY.def(), "0.000001"))),
            (PRICE.lent(), Assign::Set(price)),
            (TAX.lent(), Assign::Remove(by(&TAX.def(), "0.5%"))),
        ];
        plan.edits.push(Edit::Set { id: record(1), fields: fields.into_iter().collect(), based_on: None });
        Ok(plan)
    })
    .unwrap();
    assert_eq!(held(&shop, 1), ["1.500001", "22500.00 CNY", "12"]);
    let remarks: Vec<_> = receipt.remarks.iter().map(|said| said.get(Lang::En)).collect();
    assert_eq!(remarks, ["Unit price: USD is now CNY; write 22500 USD to keep it"]);
    let changed = {
        let snapshot = shop.store.snapshot().unwrap();
        let lines = history(snapshot.reader(), record(1)).unwrap();
        lines.last().unwrap().fields.iter().map(|(def, ..)| def.code).collect::<Vec<_>>()
    };
    assert_eq!(changed, ["quantity", "price", "tax"]);
    commit::undo(&shop.store, &shop.context, &commit::UndoScope::Mine).unwrap();
    let snapshot = shop.store.snapshot().unwrap();
    assert_eq!(snapshot.reader().record(record(1)).unwrap(), Some(before));
}

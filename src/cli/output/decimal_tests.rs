//! Numbers with decimals in every format: exact, and the same in every language but for people.

use super::{format::Format, grid, screen::Screen};
use crate::{
    domain::{
        Instant, Record,
        made_up::{KIND, NAME, PRICE, QUANTITY, TAX},
        words::money::{Currency, UnitPrice},
    },
    query::{
        grid::{Cell, Column, Grid},
        names::Names,
    },
    store::{engine, engine::Engine},
    text::Lang,
};

fn print(format: &str, lang: Lang) -> String {
    let item = |name: &str, quantity: &str, price: &str, tax: &str| {
        let mut record = Record::new();
        record.set(NAME, name.to_owned());
        record.set(QUANTITY, quantity.parse().unwrap());
        record.set(PRICE, UnitPrice::parse(price, Currency::CNY).unwrap());
        record.set(TAX, tax.parse().unwrap());
        record
    };
    let codes = ["name", "quantity", "price", "tax"];
    let mut columns: Vec<_> = codes.iter().map(|code| Column::of(KIND.field(code).unwrap())).collect();
    columns.push(Column::new("avg", "Average", "平均").numbers());
    let rows = [item("Pump", "1.50", "$0.0125", "13"), item("Valve", "-12000.5", "22500", "8.875")].map(|record| {
        let cell = |code: &&str| {
            let def = KIND.field(code).unwrap();
            record.row().raw(def.tag).map_or(Cell::Empty, |bytes| Cell::Field(def, bytes.to_vec().into()))
        };
        codes.iter().map(cell).chain([Cell::Mean("12.5".parse().unwrap())]).collect()
    });
    let engine = engine::memory().unwrap();
    let snapshot = engine.snapshot().unwrap();
    let names = Names::new(snapshot.reader(), lang);
    let format: Format = format.parse().unwrap();
    let screen = Screen { lang, ..Screen::file(Instant(0)) };
    let mut out = Vec::new();
    grid::write(Grid::of_rows("records", columns, rows.into(), &names), &format, &screen, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn decimals_are_the_same_for_scripts_in_every_language() {
    for lang in [Lang::En, Lang::Zh] {
        assert_eq!(
            print("csv", lang),
            "name,quantity,price,tax,avg\nPump,1.5,0.0125 USD,13,12.5\nValve,-12000.5,22500.00 CNY,8.875,12.5\n"
        );
        assert_eq!(
            print("jsonl", lang),
            "{\"name\":\"Pump\",\"quantity\":\"1.5\",\"price\":{\"amount\":\"0.0125\",\"currency\":\"USD\"},\
             \"tax\":\"13\",\"avg\":12.5}\n\
             {\"name\":\"Valve\",\"quantity\":\"-12000.5\",\"price\":{\"amount\":\"22500.00\",\"currency\":\"CNY\"},\
             \"tax\":\"8.875\",\"avg\":12.5}\n"
        );
    }
}

#[test]
fn decimals_stand_at_the_right_of_a_table() {
    assert_eq!(
        print("table", Lang::En),
        "Item   Quantity  Unit price  Tax rate  Average\n\
         Pump        1.5     $0.0125       13%     12.5\n\
         Valve  -12000.5  ¥22,500.00    8.875%     12.5\n"
    );
    assert!(print("table", Lang::Zh).contains("¥22,500.00"));
}

//! Numbers with decimals in filters, orders and counts, beside what comparing and adding one by one gives.

use std::cmp::Ordering;

use chrono_tz::UTC;
use proptest::{collection::vec, prelude::*, sample::select};
use rust_decimal::{Decimal, RoundingStrategy};

use super::grids::rows;
use crate::{
    domain::{
        FieldDef, Record, Type, Value,
        made_up::{FACTOR, KIND, NAME, PRICE, QUANTITY, SCHEMA, TAX},
        words::money::{Currency, UnitPrice},
    },
    error::{ErrorKind, Result},
    query::{
        count::{Aggregate, GroupBy, Measure, group},
        filter::Filter,
        names::Names,
        resolve::read,
        select::{Order, Query},
        tests::{asking, data::made_up},
    },
    store::engine::Engine,
    text::Lang,
};

/// Numbers that lie close together, some with many decimals.
fn decimals(most: u32) -> impl Strategy<Value = Decimal> {
    (-30..=30_i64, 0..=most, -3..=3_i64)
        .prop_map(|(tenths, scale, step)| Decimal::new(tenths, 1) + Decimal::new(step, scale))
}

fn price_of(number: Decimal, currency: Currency) -> Value {
    let mut millionths = number;
    millionths.rescale(UnitPrice::DECIMALS.into());
    Value::UnitPrice(UnitPrice { millionths: millionths.mantissa(), currency })
}

fn values(ty: Type) -> BoxedStrategy<Value> {
    match ty {
        Type::Decimal => decimals(6).prop_map(Value::Decimal).boxed(),
        Type::Rate => decimals(4).prop_map(|number| Value::Decimal(number.abs())).boxed(),
        _ => (decimals(6), select(vec![Currency::CNY, Currency::JPY]))
            .prop_map(|(number, currency)| price_of(number, currency))
            .boxed(),
    }
}

/// The number of a value, and its currency.
fn parts(value: &Value) -> (Decimal, String) {
    match value {
        Value::Decimal(number) => (*number, String::new()),
        Value::UnitPrice(price) => (price.decimal().unwrap(), price.currency.to_string()),
        other => panic!("{other:?}"),
    }
}

/// One of the fields, and the values that records have there; some have none.
fn held() -> impl Strategy<Value = (FieldDef, Vec<Option<Value>>)> {
    select(vec![QUANTITY.def(), FACTOR.def(), PRICE.def(), TAX.def()])
        .prop_flat_map(|def| (Just(def), vec(prop::option::weighted(0.8, values(def.ty)), 1..40)))
}

fn records(def: &FieldDef, held: &[Option<Value>]) -> Vec<Record> {
    let record = |value: &Option<Value>| {
        let mut record = Record::new();
        record.set(NAME, "one".to_owned());
        record.set_value(def.tag, value.as_ref());
        record
    };
    held.iter().map(record).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_filter_finds_what_comparing_one_by_one_finds(
        (def, held) in held(), literal in decimals(8), test in 0..6_usize, yen: bool, descending: bool,
    ) {
        let literal = if def.ty == Type::Rate { literal.abs() } else { literal };
        let yen = yen && def.ty == Type::UnitPrice && literal.normalize().scale() <= 6;
        let (unit, currency) = match def.ty {
            Type::Rate => ("%", ""),
            Type::UnitPrice if yen => ("JPY", "JPY"),
            Type::UnitPrice => ("", "CNY"),
            _ => ("", ""),
        };
        let (code, upper) = (def.code, literal + Decimal::ONE);
        let (text, passes): (String, fn(Ordering, Ordering) -> bool) = match test {
            0 => (format!("{code}:{literal}{unit}"), |low, _| low.is_eq()),
            1 => (format!("{code}.over:{literal}{unit}"), |low, _| low.is_gt()),
            2 => (format!("{code}.under:{literal}{unit}"), |low, _| low.is_lt()),
            3 => (format!("{code}:{literal}{unit}.."), |low, _| low.is_ge()),
            4 => (format!("{code}:..{literal}{unit}"), |low, _| low.is_le()),
            _ => (format!("{code}:{literal}{unit}..{upper}{unit}"), |low, high| low.is_ge() && high.is_le()),
        };
        let engine = made_up(records(&def, &held));
        let snapshot = engine.snapshot().unwrap();
        let reader = snapshot.reader_by(&SCHEMA);
        let filter = read(&text, &KIND, &asking(reader)).unwrap();
        let mut expected: Vec<_> = (1..)
            .zip(&held)
            .filter_map(|(num, value)| Some((num, parts(value.as_ref()?))))
            .filter(|(_, (number, of))| of == currency && passes(number.cmp(&literal), number.cmp(&upper)))
            .map(|(num, (number, _))| (number, num))
            .collect();
        let sorted = |query: Query| query.numbers(&reader).unwrap();
        let mut found = sorted(Query::new(filter.clone()));
        found.sort_unstable();
        let mut numbers: Vec<u64> = expected.iter().map(|(_, num)| *num).collect();
        prop_assert_eq!(&found, &numbers, "{}", text);
        let sign = if descending { "-" } else { "" };
        let order = Order::parse(&format!("{sign}{code}"), &KIND, &SCHEMA).unwrap();
        expected.sort();
        if descending {
            expected.reverse();
        }
        numbers = expected.into_iter().map(|(_, num)| num).collect();
        prop_assert_eq!(sorted(Query { sort: vec![order], ..Query::new(filter) }), numbers, "{}", text);
    }

    #[test]
    fn sums_means_and_extremes_are_exact((def, held) in held()) {
        let engine = made_up(records(&def, &held));
        let snapshot = engine.snapshot().unwrap();
        let reader = snapshot.reader_by(&SCHEMA);
        let names = Names::new(reader, Lang::En);
        let decimals = u32::from(def.most_decimals());
        for currency in ["", "CNY", "JPY"] {
            let numbers: Vec<Decimal> =
                held.iter().flatten().map(parts).filter(|(_, of)| of == currency).map(|(number, _)| number).collect();
            let Some(first) = numbers.first() else { continue };
            let sum: Decimal = numbers.iter().sum();
            let mean = sum / Decimal::from(numbers.len());
            for (measure, expected) in [
                (Measure::Sum, sum),
                (Measure::Avg, mean.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)),
                (Measure::Min, *numbers.iter().min().unwrap_or(first)),
                (Measure::Max, *numbers.iter().max().unwrap_or(first)),
            ] {
                if measure == Measure::Sum && def.ty == Type::Rate {
                    continue;
                }
                let aggregate = Aggregate::parse(measure, def.code, &KIND, &SCHEMA).unwrap();
                let lines = rows(group(&reader, &Filter::all(&KIND), &[], &[aggregate], UTC).unwrap().into_grid(&names, None));
                let line = lines.iter().find(|line| line.get(2).is_none_or(|of| of == currency) && !line[1].is_empty());
                let found: Decimal = line.unwrap()[1].parse().unwrap();
                prop_assert_eq!(found, expected, "{:?} {:?}", measure, lines);
            }
        }
    }
}

fn item(quantity: &str, price: &str, tax: &str) -> Record {
    let mut record = Record::new();
    record.set(NAME, "one".to_owned());
    record.set(QUANTITY, quantity.parse().unwrap());
    record.set(PRICE, UnitPrice::parse(price, Currency::CNY).unwrap());
    record.set(TAX, tax.parse().unwrap());
    record
}

fn few() -> impl Engine {
    made_up([
        item("1.5", "0.0125 USD", "13"),
        item("1.50", "22500", "8.875"),
        item("15000", "0.0035 USD", "12.5"),
        item("-2", "1500 JPY", "0.0125"),
    ])
}

#[test]
fn filters_take_numbers_in_words_units_and_currencies() {
    let engine = few();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader_by(&SCHEMA);
    let found = |text: &str| -> Result<Vec<u64>> { Query::new(read(text, &KIND, &asking(reader))?).numbers(&reader) };
    for (text, numbers) in [
        ("quantity:1.5", &[1, 2][..]),
        ("quantity:1.500000", &[1, 2]),
        ("quantity:1.5万", &[3]),
        ("数量：1.5台", &[1, 2]),
        ("quantity.under:0", &[4]),
        ("quantity:-2..1.5", &[1, 2, 4]),
        ("数量：1万到2万", &[3]),
        ("数量：超过1万", &[3]),
        ("quantity:1.49999999..1.50000001", &[1, 2]),
        ("price:$0.0125", &[1]),
        ("price.under:$0.01", &[3]),
        ("price.over:2万", &[2]),
        ("单价.币种：日元", &[4]),
        ("price.currency:USD", &[1, 3]),
        ("tax:12.5%", &[3]),
        ("tax:12.5", &[3]),
        ("tax:一成..", &[1, 3]),
        ("税率：10%到13%", &[1, 3]),
        ("税率：10%以下", &[2, 4]),
        ("tax.under:0.0126%", &[4]),
        ("no:tax", &[]),
    ] {
        assert_eq!(found(text).unwrap(), numbers, "{text}");
    }
    for (text, en) in [
        ("quantity:much", "'much' is not a number"),
        ("tax:九五折", "'九五折' is not a percentage"),
        ("price:0.0000001USD", "'0.0000001USD' is finer than a unit price has it: 6 decimals"),
        ("price:1USD..2EUR", "This range begins in USD and ends in EUR"),
        ("quantity:2..1", "This range ends before it begins"),
    ] {
        let error = found(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(error.message(Lang::En).contains(en), "{error:?}");
    }
}

#[test]
fn counts_add_up_prices_by_currency_and_no_rates() {
    let engine = few();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader_by(&SCHEMA);
    let names = Names::new(reader, Lang::En);
    let count = |by: &[&str], measures: &[(Measure, &str)]| {
        let by: Vec<_> = by.iter().map(|text| GroupBy::parse(text, &KIND, &SCHEMA).unwrap()).collect();
        let measures: Vec<_> =
            measures.iter().map(|(measure, text)| Aggregate::parse(*measure, text, &KIND, &SCHEMA).unwrap()).collect();
        let groups = group(&reader, &Filter::all(&KIND), &by, &measures, UTC).unwrap();
        let lines = rows(groups.into_grid(&names, None));
        lines.into_iter().map(|line| line.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(count(&[], &[(Measure::Sum, "quantity")]), ["4 15001 "]);
    assert_eq!(count(&[], &[(Measure::Avg, "tax")]), ["4 8.5969"]);
    assert_eq!(
        count(&[], &[(Measure::Sum, "price"), (Measure::Max, "tax")]),
        ["1 22500.00 8.875 CNY", "1 1500 0.0125 JPY", "2 0.016 13 USD"]
    );
    assert_eq!(count(&[], &[(Measure::Avg, "price")]), ["1 22500.00 CNY", "1 1500 JPY", "2 0.008 USD"]);
    let by_quantity = count(&["quantity"], &[]);
    let counts: Vec<_> = by_quantity.iter().map(|line| line.rsplit(' ').next().unwrap()).collect();
    assert_eq!(counts, ["1", "2", "1"], "{by_quantity:?}");
    let error = Aggregate::parse(Measure::Sum, "tax", &KIND, &SCHEMA).unwrap_err();
    assert_eq!((error.kind(), error.message(Lang::En)), (ErrorKind::Usage, "--sum tax: its values have none".into()));
}

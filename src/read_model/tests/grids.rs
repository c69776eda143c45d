//! Lists and groups as rows of cells.

use std::{
    collections::{BTreeMap, HashSet},
    ops::ControlFlow,
};

use chrono_tz::Asia::Shanghai;

use crate::{
    domain::{
        Lookup, Record, Type, bytes, common::CREATED, customer, deal, followup, schema::BASE, words::money::Money,
    },
    query::{
        count::{Aggregate, GroupBy, Measure, count, group},
        filter::Filter,
        grid::{Cell, Grid},
        names::Names,
        resolve::read,
        select::{Order, Query},
        tests::{asking, how, store},
    },
    read_model::list::{columns, default_columns, list},
    store::engine::Engine,
    text::{Bars, Lang},
};

fn text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Mean(mean) => mean.to_string(),
        Cell::YesNo(yes) => yes.to_string(),
        Cell::Id(id) | Cell::Link(id, _) => id.to_string(),
        Cell::Ids(ids) => format!("{ids:?}"),
        Cell::Field(def, stored) if def.ty == Type::Text && !def.many => String::from_utf8_lossy(stored).into_owned(),
        Cell::Field(def, stored) if def.ty == Type::Choice && !def.many => {
            def.choices[usize::from(bytes::choice(stored).unwrap())].code.to_owned()
        }
        Cell::Field(def, stored) => format!("{:?}", crate::domain::decode(def, stored)),
        Cell::Edits(edits) => edits.iter().map(|(def, ..)| def.code).collect::<Vec<_>>().join(","),
        Cell::Words { code, .. } => code.to_string(),
    }
}

pub(super) fn rows(grid: Grid<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let width = grid.columns.len();
    (grid.rows)(&mut |cells| {
        assert_eq!(cells.len(), width);
        rows.push(cells.iter().map(text).collect());
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    rows
}

#[test]
fn a_list_has_the_columns_that_are_asked_for() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, Lang::En);
    let filter = read("has:customer has:amount", &deal::KIND, &asking(reader)).unwrap();
    let sort = vec![Order::parse("-amount", &deal::KIND, &BASE).unwrap()];
    let query = Query { sort, limit: Some(5), ..Query::new(filter) };
    let wanted = columns("title,customer.城市,id", &deal::KIND, &BASE).unwrap();
    let grid = list(query.clone(), wanted, &names);
    let codes: Vec<String> = grid.columns.iter().map(|column| column.code.to_string()).collect();
    assert_eq!(codes, ["title", "customer.city", "id"], "no more than that, in this order");
    let shown = rows(grid);
    let ids: Vec<String> = query.ids(&reader).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(shown.iter().map(|row| row[2].clone()).collect::<Vec<_>>(), ids);
    assert!(shown.iter().all(|row| row[0].ends_with("order")));
    assert_eq!(
        rows(list(Query::new(Filter::all(&customer::KIND)), default_columns(&customer::KIND), &names)).len(),
        240
    );
    assert!(columns("titel", &deal::KIND, &BASE).is_err());
}

#[test]
fn groups_of_an_index_are_groups_of_rows() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, Lang::En);
    let all = Filter::all(&customer::KIND);
    // Every record passes this filter too, but no index says so.
    let slow = read("has:city or no:city", &customer::KIND, &asking(reader)).unwrap();
    for by in ["city", "grade", "owner", "last_contact", "blacklisted"] {
        let by = [GroupBy::parse(by, &customer::KIND, &BASE).unwrap()];
        let quick = rows(group(&reader, &all, &by, &[], Shanghai).unwrap().into_grid(&names, None));
        assert_eq!(quick, rows(group(&reader, &slow, &by, &[], Shanghai).unwrap().into_grid(&names, None)), "{by:?}");
        let total: u64 = quick.iter().map(|row| row[1].parse::<u64>().unwrap()).sum();
        assert_eq!(total, 240);
    }
    let by = [GroupBy::parse("city", &customer::KIND, &BASE).unwrap()];
    for row in rows(group(&reader, &all, &by, &[], Shanghai).unwrap().into_grid(&names, None)) {
        let filter = if row[0].is_empty() { "no:city".to_owned() } else { format!("city:\"{}\"", row[0]) };
        let filter = read(&filter, &customer::KIND, &asking(reader)).unwrap();
        assert_eq!(count(&reader, &filter).unwrap().to_string(), row[1], "{row:?}");
    }
}

#[test]
fn sums_keep_currencies_apart() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, Lang::En);
    let all = Filter::all(&deal::KIND);
    let sum = |field| Aggregate::parse(Measure::Sum, field, &deal::KIND, &BASE);
    let amount = [sum("amount").unwrap()];
    let grid = group(&reader, &all, &[], &amount, Shanghai).unwrap().into_grid(&names, None);
    let codes: Vec<String> = grid.columns.iter().map(|column| column.code.to_string()).collect();
    assert_eq!(codes, ["count", "sum", "currency"]);
    let total = rows(grid);
    let currencies: Vec<&str> = total.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(currencies, ["CNY", "JPY", "USD", ""]);
    assert_eq!(total.iter().map(|row| row[0].parse::<u64>().unwrap()).sum::<u64>(), 200);
    assert!(!total[1][1].contains('.') && total[0][1].ends_with("00") && total[3][1].is_empty());

    let by = [
        GroupBy::parse("customer.city", &deal::KIND, &BASE).unwrap(),
        GroupBy::parse("created:quarter", &deal::KIND, &BASE).unwrap(),
    ];
    let grouped = rows(group(&reader, &all, &by, &amount, Shanghai).unwrap().into_grid(&names, None));
    assert!(grouped.iter().all(|row| row[1] == "2026-Q1"), "{grouped:?}");
    let cny: u64 = grouped.iter().filter(|row| row[4] == "CNY").map(|row| row[2].parse::<u64>().unwrap()).sum();
    assert_eq!(cny.to_string(), total[0][0]);
    let none = read("id:9999", &deal::KIND, &asking(reader)).unwrap();
    assert_eq!(rows(group(&reader, &none, &[], &amount, Shanghai).unwrap().into_grid(&names, None)), [["0", "", ""]]);
    assert!(GroupBy::parse("amount:month", &deal::KIND, &BASE).is_err());
    assert!(sum("title").is_err() && sum("created").is_err() && sum("id").is_err());
}

/// Deals by owner and month, in lines of a currency: their number, the sum and the mean of the amounts, the first day
/// on which one is expected to close, and the highest chance; all worked out from the records, one by one.
#[test]
fn aggregates_of_several_groupings_agree_with_a_naive_reading() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, Lang::En);
    let mut naive: BTreeMap<(u64, String, String), Vec<Record>> = BTreeMap::new();
    reader
        .each(deal::ID, &mut |_, record| {
            let owner = record.get(deal::OWNER).unwrap_or(u64::MAX);
            let created = record.get(CREATED).map(|at| at.day(Shanghai).format("%Y-%m").to_string());
            let currency = record.get(deal::AMOUNT).map(|money| money.currency.to_string());
            // No value comes last, and so does no currency.
            let last = || "~".to_owned();
            let key = (owner, created.unwrap_or_else(last), currency.unwrap_or_else(last));
            naive.entry(key).or_default().push(record.clone());
            ControlFlow::Continue(())
        })
        .unwrap();
    let expected: Vec<Vec<String>> = naive
        .into_iter()
        .map(|((owner, month, _), records)| {
            let amounts: Vec<_> = records.iter().filter_map(|record| record.get(deal::AMOUNT)).collect();
            let sum: i128 = amounts.iter().map(|money| money.minor).sum();
            let money = |minor| amounts.first().map(|one| Money { minor, currency: one.currency }.amount());
            let mean = (sum as f64 / amounts.len().max(1) as f64).round() as i128;
            let first = records.iter().filter_map(|record| record.get(deal::EXPECTED_CLOSE)).min();
            let chance = records.iter().filter_map(|record| record.get(deal::PROBABILITY)).max();
            vec![
                if owner == u64::MAX { String::new() } else { format!("Some(Link({owner}))") },
                if month == "~" { String::new() } else { month },
                records.len().to_string(),
                money(sum).unwrap_or_default(),
                money(mean).unwrap_or_default(),
                first.map(|day| format!("Some(Date({day}))")).unwrap_or_default(),
                chance.map(|chance| chance.to_string()).unwrap_or_default(),
                amounts.first().map(|one| one.currency.to_string()).unwrap_or_default(),
            ]
        })
        .collect();
    let by = ["owner", "created:month"].map(|text| GroupBy::parse(text, &deal::KIND, &BASE).unwrap());
    let aggregates = [
        (Measure::Sum, "amount"),
        (Measure::Avg, "amount"),
        (Measure::Min, "expected_close"),
        (Measure::Max, "probability"),
    ]
    .map(|(measure, field)| Aggregate::parse(measure, field, &deal::KIND, &BASE).unwrap());
    let all = Filter::all(&deal::KIND);
    let groups = || group(&reader, &all, &by, &aggregates, Shanghai).unwrap();
    let shown = rows(groups().into_grid(&names, None));
    assert!(shown.len() > 12, "{shown:?}");
    assert_eq!(shown, expected);

    let mut sorted = groups();
    sorted.sort("-max_probability,count").unwrap();
    let sorted = rows(sorted.into_grid(&names, Some(Bars::Ascii)));
    let rank = |row: &Vec<String>| {
        let chance: Option<i64> = row[6].parse().ok();
        (chance.is_none(), chance.map(|chance| -chance), row[2].parse::<u64>().unwrap())
    };
    assert!(sorted.is_sorted_by_key(rank), "{sorted:?}");
    let longest = sorted.iter().filter(|row| row[8].len() == 20).map(|row| row[7].as_str());
    assert_eq!(longest.collect::<HashSet<_>>(), HashSet::from(["CNY", "JPY", "USD"]), "each by its own measure");
    assert!(groups().sort("owner").is_err());
}

#[test]
fn an_index_in_the_right_order_saves_sorting() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let table = [
        (&customer::KIND, "owner:me", "-created", Some("owner+created")),
        (&customer::KIND, "owner:me", "updated", Some("owner+updated")),
        (&followup::KIND, "owner:ann", "due", Some("owner+due")),
        (&customer::KIND, "", "-city", Some("city")),
        (&customer::KIND, "", "next_followup", Some("next_followup")),
        (&deal::KIND, "", "-status", Some("status")),
        (&customer::KIND, "grade:A", "address", None),
    ];
    for (kind, filter, sort, index) in table {
        let filter = read(filter, kind, &asking(reader)).unwrap();
        let query = Query { sort: vec![Order::parse(sort, kind, &BASE).unwrap()], ..Query::new(filter) };
        let explained = how(&query, reader);
        let walked = index.map(|index| format!("read in the order of index {index}, nothing sorted"));
        assert_eq!(walked.is_some(), explained.iter().any(|step| Some(step) == walked.as_ref()), "{explained:?}");
        // Sorting by the number too, against the direction, is something that no index does.
        let against = if sort.starts_with('-') { "id" } else { "-id" };
        let sorted = Query {
            sort: [query.sort.clone(), vec![Order::parse(against, kind, &BASE).unwrap()]].concat(),
            ..query.clone()
        };
        assert!(how(&sorted, reader).iter().any(|step| step.starts_with("sorted, and kept")));
        let (walked, sorted) = (query.numbers(&reader).unwrap(), sorted.numbers(&reader).unwrap());
        assert_eq!(walked.len(), sorted.len());
        let page = Query { limit: Some(7), offset: 3, ..query };
        assert_eq!(page.numbers(&reader).unwrap(), walked[3..10]);
    }
}

#[test]
fn chinese_sorts_by_its_sound() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let filter = read("name:上海贸易,张三,李四", &customer::KIND, &asking(reader)).unwrap();
    let sort = vec![Order::parse("name", &customer::KIND, &BASE).unwrap()];
    let query = Query { sort, lang: Lang::Zh, ..Query::new(filter) };
    let names: Vec<String> = query.ids(&reader).unwrap().iter().map(|id| reader.name(*id).unwrap().unwrap()).collect();
    let mut order = names.clone();
    order.dedup();
    assert_eq!(order, ["李四", "上海贸易", "张三"]);
}

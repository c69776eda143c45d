//! Random filters, answered by index and plan, agree with decoding every record and looking.

use proptest::{
    prelude::*,
    test_runner::{TestCaseResult, TestRunner},
};

use super::{
    asking,
    asks::{askable, noun_and_ask},
    data::store_by,
    how,
    naive::{Naive, rank},
};
use crate::{
    domain::{Kind, schema::BASE},
    query::{
        count::count,
        resolve::read,
        select::{Order, Query},
    },
    store::engine::Engine,
};

/// Some hundred records and filters; with `CRM_TEST_FULL=1` 50,000 records and 2,000 filters, many threads at work.
#[test]
fn any_filter_agrees_with_looking_at_every_record() {
    let full = std::env::var_os("CRM_TEST_FULL").is_some();
    let (scale, seeds, cases) = if full { (62, 1..=4, 500) } else { (1, 42..=42, 256) };
    for seed in seeds {
        let engine = store_by(scale, seed);
        let snapshot = engine.snapshot().unwrap();
        let reader = snapshot.reader();
        let naive = Naive::of(reader);
        assert!(!full || naive.len() > 50_000, "{}", naive.len());
        let config = ProptestConfig { failure_persistence: None, cases, ..ProptestConfig::default() };
        let strategy = (noun_and_ask(), 0..30_usize, 0..6_usize, 0..16_usize, any::<bool>());
        let result = TestRunner::new(config).run(&strategy, |((noun, ask), limit, offset, sort, descending)| {
            let kind = BASE.named(noun).unwrap();
            let filter = read(&ask.text(), kind, &asking(reader))
                .map_err(|error| TestCaseError::fail(format!("{}: {error:?}", ask.text())))?;
            let expected: Vec<u64> = naive.all(kind.id).filter(|num| naive.holds(kind, *num, &ask)).collect();
            let query = Query::new(filter.clone());
            let found = query.numbers(&reader).unwrap();
            prop_assert_eq!(&found, &expected, "{} {}: {:?}", noun, ask.text(), how(&query, reader));
            prop_assert_eq!(count(&reader, &filter).unwrap(), expected.len() as u64, "{}", ask.text());

            let (by, _) = askable(kind).ordered[sort % askable(kind).ordered.len()];
            // What many records say is nothing to sort by.
            if by.split('.').next().is_some_and(|name| name != "id" && kind.field(name).is_none()) {
                return Ok(());
            }
            let order = Order::parse(&format!("{}{by}", if descending { "-" } else { "" }), kind, &BASE).unwrap();
            let sorted = Query { sort: vec![order], ..query };
            let all = sorted.numbers(&reader).unwrap();
            let mut same = all.clone();
            same.sort_unstable();
            prop_assert_eq!(&same, &expected, "{} sorted by {}", ask.text(), by);
            in_order(&naive, kind, &all, by, descending)?;
            let page = Query { limit: Some(limit), offset, ..sorted };
            let window: Vec<u64> = all.iter().copied().skip(offset).take(limit).collect();
            let found = page.numbers(&reader).unwrap();
            prop_assert_eq!(found, window, "{} by {}: {:?}", ask.text(), by, how(&page, reader));
            Ok(())
        });
        if let Err(error) = result {
            panic!("{error} (store of seed {seed})");
        }
    }
}

/// Records without a value come last, and what is alike by number.
fn in_order(naive: &Naive, kind: &'static Kind, numbers: &[u64], by: &str, descending: bool) -> TestCaseResult {
    for pair in numbers.windows(2) {
        let of = |num: u64| naive.first(kind, num, by).map(|value| rank(&value));
        let fits = match (of(pair[0]), of(pair[1])) {
            (Some(a), Some(b)) if a != b => (a < b) != descending,
            (None, Some(_)) => false,
            (Some(_), None) => true,
            _ => (pair[0] < pair[1]) != descending,
        };
        prop_assert!(fits, "sorted by {}: {:?}", by, pair);
    }
    Ok(())
}

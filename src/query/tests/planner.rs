//! What the planner chooses, as `--explain` tells it.

use super::{asking, how, steps, store_of};
use crate::{
    domain::{Kind, activity, customer, deal, schema::BASE},
    query::{
        explain,
        names::Names,
        resolve::read,
        select::{Order, Query},
    },
    store::engine::Engine,
    text::Lang,
};

#[test]
fn the_fewest_rows_are_read() {
    let engine = store_of(20);
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    // The kind, the filter, the order, a limit; what the steps begin with.
    type Case = (&'static Kind, &'static str, &'static str, Option<usize>, &'static [&'static str]);
    let table: &[Case] = &[
        (&customer::KIND, "city:oslo", "", None, &["read index city: ", "index entries read"]),
        (&customer::KIND, "name:zet*", "", None, &["read index name: ", "index entries read"]),
        (&activity::KIND, "at:2026-02-01..2026-02-03", "", None, &["read index at: ", "index entries read"]),
        (&customer::KIND, "owner:me created:2026-02-03", "", None, &["read index owner+created: ", "index entries"]),
        (&customer::KIND, "\"blue star\"", "", None, &["read the text index: "]),
        (
            &deal::KIND,
            "customer.city:oslo customer.grade:A",
            "",
            None,
            &["read index customer: ", "kept what index cust"],
        ),
        (&customer::KIND, "deals.amount:5000 deals.stage:won", "", None, &["read the links of deals by customer: "]),
        (
            &customer::KIND,
            "owner:me",
            "-created",
            Some(5),
            &["read in the order of index owner+created, nothing sorted"],
        ),
        (
            &customer::KIND,
            "owner:me created:..2026-02-01",
            "-created",
            Some(5),
            &["read in the order of index owner+created, nothing sorted", "index entries read: 5"],
        ),
        (&customer::KIND, "city:oslo grade:A", "", None, &["read index ", "kept what index "]),
        (&customer::KIND, "city:oslo -grade:A", "", None, &["read index city: ", "dropped what index grade has: "]),
        (
            &customer::KIND,
            "city:北京 or name:李四",
            "",
            None,
            &["read index city or index name: ", "index entries read"],
        ),
        (&customer::KIND, "address~a", "", None, &["looked at every row of customers"]),
        (&customer::KIND, "city:oslo or address~a", "", None, &["looked at every row of customers"]),
        (&customer::KIND, "grade:A", "address", Some(5), &["read index grade: ", "sorted, and kept: 5"]),
    ];
    for (kind, filter, sort, limit, wanted) in table {
        let filter_read = read(filter, kind, &asking(reader)).unwrap();
        let sort = if sort.is_empty() { Vec::new() } else { vec![Order::parse(sort, kind, &BASE).unwrap()] };
        let query = Query { sort, limit: *limit, ..Query::new(filter_read) };
        let steps = how(&query, reader);
        for (step, start) in steps.iter().zip(*wanted) {
            assert!(step.starts_with(start), "{filter}: {steps:?}");
        }
    }
}

#[test]
fn counting_reads_no_rows_where_keys_tell() {
    let engine = store_of(20);
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let names = Names::new(reader, Lang::En);
    for (filter, first) in [
        ("", "looked up the count that is kept"),
        ("grade:A", "counted the entries of index grade"),
        ("no:city", "counted the other customers"),
        ("city:oslo grade:A", "read index "),
        ("city:oslo or grade:A", "read index city or index grade"),
    ] {
        let steps = steps(explain::count(&read(filter, &customer::KIND, &asking(reader)).unwrap(), &names).unwrap());
        assert!(steps[0].starts_with(first), "{filter}: {steps:?}");
        assert!(steps.contains(&"rows read: 0".to_owned()), "{filter}: {steps:?}");
    }
}

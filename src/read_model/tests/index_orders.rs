//! Orders that indexes tell are the orders that sorting rows gives.

use crate::{
    domain::{Kind, customer, deal, schema::BASE},
    query::{
        filter::Filter,
        select::{Order, Query},
        tests::store,
    },
    read_model::index_order::{is_told, line_up},
    store::engine::Engine,
    text::Lang,
};

fn orders(kind: &'static Kind, text: &str) -> Vec<Order> {
    text.split(',').map(|order| Order::parse(order, kind, &BASE).unwrap()).collect()
}

#[test]
fn indexes_tell_the_order_of_sorted_rows() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let sorts: [(&Kind, &str); 14] = [
        (&customer::KIND, "name"),
        (&customer::KIND, "-name"),
        (&customer::KIND, "grade,name"),
        (&customer::KIND, "-grade,name"),
        (&customer::KIND, "owner,-name"),
        (&customer::KIND, "-owner"),
        (&customer::KIND, "city,-last_contact"),
        (&customer::KIND, "-last_contact"),
        (&customer::KIND, "next_followup,name"),
        (&customer::KIND, "id"),
        (&customer::KIND, "-id"),
        (&customer::KIND, "grade,-id"),
        (&deal::KIND, "customer,-expected_close"),
        (&deal::KIND, "-stage"),
    ];
    for (kind, text) in sorts {
        for lang in [Lang::En, Lang::Zh] {
            let sort = orders(kind, text);
            let query = Query { lang, sort: sort.clone(), ..Query::new(Filter::all(kind)) };
            let told = line_up(&reader, kind, &sort, lang, &|| true).unwrap();
            assert_eq!(told, Some(query.numbers(&reader).unwrap()), "{} by {text} in {lang:?}", kind.noun);
        }
    }
}

#[test]
fn an_order_that_nobody_waits_for_is_broken_off() {
    let engine = store();
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    let sort = orders(&customer::KIND, "name");
    assert_eq!(line_up(&reader, &customer::KIND, &sort, Lang::En, &|| false).unwrap(), None);
    assert!(!is_told(&orders(&customer::KIND, "tag")) && !is_told(&orders(&customer::KIND, "owner.team")));
}

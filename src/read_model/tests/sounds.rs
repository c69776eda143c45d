//! Names in the order of their sound, as two indexes tell it and as sorting rows does.

use crate::{
    domain::{customer, schema::BASE},
    query::{
        filter::Filter,
        select::{Order, Query},
        tests::{data::names, how},
    },
    read_model::index_order::line_up,
    store::{
        Reader,
        engine::{Engine, transact},
        rebuild, verify,
    },
    text::{Lang, pinyin},
};

/// Latin, Chinese, both in one name, neither, traditional, wide, with signs, of one sound, many of each.
const NAMES: [&str; 18] = [
    "Acme",
    "acme",
    "ＡＣＭＥ",
    "Acme公司",
    "acme 贸易",
    "张三",
    "章三",
    "張三",
    "李四",
    "重庆商社",
    "长沙银行",
    "上海贸易",
    "ABC",
    "Ёлка",
    "Ølstykke",
    "8号店",
    "~tilde",
    "日本の店",
];

fn by(sort: &str, limit: Option<usize>) -> Query {
    let sort = vec![Order::parse(sort, &customer::KIND, &BASE).unwrap()];
    Query { sort, limit, lang: Lang::Zh, ..Query::new(Filter::all(&customer::KIND)) }
}

#[test]
fn two_indexes_tell_one_order() {
    let many: Vec<String> = (0..400).map(|at| format!("{}{}", NAMES[at % NAMES.len()], "号".repeat(at % 3))).collect();
    let engine = names(many.iter().map(String::as_str));
    let snapshot = engine.snapshot().unwrap();
    let reader = snapshot.reader();
    for sort in ["name", "-name"] {
        let query = by(sort, None);
        let mut sorted: Vec<u64> = (1..=many.len() as u64).collect();
        sorted.sort_by_key(|num| (pinyin::sort_key(&many[*num as usize - 1]), *num));
        if sort == "-name" {
            sorted.reverse();
        }
        let walked = query.numbers(&reader).unwrap();
        assert_eq!(walked, sorted, "{sort}");
        assert!(how(&query, reader).contains(&"read in the order of index name by sound, nothing sorted".to_owned()));
        assert_eq!(by(sort, Some(7)).numbers(&reader).unwrap(), walked[..7]);
        assert_eq!(line_up(&reader, &customer::KIND, &query.sort, Lang::Zh, &|| true).unwrap(), Some(walked));
    }
}

#[test]
fn sounds_that_a_store_lacks_are_named_and_mended() {
    let engine = names(NAMES);
    let in_order = || by("name", None).numbers(&engine.snapshot().unwrap().reader()).unwrap();
    let as_made = in_order();
    let wait = std::time::Duration::from_secs(1);
    transact(&engine, wait, |txn| -> crate::error::Result<()> {
        let prefix = crate::store::index::prefix(customer::ID, crate::store::index::SOUNDED | 1);
        let mut keys = Vec::new();
        Reader::inside(txn).unwrap().index(crate::store::engine::KeyRange::prefix(&prefix), false, &mut |key| {
            keys.push(key.to_vec());
            std::ops::ControlFlow::Continue(())
        })?;
        assert!(keys.len() > 8, "{keys:?}");
        for key in keys {
            txn.remove(crate::store::engine::Space::Index, &key)?;
        }
        Ok(())
    })
    .unwrap();
    assert_ne!(in_order(), as_made);
    let flaws = verify(&engine.snapshot().unwrap().reader()).unwrap();
    assert!(flaws.iter().any(|flaw| flaw.name == "name by sound" && flaw.record.is_some()), "{flaws:?}");
    transact(&engine, wait, |txn| rebuild(txn, &mut |_, _| {})).unwrap();
    assert_eq!(in_order(), as_made);
    assert_eq!(verify(&engine.snapshot().unwrap().reader()).unwrap(), []);
}

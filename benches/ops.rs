//! What single steps cost inside the process, and how that grows with the number of records.
//!
//! ```sh
//! cargo bench --bench ops
//! CRM_BENCH_SIZES=10000,100000,1000000 cargo bench --bench ops
//! ```

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on has nothing to report")]

use std::{
    collections::HashMap,
    hint::black_box,
    ops::ControlFlow,
    rc::Rc,
    sync::{Mutex, OnceLock},
};

use chrono::Weekday;
use crm::{
    commit::{self, Assign, Context, Edit, WritePlan, setup},
    domain::{
        Instant, Record, RecordId, Row, Value, common, customer, decode, rules::Settings, words::money::Currency,
    },
    query::{
        count::count,
        filter::Filter,
        plan, resolve,
        select::{Order, Query},
    },
    store::{
        Reader, Store,
        search::{ListReader, WordQuery},
    },
    text::{Lang, fold, pinyin},
};
use divan::{Bencher, counter::ItemsCount};

fn main() {
    divan::main();
}

/// How many customers, from `CRM_BENCH_SIZES`.
fn sizes() -> Vec<u64> {
    let said = std::env::var("CRM_BENCH_SIZES").unwrap_or_default();
    let sizes: Vec<u64> = said.split(',').filter_map(|size| size.trim().parse().ok()).collect();
    if sizes.is_empty() { vec![10_000] } else { sizes }
}

fn context() -> Context {
    Context {
        now: Instant(1_772_442_000_000),
        ahead: 0,
        machine: || Instant(0),
        tz: chrono_tz::Asia::Shanghai,
        lang: Lang::En,
        user: Some(1),
        login: "ann".to_owned(),
        session: None,
        settings: Settings { currency: Currency::CNY, week_start: Weekday::Mon, service: Default::default() },
        words: "bench".to_owned(),
        input: commit::Input::default(),
    }
}

const CITIES: [&str; 8] = ["上海", "Seattle", "北京", "Berlin", "重庆", "Lyon", "杭州", "Austin"];

fn record(num: u64) -> Record {
    let mut record = Record::new();
    let name = match num % 3 {
        0 => format!("华盛科技第{num}有限公司"),
        1 => format!("Blue Harbor {num} Logistics"),
        _ => format!("Cedar Point {num} GmbH"),
    };
    record.set(customer::NAME, name);
    record.set(customer::CITY, CITIES[(num % 8) as usize].to_owned());
    record.set(customer::GRADE, (num / 8 % 4) as u16);
    record.set(customer::EMAIL, vec![Value::Text(format!("buyer{num}@example.com"))]);
    record.set(customer::ADDRESS, format!("{num} Long Street"));
    record.set(common::NOTE, "asked for the new price list and a visit in spring".to_owned());
    record.set(common::CREATED, Instant(1_700_000_000_000 + (num as i64).wrapping_mul(7_919_003) % 60_000_000_000));
    if !num.is_multiple_of(4) {
        record.set(customer::OWNER, 1);
    }
    record
}

/// A store with so many customers, made once.
fn store(size: u64) -> &'static Store {
    static MADE: OnceLock<Mutex<HashMap<u64, &'static Store>>> = OnceLock::new();
    let mut made = MADE.get_or_init(Mutex::default).lock().unwrap();
    made.entry(size).or_insert_with(|| {
        let store = Store::in_memory().unwrap();
        setup::set_up(&store, &mut context(), true).unwrap();
        let mut filling = |reader: &Reader<'_>| {
            let mut plan = WritePlan::new();
            plan.import = true;
            for num in 1..=size {
                plan.add(reader, customer::ID, record(num))?;
            }
            Ok(plan)
        };
        commit::commit(&store, &context(), &mut filling).unwrap();
        Box::leak(Box::new(store))
    })
}

/// Numbers all over a store, always the same ones.
fn scattered(size: u64) -> impl FnMut() -> u64 {
    let mut at = 0_u64;
    move || {
        at = at.wrapping_add(0x9E37_79B9_7F4A_7C15);
        1 + at % size
    }
}

#[divan::bench(args = sizes())]
fn point_get(bencher: Bencher<'_, '_>, size: u64) {
    let snapshot = store(size).snapshot().unwrap();
    let reader = snapshot.reader();
    bencher.with_inputs(scattered(size)).bench_local_values(|num| {
        reader.with_row(RecordId::new(customer::ID, num), |row| row.get(customer::NAME).map(str::len)).unwrap()
    });
}

/// My newest fifty, with their rows.
#[divan::bench(args = sizes())]
fn fifty_rows_by_index(bencher: Bencher<'_, '_>, size: u64) {
    let snapshot = store(size).snapshot().unwrap();
    let reader = snapshot.reader();
    let filter = resolve::read("owner:me", &customer::KIND, &context().asking(reader)).unwrap();
    let sort = vec![Order::parse("-created", &customer::KIND, &crm::domain::schema::BASE).unwrap()];
    let query = Query { sort, limit: Some(50), ..Query::new(filter) };
    bencher.bench_local(|| {
        let mut seen = 0;
        query
            .for_each(&reader, &mut |_, row: Row<'_>| {
                seen += row.get(customer::NAME).map_or(0, str::len);
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        seen
    });
}

/// A test of a field without an index, asked of every row; the items are rows.
#[divan::bench(args = sizes(), sample_count = 20)]
fn scan(bencher: Bencher<'_, '_>, size: u64) {
    let snapshot = store(size).snapshot().unwrap();
    let reader = snapshot.reader();
    let filter = resolve::read("address:\"7 Long Street\"", &customer::KIND, &context().asking(reader)).unwrap();
    bencher.counter(ItemsCount::new(size)).bench_local(|| count(&reader, &filter).unwrap());
}

/// A word that one record holds, by the lists of grams.
#[divan::bench(args = sizes())]
fn gram_lookup(bencher: Bencher<'_, '_>, size: u64) {
    let snapshot = store(size).snapshot().unwrap();
    let reader = snapshot.reader();
    let asked = WordQuery::text(&fold(&format!("buyer{}@", size / 2))).unwrap();
    bencher.bench_local(|| {
        let lookup = ListReader::new(reader, customer::ID).unwrap().unwrap();
        lookup.find(black_box(&asked)).unwrap().all()
    });
}

/// What is read for a filter of three tests, all of them with an index.
#[divan::bench(args = sizes())]
fn plan_of_three_tests(bencher: Bencher<'_, '_>, size: u64) {
    let snapshot = store(size).snapshot().unwrap();
    let reader = snapshot.reader();
    let asking = context();
    bencher.bench_local(|| {
        let filter =
            resolve::read("grade:A city:上海 created:2024-03", &customer::KIND, &asking.asking(reader)).unwrap();
        plan::QueryPlan::new(&reader, &filter, plan::Wanted::ALL).unwrap().estimate(&reader).unwrap()
    });
}

/// All numbers that an index gives for one city.
#[divan::bench(args = sizes(), sample_count = 20)]
fn numbers_of_an_index(bencher: Bencher<'_, '_>, size: u64) {
    let snapshot = store(size).snapshot().unwrap();
    let reader = snapshot.reader();
    let filter: Filter = resolve::read("city:上海", &customer::KIND, &context().asking(reader)).unwrap();
    bencher.counter(ItemsCount::new(size / 8)).bench_local(|| plan::numbers(&reader, &filter).unwrap().len());
}

/// One field of one record, with its rules, indexes, journal and transaction.
#[divan::bench(args = sizes(), sample_count = 50)]
fn commit_of_one_field(bencher: Bencher<'_, '_>, size: u64) {
    let store = store(size);
    let grade = customer::KIND.field("grade").unwrap();
    let mut next = scattered(size);
    let mut turn = 0;
    bencher.bench_local(|| {
        let id = RecordId::new(customer::ID, next());
        turn += 1;
        let fields: Rc<[_]> = vec![(grade, Assign::Set(Value::Choice(turn % 4)))].into();
        let mut plan = |_: &Reader<'_>| {
            let mut plan = WritePlan::new();
            plan.edits.push(Edit::Set { id, fields: fields.clone(), based_on: None });
            Ok(plan)
        };
        commit::commit(store, &context(), &mut plan).unwrap()
    });
}

#[divan::bench]
fn decode_of_one_field(bencher: Bencher<'_, '_>) {
    let record = record(7);
    bencher.bench_local(|| black_box(&record).get(customer::CITY).map(str::len));
}

#[divan::bench]
fn decode_of_a_row(bencher: Bencher<'_, '_>) {
    let record = record(7);
    bencher.bench_local(|| {
        let fields = black_box(&record).row().raw_fields();
        fields.filter_map(|(tag, stored)| decode(customer::KIND.field_by_tag(tag)?, stored)).count()
    });
}

#[divan::bench(args = ["Blue Harbor Logistics Ltd", "上海华盛科技有限公司", "尉迟恭与单田芳"])]
fn pinyin_sort_key(name: &str) -> Vec<u8> {
    pinyin::sort_key(name)
}

#[divan::bench(args = ["Blue Harbor Logistics Ltd", "上海华盛科技有限公司", "尉迟恭与单田芳"])]
fn pinyin_match(name: &str) -> bool {
    pinyin::matches(black_box("hskj"), name)
}

//! Steps that change what kinds and fields there are: keys go by the schema before, and come by the schema after.

use std::time::Duration;

use super::StepSchemas;
use crate::{
    domain::{
        Field, FieldDef, Kind, Lookup, Record, RecordId, Schema, Value, customer,
        kind::{IndexDef, SummaryDef},
        made_up,
        schema::BASE,
        types::{Link, Text},
        user,
    },
    store::{
        Encoded, Reader, RecordChange, RecordState,
        engine::{Engine, Read, Snapshot, Space, memory, transact},
        journal::Entry,
        search::{ListReader, WordQuery},
        verify,
    },
};

/// A field that customers come to have: indexed and searched, and unique with the city.
const CONTRACT: Field<Text> = customer::ID.field(1000, "contract", "Contract", "合同号").index().search();
/// Whose contract it is.
const SIGNER: Field<Link> = customer::ID.field(1001, "signer", "Signer", "签约人").to("user");

static FIELDS: &[FieldDef] = &[customer::NAME.def(), customer::CITY.def(), CONTRACT.def(), SIGNER.def()];

/// Customers with fewer fields of the program, and two of their own.
static CUSTOMERS: Kind = Kind {
    id: customer::ID,
    noun: "customer",
    plural: "customers",
    letters: "C",
    aliases: &[],
    en: "Customer",
    zh: "客户",
    measure: "个",
    fields: FIELDS,
    gone: &[],
    indexes: &[IndexDef { number: 2500, fields: &[CONTRACT.def(), customer::CITY.def()] }],
    summaries: &[SummaryDef { number: 100, by: &[SIGNER.def()], sum: &[] }],
    columns: &["name"],
    sections: &[],
    rules: |_, _| Ok(()),
    derivations: &[],
};

static SCHEMA: Schema = Schema::new(&[&user::KIND, &CUSTOMERS]);

const C1: RecordId = RecordId::new(customer::ID, 1);

/// Writes one step; gives it.
fn write(engine: &dyn Engine, schemas: impl Into<StepSchemas>, changes: Vec<RecordChange>) {
    let seq = engine.snapshot().unwrap().reader().seq().unwrap() + 1;
    let encoded = Encoded::new(schemas, seq, Entry::default(), changes, false).unwrap();
    transact(engine, Duration::from_secs(1), |txn| encoded.write(txn)).unwrap();
}

fn change(reader: &Reader<'_>, id: RecordId, after: Option<Record>) -> RecordChange {
    let held = reader.held(id).unwrap();
    let before = held.map(|held| RecordState { place: held.place, record: held.record });
    RecordChange { id, prev: reader.head(id).unwrap().unwrap_or_default(), before, after: after.map(RecordState::live) }
}

fn contracted(number: Option<&str>) -> Record {
    let mut record = Record::new();
    record.set(customer::NAME, "Blue Harbor".to_owned());
    record.set(customer::CITY, "上海".to_owned());
    record.put(CONTRACT, number.map(str::to_owned));
    record.put(SIGNER, number.map(|_| 1));
    record
}

/// Everything but the counters of kinds that this schema does not have.
fn assert_sound(snapshot: &dyn Snapshot, schema: &'static Schema) {
    let mut flaws = verify(&snapshot.reader_by(schema)).unwrap();
    flaws.retain(|flaw| flaw.space != Space::Meta);
    assert_eq!(flaws, []);
}

fn entries(read: &dyn Read, space: Space) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut found = Vec::new();
    read.scan(space, crate::store::engine::KeyRange::all(), false, &mut |key, value| {
        found.push((key.to_vec(), value.to_vec()));
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    found
}

#[test]
fn one_step_defines_a_field_and_fills_it_and_taking_it_back_takes_both_away() {
    let engine = memory().unwrap();
    let mut ann = Record::new();
    ann.set(user::LOGIN, "ann".to_owned());
    let reader = |snapshot: &dyn Snapshot| change(&snapshot.reader(), C1, Some(contracted(Some("HT-7"))));
    let new = |id, record| RecordChange { id, prev: 0, before: None, after: Some(RecordState::live(record)) };
    write(&engine, &BASE, vec![new(RecordId::new(user::ID, 1), ann), new(C1, contracted(None))]);
    let before = engine.snapshot().unwrap();
    assert_sound(&*before, &BASE);

    let step = reader(&*before);
    write(&engine, StepSchemas { before: &BASE, after: &SCHEMA }, vec![step]);
    let filled = engine.snapshot().unwrap();
    assert_sound(&*filled, &SCHEMA);
    let by_new = filled.reader_by(&SCHEMA);
    let number = Value::Text("ht-7".to_owned());
    assert_eq!(by_new.holder(customer::ID, &CONTRACT.def(), &number, 0), Ok(Some(1)));
    let words = WordQuery::text("ht-7").unwrap();
    let found = |reader: Reader<'_>| ListReader::new(reader, customer::ID).unwrap().unwrap().find(&words).unwrap();
    assert_eq!(found(by_new).all(), [1]);

    let back = change(&by_new, C1, Some(contracted(None)));
    write(&engine, StepSchemas { before: &SCHEMA, after: &BASE }, vec![back]);
    let after = engine.snapshot().unwrap();
    assert_sound(&*after, &BASE);
    for space in [Space::Index, Space::Derived, Space::Summary, Space::Search] {
        let (was, is) = (entries(&*before, space), entries(&*after, space));
        if space != Space::Search {
            assert_eq!(was, is, "{space:?}");
        }
    }
}

#[test]
fn one_step_defines_a_kind_and_adds_to_it_and_taking_it_back_leaves_nothing() {
    let engine = memory().unwrap();
    let id = RecordId::new(made_up::ID, 1);
    let mut pump = Record::new();
    pump.set(made_up::NAME, "Pump".to_owned());
    pump.set(made_up::QUANTITY, "1.5".parse().unwrap());
    let add = change(&engine.snapshot().unwrap().reader(), id, Some(pump));
    write(&engine, StepSchemas { before: &BASE, after: &made_up::SCHEMA }, vec![add]);
    let added = engine.snapshot().unwrap();
    assert_sound(&*added, &made_up::SCHEMA);
    assert_eq!(added.reader().total(made_up::ID), Ok(1));
    let remove = change(&added.reader(), id, None);
    write(&engine, StepSchemas { before: &made_up::SCHEMA, after: &BASE }, vec![remove]);
    let removed = engine.snapshot().unwrap();
    assert_sound(&*removed, &BASE);
    for space in [Space::Index, Space::Derived, Space::Summary, Space::Search] {
        assert_eq!(entries(&*removed, space), [], "{space:?}");
    }
}

#[test]
fn a_kind_that_neither_schema_knows_is_refused() {
    let schemas = StepSchemas { before: &BASE, after: &SCHEMA };
    assert!(schemas.kind(made_up::ID).is_err());
    assert!(schemas.kind(customer::ID).unwrap().steady().is_none());
    assert!(schemas.kind(user::ID).unwrap().steady().is_some());
}

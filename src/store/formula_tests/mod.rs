//! Fields that are worked out by formulas, in a store: positions of bills of customers, defined as anybody would.

mod circles;
mod random;
mod speed;

use std::{cell::Cell, sync::LazyLock, time::Duration};

use crate::{
    domain::{
        FieldDef, Kind, KindId, Lookup, Record, RecordId, Residence, Schema, Value, customer,
        define::{self, Definition, choice, compile_with, field, kind, numbers},
        print,
        schema::BASE,
        words::money::{Currency, Money},
    },
    error::Result,
    language::formula::FormulaLanguage,
    store::{
        Encoded, RecordChange, RecordState, StepSchemas,
        engine::{Engine, KeyRange, Space, memory, transact},
        journal::Entry,
        verify,
    },
    text::Lang,
};

/// Fields of bills, positions and customers, in the bill of their numbers: kind, code, type, more.
const FIELDS: [(&str, &str, Option<&str>, &str); 17] = [
    ("position", "bill", Some("link"), "to=bill"),
    ("position", "quantity", Some("decimal"), ""),
    ("position", "price", Some("money"), ""),
    ("position", "discount", Some("percent"), ""),
    ("position", "state", Some("choice"), ""),
    ("position", "amount", Some("money"), "quantity * price * (1 - coalesce(discount, 0))"),
    ("bill", "customer", Some("link"), "to=customer"),
    ("bill", "total", Some("money"), "sum(positions.amount)"),
    ("bill", "pieces", None, "count(positions)"),
    ("bill", "open", None, "count(positions where state:open)"),
    ("bill", "open_total", None, "sum(positions.amount where state:open)"),
    ("bill", "greatest", Some("money"), "max(positions.amount where quantity:2..)"),
    ("customer", "bought", None, "sum(bills.total)"),
    ("customer", "orders_open", Some("whole"), "sum(bills.open)"),
    ("position", "payer", None, "bill.customer"),
    ("bill", "quantities", None, "sum(positions.quantity where state:open)"),
    ("position", "label", Some("text"), "name + \" for \" + coalesce(bill.name, \"nobody\")"),
];

fn tag(code: &str) -> u16 {
    let at = FIELDS.iter().position(|(_, known, ..)| *known == code).unwrap();
    numbers::tag(at as u64 + 1).unwrap()
}

fn of(noun: u64) -> KindId {
    numbers::kind(noun).unwrap()
}

const ORDER: u64 = 1;
const LINE: u64 = 2;

/// The kinds of the program and those of definitions.
static TABLES: LazyLock<Schema> = LazyLock::new(|| {
    let mut kinds: Vec<&'static Kind> = BASE.kinds().to_vec();
    for own in define::KINDS {
        if !kinds.iter().any(|kind| kind.id == own.id) {
            kinds.push(own);
        }
    }
    Schema::new(kinds.leak())
});

struct Made {
    engine: Box<dyn Engine>,
    schema: Cell<&'static Schema>,
}

impl Made {
    /// A store in which kinds, fields and formulas are defined by one step.
    fn new() -> Self {
        Self::with(|_| true)
    }

    /// The same with some of the formulas.
    fn with(wanted: fn(&str) -> bool) -> Self {
        let made = Self { engine: Box::new(memory().unwrap()), schema: Cell::new(&TABLES) };
        let mut steps = Vec::new();
        for (num, noun, letters) in [(ORDER, "bill", "OR"), (LINE, "position", "PO")] {
            let mut record = Record::new();
            record.set(kind::NAME, noun.to_owned());
            record.set(kind::LETTERS, letters.to_owned());
            steps.push((RecordId::new(kind::ID, num), Some(RecordState::live(record))));
        }
        for (at, (of, code, ty, more)) in FIELDS.iter().enumerate() {
            let record = a_field(of, code, *ty, more);
            if record.get(field::FORMULA).is_none() || wanted(code) {
                steps.push((RecordId::new(field::ID, at as u64 + 1), Some(RecordState::live(record))));
            }
        }
        for (num, code) in [(1, "open"), (2, "done")] {
            let mut record = Record::new();
            record.set(choice::FIELD, "position.state".to_owned());
            record.set(choice::CODE, code.to_owned());
            steps.push((RecordId::new(choice::ID, num), Some(RecordState::live(record))));
        }
        made.write(steps).unwrap();
        made
    }

    /// Writes one step, as the write path does; an error where definitions do not fit.
    fn write(&self, states: Vec<(RecordId, Option<RecordState>)>) -> Result<()> {
        let before = self.schema();
        let snapshot = self.engine.snapshot().unwrap();
        let reader = snapshot.reader_by(before);
        let changes: Vec<RecordChange> = states
            .into_iter()
            .map(|(id, after)| {
                let before = reader.held(id).unwrap();
                let before = before.map(|held| RecordState { place: held.place, record: held.record });
                RecordChange { id, prev: reader.head(id).unwrap().unwrap_or_default(), before, after }
            })
            .collect();
        let after = match changes.iter().any(|change| define::is_definition(change.id.kind)) {
            true => self.schema_after(&changes)?,
            false => before,
        };
        let seq = reader.seq().unwrap() + 1;
        let encoded = Encoded::new(StepSchemas { before, after }, seq, Entry::default(), changes, false).unwrap();
        transact(&*self.engine, Duration::from_secs(1), |txn| encoded.write(txn)).unwrap();
        self.schema.set(after);
        Ok(())
    }

    fn schema_after(&self, changes: &[RecordChange]) -> Result<&'static Schema> {
        let mut definitions = Vec::new();
        for (own, most) in [(&kind::KIND, 2), (&field::KIND, 40), (&choice::KIND, 2)] {
            for num in 1..=most {
                let id = RecordId::new(own.id, num);
                let change = changes.iter().find(|change| change.id == id);
                let state = change.map_or_else(|| self.held(id), |change| change.after.clone());
                definitions.extend(state.map(|state| Definition {
                    id,
                    record: state.record,
                    trashed: state.place == Residence::Trash,
                    unfinished: false,
                }));
            }
        }
        let (schema, problems) = compile_with(&TABLES, definitions, define::Names::Judged, &FormulaLanguage);
        match problems.into_iter().next() {
            Some(problem) => Err(problem.error),
            None => {
                let packed = define::pack(&TABLES, &schema).unwrap().leak();
                let kept = define::unpack(&TABLES, packed, &FormulaLanguage).unwrap();
                assert_eq!(format!("{:?}", kept.kinds()), format!("{:?}", schema.kinds()));
                Ok(Box::leak(Box::new(schema)))
            }
        }
    }

    fn schema(&self) -> &'static Schema {
        self.schema.get()
    }

    fn held(&self, id: RecordId) -> Option<RecordState> {
        let snapshot = self.engine.snapshot().unwrap();
        let held = snapshot.reader_by(self.schema()).held(id).unwrap();
        held.map(|held| RecordState { place: held.place, record: held.record })
    }

    /// A record with some fields changed.
    fn set(&self, id: RecordId, values: &[(&str, Option<Value>)]) -> (RecordId, Option<RecordState>) {
        let mut record = self.held(id).map(|state| state.record).unwrap_or_default();
        record.set_value(1, Some(&Value::Text(format!("No. {}", id.num))));
        for (code, value) in values {
            record.set_value(tag(code), value.as_ref());
        }
        (id, Some(RecordState::live(record)))
    }

    /// A derived field as files have it.
    fn shown(&self, id: RecordId, code: &str) -> String {
        let snapshot = self.engine.snapshot().unwrap();
        let reader = snapshot.reader_by(self.schema());
        let def = self.schema().kind(id.kind).unwrap().field(code).unwrap();
        let derived = reader.derived(id).unwrap();
        let mut link = |def: &FieldDef, num: u64, out: &mut String| {
            out.push_str(&RecordId::new(self.schema().target(def).unwrap().id, num).to_string());
        };
        let mut out = String::new();
        if let Some(stored) = derived.row().raw(def.tag) {
            print::plain(&mut out, def, stored, chrono_tz::UTC, &mut link);
        }
        out
    }

    /// What is kept beside the records that are no definitions.
    fn entries(&self) -> Vec<(Space, Vec<u8>, Vec<u8>)> {
        let snapshot = self.engine.snapshot().unwrap();
        let mut found = Vec::new();
        for space in [Space::Index, Space::Derived, Space::Summary] {
            snapshot
                .scan(space, KeyRange::all(), false, &mut |key, value| {
                    if !define::is_definition(KindId::new(key[0])) {
                        found.push((space, key.to_vec(), value.to_vec()));
                    }
                    std::ops::ControlFlow::Continue(())
                })
                .unwrap();
        }
        found
    }

    fn assert_sound(&self) {
        let snapshot = self.engine.snapshot().unwrap();
        let mut flaws = verify(&snapshot.reader_by(self.schema())).unwrap();
        // Definitions of this test have no names, and links may lead to what is in the trash.
        flaws.retain(|flaw| matches!(flaw.space, Space::Index | Space::Derived | Space::Summary));
        assert_eq!(flaws, []);
    }
}

fn a_field(of: &str, code: &str, ty: Option<&str>, more: &str) -> Record {
    let mut record = Record::new();
    record.set(field::OF, of.to_owned());
    record.set(field::CODE, code.to_owned());
    let number = |ty: &str| field::TYPES.iter().find(|choice| choice.code == ty).map(|choice| choice.number);
    record.put(field::TYPE, ty.and_then(number));
    match more.strip_prefix("to=") {
        Some(target) => record.set(field::TO, target.to_owned()),
        None if more.is_empty() => {}
        None => {
            record.set(field::FORMULA, more.to_owned());
            record.set(field::INDEX, !matches!(code, "open_total" | "bought"));
        }
    }
    record
}

fn yuan(minor: i128) -> Option<Value> {
    Some(Value::Money(Money { minor, currency: Currency::CNY }))
}

fn position(num: u64) -> RecordId {
    RecordId::new(of(LINE), num)
}

fn bill(num: u64) -> RecordId {
    RecordId::new(of(ORDER), num)
}

fn customer(num: u64) -> RecordId {
    RecordId::new(customer::ID, num)
}

fn pieces(number: i64) -> Option<Value> {
    Some(Value::Decimal(number.into()))
}

const OPEN: Option<Value> = Some(Value::Choice(1001));
const DONE: Option<Value> = Some(Value::Choice(1002));

/// A customer with an bill of two positions.
fn filled() -> Made {
    let made = Made::new();
    let to_order = |num| ("bill", Some(Value::Link(num)));
    made.write(vec![
        made.set(customer(1), &[]),
        made.set(bill(1), &[("customer", Some(Value::Link(1)))]),
        made.set(position(1), &[to_order(1), ("quantity", pieces(3)), ("price", yuan(1999)), ("state", OPEN)]),
        made.set(
            position(2),
            &[to_order(1), ("quantity", pieces(1)), ("price", yuan(500)), ("discount", Some(Value::Percent(10)))],
        ),
    ])
    .unwrap();
    made
}

#[test]
fn a_line_reaches_its_order_and_the_order_its_customer() {
    let made = filled();
    made.assert_sound();
    let shown = |id, codes: &[&str]| codes.iter().map(|code| made.shown(id, code)).collect::<Vec<_>>().join("|");
    assert_eq!(shown(position(1), &["amount", "payer", "label"]), "59.97 CNY|C-1|No. 1 for No. 1");
    assert_eq!(shown(position(2), &["amount"]), "4.50 CNY");
    assert_eq!(
        shown(bill(1), &["total", "pieces", "open", "open_total", "greatest", "quantities"]),
        "64.47 CNY|2|1|59.97 CNY|59.97 CNY|3"
    );
    assert_eq!(shown(customer(1), &["bought", "orders_open"]), "64.47 CNY|1");

    made.write(vec![made.set(position(2), &[("quantity", pieces(2)), ("state", OPEN)])]).unwrap();
    made.assert_sound();
    assert_eq!(
        shown(bill(1), &["total", "pieces", "open", "open_total", "greatest"]),
        "68.97 CNY|2|2|68.97 CNY|59.97 CNY"
    );
    assert_eq!(shown(customer(1), &["bought", "orders_open"]), "68.97 CNY|2");

    let gone = made.held(position(1)).map(|state| RecordState { place: Residence::Trash, ..state });
    made.write(vec![(position(1), gone)]).unwrap();
    made.assert_sound();
    assert_eq!(shown(bill(1), &["total", "pieces", "open", "greatest"]), "9.00 CNY|1|1|9.00 CNY");
    assert_eq!(shown(customer(1), &["bought"]), "9.00 CNY");
}

#[test]
fn an_order_without_lines_has_none_and_no_total() {
    let made = Made::new();
    made.write(vec![made.set(bill(1), &[])]).unwrap();
    made.assert_sound();
    let shown = ["total", "pieces", "open", "open_total", "quantities"].map(|code| made.shown(bill(1), code));
    assert_eq!(shown, ["", "0", "0", "", "0"]);
    // Five yuan and five yuan back are an amount, which is nought.
    let amounts = [("bill", Some(Value::Link(1))), ("quantity", pieces(1))];
    made.write(vec![
        made.set(position(1), &[&amounts[..], &[("price", yuan(500))]].concat()),
        made.set(position(2), &[&amounts[..], &[("price", yuan(-500))]].concat()),
    ])
    .unwrap();
    made.assert_sound();
    assert_eq!(made.shown(bill(1), "total"), "0.00 CNY");
}

#[test]
fn a_formula_that_is_defined_later_is_worked_out_for_all_that_there_is() {
    let made = filled();
    let before = made.entries();
    let id = RecordId::new(field::ID, 18);
    let record = a_field("bill", "with_tax", None, "total * (1 + 13%)");
    made.write(vec![(id, Some(RecordState::live(record.clone())))]).unwrap();
    made.assert_sound();
    let shown = |code| made.shown(bill(1), code);
    assert_eq!(shown("with_tax"), "72.85 CNY");
    let changed = a_field("bill", "with_tax", None, "total * (1 + 6%)");
    made.write(vec![(id, Some(RecordState::live(changed)))]).unwrap();
    made.assert_sound();
    assert_eq!(shown("with_tax"), "68.34 CNY");
    let in_trash = RecordState { place: Residence::Trash, record: record.clone() };
    made.write(vec![(id, Some(in_trash))]).unwrap();
    made.assert_sound();
    assert_eq!(made.entries(), before);
    made.write(vec![(id, Some(RecordState::live(record)))]).unwrap();
    made.assert_sound();
    assert_eq!(shown("with_tax"), "72.85 CNY");
}

/// What is said where a field is defined that cannot be.
fn refused(made: &Made, of: &str, code: &str, formula: &str) -> String {
    let id = RecordId::new(field::ID, 30);
    let error = made.write(vec![(id, Some(RecordState::live(a_field(of, code, None, formula))))]).unwrap_err();
    error.message(Lang::En)
}

#[test]
fn a_formula_that_cannot_be_kept_is_refused_with_its_place() {
    let made = Made::new();
    for (of, formula, said) in [
        ("bill", "total * quantty", "'quantty' is not a field of a bill\n  total * quantty\n          ^^^^^^^"),
        ("bill", "total * total", "'*' does not work between an amount of money and an amount of money"),
        ("position", "bill.customer.city", "this is more than one link away\n  bill.customer.city"),
        ("customer", "today + 2d", "'today' is another value tomorrow or for another person"),
        ("customer", "count(deals where owner:me)", "'me' is not the id of a user"),
        ("customer", "count(deals where owner:ann)", "'ann' is not the id of a user"),
        ("customer", "created_by.name", "'created_by' cannot be followed back"),
    ] {
        let message = refused(&made, of, "wrong", formula);
        assert!(message.starts_with(said), "{formula}: {message}");
    }
}

#[test]
fn a_field_that_a_formula_needs_is_not_removed() {
    let made = filled();
    let id = RecordId::new(field::ID, 3);
    let in_trash = made.held(id).map(|state| RecordState { place: Residence::Trash, ..state });
    let error = made.write(vec![(id, in_trash)]).unwrap_err();
    assert!(error.message(Lang::En).starts_with("'price' is not a field of a position"), "{error:?}");
}

//! Made-up kinds: lines of orders of customers.

mod declared;
mod kinds;

use std::time::Duration;

use proptest::prelude::*;

use super::recompute;
use crate::{
    domain::{KindId, Lookup, Record, RecordId, derivation_graph::summaries_need_derived, schema::BASE},
    store::{
        Store,
        apply::write_summaries,
        arena::Keys,
        change::{RecordChange, RecordState, difference},
        engine::{Engine, Space, Write, memory},
        index::{Index, indexes_of},
        journal::Residence,
        kept::DerivedPart,
        row,
        summary::{self, Deltas},
    },
};
use kinds::{
    BOUGHT, CUSTOMER, FEE, KINDS, LINE, NAME, OF_CUSTOMER, OF_ORDER, ORDER, PERCENT, PRICE, QUANTITY, REGION, SALES,
    SCHEMA, TOTAL, yuan,
};

/// A store of these kinds, without journal and search.
struct Made {
    engine: Box<dyn Engine>,
}

impl Made {
    fn new() -> Self {
        Self { engine: Box::new(memory().unwrap()) }
    }

    /// What a record is, and whether there ever was one of that number.
    fn held(&self, id: RecordId) -> (Option<RecordState>, bool) {
        let snapshot = self.engine.snapshot().unwrap();
        let reader = snapshot.reader();
        let held = reader.held(id).unwrap().map(|held| RecordState { place: held.place, record: held.record });
        (held, reader.head(id).unwrap().is_some())
    }

    fn change(&self, id: RecordId, after: Option<RecordState>) -> RecordChange {
        let (before, known) = self.held(id);
        RecordChange { id, prev: u64::from(known), before, after }
    }

    /// Writes changes as a step does; a record is changed once.
    fn write(&self, mut changes: Vec<RecordChange>) -> Deltas {
        changes.sort_by_key(|change| change.id);
        let (mut deltas, mut txn) = (Deltas::new(), self.engine.begin(Duration::ZERO).unwrap());
        for change in &changes {
            let key = row::key(change.id.kind, change.id.num);
            for space in [Space::Rows, Space::Trash, Space::Gone] {
                txn.remove(space, &key).unwrap();
            }
            let mut value = Vec::new();
            match &change.after {
                Some(state) => {
                    row::write(&mut value, 1, &state.record);
                    let space = if state.place == Residence::Live { Space::Rows } else { Space::Trash };
                    txn.put(space, &key, &value).unwrap();
                }
                None => txn.put(Space::Gone, &key, &[1]).unwrap(),
            }
            self.index(change, &mut *txn, &mut deltas);
        }
        recompute((&SCHEMA).into(), &changes, &mut *txn, &mut deltas).unwrap();
        write_summaries(&mut *txn, &deltas).unwrap();
        txn.commit().unwrap();
        deltas
    }

    fn index(&self, change: &RecordChange, txn: &mut dyn Write, deltas: &mut Deltas) {
        let kind = KINDS.iter().find(|kind| kind.id == change.id.kind).unwrap();
        let (was, is) = (change.live_before(), change.live_after());
        let (mut removed, mut added) = (Keys::mixed(), Keys::mixed());
        for index in indexes_of(kind).iter().filter(|index| !Index::is_derived(index)) {
            difference(index, change.id.num, was, is, &mut Vec::new(), &mut removed, &mut added).unwrap();
        }
        removed.sort().remove_from(txn, Space::Index).unwrap();
        added.sort().put_into(txn, Space::Index).unwrap();
        if !summaries_need_derived(kind) {
            let (was, is) = (was.map(summary::RecordFields::stored), is.map(summary::RecordFields::stored));
            summary::replace(deltas, (*kind).into(), was, is).unwrap();
        }
    }

    /// Everything computed is what the rows say.
    fn assert_sound(&self) {
        let snapshot = self.engine.snapshot().unwrap();
        let reader = snapshot.reader();
        for part in DerivedPart::all(SCHEMA.derivations().unwrap())
            .iter()
            .filter(|part| !matches!(part, DerivedPart::Counters(_)))
        {
            part.differences(&reader, &mut |difference| panic!("{difference:?}")).unwrap();
        }
    }

    fn set(&self, id: RecordId, change: impl FnOnce(&mut Record)) -> RecordChange {
        let mut record = self.held(id).0.map(|state| state.record).unwrap_or_default();
        change(&mut record);
        self.change(id, Some(RecordState::live(record)))
    }

    fn derived(&self, id: RecordId) -> Record {
        self.engine.snapshot().unwrap().reader().derived(id).unwrap()
    }
}

const C1: RecordId = RecordId::new(CUSTOMER, 1);
const C2: RecordId = RecordId::new(CUSTOMER, 2);
const O1: RecordId = RecordId::new(ORDER, 1);
const L1: RecordId = RecordId::new(LINE, 1);

/// Two customers, an order of the first, a line of it.
fn filled() -> Made {
    let made = Made::new();
    made.write(vec![made.set(C1, |it| it.set(PERCENT, 10)), made.set(C2, |it| it.set(REGION, 7))]);
    made.write(vec![made.set(O1, |it| it.set(OF_CUSTOMER, 1))]);
    made.write(vec![made.set(L1, |it| {
        it.set(OF_ORDER, 1);
        it.set(QUANTITY, 2);
        it.set(PRICE, 5);
    })]);
    made.assert_sound();
    made
}

#[test]
fn a_line_reaches_the_customer_of_its_order_in_the_same_step() {
    let made = filled();
    assert_eq!(made.derived(C1).get(SALES), Some(yuan(900)));
    made.write(vec![made.set(L1, |it| it.set(PRICE, 7))]);
    assert_eq!(made.derived(O1).get(TOTAL), Some(yuan(14)));
    assert_eq!(made.derived(C1).get(SALES), Some(yuan(14 * 90)));
    made.write(vec![made.set(O1, |it| it.set(OF_CUSTOMER, 2))]);
    assert_eq!((made.derived(C1), made.derived(C2).get(SALES)), (Record::new(), Some(yuan(1400))));
    assert_eq!(made.derived(C2).get(BOUGHT), Some(2));
    made.assert_sound();
    let trashed = made.held(O1).0.map(|state| RecordState { place: Residence::Trash, ..state });
    made.write(vec![made.change(O1, trashed)]);
    assert_eq!((made.derived(O1), made.derived(C2)), (Record::new(), Record::new()));
    made.assert_sound();
}

#[test]
fn what_nothing_reads_makes_nothing_stale() {
    let made = filled();
    let nothing = |change: RecordChange| assert!(made.write(vec![change]).is_empty());
    nothing(made.set(C1, |it| it.set(NAME, "another".to_owned())));
    nothing(made.set(L1, |it| it.set(NAME, "another".to_owned())));
    // Ten of one is as much as two of five: the line's amount stays, and so does all that is computed from it.
    let deltas = made.write(vec![made.set(L1, |it| {
        it.set(QUANTITY, 10);
        it.set(PRICE, 1);
    })]);
    assert!(deltas.is_empty(), "{deltas:?}");
    assert_eq!(made.derived(C1).get(BOUGHT), Some(10));
    made.assert_sound();
}

#[test]
fn what_is_computed_from_children_alone_is_nothing_without_any() {
    let store = Store::in_memory().unwrap();
    let snapshot = store.snapshot().unwrap();
    let reader = snapshot.reader();
    for kind in BASE.kinds() {
        for derivation in kind.derivations.iter().filter(|derivation| !derivation.is_of_new_records()) {
            let computed = derivation.derive(RecordId::new(kind.id, 1), &Record::new(), &reader).unwrap();
            assert_eq!(computed, Record::new(), "{}", kind.noun);
        }
    }
}

#[test]
fn ranks_are_in_the_order_of_what_is_read() {
    let ranks: Vec<Vec<&str>> = SCHEMA
        .derivations()
        .unwrap()
        .ranks()
        .iter()
        .map(|rank| rank.derivations.iter().flat_map(|it| it.fields).map(|def| def.code).collect())
        .collect();
    assert_eq!(ranks, [vec!["amount", "payer"], vec!["total", "lines"], vec!["net"], vec!["sales", "bought"]]);
}

/// A change of one record: which, what of it, and to what.
type Tried = (u8, u8, u8);

/// The change, in a step that has made some already. A link leads to a number that was given to a record: no step leaves
/// another one behind.
fn change(made: &Made, step: &[RecordChange], (which, what, value): Tried) -> Option<RecordChange> {
    let id = RecordId::new([CUSTOMER, ORDER, LINE][usize::from(which % 3)], 1 + u64::from(which / 3 % 4));
    let (held, _) = made.held(id);
    let given = |id: RecordId| made.held(id).1 || step.iter().any(|change| change.id == id);
    let link = |kind: KindId| Some(u64::from(value) % 5).filter(|num| given(RecordId::new(kind, *num)));
    let moved = |place| held.clone().map(|state| made.change(id, Some(RecordState { place, ..state })));
    match (what % 8, &held) {
        (0, Some(_)) => moved(Residence::Trash),
        (1, Some(_)) => moved(Residence::Live),
        (2, Some(_)) if value < 64 => Some(made.change(id, None)),
        (_, Some(state)) if state.place == Residence::Trash => None,
        _ => Some(made.set(id, |record| {
            let number = i64::from(value % 4);
            match (what % 8, id.kind) {
                (3, ORDER) => record.put(OF_CUSTOMER, link(CUSTOMER)),
                (3, LINE) => record.put(OF_ORDER, link(ORDER)),
                (4, ORDER) => record.put(FEE, (number > 0).then(|| yuan(number.into()))),
                (4, LINE) => record.put(QUANTITY, (number > 0).then_some(number)),
                (5, LINE) => record.put(PRICE, (number > 0).then_some(number)),
                (4, _) => record.put(PERCENT, (number > 0).then_some(number)),
                (5, CUSTOMER) => record.set(REGION, number as u64),
                _ => record.set(NAME, format!("name {value}")),
            }
        })),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a step changes at once, what is kept is what would be computed anew, and sums are a recount.
    #[test]
    fn what_is_kept_is_what_would_be_computed_anew(
        steps in proptest::collection::vec(proptest::collection::vec(any::<Tried>(), 1..5), 1..40),
    ) {
        let made = Made::new();
        for step in steps {
            let mut changes: Vec<RecordChange> = Vec::new();
            for tried in step {
                let next = change(&made, &changes, tried);
                changes.extend(next.filter(|next| changes.iter().all(|change| change.id != next.id)));
            }
            made.write(changes);
            made.assert_sound();
        }
    }
}

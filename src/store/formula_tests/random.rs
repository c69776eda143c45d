//! Random steps.

use proptest::prelude::*;

use super::{DONE, Made, OPEN, bill, customer, filled, pieces, position, yuan};
use crate::{
    domain::{
        RecordId, Residence, Value,
        define::field,
        words::money::{Currency, Money},
    },
    store::RecordState,
};

/// One random change.
#[derive(Clone, Debug)]
enum Act {
    Line(u64, u8, u8),
    Order(u64, u8),
    Customer(u64, u8),
    /// A formula goes to the trash or comes back, or becomes another one.
    Formula(u8, u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (1_u64..6, 0_u8..8, 0_u8..4).prop_map(|(num, what, value)| Act::Line(num, what, value)),
        2 => (1_u64..4, 0_u8..5).prop_map(|(num, what)| Act::Order(num, what)),
        1 => (1_u64..3, 0_u8..3).prop_map(|(num, what)| Act::Customer(num, what)),
        1 => (0_u8..4, 0_u8..3).prop_map(|(which, what)| Act::Formula(which, what)),
    ]
}

impl Made {
    fn placed(&self, id: RecordId, place: Option<Residence>) -> (RecordId, Option<RecordState>) {
        let state = self.held(id).or_else(|| self.set(id, &[]).1);
        (id, place.and_then(|place| state.map(|state| RecordState { place, ..state })))
    }

    fn state_of(&self, act: &Act) -> (RecordId, Option<RecordState>) {
        let places = [Some(Residence::Live), Some(Residence::Trash), None];
        match *act {
            Act::Line(num, what, value) => {
                let price =
                    [yuan(1250), yuan(-300), None, Some(Value::Money(Money::parse("7 USD", Currency::CNY).unwrap()))];
                let field = match what {
                    0 | 1 => ("bill", [1, 2, 3].get(usize::from(value)).map(|num| Value::Link(*num))),
                    2 => ("quantity", pieces(value.into())),
                    3 => ("price", price[usize::from(value)].clone()),
                    4 => ("discount", (value > 0).then(|| Value::Percent(value * 5))),
                    5 | 6 => ("state", [OPEN, DONE, None, OPEN][usize::from(value)].clone()),
                    _ => return self.placed(position(num), places[usize::from(value % 3)]),
                };
                self.set(position(num), &[field])
            }
            Act::Order(num, what @ 0..=1) => {
                self.set(bill(num), &[("customer", Some(Value::Link(u64::from(what) + 1)))])
            }
            Act::Order(num, what) => self.placed(bill(num), places[usize::from(what - 2)]),
            Act::Customer(num, what) => self.placed(customer(num), places[usize::from(what)]),
            Act::Formula(which, what) => {
                let id = RecordId::new(field::ID, [10, 11, 12, 17][usize::from(which)]);
                let id = if which == 0 { RecordId::new(field::ID, 14) } else { id };
                let state = self.held(id).unwrap();
                let mut record = state.record;
                if what == 2 && id.num == 12 {
                    record.set(field::FORMULA, "min(positions.amount)".to_owned());
                }
                let place = if what == 0 { Residence::Trash } else { Residence::Live };
                (id, Some(RecordState { place, record }))
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Whatever steps there are, what is kept is what would be worked out anew; and the opposite step leaves what was.
    #[test]
    fn what_is_kept_is_what_formulas_say(steps in proptest::collection::vec(proptest::collection::vec(act(), 1..4), 1..9)) {
        let made = filled();
        // No link leads to a record that never was.
        made.write(vec![made.set(bill(2), &[]), made.set(bill(3), &[]), made.set(customer(2), &[])]).unwrap();
        for step in steps {
            let mut states: Vec<(RecordId, Option<RecordState>)> = Vec::new();
            for act in &step {
                let state = made.state_of(act);
                if !states.iter().any(|(id, _)| *id == state.0) {
                    states.push(state);
                }
            }
            let before: Vec<_> = states.iter().map(|(id, _)| (*id, made.held(*id))).collect();
            let entries = made.entries();
            made.write(states.clone()).unwrap();
            made.assert_sound();
            made.write(before).unwrap();
            made.assert_sound();
            prop_assert_eq!(made.entries(), entries);
            made.write(states).unwrap();
        }
    }
}

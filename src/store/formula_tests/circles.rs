//! Formulas that are worked out from one another.

use super::*;

#[test]
fn formulas_in_a_circle_are_refused_with_their_path() {
    let made = Made::new();
    let message = refused(&made, "bill", "circle", "circle + 1");
    assert!(message.ends_with("bill.circle -> bill.circle"), "{message}");
    let id = RecordId::new(field::ID, 6);
    let amount = a_field("position", "amount", Some("money"), "price * bill.pieces");
    made.write(vec![(id, Some(RecordState::live(amount)))]).unwrap();
    made.assert_sound();
    let amount = a_field("position", "amount", Some("money"), "price * (1 + bill.total / bill.total)");
    let error = made.write(vec![(id, Some(RecordState::live(amount)))]).unwrap_err();
    assert!(error.message(Lang::En).ends_with("bill.total -> position.amount -> bill.total"), "{error:?}");
    let both = vec![
        (RecordId::new(field::ID, 31), Some(RecordState::live(a_field("bill", "one", None, "other + 1")))),
        (RecordId::new(field::ID, 32), Some(RecordState::live(a_field("bill", "other", None, "one + 1")))),
    ];
    let error = made.write(both).unwrap_err();
    assert!(error.message(Lang::En).ends_with("bill.other -> bill.one -> bill.other"), "{error:?}");
    // By label, along a link and in a filter; words in quotes, of functions and of other kinds are no names.
    let two = |one: (&str, &str), other: (&str, &str)| {
        let mut second = a_field(other.0, "b", None, other.1);
        second.set(field::ZH, "乙".to_owned());
        let both = vec![
            (RecordId::new(field::ID, 31), Some(RecordState::live(a_field(one.0, "a", None, one.1)))),
            (RecordId::new(field::ID, 32), Some(RecordState::live(second))),
        ];
        made.write(both).unwrap_err().message(Lang::En)
    };
    let message = two(("bill", "乙 + 1"), ("bill", "a + 1"));
    assert!(message.ends_with("bill.b -> bill.a -> bill.b"), "{message}");
    let message = two(("position", "bill.b + 1"), ("bill", "count(positions where a.over:2)"));
    assert!(message.ends_with("bill.b -> position.a -> bill.b"), "{message}");
    let message = two(("bill", "if(pieces > 1, \"b\", \"c\") + nothing"), ("bill", "a"));
    assert!(message.starts_with("'nothing' is no field"), "{message}");
    let message = two(("bill", "b + nothing"), ("position", "bill.a + 1"));
    assert!(message.starts_with("'b' is not a field"), "{message}");
}

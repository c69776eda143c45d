//! Choosing, and pictures of it.

use proptest::prelude::*;

use super::{Answer, Choice, PickedChoices, Picker, PickerAction, PickerPurpose, Source, draw};
use crate::{
    text::Lang,
    tui::{
        line::InputEdit,
        testing::drawing::{HOSTILE, SIZES, sketch},
    },
};

fn stages() -> Picker {
    let names = [("qualify", "初步接洽", "10%"), ("needs", "需求确认", "25%"), ("proposal", "方案报价", "50%")];
    Picker::new("销售阶段", names.map(|(value, label, note)| Choice::new(value, label).note(note)).to_vec())
}

fn typed(picker: &mut Picker, text: &str) -> Answer {
    picker.update(PickerAction::Edit(InputEdit::Insert(text.to_owned())), 10)
}

fn picked(values: &[&str]) -> Answer {
    Answer::Picked(PickedChoices { values: values.iter().map(|value| (*value).to_owned()).collect() })
}

#[test]
fn typing_narrows_by_letters_codes_and_initials() {
    for (text, value) in
        [("fa", "proposal"), ("需求", "needs"), ("xuqiu", "needs"), ("QUAL", "qualify"), ("50", "proposal")]
    {
        let mut picker = stages();
        typed(&mut picker, text);
        assert_eq!(picker.update(PickerAction::Accept, 10), picked(&[value]), "{text}");
    }
    let mut picker = stages();
    typed(&mut picker, "zzz");
    assert_eq!(picker.update(PickerAction::Accept, 10), Answer::Open);
    picker.update(PickerAction::Edit(InputEdit::DeleteToStart), 10);
    assert_eq!(picker.found, [0, 1, 2]);
}

#[test]
fn the_cursor_comes_in_at_the_other_end() {
    let mut picker = stages().at("needs");
    picker.update(PickerAction::Move(1), 10);
    picker.update(PickerAction::Move(1), 10);
    assert_eq!(picker.current().map(|choice| choice.value.as_str()), Some("qualify"));
    picker.update(PickerAction::Page(1), 10);
    assert_eq!(picker.update(PickerAction::Accept, 10), picked(&["proposal"]));
    assert_eq!(picker.update(PickerAction::Close, 10), Answer::Closed);
}

#[test]
fn marks_survive_narrowing_and_come_in_the_order_of_the_choices() {
    let mut picker = stages().many(["proposal".to_owned()]);
    typed(&mut picker, "xq");
    assert_eq!(picker.found.first(), Some(&1));
    picker.update(PickerAction::Mark, 10);
    picker.update(PickerAction::Edit(InputEdit::DeleteToStart), 10);
    assert_eq!(picker.update(PickerAction::Accept, 10), picked(&["needs", "proposal"]));
    picker.update(PickerAction::Move(2), 10);
    picker.update(PickerAction::Mark, 10);
    assert_eq!(picker.update(PickerAction::Accept, 10), picked(&["needs"]));
}

#[test]
fn where_nothing_is_marked_what_was_looked_for_is_picked() {
    let mut picker = stages().many([]);
    assert_eq!(picker.update(PickerAction::Accept, 10), picked(&[]));
    typed(&mut picker, "xq");
    assert_eq!(picker.update(PickerAction::Accept, 10), picked(&["needs"]));
}

#[test]
fn the_last_mark_can_be_taken_away_after_a_search() {
    let mut picker = stages().many(["needs".to_owned()]);
    typed(&mut picker, "xq");
    picker.update(PickerAction::Mark, 10);
    assert_eq!(picker.update(PickerAction::Accept, 10), picked(&[]));
}

#[test]
fn what_is_not_there_can_be_made() {
    let mut picker = stages();
    typed(&mut picker, "Trial");
    assert_eq!(picker.update(PickerAction::Create, 10), Answer::Open);
    let mut picker = stages().creating("new stage");
    assert_eq!(picker.update(PickerAction::Create, 10), Answer::Open);
    typed(&mut picker, "方");
    assert_eq!(picker.update(PickerAction::Create, 10), Answer::Create("方".to_owned()));
    typed(&mut picker, "圆");
    assert_eq!(picker.update(PickerAction::Accept, 10), Answer::Create("方圆".to_owned()));
}

#[test]
fn answers_to_what_is_typed_no_more_are_dropped() {
    let mut picker = Picker::new("Customer", Vec::new()).asking(Source::of("customer"));
    assert_eq!(typed(&mut picker, "a"), Answer::Asked("a".to_owned()));
    assert_eq!(typed(&mut picker, "c"), Answer::Asked("ac".to_owned()));
    picker.answered("a", vec![Choice::new("C-1", "Alpha")]);
    assert_eq!(picker.current(), None);
    picker.answered("ac", vec![Choice::new("C-2", "Acme")]);
    assert_eq!(picker.update(PickerAction::Accept, 10), picked(&["C-2"]));
    typed(&mut picker, "x");
    assert_eq!(picker.update(PickerAction::Accept, 10), Answer::Open, "what is seen is not what is asked for");
    assert_eq!(picker.answered("acx", vec![Choice::new("C-3", "Acxiom")]), picked(&["C-3"]), "but what then comes is");
}

#[test]
fn the_answer_stands_where_the_words_want_it() {
    let picked = PickedChoices { values: vec!["a".to_owned(), "b".to_owned()] };
    let filled = |words: &[&str]| match PickerPurpose::words(words) {
        PickerPurpose::Words(words) => PickerPurpose::filled(&words, &picked).join(" "),
        PickerPurpose::Field => String::new(),
        PickerPurpose::Screen(name) => name.to_owned(),
    };
    assert_eq!(filled(&["deal", "move", "D-7"]), "deal move D-7 a b");
    assert_eq!(filled(&["ticket", "set", "T-1", "tag={}", "owner=me"]), "ticket set T-1 tag=a,b owner=me");
}

#[test]
fn pictures() {
    let hostile = HOSTILE.iter().enumerate().map(|(at, name)| Choice::new(format!("C-{at}"), *name).note("上海 · A"));
    let hostile: Vec<Choice> = hostile.cycle().take(40).collect();
    for (lang, word) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for size in SIZES.into_iter().take(2) {
            let mut many =
                Picker::new(HOSTILE[5], hostile.clone()).many([]).creating(lang.pick("new customer", "新建客户"));
            many.update(PickerAction::Move(-1), 10);
            many.update(PickerAction::Mark, 10);
            let mut asked = Picker::new(lang.pick("Customer", "客户"), Vec::new()).asking(Source::of("customer"));
            typed(&mut asked, HOSTILE[5]);
            for (what, picker) in [("few", stages()), ("many", many), ("asked", asked)] {
                let lines = sketch(size, lang, |look, area, buf| {
                    for y in 0..area.height {
                        buf.set_string(
                            0,
                            y,
                            "上海".repeat(usize::from(area.width) / 4),
                            look.theme.of(crate::tui::draw_context::Role::Dim),
                        );
                    }
                    let caret = draw(&picker, look, area, buf);
                    assert!(area.contains(caret));
                });
                insta::assert_snapshot!(format!("{word}_{}_{what}", size.0), lines.join("\n"));
            }
        }
    }
}

fn act() -> impl Strategy<Value = PickerAction> {
    prop_oneof![
        (-3_isize..3).prop_map(PickerAction::Move),
        (-2_isize..2).prop_map(PickerAction::Page),
        Just(PickerAction::Mark),
        Just(PickerAction::Create),
        Just(PickerAction::Accept),
        "[a-z 上方\u{301}]{0,2}".prop_map(|text| PickerAction::Edit(InputEdit::Insert(text))),
        prop::sample::select(crate::keymap::ACTIONS)
            .prop_filter_map("no edit", |action| PickerAction::named(action.words)),
    ]
}

proptest! {
    #[test]
    fn any_acts_are_survived(acts in prop::collection::vec(act(), 0..40), many in any::<bool>(), wide in 4_u16..90, high in 1_u16..30) {
        let mut picker = stages();
        if many {
            picker = picker.many([]).creating("new");
        }
        for act in acts {
            let height = picker.height(high);
            picker.update(act, height);
            prop_assert!(picker.cursor < picker.found.len().max(1));
        }
        sketch((wide, high), Lang::Zh, |look, area, buf| { draw(&picker, look, area, buf); });
    }
}

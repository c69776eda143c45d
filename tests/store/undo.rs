//! Everything can be undone: random steps, then back to the start and forward to the end again.

use crm::{
    commit::{self, Context, Receipt, UndoScope, WritePlan},
    domain::{Instant, Record, customer},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::{
    define::DEFINITIONS,
    steps::{COMMANDS, Step, context, filled, open, picture, sound, step, step_for_good, take, with_colleague},
};

/// Enough for every run of the tests; `PROPTEST_CASES` asks for more.
pub(super) fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_is_the_start_and_redoing_it_the_end(steps in prop::collection::vec(step(), 1..30)) {
        let store = open();
        let start = picture(&store);
        let mut at = 1;
        for step in &steps {
            take(&store, step, at);
            at += 1;
        }
        sound(&store);
        let end = picture(&store);
        let mut undone = 0;
        while take(&store, &Step::Undo, at + undone) {
            undone += 1;
        }
        sound(&store);
        prop_assert_eq!(&picture(&store), &start);
        for count in 0..undone {
            prop_assert!(take(&store, &Step::Redo, at + undone + count), "redo {count} of {undone}");
        }
        sound(&store);
        prop_assert_eq!(&picture(&store), &end);
    }
}

/// What is kept beside the records is what would be made of them anew, after very many steps. `CRM_TEST_FULL=1` takes a
/// hundred thousand of them.
#[test]
fn what_is_kept_stays_true_through_random_steps() {
    let full = std::env::var_os("CRM_TEST_FULL").is_some_and(|full| full == "1");
    let (count, looks) = if full { (100_000, 20_000) } else { (1_500, 500) };
    let store = open();
    with_colleague(&store);
    let mut runner = TestRunner::deterministic();
    let steps = prop_oneof![40 => step(), 1 => step_for_good()];
    let mut written = 0;
    for at in 1..=count {
        let step = steps.new_tree(&mut runner).unwrap().current();
        written += i64::from(take(&store, &step, at));
        if at % looks == 0 {
            sound(&store);
        }
    }
    assert!(written > count / 3, "{written} of {count} steps wrote anything");
    let before = picture(&store);
    assert_eq!(commit::mend(&store, || Instant(0), &mut |_, _| {}).unwrap(), 0);
    assert_eq!(picture(&store), before);
}

#[test]
fn every_random_step_finds_something_to_do() {
    let store = filled();
    let mut at = 1_000;
    let mut writes = |step: &dyn Fn(u8) -> Step| {
        (0..=u8::MAX).any(|which| {
            at += 1;
            take(&store, &step(which), at)
        })
    };
    for what in 0..COMMANDS {
        assert!(writes(&|which| Step::Say { what, which, other: which.wrapping_mul(7) }), "command {what}");
    }
    for (rows, back) in [(0, false), (200, true)] {
        assert!(writes(&|which| Step::Import { rows, from: which }), "import of {rows}");
        assert!(writes(&|which| Step::Sweep { what: which, which, back }), "sweep, back: {back}");
    }
    assert!(writes(&|which| Step::Purge { what: which, which }));
}

#[test]
fn every_random_definition_finds_something_to_do() {
    let store = open();
    let mut at = 0;
    let mut writes = |step: &dyn Fn(u8) -> Step| {
        (0..=u8::MAX).any(|which| {
            at += 1;
            take(&store, &step(which), at)
        })
    };
    assert!(writes(&|name| Step::Add { what: 0, name, link: 0, more: 1 }));
    // Every field; the second line is the first once more.
    for other in 0..8 {
        assert!(writes(&|which| Step::Define { what: 0, which, other }), "field {other}");
    }
    // Whether the kind goes depends on what there is of it.
    for what in 2..DEFINITIONS - 1 {
        let step = |which: u8| Step::Define { what, which, other: which.wrapping_mul(7) };
        assert!(writes(&step), "definition {what}");
    }
}

/// What is undone, or done again, on the command line is so for an open session too.
#[test]
fn a_session_undoes_only_what_still_stands() {
    let store = open();
    let at = |second: i64, session: Option<&str>| Context { session: session.map(str::to_owned), ..context(second) };
    let mine = Some("screen");
    let add = |second: i64, name: &str| {
        let receipt = commit::commit(&store, &at(second, mine), &mut |reader| {
            let mut record = Record::new();
            record.set(customer::NAME, name.to_owned());
            let mut plan = WritePlan::new();
            plan.add(reader, customer::ID, record)?;
            Ok(plan)
        });
        receipt.unwrap().touched[0]
    };
    let (first, second) = (add(1, "First"), add(2, "Second"));
    let session = UndoScope::Session("screen".to_owned());
    let touched = |receipt: crm::error::Result<Receipt>| receipt.map(|receipt| receipt.touched);
    assert_eq!(touched(commit::undo(&store, &at(3, None), &UndoScope::Mine)), Ok(vec![second]));
    assert_eq!(touched(commit::undo(&store, &at(4, mine), &session)), Ok(vec![first]));
    assert!(commit::undo(&store, &at(5, mine), &session).is_err(), "nothing of the session stands");
    // Done again elsewhere it stands again.
    assert_eq!(touched(commit::redo(&store, &at(6, None), &UndoScope::Mine)), Ok(vec![first]));
    assert_eq!(touched(commit::undo(&store, &at(7, mine), &session)), Ok(vec![first]));
}

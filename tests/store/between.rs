//! What others write between a plan and its step: what was read is not read again, and what was agreed to is what is done.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use crm::{
    command::op::Answer,
    commit::{Input, StepPreview, input::IdLine},
    error::{Error, Result},
    store::{RecordChange, Store},
};

use super::{
    steps::{context, open},
    unseen::{Watcher, run_before},
};

/// A person who says yes to everything, while somebody else works.
#[derive(Default)]
struct Person {
    /// What the other one does, a line before each answer.
    meanwhile: VecDeque<&'static str>,
    /// Whether only what is asked about gives the other one time.
    foresees: bool,
    /// What this person was shown in an earlier run.
    agreed: Option<StepPreview>,
    /// Whether this person says no.
    no: bool,
    asked: Vec<String>,
    shown: Vec<StepPreview>,
}

fn say(store: &Store, line: &str, input: Input, person: &mut Person) -> Result<()> {
    let context = crm::commit::Context { input, ..context(9) };
    run_before(store, &context, line, &mut Asked { store, person })
}

fn ok(store: &Store, line: &str) {
    say(store, line, Input::default(), &mut Person { foresees: true, ..Person::default() }).unwrap();
}

fn count(store: &Store, filter: &str) -> String {
    let mut person = Person::default();
    say(store, &format!("customer count {filter}"), Input::default(), &mut person).unwrap();
    person.asked.concat()
}

struct Asked<'a> {
    store: &'a Store,
    person: &'a mut Person,
}

impl Watcher for Asked<'_> {
    fn read(&mut self, answer: &Answer<'_>) {
        if let Answer::Number(number) = answer {
            self.person.asked.push(number.to_string());
        }
    }

    fn foresee(&mut self, changes: &[RecordChange]) -> Result<()> {
        self.person.shown.push(StepPreview::of(changes));
        if self.person.foresees
            && let Some(line) = self.person.meanwhile.pop_front()
        {
            ok(self.store, line);
        }
        Ok(())
    }

    fn agreed(&self) -> Option<StepPreview> {
        self.person.agreed
    }

    fn ask_again(&mut self) {
        self.person.agreed = None;
    }

    fn answer(&mut self, question: &str) -> Result<()> {
        self.person.asked.push(question.to_owned());
        if let Some(line) = self.person.meanwhile.pop_front() {
            ok(self.store, line);
        }
        let no = || Error::new(crm::error::ErrorKind::Declined, crm::text::Said::same("no"));
        if self.person.no { Err(no()) } else { Ok(()) }
    }

    fn can_ask(&self) -> bool {
        self.person.agreed.is_none()
    }

    fn is_person(&self) -> bool {
        true
    }
}

/// A store with so many customers in a city.
fn with_customers(n: usize) -> Store {
    let store = open();
    for n in 0..n {
        ok(&store, &format!("customer add \"Customer {n}\" city=del"));
    }
    store
}

#[test]
fn a_step_that_is_planned_again_finds_the_same_text_and_the_same_ids() {
    let store = with_customers(2);
    let lines = vec![IdLine { line: 1, word: Ok("C-2".to_owned()) }];
    let texts = BTreeMap::from([("/dev/fd/63".to_owned(), Ok(Arc::from("from a pipe")))]);
    let mut person = Person { foresees: true, meanwhile: ["customer set C-1 grade=B"].into(), ..Person::default() };
    let line = "customer set - city=Oslo note=@/dev/fd/63";
    say(&store, line, Input::new(Some(lines), texts), &mut person).unwrap();
    assert_eq!((count(&store, "city:Oslo"), count(&store, "note~pipe")), ("1".to_owned(), "1".to_owned()));
    assert_eq!((person.shown.len(), person.asked.len()), (1, 0));
}

#[test]
fn what_was_agreed_to_is_what_is_done_or_it_is_asked_again() {
    let bulk = "customer rm --where city:del";
    // One more record; then one of them has a field more, which a removal does not change.
    let store = with_customers(4);
    let meanwhile = ["customer add More city=del", "customer set C-1 note=kept"].into();
    let mut person = Person { meanwhile, ..Person::default() };
    say(&store, bulk, Input::default(), &mut person).unwrap();
    assert_eq!(person.asked, ["Move 4 records to the trash?", "Move 5 records to the trash?"]);
    assert_eq!(count(&store, ""), "0");

    // Somebody who works on something else is no reason to ask again.
    let store = with_customers(5);
    let mut person = Person { meanwhile: ["customer add Other city=Oslo"].into(), ..Person::default() };
    say(&store, bulk, Input::default(), &mut person).unwrap();
    assert_eq!(person.asked, ["Move 5 records to the trash?"]);
    assert_eq!(count(&store, ""), "1");

    // Whoever says no has changed nothing.
    let store = with_customers(4);
    let mut person = Person { no: true, ..Person::default() };
    assert!(say(&store, bulk, Input::default(), &mut person).is_err());
    assert_eq!(count(&store, ""), "4");
}

#[test]
fn other_values_than_those_shown_are_asked_about_too() {
    let store = with_customers(21);
    let set = "customer set --all city=Rome";
    let mut person = Person { meanwhile: ["customer set C-3 city=Oslo"].into(), ..Person::default() };
    say(&store, set, Input::default(), &mut person).unwrap();
    assert_eq!(person.asked.len(), 2, "{:?}", person.asked);
    assert_eq!(count(&store, "city:Rome"), "21");
    let mut person = Person { meanwhile: ["customer set C-3 grade=B"].into(), ..Person::default() };
    say(&store, "customer set --all city=Bonn", Input::default(), &mut person).unwrap();
    assert_eq!(person.asked.len(), 1, "another field is nobody's business here: {:?}", person.asked);
}

#[test]
fn what_grows_beyond_the_limit_unseen_is_asked_about() {
    let store = with_customers(3);
    let meanwhile = ["customer add More city=del"].into();
    let mut person = Person { foresees: true, meanwhile, ..Person::default() };
    say(&store, "customer rm --where city:del", Input::default(), &mut person).unwrap();
    assert_eq!(person.asked, ["Move 4 records to the trash?"]);
}

#[test]
fn an_answer_that_comes_in_a_later_run_is_about_what_was_shown() {
    let store = with_customers(4);
    let bulk = "customer rm --where city:del";
    let mut person = Person { no: true, ..Person::default() };
    assert!(say(&store, bulk, Input::default(), &mut person).is_err());
    let agreed = person.shown.first().copied();
    ok(&store, "customer add More city=del");
    let mut person = Person { agreed, no: true, ..Person::default() };
    assert!(say(&store, bulk, Input::default(), &mut person).is_err());
    assert_eq!(person.asked, ["Move 5 records to the trash?"]);
    let mut person = Person { agreed: person.shown.first().copied(), ..Person::default() };
    say(&store, bulk, Input::default(), &mut person).unwrap();
    assert_eq!((person.asked.len(), count(&store, "")), (0, "0".to_owned()));
}

#[test]
fn what_goes_for_good_is_what_was_agreed_to() {
    let store = with_customers(2);
    ok(&store, "customer rm C-1 C-2");
    let mut person = Person { meanwhile: ["customer restore C-1"].into(), ..Person::default() };
    say(&store, "customer purge C-1 C-2", Input::default(), &mut person).unwrap();
    let question = "Remove 2 records for good? This cannot be undone.";
    assert_eq!(person.asked, [question, question], "one of them is in use again");
}

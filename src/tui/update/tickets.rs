//! What only the queue does.

use crate::{
    domain::{RecordId, choices::PRIORITIES, ticket},
    tui::{
        action::Verb,
        desk::Outcome,
        picker::{Choice, For, Picker},
        state::State,
    },
};

use super::{dispatch::Table, fill::begin, verbs::ask};

pub(super) const ACTIONS: Table = &[
    ("ticket reply", |state, _, effects| ask(state, Verb::Ticket("reply"), effects)),
    ("ticket note", |state, _, effects| ask(state, Verb::Ticket("note"), effects)),
    ("ticket priority", |state, _, _| priority(state)),
    ("ticket merge", |state, _, _| begin(state, "ticket merge {ticket} ")),
    ("ticket satisfaction", |state, _, _| begin(state, "ticket rate {ticket} ")),
];

/// Opens the priorities for the tickets at hand, the most urgent first.
fn priority(state: &mut State) {
    let tickets: Vec<RecordId> = state.subject().into_iter().filter(|id| id.kind == ticket::ID).collect();
    if tickets.is_empty() {
        return;
    }
    let lang = state.lang;
    let choices = PRIORITIES.iter().rev().map(|choice| Choice::new(choice.code, lang.pick(choice.en, choice.zh)));
    let words = ["ticket", "set"].into_iter().map(str::to_owned);
    let words = words.chain(tickets.iter().map(ToString::to_string)).chain(["priority={}".to_owned()]).collect();
    let picker = Picker::new(lang.pick("Priority", "优先级"), choices.collect());
    state.picker = Some((picker, For::Words(words)));
}

/// The ticket that somebody has just taken from the queue, and now wants to read.
pub(super) fn claimed(outcome: &Outcome) -> Option<RecordId> {
    let [noun, verb, ..] = outcome.words.as_slice() else { return None };
    let takes = outcome.stepped && (noun.as_str(), verb.as_str()) == (ticket::KIND.noun, "next");
    outcome.about.first().copied().filter(|_| takes)
}

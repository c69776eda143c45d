//! What only the queue does.

use crate::{
    domain::{RecordId, choices::PRIORITIES, ticket},
    query::queue::QueueRow,
    text::scrub,
    tui::{
        desk::Outcome,
        picker::{Choice, For, Picker},
        state::State,
    },
};

use super::{Effects, dispatch::Table, fill::begin, verbs::gesture};

pub(super) const ACTIONS: Table = &[
    ("ticket reply", |state, _, effects| gesture(state, "ticket reply", effects)),
    ("ticket note", |state, _, effects| gesture(state, "ticket note", effects)),
    ("ticket priority", |state, _, _| priority(state)),
    ("ticket merge", |state, _, effects| merge(state, effects)),
    ("ticket satisfaction", |state, _, effects| gesture(state, "ticket satisfaction", effects)),
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

/// Opens the other tickets of the queue that are at hand, for this one to be merged into: those of its customer first.
fn merge(state: &mut State, effects: &mut Effects) {
    let Some(id) = state.here().filter(|id| id.kind == ticket::ID) else { return };
    let rows = state.tickets.roll.rows();
    let of = |id: RecordId| rows.iter().find(|row| row.id == id).and_then(|row| row.customer.as_ref());
    let own = of(id).map(|(customer, _)| *customer);
    let mut others: Vec<_> = rows.iter().filter(|row| row.id != id).collect();
    others.sort_by_key(|row| row.customer.as_ref().map(|(customer, _)| *customer) != own || own.is_none());
    let choice = |row: &&QueueRow| {
        let customer = row.customer.as_ref().map_or("", |(_, name)| name);
        Choice::new(row.id.to_string(), scrub(&row.subject)).note(scrub(&format!("{} · {customer}", row.id)))
    };
    let choices: Vec<Choice> = others.iter().map(choice).collect();
    if choices.is_empty() {
        return begin(state, "ticket merge {ticket} ", effects);
    }
    let title = state.lang.pick(format!("Merge {id} into"), format!("将 {id} 并入"));
    let words = For::words(&["ticket", "merge", &id.to_string()]);
    state.picker = Some((Picker::new(title, choices), words));
}

/// The ticket that somebody has just taken from the queue, and now wants to read.
pub(super) fn claimed(outcome: &Outcome) -> Option<RecordId> {
    let [noun, verb, ..] = outcome.words.as_slice() else { return None };
    let takes = outcome.stepped && (noun.as_str(), verb.as_str()) == (ticket::KIND.noun, "next");
    outcome.about.first().copied().filter(|_| takes)
}

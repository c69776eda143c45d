//! What only the queue does.

use crate::{
    command::Noun,
    domain::{RecordId, Schema, choices::PRIORITIES, customer, ticket},
    grammar::{self, Request},
    tui::{
        answer_collector::Outcome,
        picker::{Choice, Picker, PickerPurpose, Source},
        state::State,
    },
};

use crate::tui::update::{Effects, form, placeholders::linked, table::ActionTable, verbs::gesture};

pub const ACTIONS: ActionTable = &[
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
    state.picker = Some((picker, PickerPurpose::Words(words)));
}

/// Asks into which open ticket this one is to be merged: those of its customer come first.
fn merge(state: &mut State, effects: &mut Effects) {
    let Some(id) = state.here().filter(|id| id.kind == ticket::ID) else { return };
    let customer = linked(state, customer::ID);
    let source = Source {
        filter: format!("status.not:resolved,closed not id:{id}"),
        first: customer.map(|customer| format!("customer:{customer}")).unwrap_or_default(),
        ..Source::of(ticket::KIND.noun)
    };
    let title = state.lang.pick(format!("Merge {id} into"), format!("将 {id} 并入"));
    let picker = Picker::new(title, Vec::new()).asking(source);
    form::ask(state, &picker, effects);
    state.picker = Some((picker, PickerPurpose::words(&["ticket", "merge", &id.to_string()])));
}

/// The ticket that somebody has just taken from the queue, and now wants to read.
pub fn claimed(schema: &'static Schema, outcome: &Outcome) -> Option<RecordId> {
    let Ok(Request::Run(op, ..)) = grammar::request(schema, outcome.words.clone()) else { return None };
    let takes = outcome.stepped && (op.noun, op.verb) == (Noun::Kind(ticket::KIND.noun), "next");
    outcome.about.first().copied().filter(|_| takes)
}

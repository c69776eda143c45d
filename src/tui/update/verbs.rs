//! What is done to the records at hand: those marked, else the one under the cursor.

use crate::tui::{
    action::Verb,
    layer::Layer,
    line::Line,
    panes::Pane,
    prompts,
    state::{Bar, State},
};

use super::{Effects, dispatch::Table, failed, fill::answered};

pub(super) const ACTIONS: Table = &[
    ("log call", |state, _, effects| ask(state, Verb::Log("call"), effects)),
    ("log visit", |state, _, effects| ask(state, Verb::Log("visit"), effects)),
    ("log meeting", |state, _, effects| ask(state, Verb::Log("meeting"), effects)),
    ("log email", |state, _, effects| ask(state, Verb::Log("email"), effects)),
    ("log message", |state, _, effects| ask(state, Verb::Log("message"), effects)),
    ("log note", |state, _, effects| ask(state, Verb::Log("note"), effects)),
    ("follow up", |state, _, effects| ask(state, Verb::FollowUp, effects)),
    ("finish", |state, _, effects| ask(state, Verb::Done, effects)),
    ("snooze", |state, _, effects| ask(state, Verb::Snooze, effects)),
    ("assign", |state, _, effects| ask(state, Verb::Assign, effects)),
    ("trash", |state, _, effects| ask(state, Verb::Trash, effects)),
];

/// Asks for the words of a verb that are not known yet, and runs it.
pub(super) fn ask(state: &mut State, verb: Verb, effects: &mut Effects) {
    let mut subject = state.subject();
    if verb == Verb::FollowUp && state.layer() == Layer::Pane(Pane::Agenda) {
        // What follows a follow-up is planned for its customer.
        subject = state.customer().into_iter().collect();
    }
    match prompts::ask(verb, &subject, state.lang) {
        Err(error) => failed(state, error),
        Ok((words, steps)) if steps.is_empty() => {
            state.prompted = subject;
            answered(state, words, effects);
        }
        Ok((words, steps)) => {
            state.prompted = subject;
            state.bar = Bar::Prompt { words, steps, line: Line::default() };
        }
    }
}

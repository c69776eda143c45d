//! What is done to the records at hand: those marked, else the one under the cursor.

use crate::{
    domain::{ticket, user},
    tui::{
        form::{FormTarget, PROMPTED},
        layer::Layer,
        panes::Pane,
        picker::{Picker, PickerPurpose, Source},
        state::State,
    },
};

use super::{Effects, failed, form, placeholders::nothing_here, run, table::ActionTable};

pub const ACTIONS: ActionTable = &[
    ("log call", |state, _, effects| gesture(state, "log call", effects)),
    ("log visit", |state, _, effects| gesture(state, "log visit", effects)),
    ("log meeting", |state, _, effects| gesture(state, "log meeting", effects)),
    ("log email", |state, _, effects| gesture(state, "log email", effects)),
    ("log message", |state, _, effects| gesture(state, "log message", effects)),
    ("log note", |state, _, effects| gesture(state, "log note", effects)),
    ("follow up", |state, _, effects| {
        if state.layer() == Layer::Pane(Pane::Agenda) {
            // What follows a follow-up is planned for its customer.
            let customer: Vec<_> = state.customer().into_iter().collect();
            return form::open(state, FormTarget::gesture("follow up", &customer), effects);
        }
        gesture(state, "follow up", effects);
    }),
    ("finish", |state, _, effects| gesture(state, "finish", effects)),
    ("snooze", |state, _, effects| gesture(state, "snooze", effects)),
    ("assign", |state, _, effects| assign(state, effects)),
    ("trash", |state, _, effects| trash(state, effects)),
];

/// Opens a small form for the records at hand.
pub fn gesture(state: &mut State, name: &str, effects: &mut Effects) {
    let subject = state.subject();
    form::open(state, FormTarget::gesture(name, &subject), effects);
}

/// The noun of the records at hand and their ids.
fn at_hand(state: &mut State) -> Option<(&'static str, Vec<String>)> {
    let subject = state.subject();
    let noun = subject.first().and_then(|id| state.schema.kind(id.kind)).map(|kind| kind.noun);
    if noun.is_none() {
        let error = nothing_here(state, None);
        failed(state, error);
    }
    noun.map(|noun| (noun, subject.iter().map(ToString::to_string).collect()))
}

fn trash(state: &mut State, effects: &mut Effects) {
    let Some((noun, ids)) = at_hand(state) else { return };
    let words = [noun.to_owned(), "rm".to_owned()].into_iter().chain(ids).collect();
    run(state, words, effects);
}

fn assign(state: &mut State, effects: &mut Effects) {
    let Some((noun, ids)) = at_hand(state) else { return };
    state.prompted = state.subject();
    let words = match noun == ticket::KIND.noun {
        true => PickerPurpose::words(&[noun, "assign", PROMPTED, "{}"]),
        false => {
            let words = [noun, "set"].map(str::to_owned).into_iter();
            PickerPurpose::Words(words.chain(ids).chain(["owner={}".to_owned()]).collect())
        }
    };
    let picker = Picker::new(state.lang.pick("Hand over to", "分配给"), Vec::new()).asking(Source::of(user::KIND.noun));
    form::ask(state, &picker, effects);
    state.picker = Some((picker, words));
}

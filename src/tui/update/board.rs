//! What only the board does.

use crate::{
    domain::stage,
    tui::{
        form::PROMPTED,
        picker::{For, Picker},
        state::State,
    },
};

use super::{Effects, dispatch::Table, fill::say, form, verbs::gesture};

pub(super) const ACTIONS: Table = &[
    ("card left", |state, _, effects| say(state, "deal move {deal} previous", effects)),
    ("card stage", |state, _, effects| stages(state, effects)),
    ("card won", |state, _, effects| gesture(state, "card won", effects)),
    ("card lost", |state, _, effects| gesture(state, "card lost", effects)),
];

/// To a stage of the pipeline that is shown.
fn stages(state: &mut State, effects: &mut Effects) {
    state.prompted = state.subject();
    let picker = Picker::new(state.lang.pick("To which stage?", "移到哪个阶段？"), Vec::new()).asking(stage::KIND.noun);
    form::ask(state, &picker, effects);
    state.picker = Some((picker, For::words(&["deal", "move", PROMPTED])));
}

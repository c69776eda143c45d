//! What only the board does.

use crate::{
    domain::{RecordId, deal, stage},
    tui::{
        form::PROMPTED,
        panes::{Action as List, Pane, pipeline::To},
        picker::{Choice, For, Picker},
        state::State,
    },
};

use super::{
    dispatch::Table,
    fill::say,
    lists::{list, reread},
    verbs::gesture,
};

pub(super) const ACTIONS: Table = &[
    ("card left", |state, _, effects| say(state, "deal move {deal} previous", effects)),
    ("card stage", |state, _, _| stages(state)),
    ("card won", |state, _, effects| gesture(state, "card won", effects)),
    ("card lost", |state, _, effects| gesture(state, "card lost", effects)),
    ("column first", |state, _, _| list(state, List::FirstColumn)),
    ("column last", |state, _, _| list(state, List::LastColumn)),
    ("pipeline next", |state, _, effects| match state.pipeline.next_pipeline() {
        true => effects.extend(reread(state)),
        false => {
            let words = state.lang.pick("There is no other pipeline", "没有其他销售流程");
            state.toast = Some(words.to_owned());
        }
    }),
];

/// To a stage of the pipeline that is shown.
fn stages(state: &mut State) {
    state.prompted = state.subject();
    let lang = state.lang;
    let stages = state.pipeline.stages().iter();
    let stages = stages.map(|column| Choice::new(column.stage.to_string(), stage::display_name(&column.name, lang)));
    let picker = Picker::new(state.lang.pick("To which stage?", "移到哪个阶段？"), stages.collect());
    let here = state.pipeline.stage().map(|id| id.to_string()).unwrap_or_default();
    let picker = picker.at(&here);
    state.picker = Some((picker, For::words(&["deal", "move", PROMPTED])));
}

/// Shows at once what words are going to do to the board; what the store says afterwards stands instead.
pub(super) fn foresee(state: &mut State, words: &[String]) {
    let [noun, verb, rest @ ..] = words else { return };
    if state.pane != Pane::Pipeline || (noun.as_str(), verb.as_str()) != (deal::KIND.noun, "move") {
        return;
    }
    let deals: Vec<RecordId> =
        rest.iter().map_while(|word| RecordId::parse(word, None).filter(|id| id.kind == deal::ID)).collect();
    if let Some(to) = rest.get(deals.len()).and_then(|word| To::said(word, &state.pipeline)) {
        state.pipeline.moved(&deals, to);
    }
}

//! What only the board does.

use crate::{
    domain::{RecordId, deal, stage},
    tui::{
        panes::Action as List,
        picker::{Choice, Picker, PickerPurpose},
        state::State,
    },
};

use crate::tui::update::{
    failed,
    lists::{list, reread},
    placeholders::{self, say},
    table::ActionTable,
};

pub const ACTIONS: ActionTable = &[
    ("card left", |state, _, effects| say(state, "deal move {deal} previous", effects)),
    ("card stage", |state, _, _| stages(state)),
    ("card won", |state, _, effects| say(state, "deal move {deal} won", effects)),
    ("card lost", |state, _, _| reasons(state)),
    ("column first", |state, _, _| list(state, List::FirstColumn)),
    ("column last", |state, _, _| list(state, List::LastColumn)),
    ("pipeline next", |state, _, effects| match state.board.next_pipeline() {
        true => effects.extend(reread(state)),
        false => {
            let words = state.lang.pick("There is no other pipeline", "没有其他销售流程");
            state.toast = Some(words.to_owned());
        }
    }),
];

/// Why deals are lost, most often: English, Chinese. What else is typed is a reason too.
const REASONS: [(&str, &str); 7] = [
    ("price", "价格"),
    ("a competitor", "竞争对手"),
    ("no budget", "没有预算"),
    ("delivery time", "交期"),
    ("does not fit the need", "不符合需求"),
    ("no decision", "未作决定"),
    ("no answer any more", "失去联系"),
];

/// The words of a move of the deals at hand, up to the stage; where there is none, it is said.
fn moving(state: &mut State) -> Option<Vec<String>> {
    let deals: Vec<RecordId> = state.subject().into_iter().filter(|id| id.kind == deal::ID).collect();
    if deals.is_empty() {
        let error = placeholders::nothing_here(state, Some(state.schema.table(&deal::KIND)));
        failed(state, error);
        return None;
    }
    let words = ["deal", "move"].into_iter().map(str::to_owned).chain(deals.iter().map(ToString::to_string));
    Some(words.collect())
}

/// Opens the stages of the pipeline for the deals at hand, beginning at their own.
fn stages(state: &mut State) {
    let Some(words) = moving(state) else { return };
    let lang = state.lang;
    let choice = |column: &crate::read_model::board::BoardColumn| {
        let name = stage::display_name(&column.name, lang);
        Choice::new(column.stage.to_string(), name).note(column.count.to_string())
    };
    let choices = state.board.stages().iter().map(choice).collect();
    let here = state.board.stage().map(|stage| stage.to_string()).unwrap_or_default();
    let picker = Picker::new(lang.pick("To which stage?", "移到哪个阶段？"), choices).at(&here);
    state.picker = Some((picker, PickerPurpose::Words(words)));
}

/// Opens the reasons why the deals at hand are lost.
fn reasons(state: &mut State) {
    let Some(mut words) = moving(state) else { return };
    words.extend(["lost".to_owned(), "lost_reason={}".to_owned()]);
    let lang = state.lang;
    let choices = REASONS.iter().map(|(en, zh)| Choice::new(lang.pick(*en, *zh), lang.pick(*en, *zh)));
    let picker = Picker::new(lang.pick("Why was it lost?", "输单原因？"), choices.collect())
        .creating(lang.pick("another reason", "其他原因"));
    state.picker = Some((picker, PickerPurpose::Words(words)));
}

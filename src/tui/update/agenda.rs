//! What only the agenda does.

use crate::tui::{
    panes::{Action as List, agenda::NARROW},
    state::State,
};

use crate::tui::update::{
    lists::{list, reread},
    table::ActionTable,
};

pub const ACTIONS: ActionTable = &[
    ("calendar", |state, _, _| calendar(state)),
    ("calendar next", |state, _, _| list(state, List::NextMonth)),
    ("calendar previous", |state, _, _| list(state, List::PreviousMonth)),
    ("calls", |state, _, effects| {
        let question = &mut state.agenda.question;
        question.calls = !question.calls;
        effects.extend(reread(state));
    }),
];

/// Shows the month beside the list or sends it away; where it finds no room, that is said.
fn calendar(state: &mut State) {
    let lang = state.lang;
    let said = if state.agenda.question.calls {
        lang.pick("The call list has no calendar".to_owned(), "电话清单没有月历".to_owned())
    } else if state.plain {
        lang.pick("The plain screen has no calendar".to_owned(), "简洁显示下没有月历".to_owned())
    } else if !state.agenda.has_room(state.size.0) {
        let now = state.size.0;
        lang.pick(
            format!("The calendar needs {NARROW} columns, and there are {now}"),
            format!("月历需要至少 {NARROW} 列，当前为 {now} 列"),
        )
    } else {
        return list(state, List::Calendar);
    };
    state.toast = Some(said);
}

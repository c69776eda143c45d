//! Steps of this session, back and forth.

use super::{placeholders::say, run, table::ActionTable};

pub const ACTIONS: ActionTable = &[
    ("repeat", |state, _, effects| match state.repeat.clone() {
        Some(words) => say(state, &words, effects),
        None => {
            let said = state.lang.pick("Nothing was changed yet that could be repeated", "尚无可重复的修改");
            state.toast = Some(said.to_owned());
        }
    }),
    ("undo", |state, _, effects| run(state, vec!["undo".to_owned()], effects)),
    ("redo", |state, _, effects| run(state, vec!["redo".to_owned()], effects)),
];

//! What came back from the store's thread for forms and their lists of choices.

use crate::tui::{
    form::{Draft, FormResponse},
    hints::key,
    picker::Answer,
    state::State,
};

use super::{Effects, form, picking};

/// What came back from the store's thread.
pub fn told(state: &mut State, news: FormResponse, effects: &mut Effects) {
    match news {
        FormResponse::Opened(made) => form::opened(state, *made, effects),
        FormResponse::Tried(number, turn, tried) => {
            if let Some(form) = state.forms.iter_mut().find(|form| form.number == number) {
                form.tried(turn, *tried);
            }
        }
        FormResponse::Found(typed, choices) => {
            if let Some((picker, _)) = &mut state.picker {
                let answer = picker.answered(&typed, choices);
                if answer != Answer::Open {
                    picking::done(state, answer, effects);
                }
            }
        }
        FormResponse::Compared(number, version, held) => {
            if let Some(form) = state.forms.iter_mut().find(|form| form.number == number)
                && form.compare(&held, version)
            {
                form::save(state, effects);
            }
        }
        FormResponse::Left(drafts) => {
            let open = key(state, "draft open");
            state.toast = match drafts.as_slice() {
                [] => None,
                [Draft { title, .. }] => Some(state.lang.pick(
                    format!("A form was left unfinished: {title}. {open} brings it back"),
                    format!("有未完成的表单：{title}。{open} 可恢复"),
                )),
                [.., Draft { title, .. }] => Some(state.lang.pick(
                    format!("{} forms were left unfinished. {open} brings them back, first {title}", drafts.len()),
                    format!("有 {} 个未完成的表单。{open} 逐个恢复，先是 {title}", drafts.len()),
                )),
            };
            state.kept.splice(0..0, drafts).for_each(drop);
        }
    }
}

//! Words of an operation, with the records at hand in place of what stands for them.

use crate::{
    domain::{KindId, RecordId, kind_named},
    error::{Error, Result},
    keymap::PLACEHOLDERS,
    ops::spoken,
    tui::{
        layer::Layer,
        line::Line,
        reading::Sort,
        state::{Bar, State},
    },
};

use super::{Effects, failed, run};

/// Runs an operation on the records at hand.
pub(super) fn say(state: &mut State, words: &str, effects: &mut Effects) {
    match filled(state, words) {
        Ok(words) => run(state, words, effects),
        Err(error) => failed(state, error),
    }
}

/// Puts an operation on the command line, to be completed.
pub(super) fn begin(state: &mut State, words: &str) {
    match filled(state, words) {
        Ok(filled) => {
            let open = if words.ends_with(['=', ':']) { "" } else { " " };
            state.bar = Bar::Palette(Line::new(format!("{}{open}", spoken::join(filled))), 0);
        }
        Err(error) => failed(state, error),
    }
}

/// The words, each placeholder replaced: a word of its own by as many ids as there are records, a part of a word by one.
fn filled(state: &State, words: &str) -> Result<Vec<String>> {
    let mut filled = Vec::new();
    for word in spoken::split(words)? {
        let Some((before, name, after)) = placeholder(&word) else {
            filled.push(word);
            continue;
        };
        let ids = at_hand(state, name)?;
        match (ids.as_slice(), before.is_empty() && after.is_empty()) {
            (ids, true) => filled.extend(ids.iter().map(ToString::to_string)),
            ([id], false) => filled.push(format!("{before}{id}{after}")),
            (ids, false) => {
                let lang = state.lang;
                return Err(Error::usage(lang.pick(
                    format!("{} records are marked, and this is for one", ids.len()),
                    format!("已标记 {} 条记录，此操作只能用于一条", ids.len()),
                ))
                .hint(lang.pick("Esc takes the marks away", "按 Esc 取消标记")));
            }
        }
    }
    Ok(filled)
}

/// The first placeholder of a word, and what stands around it.
fn placeholder(word: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = word.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    PLACEHOLDERS.contains(&name).then_some((before, name, after))
}

/// The records that a placeholder stands for.
fn at_hand(state: &State, name: &str) -> Result<Vec<RecordId>> {
    let subject = state.subject();
    let kind = kind_named(name).map(|kind| kind.id);
    let fits = |id: &RecordId| kind.is_none_or(|kind| id.kind == kind);
    if !subject.is_empty() && subject.iter().all(fits) {
        return Ok(subject);
    }
    if let (Some(kind), true) = (kind, subject.len() == 1)
        && let Some(id) = linked(state, kind)
    {
        return Ok(vec![id]);
    }
    let lang = state.lang;
    let what = kind_named(name).map_or_else(|| lang.pick("record", "记录"), |kind| kind.label(lang));
    Err(Error::usage(lang.pick(format!("There is no {} here", what.to_lowercase()), format!("此处没有{what}"))))
}

/// The record of a kind that the row at hand, or the record that is open, leads to.
fn linked(state: &State, kind: KindId) -> Option<RecordId> {
    if state.layer() != Layer::Record && state.open.is_empty() {
        return state.customer().filter(|id| id.kind == kind);
    }
    let told = state.open.last()?.told.as_ref()?;
    told.lines.iter().filter(|line| line.sort == Sort::Field).find_map(|line| line.to.filter(|id| id.kind == kind))
}

//! Words of an operation, with the records at hand in place of what stands for them.

use crate::{
    command::{args::Takes, assignments::is_assignment, op::Run},
    domain::{Kind, KindId, RecordId, Schema},
    error::{Error, Result},
    grammar::{self, Request, external_input::without_files},
    text::{Lang, said},
    tui::{
        action::Effect, form::PROMPTED, hints::key, keys::is_placeholder, layer::Layer, record::LineKind, state::State,
    },
};

use super::{Effects, failed, optimistic::foresee, palette::open_palette, run};

/// Runs an operation on the records at hand: where it takes one record and there are several, once for each, as one step.
pub fn say(state: &mut State, words: &str, effects: &mut Effects) {
    match said(state, words) {
        Ok(lines) => run_lines(state, lines, effects),
        Err(error) => failed(state, error),
    }
}

/// Runs the words of a form or a picker, which hold [`PROMPTED`] for the records that it was about.
pub fn answered(state: &mut State, words: Vec<String>, effects: &mut Effects) {
    let ids = std::mem::take(&mut state.prompted);
    let about = |id: &RecordId| words.iter().map(|word| word.replace(PROMPTED, &id.to_string())).collect();
    let lines =
        if words.iter().any(|word| word.contains(PROMPTED)) { ids.iter().map(about).collect() } else { vec![words] };
    run_lines(state, lines, effects);
}

fn run_lines(state: &mut State, mut lines: Vec<Vec<String>>, effects: &mut Effects) {
    if lines.len() == 1 {
        return run(state, lines.remove(0), effects);
    }
    state.saying = lines.first().and_then(|words| template(state, words));
    state.busy = true;
    lines.iter().for_each(|words| foresee(state, words));
    effects.push(Effect::Each(lines, false));
}

/// The same words about whatever is at hand; none for what is not repeated.
pub fn template(state: &State, words: &[String]) -> Option<String> {
    if words.first().is_none_or(|word| word == "undo" || word == "redo") {
        return None;
    }
    let subject = state.subject();
    let at_hand = |id: &str| {
        let id = RecordId::parse(id, None).filter(|id| subject.contains(id))?;
        let noun = state.schema.kind(id.kind).map(|kind| kind.noun).filter(|noun| is_placeholder(state.schema, noun));
        Some(format!("{{{}}}", noun.unwrap_or("record")))
    };
    let mut said: Vec<String> = Vec::new();
    // The version that an edit was begun on is that of one record.
    let end = words.iter().position(|word| word == "--based-on").unwrap_or(words.len());
    for word in &words[..end] {
        let word = match (at_hand(word), word.split_once('=')) {
            (Some(name), _) => name,
            (None, Some((field, id))) => at_hand(id).map_or_else(|| word.clone(), |name| format!("{field}={name}")),
            (None, None) => word.clone(),
        };
        if said.last() != Some(&word) || !word.starts_with('{') {
            said.push(word);
        }
    }
    Some(crate::command::quoting::join(said))
}

/// The lines that words with placeholders amount to.
fn said(state: &State, words: &str) -> Result<Vec<Vec<String>>> {
    let split = crate::command::quoting::split(words)?;
    let alone = split.iter().find_map(|word| match placeholder(state.schema, word) {
        Some(("", name, "")) => Some((word.clone(), name.to_owned())),
        _ => None,
    });
    let Some((slot, name)) = alone else { return Ok(vec![filled(state, words)?]) };
    let ids = at_hand(state, &name)?;
    if ids.len() < 2 || takes_many(state.schema, &split, &slot) {
        return Ok(vec![filled(state, words)?]);
    }
    let about = |id: &RecordId| split.iter().map(|word| word.replace(&slot, &id.to_string())).collect();
    Ok(ids.iter().map(about).collect())
}

/// Whether an operation takes any number of words where this one stands.
fn takes_many(schema: &'static Schema, words: &[String], slot: &str) -> bool {
    let Ok(Request::Run(op, _, rest)) = grammar::request(schema, words.to_vec()) else { return false };
    let before = rest.iter().take_while(|word| *word != slot).filter(|word| !word.starts_with('-')).count();
    let mut places = op.args.iter().filter(|arg| !matches!(arg.takes, Takes::Value | Takes::Values | Takes::Flag));
    let place = places.clone().nth(before).or_else(|| places.next_back());
    place.is_some_and(|arg| matches!(arg.takes, Takes::Words | Takes::MaybeWords))
}

/// Words that were typed; a step on records that names none is about those at hand, as it is with a key.
///
/// # Errors
/// `Usage` for a word that names a file.
pub fn typed(state: &State, words: Vec<String>) -> Result<Vec<String>> {
    let Ok(Request::Run(op, kind, rest)) = grammar::request(state.schema, words.clone()) else { return Ok(words) };
    let mut words = without_files(state.schema, op, words)?;
    let names = |word: &String| !is_assignment(state.schema, word) || word.starts_with('-');
    let takes = matches!(op.run, Run::Change(_)) && op.args.iter().any(|arg| arg.name == "records");
    let subject = state.subject();
    let fits = |id: &RecordId| kind.is_none_or(|kind| kind.id == id.kind);
    if takes && !rest.iter().any(names) && subject.iter().all(fits) {
        let at = words.len() - rest.len();
        words.splice(at..at, subject.iter().map(ToString::to_string));
    }
    Ok(words)
}

/// Puts an operation on the command line, to be completed.
pub fn begin(state: &mut State, words: &str, effects: &mut Effects) {
    match filled(state, words) {
        Ok(filled) => {
            let filled = in_language(state.schema, state.lang, filled);
            let open = if words.ends_with(['=', ':']) { "" } else { " " };
            open_palette(state, &format!("{}{open}", crate::command::quoting::join(filled)), effects);
        }
        Err(error) => failed(state, error),
    }
}

/// The words that name an operation in the language of the reader, the rest as it is.
fn in_language(schema: &'static Schema, lang: Lang, words: Vec<String>) -> Vec<String> {
    let Ok(Request::Run(op, kind, rest)) = grammar::request(schema, words.clone()) else { return words };
    let noun = match (lang, kind, words.len() - rest.len()) {
        (Lang::Zh, Some(kind), 2) => Some(kind.zh.to_owned()),
        (Lang::Zh, None, 1) => None,
        _ => return words,
    };
    noun.into_iter().chain([op.zh_verb().to_owned()]).chain(rest).collect()
}

/// The words, each placeholder replaced: a word of its own by as many ids as there are records, a part of a word by one.
fn filled(state: &State, words: &str) -> Result<Vec<String>> {
    let mut filled = Vec::new();
    for word in crate::command::quoting::split(words)? {
        let Some((before, name, after)) = placeholder(state.schema, &word) else {
            filled.push(word);
            continue;
        };
        let ids = at_hand(state, name)?;
        match (ids.as_slice(), before.is_empty() && after.is_empty()) {
            (ids, true) => filled.extend(ids.iter().map(ToString::to_string)),
            ([id], false) => filled.push(format!("{before}{id}{after}")),
            (ids, false) => {
                return Err(many_marked(state, ids.len()));
            }
        }
    }
    Ok(filled)
}

/// The first placeholder of a word, and what stands around it.
fn placeholder<'w>(schema: &Schema, word: &'w str) -> Option<(&'w str, &'w str, &'w str)> {
    let (before, rest) = word.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    is_placeholder(schema, name).then_some((before, name, after))
}

/// The records that a placeholder stands for.
fn at_hand(state: &State, name: &str) -> Result<Vec<RecordId>> {
    let subject = state.subject();
    let named = state.schema.named(name);
    let kind = named.map(|kind| kind.id);
    let fits = |id: &RecordId| kind.is_none_or(|kind| id.kind == kind);
    if !subject.is_empty() && subject.iter().all(fits) {
        return Ok(subject);
    }
    if let (Some(kind), true) = (kind, subject.len() == 1)
        && let Some(id) = linked(state, kind)
    {
        return Ok(vec![id]);
    }
    Err(nothing_here(state, named))
}

/// There is no record at hand, or none of this kind.
pub fn nothing_here(state: &State, kind: Option<&Kind>) -> Error {
    let (en, zh) = kind.map_or(("record", "记录"), |kind| (kind.en, kind.zh));
    let error = Error::usage(said!(("There is no {} here", en.to_lowercase()), ("此处没有{zh}")));
    match state.ground() {
        Layer::Pane(pane) if kind.is_none_or(|kind| kind.noun == pane.noun()) => {
            let add = key(state, "add");
            error.hint(said!("{add} adds one", "按 {add} 新建"))
        }
        _ => error,
    }
}

/// The record of a kind that the row at hand, or the record that is open, leads to.
pub fn linked(state: &State, kind: KindId) -> Option<RecordId> {
    if state.layer() != Layer::Record && state.open.is_empty() {
        return state.customer().filter(|id| id.kind == kind);
    }
    let told = state.open.last()?.told.as_ref()?;
    told.lines.iter().filter(|line| line.sort == LineKind::Field).find_map(|line| line.to.filter(|id| id.kind == kind))
}

/// Several records are marked where one is meant.
pub fn many_marked(state: &State, n: usize) -> Error {
    let back = key(state, "back");
    Error::usage(said!("{n} records are marked, and this is for one", "已标记 {n} 条记录，此操作只能用于一条"))
        .hint(said!("{back} takes the marks away", "按 {back} 取消标记"))
}

//! What the words of a line are, as far as it is typed.

use crate::{
    command::{Noun, Op, args::Takes},
    domain::{FieldDef, Kind, KindId, RecordId, Schema, pipeline, stage, user},
    grammar::{self, Request},
    keymap::{ACTIONS, current},
    ops::OPS,
    tui::keys::is_placeholder,
};

/// Records that are looked for: of a kind or of all, by what is typed of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordQuery {
    /// Of this kind.
    pub kind: Option<KindId>,
    /// What is typed.
    pub text: String,
}

/// The action of the screen that a line names. What an operation is called too is the operation.
pub(super) fn action(schema: &'static Schema, text: &str) -> Option<(&'static str, String)> {
    if text == "q" {
        return Some(("quit", String::new()));
    }
    if head(schema, text).is_some() {
        return None;
    }
    let text = current(text);
    ACTIONS.iter().find_map(|action| {
        let rest = text.strip_prefix(action.words)?;
        let word = if action.takes.is_some() { rest.strip_prefix(' ').map(str::trim)? } else { rest };
        (action.takes.is_some() != word.is_empty()).then(|| (action.words, word.to_owned()))
    })
}

/// The operation that a line names in its first words, the kind, and the rest of the line.
pub(super) fn head<'t>(
    schema: &'static Schema,
    text: &'t str,
) -> Option<(&'static Op, Option<&'static Kind>, &'t str)> {
    let mut words = text.splitn(3, char::is_whitespace);
    let (first, second) = (words.next()?, words.next());
    let noun = schema.named(first);
    if let (Some(kind), Some(verb)) = (noun, second) {
        let op = OPS.iter().copied().find(|op| op.is_said(verb) && grammar::belongs(op, kind))?;
        return Some((op, Some(kind), words.next().unwrap_or_default()));
    }
    let rest = text.get(first.len()..).unwrap_or_default().trim_start();
    if let Some(op) = OPS.iter().copied().find(|op| op.is_said(first) && op.noun == Noun::Top) {
        return Some((op, None, rest));
    }
    // `show C-12`: the id says the kind.
    match grammar::request(schema, text.split_whitespace().map(str::to_owned).collect()) {
        Ok(Request::Run(op, kind, _)) => Some((op, kind, rest)),
        _ => None,
    }
}

/// Whether a line begins with a noun or with help, so that it is meant as words, however they are mistaken.
pub(super) fn is_begun(schema: &Schema, text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    matches!(first, "help" | "帮助") || schema.named(first).is_some() && words.next().is_some()
}

/// The part of a line that is still being typed, and what stands before it.
pub(super) fn last(text: &str) -> (&str, &str) {
    let start = text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
    text.split_at(start)
}

/// The field that a word gives a value, the mark between them, and the value as far as it is typed.
pub(super) fn field<'w>(kind: &'static Kind, word: &'w str) -> Option<(&'static FieldDef, char, &'w str)> {
    let at = word.find(['=', ':', '＝', '：'])?;
    let (name, rest) = word.split_at(at);
    let mark = rest.chars().next()?;
    Some((kind.field_named(name.trim_end_matches(['+', '-', '!']))?, mark, &rest[mark.len_utf8()..]))
}

/// The records that an operation takes at the place of the word that is being typed.
pub(super) fn records(schema: &Schema, op: &Op, kind: Option<&'static Kind>, rest: &str) -> Option<Option<KindId>> {
    let (before, word) = last(rest);
    if word.contains(['=', ':', '＝', '：']) || word.starts_with('-') {
        return None;
    }
    let at = before.split_whitespace().filter(|word| !word.starts_with('-')).count();
    let mut places = op.args.iter().filter(|arg| !matches!(arg.takes, Takes::Value | Takes::Values | Takes::Flag));
    let arg = places.clone().nth(at).or_else(|| places.next_back().filter(|arg| repeats(arg.takes)))?;
    match arg.name {
        "agent" => Some(Some(user::ID)),
        "into" => Some(kind.map(|kind| kind.id)),
        "stage" => Some(Some(stage::ID)),
        "records" | "record" | "about" => Some(kind.map(|kind| kind.id)),
        name if is_placeholder(schema, name) => Some(schema.named(name).map(|kind| kind.id)),
        _ => None,
    }
}

const fn repeats(takes: Takes) -> bool {
    matches!(takes, Takes::Words | Takes::MaybeWords)
}

/// The records of the store that the word before the caret may mean.
pub(super) fn sought(schema: &'static Schema, before: &str) -> Option<RecordQuery> {
    let (op, kind, rest) = head(schema, before)?;
    let (_, word) = last(before);
    if let Some(kind) = kind
        && let Some((def, _, value)) = field(kind, word)
    {
        // Of several records the last is being typed.
        let value = if def.many { value.rsplit([',', '，', '、']).next().unwrap_or_default() } else { value };
        return schema.target(def).map(|kind| RecordQuery { kind: Some(kind.id), text: value.to_owned() });
    }
    let kind = records(schema, op, kind, rest).filter(|_| !rest.is_empty() || before.ends_with(' '))?;
    Some(RecordQuery { kind, text: word.to_owned() })
}

/// Whether there are so few records of a kind that all are offered and names are compared one by one.
pub(super) fn is_small(kind: KindId) -> bool {
    [user::ID, stage::ID, pipeline::ID].contains(&kind)
}

/// How a record is put into a line: one of a small kind by a name that is a word, any other by its id.
pub fn put(id: RecordId, name: &str) -> String {
    let word = !name.is_empty() && name.chars().all(char::is_alphanumeric);
    let named = is_small(id.kind) && word;
    if named { name.to_owned() } else { id.to_string() }
}

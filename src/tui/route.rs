//! From a key to what it means where we are, by the key map.

use crossterm::event::KeyEvent;

use crate::{
    domain::Schema,
    keymap::{Binding, Effect, Key, KeyMatch},
};

use super::{action::Action, keys::vocabulary, layer::Layer, state::State};

/// What a key means, after those that were pressed before it; nothing where it is none.
pub fn key(state: &State, event: KeyEvent) -> Action {
    let Some(key) = Key::from_event(event) else { return Action::Nothing };
    let scope = state.layer().scope();
    let pressed: Vec<Key> = state.pressed.iter().copied().chain([key]).collect();
    match state.keymap.step(scope, &pressed) {
        KeyMatch::Pending(_) => Action::Pending(key),
        KeyMatch::Cancelled => Action::Nothing,
        KeyMatch::NotFound => match key.typed().filter(|_| state.pressed.is_empty()) {
            Some(sign) if scope.takes_text() || key.ascii() == key && opens_search(sign) => {
                Action::Type(sign.to_string())
            }
            _ => Action::Nothing,
        },
        KeyMatch::Matched(bound) => meant(&bound.binding, state.schema),
    }
}

/// Whether a sign that is no key begins a search in a list: one of another script.
fn opens_search(sign: char) -> bool {
    !sign.is_ascii() && sign.is_alphabetic()
}

/// What a binding means.
pub fn meant(binding: &Binding, schema: &'static Schema) -> Action {
    let words = || binding.words().to_owned();
    match (binding.action(&vocabulary(schema)), binding.does()) {
        (Some((action, word)), _) => Action::Screen(action.words, word.to_owned()),
        (None, Effect::Complete) => Action::Begin(words()),
        (None, Effect::Run | Effect::Screen) => Action::Say(words()),
    }
}

/// What pasted text means: it is typed where text is typed, and in a list where its first sign would open the search.
pub fn paste(state: &State, text: String) -> Action {
    match state.layer() {
        Layer::Pane(_) if one_line(&text).trim_start().starts_with(opens_search) => {
            Action::Type(one_line(text.trim_start()))
        }
        layer if !layer.scope().takes_text() => Action::Nothing,
        Layer::Question | Layer::Search | Layer::Picker | Layer::Palette | Layer::Line => Action::Type(one_line(&text)),
        _ => Action::Type(text),
    }
}

/// So many characters are taken from the clipboard into a line.
const LONGEST: usize = 2_000;

/// The first line of a text that says something.
fn one_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.chars().take(LONGEST).collect()
}

//! From a key to what it means where we are, by the key map.

use crossterm::event::KeyEvent;

use crate::keymap::{Does, Key, Step};

use super::{action::Action, keys::vocabulary, state::State};

/// What a key means, after those that were pressed before it; nothing where it is none.
pub fn key(state: &State, event: KeyEvent) -> Action {
    let Some(key) = Key::from_event(event) else { return Action::Nothing };
    let scope = state.layer().scope();
    let pressed: Vec<Key> = state.pressed.iter().copied().chain([key]).collect();
    match state.keymap.step(scope, &pressed) {
        Step::Pending(_) => Action::Pending(key),
        Step::Cancelled => Action::Nothing,
        Step::NotFound => match key.typed().filter(|_| state.pressed.is_empty()) {
            Some(sign) if scope.takes_text() || !sign.is_ascii() && sign.is_alphabetic() => {
                Action::Type(sign.to_string())
            }
            _ => Action::Nothing,
        },
        Step::Matched(bound) => {
            let words = || bound.binding.words().to_owned();
            match (bound.binding.action(&vocabulary()), bound.binding.does()) {
                (Some((action, word)), _) => Action::Screen(action.words, word.to_owned()),
                (None, Does::Complete) => Action::Begin(words()),
                (None, Does::Run | Does::Screen) => Action::Say(words()),
            }
        }
    }
}

/// What pasted text means: it is typed where text is typed, and nothing elsewhere.
pub fn paste(state: &State, text: String) -> Action {
    if state.layer().scope().takes_text() { Action::Type(text) } else { Action::Nothing }
}

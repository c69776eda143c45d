//! The palette: opened with some words, and what its line may become.

use crate::tui::{
    action::Effect,
    palette::Palette,
    state::{Bar, State},
};

use super::Effects;

/// Finds what the line of the palette may become.
pub fn find(state: &mut State, effects: &mut Effects) {
    let asked = state.with_palette(|palette, here| palette.find(here)).flatten();
    effects.extend(asked.map(Effect::Seek));
}

/// Opens the palette with some words.
pub fn open_palette(state: &mut State, words: &str, effects: &mut Effects) {
    let from = state.layer().scope();
    state.bar = Bar::Palette(Box::new(Palette::new(words, from)));
    find(state, effects);
}

//! What a file of actions offers: their names, and the functions that do them.

use crate::tui::state::State;

use super::Effects;

/// Does an action; the word is what follows its name.
pub type ActionFn = fn(&mut State, &str, &mut Effects);

/// Names of actions, and who does them.
pub type ActionTable = &'static [(&'static str, ActionFn)];

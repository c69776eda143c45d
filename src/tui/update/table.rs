//! What a file of actions offers: their names, and the functions that do them.

use crate::tui::state::State;

use super::Effects;

/// Does an action; the word is what follows its name.
pub(super) type Do = fn(&mut State, &str, &mut Effects);

/// Names of actions, and who does them.
pub(super) type Table = &'static [(&'static str, Do)];

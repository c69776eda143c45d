//! The maps that come with the program, and what is said of maps that are wrong.

mod broken;
mod shipped;

use crm::{
    domain::schema::BASE,
    grammar::heads,
    keymap::{ACTIONS, Vocabulary},
};

/// Does something with the words of the program.
pub(crate) fn with_words<T>(what: impl FnOnce(&Vocabulary<'_>) -> T) -> T {
    what(&Vocabulary { actions: ACTIONS, operations: heads(&BASE), commands: &BASE })
}

//! The maps that come with the program, and what is said of maps that are wrong.

mod broken;
mod shipped;

use crm::keymap::{ACTIONS, Vocabulary};
use crm::ops::{Noun, OPS};

/// The first words of every operation.
fn operations() -> Vec<String> {
    let kinds = crm::domain::KINDS;
    let heads = |noun, verb: &str| match noun {
        Noun::Top => vec![verb.to_owned()],
        Noun::Kind(kind) => vec![format!("{kind} {verb}")],
        Noun::Every => kinds.iter().map(|kind| format!("{} {verb}", kind.noun)).collect(),
    };
    OPS.iter().flat_map(|op| heads(op.noun, op.verb)).collect()
}

/// Does something with the words of the program.
pub(crate) fn with_words<T>(what: impl FnOnce(&Vocabulary<'_>) -> T) -> T {
    let operations = operations();
    let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
    what(&Vocabulary { actions: ACTIONS, operations: &operations })
}

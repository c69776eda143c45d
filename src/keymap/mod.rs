//! What the keys do: places, keys, words, and the files that bring them together.
//!
//! A binding is words, of the screen or of the command line. Which words there are is told from above, so that
//! nothing here knows an operation or a pane.

mod actions;
mod binding;
mod check;
mod former;
mod key;
mod keys;
mod load;
mod map;
pub mod reference;
mod scope;
mod trie;

pub use actions::ACTIONS;
pub use binding::{Action, Binding, Commands, Effect, PLACEHOLDERS, Vocabulary};
pub use former::current;
pub use key::{Code, Key};
pub use keys::Keys;
pub use load::{File, Loaded, NAMES, load};
pub use map::{BoundKeys, KeyMatch, Keymap};
pub use scope::Scope;
pub use trie::{Continuation, Pending};

//! Forms: a record of any kind from the table of its fields, and small forms for what is done to one.
//!
//! A form holds texts, the very words that the command line would be given, and what they mean is found by the parse of
//! the operations ([`check`]). Saving says the words of an operation, so that a rule that holds elsewhere holds here.
//! What is typed is tried on the store's thread ([`serve`]) while one types: defaults, refusals of rules and likely
//! duplicates are seen before anything is written.

mod answers;
mod area;
mod check;
mod conflict;
mod draft;
mod gestures;
mod known;
mod make;
mod merge;
#[cfg(test)]
mod offer_tests;
mod outside;
#[cfg(test)]
mod outside_tests;
mod protocol;
mod rows;
mod serve;
mod slot;
mod state;
mod target;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use draft::Draft;
pub use gestures::PROMPTED;
pub use protocol::{FormRequest, FormResponse, RecordQuery};
pub use serve::{attempt, compare, fill, look, restored};
pub use state::Form;
pub use target::FormTarget;
pub use update::{AfterAction, FormAction};
pub use view::{draw, text_cols};

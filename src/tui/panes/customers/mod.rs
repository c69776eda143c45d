//! Customers: a list of up to a million, of which only what is seen is read.

pub mod column;
mod lists;
mod question;
mod rows;
mod saved;
mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;

#[cfg(test)]
pub use lists::Group;
pub use lists::{List, Lists, Wish};
#[cfg(test)]
pub use question::Question;
pub use question::Sort;
#[cfg(test)]
pub use rows::Urgency;
pub use rows::{Row, read};
pub use saved::{Saved, named, quoted};
pub use state::State;
pub use view::{draw, title};

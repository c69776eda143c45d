//! Customers: a list of up to a million, of which only what is seen is read.

pub mod column;
mod load;
mod question;
mod rows;
mod saved;
mod state;
#[cfg(test)]
mod tests;
mod update;
mod view;

#[cfg(test)]
pub use load::RowGroup;
pub use load::{CustomerList, ListCache, ListRequest};
#[cfg(test)]
pub use question::CustomerQuery;
pub use question::Sort;
#[cfg(test)]
pub use rows::Urgency;
pub use rows::{CustomerRow, read};
pub use saved::{Saved, named, quoted};
pub use state::State;
pub use view::{draw, title};

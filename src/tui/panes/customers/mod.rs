//! Customers: a list of up to a million, of which only what is seen is read.

mod load;
mod state;
mod update;
mod view;

pub use load::{Order, load};
pub use state::{Question, Rows, State, Wish};
#[cfg(test)]
pub use state::{Row, Urgency};
pub use view::{draw, title};

//! What surfaces show: rows of lists, the board, the agenda and the queue, and everything about one record.
//!
//! Each file reads what one place of the screen, or one command, shows. How records are found is the matter of
//! [`crate::query`].

pub mod agenda;
pub mod board;
pub mod conversation;
pub mod difference;
pub mod export;
pub mod history;
pub mod index_order;
pub mod list;
pub mod owners;
pub mod positions;
pub mod queue;
pub mod record_details;
#[cfg(test)]
pub(crate) mod record_details_tests;
pub mod record_summary;
#[cfg(test)]
mod tests;
mod timeline;

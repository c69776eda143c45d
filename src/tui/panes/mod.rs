//! The panes: each keeps rows that were read for it, moves over them, and draws them.

mod action;
pub mod agenda;
mod columns;
mod label;
mod list;
mod pen;
pub mod pipeline;
#[cfg(test)]
mod sketch;
pub mod tickets;
mod wish;

pub use action::Action;
pub use wish::Wish;

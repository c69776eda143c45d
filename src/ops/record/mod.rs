//! What every kind of record has, written once.

pub mod add;
pub mod count;
pub mod history;
pub mod list;
pub mod purge;
pub mod set;
pub mod show;
pub mod trash;

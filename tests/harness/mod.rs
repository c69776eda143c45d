//! A world of its own for each test: folders, clock, person and store, and nothing from the world outside.

mod command;
mod environment;
mod real_data;
mod terminal;
mod words;

pub(crate) use command::{Crm, Output, Running};
pub(crate) use environment::TestEnvironment;
pub(crate) use real_data::data;
pub(crate) use terminal::{Terminal, named};
pub(crate) use words::shell_words;

//! A CRM for the terminal: one embedded file, one grammar, everything can be undone.
//!
//! The modules are layers; each imports only those above it in this list, and a self-test holds them to it.
//!
//! 0. [`text`] (scrubbing, display width, folding, pinyin) and [`error`] (the one error that reaches a user)
//! 1. [`domain`]: kinds of record, fields, values, rules; no I/O, no clock
//! 2. [`store`]: the file: engine, keys, rows, indexes, journal, derived fields
//! 3. [`query`]: the filter language, plans, sorting, counting, finding
//! 4. [`read_model`]: what surfaces show; [`commit`]: the only write path
//! 5. [`command`]: what operations are made of
//! 6. [`ops`]: the operations, one a file
//! 7. [`grammar`]: words in, operations out
//! 8. [`keymap`]: places, keys and the words that they stand for
//! 9. [`config`]: paths and settings
//! 10. [`cli`]: arguments in, tables and JSON out
//! 11. [`tui`]: the full screen

pub mod cli;
pub mod command;
pub mod commit;
pub mod config;
pub mod domain;
pub mod error;
pub mod grammar;
pub mod keymap;
pub mod ops;
pub mod query;
pub mod read_model;
pub mod store;
pub mod text;
pub mod tui;
